"""Names of files after films."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

__all__ = ["free_name"]


def free_name(title: str, folder: Path) -> Path:
    """Name a film's file after it, never over an older one."""
    slug = _slug(title)
    path, number = folder / f"{slug}.mp4", 1
    while path.exists():
        number += 1
        path = folder / f"{slug}-{number}.mp4"
    return path


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "reel"
