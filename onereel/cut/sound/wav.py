"""Temporary sound on disk, and what a full disk looks like there."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import soundfile

__all__ = ["disk_errors"]

_SYSTEM_ERROR = 2
"""SF_ERR_SYSTEM: the operating system refused, and libsndfile does not say why."""


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn libsndfile's failure to write an open file into the `OSError` it hides.

    Raises:
        OSError: ENOSPC; nothing else stops a write into a file that could be created.
    """
    try:
        yield
    except soundfile.LibsndfileError as error:
        if error.code != _SYSTEM_ERROR:
            raise
        raise OSError(errno.ENOSPC, "the sound could not be written") from error
