"""Where things lie: ComfyUI's folders, the settings, temporary files."""

from __future__ import annotations

import functools
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import folder_paths

from ...onereel.errors import MakeWritable, OneReelError
from ...onereel.files import remove_leftovers
from ...onereel.home import Home
from ...onereel.settings import Settings, settings_file

__all__ = [
    "characters_mark",
    "home",
    "new_file",
    "output_file",
    "scratch_file",
    "settings",
    "settings_lately",
    "temporary_file",
    "tidy_up",
]


def home() -> Home:
    """The folders of this ComfyUI; the command line will find them too."""
    return _home(folder_paths.get_output_directory())


@functools.cache
def _home(output: str) -> Home:
    media = Path(output) / "onereel"
    if named := os.environ.get("ONEREEL_HOME"):
        return Home(private=Path(named).expanduser(), media=media)
    found = Home(private=Path(folder_paths.get_system_user_directory("onereel")), media=media)
    found.remember()
    return found


def settings(of: Home) -> Settings:
    """The settings, read again only when their file has changed.

    Raises:
        ReviseSetting: a line of it is wrong.
    """
    global _settings
    looked = time.monotonic()
    mark = _mark(settings_file(of))
    known = _settings
    if known is None or known.mark != mark:
        # As of before it was read: what its owner writes meanwhile is read by whoever asks next.
        known = _Known(of, mark, Settings.load(of), looked)
    _settings = replace(known, looked=looked)
    return known.settings


def settings_lately(of: Home) -> Settings | None:
    """The settings of this home as they were a moment ago, without a look at any disk; None where
    nobody looked then."""
    known = _settings
    if known is None or known.home != of or time.monotonic() - known.looked > _LATELY:
        return None
    return known.settings


_LATELY = 0.25
"""Seconds."""


@dataclass(frozen=True)
class _Known:
    """Settings that were read, and when somebody last looked whether they still are the same."""

    home: Home
    mark: object
    settings: Settings
    looked: float


_settings: _Known | None = None


def characters_mark(saved: Any) -> str:
    """For `fingerprint_inputs` of nodes that name characters: changes when the library's do.

    `saved` is the names as the node was given them, a list where it takes lists.
    """
    if not any(saved or ()):
        return ""
    # Only now: the library's database would slow down every start of ComfyUI.
    from ...onereel.library.characters import characters_mark as mark

    try:
        return mark(home(), settings(home()))
    except OneReelError:
        # The run itself says what is wrong with the library.
        return ""


def _mark(file: Path) -> object:
    try:
        found = file.stat()
    except OSError:
        return None
    return file, found.st_ino, found.st_mtime_ns, found.st_size


def tidy_up() -> None:
    """Remove what killed runs left among the media, while ComfyUI goes on starting."""
    media = Path(folder_paths.get_output_directory()) / "onereel"

    def work() -> None:
        # A folder may go while we look; whatever is left waits for the next start.
        with suppress(OSError):
            remove_leftovers(media, deep=True)

    threading.Thread(target=work, name="onereel-tidy", daemon=True).start()


def output_file(prefix: str, suffix: str, width: int = 0, height: int = 0) -> tuple[Path, str]:
    """A free name in ComfyUI's output folder, as core's savers number them, and its subfolder.

    `width` and `height` fill in `%width%` and `%height%`.

    Raises:
        MakeWritable: the prefix leads out of the folder.
    """
    folder = folder_paths.get_output_directory()
    if not Path(folder, prefix).resolve().is_relative_to(Path(folder).resolve()):
        raise MakeWritable("Files are saved inside ComfyUI's output folder: choose another name.")
    place, name, counter, subfolder, _ = folder_paths.get_save_image_path(
        prefix, folder, width, height
    )
    return Path(place) / f"{name}_{counter:05}_{suffix}", subfolder


def temporary_file(name: str) -> Path:
    """A path in ComfyUI's temporary folder, which lasts as long as ComfyUI runs."""
    return Path(folder_paths.get_temp_directory()) / "onereel" / name


def new_file(name: str) -> Path:
    """A path as `temporary_file` gives, which nobody else uses."""
    return temporary_file(f"{uuid.uuid4().hex}-{name}")


@contextmanager
def scratch_file(name: str) -> Iterator[Path]:
    """Lend a path as `new_file` gives, and delete the file with the block."""
    path = new_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
