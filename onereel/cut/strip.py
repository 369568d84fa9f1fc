"""Whole clips end to end in one picture track: packets copied, strangers made to fit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from .copying import annex_b, copy_pictures
from .encode import REORDER, add_h264, encode_pictures, parameters
from .opening import opened, picture_of
from .picture import Reader
from .probe import Media, VideoTrack, is_plain

__all__ = ["Strip"]

_FINEST = 1_000_000
_USUAL = 90_000
_COPYABLE = ("h264", "hevc", "av1", "vp9", "mpeg4")
"""What MP4 carries and players of MP4 expect."""


class Strip:
    """Clips in a row, each beginning exactly where the picture of the one before ends."""

    def __init__(self, clips: Sequence[Media]) -> None:
        """Lay out `clips`, which are not empty; the first one decides size and frame rate."""
        self._clips = clips
        first = clips[0].video
        turned = first.rotation in (90, 270)
        shown = round(first.width * first.aspect) // 2 * 2
        size = (shown, first.height // 2 * 2)
        self._width, self._height = size[::-1] if turned else size
        self._fps = first.fps
        self._alike = all(_alike(clip.video, first) for clip in clips)
        self._copied = [self._alike or self._fits(clip.video) for clip in clips]
        self._base = _common_base([clip.video for clip in clips], self._fps)
        self.starts: list[Fraction] = [Fraction(0)]
        """Where each clip begins, and where the last one ends, in seconds."""
        times: list[NDArray[np.int64]] = []
        for clip, copied in zip(clips, self._copied, strict=True):
            shown_at, length = self._times(clip.video, copied)
            times.append(shown_at + round(self.starts[-1] / self._base))
            self.starts.append(self.starts[-1] + length)
        self._times_of = times

    @property
    def duration(self) -> Fraction:
        """Length of the strip in seconds."""
        return self.starts[-1]

    @property
    def reencoded(self) -> tuple[Media, ...]:
        """The clips whose pictures cannot be copied."""
        return tuple(
            clip for clip, copied in zip(self._clips, self._copied, strict=True) if not copied
        )

    def add_to(self, container: OutputContainer) -> Stream:
        """Add the picture's track to a file."""
        copied = [clip for clip, same in zip(self._clips, self._copied, strict=True) if same]
        if not copied:
            return add_h264(container, self._width, self._height, self._fps)
        with opened(copied[0].path, packets_only=True) as source:
            stream = container.add_stream_from_template(
                picture_of(source, copied[0].path), opaque=True
            )
        stream.metadata.clear()
        stream.time_base = self._base
        if not self._alike:
            stream.codec_context.extradata = (
                annex_b(self._clips[0].video.parameters)
                if self._copied[0]
                else parameters(self._width, self._height, self._fps)
            )
        return stream

    def packets(self, stream: Stream) -> Iterator[Packet[Stream]]:
        """The packets of the whole strip, in decoding order.

        The n-th packet is decoded when the frame `delay` places before it is shown, so decoding
        times rise without a break whatever encoders the clips come from.
        """
        times = np.concatenate(self._times_of)
        delay = max(
            clip.video.reorder if copied else REORDER
            for clip, copied in zip(self._clips, self._copied, strict=True)
        )
        step = max(1, round(1 / (self._fps * self._base)))
        shown = times.tolist()
        decoded = [shown[0] - step * place for place in range(delay, 0, -1)] + shown
        # MP4 keeps the times between decodings; their sum must be the track's length.
        decoded[len(shown) :] = [round(self.duration / self._base) + decoded[0]]
        number = 0
        first = 0
        for clip, copied in zip(self._clips, self._copied, strict=True):
            found = self._copy(clip) if copied else self._draw(clip)
            count = 0
            for frame, packet in found:
                packet.stream = stream
                packet.time_base = self._base
                packet.pts = shown[first + frame]
                packet.dts = decoded[number]
                packet.duration = max(1, decoded[number + 1] - decoded[number])
                number += 1
                count += 1
                yield packet
            first += count

    def _fits(self, video: VideoTrack) -> bool:
        return (
            video.codec == "h264"
            and (video.width, video.height) == (self._width, self._height)
            and video.aspect == 1
            and not video.trimmed
            and is_plain(video.look)
        )

    def _times(self, video: VideoTrack, copied: bool) -> tuple[NDArray[np.int64], Fraction]:
        """When each frame is shown, from the clip's start, and how long the clip lasts."""
        if copied:
            scale = video.time_base / self._base
            shown = (video.pts - video.pts[0]) * scale.numerator // scale.denominator
            return shown, video.duration
        count = self._count(video)
        scale = 1 / (self._fps * self._base)
        numbers = np.arange(count, dtype=np.int64)
        return numbers * scale.numerator // scale.denominator, count / self._fps

    def _count(self, video: VideoTrack) -> int:
        return max(1, round(video.duration * self._fps))

    def _copy(self, clip: Media) -> Iterator[tuple[int, Packet[Stream]]]:
        return copy_pictures(clip, 0, clip.video.frames, start_codes=not self._alike)

    def _draw(self, clip: Media) -> Iterator[tuple[int, Packet[Stream]]]:
        frames = self._frames(clip)
        for packet in encode_pictures(frames, self._width, self._height, self._fps):
            assert packet.pts is not None
            yield packet.pts, packet

    def _frames(self, clip: Media) -> Iterator[VideoFrame]:
        with Reader(clip, self._width, self._height) as reader:
            for number in range(self._count(clip.video)):
                yield reader.frame(clip.video.frame_at(number / self._fps))


def _alike(video: VideoTrack, first: VideoTrack) -> bool:
    """Whether one decoder, set up once, plays both."""
    return (
        video.codec == first.codec
        and video.codec in _COPYABLE
        and video.parameters == first.parameters
        and (video.width, video.height) == (first.width, first.height)
        and (video.aspect, video.rotation) == (first.aspect, first.rotation)
        and not video.trimmed
    )


def _common_base(videos: Sequence[VideoTrack], fps: Fraction) -> Fraction:
    """A tick in which every frame of every clip falls on a whole number, if there is a sane one."""
    denominators = [video.time_base.denominator for video in videos]
    finest = math.lcm(*denominators, fps.numerator)
    return Fraction(1, finest if finest <= _FINEST else _USUAL)
