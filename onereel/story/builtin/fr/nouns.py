"""What kind of word a French word is, as far as the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon, singular_of

__all__ = [
    "infinitive_at",
    "is_infinitive",
    "is_known",
    "is_name",
    "is_number",
    "is_verb",
    "lowered",
    "word_in",
]

_ELIDED = r"^(?:[ldjcsntm]|qu|jusqu|lorsqu|puisqu)'"
_POINTING = ("ceux", "celles", "celui", "celle", "certains", "certaines", "chacun", "chacune")
_DENYING = ("ne", "pas", "plus", "jamais", "rien", "mieux", "bien", "tout")


def word_in(word: str, *names: str) -> bool:
    """Whether `word` is in one of the lexicon's sets of these names."""
    return any(word.lower() in lexicon().sets[name] for name in names)


def is_number(word: str) -> bool:
    """Whether `word` counts something."""
    return word_in(word, "numbers") or word.isdigit()


def is_known(word: str) -> bool:
    """Whether `word` is a noun of the lexicon, in singular or plural."""
    return singular_of(word.lower()) in lexicon().gender


def is_verb(word: str) -> bool:
    """Whether `word` may be a third person that the lexicon knows, with or without a pronoun."""
    low = re.sub(r"^[snlym]'", "", word.lower())
    return low in lexicon().singular or low in lexicon().plural


def is_infinitive(word: str) -> bool:
    """Whether `word` is an infinitive and no noun."""
    low = re.sub(r"^[snlym]'", "", word.lower())
    return low in lexicon().infinitives and low not in lexicon().gender


def infinitive_at(words: Sequence[str], at: int) -> bool:
    """Whether an infinitive, its pronouns and negation included, begins at `at`."""
    while at < len(words) and (word_in(words[at], "clitics") or words[at].lower() in _DENYING):
        at += 1
    return at < len(words) and is_infinitive(words[at])


def is_name(word: str) -> bool:
    """Whether `word` has the capital of a name: "L\u00e9a", "d'Yeu", "SNCF"."""
    return re.sub(_ELIDED, "", word)[:1].isupper()


def lowered(words: Sequence[str]) -> list[str]:
    """Lower the capital that only starts the idea; names keep theirs."""
    first, low = words[0], words[0].lower()
    titled = low in lexicon().persons and len(words) > 1 and words[1][:1].isupper()
    small = low in _POINTING or re.match(_ELIDED, low) or (low in lexicon().known and not titled)
    small = small or re.search(r"-(?:t-)?(?:ils?|elles?|on|ce|nous|vous|tu|je)$", low) is not None
    small = small and not word_in(low, "towns", "lands") and low not in lexicon().names
    shouted = len(first) > 1 and first.isupper()
    behind = [word.lower() for word in words[1:3]]
    if first[:1].isupper() and behind[:1] == [","] and len(behind) > 1:
        # "Lotus, le matelas": a name that is explained.
        shouted = shouted or behind[1] in ("le", "la", "les") or behind[1][:2] == "l'"
    if not small or shouted:
        return list(words)
    return [first[:1].lower() + first[1:], *words[1:]]
