"""The journal: an append-only file of every event of money, from which the database is made.

JSON Lines. The first line names the journal; each later line is

    {"v": 1, "after": <sum of the line before>, "sum": <checksum>, "event": {...}}

where `sum` is the first 32 hex digits of the SHA-256 of `after`, a newline and the event as it
stands. A line is written and fsynced before the database commits what it says, and only by whoever
holds the database's lock for writers; so the file may be one transaction ahead of the database,
never behind it.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ...errors import RepairLedger, UpdateOneReel
from ...files import storage_error, sync_folder, writing
from ...values import in_words
from .events import Event, read_event

__all__ = ["Journal", "Line", "Mark"]

_VERSION = 1
_AS_IT_IS = getattr(os, "O_BINARY", 0)
"""Windows would put a carriage return before every end of a line."""
_LONGEST = 1 << 20
"""Bytes of a line: far more than any event takes."""


@dataclass(frozen=True)
class Mark:
    """Where a journal ends."""

    id: str
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Line:
    """One line of a journal: an event, or what is wrong with it."""

    number: int
    end: int
    """Bytes from the file's beginning to the line's end."""
    sum: str
    event: Event | None
    trouble: str = ""


class Journal:
    """The journal at one path. It is opened anew each time, so that a file put in its place is
    seen."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def mark(self) -> Mark | None:
        """Where it ends; None where there is no journal.

        Raises:
            StorageError: it cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                identity = _identity(file.readline(_LONGEST))
                return Mark(identity, os.fstat(file.fileno()).st_size) if identity else None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise storage_error(error, self.path) from error

    def append(self, events: Sequence[Event], *, at: int, after: str) -> tuple[int, str]:
        """Write events durably behind byte `at`; return the journal's size and last checksum.

        Raises:
            RepairLedger: it does not end there any more.
            StorageError: the disk refused.
        """
        lines = b""
        for event in events:
            line, after = _line(event, after)
            lines += line
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_APPEND | _AS_IT_IS)
            try:
                size = os.fstat(handle).st_size
                if size != at:
                    # Only a process that still has a deleted database open could do that.
                    raise RepairLedger(
                        "Another process wrote to the ledger's journal meanwhile; run again."
                    )
                os.lseek(handle, max(size - 1, 0), os.SEEK_SET)
                # What a killed process wrote last may be half a line.
                torn = size and os.read(handle, 1) != b"\n"
                _write_all(handle, (b"\n" if torn else b"") + lines)
                os.fsync(handle)
                return os.fstat(handle).st_size, after
            finally:
                os.close(handle)
        except OSError as error:
            raise storage_error(error, self.path) from error

    def read(self, start: int = 0, *, after: str = "") -> Iterator[Line]:
        """Read the lines that begin at byte `start`, the first of which follows the sum `after`.

        Raises:
            UpdateOneReel: a newer OneReel wrote a line.
            StorageError: it cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                number = 0
                file.seek(start)
                while raw := file.readline(_LONGEST):
                    number += 1
                    if not raw.strip() or (number == 1 and start == 0 and _identity(raw)):
                        continue
                    line = _read_line(raw, number, file.tell(), after)
                    after = line.sum or after
                    yield line
        except FileNotFoundError:
            return
        except OSError as error:
            raise storage_error(error, self.path) from error

    def rewrite(self, events: Iterable[Event]) -> tuple[Mark, str]:
        """Begin the journal anew with these events; what was there is kept beside it.

        Returns where it ends, and its last checksum.

        Raises:
            StorageError: the disk refused.
        """
        identity = uuid.uuid4().hex
        last = ""
        with writing(self.path, private=True) as temporary:
            with temporary.open("wb") as file:
                file.write(json.dumps({"v": _VERSION, "journal": identity}).encode() + b"\n")
                for event in events:
                    line, last = _line(event, last)
                    file.write(line)
                size = file.tell()
            self._put_aside()
        return Mark(identity, size), last

    def _put_aside(self) -> None:
        if not self.path.exists():
            return
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        self.path.rename(aside)
        sync_folder(self.path.parent)


def _identity(line: bytes) -> str:
    try:
        named = json.loads(line)["journal"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return named if isinstance(named, str) and named.isalnum() and len(named) == 32 else ""


def _line(event: Event, after: str) -> tuple[bytes, str]:
    text = event.model_dump_json()
    checksum = _sum(after, text)
    head = json.dumps({"v": _VERSION, "after": after, "sum": checksum})
    return f'{head[:-1]}, "event": {text}}}\n'.encode(), checksum


def _sum(after: str, text: str) -> str:
    return hashlib.sha256(f"{after}\n{text}".encode()).hexdigest()[:32]


def _read_line(raw: bytes, number: int, end: int, expected: str) -> Line:
    try:
        text = raw.decode()
        data = json.loads(text)
        version, after, checksum = data["v"], data["after"], data["sum"]
        if isinstance(version, int) and version > _VERSION:
            raise UpdateOneReel(
                "The ledger's journal was written by a newer OneReel; update OneReel to use it."
            )
        event = text[text.index('"event": ') + len('"event": ') : text.rindex("}")]
        if checksum != _sum(str(after), event):
            return Line(number, end, "", None, "it was changed or torn")
        found = read_event(data["event"])
    except UpdateOneReel:
        raise
    except ValidationError as error:
        return Line(number, end, "", None, in_words(error))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Line(number, end, "", None, "it is torn or no line of a journal")
    return Line(
        number, end, checksum, found, "" if after == expected else "lines before it are missing"
    )


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
