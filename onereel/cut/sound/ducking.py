"""How loud each track is at each moment, computed from the plan before a sample is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from .sounds import RATE

__all__ = ["Ducking", "Fades", "amplitude"]

_ATTACK = RATE * 3 // 10
"""Samples over which the background steps back before a voice begins."""

_RELEASE = RATE * 8 // 10
"""Samples over which it returns after the voice."""

_PAUSE = RATE * 9 // 5
"""Samples of silence between two lines that the background does not fill: no pumping."""


def amplitude(decibels: float) -> float:
    """The factor that `decibels` stand for."""
    return float(10 ** (decibels / 20))


class Ducking:
    """How far the background steps back for the voice, from the lines' places alone.

    `spans` are the voice's (start, end) in samples, in any order.
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start - merged[-1][1] < _PAUSE:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        corners = [
            corner
            for start, end in merged
            for corner in ((start - _ATTACK, 0.0), (start, 1.0), (end, 1.0), (end + _RELEASE, 0.0))
        ]
        self._places = np.array([place for place, _ in corners] or [0], np.float64)
        self._depths = np.array([depth for _, depth in corners] or [0], np.float64)

    def gain(self, start: int, end: int, decibels: float) -> NDArray[np.float32]:
        """The factors for samples `start` to `end` of a track ducked by `decibels` (negative)."""
        depth = np.interp(np.arange(start, end), self._places, self._depths)
        if not depth.any():
            return np.ones(end - start, np.float32)
        if depth.min() == 1:
            return np.full(end - start, amplitude(decibels), np.float32)
        curve = depth * depth * (3 - 2 * depth)
        factors: NDArray[np.float32] = np.exp(
            curve * (np.log(10) / 20 * decibels), dtype=np.float32
        )
        return factors


@dataclass(frozen=True)
class Fades:
    """A track's rise from its start and its fall to its end, of equal power.

    All in samples on the film's time line; `rise` and `fall` are lengths, 0 for none.
    """

    start: int
    end: int
    rise: int = 0
    fall: int = 0

    @classmethod
    def of(cls, start: int, end: int, *, rise: Fraction, fall: Fraction) -> Fades:
        """Fades of `rise` and `fall` seconds, shortened to share a track that is too short."""
        wanted = rise + fall
        share = min(Fraction(1), Fraction(end - start, RATE) / wanted) if wanted else Fraction(0)
        return cls(start, end, round(rise * share * RATE), round(fall * share * RATE))

    def gain(self, start: int, end: int) -> NDArray[np.float32] | None:
        """The factors for samples `start` to `end`; None where they are all 1."""
        rising = self.rise and start < self.start + self.rise
        falling = self.fall and end > self.end - self.fall
        if not (rising or falling):
            return None
        places = np.arange(start, end, dtype=np.float64)
        level = np.ones(end - start)
        if rising:
            level = np.minimum(level, (places - self.start) / self.rise)
        if falling:
            level = np.minimum(level, (self.end - places) / self.fall)
        factors: NDArray[np.float32] = np.sin(np.clip(level, 0, 1) * (np.pi / 2)).astype(np.float32)
        return factors
