"""Time lines for editors as files: beside a film, or with all its media in one."""

from __future__ import annotations

import os
import zipfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from ..files import writing
from ..home import Home
from .otio import to_otio
from .plan import Cut

__all__ = ["otio_installed", "write_otio", "write_otioz"]

_MEDIA = "media"
"""The folder of media in a bundle."""


def otio_installed() -> bool:
    """Whether the optional part `opentimelineio` is there."""
    return find_spec("opentimelineio") is not None


def write_otio(cut: Cut, path: Path, home: Home) -> Path:
    """Write `to_otio` to `path` (ending in .otio), with media named relative to its folder.

    Raises:
        StorageError: the disk refused; otherwise as `to_otio`.
    """
    beside = path.parent.resolve()

    def named(media: Path) -> str:
        try:
            relative = os.path.relpath(media.resolve(), beside)
        except ValueError:  # another drive, on Windows
            return media.resolve().as_uri()
        return quote(os.fsencode(Path(relative).as_posix()))

    text = to_otio(cut, home=home, named=named)
    with writing(path) as temporary:
        temporary.write_text(text, "utf-8", newline="\n")
    return path


def write_otioz(cut: Cut, path: Path, home: Home) -> Path:
    """Write the time line and all its media as one file (ending in .otioz), which plays wherever it
    is brought: OpenTimelineIO's bundle, a ZIP file.

    Raises:
        StorageError: the disk refused; otherwise as `to_otio`.
    """
    names: dict[Path, str] = {}

    def named(media: Path) -> str:
        # Files of one name may lie in several folders.
        taken = {name for known, name in names.items() if known != media}
        name = media.name if media.name not in taken else f"{len(names)}-{media.name}"
        return quote(os.fsencode(f"{_MEDIA}/{names.setdefault(media, name)}"))

    text = to_otio(cut, home=home, named=named)
    with (
        writing(path) as temporary,
        zipfile.ZipFile(temporary, "w", strict_timestamps=False) as bundle,
    ):
        bundle.writestr("version.txt", "1.0.0")
        bundle.writestr("content.otio", text, zipfile.ZIP_DEFLATED)
        for media, name in names.items():
            bundle.write(media, f"{_MEDIA}/{name}")
    return path
