"""Music for a Cut: kept as media, then planned under the whole film."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from ..errors import ReplaceMedia
from ..files import system_name, writing
from ..home import Home
from .plan import Cut, Music
from .sounds import CHANNELS, RATE, Sound
from .wav import disk_errors

__all__ = ["add_soundtrack", "keep_music", "keep_music_file"]

_SHORTEST = Fraction(1, 2)
_AUDIBLE = 1e-4
"""Of full scale: -80 dB."""


def add_soundtrack(
    cut: Cut,
    media: str,
    *,
    gain_db: float = -14.0,
    duck_db: float = -10.0,
    fade_in: Fraction = Fraction(1, 2),
    fade_out: Fraction = Fraction(2),
) -> Cut:
    """Put music under the whole film; an empty `media` name takes it away.

    `media` is what `keep_music` or `keep_music_file` gave. `gain_db` is the music's own level,
    `duck_db` (0 or less) how far it steps back under the voice.
    """
    if not media:
        return cut.replace(music=None)
    music = Music(
        media=media, gain_db=gain_db, duck_db=min(duck_db, 0.0), fade_in=fade_in, fade_out=fade_out
    )
    return cut.replace(music=music)


def keep_music(samples: NDArray[np.float32], rate: int, *, home: Home) -> str:
    """Keep sound that another node made, and give its media name.

    `samples` is (channels, count) at `rate` per second, full scale at 1.0; the same samples give
    the same name.

    Raises:
        ReplaceMedia: it is shorter than half a second, silent, or not sound at all.
    """
    sound = np.atleast_2d(np.asarray(samples, np.float32))
    if sound.ndim != 2 or rate <= 0 or sound.shape[1] < _SHORTEST * rate:
        raise ReplaceMedia("The music is shorter than half a second; choose a longer piece.")
    if not np.isfinite(sound).all():
        raise ReplaceMedia("The music holds values that are not sound; make it again.")
    sound = sound[:2] if sound.shape[0] <= 2 else np.stack([sound.mean(axis=0)] * 2)
    loudest = float(np.abs(sound).max())
    if loudest < _AUDIBLE:
        raise ReplaceMedia("The music is silent; choose another piece.")
    if loudest > 1:  # FLAC holds no more than full scale
        sound = sound / np.float32(loudest)
    code = hashlib.sha256(f"{sound.shape} {rate} ".encode() + sound.tobytes()).hexdigest()[:32]
    name = f"music/{code}.flac"
    path = home.path(name)
    if not _is_whole(path, sound.shape[1]):
        with writing(path) as temporary, disk_errors():
            soundfile.write(system_name(temporary), sound.T, rate, format="FLAC", subtype="PCM_24")
    return name


def keep_music_file(path: Path, *, home: Home) -> str:
    """Keep a music file of any format, as stereo FLAC, and give its media name.

    Raises:
        ReplaceMedia: it is no sound file, is damaged, silent, or shorter than half a second.
    """
    digest = hashlib.sha256()
    loudest = 0.0
    count = 0
    with Sound(path, name=path.name) as sound:
        while (block := sound.read(RATE)).shape[1]:
            digest.update(np.ascontiguousarray(block).tobytes())
            loudest = max(loudest, float(np.abs(block).max()))
            count += block.shape[1]
    if count < _SHORTEST * RATE:
        raise ReplaceMedia(f"{path.name} is shorter than half a second; choose a longer piece.")
    if loudest < _AUDIBLE:
        raise ReplaceMedia(f"{path.name} is silent; choose another piece.")
    name = f"music/{digest.hexdigest()[:32]}.flac"
    kept = home.path(name)
    if not _is_whole(kept, count):
        with Sound(path, name=path.name) as sound, writing(kept) as temporary, disk_errors():
            _write(sound, temporary, louder_than_full=max(loudest, 1.0))
    return name


def _is_whole(path: Path, count: int) -> bool:
    """Whether all `count` samples of a kept file can be decoded."""
    try:
        with soundfile.SoundFile(system_name(path)) as file:
            return sum(len(block) for block in file.blocks(RATE)) == count
    except soundfile.SoundFileError:
        return False


def _write(sound: Sound, path: Path, *, louder_than_full: float) -> None:
    name = system_name(path)
    with soundfile.SoundFile(name, "w", RATE, CHANNELS, format="FLAC", subtype="PCM_24") as file:
        while (block := sound.read(RATE)).shape[1]:
            file.write((block / np.float32(louder_than_full)).T)
