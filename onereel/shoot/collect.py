"""Collect Take: a clip or frames that anything else made become a take, on disk at once."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from ..errors import ReplaceMedia
from ..files import file_digest, sync_folder, writing
from ..home import Home
from ..story.screenplay import Scene
from ..work import Cancel
from .take import Take
from .takes import Takes, clip_name

__all__ = ["collect_clip", "collect_frames"]

_RATE = 48_000
_BT709 = 1
_LIMITED = 1
"""Codes of ITU-T H.273."""


@dataclass(frozen=True)
class _Facts:
    duration: Fraction
    width: int
    height: int
    fps: Fraction
    sound: bool


def collect_clip(
    scene: Scene,
    source: Path,
    *,
    film_id: str,
    home: Home,
    number: int = 1,
    renderer: str,
    suffix: str = "",
) -> Take:
    """Copy a clip into the film's takes, byte for byte; `suffix` in place of the source's own.

    Raises:
        ReplaceMedia: it has no picture that can be decoded, or no length.
        StorageError: it cannot be written.
    """
    facts = _probe(source)
    suffix = (suffix or source.suffix).lower()
    suffix = suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ".mp4"
    name = clip_name(film_id, scene.id, file_digest(source), suffix)
    with writing(home.path(name)) as path:
        shutil.copyfile(source, path)
    return _kept(scene, facts, name, film_id=film_id, home=home, number=number, renderer=renderer)


def collect_frames(
    scene: Scene,
    frames: Iterable[NDArray[np.uint8]],
    *,
    fps: Fraction,
    audio: tuple[NDArray[np.float32], int] | None = None,
    film_id: str,
    home: Home,
    number: int = 1,
    renderer: str,
    cancel: Cancel | None = None,
) -> Take:
    """Encode frames to H.264 as they come, and keep them as a take.

    Args:
        frames: uint8 RGB of shape (height, width, 3), all of one size; odd sides get one more row
            or column.
        fps: Frames per second, above 0.
        audio: Samples of shape (channels, n) or (n,), -1 to 1, and their rate in Hz. It is cut, or
            filled with silence, to the picture's length.

    Raises:
        ReplaceMedia: no frames, or frames that are no pictures or differ in size.
        StorageError: it cannot be written.
        Cancelled: the user stopped it; nothing is kept.
    """
    cancel = cancel or Cancel()
    # The take is named by its bytes, which are there only once it is written.
    nameless = home.path(clip_name(film_id, scene.id, f"new-{uuid.uuid4().hex}"))
    with writing(nameless) as path:
        facts = _encode(path, iter(frames), fps, audio, cancel)
    name = clip_name(film_id, scene.id, file_digest(nameless))
    nameless.replace(home.path(name))
    sync_folder(nameless.parent)
    return _kept(scene, facts, name, film_id=film_id, home=home, number=number, renderer=renderer)


def _kept(
    scene: Scene, facts: _Facts, name: str, *, film_id: str, home: Home, number: int, renderer: str
) -> Take:
    take = Take(
        id=Path(name).stem.rpartition("-")[2],
        film_id=film_id,
        scene_id=scene.id,
        picture_id=scene.picture_id,
        number=number,
        renderer=renderer,
        clip=name,
        duration=facts.duration,
        width=facts.width,
        height=facts.height,
        fps=facts.fps,
        sound=facts.sound,
    )
    Takes(home).keep(take)
    return take


def _probe(source: Path) -> _Facts:
    unreadable = ReplaceMedia(
        f"{source.name} is not a clip that can be played; choose another file for this scene."
    )
    try:
        with av.open(str(source)) as container:
            stream = next(iter(container.streams.video), None)
            if stream is None:
                raise unreadable
            first = next(iter(container.decode(stream)), None)
            if first is None:
                raise unreadable
            duration = _duration(container, stream)
            if duration <= 0:
                raise unreadable
            return _Facts(
                duration=duration,
                width=first.width,
                height=first.height,
                fps=Fraction(stream.average_rate or stream.guessed_rate or 24),
                sound=bool(container.streams.audio),
            )
    except (OSError, av.FFmpegError):
        raise unreadable from None


def _duration(container: av.container.InputContainer, stream: av.VideoStream) -> Fraction:
    if stream.duration and stream.time_base:
        return stream.duration * stream.time_base
    if container.duration:
        return Fraction(container.duration, av.time_base)
    # Streamed WebM carries no length anywhere: its last packet tells it.
    container.seek(0)
    ends = [
        (packet.pts + (packet.duration or 0)) * packet.time_base
        for packet in container.demux(stream)
        if packet.pts is not None
    ]
    return max(ends, default=Fraction(0))


def _encode(
    path: Path,
    frames: Iterator[NDArray[np.uint8]],
    fps: Fraction,
    audio: tuple[NDArray[np.float32], int] | None,
    cancel: Cancel,
) -> _Facts:
    first = next(frames, None)
    if first is None:
        raise ReplaceMedia("There are no frames to collect; connect at least one image.")
    shape = _checked(first, first.shape).shape
    height, width = shape[0] + shape[0] % 2, shape[1] + shape[1] % 2
    count = 0
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        options = {"preset": "veryfast", "crf": "16", "g": str(max(1, round(fps))), "bf": "0"}
        video = container.add_stream("libx264", rate=fps, options=options)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.codec_context.time_base = 1 / fps
        for name in ("color_primaries", "color_trc", "colorspace"):
            setattr(video.codec_context, name, _BT709)
        video.codec_context.color_range = _LIMITED
        sound = container.add_stream("aac", rate=_RATE, layout="stereo") if audio else None
        frame: NDArray[np.uint8] | None = first
        while frame is not None:
            cancel.check()
            container.mux(video.encode(_picture(_checked(frame, shape), count, fps)))
            count += 1
            frame = next(frames, None)
        container.mux(video.encode(None))
        if audio and sound is not None:
            for part in _sound(audio, count / fps):
                cancel.check()
                container.mux(sound.encode(part))
            container.mux(sound.encode(None))
    return _Facts(count / fps, width, height, fps, audio is not None)


def _checked(frame: NDArray[np.uint8], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    if frame.ndim != 3 or frame.shape[2] != 3 or frame.dtype != np.uint8 or 0 in frame.shape:
        raise ReplaceMedia("The frames are no RGB pictures; connect an image batch.")
    if frame.shape != shape:
        raise ReplaceMedia(
            f"The frames differ in size ({frame.shape[1]}x{frame.shape[0]} after"
            f" {shape[1]}x{shape[0]}); make them all the same."
        )
    return frame


def _picture(frame: NDArray[np.uint8], number: int, fps: Fraction) -> av.VideoFrame:
    odd = (frame.shape[0] % 2, frame.shape[1] % 2)
    even = np.pad(frame, ((0, odd[0]), (0, odd[1]), (0, 0)), mode="edge") if any(odd) else frame
    picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(even), format="rgb24")
    picture = picture.reformat(format="yuv420p", dst_colorspace="ITU709")
    picture.pts, picture.time_base = number, 1 / fps
    return picture


def _sound(audio: tuple[NDArray[np.float32], int], duration: Fraction) -> Iterator[av.AudioFrame]:
    """Bring sound to 48 kHz stereo and to `duration` seconds, a second at a time."""
    samples, rate = np.atleast_2d(audio[0])[:2], audio[1]
    length = round(duration * rate)
    stereo = np.repeat(samples, 2, axis=0) if samples.shape[0] == 1 else samples
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=_RATE)
    for start in range(0, length, rate):
        part = stereo[:, start : min(start + rate, length)].astype(np.float32)
        missing = min(rate, length - start) - part.shape[1]
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(np.pad(part, ((0, 0), (0, missing)))), "fltp", "stereo"
        )
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
