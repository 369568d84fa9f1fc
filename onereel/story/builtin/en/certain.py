"""Whether an English idea is read without a guess; where it is not, a film quotes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..pack import Frame
from ..verbatim import verbatim_frame
from .articles import with_articles
from .clauses import ANYBODY, MODALS, RELATIVES, base_of_gerund
from .clean import clean, parts, title_case, words_of
from .lexicon import base_of, lexicon, past_base, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word, singular
from .phrase import BOUNDS, is_clear_verb

__all__ = ["sure"]

_JOINTS = word_set("and or but because when while if so than as though although until before after")
_PASSING = word_set(
    "i me we us you he him she they them it its be been being am not no yes very just only also too"
    " there here then now thing things something anything everything nothing nobody everybody"
    " somebody one ones get gets got getting make makes made making really ever never always"
    " today tomorrow tonight about away out up down off back"
)
_COUNTS = NUMBERS | word_set(
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen thirty forty hundreds thousand"
    " thousands million dozen dozens first second third"
)
_LONGEST = {"hero": 16, "asks": 9, "task": 8, "noun": 7, "brand": 12}
"""Words up to which an idea has one clause, and nothing in it stands for another."""
_GRAMMAR = BOUNDS | DETERMINERS | PREPOSITIONS | NUMBERS | RELATIVES | MODALS | ANYBODY


def sure(frame: Frame, idea: str) -> Frame:
    """The frame itself where every word that a film would inflect is known, else a quoting one."""
    premise, further = parts(clean(idea))
    if _is_certain(frame, words_of(premise), premise):
        return frame
    return verbatim_frame(
        with_articles(premise),
        further,
        themes=frame.themes,
        passing=_is_passing,
        vague=_is_vague,
        numbers=_COUNTS,
        titled=title_case,
    )


def _is_passing(word: str) -> bool:
    low = word.lower()
    if low in lexicon().sets["function"] | _GRAMMAR | _JOINTS | _PASSING:
        return True
    return word.islower() and is_clear_verb(low) and not low.endswith(("ing", "ed"))


def _is_vague(word: str) -> bool:
    low = word.lower()
    return low in lexicon().sets["adjective"] or low.endswith(("ly", "ing", "ed")) or low.isdigit()


def _is_certain(frame: Frame, words: Sequence[str], premise: str) -> bool:
    low = [word.lower() for word in words]
    tags = frame.tags
    if "told" in tags or "," in words or ":" in premise or _JOINTS & set(low):
        return bool("brand" in tags and _is_brand(frame, words))
    if not all(_is_known(word, first=not at) for at, word in enumerate(words)):
        return False
    if frame.kind == "hero":
        head = frame.slots["hero"].split()[-1]
        return len(words) <= _LONGEST["hero"] and _is_somebody(head)
    if "announced" in tags or "listed" in tags:
        return len(words) <= _LONGEST["noun"] and _is_noun(frame.slots["item"].split()[0])
    if frame.slots.get("ask") or frame.slots.get("question"):
        plain = bool(frame.slots.get("ask")) and len(words) <= _LONGEST["asks"]
        return plain and _is_phrase(frame.slots["part"], premise)
    if frame.slots.get("task"):
        return len(words) <= _LONGEST["task"] and frame.slots["task"].split()[0] in lexicon().verbs
    if len(words) > _LONGEST["noun"] or any(is_clear_verb(word) for word in low):
        return False
    return _is_phrase(frame.slots["part"], premise)


def _is_brand(frame: Frame, words: Sequence[str]) -> bool:
    """ "Lumo, the lamp that follows the sun"."""
    comma = list(words).index(",") if "," in words else 0
    rest = [word for word in words[comma + 1 :] if word != ","]
    plain = comma == 1 and len(rest) == len(words) - comma - 1 <= _LONGEST["brand"]
    plain = plain and not _JOINTS & {word.lower() for word in rest}
    named = bool(rest) and rest[0].lower() in ("a", "an", "the")
    does = not frame.slots.get("does") or base_of(frame.slots["does"].split()[0]) is not None
    return plain and named and does and all(_is_known(word, first=False) for word in rest)


def _is_phrase(part: str, premise: str) -> bool:
    """Whether what a film goes round ends in a noun that is known as one, or is a name."""
    words = part.split()
    if not words or part in ("this question", "these words", "this offer", "the story"):
        return False
    head = words[-1]
    name = head[:1].isupper() and not premise.startswith(head)
    return name or _is_noun(head)


def _is_noun(word: str) -> bool:
    sets = lexicon().sets
    forms = {word.lower(), singular(word)}
    nouns = sets["count"] | sets["person"] | sets["being"] | sets["singular"] | sets["plural"]
    return bool(forms & nouns) and not forms & sets["adjective"]


def _is_somebody(word: str) -> bool:
    sets = lexicon().sets
    forms = {word.lower(), singular(word)}
    return bool(forms & (sets["person"] | sets["being"] | sets["men"] | sets["women"]))


def _is_known(word: str, *, first: bool) -> bool:
    """Whether the lexicon has a word, or it is a name by its capital."""
    low = re.sub(r"'s?$", "", word.lower())
    if low in _GRAMMAR | _PASSING or low.isdigit():
        return True
    if word[:1].isupper() and not first and word.isalpha():
        return True
    words = lexicon()
    sets = words.sets
    listed = any(low in sets[name] for name in sets)
    verb = low in words.verbs or base_of(low) or past_base(low) or base_of_gerund(low)
    plural = is_plural_word(low) and _is_noun(low)
    return bool(listed or verb or plural or _is_noun(low) or low in words.participle)
