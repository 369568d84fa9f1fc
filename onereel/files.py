"""Files that are either whole under their final name or not there at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import FreeDisk, MakeWritable, StorageError

__all__ = ["file_digest", "sync_folder", "writing"]


def _storage_error(error: OSError, path: Path) -> StorageError:
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


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Lend a temporary path beside `path`, which becomes `path` when the block ends well.

    The temporary name keeps the suffix, so that muxers recognise it. When the block raises, nothing
    is left under either name.

    Raises:
        FreeDisk, MakeWritable, StorageError: in place of the `OSError` of the file system.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise _storage_error(error, path) from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        # mkstemp makes files private; a finished film is as readable as any other file.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _storage_error(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def file_digest(path: Path) -> str:
    """Hash a file's bytes: 32 hex digits of SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]
