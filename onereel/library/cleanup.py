"""Cleaning up: drafts, previews and temporary files go by age, and sooner when the disk fills up.

Drafts and previews are made again for nothing. What was paid for, collected, or pinned stays.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import BadInput
from ..files import remove_leftovers
from ..home import Home
from ..shoot.take import Take
from ..shoot.takes import pinned_ids
from .media import CACHE

__all__ = ["Cleaned", "clean_up"]

_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Cleaned:
    """What was removed, or would be."""

    files: tuple[Path, ...]
    size: int
    """Bytes."""


@dataclass(frozen=True)
class _Spare:
    """A draft or a preview."""

    files: tuple[Path, ...]
    size: int
    written: float
    """Seconds since 1970."""


def clean_up(
    home: Home,
    *,
    paid: Container[str],
    days: float = 30,
    free: int = 0,
    dry: bool = False,
) -> Cleaned:
    """Remove drafts and previews older than `days`, then the oldest others until `free` bytes are
    free.

    Args:
        home: Whose media folder to clean.
        paid: The media names in the ledger. None of them is removed, whatever its JSON file says.
        days: How old a draft may become.
        free: Bytes that should be free on the disk.
        dry: Only tell what would go.

    What killed runs left behind goes too, after a day.
    """
    if not dry:
        for folder in (home.media, home.private):
            remove_leftovers(folder, deep=True)
    oldest = time.time() - days * _DAY
    spare = sorted((*_drafts(home, paid), *_previews(home)), key=lambda each: each.written)
    lacking = free - shutil.disk_usage(home.media).free if free and home.media.is_dir() else 0
    removed: list[Path] = []
    size = 0
    for each in spare:
        if each.written >= oldest and size >= lacking:
            continue
        for path in each.files:
            if not dry:
                # Windows keeps a file that is being played.
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        removed += each.files
        size += each.size
    return Cleaned(tuple(removed), size)


def _drafts(home: Home, paid: Container[str]) -> Iterator[_Spare]:
    for path in sorted((home.media / "takes").glob("*/*.json")):
        take = _take(path)
        if take is None or take.state != "draft" or not take.clip or take.clip in paid:
            continue
        clip = home.media / take.clip
        # A file that says it is about some other clip is not believed.
        if clip.with_suffix(".json") != path or clip.with_suffix(".receipt.json").exists():
            continue
        if take.id in pinned_ids(path.parent) or not clip.is_file():
            continue
        facts = clip.stat()
        yield _Spare((clip, path), facts.st_size, facts.st_mtime)


def _previews(home: Home) -> Iterator[_Spare]:
    for path in sorted((home.private / CACHE).glob("*/*")):
        facts = path.stat()
        yield _Spare((path,), facts.st_size, facts.st_mtime)


def _take(path: Path) -> Take | None:
    try:
        return Take.from_json(path.read_bytes())
    except (BadInput, OSError):
        return None
