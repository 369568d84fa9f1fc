"""README's pictures of films: frames of one, and a frame each of twelve, one a template.

    python -m benchmarks.pictures FOLDER

FOLDER gets frames.jpg and gallery.jpg; look at them before they go into .github/pictures.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from .sheets import make, middles

STORY = "story"
ROWS = (
    (("explainer", "16:9", 2), ("story", "16:9", 4), ("documentary", "16:9", 2)),
    (("trailer", "16:9", 2), ("quote", "16:9", 4), ("lesson", "16:9", 3)),
    (
        *(("product", "9:16", 2), ("listicle", "9:16", 2), ("poem", "9:16", 3)),
        *(("howto", "9:16", 5), ("news", "9:16", 2), ("musicvideo", "9:16", 3)),
    ),
)
"""Rows of the gallery: templates, shapes and scenes."""
_GAP = 8
_FRAMES_WIDE, _GALLERY_WIDE = 1600, 1264
_QUALITY = 88


def film_frames(template: str, shape: str) -> list[Image.Image]:
    """A frame of each scene of a film."""
    with tempfile.TemporaryDirectory() as temporary:
        return middles(make(template, shape, Path(temporary)))


def laid_out(rows: Sequence[Sequence[Image.Image]], width: int, ground: str) -> Image.Image:
    """Frames in rows that are all as wide, with gaps between."""
    lines: list[tuple[int, list[Image.Image]]] = []
    for row in rows:
        free = width - _GAP * (len(row) - 1)
        height = round(free / sum(frame.width / frame.height for frame in row))
        sizes = [(round(frame.width * height / frame.height), height) for frame in row]
        pairs = zip(row, sizes, strict=True)
        lines.append(
            (height, [each.resize(size, Image.Resampling.LANCZOS) for each, size in pairs])
        )
    whole = sum(height for height, _ in lines) + _GAP * (len(lines) - 1)
    board = Image.new("RGB", (width, whole), ground)
    y = 0
    for height, row in lines:
        x = 0
        for frame in row:
            board.paste(frame, (x, y))
            x += frame.width + _GAP
        y += height + _GAP
    return board


def main(arguments: list[str]) -> None:
    """Make both."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sorted({(template, shape) for row in ROWS for template, shape, _ in row})
    frames = {each: film_frames(*each) for each in wanted}
    story = frames[STORY, "16:9"]
    board = laid_out((story[:2], story[2:]), _FRAMES_WIDE, "#111")
    board.save(folder / "frames.jpg", quality=_QUALITY)
    rows = [[frames[template, shape][scene - 1] for template, shape, scene in row] for row in ROWS]
    laid_out(rows, _GALLERY_WIDE, "white").save(folder / "gallery.jpg", quality=_QUALITY)


if __name__ == "__main__":
    main(sys.argv[1:])
