"""The typesetter: breaks lines, orders their pieces from left to right, and measures them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import ImageFont, features

from .faces import Face, Faces
from .scripts import Weight, breaks_between, clusters, levels

__all__ = [
    "Piece",
    "SetLine",
    "Typesetter",
    "has_raqm",
    "in_memory_order",
    "shaping_direction",
    "shaping_features",
    "shaping_language",
]

_ELLIPSIS = "\u2026"


@dataclass(frozen=True)
class Piece:
    """A stretch of one line in one face and one direction, `x` pixels from the line's start."""

    font: ImageFont.FreeTypeFont
    text: str
    right_to_left: bool
    x: float


@dataclass(frozen=True)
class SetLine:
    """A line with its pieces from left to right; `width` in pixels."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True)
class Typesetter:
    """Measures and breaks lines at one size."""

    faces: Faces
    size: float
    weight: Weight
    language: str
    tabular: bool
    right_to_left: bool

    def set(self, line: str) -> SetLine:
        """Order a line's pieces as they stand on the screen, and measure them."""
        runs = self.faces.runs(line, weight=self.weight, language=self.language)
        drawn = "".join(part for _, part in runs)
        at = iter(levels(drawn, right_to_left=self.right_to_left))
        stretches: list[tuple[Face, int, str]] = []
        for face, part in runs:
            for character in part:
                level = next(at)
                if stretches and stretches[-1][:2] == (face, level):
                    stretches[-1] = (face, level, stretches[-1][2] + character)
                else:
                    stretches.append((face, level, character))
        pieces: list[Piece] = []
        x = 0.0
        for face, level, part in _in_visual_order(stretches):
            font = face.font(self.size)
            piece = Piece(font, part, bool(level % 2), x)
            pieces.append(piece)
            x += font.getlength(
                in_memory_order(piece),
                direction=shaping_direction(piece),
                language=shaping_language(self.language),
                features=shaping_features(self.tabular),
            )
        return SetLine(tuple(pieces), x)

    def width(self, line: str) -> float:
        """Measure a line in pixels."""
        return self.set(line.strip()).width

    def wrap(self, paragraphs: Iterable[str], width: float, most: int) -> list[str]:
        """Break paragraphs greedily; stops after `most` lines."""
        lines: list[str] = []
        for paragraph in paragraphs:
            line = ""
            for word in _unbreakable(paragraph):
                if self.width(line + word) <= width:
                    line += word
                    continue
                if line.strip():
                    lines.append(line.strip())
                line = word
                while self.width(line) > width and len(lines) < most:
                    fitting = self._fitting(line, width)
                    lines.append(fitting)
                    line = line[len(fitting) :]
                if len(lines) >= most:
                    return lines[:most]
            if line.strip():
                lines.append(line.strip())
            if len(lines) >= most:
                break
        return lines[:most]

    def _fitting(self, word: str, width: float) -> str:
        parts = clusters(word)
        low, high = 1, len(parts)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width("".join(parts[:middle])) <= width:
                low = middle
            else:
                high = middle - 1
        return "".join(parts[:low])

    def balance(self, paragraphs: list[str], width: float, count: int) -> list[str]:
        """Narrow the lines as far as their number allows, so that none is left with one word."""
        low, high = width / 2, width
        best = self.wrap(paragraphs, width, count + 1)
        for _ in range(6):
            middle = (low + high) / 2
            lines = self.wrap(paragraphs, middle, count + 1)
            if len(lines) <= count:
                best, high = lines, middle
            else:
                low = middle
        return best

    def cut_off(self, line: str, width: float) -> str:
        """Shorten a line until it fits with an ellipsis."""
        parts = clusters(line)
        while parts and self.width("".join(parts).rstrip(" ,;:.-") + _ELLIPSIS) > width:
            parts.pop()
        return "".join(parts).rstrip(" ,;:.-") + _ELLIPSIS


def _unbreakable(text: str) -> list[str]:
    """Split into stretches that stay on one line, each with its trailing space."""
    parts: list[str] = []
    before = ""
    for cluster in clusters(text):
        if before and not breaks_between(before, cluster):
            parts[-1] += cluster
        else:
            parts.append(cluster)
        before = cluster
    return parts


def _in_visual_order(stretches: list[tuple[Face, int, str]]) -> list[tuple[Face, int, str]]:
    """Reorder stretches from left to right (UAX 9, rule L2)."""
    order = list(stretches)
    for level in range(max((item[1] for item in order), default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][1] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


def has_raqm() -> bool:
    """Whether Pillow can shape text here (it needs FriBiDi at run time)."""
    return bool(features.check_feature("raqm"))


def in_memory_order(piece: Piece) -> str:
    """Raqm reverses right-to-left text itself; the basic layout draws what it is given."""
    if piece.right_to_left and not has_raqm():
        return "".join(reversed(clusters(piece.text)))
    return piece.text


def shaping_direction(piece: Piece) -> str | None:
    """The direction option of Pillow's text calls."""
    return shaping_language("rtl" if piece.right_to_left else "ltr")


def shaping_features(tabular: bool) -> list[str] | None:
    """The features option of Pillow's text calls."""
    return ["tnum"] if tabular and has_raqm() else None


def shaping_language(option: str) -> str | None:
    """An option that only Raqm understands; the basic layout raises KeyError for it."""
    return option if option and has_raqm() else None
