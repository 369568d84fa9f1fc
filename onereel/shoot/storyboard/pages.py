"""The pages of a storyboard: frames in rows, with what is said and done under each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PIL import Image

from ...files import writing
from ...lettering import Block, Lettering
from ...story.brief import Aspect
from ...story.screenplay import Screenplay
from .board import Frame

__all__ = ["DPI", "draw_pages", "save_pdf"]

DPI = 150
_PAGE = (1754, 1240)
"""A4, landscape, in pixels."""
_MARGIN, _GAP, _HEAD = 70, 36, 128
_INK, _GREY, _ACCENT = (24, 26, 31), (104, 110, 120), (0, 122, 122)
_COLUMNS: dict[Aspect, int] = {"16:9": 3, "9:16": 5, "1:1": 5}
_ROWS: dict[Aspect, int] = {"16:9": 2, "9:16": 1, "1:1": 2}
_LINES: dict[Aspect, tuple[int, int]] = {"16:9": (4, 3), "9:16": (10, 7), "1:1": (5, 2)}
"""Under each frame, at most: of what is said, and of what is seen."""


def draw_pages(
    screenplay: Screenplay, frames: Iterable[Frame], *, fonts: Iterable[Path] = ()
) -> Iterator[Image.Image]:
    """Lay frames out on pages (RGB, 1754 x 1240: A4 at 150 dots an inch), one at a time.

    Raises:
        InstallFont: a script that no face here covers.
    """
    aspect = screenplay.brief.aspect
    each = _COLUMNS[aspect] * _ROWS[aspect]
    pages = -(-len(screenplay.scenes) // each)
    draw, left = _Page(screenplay, Lettering(fonts), pages), iter(frames)
    for number in range(1, pages + 1):
        yield draw.page(number, list(islice(left, each)))


def save_pdf(path: Path, pages: Iterable[Image.Image], *, title: str) -> None:
    """Write pages as a PDF, complete or not at all; readers show its title.

    Raises:
        StorageError: it cannot be written.
    """
    first, *others = pages
    with writing(path) as temporary:
        first.save(
            temporary,
            "PDF",
            save_all=True,
            append_images=others,
            resolution=DPI,
            quality=90,
            # Pillow would take the temporary name, which may hold bytes that are no text.
            title=title,
        )


@dataclass(frozen=True)
class _Page:
    screenplay: Screenplay
    lettering: Lettering
    pages: int

    def page(self, number: int, frames: Sequence[Frame]) -> Image.Image:
        paper = Image.new("RGBA", _PAGE, "white")
        self._head(paper, number)
        aspect = self.screenplay.brief.aspect
        columns, rows = _COLUMNS[aspect], _ROWS[aspect]
        width = (_PAGE[0] - 2 * _MARGIN - (columns - 1) * _GAP) // columns
        height = (_PAGE[1] - _HEAD - _MARGIN - (rows - 1) * _GAP) // rows
        for at, frame in enumerate(frames):
            row, column = divmod(at, columns)
            left = _MARGIN + column * (width + _GAP)
            top = _HEAD + row * (height + _GAP)
            self._cell(paper, frame, (left, top), (width, height))
        return paper.convert("RGB")

    def _head(self, paper: Image.Image, number: int) -> None:
        film = self.screenplay
        count = len(film.scenes)
        seconds = f"{float(film.duration):.0f} s"
        told = f"{count} scene{'s' if count > 1 else ''}, {seconds}, {film.brief.aspect}"
        if self.pages > 1:
            told += f" \u00b7 {number}/{self.pages}"
        aside = self._block(told, 20, 500, 1)
        aside.draw(paper, (_PAGE[0] - _MARGIN - aside.width, 46), fill=_GREY)
        wide = _PAGE[0] - 2 * _MARGIN - aside.width - _GAP
        title = self._block(film.title, 32, wide, 1, bold=True)
        title.draw(paper, (_MARGIN, 34), fill=_INK)
        logline = self._block(film.logline, 19, wide, 1)
        logline.draw(paper, (_MARGIN, 34 + title.height + 4), fill=_GREY)

    def _cell(
        self, paper: Image.Image, frame: Frame, corner: tuple[int, int], size: tuple[int, int]
    ) -> None:
        left, top = corner
        width = size[0]
        high = round(width * frame.picture.height / frame.picture.width)
        paper.paste(frame.picture.resize((width, high), Image.Resampling.LANCZOS), corner)
        scene, under = frame.scene, top + high + 10
        number = self.screenplay.scenes.index(scene) + 1
        badge = self._block(str(number), 22, 80, 1, bold=True)
        badge.draw(paper, (left, under), fill=_ACCENT)
        time = self._block(f"{float(scene.duration):.1f} s", 18, 90, 1, tabular=True)
        time.draw(paper, (left + width - time.width, under + 3), fill=_GREY)
        room = width - badge.width - time.width - 24
        title = self._block(scene.title, 22, room, 1, bold=True)
        title.draw(paper, (left + badge.width + 10, under), fill=_INK)
        under += max(badge.height, title.height) + 4
        foot = top + size[1]
        said, seen = _LINES[self.screenplay.brief.aspect]
        told = ((scene.narration, 19, said, _INK), (_done(frame), 17, seen, _GREY))
        for text, points, lines, colour in told:
            block = self._block(text, points, width, lines)
            if text and under + block.height <= foot:
                block.draw(paper, (left, under), fill=colour)
                under += block.height + 6

    def _block(
        self,
        text: str,
        size: float,
        width: int,
        lines: int,
        *,
        bold: bool = False,
        tabular: bool = False,
    ) -> Block:
        return self.lettering.block(
            text or " ",
            size=size,
            width=width,
            max_lines=lines,
            weight="bold" if bold else "regular",
            align="start",
            language=self.screenplay.brief.language,
            smallest=0.9,
            tabular=tabular,
        )


def _done(frame: Frame) -> str:
    """What is seen, and what the camera does."""
    scene = frame.scene
    seen = (scene.description or scene.prompt).strip()
    return " - ".join(part for part in (scene.camera.strip(), seen) if part)
