"""The last step of the mix: a gain and a limiter bring it to loudness and peak, in its file."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import soundfile
from numpy.typing import NDArray

from ...work import Cancel, Progress
from .ducking import amplitude
from .loudness import MARGIN, SLOT, Level, Limiter, Meter, closing, true_peaks
from .sounds import RATE, Block

__all__ = ["Mastering"]

_BLOCK = 2 * RATE
"""Samples read at a time; a whole number of slots."""

_AS_GOOD_AS_SILENT = -60.0
"""LUFS below which a film is left as it is: there is nothing to hear but noise."""

_TOLERANCE = 0.15
_ROUNDS = 8

_HALF, _LITTLE = 0.5, 0.15
"""LU that a limited sound gains by a decibel: at first sight, and at least."""
_STEP = 12.0
"""Decibels that a round adds at most: a click in silence never gets loud, whatever it gains."""


class Mastering:
    """Brings a mixed file to loudness and peak, in place."""

    def __init__(
        self,
        file: soundfile.SoundFile,
        target: float,
        ceiling: float,
        progress: Progress,
        cancel: Cancel,
    ) -> None:
        self._file = file
        self._samples = len(file)
        self._target = target
        self._ceiling = ceiling
        self._progress = progress
        self._cancel = cancel

    def run(self, level: Level) -> Level:
        """Change the file, which measures `level`, and say what it measures now."""
        if level.integrated is None or level.integrated < _AS_GOOD_AS_SILENT:
            return Level(None, level.peak)
        gain = self._target - level.integrated
        if level.peak + gain <= self._ceiling:
            self._write(gain, None)
            return Level(self._target, level.peak + gain)
        return self._limit(gain)

    def _limit(self, gain: float) -> Level:
        """Limiting takes loudness away: raise the gain until what is left meets the target.

        How much a decibel gives is read off the last two rounds. Adding what is missing as if it
        gave all of it, a voice came near its target in eight rounds and never met it.
        """
        ceiling, yields = self._ceiling, _HALF
        tried: tuple[float, float] | None = None
        for count in range(_ROUNDS):
            steps = self._steps(gain, amplitude(ceiling))
            level = self._measure(gain, steps)
            heard = self._target if level.integrated is None else level.integrated
            missing = self._target - heard
            over = level.peak - self._ceiling
            met = abs(missing) <= _TOLERANCE and over <= _TOLERANCE
            if met or count == _ROUNDS - 1:
                break
            if tried and gain != tried[0]:
                yields = min(max((heard - tried[1]) / (gain - tried[0]), _LITTLE), 1.0)
            tried = gain, heard
            gain += min(missing / yields, _STEP)
            ceiling -= max(over, 0.0)
            self._progress(count / _ROUNDS, "Setting the loudness")
        self._write(gain, steps)
        return level

    def _read(self, start: int, end: int) -> Block:
        """Samples `start` to `end`, silence outside of the film."""
        first, last = max(start, 0), min(end, self._samples)
        self._file.seek(first)
        block = self._file.read(last - first, dtype="float32", always_2d=True).T
        return np.pad(block, ((0, 0), (first - start, end - last)))

    def _steps(self, gain: float, ceiling: float) -> NDArray[np.float32]:
        """How far the limiter closes in each slot: the only thing kept whole, 4 kB a second."""
        factor = np.float32(amplitude(gain))
        limiter = Limiter(ceiling)
        steps = np.empty(-(-self._samples // SLOT) + limiter.DELAY, np.float32)
        for start in range(0, self._samples, _BLOCK):
            self._cancel.check()
            first, end = start // SLOT, -(-min(start + _BLOCK, self._samples) // SLOT)
            block = self._read(start - MARGIN, end * SLOT + MARGIN) * factor
            steps[first:end] = limiter.push(true_peaks(block, ceiling))
        steps[end:] = limiter.push(np.zeros(limiter.DELAY, np.float32))
        return steps[limiter.DELAY :]

    def _changed(
        self, gain: float, steps: NDArray[np.float32] | None
    ) -> Iterator[tuple[Block, int]]:
        factor = np.float32(amplitude(gain))
        for start in range(0, self._samples, _BLOCK):
            self._cancel.check()
            end = min(start + _BLOCK, self._samples)
            block = self._read(start, end) * factor
            shut = None if steps is None else closing(steps, start, end)
            yield (block if shut is None else block * shut), start

    def _measure(self, gain: float, steps: NDArray[np.float32]) -> Level:
        meter = Meter()
        for block, _ in self._changed(gain, steps):
            meter.push(block)
        return meter.finish()

    def _write(self, gain: float, steps: NDArray[np.float32] | None) -> None:
        for block, start in self._changed(gain, steps):
            self._file.seek(start)
            self._file.write(block.T)
