"""Where the words end that name a thing of an English idea."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import ANYBODY, RELATIVES, base_of_gerund
from .clean import join
from .lexicon import lexicon, word_set
from .nouns import DETERMINERS, POSSESSIVES, PREPOSITIONS, is_plural_word
from .phrase import is_known

__all__ = ["PARTS_OF", "briefly", "core_end", "head_end", "is_incomplete"]

PARTS_OF = word_set(
    "road path difference day days night life story history rise fall end art way world year sound"
    " smell power beauty secret future cause causes effect effects origin origins meaning benefits"
    " dangers basics advantages disadvantages pros cons"
    " midnight dawn dusk sunrise sunset noon lunch breakfast dinner"
)
"""Nouns that say little without what follows them."""
_LONGEST_SHORT = 6


def core_end(words: Sequence[str]) -> int:
    """The end of the words that name a thing again: short phrases whole, long ones cut."""
    clauses = RELATIVES | ANYBODY | word_set("where when , we you they i he she")
    begins = (
        i
        for i in range(1, len(words))
        if words[i].lower() in clauses
        or [word.lower() for word in words[i : i + 2]] == ["no", "one"]
        or (words[i].lower() in POSSESSIVES and is_plural_word(words[i - 1]))
    )
    # "a postcard from nobody" has no clause.
    clause = next((i for i in begins if words[i - 1].lower() not in PREPOSITIONS), len(words))
    whole = clause <= _LONGEST_SHORT
    for index in range(1, clause):
        low, before = words[index].lower(), words[index - 1].lower()
        after = words[index + 1].lower() if index + 1 < len(words) else ""
        made = _is_participle(low) or (is_plural_word(before) and not is_plural_word(low))
        doing = base_of_gerund(low) and not is_known(low)
        made = made or bool(doing and before not in lexicon().sets["adjective"])
        made = made and after in PREPOSITIONS and low not in PREPOSITIONS
        link = made or low == "for" if whole else made or low in PREPOSITIONS - {"of"}
        if link and before not in PARTS_OF | DETERMINERS:
            return index
    return clause


def _is_participle(word: str) -> bool:
    return word in lexicon().participle or word in lexicon().past or word.endswith("ed")


def head_end(core: Sequence[str]) -> int:
    """The end of the words that decide the number: those in front of "of"."""
    end = next((i for i, word in enumerate(core) if i and word.lower() in PREPOSITIONS), len(core))
    # "aprons sewn from old sails": a participle that no list knows.
    made = end > 1 and is_plural_word(core[end - 2]) and not is_plural_word(core[end - 1])
    return end - 1 if made and end < len(core) else end


def briefly(phrase: str) -> str:
    """A noun phrase without what follows its head: "the last train" of "the last train to Ely"."""
    words = phrase.split()
    end = head_end(words) if words else 0
    if end == len(words) or words[end - 1].lower() in PARTS_OF:
        return phrase
    rest = words[end + 1 :]
    rest = rest[1:] if rest and rest[0] == "the" else rest
    named = bool(rest) and rest[0][:1].isupper() and words[end - 1].islower()
    if words[end].lower() == "of" and not named:
        return phrase  # "a pot of honey" is no pot
    led = words[0].lower() in DETERMINERS or words[0][:1].isupper()
    return join(words[:end] if led else ["the", *words[:end]])


def is_incomplete(phrase: str) -> bool:
    """Whether its head says little: "a day at the sea" is about the sea."""
    words = phrase.split()
    end = head_end(words) if words else 0
    return 0 < end < len(words) and words[end - 1].lower() in PARTS_OF and words[end] != "of"
