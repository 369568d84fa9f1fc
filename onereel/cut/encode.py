"""H.264 encoding of the frames that the plan changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
from av.codec.context import Flags
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

__all__ = ["REORDER", "add_h264", "encode_pictures", "parameters"]

REORDER = 1
"""Frames that our own packets' decoding order runs behind their showing order."""

_BT709 = 1  # AVCOL_PRI_BT709, AVCOL_TRC_BT709, AVCOL_SPC_BT709
_LIMITED = 1  # AVCOL_RANGE_MPEG
_MOST_THREADS = 4
"""Each holds frames of its own, some 20 MB at 1080p."""

_OPTIONS = {"preset": "veryfast", "crf": "18", "profile": "high", "bf": "2", "b-pyramid": "none"}


def _set_up(context: VideoCodecContext, width: int, height: int, fps: Fraction) -> None:
    """yuv420p, BT.709, a keyframe a second, visually lossless."""
    context.width, context.height = width, height
    context.pix_fmt = "yuv420p"
    context.sample_aspect_ratio = Fraction(1)
    context.time_base = 1 / fps
    context.framerate = fps
    context.gop_size = max(1, round(fps))
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED
    context.thread_count = min(_MOST_THREADS, os.cpu_count() or 1)
    context.options = dict(_OPTIONS)


def add_h264(container: OutputContainer, width: int, height: int, fps: Fraction) -> VideoStream:
    """Add a track for the packets of `encode_pictures`."""
    stream = container.add_stream("libx264", rate=fps)
    _set_up(stream.codec_context, width, height, fps)
    return stream


def parameters(width: int, height: int, fps: Fraction) -> bytes:
    """The parameter sets that `encode_pictures` will use, with start codes (Annex B)."""
    context = av.CodecContext.create("libx264", "w")
    _set_up(context, width, height, fps)
    context.flags |= Flags.global_header
    context.open()
    return bytes(context.extradata or b"")


def encode_pictures(
    pictures: Iterable[VideoFrame], width: int, height: int, fps: Fraction
) -> Iterator[Packet[Stream]]:
    """Encode a piece; packets come in decoding order, `pts` counts frames from 0.

    They carry start codes and their own parameter sets, so pieces can follow each other in a track.
    """
    context = av.CodecContext.create("libx264", "w")
    _set_up(context, width, height, fps)
    for number, picture in enumerate(pictures):
        picture.pts = number
        picture.time_base = 1 / fps
        # A decoded frame remembers what it was, and x264 would make it that again.
        picture.pict_type = 0
        yield from context.encode(picture)
    yield from context.encode(None)
