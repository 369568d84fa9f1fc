"""Word timings: from what an engine knows exactly, and by the sound where it knows nothing.

Where an engine gives no times, each word gets a share of the voiced time by its weight (phonemes or
characters), and its start is moved into a nearby dip of energy. One dynamic programme weighs both
over the whole line, as in forced alignment by segment durations, so that a pause in the sound finds
its comma in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .line import Word
from .signal import FRAME, PAUSE, Samples, envelope, loud
from .text import breaks, words

__all__ = ["character_weights", "timed_words"]

Array = npt.NDArray[np.float64]

_SPREAD = 0.4
"""How far a word's length strays from its share, as a fraction of the share."""
_SPREAD_FLOOR = 0.03
_PAUSE = 0.09
"""Seconds of silence that count as a pause."""
_DIP_COST = 0.5
_PAUSE_COST = 10.0
"""Per second of silence at a boundary without punctuation; a credit at one with it."""
_LONGEST_WORD = 8.0
"""A word longer than this many shares is not considered."""
_REACH = 2.5
"""Seconds of voice that a boundary may lie from its share: bounds the work on long sounds."""


def character_weights(text: str, spans: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """Weigh each word by its letters; a digit stands for a spoken word of some four letters."""
    weights = []
    for start, end in spans:
        word = text[start:end]
        digits = sum(character.isdigit() for character in word)
        letters = sum(character.isalpha() for character in word)
        weights.append(letters + 4.0 * digits + 1.0)
    return tuple(weights)


def timed_words(
    text: str,
    samples: Samples,
    rate: int,
    *,
    known: Mapping[int, float] | None = None,
    weights: Sequence[float] = (),
) -> tuple[Word, ...]:
    """Time each word of `text` in samples [T] at `rate` per second.

    Args:
        text: what is spoken.
        samples: the sound, float32 in -1 to 1.
        rate: samples per second.
        known: exact starts in seconds by the word's index; the words between are shared out.
        weights: one per word; the default is by characters.

    Returns:
        Every word once, in order, with its original spelling; starts never fall, ends never pass
        the next start or the end of the sound.
    """
    spans = words(text)
    if not spans:
        return ()
    total = len(samples) / rate
    shape = envelope(samples, rate)
    weights = weights or character_weights(text, spans)
    starts = _starts(text, spans, shape, total, dict(known or {}), weights)
    starts = np.minimum(np.maximum.accumulate(np.clip(starts, 0.0, total)), total)
    ends = _ends(starts, loud(shape, PAUSE), total)
    return tuple(
        Word(text=text[a:b], start=_exact(start), end=_exact(end))
        for (a, b), start, end in zip(spans, starts, ends, strict=True)
    )


def _exact(seconds: float) -> Fraction:
    # Milliseconds: finer than any caption, and short decimals in JSON. Rounded down, so that
    # nothing passes the end of the sound.
    return Fraction(int(seconds * 1000 + 1e-6), 1000)


def _starts(
    text: str,
    spans: tuple[tuple[int, int], ...],
    shape: Array,
    total: float,
    known: dict[int, float],
    weights: Sequence[float],
) -> Array:
    # The sound is trimmed: it begins with its first word.
    known[0] = 0.0
    starts = np.zeros(len(spans))
    anchors = sorted(known)
    strengths = breaks(text, spans)
    for anchor, after in zip(anchors, [*anchors[1:], len(spans)], strict=True):
        begin, end = known[anchor], known.get(after, total)
        starts[anchor] = begin
        if after - anchor > 1:
            starts[anchor + 1 : after] = _shared(
                shape[int(begin / FRAME) : max(int(end / FRAME), int(begin / FRAME) + 1)],
                np.asarray(weights[anchor:after], float),
                np.asarray(strengths[anchor : after - 1]),
                begin,
                end,
            )
    return starts


def _shared(
    shape: Array, weights: Array, strengths: npt.NDArray[np.int_], begin: float, end: float
) -> Array:
    """The starts of all words but the first, whose sound is the envelope `shape`."""
    voiced = loud(shape, PAUSE)
    spoken = np.concatenate([np.zeros(1), np.cumsum(voiced, dtype=np.float64) * FRAME])
    shares = weights / weights.sum() * spoken[-1]
    at, cost, silence = _candidates(shape, voiced)
    path = _best_path(spoken[at], cost, silence, shares, strengths)
    if path is None:
        # Fewer dips than words: too short or too even a sound to look into.
        even = np.asarray(np.cumsum(weights)[:-1] / weights.sum(), np.float64)
        return begin + even * (end - begin)
    return np.asarray(begin + at[path] * FRAME, np.float64)


def _candidates(
    shape: Array, voiced: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int_], Array, Array]:
    """Where a word may start: frame, how loud it is there (0 to 1), and the silence before it."""
    smooth = np.convolve(np.pad(shape, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    decibels = 20 * np.log10(np.maximum(smooth, 1e-6))
    top = np.percentile(decibels[voiced], 80) if voiced.any() else 0.0
    height = np.clip((decibels - top + 30) / 30, 0, 1)
    silence = np.zeros(len(shape))
    run = 0
    for i, heard in enumerate(voiced):
        silence[i] = run * FRAME if heard else 0.0
        run = 0 if heard else run + 1
    falls = np.flatnonzero((smooth[1:-1] <= smooth[:-2]) & (smooth[1:-1] < smooth[2:])) + 1
    dips = falls[voiced[falls]]
    # A coarse grid lets a word begin without a dip, at full cost.
    grid = np.arange(6, len(shape) - 1, 6)
    inside = np.unique(np.concatenate([dips, np.flatnonzero(silence), grid[voiced[grid]]]))
    at = np.concatenate([[0], inside[(inside > 0)], [len(shape)]]).astype(int)
    cost = np.concatenate([[0.0], height[at[1:-1]], [0.0]])
    pauses = np.concatenate([[0.0], silence[at[1:-1]], [0.0]])
    cost[pauses > 0] = 0.0
    return at, cost, pauses


def _best_path(
    position: Array,
    cost: Array,
    silence: Array,
    shares: Array,
    strengths: npt.NDArray[np.int_],
) -> npt.NDArray[np.int_] | None:
    """Choose a candidate for each inner boundary: least squared stretch plus cost of place."""
    count = len(position)
    best = np.full(count, np.inf)
    best[0] = 0.0
    back = np.zeros((len(shares), count), int)
    longer = np.where(silence >= _PAUSE, silence, 0.0)
    expected = np.cumsum(shares)
    for i, share in enumerate(shares):
        last = i == len(shares) - 1
        near = int(np.searchsorted(position, expected[i] - _REACH))
        far = int(np.searchsorted(position, expected[i] + _REACH, side="right"))
        spread = _SPREAD * share + _SPREAD_FLOOR
        after = np.full(count, np.inf)
        for j in [count - 1] if last else range(max(i + 1, near), min(far, count - 1)):
            low = int(np.searchsorted(position, position[j] - _LONGEST_WORD * share - 0.3))
            low = 0 if last else min(low, j - 1)
            length = position[j] - position[low:j]
            paths = best[low:j] + ((length - share) / spread) ** 2 / 2
            choice = int(np.argmin(paths))
            after[j] = paths[choice]
            back[i, j] = low + choice
        if not last:
            sign = -1.0 if strengths[i] else 1.0
            after += _DIP_COST * cost + sign * _PAUSE_COST * np.minimum(longer, 0.3)
        best = after
    if not np.isfinite(best[-1]):
        return None
    path = [count - 1]
    for i in range(len(shares) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return np.array(path[:0:-1])


def _ends(starts: Array, voiced: npt.NDArray[np.bool_], total: float) -> Array:
    """Each word ends where the next begins, or before the pause between them."""
    ends = np.append(starts[1:], total)
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        heard = np.flatnonzero(voiced[int(start / FRAME) : int(np.ceil(end / FRAME))])
        if len(heard):
            ends[i] = min(end, (int(start / FRAME) + int(heard[-1]) + 1) * FRAME)
    later: Array = np.maximum(ends, starts)
    return later
