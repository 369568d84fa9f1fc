"""Ambience: a quiet bed of sound that tells one place from another."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ..clip_file import RATE, Samples

__all__ = ["ambience"]

_LOUDEST = 10 ** (-40 / 20)
"""RMS of the loudest 0.4 s in each of the two channels.

BS.1770 adds both channels (+3 dB), its filter lifts by at most 4 dB, and the integrated loudness
never exceeds the loudest 0.4 s: so at most -33.7 LUFS, whatever the sound is.
"""
_PEAK = 10 ** (-20 / 20)
_EDGE = RATE // 100


def ambience(place: str, weather: str, *, samples: int, seed: int) -> Samples:
    """Make the sound of a place: float32 of shape (2, `samples`) at 48 kHz, below -33 LUFS.

    The same arguments give the same sound.
    """
    rng = np.random.default_rng(seed)
    sound = _PLACES.get(place, _studio)(samples, rng)
    if weather in _WEATHER:
        sound = _level(sound) * 0.35 + _level(_WEATHER[weather](samples, rng))
    sound = np.clip(_level(sound), -_PEAK, _PEAK)
    edge = min(_EDGE, samples // 2)
    ramp = np.linspace(0, 1, edge, dtype=np.float32)
    sound[:, :edge] *= ramp
    sound[:, samples - edge :] *= ramp[::-1]
    finished: Samples = sound.astype(np.float32)
    return finished


def _level(sound: Samples) -> Samples:
    block = max(1, min(int(0.4 * RATE), sound.shape[1]))
    energy = np.cumsum(np.pad((sound.astype(np.float64) ** 2), ((0, 0), (1, 0))), axis=1)
    loudest = float(np.sqrt((energy[:, block:] - energy[:, :-block]).max() / block))
    levelled: Samples = sound * np.float32(_LOUDEST / max(loudest, 1e-9))
    return levelled


def _noise(samples: int, rng: np.random.Generator, shape: Callable[[Samples], Samples]) -> Samples:
    """Stereo noise whose spectrum is `shape(frequency in Hz)`; the channels are half alike."""
    size = 1 << (samples - 1).bit_length()
    white = rng.standard_normal((3, size)).astype(np.float32)
    spectrum = np.fft.rfft(white, axis=1)
    gains = shape(np.fft.rfftfreq(size, 1 / RATE).astype(np.float32) + 1)
    shaped = np.fft.irfft(spectrum * gains, axis=1).astype(np.float32)[:, :samples]
    shaped /= shaped.std() + 1e-9
    return np.stack([shaped[0] + 0.7 * shaped[2], shaped[1] + 0.7 * shaped[2]])


def _band(centre: float, octaves: float, tilt: float = 0.0) -> Callable[[Samples], Samples]:
    """A bell around `centre` Hz, `octaves` wide, falling by `tilt` powers of the frequency."""

    def shape(frequency: Samples) -> Samples:
        bell = np.exp(-0.5 * (np.log2(frequency / centre) / octaves) ** 2)
        curve: Samples = (bell * (frequency / centre) ** -tilt).astype(np.float32)
        return curve

    return shape


def _swell(samples: int, rng: np.random.Generator, period: float, depth: float) -> Samples:
    """Rise and fall about every `period` seconds, never twice the same; 1 at its highest."""
    time = np.arange(samples, dtype=np.float32) / RATE
    wave = np.zeros((2, samples), np.float32)
    for k, share in ((1.0, 1.0), (1.7, 0.5), (2.9, 0.3)):
        phase = rng.uniform(0, 2 * math.pi)
        for channel in range(2):
            turn = 2 * math.pi * time * k / period + phase + 0.4 * channel
            wave[channel] += share * np.sin(turn)
    return (1 - depth * (0.5 - wave / 3.6)).astype(np.float32)


def _tones(samples: int, *partials: tuple[float, float]) -> Samples:
    time = np.arange(samples, dtype=np.float64) / RATE
    left = sum(level * np.sin(2 * math.pi * hz * time) for hz, level in partials)
    right = sum(level * np.sin(2 * math.pi * hz * 1.003 * time + 0.6) for hz, level in partials)
    return np.stack([left, right]).astype(np.float32)


def _scatter(
    samples: int,
    rng: np.random.Generator,
    per_second: float,
    grain: Callable[[np.random.Generator], Samples],
) -> Samples:
    """Strew short mono sounds over time and from left to right."""
    sound = np.zeros((2, samples), np.float32)
    for start in rng.integers(0, samples, max(1, round(per_second * samples / RATE))).tolist():
        one = grain(rng)[: samples - start]
        pan, level = rng.uniform(0.15, 0.85), rng.uniform(0.3, 1.0) ** 2
        sound[0, start : start + one.size] += one * np.float32(level * math.sqrt(1 - pan))
        sound[1, start : start + one.size] += one * np.float32(level * math.sqrt(pan))
    return sound


def _chirp(rng: np.random.Generator) -> Samples:
    """A short phrase of two to four gliding whistles."""
    parts: list[Samples] = []
    pitch = rng.uniform(2400, 4600)
    for _ in range(int(rng.integers(2, 5))):
        long = int(rng.uniform(0.05, 0.11) * RATE)
        time = np.linspace(0, 1, long, dtype=np.float32)
        glide = pitch * (1 + rng.uniform(-0.18, 0.18) * time)
        tone = np.sin(2 * math.pi * np.cumsum(glide) / RATE) * np.sin(math.pi * time) ** 2
        parts += [tone.astype(np.float32), np.zeros(int(0.03 * RATE), np.float32)]
    return np.concatenate(parts)


def _click(
    milliseconds: float, low: float, high: float
) -> Callable[[np.random.Generator], Samples]:
    """A damped ring between `low` and `high` Hz: a drop, a crackle, a cup set down."""

    def grain(rng: np.random.Generator) -> Samples:
        time = np.arange(int(milliseconds * 6 * RATE / 1000), dtype=np.float32) / RATE
        ring = np.sin(2 * math.pi * rng.uniform(low, high) * time)
        damped: Samples = (ring * np.exp(-time * 1000 / milliseconds)).astype(np.float32)
        return damped

    return grain


def _sea(n: int, rng: np.random.Generator) -> Samples:
    surf = _noise(n, rng, _band(900, 1.6)) * _swell(n, rng, 5.5, 0.85) ** 2
    return surf + 0.6 * _noise(n, rng, _band(140, 1.0))


def _river(n: int, rng: np.random.Generator) -> Samples:
    water = _noise(n, rng, _band(1500, 1.1)) * _swell(n, rng, 1.3, 0.25)
    return water + _scatter(n, rng, 60, _click(6, 500, 1400)) * 2


def _wind(n: int, rng: np.random.Generator) -> Samples:
    low = _noise(n, rng, _band(260, 0.9)) * _swell(n, rng, 3.7, 0.7)
    return low + 0.5 * _noise(n, rng, _band(700, 0.35)) * _swell(n, rng, 2.3, 0.95) ** 2


def _mountain(n: int, rng: np.random.Generator) -> Samples:
    return _noise(n, rng, _band(420, 0.6)) * _swell(n, rng, 4.6, 0.75)


def _forest(n: int, rng: np.random.Generator) -> Samples:
    leaves = _noise(n, rng, _band(2600, 1.0)) * _swell(n, rng, 3.1, 0.6)
    return leaves + _scatter(n, rng, 1.1, _chirp) * 5


def _field(n: int, rng: np.random.Generator) -> Samples:
    insects = _noise(n, rng, _band(5200, 0.12)) * (_swell(n, rng, 0.07, 1.0) ** 2)
    birds = _scatter(n, rng, 0.5, _chirp) * 3
    air: Samples = 0.7 * _wind(n, rng) + 0.8 * insects
    return air + birds


def _city(n: int, rng: np.random.Generator) -> Samples:
    traffic: Samples = _noise(n, rng, _band(110, 1.3)) * _swell(n, rng, 4.1, 0.4)
    passing: Samples = 0.8 * _noise(n, rng, _band(520, 0.8)) * _swell(n, rng, 3.3, 0.95) ** 3
    return traffic + passing + 0.12 * _tones(n, (100, 1.0), (150, 0.4))


def _room(n: int, rng: np.random.Generator) -> Samples:
    air = _noise(n, rng, _band(170, 1.4, 0.6))
    return (
        air + 0.15 * _tones(n, (60, 1.0), (120, 0.5)) + _scatter(n, rng, 0.4, _click(9, 900, 2e3))
    )


def _space(n: int, rng: np.random.Generator) -> Samples:
    drone = _tones(n, (55, 1.0), (82.4, 0.8), (110.3, 0.5), (164.9, 0.25), (330.5, 0.06))
    return drone * _swell(n, rng, 6.0, 0.5) + 0.25 * _noise(n, rng, _band(90, 0.8))


def _underwater(n: int, rng: np.random.Generator) -> Samples:
    deep = _noise(n, rng, _band(85, 0.9)) * _swell(n, rng, 4.5, 0.5)
    return deep + _scatter(n, rng, 5, _click(22, 250, 700)) * 1.5


def _sky(n: int, rng: np.random.Generator) -> Samples:
    return _noise(n, rng, _band(1100, 0.7)) * _swell(n, rng, 5.0, 0.8)


def _studio(n: int, rng: np.random.Generator) -> Samples:
    pad = _tones(n, (130.8, 1.0), (196.0, 0.6), (261.6, 0.35))
    return 0.5 * pad * _swell(n, rng, 5.0, 0.5) + 0.4 * _noise(n, rng, _band(300, 1.2))


def _rain(n: int, rng: np.random.Generator) -> Samples:
    return _noise(n, rng, _band(4200, 1.1)) + _scatter(n, rng, 90, _click(2.5, 1800, 5200)) * 3


def _fire(n: int, rng: np.random.Generator) -> Samples:
    roar = _noise(n, rng, _band(150, 0.8)) * _swell(n, rng, 1.1, 0.4)
    return roar + _scatter(n, rng, 22, _click(1.6, 1400, 5e3)) * 9


_PLACES: dict[str, Callable[[int, np.random.Generator], Samples]] = {
    "sea": _sea,
    "river": _river,
    "desert": _wind,
    "mountain": _mountain,
    "forest": _forest,
    "city": _city,
    "field": _field,
    "room": _room,
    "kitchen": _room,
    "sky": _sky,
    "space": _space,
    "underwater": _underwater,
    "stage": _studio,
}
_WEATHER = {"rain": _rain, "fire": _fire, "wind": _wind}
