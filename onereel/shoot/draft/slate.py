"""The slate: what is written over the picture, clear of the captions at the bottom."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFilter

from ...lettering import Align, Block, Lettering
from ...lettering.scripts import reads_right_to_left
from ...story.screenplay import Scene
from ...values import FPS
from ..planes import Rgb
from .brush import mix
from .camera import MOVES, Move
from .look import Look

__all__ = ["Slate", "Timecode", "scene_text", "scene_title", "set_slate"]

_WHITE = (255, 255, 255)
_ICON_SCALE = 4
_SCRIM_TOP, _SCRIM_FOOT = 190, 104
"""How dark the picture becomes behind the first and under the last line of text, of 255."""


@dataclass(frozen=True)
class Timecode:
    """The running digits: one mask for each character, of even sides, at an even corner."""

    glyphs: dict[str, Image.Image]
    advances: dict[str, int]
    width: int
    corner: tuple[int, int] = (0, 0)

    def at(self, frame: int) -> list[tuple[Image.Image, tuple[int, int]]]:
        """The glyphs of a frame's time, minutes:seconds:frames, and where they stand."""
        seconds, rest = divmod(frame, int(FPS))
        text = f"{seconds // 60:02}:{seconds % 60:02}:{rest:02}"
        placed = []
        x = self.corner[0]
        for character in text:
            placed.append((self.glyphs[character], (x, self.corner[1])))
            x += self.advances[character]
        return placed


@dataclass(frozen=True)
class Slate:
    """The still overlay (RGBA, the frame's size) and the timecode that runs on it."""

    overlay: Image.Image
    timecode: Timecode


def scene_title(scene: Scene) -> tuple[str, str]:
    """A scene's number and title. The number is the one in its id, so that it survives reordering.

    (A film crew keeps a scene's number too when the order of a film changes.)
    """
    number = re.search(r"\d+$", scene.id)
    if number is None:
        return "", scene.title or scene.id
    return f"{int(number.group()):02}", scene.title


def scene_text(scene: Scene) -> str:
    """What the slate says of a shot."""
    return scene.description or scene.prompt


