"""What is in a media file: its tracks, measured by packets without decoding the film."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from ..errors import ReplaceMedia
from .opening import damaged, decodable, opened, picture_of
from .rotation import written_rotation

__all__ = [
    "AudioTrack",
    "Look",
    "Media",
    "VideoTrack",
    "is_plain",
    "probe",
]


_IDR = 5
_BT709 = (1, 2)  # AVCOL_SPC_BT709, AVCOL_SPC_UNSPECIFIED
_LIMITED = (0, 1)  # AVCOL_RANGE_UNSPECIFIED, AVCOL_RANGE_MPEG


@dataclass(frozen=True)
class AudioTrack:
    """The sound of a file. `start` is its first sample's time in the file, in seconds."""

    codec: str
    profile: str
    rate: int
    channels: int
    start: Fraction
    duration: Fraction | None
    parameters: bytes = field(compare=False, repr=False)
    """The decoder's set-up as stored."""


@dataclass(frozen=True)
class Look:
    """What only a decoded frame tells."""

    pix_fmt: str
    progressive: bool
    rotation: int
    """Degrees counter-clockwise that a player turns the picture: 0, 90, 180 or 270."""
    standard_colours: bool
    """Whether it is BT.709 of limited range, or says nothing else."""


@dataclass(frozen=True)
class VideoTrack:
    """The picture of a file.

    Frames are counted from 0 in the order they are shown; packets in the order they are stored,
    which is the order they are decoded in.
    """

    path: Path
    codec: str
    width: int
    """Pixels as stored, before rotation."""
    height: int
    aspect: Fraction
    """Width of a pixel over its height."""
    fps: Fraction
    constant: bool
    """Whether every frame lasts `1 / fps`."""
    start: Fraction
    """Time in the file at which the first frame is shown, in seconds."""
    duration: Fraction
    """From the start of the first frame to the end of the last, in seconds."""
    trimmed: bool
    """Whether an edit list hides some of the frames."""
    parameters: bytes = field(compare=False, repr=False)
    """The decoder's set-up as stored (`avcC` for H.264)."""
    time_base: Fraction
    pts: NDArray[np.int64] = field(compare=False, repr=False)
    """When each frame is shown, ascending, in `time_base` from the file's zero."""
    shown: NDArray[np.int64] = field(compare=False, repr=False)
    """The frame that each packet holds."""
    keys: NDArray[np.int64] = field(compare=False, repr=False)
    """The packets that are keyframes."""
    clean: NDArray[np.int64] = field(compare=False, repr=False)
    """The keyframes after which nothing refers to what came before: for H.264, IDR pictures."""

    @cached_property
    def look(self) -> Look:
        """Decode the first frame.

        Raises:
            ReplaceMedia: it cannot be decoded.
        """
        with opened(self.path) as container:
            stream = picture_of(container, self.path)
            container.seek(int(self.pts[0]), stream=stream)
            frame = next(container.decode(stream), None)
        if frame is None:
            raise damaged(self.path, 0)
        return Look(
            pix_fmt=frame.format.name,
            progressive=not frame.interlaced_frame,
            rotation=round(frame.rotation / 90) % 4 * 90,
            standard_colours=frame.colorspace in _BT709 and frame.color_range in _LIMITED,
        )

    @cached_property
    def rotation(self) -> int:
        """`Look.rotation`; MP4 says it in its index, so that nothing need be decoded."""
        written = written_rotation(self.path)
        return self.look.rotation if written is None else written

    @property
    def frames(self) -> int:
        """How many frames it shows."""
        return len(self.pts)

    @property
    def keyframes(self) -> NDArray[np.int64]:
        """The presentation times of the keyframes, in `time_base`."""
        return self.pts[self.shown[self.keys]]

    @cached_property
    def boundaries(self) -> NDArray[np.bool_]:
        """For n = 0 ... frames: whether the first n packets hold just the first n frames.

        There a track can be cut by dropping packets: what is kept was decoded before what is
        dropped, and so cannot refer to it.
        """
        latest = np.maximum.accumulate(self.shown)
        return np.concatenate([[True], latest == np.arange(self.frames)])

    @cached_property
    def reorder(self) -> int:
        """How many frames the decoding order runs behind the showing order at most."""
        return int(np.max(np.arange(self.frames) - self.shown, initial=0))

    def frame_at(self, time: Fraction) -> int:
        """The frame shown at `time` seconds from the first frame: the first before it, the last
        after the end."""
        # One tick of grace: containers round times to their ticks.
        tick = int((time + self.start) / self.time_base) + 1
        index = int(np.searchsorted(self.pts, tick, side="right")) - 1
        return min(max(index, 0), self.frames - 1)


@dataclass(frozen=True)
class Media:
    """What is in a file."""

    path: Path
    video: VideoTrack
    audio: AudioTrack | None


