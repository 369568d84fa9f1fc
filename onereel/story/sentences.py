"""Where a speaker pauses in a text, in any script: after its clauses and its sentences."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = [
    "CLAUSE",
    "CLAUSE_ENDS",
    "CLOSING",
    "SENTENCE",
    "SENTENCE_ENDS",
    "halves",
    "pause_after",
    "sentences",
]

CLAUSE, SENTENCE = 1, 2
"""How strong a pause after a word is; 0 is a mere space."""

SENTENCE_ENDS = frozenset(
    ".!?\u2026\u3002\uff01\uff1f\uff0e\u061f\u06d4\u0964\u0965\u0589\u1362\u104b"
)
CLAUSE_ENDS = frozenset(",;:\u2014\u2013\u3001\uff0c\uff1b\uff1a\u060c\u061b\u055d\u104a")
CLOSING = "\"')]}\u00bb\u2019\u201d\u300d\u300f\uff09\u3011\u300b"
"""Marks that stand behind the stop of what they close."""

_WIDE = "\u3002\uff01\uff1f\uff0e\u3001\uff0c\uff1b\uff1a"
"""Chinese and Japanese put no space behind these; all others need one."""
_PIECE = rf"[^\s{_WIDE}]*[{_WIDE}]+[{re.escape(CLOSING)}]*|[^\s{_WIDE}]+"

# A full stop after these ends no sentence; single letters ("J. K. Rowling") are seen by their form.
_ABBREVIATIONS = {
    *("mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "vol", "approx", "e.g", "i.e"),
    *("ca", "hr", "nr", "bzw", "evtl", "z.b", "d.h", "u.a"),
    *("mme", "mlle", "p.ex", "sra", "srta", "dra", "ud", "uds"),
}


def pause_after(word: str, following: str = "") -> int:
    """How strong the pause is between a word, with its punctuation, and the one that follows it:
    `SENTENCE`, `CLAUSE` or 0."""
    bare = word.rstrip(CLOSING)
    last = bare[-1:]
    if last and last in SENTENCE_ENDS:
        stem = bare.rstrip(".").lstrip("(\"'\u201c\u2018\u00ab").lower()
        initial = len(stem) == 1 and stem.isalpha()
        number = stem == "no" and following[:1].isdigit()
        shortened = initial or number or stem in _ABBREVIATIONS
        if following[:1].islower() or (last == "." and shortened):
            return 0
        return SENTENCE
    return CLAUSE if last and last in CLAUSE_ENDS else 0


def sentences(text: str) -> tuple[str, ...]:
    """Split text into its sentences, none of them empty."""
    cuts = [0, *(end for end, pause in _pauses(text) if pause == SENTENCE), len(text)]
    parts = (text[start:end].strip() for start, end in pairwise(cuts))
    return tuple(part for part in parts if part)


def halves(text: str) -> tuple[str, str]:
    """Split text near its middle: between sentences, else clauses, else words, else characters.

    The second half is empty only if the text has fewer than two characters.
    """
    text = text.strip()
    pauses = _pauses(text)
    strongest = max((pause for _, pause in pauses), default=0)
    ends = [end for end, pause in pauses if pause == strongest] or [(len(text) + 1) // 2]
    middle = min(ends, key=lambda end: abs(2 * end - len(text)))
    return text[:middle].strip(), text[middle:].strip()


def _pauses(text: str) -> list[tuple[int, int]]:
    """The end of each word but the last, or of each run of Chinese, and the pause after it."""
    pieces = list(re.finditer(_PIECE, text))
    return [(word.end(), pause_after(word[0], after[0])) for word, after in pairwise(pieces)]
