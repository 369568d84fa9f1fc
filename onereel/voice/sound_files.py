"""Sounds on disk, as FLAC."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import soundfile

from ..files import system_name, writing
from .signal import Samples

__all__ = ["read_sound", "write_sound"]


def write_sound(path: Path, samples: Samples, rate: int) -> None:
    """Write samples [T]; the file is whole or absent.

    Raises:
        FreeDisk, MakeWritable, StorageError: the disk refused.
    """
    # Encoded in memory, because soundfile hides what the disk says.
    encoded = io.BytesIO()
    soundfile.write(encoded, samples, rate, format="FLAC", subtype="PCM_16")
    with writing(path) as temporary:
        temporary.write_bytes(encoded.getvalue())


def read_sound(path: Path) -> tuple[Samples, int] | None:
    """The samples [T] of a file and their rate; None if it is not there, or damaged."""
    try:
        samples, rate = soundfile.read(system_name(path), dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError):
        return None
    return np.ascontiguousarray(samples[:, 0]), int(rate)
