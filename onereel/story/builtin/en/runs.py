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
_UNITS = word_set(
    "ml cl l kg g mg mm cm m km kmh mph oz lb lbs inch foot mile litre liter gram kilo ounce pound"
    " watt w kw kwh mah volt v mb gb tb mp hz khz bit degree percent cup dollar euro cent second"
    " minute hour day week month year gallon metre meter acre"
)
"""What stands between a number and the thing that is so long or so large: "a 450 ml mug"."""
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
    acted: bool = False
    """Whether the clause surely has its verb elsewhere, or none at all."""


def runs_of(words: Sequence[str]) -> list[Run]:
    """The runs of an idea, in its order, each with what bounds it."""
    runs: list[Run] = []
    lead, before, inside = "", "", list[str]()
    words = _unmeasured(words)
    for word, after in pairwise([*words, ".", "."]):
        low = word.lower()
        if inside and inside[-1][:1].isupper() and word.isdigit() and after[:1].isalpha():
            inside.append(word)  # "Route 66 motels"
            continue
        if word == "I" and inside and inside[-1][:1].isupper():
            inside.append(word)  # "World War I"
            continue
        if low == "mine" and lead in ARTICLES | POSSESSIVES | {"every", "each"}:
            inside.append(word)  # "the coal mine"
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


def _owned_by_both(words: Sequence[str]) -> list[str]:
    """Without what two have from each other: "wake up in (each other's bodies)"."""
    low = [word.lower() for word in words]
    at = next((k for k in range(len(low) - 1) if low[k : k + 2] == ["each", "other's"]), len(low))
    return [*words[:at], *words[at + 3 :]]


def _unmeasured(words: Sequence[str]) -> list[str]:
    """Without how large a thing is: "a mug" of "a 450 ml mug"."""
    words = _owned_by_both(words)
    rest = [*words, ".", "."]
    kept, at = list[str](), 0
    while at < len(words):
        number = re.fullmatch(r"\d[\d.,/]*", rest[at]) or rest[at].lower() in NUMBERS - {"one"}
        measured = number and rest[at + 1].lower() in _UNITS
        if measured and rest[at + 2].lower() not in BREAKS | LEADS:
            led = bool(kept) and kept[-1].lower() in LEADS
            kept += [] if led else ["a"]
            at += 2
            continue
        kept.append(rest[at])
        at += 1
    return kept
