"""Accents and capitals that a Spanish idea lost on the keyboard."""

from __future__ import annotations

import re

from .lexicon import accented, is_past, lexicon, plain
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_known_noun

__all__ = ["marked", "placed", "with_adjectives", "with_copulas", "with_futures"]

_VERBAL = {
    plain(word)[:-1]: word
    for word in (
        *("p\u00fablico", "pr\u00e1ctico", "cr\u00edtico", "\u00edntimo", "l\u00edquido"),
        *("v\u00e1lido", "\u00faltimo", "m\u00e9dico", "cl\u00ednico"),
    )
}
"""Adjectives that are forms of a verb without their accent."""
_NOT_NAMES = ("nueva", "granada", "lima", "palma", "reyes", "dolores", "mercedes")
"""Small words that are things at least as often as they are places."""
_TO_PLACES = ("en", "de", "a", "desde", "hasta", "por", "sobre", "hacia")
_BEFORE_NOUNS = DETERMINERS | NUMBERS | PREPOSITIONS


def with_futures(words: list[str]) -> list[str]:
    """The accents of "repartira" and "abriran", where that is no past subjunctive."""
    forms = lexicon().forms
    found: list[str] = []
    for word in words:
        core = word.strip(".,;:!?()")
        later = re.sub("a(n?)$", "\u00e1\\1", core.lower())
        known = (
            core.lower() in forms or is_known_noun(core) or not re.search("r[a\u00e1]n?$", later)
        )
        supposed = {"que", "si", "ojala", "quisiera"} & {plain(each) for each in found}
        unsure = supposed and re.search("(?:ar|ier)an?$", core.lower())
        told = later in forms and not (known or unsure) and core.islower()
        found.append(word.replace(core, later, 1) if told else word)
    return found


def with_adjectives(words: list[str]) -> list[str]:
    """The accent of "la deuda publica", where no object follows as behind a verb."""
    found = list(words)
    for at in range(1, len(words)):
        word, after = words[at].lower(), [*words, ""][at + 1].lower()
        shape = re.fullmatch("(.{3,})([oa]s?)", word)
        listed = _VERBAL.get(shape[1], "") if shape else ""
        noun = words[at - 1].islower() and is_known_noun(words[at - 1])
        acts = after in DETERMINERS | NUMBERS | {"a", "al", "que", "su", "sus"}
        if shape and listed and noun and not acts and words[at].islower():
            found[at] = listed[:-1] + shape[2]
    return found


def placed(words: list[str]) -> list[str]:
    """Raise what only a place can be behind "en" or "de": "en salamanca"."""
    # "El camino de santiago": no man walks there.
    places = lexicon().sets["places"] - set(_NOT_NAMES) | {"santiago"}
    return [
        word[:1].upper() + word[1:]
        if at and words[at - 1].lower() in _TO_PLACES and plain(word.strip(".,;:!?()")) in places
        else word
        for at, word in enumerate(words)
    ]


def marked(word: str, before: str = "", *, careful: bool = False) -> str:
    """The word behind `before` with the accent or the capital that it plainly misses.

    Who was `careful` wrote other accents: then only what is no word without them lacks one.
    """
    core = word.strip(".,;:!?()")
    if not core or (core != core.lower() and core[1:] != core[1:].lower()):
        return word
    name = plain(core) in lexicon().sets["bare_names"] and core not in _NOT_NAMES
    if core.islower() and name:
        fixed = accented(core)
        return word.replace(core, fixed[:1].upper() + fixed[1:], 1)
    place = plain(core) in lexicon().sets["places"]
    if core[:1].isupper() and "\u00f1" in accented(core.lower()) and not place:
        return word  # "Nina" is no "ni\u00f1a"
    kept = core.lower() in lexicon().forms or (careful and core.lower() not in lexicon().spelling)
    fixed = core.lower() if kept else accented(core.lower())
    if before.lower() in ("un", "una") and is_past(core.lower()):
        return word  # "una nutria" is no verb
    if core[:1].isupper():
        fixed = fixed[:1].upper() + fixed[1:]
    return word.replace(core, fixed, 1)


def with_copulas(words: list[str]) -> list[str]:
    """Write "esta en" and "esta construyendo" as the verb that they are."""
    fixed = list(words)
    for index, word in enumerate(words[:-1]):
        after = words[index + 1].lower().strip(".,;:!?")
        verbal = after in (
            "en",
            "a",
            "al",
            "de",
            "con",
            "bajo",
            "tan",
            "muy",
            "solo",
            "sola",
            "lleno",
        )
        verbal = verbal or after.endswith(("ando", "iendo", "yendo"))
        if index and word == "esta" and verbal:
            fixed[index] = "est\u00e1"
    if "".join(words).isascii():
        forms = lexicon().forms
        for index, word in enumerate(words[:-1]):
            if word.lower() in forms and not is_known_noun(word):
                break
            if index and (past := _past(word, words[index - 1], words[index + 1])) != word:
                fixed[index] = past
                break
    return fixed


def _past(word: str, before: str, after: str) -> str:
    """In an idea without any accent or verb, "encontro un" is a past form that lost its accent."""
    if (
        word in PREPOSITIONS | {"sabia", "junto", "solo", "medio", "bajo"}
        or before.lower() in _BEFORE_NOUNS
        or is_known_noun(word)
    ):
        return word
    if after.lower() not in DETERMINERS | NUMBERS | {"a", "al", "que", "en"}:
        return word
    forms = lexicon().forms
    for ending, right in (("o", "\u00f3"), ("ia", "\u00eda"), ("ian", "\u00edan")):
        if word.endswith(ending) and word.removesuffix(ending) + right in forms:
            return word.removesuffix(ending) + right
    return word
