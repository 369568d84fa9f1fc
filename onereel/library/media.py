"""Media by opaque ids: no path comes in and none goes out. Thumbnails and waveforms of them.

An id is made of hashes of a file's folder and name inside the home's media folder, so it stays the
same in every process and needs no table. It leads only to files that are there.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageOps

from ..cast.picture import STILLS
from ..cut.sound.sounds import RATE, Sound
from ..errors import ChooseFilm, ReplaceMedia
from ..files import writing
from ..home import Home
from ..shoot.clip_frame import frame_at, upright
from ..values import digest

__all__ = ["CACHE", "PEAKS", "PREFIX", "SERVED", "Media", "media_id", "media_url"]

PREFIX = "/onereel/v1/media"
"""Where media are served."""
CACHE = "cache"
"""The folder, in the private one, of thumbnails and waveforms."""
SERVED = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".avi": "video/x-msvideo",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
}
"""The kinds of files that have an id, by suffix, with their media types."""
PEAKS = 200
"""Bars of a waveform."""

_SIDE = 480
"""Pixels of a thumbnail's longer side."""
_DEPTH = 3
_FOLDER, _NAME = 10, 22
"""Hex digits of an id's two parts."""
_STILL = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})
_INTO = Fraction(1)
"""Seconds into a clip that its thumbnail shows, where it is long enough: films begin in black."""
_BAR = RATE // 100
"""Samples of the finest bar."""


def media_id(name: str) -> str:
    """The id of a file by its media name."""
    folder, _, file = name.rpartition("/")
    return digest("folder", folder)[:_FOLDER] + digest("media", folder, file)[:_NAME]


def media_url(name: str) -> str:
    """The address of a file by its media name, without a host; empty for none."""
    return f"{PREFIX}/{media_id(name)}" if name else ""


class Media:
    """The media of one home. Safe to use from many threads."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._folders: dict[str, str] = {}
        self._lock = threading.Lock()

    def find(self, wanted: str) -> Path:
        """The file of an id.

        Raises:
            ChooseFilm: there is no such file.
        """
        if re.fullmatch(f"[0-9a-f]{{{_FOLDER + _NAME}}}", wanted):
            for folder in self._folders_of(wanted[:_FOLDER]):
                for path in _files(self._home.media / folder):
                    name = f"{folder}/{path.name}" if folder else path.name
                    if media_id(name) == wanted and self._inside(path):
                        return path
        raise ChooseFilm("This file is not there any more; load the film again.")

    def thumbnail(self, wanted: str) -> Path:
        """A small JPEG of a clip or a picture, made when it is first asked for.

        Raises:
            ChooseFilm: there is no such file.
            ReplaceMedia: it has no picture.
            StorageError: it cannot be kept.
        """
        source = self.find(wanted)
        kept = self._kept(source, f"thumbnail-{_SIDE}", ".jpg")
        if not kept.is_file():
            picture = _picture(source)
            picture.thumbnail((_SIDE, _SIDE))
            with writing(kept) as path:
                picture.save(path, "JPEG", quality=80)
        return kept

    def waveform(self, wanted: str, *, count: int = PEAKS) -> tuple[float, ...]:
        """The peaks of a sound in `count` equal parts of its length (1 to 2000), or in fewer where
        it is very short; 1 is the loudest of them.

        Raises:
            ChooseFilm: there is no such file.
            ReplaceMedia: it has no sound.
            StorageError: they cannot be kept.
        """
        count = min(max(count, 1), 2000)
        source = self.find(wanted)
        kept = self._kept(source, f"waveform-{count}", ".json")
        try:
            return tuple(json.loads(kept.read_bytes()))
        except (OSError, ValueError):
            peaks = _peaks(source, count)
        with writing(kept) as path:
            path.write_text(json.dumps(peaks), "utf-8")
        return peaks

    def _folders_of(self, beginning: str) -> list[str]:
        with self._lock:
            if beginning not in self._folders:
                self._folders = {
                    digest("folder", folder)[:_FOLDER]: folder
                    for folder in _folders(self._home.media)
                }
            found = self._folders.get(beginning)
        return [] if found is None else [found]

    def _inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._home.media.resolve())

    def _kept(self, source: Path, what: str, suffix: str) -> Path:
        facts = source.stat()
        name = source.relative_to(self._home.media).as_posix()
        key = digest(what, name, facts.st_size, facts.st_mtime_ns)
        return self._home.private / CACHE / key[:2] / f"{key}{suffix}"


def _folders(root: Path, name: str = "", depth: int = 0) -> Iterator[str]:
    """Every folder of media, by its name inside `root`; links are not followed."""
    yield name
    if depth == _DEPTH:
        return
    try:
        with os.scandir(root / name) as found:
            inside = [each.name for each in found if each.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for each in inside:
        yield from _folders(root, f"{name}/{each}" if name else each, depth + 1)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be served; what is being written has a hidden name."""
    try:
        with os.scandir(folder) as found:
            names = [each.name for each in found if each.is_file()]
    except OSError:
        return
    for name in names:
        path = folder / name
        if not name.startswith(".") and path.suffix.lower() in SERVED:
            yield path


def _picture(source: Path) -> Image.Image:
    unreadable = ReplaceMedia(f"{source.name} shows no picture; choose another file.")
    try:
        if source.suffix.lower() in _STILL:
            with Image.open(source, formats=STILLS) as still:
                still.draft("RGB", (_SIDE, _SIDE))
                return ImageOps.exif_transpose(still).convert("RGB")
        frame = frame_at(source, _INTO)
    except (OSError, ValueError, av.FFmpegError, Image.DecompressionBombError):
        raise unreadable from None
    if frame is None:
        raise unreadable
    return upright(frame, longest=_SIDE)


def _peaks(source: Path, count: int) -> tuple[float, ...]:
    loudest: list[float] = []
    with Sound(source, name=source.name) as sound:
        # A second at a time, so that an hour of sound needs no room.
        while (block := np.abs(sound.read(RATE)).max(axis=0, initial=0.0)).size:
            whole = block[: block.size // _BAR * _BAR or block.size]
            loudest += whole.reshape(-1, min(_BAR, whole.size)).max(axis=1).tolist()
    if len(loudest) > count:
        parts = np.array_split(np.array(loudest), count)
        loudest = [float(part.max()) for part in parts]
    most = max(loudest, default=0.0) or 1.0
    return tuple(round(bar / most, 3) for bar in loudest)
