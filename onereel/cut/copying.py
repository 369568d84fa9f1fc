"""Packets of a clip, lifted out of it unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
from av.bitstream import BitStreamFilterContext
from av.packet import Packet
from av.stream import Stream

from .opening import damaged, opened, picture_of
from .probe import Media

__all__ = ["annex_b", "copy_pictures"]

_START_CODE = b"\0\0\0\1"


def annex_b(parameters: bytes) -> bytes:
    """Rewrite H.264 parameter sets from `avcC` (ISO/IEC 14496-15, 5.3.3.1) to start codes.

    An output stream that has them in this form makes FFmpeg's muxer take packets with start codes;
    with `avcC` it would write such packets as they are, and the file would be broken.
    """
    if parameters[:1] != b"\x01":
        return parameters
    sets: list[bytes] = []
    at = 5
    for mask in (0x1F, 0xFF):  # sequence parameter sets, then picture parameter sets
        count = parameters[at] & mask
        at += 1
        for _ in range(count):
            size = int.from_bytes(parameters[at : at + 2], "big")
            sets.append(parameters[at + 2 : at + 2 + size])
            at += 2 + size
    return b"".join(_START_CODE + each for each in sets)


def copy_pictures(
    media: Media, first: int, count: int, *, start_codes: bool
) -> Iterator[tuple[int, Packet[Stream]]]:
    """The packets that hold frames `first` to `first + count`, in decoding order.

    Each comes with its frame's number, counted from `first`. `start_codes` puts parameter sets in
    band at each keyframe, so that pieces of different encoders can follow each other in one track.

    Raises:
        ReplaceMedia: the clip is damaged there.
    """
    with opened(media.path, packets_only=True) as container:
        stream = picture_of(container, media.path)
        # https://ffmpeg.org/ffmpeg-bitstream-filters.html#h264_005fmp4toannexb
        convert = BitStreamFilterContext("h264_mp4toannexb", stream) if start_codes else None
        pts = media.video.pts
        if first:
            container.seek(int(pts[first]), stream=stream)
        left = count
        begun = False
        for packet in container.demux(stream):
            if not left:
                return
            begun = begun or packet.pts == pts[first]
            if not begun or packet.pts is None or not packet.size:
                continue
            frame = int(np.searchsorted(pts, packet.pts)) - first
            if convert is None:
                yield frame, cast("Packet[Stream]", packet)
            else:
                for converted in convert.filter(packet):
                    yield frame, converted
            left -= 1
        if left:
            raise damaged(media.path, first + count - left)
