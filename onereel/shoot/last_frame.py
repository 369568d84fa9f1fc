"""The last frame of a take, kept as a picture that the next scene begins with."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np

from ..cast.picture import Picture, keep_picture
from ..errors import ReplaceMedia
from ..home import Home
from .clip_frame import upright
from .take import Take

__all__ = ["last_frame"]

_REMEMBERED = 512
"""Clips whose last frame is not decoded again while they stay as they are."""


def last_frame(take: Take, home: Home) -> Picture:
    """Decode the last picture of a take's clip, upright, and keep it under the digest of its
    pixels.

    Raises:
        ReplaceMedia: the clip cannot be read.
        StorageError: the picture cannot be written.
    """
    path = home.path(take.clip)
    try:
        facts = path.stat()
        picture = _kept(path, facts.st_size, facts.st_mtime_ns, home)
        if not home.path(picture.name).is_file():
            _kept.cache_clear()
            picture = _kept(path, facts.st_size, facts.st_mtime_ns, home)
    except (OSError, av.FFmpegError):
        raise ReplaceMedia(
            f"The clip of scene {take.scene_id} cannot be read, so that nothing can begin where it"
            " ends: choose another take of it, or shoot it again."
        ) from None
    return picture


@lru_cache(maxsize=_REMEMBERED)
def _kept(path: Path, size: int, written: int, home: Home) -> Picture:
    with av.open(str(path)) as container:
        frame = _last(container)
        if frame is None:
            raise OSError("no picture in it")
        return keep_picture(np.asarray(upright(frame)), home=home)


def _last(container: av.container.InputContainer) -> av.VideoFrame | None:
    """The picture that is shown last; decoded from the last key frame on, where that can be."""
    stream = next(iter(container.streams.video), None)
    if stream is None:
        return None
    stream.thread_type = "AUTO"
    end = stream.duration
    if end is not None and stream.time_base is not None:
        start = stream.start_time or 0
        container.seek(max(start + end - round(Fraction(1) / stream.time_base), 0), stream=stream)
        if found := _shown_last(container, stream):
            return found
        container.seek(start, stream=stream)
    return _shown_last(container, stream)


def _shown_last(
    container: av.container.InputContainer, stream: av.VideoStream
) -> av.VideoFrame | None:
    shown = deque(container.decode(stream), maxlen=1)
    return shown.pop() if shown else None
