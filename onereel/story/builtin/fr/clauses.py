"""Where a French clause has its verb, and the infinitive of its predicate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .lexicon import lexicon
from .nouns import is_number, word_in

__all__ = ["find_verb", "infinitive_at", "infinitive_of", "is_verb"]


_FUTURE = r"(?:[dreiu]ra|ront)$"
_FUTURE_STEMS = (
    *("ser", "aur", "ir", "fer", "viendr", "reviendr", "deviendr", "tiendr", "pourr", "voudr"),
    *("devr", "verr", "saur", "faudr", "enverr", "courr", "mourr", "vaudr", "pleuvr", "cueiller"),
)
_DENYING = ("pas", "plus", "jamais", "rien")
_NEW_ARTICLES = ("un", "une", "des", "son", "sa", "ses", "leur", "leurs")


def is_verb(word: str, *, plural: bool | None = None) -> bool:
    """Whether `word` is a third person of the present that the lexicon knows."""
    low = _bare(word)
    if plural is True:
        return low in lexicon().plural
    if plural is False:
        return low in lexicon().singular
    return low in lexicon().singular or low in lexicon().plural


def _bare(word: str) -> str:
    """A word without an elided pronoun or negation in front: "s'occupe" is "occupe"."""
    low = word.lower()
    return low[2:] if low[:2] in ("s'", "n'", "l'", "y'", "m'") else low


def find_verb(words: Sequence[str], start: int, *, plural: bool | None = None) -> int:
    """Find where the predicate begins, its pronouns and "ne" included; 0 when there is none."""
    if not words:
        return 0
    seen = not word_in(words[0], "determiners") and not is_number(words[0])
    seen = seen or words[0][:2].lower() == "l'"
    for index in range(1, len(words)):
        word, before = words[index].lower(), words[index - 1].lower()
        if word_in(word, "relatives") or word in (",", "quand", "si", "comme"):
            return 0
        if index >= start and seen:
            if _opens_predicate(words, index):
                return index
            tied = word_in(before, "determiners", "prepositions") or is_number(before)
            tied = tied or word_in(word, "feminine", "masculine")
            behind = words[index + 1].lower() if index + 1 < len(words) else ""
            # "La chaise vide de mon oncle" empties nothing.
            tied = tied or (word in ("vide", "calme", "sauvage") and behind == "de")
            tied = tied or re.match(r"(?:d|qu)'une?$", before) is not None
            # "L'ancienne gare": an adjective that stands in front of nouns has one behind it.
            tied = tied or word_in(before.removeprefix("l'").removeprefix("d'"), "prenominal")
            tied = tied or _names(words, index)
            # "saine et sauve": what "et" joins to a noun phrase is an adjective, no first verb.
            tied = tied or before == "et"
            tied = tied or (word == "entre" and not _enters(words, index))
            if is_verb(word, plural=plural) and word[:2] not in ("l'", "d'") and not tied:
                return index
        seen = seen or (not word_in(word, "prenominal", "prepositions") and not is_number(word))
    return _guessed(words, start)


def _names(words: Sequence[str], index: int) -> bool:
    """Whether a noun that looks like a verb has a complement: "la femme pilote du Nord meurt"."""
    following = words[index + 1].lower() if index + 1 < len(words) else ""
    complement = following in ("du", "de") or following[:2] == "d'"
    later = any(is_verb(word) for word in words[index + 2 :])
    return words[index].lower() in lexicon().nouny and complement and later


def _enters(words: Sequence[str], index: int) -> bool:
    """Whether "entre" is a form of "entrer", not the preposition."""
    following = words[index + 1].lower() if index + 1 < len(words) else ""
    return not following or following in ("dans", "en", "\u00e0", "au", "chez", "par", "sans")


def _is_future(word: str) -> bool:
    """Whether a word is a future that the lexicon's infinitives or a known stem make."""
    stem = re.sub(r"(?:a|ont)$", "", word)
    known = {stem, f"{stem}e", f"{stem[:-1]}oir", f"{stem[:-1]}ir"} & lexicon().infinitives
    return re.search(_FUTURE, word) is not None and bool(known or stem in _FUTURE_STEMS)


