"""The film's sound: voice over clip sound over music, mixed once and brought to loudness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from ...files import system_name, writing
from ...home import Home
from ...work import Cancel, Progress
from ..plan import MUTE_DB, Clip, Cut, Music
from .ducking import Ducking, Fades, amplitude
from .loudness import Level, Meter
from .mastering import Mastering
from .sounds import CHANNELS, RATE, Block, Loop, Sound, has_sound

__all__ = ["CODEC_ROOM", "Mix", "mix_sound", "remaster"]

_BLOCK = 2 * RATE
"""Samples mixed at a time."""

_CLIP_DUCK_DB = -10.0
"""How far a clip's own sound steps back under the voice."""

_EDGE = Fraction(1, 100)
"""Seconds of fade at a hard cut, against clicks."""

CODEC_ROOM = 2.0
"""Decibels kept free under the peak that is asked for: AAC's decoded peaks overshoot its input."""


@dataclass(frozen=True)
class Mix:
    """A film's finished sound in a WAV file of 32-bit floats.

    `integrated` is in LUFS, None for a silent film; `peak` in dBTP, -inf where nothing sounds.
    """

    path: Path
    rate: int
    channels: int
    samples: int
    integrated: float | None
    peak: float


class _Reader(Protocol):
    def read(self, count: int) -> Block: ...

    def close(self) -> None: ...


@dataclass
class _Track:
    """One sound at its place on the time line, in samples; opened when its time comes."""

    start: int
    end: int
    open: Callable[[], _Reader]
    gain_db: float
    duck_db: float = 0.0
    fades: Fades | None = None
    reader: _Reader | None = field(default=None, repr=False)

    def add_to(self, block: Block, position: int, ducking: Ducking) -> None:
        """Sound over `block`, whose first sample is the film's sample `position`."""
        begin = max(self.start, position)
        end = min(self.end, position + block.shape[1])
        if begin >= end:
            return
        if self.reader is None:
            self.reader = self.open()
        sound = self.reader.read(end - begin)
        end = begin + sound.shape[1]
        level = sound * np.float32(amplitude(self.gain_db))
        if self.duck_db:
            level *= ducking.gain(begin, end, self.duck_db)
        shape = self.fades.gain(begin, end) if self.fades else None
        if shape is not None:
            level *= shape
        block[:, begin - position : end - position] += level
        if end >= self.end:
            self.close()

    def close(self) -> None:
        if self.reader is not None:
            self.reader.close()
            self.reader = None


