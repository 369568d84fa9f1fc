"""What a pattern of the banks is: its conditions, its slots, its fixed words, its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import TypeVar

__all__ = ["SLOT", "fixed_in", "parts_of", "pick", "sentences", "slots_in"]

SLOT = r"\{([^{}]+)\}"
_CONDITION = r"^\[([^\]]*)\]\s*"
_TWICE = r"([.!?\u2026][\u201d\u201c\u2019\"\u00bb]?)[.!?]+"
_START = (
    r"(^|[.!?\u2026](?:[\u201d\u201c\"]|\s?\u00bb)?\s+)"
    r"((?:[\u201c\u201e\"\u00bf\u00a1]|\u00ab\s?)?)(\w)"
)
T = TypeVar("T")


def pick(rng: Random, items: Sequence[T]) -> T:
    """Choose one item; unlike `Random.choice`, the same in every version of Python."""
    return items[int(rng.random() * len(items))]


@lru_cache(maxsize=4096)
def parts_of(pattern: str) -> tuple[frozenset[str], tuple[str, ...], str]:
    """Split a pattern into its conditions, the slots it needs, and its body."""
    match = re.match(_CONDITION, pattern)
    conditions = frozenset(match[1].split()) if match else frozenset()
    body = pattern[match.end() :] if match else pattern
    needs = tuple(
        slot for slot in re.findall(SLOT, body) if not slot.startswith("@") and ":" not in slot
    )
    return conditions, needs, body


@lru_cache(maxsize=4096)
def slots_in(text: str) -> tuple[str, ...]:
    """What stands in braces in a text."""
    return tuple(re.findall(SLOT, text))


@lru_cache(maxsize=4096)
def fixed_in(pattern: str) -> int:
    """How many 5-grams of a pattern have no slot in them."""
    runs = re.sub(SLOT, "{", parts_of(pattern)[2]).split("{")
    return sum(max(len(re.findall(r"\w+", run)) - 4, 0) for run in runs)


def sentences(text: str) -> str:
    """Capitalise the starts of sentences and drop doubled punctuation and spaces."""
    text = re.sub(r" {2,}", " ", text).strip()
    text = re.sub(_TWICE, r"\1", text)
    return re.sub(_START, lambda match: match[1] + match[2] + match[3].upper(), text)
