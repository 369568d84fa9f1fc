"""What databases and disks complain about, in one sentence that says what to do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from ..errors import FreeDisk, MakeWritable, RepairLedger, StorageError
from ..files import storage_error

__all__ = ["in_a_sentence"]

_ROOM = 1 << 20
"""Bytes: with less, an unexplained refusal to write is a full disk."""
_REBUILD = "python -m onereel ledger rebuild"


@contextmanager
def in_a_sentence(address: URL) -> Iterator[None]:
    """Turn what goes wrong with the database at `address` into one sentence.

    Raises:
        FreeDisk, MakeWritable, RepairLedger: in place of SQLAlchemy's errors and `OSError`.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise _sentence(error, address) from error
    except OSError as error:
        raise storage_error(error, Path(address.database or "")) from error


def _sentence(error: SQLAlchemyError, address: URL) -> StorageError:
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return _sqlite(cause, Path(address.database or ""))
    return _postgresql(cause or error, address)


def _sqlite(error: sqlite3.Error, path: Path) -> StorageError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    full = _is_full(path.parent)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and full):
        return FreeDisk(
            f"The disk is full: free some space for {path.parent}, then run again; the ledger holds"
            " everything up to now."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return MakeWritable(
            f"OneReel may not write the ledger at {path}: make that file and its folder writable."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return RepairLedger(
            f"Another program has kept the ledger at {path} locked; close that program, then run"
            " again."
        )
    return RepairLedger(
        f"The ledger at {path} cannot be used ({error}); run {_REBUILD}, which makes it anew from"
        " its journal."
    )


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False


def _postgresql(error: BaseException, address: URL) -> StorageError:
    place = f"{address.database or ''} at {address.host or 'this machine'}"
    state = getattr(error, "sqlstate", None) or ""
    if state == "53100":
        return FreeDisk(f"The disk of the database {place} is full: free some space there.")
    if state in ("25006", "42501"):
        return MakeWritable(f"OneReel may not write the database {place}: grant it the right to.")
    if state == "55P03":
        return RepairLedger(
            f"Another program has kept the ledger {place} locked; close that program, then run"
            " again."
        )
    if state.startswith("08") or not state or state in ("57P01", "57P02", "57P03"):
        return RepairLedger(
            f"The database {place} does not answer; start it, or correct url in the section"
            " [ledger] of the settings."
        )
    kind = type(error).__name__
    return RepairLedger(f"The database {place} refused the ledger ({kind} {state}); ask its owner.")
