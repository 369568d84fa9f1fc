"""Sounds on disk, as FLAC, and what is known of their words beside them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import soundfile

from ..files import system_name, writing
from .signal import Samples
from .speech import Speech

__all__ = ["read_speech", "write_sound", "write_speech"]


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


def write_speech(path: Path, speech: Speech) -> None:
    """Write what was said, and when its words begin, where that is known.

    Raises:
        FreeDisk, MakeWritable, StorageError: the disk refused.
    """
    if speech.starts:
        # First: a sound without its words looks as if nobody knew them.
        with writing(_beside(path)) as temporary:
            temporary.write_text(json.dumps(speech.starts), "utf-8")
    write_sound(path, speech.samples, speech.rate)


def read_speech(path: Path) -> Speech | None:
    """What `write_speech` wrote; None if it is not there, or damaged."""
    try:
        samples, rate = soundfile.read(system_name(path), dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError):
        return None
    return Speech(np.ascontiguousarray(samples[:, 0]), int(rate), _starts(_beside(path)))


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")


def _starts(path: Path) -> dict[int, float]:
    try:
        told = json.loads(path.read_bytes())
        return {int(word): float(start) for word, start in told.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
