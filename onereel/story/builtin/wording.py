"""What a written scene is made of: sentences, openings, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

__all__ = [
    "as_far",
    "classes",
    "echoed",
    "first_clause",
    "listed_words",
    "opening",
    "sentences_of",
    "words_of",
]

_WORD = r"[^\W_]+"
_BREAK = r"(?<=[;:\u2014])\s+|(?<=,)\s+(?=(?:and|but|so|und|aber|y|pero|et|mais)\s)"


@lru_cache(maxsize=16384)
def sentences_of(text: str) -> tuple[str, ...]:
    """Its sentences, each with its stop."""
    parts = re.split(r"(?<=[.!?\u2026])\s+", text)
    return tuple(part.strip() for part in parts if part.strip())


@lru_cache(maxsize=16384)
def listed_words(text: str) -> tuple[str, ...]:
    """Its words in lower case, in order."""
    return tuple(re.findall(_WORD, text.lower()))


def words_of(text: str) -> set[str]:
    """Its words in lower case."""
    return set(listed_words(text))


@lru_cache(maxsize=16384)
def opening(sentence: str) -> str:
    """Its first two words, by which two sentences sound alike."""
    return " ".join(listed_words(sentence)[:2])


def first_clause(sentence: str) -> str:
    """The first clause of a long sentence, as a sentence; nothing, if it has only one."""
    parts = re.split(_BREAK, sentence)
    if len(parts) < 2 or len(parts[0].split()) < 4:
        return ""
    return parts[0].rstrip(" ,;:\u2014") + "."


def classes(text: str) -> dict[str, list[str]]:
    """The words below each name in brackets in a list of words; lines with # are no words."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    found = ("\n".join(lines).partition("[")[2]).split("[")
    return {name: words.split() for name, _, words in (each.partition("]") for each in found)}


def as_far(words: Sequence[str], at: int, further: Callable[[Sequence[str], int], int]) -> int:
    """Behind all that follows at `at`, where `further` tells what is behind one piece of it; `at`
    where none follows."""
    while at < len(words) and (behind := further(words, at)) != at:
        at = behind
    return at


def echoed(text: str, name: str, again: Callable[[str], str]) -> str:
    """The sentences of a text, where each that stands behind one with `name` is told by `again`;
    what that gives speaks of `name` still."""
    told: list[str] = []
    named = False
    for sentence in sentences_of(text):
        naming = name.lower() in sentence.lower()
        told.append(again(sentence) if named and naming else sentence)
        named = naming
    return " ".join(told)
