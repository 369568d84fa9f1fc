"""A clip that was paid for is looked at closely before it counts as delivered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from ...cut.opening import damaged, opened, picture_of, reading
from ...errors import ReplaceMedia
from ...work import Cancel
from ..shot import Shot
from .provenance import provenance_of

__all__ = ["LESS_WHEN_EXTENDED", "SLACK", "ClipFacts", "check_clip", "sha256_of", "shortest"]

SLACK = Fraction(1, 2)
"""Seconds that a service's clip may be shorter than it was asked to be, without a word about it."""
LESS_WHEN_EXTENDED = 1
"""Seconds less than it is asked for by which Veo extends a clip: 7 for 8 (see models.toml)."""


@dataclass(frozen=True)
class ClipFacts:
    """What a clip is, measured."""

    duration: Fraction
    """Seconds."""
    width: int
    height: int
    fps: Fraction
    frames: int
    sound: bool
    size: int
    """Bytes."""
    sha256: str
    """64 hex digits."""
    provenance: str
    """The mark that says who made it, such as "C2PA"; empty where there is none."""


def shortest(shot: Shot) -> Fraction:
    """Seconds that a clip of a shot has at least, if it is what was asked for."""
    return shot.duration - (LESS_WHEN_EXTENDED if shot.extends else 0) - SLACK


def check_clip(path: Path, shot: Shot, *, cancel: Cancel | None = None) -> ClipFacts:
    """Decode a whole clip, picture and sound, and measure it.

    One that is whole and shorter than it was asked to be is what was paid for: it does not get
    longer by being fetched again.

    Raises:
        ReplaceMedia: it is missing, empty, damaged, cut short, or has no picture.
        Cancelled: the user stopped it.
    """
    cancel = cancel or Cancel()
    with opened(path) as container:
        picture = picture_of(container, path)
        promised = picture.frames
        tracks = [picture, *container.streams.audio[:1]]
        for track in tracks:
            # Otherwise FFmpeg paints over what is broken and says nothing.
            track.codec_context.options = {"err_detect": "explode"}
        frames = 0
        for packet in container.demux(tracks):
            cancel.check()
            if packet.is_corrupt:
                raise damaged(path, frames)
            for frame in packet.decode():
                if isinstance(frame, VideoFrame | AudioFrame) and frame.is_corrupt:
                    raise damaged(path, frames)
                frames += packet.stream is picture
        if frames == 0 or frames < promised:
            raise damaged(path, frames)
        fps = Fraction(picture.average_rate or picture.guessed_rate or 24)
        size = (picture.codec_context.width, picture.codec_context.height)
    duration = frames / fps
    # Where no head promises a number of frames, nothing tells it from one that was cut short.
    if duration < shortest(shot) and not promised:
        raise ReplaceMedia(
            f"The clip {path.name} lasts {float(duration):.1f} s instead of {shot.duration} s;"
            " fetch it again."
        )
    with reading(path):
        return ClipFacts(
            duration=duration,
            width=size[0],
            height=size[1],
            fps=fps,
            frames=frames,
            sound=len(tracks) > 1,
            size=path.stat().st_size,
            sha256=sha256_of(path),
            provenance=provenance_of(path),
        )


def sha256_of(path: Path) -> str:
    """Hash a file's bytes: 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
