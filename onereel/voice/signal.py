"""The sound of a line: where it is loud, how loud it is, and where it begins and ends."""

from __future__ import annotations

import av
import numpy as np
import numpy.typing as npt

__all__ = [
    "FRAME",
    "LEVEL",
    "PAUSE",
    "PEAK",
    "SILENT",
    "Samples",
    "envelope",
    "level",
    "loud",
    "resampled",
    "trim_bounds",
]

Samples = npt.NDArray[np.float32]

FRAME = 0.005
"""Seconds per value of an envelope."""

LEVEL = 10 ** (-21 / 20)
"""Root mean square of a line while it speaks: -21 dBFS leaves 20 dB to its loudest peaks."""

SILENT = 10 ** (-42 / 20)
"""What is 42 dB below a line's loud passages is heard as silence at its ends."""

PAUSE = 10 ** (-37 / 20)
"""Inside a line, what is 37 dB below: a voice's pauses are seldom as still as its ends."""

PEAK = 10 ** (-1.5 / 20)
"""The highest sample of a line."""
_MARGIN = 0.008
"""Seconds kept before the first and after the last sound, and faded."""
_INAUDIBLE = 10 ** (-70 / 20)


def envelope(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """Root mean square of each `FRAME`, of samples [T] at `rate` per second."""
    size = max(1, round(rate * FRAME))
    count = -(-len(samples) // size)
    padded = np.zeros(count * size, np.float64)
    padded[: len(samples)] = samples
    means: npt.NDArray[np.float64] = np.mean(padded.reshape(count, size) ** 2, axis=1)
    return np.sqrt(means)


def loud(shape: npt.NDArray[np.float64], floor: float = SILENT) -> npt.NDArray[np.bool_]:
    """Which frames of an envelope are heard: within `floor` of the line's own loud passages."""
    if not len(shape):
        return np.zeros(0, bool)
    reference = float(np.percentile(shape, 95))
    # A short word in a long silence leaves the percentile in the silence.
    reference = max(reference, float(shape.max()) * 0.25)
    heard: npt.NDArray[np.bool_] = shape > max(reference * floor, _INAUDIBLE)
    return heard


def trim_bounds(samples: Samples, rate: int) -> tuple[int, int]:
    """The first sample and the one after the last that belong to the speech; (0, 0) if none do."""
    heard = np.flatnonzero(loud(envelope(samples, rate)))
    if not len(heard):
        return 0, 0
    size = max(1, round(rate * FRAME))
    margin = round(rate * _MARGIN)
    start = max(0, int(heard[0]) * size - margin)
    return start, min(len(samples), (int(heard[-1]) + 1) * size + margin)


def level(samples: Samples, rate: int) -> Samples:
    """Bring samples [T] to `LEVEL` while they speak, peaks below -1.5 dBFS, edges faded."""
    shape = envelope(samples, rate)
    heard = shape[loud(shape)]
    strength = float(np.sqrt(np.mean(heard**2))) if len(heard) else 0.0
    peak = float(np.max(np.abs(samples), initial=0.0))
    if strength == 0.0 or peak == 0.0:
        return samples
    finished = (samples * min(LEVEL / strength, PEAK / peak)).astype(np.float32)
    edge = min(round(rate * _MARGIN), len(finished) // 2)
    ramp = np.linspace(0, 1, edge, endpoint=False, dtype=np.float32)
    finished[:edge] *= ramp
    finished[len(finished) - edge :] *= ramp[::-1]
    return finished


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """The same sound [T] at another number of samples per second."""
    if rate == wanted or not len(samples):
        return samples
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="fltp", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=wanted)
    pieces = [*resampler.resample(frame), *resampler.resample(None)]
    whole = np.concatenate([piece.to_ndarray()[0] for piece in pieces])
    length = round(len(samples) * wanted / rate)
    return np.pad(whole[:length], (0, max(length - len(whole), 0))).astype(np.float32)
