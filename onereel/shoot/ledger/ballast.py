"""Ballast: room on the disk that is given up when the last word on a paid request needs it."""

from __future__ import annotations

import os
from pathlib import Path

from ...files import storage_error, writing

__all__ = ["Ballast"]

_SIZE = 8 << 20
"""Bytes: a large picture that has come and finds no place, and many times what the journal and the
database need to say how a request ended."""


class Ballast:
    """One file that holds room. Safe to use from many processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> None:
        """Take the room, if it is not taken already.

        Raises:
            FreeDisk: there is none.
            StorageError: the disk refused.
        """
        try:
            if self._path.stat().st_size == _SIZE:
                return
        except FileNotFoundError:
            pass
        except OSError as error:
            raise storage_error(error, self._path) from error
        with writing(self._path, private=True) as temporary:
            # Zeros would take no room on a disk that compresses.
            temporary.write_bytes(os.urandom(_SIZE))

    def drop(self) -> bool:
        """Give the room back; whether there was any."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise storage_error(error, self._path) from error
        return True