def is_plain(look: Look) -> bool:
    """Whether frames look as our own encoder's do, so that packets of both can share a track."""
    return (
        look.pix_fmt == "yuv420p"
        and look.progressive
        and look.rotation == 0
        and look.standard_colours
    )


def probe(path: Path) -> Media:
    """Measure a video file.

    Reads every packet of the picture once and decodes nothing.

    Raises:
        ReplaceMedia: the file is missing, empty, damaged, cut short or has no picture.
    """
    with opened(path, packets_only=True) as container:
        stream = picture_of(container, path)
        sound = container.streams.audio
        audio = None
        if sound:
            first = decodable(sound[0], path)
            base = first.time_base or Fraction(1, first.rate)
            audio = AudioTrack(
                codec=first.codec_context.name,
                profile=first.profile or "",
                rate=first.rate,
                channels=first.channels,
                start=(first.start_time or 0) * base,
                duration=None if first.duration is None else first.duration * base,
                parameters=bytes(first.codec_context.extradata or b""),
            )
        return Media(path, _measure(container, stream, path), audio)


def _measure(container: InputContainer, stream: VideoStream, path: Path) -> VideoTrack:
    base = stream.time_base
    assert base is not None
    times: list[int] = []
    keys: list[int] = []
    clean: list[int] = []
    hidden = 0
    last = 0
    for packet in container.demux(stream):
        if packet.size == 0:
            continue
        if packet.is_corrupt or packet.pts is None:
            raise damaged(path, len(times))
        if packet.is_discard:
            hidden += 1
            continue
        if packet.is_keyframe:
            keys.append(len(times))
            if stream.codec_context.name != "h264" or _starts_afresh(packet, stream):
                clean.append(len(times))
        times.append(packet.pts)
        last = max(last, packet.pts + (packet.duration or 0))
    if not times or len(times) + hidden < stream.frames:
        raise ReplaceMedia(
            f"The file {path.name} is cut short: {len(times)} of {stream.frames} frames are there;"
            " make or choose another."
        )
    stored = np.array(times, np.int64)
    order = np.argsort(stored, kind="stable")
    shown = np.empty_like(order)
    shown[order] = np.arange(len(order))
    pts = stored[order]
    fps = _rate(stream, pts)
    first = int(pts[0])
    constant = _constant(pts, fps * base)
    duration = len(pts) / fps if constant else _duration(stream, int(pts[-1]) - first, last - first)
    context = stream.codec_context
    return VideoTrack(
        path=path,
        codec=context.name,
        width=context.width,
        height=context.height,
        aspect=stream.sample_aspect_ratio or Fraction(1),
        fps=fps,
        constant=constant,
        start=first * base,
        duration=duration,
        trimmed=hidden > 0,
        parameters=bytes(context.extradata or b""),
        time_base=base,
        pts=pts,
        shown=shown,
        keys=np.array(keys, np.int64),
        clean=np.array(clean, np.int64),
    )


def _starts_afresh(packet: Packet[VideoStream], stream: VideoStream) -> bool:
    """Whether an H.264 keyframe is an IDR picture (ITU-T H.264, table 7-1)."""
    data = memoryview(packet)
    parameters = stream.codec_context.extradata or b""
    if parameters[:1] != b"\x01":  # Annex B: start codes
        return any(
            data[at + 3] & 31 == _IDR
            for at in range(min(len(data) - 3, 4096))
            if bytes(data[at : at + 3]) == b"\0\0\1"
        )
    size = (parameters[4] & 3) + 1
    at = 0
    while at + size < len(data):
        kind = data[at + size] & 31
        if kind == _IDR:
            return True
        at += size + int.from_bytes(data[at : at + size], "big")
    return False


def _duration(stream: VideoStream, shown: int, ended: int) -> Fraction:
    """How long frames of changing length are shown, in seconds.

    A packet's own length is the time to the next decoding, which B-frames put out of step with
    showing; so the track's length counts, unless it ends before the last frame is shown.
    """
    base = stream.time_base or Fraction(1)
    if stream.duration and stream.duration > shown:
        return stream.duration * base
    return max(ended, shown + 1) * base


def _rate(stream: VideoStream, pts: NDArray[np.int64]) -> Fraction:
    for rate in (stream.average_rate, stream.base_rate):
        if rate and _constant(pts, rate * (stream.time_base or 1)):
            return Fraction(rate)
    return Fraction(stream.average_rate or stream.base_rate or 24)


def _constant(pts: NDArray[np.int64], frames_per_tick: Fraction) -> bool:
    """Whether frame n is shown at n / fps, up to the rounding of the container's ticks."""
    count = np.arange(len(pts), dtype=np.int64)
    exact = count * frames_per_tick.denominator
    error = (pts - pts[0]) * frames_per_tick.numerator - exact
    return bool(np.all(np.abs(error) <= frames_per_tick.numerator))
