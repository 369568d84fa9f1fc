"""Where a line that is longer than a shot is cut into further scenes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..story.sentences import CLAUSE, SENTENCE
from .line import Word
from .text import breaks, words

__all__ = ["pieces"]

_COST = {SENTENCE: 0.0, CLAUSE: 1e4, 0: 1e7}
"""A cut between words is worse than any number of cuts at commas, and so on."""
_PIECE_COST = 10.0


def pieces(text: str, timed: Sequence[Word], limit: float) -> tuple[str, ...]:
    """Cut `text` into pieces that each take at most `limit` seconds to say, as `timed` tells.

    At sentence ends; in a sentence that is too long by itself, at clauses; in a clause that is too
    long, between words. Among equals the fewest and most even pieces win. A single word longer
    than `limit` is a piece.
    """
    spans = words(text)
    if len(spans) < 2 or len(spans) != len(timed):
        return (text,)
    strengths = breaks(text, spans)
    starts = [float(word.start) for word in timed]
    ends = [float(word.end) for word in timed]
    best = [0.0] + [float("inf")] * len(spans)
    back = [0] * (len(spans) + 1)
    for last in range(1, len(spans) + 1):
        for first in range(last - 1, -1, -1):
            length = ends[last - 1] - starts[first]
            # The whole text is what did not fit: it is never one of its own pieces.
            whole = first == 0 and last == len(spans)
            if (length > limit and last - first > 1) or whole:
                if length > limit:
                    break
                continue
            uneven = (length / limit) ** 2
            cut = _COST[strengths[last - 1]] if last < len(spans) else 0.0
            cost = best[first] + cut + _PIECE_COST + uneven
            if cost < best[last]:
                best[last], back[last] = cost, first
    cuts = [len(spans)]
    while cuts[-1] > 0:
        cuts.append(back[cuts[-1]])
    bounds = [spans[cut][0] if cut else 0 for cut in cuts[:0:-1]] + [len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(bounds) if text[a:b].strip())