def _guessed(words: Sequence[str], start: int) -> int:
    """An unknown verb: in the future, or with a verb's ending between a noun and an article."""
    for index in range(max(start, 2), len(words)):
        word, before = words[index].lower(), words[index - 1].lower()
        tied = word_in(before, "determiners", "prepositions", "prenominal") or is_number(before)
        if _is_future(word) and not tied and word not in lexicon().gender:
            return index
    for index in range(max(start, 1), len(words) - 1):
        word, before = words[index].lower(), words[index - 1].lower()
        tied = word_in(before, "determiners", "prepositions", "prenominal") or is_number(before)
        ends = word.endswith(("e", "ent", "it", "issent")) and word not in lexicon().gender
        ends = ends and not word_in(word, "prepositions")
        following = words[index + 1].lower()
        tied = tied or word_in(word, "feminine", "masculine")
        if ends and not tied and following in _NEW_ARTICLES:
            return index
        news = following[:2] == "l'" or (
            following in ("le", "la", "les")
            and not any(word_in(later, "times") for later in words[index + 2 :])
        )
        if index == 2 and word_in(words[0], "determiners") and word in lexicon().singular and news:
            return index
        many = word_in(words[0], "determiners") and words[0].lower().endswith("s")
        opens = following in ("plus", "moins", "le", "la", "les") or following[:2] == "l'"
        if many and opens and not tied and word.endswith("ent") and not word.endswith("ment"):
            return index
    return 0


def _opens_predicate(words: Sequence[str], index: int) -> bool:
    """Whether "ne", "se", "n'...", "s'..." or an object pronoun and a verb stand here."""
    low = words[index].lower()
    denies = index + 2 < len(words) and words[index + 1].lower() in (
        "pas",
        "plus",
        "jamais",
        "rien",
    )
    if low == "ne" and denies and infinitive_at(words, index + 2):
        # "Pour ne pas aller": no finite verb follows.
        return False
    if low in ("ne", "se"):
        # "Le droit de se tromper" has no finite verb.
        return not (low == "se" and infinitive_at(words, index + 1))
    if low[:2] in ("n'", "s'") and low not in ("s'il", "s'ils"):
        return low[2:] not in lexicon().infinitives
    following = words[index + 1] if index + 1 < len(words) else ""
    if low in ("me", "te", "nous", "vous") and is_verb(following):
        return True
    if low[:2] in ("m'", "t'") and is_verb(low[2:]):
        return True
    if low in ("lui", "leur", "y", "en") and is_verb(following):
        return low != "en" or following.lower().endswith(("t", "d"))
    return False


def infinitive_at(words: Sequence[str], index: int) -> bool:
    """Whether an infinitive, its pronouns and negation included, begins at `index`."""
    while index < len(words):
        low = words[index].lower()
        core = low.split("'", 1)[1] if low[:2] in ("s'", "l'", "d'", "n'", "y'") else low
        article = index > 0 and words[index - 1].lower() in ("le", "la", "les")
        if core in lexicon().infinitives and not (article and core in lexicon().gender):
            return True
        following = words[index + 1].lower() if index + 1 < len(words) else ""
        ending = (
            "-" not in core
            and (index == 0 or words[index - 1].lower() not in ("le", "la", "les"))
            and core.endswith(("er", "ir", "oir"))
            and len(core) > 4
            and core not in lexicon().gender
        )
        if ending and (
            not following or word_in(following, "determiners", "prepositions", "adverbs")
        ):
            return True
        if not word_in(low, "clitics") and low not in (
            "pas",
            "plus",
            "jamais",
            "mieux",
            "bien",
            "tout",
        ):
            return False
        index += 1
    return False


def infinitive_of(predicate: Sequence[str]) -> str:
    """Bring a predicate into the infinitive; "" when it cannot be done safely."""
    if not predicate:
        return ""
    words = list(predicate)
    prefix = ""
    first = words[0].lower()
    if first == "se" and len(words) > 1:
        prefix, words = "se ", words[1:]
    elif first[:2] == "s'":
        prefix, words[0] = "s'", words[0][2:]
    elif first in ("lui", "leur", "y", "en") and len(words) > 1:
        prefix, words = f"{first} ", words[1:]
    low = words[0].lower()
    infinitive = lexicon().singular.get(low) or lexicon().plural.get(low)
    if infinitive is None or infinitive in ("avoir", "\u00eatre", "falloir", "pleuvoir", "pouvoir"):
        return ""
    if any(word.lower() in ("pas", "plus", "jamais", "rien") for word in words[1:3]):
        return ""
    return prefix + join([infinitive, *words[1:]])