def mix_sound(
    cut: Cut,
    *,
    home: Home,
    destination: Path,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Mix:
    """Mix the whole film's sound into `destination`, a WAV file of exactly `cut.duration`.

    48 kHz stereo; every line starts at the sample nearest to its plan. Everything is decoded once
    and in blocks, so memory does not grow with the film. One linear gain brings it to
    `cut.loudness.integrated`, a look-ahead limiter keeps its true peak `CODEC_ROOM` below
    `cut.loudness.peak`; a film of silence stays silent.

    Raises:
        ReplaceMedia: a line, a clip or the music cannot be read; the sentence names it.
        StorageError: the disk refused.
        Cancelled: the user stopped it; nothing is left at `destination`.
    """
    cancel = cancel or Cancel()
    samples = round(cut.duration * RATE)
    tracks = _tracks(cut, home, samples)
    with writing(destination) as temporary:
        meter = Meter()
        with soundfile.SoundFile(
            system_name(temporary), "w", RATE, CHANNELS, subtype="FLOAT", format="WAV"
        ) as file:
            for block, position in _mixed(cut, tracks, samples):
                cancel.check()
                meter.push(block)
                file.write(block.T)
                progress(0.7 * position / samples, "Mixing the sound")
        with soundfile.SoundFile(system_name(temporary), "r+") as file:
            level = Mastering(
                file,
                cut.loudness.integrated,
                cut.loudness.peak - CODEC_ROOM,
                progress.part(0.7, 1.0),
                cancel,
            ).run(meter.finish())
    progress(1.0, "Sound mixed")
    return Mix(destination, RATE, CHANNELS, samples, level.integrated, level.peak)


def remaster(mix: Mix, *, integrated: float, ceiling: float, cancel: Cancel | None = None) -> Mix:
    """Bring a finished mix to another loudness (LUFS) and true peak (dBTP), in its own file."""
    level = Level(mix.integrated, mix.peak)
    with soundfile.SoundFile(system_name(mix.path), "r+") as file:
        mastering = Mastering(file, integrated, ceiling, Progress(), cancel or Cancel())
        level = mastering.run(level)
    return replace(mix, integrated=level.integrated, peak=level.peak)


def _tracks(cut: Cut, home: Home, samples: int) -> list[_Track]:
    tracks = [
        _Track(
            start=(start := round(line.start * RATE)),
            end=start + round(line.duration * RATE),
            open=lambda line=line: Sound(home.path(line.media), name=line.media),  # type: ignore[misc]
            gain_db=line.gain_db,
        )
        for line in cut.lines
    ]
    silent: dict[str, bool] = {}
    clips = sorted(cut.clips, key=lambda clip: clip.start)
    for before, clip, after in zip([None, *clips], clips, [*clips[1:], None], strict=False):
        if clip.gain_db <= MUTE_DB:
            continue
        if clip.media not in silent:
            silent[clip.media] = not has_sound(home.path(clip.media), name=clip.media)
        if not silent[clip.media]:
            tracks.append(_clip_track(before, clip, after, home))
    if cut.music:
        tracks.append(_music_track(cut.music, home, samples))
    return tracks


def _clip_track(before: Clip | None, clip: Clip, after: Clip | None, home: Home) -> _Track:
    start = round(clip.start * RATE)
    played = clip.end - clip.hold
    # Under a cross-fade the two sounds cross as the pictures do; where one piece of a take runs
    # on in the next there is nothing to hide; any other join gets a short fade against clicks.
    rise = clip.overlap or (Fraction(0) if _runs_on(before, clip) else _EDGE)
    fall = Fraction(0) if _runs_on(clip, after) else _EDGE
    if after and after.start < played:
        fall = played - after.start
    return _Track(
        start=start,
        end=round(played * RATE),
        open=lambda: Sound(
            home.path(clip.media),
            name=clip.media,
            start=clip.source_in,
            end=clip.source_out,
            speed=clip.speed,
        ),
        gain_db=clip.gain_db,
        duck_db=_CLIP_DUCK_DB,
        fades=Fades.of(start, round(played * RATE), rise=rise, fall=fall),
    )


def _runs_on(clip: Clip | None, after: Clip | None) -> bool:
    return bool(
        clip
        and after
        and clip.media == after.media
        and clip.source_out == after.source_in
        and clip.speed == after.speed
        and clip.gain_db == after.gain_db
        and not clip.hold
        and clip.end == after.start
    )


def _music_track(music: Music, home: Home, samples: int) -> _Track:
    return _Track(
        start=0,
        end=samples,
        open=lambda: Loop(home.path(music.media), name=music.media),
        gain_db=music.gain_db,
        duck_db=music.duck_db,
        fades=Fades.of(0, samples, rise=music.fade_in, fall=music.fade_out),
    )


def _mixed(cut: Cut, tracks: list[_Track], samples: int) -> Iterator[tuple[Block, int]]:
    """Each block with its place."""
    ducking = Ducking(
        (round(line.start * RATE), round((line.start + line.duration) * RATE)) for line in cut.lines
    )
    try:
        for position in range(0, samples, _BLOCK):
            block = np.zeros((CHANNELS, min(_BLOCK, samples - position)), np.float32)
            for track in tracks:
                track.add_to(block, position, ducking)
            yield block, position
    finally:
        for track in tracks:
            track.close()
