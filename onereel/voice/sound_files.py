"""Sounds on disk, as FLAC, and what is known of their words beside them."""

from __future__ import annotations

import io
import json
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from ..files import system_name, writing
from ..till import Keeping
from .signal import Samples
from .speech import Speech

__all__ = ["kept_speech", "read_speech", "write_sound", "write_speech"]


def write_sound(path: Path, samples: Samples, rate: int) -> None:
    """Write samples [T]; the file is whole or absent.

    Raises:
        FreeDisk, MakeWritable, StorageError: the disk refused.
    """
    # Encoded in memory, because soundfile hides what the disk says.
    encoded = _encoded(samples, rate)
    with writing(path) as temporary:
        temporary.write_bytes(encoded)


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
    return _decoded(system_name(path), _starts(_beside(path)))


def kept_speech(path: Path) -> Keeping[Speech, Speech]:
    """How what is spoken for money is kept at a path."""

    def keep(speech: Speech) -> Speech:
        write_speech(path, speech)
        return speech

    return Keeping(
        find=partial(read_speech, path), keep=keep, places=(path,), pack=_packed, unpack=_unpacked
    )


def _packed(speech: Speech) -> bytes:
    return json.dumps(speech.starts).encode() + b"\n" + _encoded(speech.samples, speech.rate)


def _unpacked(data: bytes) -> Speech | None:
    starts, _, sound = data.partition(b"\n")
    return _decoded(io.BytesIO(sound), _as_starts(starts))


def _encoded(samples: Samples, rate: int) -> bytes:
    encoded = io.BytesIO()
    soundfile.write(encoded, samples, rate, format="FLAC", subtype="PCM_16")
    return encoded.getvalue()


def _decoded(file: str | bytes | io.BytesIO, starts: dict[int, float]) -> Speech | None:
    try:
        samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError):
        return None
    return Speech(np.ascontiguousarray(samples[:, 0]), int(rate), starts)


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")


def _starts(path: Path) -> dict[int, float]:
    try:
        return _as_starts(path.read_bytes())
    except OSError:
        return {}


def _as_starts(data: bytes) -> dict[int, float]:
    try:
        told = json.loads(data)
        return {int(word): float(start) for word, start in told.items()}
    except (ValueError, AttributeError, TypeError):
        return {}
