"""Files that are either whole under their final name or not there at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import FreeDisk, MakeWritable, StorageError

__all__ = [
    "check_room",
    "file_digest",
    "give_back",
    "remove_leftovers",
    "reserve",
    "storage_error",
    "sync_folder",
    "system_name",
    "writing",
]

_MARK = ".onereel-"
"""In the name of every temporary file, so that what a killed run left is known to be ours."""
_STALE = 24 * 60 * 60
"""Seconds after its last write when no run can still be at work on a temporary file."""


def storage_error(error: OSError, path: Path) -> StorageError:
    """Say what to do about a file that could not be written."""
    path = path.absolute()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FreeDisk(f"The disk is full: free some space for {path.parent}, then run again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return MakeWritable(
            f"OneReel may not write into {path.parent}:"
            " make that folder writable or choose another."
        )
    return StorageError(f"{path} could not be written: {error.strerror or error}.")


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut (POSIX; Windows has no such call)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_room(path: Path, *, size: int) -> None:
    """Make sure that `size` bytes could be written to a file, before they are paid for.

    Raises:
        FreeDisk, MakeWritable, StorageError: they could not.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path.parent).close()
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise storage_error(error, path) from error
    if free < size:
        raise FreeDisk(f"The disk is full: free some space for {path.parent}, then run again.")


@contextmanager
def writing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Lend a temporary path beside `path`, which becomes `path` when the block ends well.

    The temporary name keeps the suffix, so that muxers recognise it. When the block raises, nothing
    is left under either name; what a killed run left in the folder a day ago is removed. A
    `private` file can be read by its owner only.

    Raises:
        FreeDisk, MakeWritable, StorageError: in place of the `OSError` of the file system.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(path.parent)
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem[:40]}{_MARK}", suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise storage_error(error, path) from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        # mkstemp makes files private; a finished film is as readable as any other file.
        if not private:
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def reserve(path: Path) -> bool:
    """Keep a name for a file that is yet to be written; False where there is a file of that name,
    or somebody else keeps it. The sign of that is another file, which a killed run leaves as it
    leaves temporary ones.

    Raises:
        FreeDisk, MakeWritable, StorageError: the sign cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error
    try:
        _sign(path).open("xb").close()
    except FileExistsError:
        return False
    except OSError as error:
        raise storage_error(error, path) from error
    # Only now: whoever kept it may have written it a moment ago.
    if path.exists():
        give_back(path)
        return False
    return True


def give_back(path: Path) -> None:
    """Let go of a name that was reserved, whether it was used or not."""
    with suppress(OSError):
        _sign(path).unlink()


def _sign(path: Path) -> Path:
    return path.with_name(f".{path.name}{_MARK}name")


def remove_leftovers(folder: Path, *, deep: bool = False) -> None:
    """Remove from `folder`, and if `deep` from the folders in it, what killed runs left behind."""
    oldest = time.time() - _STALE
    pattern = f".*{_MARK}*"
    for path in folder.rglob(pattern) if deep else folder.glob(pattern):
        # Somebody else may be tidying up too, or may own the file.
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def system_name(path: Path) -> str | bytes:
    """Name a file to a library that opens it by itself and would encode the name strictly.

    POSIX names are bytes of no certain encoding, and the locale may know no encoding but ASCII.
    """
    return str(path) if os.name == "nt" else os.fsencode(path)


def file_digest(path: Path) -> str:
    """Hash a file's bytes: 32 hex digits of SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]
