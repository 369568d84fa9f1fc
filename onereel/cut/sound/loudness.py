"""Loudness and true peak: measured by FFmpeg, and brought to a target by one gain and a limiter.

Both measures are EBU R 128's (ITU-R BS.1770-4).
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph
from numpy.typing import NDArray

from .ducking import amplitude
from .sounds import RATE, Block

__all__ = ["MARGIN", "SLOT", "Level", "Limiter", "Meter", "closing", "true_peaks"]

SLOT = RATE // 1000
"""Samples per step of the limiter: one millisecond."""

_STEP = RATE // 10
"""Samples per step of the meter, which says nothing of a step that is not full."""

_SILENCE = -69.9
"""LUFS; the meter gates all that is below -70 and then says -70."""

_OVERSAMPLING = 4
_TAPS = 24
"""Samples that make one sample between them."""

MARGIN = _TAPS // 2
"""Further samples at either end that `true_peaks` needs."""

_NEAR = 0.6
"""Only slots whose samples come this near to the ceiling are looked at between the samples."""

_AT_ONCE = 100
"""Slots looked at together: each sample becomes `_TAPS` of them."""

_LOOK_AHEAD = 6
"""Slots before a peak in which the limiter closes."""

_RELEASE = 80
"""Slots in which it opens to 1/e of its reduction."""

_SHUT = 1e-3
"""Decibels of reduction below which it counts as open."""

_EASE = np.hanning(2 * _LOOK_AHEAD + 1)[1:-1].astype(np.float32)
_EASE /= _EASE.sum()
"""What rounds the corners, by slots."""


@dataclass(frozen=True)
class Level:
    """How loud a sound is: integrated loudness in LUFS, None where it is silent, and true peak in
    dBTP, -inf where every sample is 0."""

    integrated: float | None
    peak: float


class Meter:
    """Measures a sound while it passes, in constant memory."""

    def __init__(self) -> None:
        self._graph = Graph()
        self._source = self._graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo")
        measure = self._graph.add("ebur128", "peak=true:metadata=1")
        self._sink = self._graph.add("abuffersink")
        self._source.link_to(measure)
        measure.link_to(self._sink)
        self._graph.configure()
        self._position = 0
        self._last: AudioFrame | None = None

    def push(self, block: Block) -> None:
        """Hear the next samples, (2, n)."""
        packed = np.ascontiguousarray(block.T).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate = RATE
        frame.pts = self._position
        self._position += block.shape[1]
        self._source.push(frame)
        self._pull()

    def finish(self) -> Level:
        """What was heard; nothing may be pushed afterwards."""
        if short := -self._position % _STEP:
            self.push(np.zeros((2, short), np.float32))
        self._source.push(None)
        self._pull()
        said = {} if self._last is None else dict(self._last.metadata)
        integrated = float(said.get("lavfi.r128.I", "-inf"))
        peak = float(said.get("lavfi.r128.true_peak", "0"))
        return Level(
            integrated if integrated > _SILENCE else None,
            20 * math.log10(peak) if peak > 0 else -math.inf,
        )

    def _pull(self) -> None:
        with suppress(av.BlockingIOError, av.EOFError):
            while True:
                self._last = cast(AudioFrame, self._sink.pull())


def _interpolator() -> NDArray[np.float32]:
    """Kaiser-windowed sinc, as (_TAPS, _OVERSAMPLING - 1): the points between two samples."""
    between = np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    distance = np.arange(_TAPS)[:, None] - (_TAPS // 2 - 1) - between[None, :]
    window = np.i0(6 * np.sqrt(np.clip(1 - (distance / (_TAPS / 2)) ** 2, 0, 1))) / np.i0(6)
    taps = np.sinc(distance) * window
    unity: NDArray[np.float32] = (taps / taps.sum(axis=0)).astype(np.float32)
    return unity


_BETWEEN = _interpolator()


def true_peaks(block: Block, ceiling: float) -> NDArray[np.float32]:
    """The true peak of each slot, over both channels, as factors of full scale.

    `block` has `MARGIN` further samples at either end and a whole number of slots between
    them. Exact where it matters, near or above `ceiling`; elsewhere the samples' own peak.
    """

    inner = np.abs(block[:, MARGIN:-MARGIN]).max(axis=0)
    peaks: NDArray[np.float32] = inner.reshape(-1, SLOT).max(axis=1)
    near = peaks > ceiling * _NEAR
    near[1:] |= near[:-1].copy()
    near[:-1] |= near[1:].copy()
    slots = np.flatnonzero(near)
    for some in np.split(slots, range(_AT_ONCE, slots.size, _AT_ONCE)):
        first = (some[:, None] * SLOT + np.arange(SLOT)[None, :]).ravel() + 1
        for channel in block:
            windows = np.lib.stride_tricks.sliding_window_view(channel, _TAPS)[first]
            between = np.abs(windows @ _BETWEEN).reshape(some.size, SLOT * 3).max(axis=1)
            peaks[some] = np.maximum(peaks[some], between)
    return peaks


class Limiter:
    """How far each slot is closed, in decibels (0: not at all), found while the peaks pass.

    Looks ahead, so that it is closed before a peak and no corner is heard; opens slowly.
    """

    DELAY = _LOOK_AHEAD + len(_EASE) // 2
    """Slots by which `push` answers late."""

    def __init__(self, ceiling: float) -> None:
        """Keep true peaks below `ceiling`, a factor of full scale."""
        self._ceiling = ceiling
        self._over = np.zeros(2 * _LOOK_AHEAD, np.float32)
        self._opened = np.zeros(len(_EASE) - 1, np.float32)
        self._last = _SHUT

    def push(self, peaks: NDArray[np.float32]) -> NDArray[np.float32]:
        """The next slots' true peaks in; as many reductions, of `DELAY` slots earlier, out."""
        fresh = 20 * np.log10(np.maximum(peaks / np.float32(self._ceiling), 1))
        over = np.concatenate([self._over, fresh])
        self._over = over[-2 * _LOOK_AHEAD :]
        held = np.lib.stride_tricks.sliding_window_view(over, 2 * _LOOK_AHEAD + 1).max(axis=1)
        opened = np.concatenate([self._opened, self._release(held)])
        self._opened = opened[1 - len(_EASE) :]
        return np.convolve(opened, _EASE, "valid")

    def _release(self, held: NDArray[np.float32]) -> NDArray[np.float32]:
        """The largest of all past reductions, each decayed since: one running maximum."""
        decay = np.arange(1, len(held) + 1, dtype=np.float32) / _RELEASE
        closed = np.maximum.accumulate(np.log(np.maximum(held, _SHUT)) + decay)
        opened = np.exp(np.maximum(closed, math.log(self._last)) - decay)
        self._last = max(float(opened[-1]), _SHUT)
        opened[opened <= _SHUT] = 0
        return opened


def closing(steps: NDArray[np.float32], start: int, end: int) -> NDArray[np.float32] | None:
    """The limiter's factors for samples `start` to `end`; None where it is open."""
    first = max(start // SLOT - 1, 0)
    near = steps[first : end // SLOT + 2]
    if not near.any():
        return None
    centres = (np.arange(first, first + len(near)) + 0.5) * SLOT
    decibels = np.interp(np.arange(start, end), centres, near)
    factors: NDArray[np.float32] = np.exp(decibels * -math.log(amplitude(1)), dtype=np.float32)
    return factors
