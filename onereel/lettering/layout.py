"""Layout: a text becomes lines that fit, and lines become pixels."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw

from ..errors import InstallPart
from .faces import Faces
from .scripts import Weight, reads_right_to_left
from .typesetter import (
    SetLine,
    Typesetter,
    has_raqm,
    in_memory_order,
    shaping_direction,
    shaping_features,
    shaping_language,
)

__all__ = ["Align", "Block", "Colour", "Lettering"]

Align = Literal["left", "center", "right", "start"]
"""Where lines stand in their block; "start" is left, or right for right-to-left text."""
Colour = tuple[int, int, int] | tuple[int, int, int, int]
"""Red, green, blue and, if given, alpha, 0 to 255."""

_TIGHTEST, _LOOSEST = 1.25, 1.5
"""Line pitch in ems: what the faces ask for, within these. (Noto Sans Arabic asks for 2.1.)"""
_SHRINK = Fraction(15, 16)
_JOINING = "[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufeff]"
"""Scripts that cannot be read without shaping: Arabic, Syriac, the scripts of India."""


@dataclass(frozen=True)
class Block:
    """Set text, ready to draw. All measures in pixels; `size` is what it was shrunk to."""

    lines: tuple[str, ...]
    size: float
    width: int
    height: int
    _set: tuple[SetLine, ...]
    _ascent: float
    _pitch: float
    _align: Align
    _language: str
    _tabular: bool

    def draw(
        self,
        onto: Image.Image,
        xy: tuple[float, float],
        *,
        fill: Colour,
        stroke: Colour | None = None,
        stroke_width: float = 0,
    ) -> None:
        """Composite the text onto an RGBA image, its top left corner at `xy`.

        The stroke lies outside the glyphs, `stroke_width` pixels wide, and may leave the block.
        """
        margin = math.ceil(stroke_width) + math.ceil(self.size)
        if stroke is not None and stroke_width > 0:
            self._ink(onto, xy, stroke, stroke_width, margin)
        self._ink(onto, xy, fill, 0, margin)

    def _ink(
        self,
        onto: Image.Image,
        xy: tuple[float, float],
        colour: Colour,
        stroke_width: float,
        margin: int,
    ) -> None:
        left, top = math.floor(xy[0]), math.floor(xy[1])
        mask = Image.new("L", (self.width + 2 * margin, self.height + 2 * margin))
        pen = ImageDraw.Draw(mask)
        for number, line in enumerate(self._set):
            x = margin + xy[0] - left + self._indent(line)
            y = margin + xy[1] - top + self._ascent + number * self._pitch
            for piece in line.pieces:
                pen.text(
                    (x + piece.x, y),
                    in_memory_order(piece),
                    fill=255,
                    font=piece.font,
                    anchor="ls",
                    stroke_width=stroke_width,
                    direction=shaping_direction(piece),
                    language=shaping_language(self._language),
                    features=shaping_features(self._tabular),
                )
        if len(colour) == 4:
            alpha = colour[3]
            mask = mask.point(lambda value: value * alpha // 255)
        # Pasting coloured glyphs onto a transparent image would mix black into their edges.
        layer = Image.new("RGBA", mask.size, (*colour[:3], 0))
        layer.putalpha(mask)
        corner = (left - margin, top - margin)
        source = (max(0, -corner[0]), max(0, -corner[1]))
        if source[0] < layer.width and source[1] < layer.height:
            onto.alpha_composite(layer, (max(0, corner[0]), max(0, corner[1])), source)

    def _indent(self, line: SetLine) -> float:
        free = self.width - line.width
        return {"center": free / 2, "right": free}.get(self._align, 0.0)


class Lettering:
    """Sets text in the faces of this machine.

    Args:
        fonts: Font files of the user's own (`settings.cut.fonts`), asked after the bundled ones.
        folders: Where the system's fonts are; None means the platform's own folders.

    Raises:
        ReviseSetting: a file of `fonts` is missing or is no font.
    """

    def __init__(self, fonts: Iterable[Path] = (), *, folders: Sequence[Path] | None = None):
        self._faces = Faces(fonts, folders=folders)

    def check(self, text: str, *, language: str = "") -> tuple[str, ...]:
        """Name the faces that would draw `text` (both weights), for a key that depends on them.

        Raises:
            InstallFont: a script that no face here covers.
        """
        weights: tuple[Weight, ...] = ("regular", "bold")
        flat = text.replace("\n", " ")
        runs = [run for w in weights for run in self._faces.runs(flat, weight=w, language=language)]
        return tuple(sorted({face.name for face, _ in runs}))

    def block(
        self,
        text: str,
        *,
        size: float,
        width: float,
        max_lines: int,
        weight: Weight = "regular",
        align: Align = "center",
        language: str = "en",
        smallest: float = 0.75,
        tabular: bool = False,
    ) -> Block:
        """Set `text` into at most `max_lines` lines of at most `width` pixels.

        Text that is too long is shrunk, by no more than to `smallest` of `size` (pixels per em),
        and then cut with an ellipsis. Line breaks in `text` are kept; emoji that no face has are
        left out. `tabular` gives all digits one width.

        Raises:
            InstallFont: a script that no face here covers.
            InstallPart: a script that needs shaping, where Pillow has no Raqm library.
        """
        if re.search(_JOINING, text) and not has_raqm():
            raise InstallPart(
                "Drawing this script needs the FriBiDi library: install it (Debian: apt install"
                " libfribidi0, macOS: brew install fribidi, Windows: fribidi.dll on the PATH)."
            )
        paragraphs = [self._clean(line, weight, language) for line in text.splitlines()]
        paragraphs = [line for line in paragraphs if line]
        current = float(size)
        while True:
            setter = Typesetter(
                self._faces, current, weight, language, tabular, reads_right_to_left(text)
            )
            lines = setter.wrap(paragraphs, width, max_lines + 1)
            smaller = current * float(_SHRINK)
            if len(lines) <= max_lines or smaller < size * smallest:
                break
            current = smaller
        if len(lines) > max_lines:
            lines = [*lines[: max_lines - 1], setter.cut_off(lines[max_lines - 1], width)]
        elif align == "center" and len(paragraphs) == 1 and len(lines) > 1:
            lines = setter.balance(paragraphs, width, len(lines))
        return _block(setter, lines, align)

    def _clean(self, line: str, weight: Weight, language: str) -> str:
        flat = re.sub(r"\s+", " ", line).strip()
        kept = "".join(part for _, part in self._faces.runs(flat, weight=weight, language=language))
        return re.sub(r"  +", " ", kept).strip()


def _block(setter: Typesetter, lines: Sequence[str], align: Align) -> Block:
    set_lines = tuple(setter.set(line) for line in lines)
    fonts = {piece.font for line in set_lines for piece in line.pieces}
    metrics = [font.getmetrics() for font in fonts] or [(0, 0)]
    ascent, descent = max(m[0] for m in metrics), max(m[1] for m in metrics)
    pitch = min(max(_TIGHTEST * setter.size, float(ascent + descent)), _LOOSEST * setter.size)
    if align == "start":
        align = "right" if setter.right_to_left else "left"
    return Block(
        lines=tuple(lines),
        size=setter.size,
        width=math.ceil(max((line.width for line in set_lines), default=0.0)),
        height=math.ceil(pitch * len(lines)),
        _set=set_lines,
        _ascent=ascent + (pitch - ascent - descent) / 2,
        _pitch=pitch,
        _align=align,
        _language=setter.language,
        _tabular=setter.tabular,
    )
