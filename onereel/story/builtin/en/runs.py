"""The words of an English idea between those of grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .clauses import MODALS, RELATIVES
from .kinds import GRAMMAR, JOINTS, PASSING
from .lexicon import word_set
from .nouns import ARTICLES, NUMBERS, POSSESSIVES

__all__ = ["BREAKS", "LEADS", "ORDERING", "Run", "runs_of"]

LEADS = ARTICLES | POSSESSIVES | NUMBERS
LEADS |= word_set("this that these those some every each another")
ORDERING = word_set("first last next best worst own same second third only")
_CLOCK = r"\d[\d.:]*(?:am|pm)"
BREAKS = GRAMMAR | PASSING | JOINTS | RELATIVES | {"versus"} | set(",:.?!(")


@dataclass(frozen=True)
class Run:
    """Words between two of grammar; `lead` is the determiner that they begin with, if any."""

    words: tuple[str, ...]
    lead: str
    before: str
    after: str
    first: bool = False
    headline: bool = False


def runs_of(words: Sequence[str]) -> list[Run]:
    """The runs of an idea, in its order, each with what bounds it."""
    runs: list[Run] = []
    lead, before, inside = "", "", list[str]()
    for word, after in pairwise([*words, ".", "."]):
        low = word.lower()
        if inside and inside[-1][:1].isupper() and word.isdigit() and after[:1].isalpha():
            inside.append(word)  # "Route 66 motels"
            continue
        if word == "I" and inside and inside[-1][:1].isupper():
            inside.append(word)  # "World War I"
            continue
        if low == "can" and lead in ARTICLES and inside and after.lower() in BREAKS - PASSING:
            inside.append(word)  # "a watering can that"
            continue
        relative = low == "that" and bool(inside)
        somebody = low == "one" and before in MODALS and not inside  # "could one swallow us"
        if somebody or re.fullmatch(_CLOCK, low):
            if inside:
                runs.append(Run(tuple(inside), lead, before, low, first=not runs))
            lead, before, inside = "", before if somebody else low, []
            continue
        leads = (low in LEADS or re.fullmatch(r"\d[\d.,]*", low) is not None) and not relative
        ordered = low in ORDERING and bool(lead) and not inside
        owned = bool(inside) and inside[-1].endswith("'s")
        ordered = ordered or (owned and low in NUMBERS | ORDERING)
        if ordered or (not leads and low not in BREAKS):
            inside.append(word)
            continue
        if inside:
            runs.append(Run(tuple(inside), lead, before, low, first=not runs))
        if not leads:
            before = low
        elif inside:
            before = inside[-1].lower()
        lead, inside = (low if leads else ""), []
    return runs
