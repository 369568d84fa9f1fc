"""Drawings on disk, as the service made them, by the key of what they were made from."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from ...errors import ReplaceMedia
from ...files import writing
from ...home import Home
from ...till import Keeping

__all__ = ["Sent", "find", "find_name", "keep", "keeping", "looked_at"]

_FOLDER = "drawings"
_SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
_ROOM = 200 * 1024 * 1024
"""Bytes: what a few large pictures at once take, with something to spare."""


def find(key: str, home: Home) -> Path | None:
    """The picture of a key, if it is there."""
    name = find_name(key, home)
    return home.path(name) if name else None


def find_name(key: str, home: Home) -> str:
    """Its media name; empty where it is not there."""
    names = (f"{_FOLDER}/{key}{suffix}" for suffix in _SUFFIXES.values())
    return next((name for name in names if home.path(name).is_file()), "")


@dataclass(frozen=True)
class Sent:
    """A picture as it came."""

    data: bytes
    suffix: str


def looked_at(data: bytes) -> Sent:
    """Decode a picture to its last pixel.

    Raises:
        ReplaceMedia: it is damaged, or none.
    """
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_SUFFIXES)) as picture:
            picture.load()
            return Sent(data, _SUFFIXES[str(picture.format)])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ReplaceMedia("A picture came damaged.") from None


def keep(sent: Sent, key: str, home: Home) -> Path:
    """Keep a picture, byte by byte: the marks of its origin in it stay.

    Raises:
        FreeDisk, MakeWritable, StorageError: it could not be written.
    """
    path = home.path(f"{_FOLDER}/{key}{sent.suffix}")
    with writing(path) as temporary:
        temporary.write_bytes(sent.data)
    return path


def keeping(key: str, home: Home) -> Keeping[Sent, Path]:
    """How a picture that is bought is kept."""
    return Keeping(
        find=partial(find, key, home),
        keep=partial(keep, key=key, home=home),
        places=tuple(home.path(f"{_FOLDER}/{key}{suffix}") for suffix in _SUFFIXES.values()),
        pack=lambda sent: sent.data,
        unpack=_unpacked,
        room=_ROOM,
    )


def _unpacked(data: bytes) -> Sent | None:
    with suppress(ReplaceMedia):
        return looked_at(data)
    return None
