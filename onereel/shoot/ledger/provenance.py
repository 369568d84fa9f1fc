"""Marks in a file that say who made it.

C2PA manifests lie in a `uuid` box of an MP4 file's top level (C2PA Specification 2.1, section
A.5.1), JUMBF boxes in others (ISO/IEC 19566-5).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

__all__ = ["provenance_of"]

_C2PA = uuid.UUID("D8FEC3D6-1B0E-483C-9297-5828877EC481").bytes
_HEAD = 8


def provenance_of(path: Path) -> str:
    """Name the mark in an MP4 file: "C2PA", "JUMBF", or empty where there is none.

    It says that a mark is there, not that its signature is valid.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        kinds = set(_boxes(file, path.stat().st_size))
    return "C2PA" if b"c2pa" in kinds else "JUMBF" if b"jumb" in kinds else ""


def _boxes(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The kinds of the boxes at the top level (ISO/IEC 14496-12, section 4.2)."""
    at = 0
    while at + _HEAD <= size:
        file.seek(at)
        head = file.read(_HEAD + 24)
        length, kind, body = int.from_bytes(head[:4], "big"), head[4:8], head[8:]
        if length == 1:
            length, body = int.from_bytes(body[:8], "big"), body[8:]
        yield b"c2pa" if kind == b"uuid" and body[:16] == _C2PA else kind
        if length < _HEAD:  # 0 is "to the end"; anything else is damage
            return
        at += length
