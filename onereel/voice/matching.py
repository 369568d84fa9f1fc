"""Where each of several texts begins in one sound that says them all, whoever says them.

espeak-ng says the same texts, and both sounds are laid over each other so that what is alike stands
together: dynamic time warping of their mel-frequency cepstra, 10 ms by 10 ms. Either may be twice
as fast as the other; between two texts there may be a pause of any length, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from ..work import Cancel
from .engines.espeak import Espeak
from .signal import Samples, level, trim_bounds
from .speech import SpeechOptions
from .text import spoken

__all__ = ["HOP", "doubts"]

Array = npt.NDArray[np.float32]

HOP, _WINDOW = 0.01, 0.025
"""Seconds from one frame to the next, and of each."""
_BANDS, _CEPSTRA = 26, 13
_LOWEST, _HIGHEST = 60.0, 7000.0
"""Hertz that the bands lie between."""
_SILENCE = 1e-7
"""Of a band's energy, where a line's level is `signal.LEVEL`."""
_RANGE = 40.0
"""Decibels between the loud passages and a pause."""
_VOWELS = 0.85
"""What is as loud as this is a vowel, as a rule; 1 are the loud passages."""
_LOUDER, _STILL, _AGAIN = 1.4, 4.0, 1.1
"""What it costs, beside the distance of two frames, which is about 1: that one is as loud as can be
and the other still; that a pause is loud; that a frame of the sound stands for two of espeak-ng's.
Found by measuring."""


@dataclass(frozen=True)
class _Frames:
    """A sound every 10 ms: cepstra [n, 13], each spread about zero, and loudness [n], 0 to 1."""

    cepstra: Array
    loudness: Array

    @classmethod
    def of(cls, cepstra: Array) -> _Frames:
        # The first one is the sum of the bands' logarithms, as the cosines are scaled.
        decibels = cepstra[:, 0] * (10 / np.log(10) / np.sqrt(2 * _BANDS))
        loud = np.clip((decibels - np.percentile(decibels, 95) + _RANGE) / _RANGE, 0, 1)
        # Vowels alone: how much of a sound is pauses and hiss differs from voice to voice.
        vowels = cepstra[loud > _VOWELS]
        spread = (cepstra - vowels.mean(0)) / (vowels.std(0) + 1e-3)
        # However still a pause is, it is as far from speech.
        spread[:, 0] = np.maximum(spread[:, 0], -3)
        return cls(spread, loud.astype(np.float32))

    def reversed(self) -> _Frames:
        """The same from its end."""
        return _Frames(self.cepstra[::-1], self.loudness[::-1])


def doubts(
    samples: Samples, rate: int, texts: Sequence[str], language: str
) -> list[npt.NDArray[np.float64]] | None:
    """For each text but the first, how badly the sounds fit if it begins at each frame of `HOP`
    seconds of samples [T], which say them in a row: 0 at the best.

    None where espeak-ng does not speak the language, or the sound is too short for the texts.
    """
    said = [_said(text, language) for text in texts]
    heard = _cepstra(level(samples, rate), rate)
    if not all(map(len, said)) or not len(heard):
        return None
    whole, sound = _Frames.of(np.concatenate(said)), _Frames.of(heard)
    ends = np.cumsum([len(each) for each in said])[:-1].tolist()
    count = len(whole.loudness)
    before = _up_to(whole, frozenset(ends), sound)
    after = _up_to(whole.reversed(), frozenset(count - end for end in ends), sound.reversed())
    found: list[npt.NDArray[np.float64]] = []
    for end in ends:
        ended = _with_pause(before[end], _STILL * sound.loudness)
        cost = np.full(len(ended), np.inf)
        cost[1:] = ended[:-1] + after[count - end][::-1][1:]
        if not np.isfinite(cost).any():
            return None
        found.append(cost - cost.min())
    return found


# espeak-ng carries state from call to call: what it says once is kept, as in `lengths`.
@lru_cache(maxsize=512)
def _said(text: str, language: str) -> Array:
    """The cepstra of a text as espeak-ng says it; none where it cannot."""
    espeak = Espeak()
    voices = espeak.voices(language) if espeak.installed() else ()
    if not voices:
        return np.zeros((0, _CEPSTRA), np.float32)
    usual = SpeechOptions(language=language, voice=voices[0])
    speech = espeak.speak(spoken(text), usual, cancel=Cancel())
    begin, end = trim_bounds(speech.samples, speech.rate)
    return _cepstra(level(speech.samples[begin:end], speech.rate), speech.rate)


def _cepstra(samples: Samples, rate: int) -> Array:
    """The mel-frequency cepstra [n, 13] of samples [T]."""
    hop, size = round(rate * HOP), round(rate * _WINDOW)
    padded = np.pad(samples, (size // 2, size))
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop]
    windows = windows[: -(-len(samples) // hop)] * np.hanning(size).astype(np.float32)
    energy = np.abs(np.fft.rfft(windows, axis=1)) ** 2
    bands, cosines = _bands(rate, size)
    found: Array = (np.log(energy @ bands + _SILENCE) @ cosines).astype(np.float32)
    return found


@cache
def _bands(rate: int, size: int) -> tuple[Array, Array]:
    """The triangles [bins, 26] of the mel scale, and the cosines [26, 13] of the cepstra."""
    hertz = np.fft.rfftfreq(size, 1 / rate)
    low, high = (float(2595 * np.log10(1 + each / 700)) for each in (_LOWEST, _HIGHEST))
    mels = np.linspace(low, high, _BANDS + 2)
    edges = 700 * (10 ** (mels / 2595) - 1)
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    rising = (hertz[:, None] - left) / (middle - left)
    falling = (right - hertz[:, None]) / (right - middle)
    triangles = np.clip(np.minimum(rising, falling), 0, None)
    turns = np.outer(np.arange(_BANDS) + 0.5, np.arange(_CEPSTRA))
    cosines = np.cos(np.pi * turns / _BANDS) * np.sqrt(2 / _BANDS)
    return triangles.astype(np.float32), cosines.astype(np.float32)


def _up_to(said: _Frames, paused: frozenset[int], heard: _Frames) -> dict[int, Array]:
    """What it costs at least that `heard` up to each of its frames says all of `said` before each
    frame of `paused`, where a pause may be."""
    at = np.arange(len(heard.loudness))
    best = np.where(at == 0, 0, np.inf).astype(np.float32)
    found: dict[int, Array] = {}
    for frame in range(1, len(said.loudness)):
        if frame in paused:
            found[frame] = best
            best = _with_pause(best, _STILL * heard.loudness)
        ways = np.full((3, len(at)), np.inf, np.float32)
        ways[0] = best + _AGAIN
        ways[1, 1:], ways[2, 2:] = best[:-1], best[:-2]
        best = ways.min(0) + _apart(said, frame, heard)
    return found


def _with_pause(best: Array, costs: Array) -> Array:
    """The least cost up to each frame where a pause may end there."""
    whole = np.cumsum(costs)
    least: Array = whole + np.minimum.accumulate(best - whole)
    return least


def _apart(said: _Frames, frame: int, heard: _Frames) -> Array:
    """How unlike each frame of `heard` is to one of `said`."""
    distance: Array = np.sqrt(((heard.cepstra - said.cepstra[frame]) ** 2).mean(1))
    distance += _LOUDER * np.abs(heard.loudness - said.loudness[frame])
    return distance
