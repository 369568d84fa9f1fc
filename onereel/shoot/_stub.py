from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from ..errors import ReplaceMedia
from .shot import Shot


@dataclass(frozen=True)
class ClipFacts:
    duration: Fraction
    width: int
    height: int
    fps: Fraction
    sound: bool
    sha256: str
    size: int


def full_digest(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def check_clip(path: Path, shot: Shot) -> ClipFacts:
    try:
        with av.open(str(path)) as c:
            v = c.streams.video[0]
            n = sum(1 for _ in c.decode(video=0))
            rate = Fraction(v.average_rate or 24)
            return ClipFacts(
                n / rate,
                v.width,
                v.height,
                rate,
                bool(c.streams.audio),
                full_digest(path),
                path.stat().st_size,
            )
    except (OSError, IndexError, av.FFmpegError) as e:
        raise ReplaceMedia(f"{path.name}: {e}") from None
