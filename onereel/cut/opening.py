"""Media files opened for reading; whatever is wrong with one becomes a sentence that names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from ..errors import ReplaceMedia

__all__ = ["damaged", "decodable", "opened", "picture_of", "reading"]

Track = TypeVar("Track", VideoStream, AudioStream)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong while `path` is read into one sentence.

    Raises:
        ReplaceMedia: the file is missing, empty, cut short or damaged.
    """
    try:
        yield
    except (av.error.FFmpegError, OSError, EOFError) as error:
        if isinstance(error, FileNotFoundError):
            raise ReplaceMedia(
                f"The file {path.name} is missing; make or choose it again."
            ) from error
        raise ReplaceMedia(
            f"The file {path.name} is damaged or not a video; make or choose another."
        ) from error


@contextmanager
def opened(path: Path, *, packets_only: bool = False) -> Iterator[InputContainer]:
    """Open a media file for reading; errors become `ReplaceMedia`, also inside the block.

    `packets_only` is nine times as fast, because FFmpeg then decodes nothing to find out what
    packets do not say; nothing can be decoded afterwards.
    """
    with reading(path):
        if path.is_file() and path.stat().st_size == 0:
            raise ReplaceMedia(f"The file {path.name} is empty; make or choose another.")
        options = {"skip_frame": "all"} if packets_only else {}
        with av.open(str(path), options=options) as container:
            yield container


def picture_of(container: InputContainer, path: Path) -> VideoStream:
    """The film in a file, which is not the cover of a song.

    Raises:
        ReplaceMedia: there is none, or FFmpeg has no decoder for it.
    """
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return decodable(stream, path)
    raise ReplaceMedia(f"The file {path.name} has no moving picture; choose a video.")


def decodable(stream: Track, path: Path) -> Track:
    """The same track, which FFmpeg has a decoder for.

    Raises:
        ReplaceMedia: it has none; PyAV's types do not say that `codec_context` is None then.
    """
    if getattr(stream, "codec_context", None) is None:
        kind = "picture" if isinstance(stream, VideoStream) else "sound"
        raise ReplaceMedia(
            f"The {kind} of the file {path.name} is in a format that cannot be decoded here;"
            " convert it to MP4 with H.264 and AAC, or choose another."
        )
    return stream


def damaged(path: Path, frames: int) -> ReplaceMedia:
    """The error for a clip that breaks off after some frames."""
    return ReplaceMedia(
        f"The file {path.name} is damaged after {frames} frames; make or choose another."
    )
