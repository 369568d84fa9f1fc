"""Where things live: the private folder and the folder of made media."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from .errors import ReplaceMedia

__all__ = ["Home"]

_APP = "onereel"


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
        pointer = _pointer()
        if pointer.is_file():
            private, media = (Path(line) for line in pointer.read_text("utf-8").splitlines()[:2])
            if private.is_dir():
                return cls(private=private, media=media)
        folder = platformdirs.user_data_path(_APP)
        return cls(private=folder, media=folder / "media")

    def remember(self) -> None:
        """Leave a pointer, so that the command line finds the home that ComfyUI uses."""
        pointer = _pointer()
        text = f"{self.private}\n{self.media}\n"
        if pointer.is_file() and pointer.read_text("utf-8") == text:
            return
        pointer.parent.mkdir(parents=True, exist_ok=True)
        pointer.write_text(text, "utf-8")

    def path(self, name: str) -> Path:
        """Turn a media name into a path inside `media`.

        Raises:
            ReplaceMedia: the name leads out of the folder.
        """
        path = self.media / name
        if not path.resolve().is_relative_to(self.media.resolve()):
            raise ReplaceMedia(f"{name!r} is not a file that OneReel made; choose one of its own.")
        return path


def _pointer() -> Path:
    return platformdirs.user_config_path(_APP) / "home"
