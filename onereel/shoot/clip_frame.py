"""One picture of a clip: for thumbnails, storyboards, and whoever wants to see it at a moment."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

__all__ = ["frame_at", "upright"]


def frame_at(clip: Path, at: Fraction) -> av.VideoFrame | None:
    """The frame of a clip at a moment, in seconds, or its last before that; None without any.

    Raises:
        OSError, av.FFmpegError: it cannot be read.
    """
    with av.open(str(clip)) as container:
        stream = next(iter(container.streams.video), None)
        if stream is None:
            return None
        stream.thread_type = "AUTO"
        last: av.VideoFrame | None = None
        for frame in container.decode(stream):
            last = frame
            if frame.time is not None and frame.time >= at:
                break
        return last


def upright(frame: av.VideoFrame, *, longest: int | None = None) -> Image.Image:
    """A frame as a player turns it, in RGB, its longer side of at most `longest` pixels."""
    scale = longest / max(frame.width, frame.height) if longest else 1
    size = {
        "width": max(2, round(frame.width * scale)),
        "height": max(2, round(frame.height * scale)),
    }
    small = frame.reformat(**size, format="rgb24") if scale < 1 else frame
    picture = Image.fromarray(small.to_ndarray(format="rgb24"))
    return picture.rotate(frame.rotation, expand=True) if frame.rotation else picture
