"""Mux Audio: another sound under a picture that stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
import soundfile
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from ..errors import ReplaceMedia
from ..files import system_name, writing
from ..work import Cancel, Progress
from .output import add_sound, create, in_order, of_stream
from .probe import Media, probe
from .sound.aac import encode_aac
from .sound.ducking import amplitude
from .sound.sounds import CHANNELS, RATE, Block, Sound
from .sound.wav import disk_errors
from .strip import Strip

__all__ = ["MuxMode", "mux_audio"]

MuxMode = Literal["replace", "mix"]

_BLOCK = 2 * RATE
_NO_SOUND = "The sound to mux is empty or not a sound; connect another AUDIO."


def mux_audio(
    video: Path,
    samples: NDArray[np.float32],
    rate: int,
    destination: Path,
    *,
    mode: MuxMode = "replace",
    gain_db: float = 0.0,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Path:
    """Give a video another sound, in an MP4 at `destination`; the picture's packets are copied.

    `samples` is (channels, count) float32, full scale at 1.0, at `rate` Hz. The picture's length
    wins: longer sound is cut, shorter sound ends in silence. "mix" lays the sound, changed by
    `gain_db`, over the video's own; "replace" takes that away. A sum beyond full scale is turned
    down as a whole. The sound is encoded as AAC, 48 kHz stereo.

    Raises:
        ReplaceMedia: the video is missing, damaged or has no picture, or the sound is no sound.
        FreeDisk, MakeWritable, StorageError: the disk refused.
        Cancelled: the user stopped the work.
    """
    if samples.ndim != 2 or not samples.size:
        raise ReplaceMedia(_NO_SOUND)
    cancel = cancel or Cancel()
    clip = probe(video)
    strip = Strip([clip])
    with writing(destination) as temporary:
        wav = temporary.with_suffix(".wav")
        try:
            _mix(clip, _resampled(samples, rate, amplitude(gain_db)), mode, wav, cancel.check)
            progress(0.2, "Encoding the sound")
            with create(temporary) as container:
                picture = strip.add_to(container)
                sound = add_sound(container, RATE, CHANNELS)
                in_order(
                    container,
                    [strip.packets(picture), of_stream(encode_aac(wav), sound)],
                    duration=strip.duration,
                    progress=progress.part(0.2, 1),
                    cancel=cancel,
                    note="Muxing",
                )
        finally:
            wav.unlink(missing_ok=True)
    progress(1, "The sound is in")
    return destination


def _mix(
    clip: Media,
    blocks: Iterator[Block],
    mode: MuxMode,
    wav: Path,
    check: Callable[[], None],
) -> None:
    """Write the finished sound, exactly as long as the picture."""
    count = round(clip.video.duration * RATE)
    own = (
        Sound(clip.path, name=clip.path.name) if mode == "mix" and clip.audio is not None else None
    )
    peak = 1.0
    try:
        with (
            disk_errors(),
            soundfile.SoundFile(system_name(wav), "w", RATE, CHANNELS, "FLOAT") as file,
        ):
            left = np.zeros((CHANNELS, 0), np.float32)
            for at in range(0, count, _BLOCK):
                check()
                size = min(_BLOCK, count - at)
                while left.shape[1] < size and (block := next(blocks, None)) is not None:
                    left = np.concatenate([left, block], axis=1)
                mixed = _padded(left[:, :size], size)
                left = left[:, size:]
                if own is not None:
                    mixed = mixed + _padded(own.read(size), size)
                peak = max(peak, float(np.abs(mixed).max()))
                file.write(mixed.T)
    finally:
        if own is not None:
            own.close()
    if peak > 1:
        _turn_down(wav, 1 / peak, count)


def _turn_down(wav: Path, factor: float, count: int) -> None:
    with soundfile.SoundFile(system_name(wav), "r+") as file:
        for at in range(0, count, _BLOCK):
            file.seek(at)
            block = file.read(_BLOCK, dtype="float32", always_2d=True)
            file.seek(at)
            file.write(block * np.float32(factor))


def _padded(block: Block, size: int) -> Block:
    return np.pad(block, ((0, 0), (0, size - block.shape[1])))


def _resampled(samples: NDArray[np.float32], rate: int, gain: float) -> Iterator[Block]:
    """Stereo at 48 kHz, `gain` times as strong; of more than two channels the first two.

    Raises:
        ReplaceMedia: there are values in it that no sound has.
    """
    # FFmpeg would take 3 dB off a single channel.
    pair = [0, 0] if samples.shape[0] == 1 else [0, 1]
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    for at in range(0, samples.shape[1], rate):
        part = np.ascontiguousarray(samples[pair, at : at + rate] * np.float32(gain), np.float32)
        if not np.isfinite(part).all():
            raise ReplaceMedia(_NO_SOUND)
        frame = AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        for piece in resampler.resample(frame):
            yield piece.to_ndarray().astype(np.float32, copy=False)
    for piece in resampler.resample(None):
        yield piece.to_ndarray().astype(np.float32, copy=False)
