"""The cases of German noun phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .lexicon import lexicon
from .lookup import look_up
from .nouns import INVARIABLE, Noun, read_noun

__all__ = ["bare", "decline", "nominative"]

_LONGEST_PAIR = 5
_ARTICLES = {
    "nom": {"m": "der", "f": "die", "n": "das", "p": "die"},
    "acc": {"m": "den", "f": "die", "n": "das", "p": "die"},
    "dat": {"m": "dem", "f": "der", "n": "dem", "p": "den"},
}
_POSSESSIVES = ("mein", "dein", "unser", "euer")
_OF_OWNERS = {
    "nom": {"m": "", "f": "e", "n": "", "p": "e"},
    "acc": {"m": "en", "f": "e", "n": "", "p": "e"},
    "dat": {"m": "em", "f": "er", "n": "em", "p": "en"},
}
_BEHIND_OWNERS = {
    "nom": {"m": "er", "f": "e", "n": "es", "p": "en"},
    "acc": {"m": "en", "f": "e", "n": "es", "p": "en"},
    "dat": {"m": "en", "f": "en", "n": "en", "p": "en"},
}
"""Endings of adjectives behind "mein", "dein"."""
_STRONG = {
    "nom": {"m": "er", "f": "e", "n": "es", "p": "e"},
    "acc": {"m": "en", "f": "e", "n": "es", "p": "e"},
    "dat": {"m": "em", "f": "er", "n": "em", "p": "en"},
}
"""Endings of adjectives that no article stands before."""


def decline(noun: Noun, case: str) -> str:
    """The short, definite phrase a film uses after the first mention.

    Args:
        noun: the phrase.
        case: nom, acc or dat.

    Returns:
        Such as "dem Uhrmacher"; empty where that needs a gender nobody knows.
    """
    if noun.pair:
        both = _pair(noun, case) if len(noun.text.split()) <= _LONGEST_PAIR else ""
        if noun.animate and noun.two and not both:
            return {"nom": "die beiden", "acc": "die beiden", "dat": "den beiden"}[case]
        return both or _pair(noun, case)
    title, _, name = noun.head.partition(" ")
    if title in ("Frau", "Herr") and name[:1].isupper():
        return f"Herrn {name}" if title == "Herr" and case != "nom" else noun.head
    if noun.det[:1].isupper():
        return f"{noun.det} {bare(noun, case)}" if noun.gender else ""
    if noun.named:
        title, _, name = noun.head.partition(" ")
        return f"Herrn {name}" if title == "Herr" and case != "nom" else noun.head
    if noun.head in lexicon().sets["adjective_nouns"]:
        return _adjective_noun(noun, case)
    if not noun.det and not noun.gender:
        return noun.short if case == "nom" or not noun.adjectives else ""
    if not noun.gender:
        return {"nom": f"unser {noun.head}", "acc": "", "dat": f"unserem {noun.head}"}[case]
    own = next((own for own in _POSSESSIVES if noun.det.removesuffix("e") == own), "")
    if own:
        kept = [_ending(word, _BEHIND_OWNERS[case][noun.gender]) for word in noun.adjectives]
        return " ".join([f"{own}{_OF_OWNERS[case][noun.gender]}", *kept, _head(noun, case)])
    # "Schwarze Loecher" are not any holes: without an article, the adjectives make the term.
    adjectives = "" if noun.det else _weak_adjectives(noun, case)
    return f"{_ARTICLES[case][noun.gender]} {adjectives}{_head(noun, case)}"


def _pair(noun: Noun, case: str) -> str:
    """Both of two nouns, each in its case: "dem Mond und den Sternen"; empty where unsure."""
    words = noun.text.split()
    at = words.index("und") if "und" in words else 0
    both = []
    for part in (words[:at], words[at + 1 :]):
        found = read_noun(part, tail=False) if part else None
        if found is None or found[0].pair or (found[1] < len(part) and case != "nom"):
            return noun.text if case == "nom" else ""
        if any(map(str.istitle, found[0].adjectives)):
            return noun.text if case == "nom" else ""  # "die Weisse Rose" is not any rose
        if found[0].det and not found[0].gender and case != "nom":
            return ""
        both.append(found[0])
    forms = [each.text if not each.det else decline(each, case) for each in both]
    bare_names = all(each.det or each.named or not look_up(each.head) for each in both)
    if not all(forms) or not (bare_names or case == "nom"):
        return noun.text if case == "nom" else ""
    return " und ".join(forms)


def bare(noun: Noun, case: str) -> str:
    """A phrase without an article: "schwarzen Loechern", "frischem Kaffee"; its gender is known."""
    ending = _STRONG[case][noun.gender]
    adjectives = [_ending(word, ending) for word in noun.adjectives]
    return " ".join([*adjectives, _head(noun, case)])


def nominative(words: Sequence[str]) -> list[str] | None:
    """Bring a phrase in the accusative, as it stands behind "ueber", into the nominative."""
    if not words:
        return None
    first = words[0].lower()
    if first not in ("einen", "den", "meinen", "seinen", "ihren"):
        return list(words)
    at = 1
    fixed = [{"den": "der"}.get(first, first[:-2])]
    while at < len(words) and words[at][:1].islower() and words[at].endswith("en"):
        fixed.append(words[at][:-2] + ("e" if first == "den" else "er"))
        at += 1
    if at >= len(words):
        return None
    head = words[at]
    for entry in look_up(head):
        if entry.gender == "p" and entry.plural.lower() == head.lower():
            single = entry.singular
            if single and _weak(Noun("", (), single, gender="m")):
                head = single
    return [*fixed, head, *words[at + 1 :]]


def _head(noun: Noun, case: str) -> str:
    if case == "nom":
        return noun.head
    first, *others = noun.head.split()
    if noun.plural and case == "dat" and not first.endswith(("n", "s")):
        return " ".join([f"{first}n", *others])
    if others:
        # "den Drachen Funki": the name behind the noun stays as it is.
        return " ".join([first + _weak(replace(noun, head=first, named=False)), *others])
    if first.endswith(("Herz", "herz")) and case == "dat" and noun.gender == "n":
        return f"{first}en"
    return first + _weak(noun)


def _weak(noun: Noun) -> str:
    """The ending of a weak masculine in the accusative and dative."""
    if noun.gender != "m" or noun.named:
        return ""
    head = noun.head
    for entry in look_up(head):
        if entry.gender == "m":
            if re.search(r"[^e]e$", entry.singular) and entry.plural == f"{entry.singular}n":
                return "n"  # "dem Namen", "den Gedanken"
            if entry.weak:
                return "n" if entry.singular.endswith("e") else "en"
            if entry.kind == "thing" or not entry.plural or entry.singular.endswith(("or", "ei")):
                return ""
            if entry.singular == "Herr":
                return "n"
            more = entry.plural.removeprefix(entry.singular)
            return more if more in ("n", "en") else ""
    if re.search(r"[^e]e$", head):
        return "n"  # but "dem Aralsee"
    return "en" if re.search(r"(?:ist|ant|[^m]ent|graf|soph)$", head) else ""


def _adjective_noun(noun: Noun, case: str) -> str:
    """ "Ein Reisender": der Reisende, den Reisenden."""
    if not noun.gender:
        return noun.short if case == "nom" else ""
    stem = re.sub(r"(?:e|er|en)$", "", noun.head)
    plain = noun.gender != "p" and (case == "nom" or (case == "acc" and noun.gender != "m"))
    return f"{_ARTICLES[case][noun.gender]} {stem}{'e' if plain else 'en'}"


def _weak_adjectives(noun: Noun, case: str) -> str:
    """The adjectives as they are behind a definite article, with a space behind them."""
    plain = (case == "nom" and not noun.plural) or (case == "acc" and noun.gender in ("f", "n"))
    return "".join(f"{_ending(word, 'e' if plain else 'en')} " for word in noun.adjectives)


def _ending(word: str, ending: str) -> str:
    """An adjective with another ending; "sehr", "vier", "weniger" and "Hamburger" have none."""
    city = word in lexicon().sets["of_cities"] or (word[:1].isupper() and word.endswith("er"))
    fixed = city or word in lexicon().sets["numbers"] | INVARIABLE
    return word if fixed else re.sub(r"(?<=\w\w)e[mnrs]?$", ending, word)
