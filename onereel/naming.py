"""Names of files after films."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .files import give_back, remove_leftovers, reserve

__all__ = ["free_name"]


@contextmanager
def free_name(title: str, folder: Path) -> Iterator[Path]:
    """Lend a name for a film's file, after the film: never that of an older one, nor one that
    another process has lent meanwhile.

    Raises:
        FreeDisk, MakeWritable, StorageError: nothing can be written there.
    """
    slug = _slug(title)
    path, number = folder / f"{slug}.mp4", 1
    remove_leftovers(folder)
    while not reserve(path):
        number += 1
        path = folder / f"{slug}-{number}.mp4"
    try:
        yield path
    finally:
        give_back(path)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "reel"
