"""Where things live: the private folder and the folder of made media."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from .errors import ReplaceMedia
from .files import writing

__all__ = ["Home"]

_APP = "onereel"
_LONGEST = 1000
"""Characters of a media name; systems take some thousand bytes of a whole path."""
_LONGEST_PART = 255
"""Bytes of a file's or a folder's name, on all systems."""
_SHOWN = 80


@dataclass(frozen=True)
class Home:
    """The two folders of one installation.

    `private` holds settings, database and journal, and is never served over HTTP. `media` holds
    what was made: lines, takes, music. Values name media relative to `media` ("takes/3f2a.mp4"),
    so they mean the same film on every machine.
    """

    private: Path
    media: Path

    @classmethod
    def find(cls) -> Home:
        """Find the home outside ComfyUI: `$ONEREEL_HOME`, the folder ComfyUI last used, or the
        platform's data folder."""
        if named := os.environ.get("ONEREEL_HOME"):
            folder = Path(named).expanduser()
            return cls(private=folder, media=folder / "media")
        if (last := _remembered()) and last.private.is_dir():
            return last
        folder = platformdirs.user_data_path(_APP)
        return cls(private=folder, media=folder / "media")

    def remember(self) -> None:
        """Leave a pointer, so that the command line finds the home that ComfyUI uses.

        Raises:
            StorageError: the disk refused.
        """
        pointer = _pointer()
        if _remembered() == self:
            return
        with writing(pointer) as temporary:
            temporary.write_bytes(os.fsencode(f"{self.private}\n{self.media}\n"))

    def path(self, name: str) -> Path:
        """Turn a media name into a path inside `media`.

        Raises:
            ReplaceMedia: the name leads out of the folder, or no file can have it.
        """
        path = self.media / name
        try:
            inside = path.resolve().is_relative_to(self.media.resolve())
            longest = max(len(os.fsencode(part)) for part in path.parts)
        except ValueError:
            # A NUL, or half a character.
            inside, longest = False, 0
        if not inside or longest > _LONGEST_PART or len(name) > _LONGEST:
            shown = ascii(name) if len(name) <= _SHOWN else f"{name[:_SHOWN]!a}..."
            raise ReplaceMedia(f"{shown} is not a file that OneReel made; choose one of its own.")
        return path

    def has(self, name: str) -> bool:
        """Whether the file of a media name is there that `path` let in when it was written down:
        a page of a hundred takes is not looked at step by step for links that lead out."""
        return (self.media / name).is_file()


def _pointer() -> Path:
    return platformdirs.user_config_path(_APP) / "home"


def _remembered() -> Home | None:
    """What the pointer says; None where there is none, or none that can be understood."""
    try:
        lines = os.fsdecode(_pointer().read_bytes()).splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return Home(Path(lines[0]), Path(lines[1])) if len(lines) == 2 else None
