"""How somebody moves who speaks: measured from the loudness of the line that is spoken."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...values import frames
from ..sound.sounds import RATE, Sound

__all__ = ["Pulse"]

_RANGE_DB = 26.0
"""From silence to full movement, below the loud parts of the line."""
_LOUD = 0.9
"""The share of the frames with sound that is less loud than full movement."""
_SILENT_DB = -55.0
"""Of full scale: less is never speech."""
_REACH = Fraction(1, 6)
"""Seconds to either side over which loudness is evened out, so that no syllable jerks."""


class Pulse:
    """The movement of one spoken line, frame by frame."""

    def __init__(self, path: Path, *, name: str, fps: Fraction) -> None:
        """Measure a line's sound file, called `name` in errors, for a film of `fps`.

        Raises:
            ReplaceMedia: the file is missing, damaged or no sound.
        """
        reach = frames(_REACH, fps)
        self._first = -reach
        self._lean = _swung(_smoothed(_loudness(path, name, fps), reach))

    def lean(self, frame: int) -> float:
        """How far the speaker leans at a frame, counted from the beginning of the line.

        Its size (0 to 1) is the loudness; its sign, left or right, changes with every pause. It is
        exactly 0 in silence.
        """
        at = frame - self._first
        return float(self._lean[at]) if 0 <= at < len(self._lean) else 0.0


def _loudness(path: Path, name: str, fps: Fraction) -> NDArray[np.float64]:
    """From 0 for silence to 1 for the loud parts, one value a frame."""
    powers: list[float] = []
    with Sound(path, name=name) as sound:
        heard = 0
        while True:
            until = round(RATE / fps * (len(powers) + 1))
            block = sound.read(until - heard)
            if not block.shape[1]:
                break
            heard = until
            powers.append(float(np.mean(np.square(block, dtype=np.float64))))
    decibels = 10 * np.log10(np.maximum(powers, 1e-12))
    spoken = decibels[decibels > _SILENT_DB]
    if not len(spoken):
        return np.zeros(len(powers))
    bottom = max(float(np.quantile(spoken, _LOUD)) - _RANGE_DB, _SILENT_DB)
    levels: NDArray[np.float64] = np.clip((decibels - bottom) / _RANGE_DB, 0, 1)
    return levels


def _smoothed(levels: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Even out, without delay; the result is `reach` frames longer at either end."""
    window = np.hanning(2 * reach + 3)[1:-1]
    return np.convolve(levels, window / window.sum())


def _swung(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lean to the other side after each pause."""
    moving = levels > 0
    begins = moving & ~np.concatenate([[False], moving[:-1]])
    return np.where(np.cumsum(begins) % 2, levels, -levels)
