"""Faces: which font draws which character. Bundled faces first, then the user's, the system's."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from PIL import ImageFont

from ..errors import InstallFont, ReviseSetting
from .scripts import Weight, clusters, drawable, script_of

__all__ = ["Face", "Faces", "font_folders"]

_BUNDLED = Path(__file__).parent / "fonts"
_SANS = "Inter"
_OTHERS = ("NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari", "NotoSansThai")
_PREFERRED = (
    r"(?i)^(noto\s?sans|source\s?han\s?sans|hiragino|yugoth|meiryo|pingfang|msyh|msjh|malgun"
    r"|applesdgothic|ipaexg|ipag|takao|wqy|droid\s?sans)"
)
_UNUSUAL = (
    r"(?i)italic|oblique|mono|condensed|serif|thin|light|black|medium|display|ultra|extra|heavy"
    r"|symbol|emoji|lastresort"
)
_CJK_ORDER = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK"}


@dataclass(frozen=True)
class Face:
    """One face of a font file: `index` counts the faces of a collection from 0."""

    path: Path
    index: int = 0

    @property
    def name(self) -> str:
        """What tells this face from others on any machine: the file's name and the index."""
        return f"{self.path.name}#{self.index}"

    def covers(self, text: str) -> bool:
        """Whether it has a glyph for every character that needs one."""
        return _coverage(self).issuperset(ord(c) for c in text if not _needs_no_glyph(c))

    def font(self, size: float) -> ImageFont.FreeTypeFont:
        """Open it at `size` pixels per em."""
        return _font(self, size)


def _needs_no_glyph(character: str) -> bool:
    return character == "\n" or not (drawable(character) or character.isprintable())


@lru_cache(maxsize=512)
def _font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face.path), size, index=face.index)


@lru_cache(maxsize=1024)
def _coverage(face: Face) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError, KeyError, ValueError):
        return frozenset()


@lru_cache(maxsize=1024)
def _faces_in(path: Path) -> tuple[tuple[Face, str], ...]:
    """List the faces of a file with their family names; a broken file has none."""
    from fontTools.ttLib import TTCollection, TTLibError

    try:
        if path.suffix.lower() in (".ttc", ".otc"):
            with TTCollection(str(path), lazy=True) as collection:
                named = [font["name"].getDebugName(1) or "" for font in collection.fonts]
        else:
            named = [path.stem]
    except (OSError, TTLibError, KeyError, ValueError):
        return ()
    return tuple((Face(path, index), name) for index, name in enumerate(named))


def font_folders() -> tuple[Path, ...]:
    """The folders where this platform keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return (windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    system = Path("/usr/share/fonts"), Path("/usr/local/share/fonts")
    return (*system, data / "fonts", home / ".fonts")


@lru_cache(maxsize=8)
def _files_in(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    suffixes = {".ttf", ".otf", ".ttc", ".otc"}
    return tuple(
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in suffixes
    )


class Faces:
    """The faces of this machine, in the order in which they are asked.

    Args:
        fonts: Font files of the user's own, asked after the bundled faces (`settings.cut.fonts`).
        folders: Where the system's fonts are; None means the platform's own folders.

    Raises:
        ReviseSetting: a file of `fonts` is missing or is no font.
    """

    def __init__(self, fonts: Iterable[Path] = (), *, folders: Sequence[Path] | None = None):
        self._folders = font_folders() if folders is None else tuple(folders)
        self._own = tuple(face for path in fonts for face in _own_faces(Path(path)))

    def runs(self, text: str, *, weight: Weight, language: str = "") -> list[tuple[Face, str]]:
        """Split `text` into stretches of one face each; emoji that no face has are left out.

        Raises:
            InstallFont: a script that no face here covers.
        """
        runs: list[tuple[Face, str]] = []
        for cluster in clusters(text):
            face = self._face_for(cluster, runs[-1][0] if runs else None, weight, language)
            if face is None:
                continue
            if runs and runs[-1][0] == face:
                runs[-1] = (face, runs[-1][1] + cluster)
            else:
                runs.append((face, cluster))
        return runs

    def _face_for(
        self, cluster: str, before: Face | None, weight: Weight, language: str
    ) -> Face | None:
        named = self._named(weight)
        if cluster.isspace():
            return before or named[0]
        # Letters of the main face never wander off into the face of a neighbouring script, but its
        # punctuation and digits stay with the words they belong to.
        if before and not cluster[0].isalpha() and before.covers(cluster):
            return before
        for face in named:
            if face.covers(cluster):
                return face
        if not any(drawable(character) for character in cluster):
            return None
        return self._system_face(cluster, weight, language)

    def _named(self, weight: Weight) -> tuple[Face, ...]:
        return (*_bundled(weight), *self._own)

    def _system_face(self, cluster: str, weight: Weight, language: str) -> Face:
        for face in self._asked_before.get((weight, language), ()):
            if face.covers(cluster):
                return face
        for face in self._by_preference(weight, language):
            if face.covers(cluster):
                self._asked_before.setdefault((weight, language), []).append(face)
                return face
        raise _missing(next(character for character in cluster if drawable(character)))

    @cached_property
    def _asked_before(self) -> dict[tuple[Weight, str], list[Face]]:
        return {}

    def _by_preference(self, weight: Weight, language: str) -> Iterator[Face]:
        region = _CJK_ORDER.get(language.lower()) or _CJK_ORDER.get(language.lower()[:2], "JP")

        def rank(path: Path) -> tuple[bool, bool, bool, str]:
            bold = "bold" in path.stem.lower()
            unlike = re.match(_PREFERRED, path.stem) is None
            unusual = re.search(_UNUSUAL, path.stem) is not None
            return (unusual, unlike, bold != (weight == "bold"), path.name)

        for path in sorted(_files_in(self._folders), key=rank):
            named = _faces_in(path)
            for face, _ in sorted(named, key=lambda item: (region not in item[1].split(),)):
                yield face


@lru_cache(maxsize=2)
def _bundled(weight: Weight) -> tuple[Face, ...]:
    style = weight.capitalize()
    others = (Face(_BUNDLED / f"{name}-{style}.ttf") for name in _OTHERS)
    return (Face(_BUNDLED / f"{_SANS}-{style}.otf"), *others)


def _own_faces(path: Path) -> tuple[Face, ...]:
    faces = tuple(face for face, _ in _faces_in(path) if _coverage(face))
    if not faces:
        raise ReviseSetting(
            f"{path} is not a font file that can be opened; correct [cut] fonts in the settings."
        )
    return faces


def _missing(character: str) -> InstallFont:
    script = script_of(character)
    cjk = script in ("Japanese", "Chinese", "Chinese or Japanese", "Korean")
    package, name = (
        ("fonts-noto-cjk", "Noto Sans CJK") if cjk else ("fonts-noto-core", f"Noto Sans {script}")
    )
    return InstallFont(
        f"No font on this machine can draw {script} (such as {character!r}): install one (on"
        f" Debian or Ubuntu: apt install {package}; elsewhere: {name}), or name a font file under"
        " [cut] fonts in the settings."
    )
