"""A voice made slower or faster, or a word of it stressed, without a change of its pitch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

import numpy as np

from .line import Word
from .signal import PEAK, Samples

__all__ = ["stressed", "stretched"]

_LOUDER = 10 ** (4 / 20)
_SLOWER = 1.15
_RAMP = 0.012
"""Seconds over which a stressed word gets louder and back."""
_FRAME, _SEARCH = 0.03, 0.008
"""Seconds of a piece that is laid over the next, and how far it is moved to fit."""


def stretched(samples: Samples, rate: int, factor: float) -> Samples:
    """Make samples [T] last `factor` times as long (0.5 to 2), by overlapping similar pieces.

    W. Verhelst, M. Roelands: An overlap-add technique based on waveform similarity (WSOLA), 1993.
    """
    size = max(round(rate * _FRAME) // 2 * 2, 4)
    hop, reach = size // 2, round(rate * _SEARCH)
    length = round(len(samples) * factor)
    if len(samples) < 2 * size or abs(factor - 1) < 1e-3:
        return samples
    window = np.hanning(size + 1)[:size]
    padded = np.pad(samples.astype(np.float64), (reach + hop, size * 2 + reach))
    out = np.zeros(length + 2 * size)
    weight = np.zeros_like(out)
    expected = padded[reach : reach + size]
    at = 0
    while at < length + hop:
        centre = int(at / factor) + reach
        low = max(min(centre - reach, len(padded) - size - 2 * reach), 0)
        around = padded[low : low + size + 2 * reach]
        likeness = np.correlate(around, expected, mode="valid")
        begin = low + int(np.argmax(likeness))
        piece = padded[begin : begin + size]
        out[at : at + size] += piece * window
        weight[at : at + size] += window
        follows = padded[begin + hop : begin + hop + size]
        expected = np.pad(follows, (0, size - len(follows)))
        at += hop
    finished = out / np.maximum(weight, 1e-3)
    return finished[hop : hop + length].astype(np.float32)


def stressed(
    samples: Samples, rate: int, words: Sequence[Word], which: Collection[int]
) -> tuple[Samples, tuple[Word, ...]]:
    """Say some of the words, by index, louder and slower; returns the sound and its words."""
    pieces: list[Samples] = []
    found: list[Word] = []
    at = late = 0
    for i, word in enumerate(words):
        start, end = int(word.start * rate), int(word.end * rate)
        if i in which and end > start:
            longer = stretched(samples[start:end], rate, _SLOWER)
            longer = longer * _swell(len(longer), rate, _headroom(longer))
            pieces += [samples[at:start], longer]
            added = len(longer) - (end - start)
            at = end
        else:
            added = 0
        shift = Fraction(late, rate)
        found.append(
            Word(
                text=word.text,
                start=_exact(word.start + shift),
                end=_exact(word.end + shift + Fraction(added, rate)),
            )
        )
        late += added
    return np.concatenate([*pieces, samples[at:]]), tuple(found)


def _headroom(samples: Samples) -> float:
    """How much louder it may get."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    return min(_LOUDER, PEAK / peak) if peak else 1.0


def _swell(length: int, rate: int, louder: float) -> Samples:
    ramp = min(round(rate * _RAMP), length // 2)
    shape = np.full(length, louder, np.float32)
    rise = np.linspace(1, louder, ramp, endpoint=False, dtype=np.float32)
    shape[:ramp] = rise
    shape[length - ramp :] = rise[::-1]
    return shape


def _exact(seconds: Fraction) -> Fraction:
    return Fraction(int(seconds * 1000), 1000)
