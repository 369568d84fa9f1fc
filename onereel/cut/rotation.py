"""How a player is told to turn a picture, read from an MP4's index."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from struct import unpack
from typing import BinaryIO

__all__ = ["written_rotation"]

_MATRIX_AT = {0: 40, 1: 52}
"""Where a track header of each version keeps its matrix (ISO/IEC 14496-12, 8.3.2)."""


def written_rotation(path: Path) -> int | None:
    """Degrees counter-clockwise (0, 90, 180, 270) of the first picture track.

    None where the file is no MP4 or QuickTime file. PyAV shows the matrix on decoded frames only,
    and decoding one takes longer than copying the whole clip.
    """
    with path.open("rb") as file:
        for kind, start, end in _boxes(file, 0, path.stat().st_size):
            if kind == b"moov":
                return next(_rotations(file, start, end), None)
    return None


def _rotations(file: BinaryIO, start: int, end: int) -> Iterator[int]:
    for kind, track, track_end in _boxes(file, start, end):
        if kind == b"trak":
            parts = {kind: (at, to) for kind, at, to in _boxes(file, track, track_end)}
            if _handler(file, parts) == b"vide" and b"tkhd" in parts:
                yield _turn(file, parts[b"tkhd"][0])


def _handler(file: BinaryIO, parts: dict[bytes, tuple[int, int]]) -> bytes:
    for kind, start, _ in _boxes(file, *parts.get(b"mdia", (0, 0))):
        if kind == b"hdlr":
            file.seek(start + 8)
            return file.read(4)
    return b""


def _turn(file: BinaryIO, header: int) -> int:
    file.seek(header)
    file.seek(header + _MATRIX_AT.get(file.read(1)[0], 40))
    data = file.read(8)
    if len(data) < 8:
        return 0
    across, down = unpack(">ii", data)
    return round(-math.degrees(math.atan2(down, across)) / 90) % 4 * 90


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two offsets: type, and where the contents begin and end (4.2)."""
    while start + 8 <= end:
        file.seek(start)
        header = file.read(16)
        if len(header) < 8:
            return
        size, begin = int.from_bytes(header[:4], "big"), 8
        if size == 1:
            size, begin = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = end - start
        if size < begin:
            return
        yield header[4:8], start + begin, min(start + size, end)
        start += size
