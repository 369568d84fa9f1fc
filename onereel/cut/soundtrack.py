"""Music for a Cut: kept as media, then planned under the whole film."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from ..errors import ReplaceMedia
from ..files import system_name, writing
from ..home import Home
from ..work import Cancel, Progress
from .plan import Cut, Music
from .sound.sounds import RATE, Block, Sound
from .sound.wav import disk_errors

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


def keep_music(
    samples: NDArray[np.float32],
    rate: int,
    *,
    home: Home,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> str:
    """Keep sound that another node made, and give its media name.

    `samples` is (channels, count) at `rate` per second, full scale at 1.0; the same samples give
    the same name.

    Raises:
        ReplaceMedia: it is shorter than half a second, silent, or not sound at all.
        Cancelled: the user stopped the work.
    """
    sound = np.atleast_2d(np.asarray(samples, np.float32))

    def blocks() -> Iterator[Block]:
        for at in range(0, sound.shape[1], rate):
            block = sound[:, at : at + rate]
            yield block if len(block) <= 2 else np.stack([block.mean(axis=0)] * 2)

    if sound.ndim != 2 or rate <= 0 or not sound.size:
        raise ReplaceMedia("The music is not sound; make it again.")
    return _keep(blocks, rate, "The music", sound.shape[1], home, progress, cancel or Cancel())


def keep_music_file(
    path: Path, *, home: Home, progress: Progress = Progress(), cancel: Cancel | None = None
) -> str:
    """Keep a music file of any format, as stereo FLAC, and give its media name.

    Raises:
        ReplaceMedia: it is no sound file, is damaged, silent, or shorter than half a second.
        Cancelled: the user stopped the work.
    """

    def blocks() -> Iterator[Block]:
        with Sound(path, name=path.name) as sound:
            while (block := sound.read(RATE)).shape[1]:
                yield block

    return _keep(blocks, RATE, path.name, None, home, progress, cancel or Cancel())


def _keep(
    blocks: Callable[[], Iterator[Block]],
    rate: int,
    name: str,
    expected: int | None,
    home: Home,
    progress: Progress,
    cancel: Cancel,
) -> str:
    """Keep what `blocks` gives, twice the same, about a second at a time: measured, then written.

    `expected` is how many samples that will be, where it is known.
    """
    code = hashlib.sha256(f"{rate}".encode())
    loudest, count, channels = 0.0, 0, 0
    for block in blocks():
        cancel.check()
        code.update(np.ascontiguousarray(block).tobytes())
        peak = float(np.abs(block).max())
        if not math.isfinite(peak):
            raise ReplaceMedia(f"{name} holds values that are not sound; make it again.")
        loudest = max(loudest, peak)
        channels, count = len(block), count + block.shape[1]
        progress(0.4 * count / (expected or count), "Hearing the music")
    if count < _SHORTEST * rate:
        raise ReplaceMedia(f"{name} is shorter than half a second; choose a longer piece.")
    if loudest < _AUDIBLE:
        raise ReplaceMedia(f"{name} is silent; choose another piece.")
    media = f"music/{code.hexdigest()[:32]}.flac"
    path = home.path(media)
    if _is_whole(path, count, cancel):
        return media
    with writing(path) as temporary, disk_errors():
        named = system_name(temporary)
        with soundfile.SoundFile(named, "w", rate, channels, "PCM_24", format="FLAC") as file:
            for block in blocks():
                cancel.check()
                # FLAC holds no more than full scale.
                file.write((block / np.float32(max(loudest, 1.0))).T)
                progress(0.4 + 0.6 * len(file) / count, "Keeping the music")
    return media


def _is_whole(path: Path, count: int, cancel: Cancel) -> bool:
    """Whether all `count` samples of a kept file can be decoded."""
    found = 0
    try:
        with soundfile.SoundFile(system_name(path)) as file:
            for block in file.blocks(RATE):
                cancel.check()
                found += len(block)
    except soundfile.SoundFileError:
        return False
    return found == count