def set_slate(
    scene: Scene,
    look: Look,
    *,
    width: int,
    height: int,
    number: int,
    language: str,
    lettering: Lettering,
) -> Slate:
    """Set the slate of a take for a frame of `width` x `height` pixels.

    Raises:
        InstallFont: a script that no face here covers.
    """
    unit = min(width, height) / 720
    overlay = Image.new("RGBA", (width, height))
    scene_number, title = scene_title(scene)
    mirrored = reads_right_to_left(f"{title} {scene_text(scene)}")
    accent = _ink(mix(look.palette.accent, (255.0, 255.0, 255.0), 0.25))
    left, right = round(0.05 * width), width - round(0.05 * width)
    top = round((0.055 if width >= height else 0.06) * height)
    timecode = _timecode(lettering, unit)
    aside = timecode.width
    column = right - left - aside - round(28 * unit)
    start = right - column if mirrored else left
    align: Align = "right" if mirrored else "left"

    def block(text: str, size: float, lines: int, bold: bool = False, wide: int = column) -> Block:
        return lettering.block(
            text,
            size=size * unit,
            width=wide,
            max_lines=lines,
            weight="bold" if bold else "regular",
            align=align,
            language=language,
            smallest=0.84,
        )

    narrow = width <= height
    badge = block(scene_number, 42, 1, bold=True)
    gap = round(18 * unit) if scene_number else 0
    inset = badge.width + gap
    heading = block(title, 40, 2 if narrow else 1, bold=True, wide=column - inset)
    text_width = right - left if narrow else min(column, round(0.64 * width))
    text = block(scene_text(scene), 25, 3, wide=text_width)
    head_height = max(heading.height, badge.height)
    text_top = top + head_height + round((16 if not narrow else 22) * unit)
    if narrow:
        text_top = max(text_top, top + round(122 * unit))

    _scrim(overlay, look, text_top + text.height, round(140 * unit))
    _guides(overlay, unit)
    words = Image.new("RGBA", overlay.size)
    number_x = right - badge.width if mirrored else left
    badge.draw(words, (number_x, top), fill=accent)
    heading_x = number_x - gap - heading.width if mirrored else left + inset
    heading.draw(words, (heading_x, top + (badge.height - block("0", 40, 1).height) / 2 if
                           scene_number else top), fill=_WHITE)  # fmt: skip
    text_x = right - text.width if mirrored else start
    text.draw(words, (text_x, text_top), fill=(*_WHITE, 225))
    edge = left + aside if mirrored else right
    _aside(words, lettering, scene, look, number, edge, top, unit, accent)
    _shadow(overlay, words, unit)
    overlay.alpha_composite(words)
    corner = (2 * ((edge - timecode.width) // 2), 2 * (top // 2))
    return Slate(overlay, replace(timecode, corner=corner))


def _ink(colour: Rgb) -> tuple[int, int, int]:
    return (round(colour[0]), round(colour[1]), round(colour[2]))


def _scrim(overlay: Image.Image, look: Look, foot: int, tail: int) -> None:
    """Darken the top down to `foot`, so that white text reads on any sky, and fade out below."""
    column = Image.new("L", (1, overlay.height))
    for y in range(min(foot + tail, overlay.height)):
        left = min(1, (foot + tail - y) / tail)
        depth = _SCRIM_FOOT + (_SCRIM_TOP - _SCRIM_FOOT) * max(0, 1 - y / foot)
        column.putpixel((0, y), round(depth * left * left * (3 - 2 * left)))
    shade = Image.new("RGBA", overlay.size, (*_ink(mix(look.palette.near, (0.0,) * 3, 0.35)), 0))
    shade.putalpha(column.resize(overlay.size))
    overlay.alpha_composite(shade)


def _shadow(overlay: Image.Image, words: Image.Image, unit: float) -> None:
    """Lay a soft dark edge under the words, for skies as bright as they are."""
    shade = words.getchannel("A").filter(ImageFilter.GaussianBlur(5 * unit))
    shadow = Image.new("RGBA", overlay.size)
    shadow.putalpha(shade.point(lambda value: 0 if value < 6 else min(130, value)))
    overlay.alpha_composite(shadow)


def _guides(overlay: Image.Image, unit: float) -> None:
    """Draw the thirds, their crossings, and the corners of the title-safe area (90 %)."""
    width, height = overlay.size
    thin = max(1, round(unit))
    layer = Image.new("RGBA", overlay.size)
    pen = ImageDraw.Draw(layer)
    columns, rows = (width // 3, width * 2 // 3), (height // 3, height * 2 // 3)
    for x in columns:
        pen.rectangle((x, 0, x + thin - 1, height), fill=(*_WHITE, 24))
    for y in rows:
        pen.rectangle((0, y, width, y + thin - 1), fill=(*_WHITE, 24))
    arm = round(9 * unit)
    for x in columns:
        for y in rows:
            pen.rectangle((x - arm, y, x + arm, y + thin - 1), fill=(*_WHITE, 130))
            pen.rectangle((x, y - arm, x + thin - 1, y + arm), fill=(*_WHITE, 130))
    long = round(26 * unit)
    for x, across in ((round(width * 0.025), 1), (width - round(width * 0.025), -1)):
        for y, down in ((round(height * 0.025), 1), (height - round(height * 0.025), -1)):
            for end in ((x + across * long, y + thin * down), (x + thin * across, y + down * long)):
                box = (min(x, end[0]), min(y, end[1]), max(x, end[0]) - 1, max(y, end[1]) - 1)
                pen.rectangle(box, fill=(*_WHITE, 120))
    overlay.alpha_composite(layer)


def _aside(
    overlay: Image.Image,
    lettering: Lettering,
    scene: Scene,
    look: Look,
    number: int,
    edge: int,
    top: int,
    unit: float,
    accent: tuple[int, int, int],
) -> None:
    """Under the timecode: the camera move with its arrow, and what kind of picture this is."""
    move = MOVES[look.camera]
    label = lettering.block(
        move.label, size=19 * unit, width=overlay.width, max_lines=1, weight="bold", align="right"
    )
    y = top + round(54 * unit)
    label.draw(overlay, (edge - label.width, y), fill=_WHITE)
    icon = _icon(move, round(22 * unit), accent)
    overlay.alpha_composite(
        icon,
        (edge - label.width - icon.width - round(10 * unit), y + (label.height - icon.height) // 2),
    )
    length = f"{float(scene.duration):.1f}".removesuffix(".0")
    small = lettering.block(
        f"{look.shot} \u00b7 {length} s \u00b7 draft {number}",
        size=17 * unit,
        width=overlay.width,
        max_lines=1,
        align="right",
    )
    small.draw(
        overlay, (edge - small.width, y + label.height + round(4 * unit)), fill=(*_WHITE, 190)
    )


def _timecode(lettering: Lettering, unit: float) -> Timecode:
    blocks = {
        character: lettering.block(
            character, size=36 * unit, width=1000, max_lines=1, weight="bold", tabular=True
        )
        for character in "0123456789:"
    }
    digit = 2 * math.ceil(max(blocks[str(n)].width for n in range(10)) / 2)
    advances = dict.fromkeys(blocks, digit)
    advances[":"] = 2 * math.ceil(blocks[":"].width * 1.15 / 2)
    high = 2 * math.ceil(max(block.height for block in blocks.values()) / 2)
    glyphs = {}
    for character, block in blocks.items():
        cell = Image.new("RGBA", (advances[character], high))
        block.draw(cell, ((cell.width - block.width) / 2, 0), fill=_WHITE)
        glyphs[character] = cell.getchannel("A")
    return Timecode(glyphs, advances, width=6 * digit + 2 * advances[":"])


def _icon(move: Move, size: int, colour: tuple[int, int, int]) -> Image.Image:
    """Draw the move: an arrow its way, arrows in or out of the corners, a turn, or a square."""
    full = size * _ICON_SCALE
    mask = Image.new("L", (full, full))
    pen = ImageDraw.Draw(mask)
    stroke = max(2, round(full * 0.1))
    if isinstance(move.arrow, tuple):
        centre = full / 2
        x, y = move.arrow[0] * full * 0.42, move.arrow[1] * full * 0.42
        _arrow(pen, (centre - x, centre - y), (centre + x, centre + y), stroke)
    elif move.arrow in ("in", "out"):
        for across in (0.06, 0.94):
            for down in (0.06, 0.94):
                outer = (full * across, full * down)
                inner = (full * (0.5 + (across - 0.5) * 0.25), full * (0.5 + (down - 0.5) * 0.25))
                ends = (outer, inner) if move.arrow == "in" else (inner, outer)
                _arrow(pen, *ends, round(stroke * 0.8), head=2.4)
    elif move.arrow == "around":
        inset = full * 0.14
        pen.arc((inset, inset, full - inset, full - inset), -60, 230, fill=255, width=stroke)
        angle = math.radians(-60)
        radius = full / 2 - inset - stroke / 2
        tip = (full / 2 + radius * math.cos(angle), full / 2 + radius * math.sin(angle))
        _arrow(
            pen,
            (tip[0] + stroke * 1.6, tip[1] + stroke),
            (tip[0] - stroke * 1.4, tip[1] - stroke * 0.8),
            stroke,
        )
    else:
        inset = full * 0.25
        pen.rectangle((inset, inset, full - inset, full - inset), outline=255, width=stroke)
    icon = Image.new("RGBA", (size, size), (*colour, 0))
    icon.putalpha(mask.reduce(_ICON_SCALE))
    return icon


def _arrow(
    pen: ImageDraw.ImageDraw,
    tail: tuple[float, float],
    tip: tuple[float, float],
    stroke: int,
    head: float = 3.2,
) -> None:
    length = math.hypot(tip[0] - tail[0], tip[1] - tail[1])
    x, y = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    reach = stroke * head
    neck = (tip[0] - x * reach, tip[1] - y * reach)
    pen.line((*tail, *neck), fill=255, width=stroke)
    side = reach * 0.62
    pen.polygon(
        [tip, (neck[0] - y * side, neck[1] + x * side), (neck[0] + y * side, neck[1] - x * side)],
        fill=255,
    )
