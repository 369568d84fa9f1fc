"""One draft clip: the set seen by the moving camera, the slate over it, the place's sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from ..clip_file import DRAFTY, Samples, write_pictures
from ..planes import Box, Planes, flat_colour
from .brush import SetPiece
from .camera import Move, view_box
from .planes import lay_flat, lay_patch, overlay_patches
from .slate import Slate

__all__ = ["write_clip"]

_BAR = flat_colour((255.0, 255.0, 255.0))


class _Shot:
    """Draws the frames of one clip."""

    def __init__(
        self, piece: SetPiece, slate: Slate, move: Move, *, size: tuple[int, int], accent: Any
    ) -> None:
        self._backdrop = Planes.of(piece.backdrop)
        self._layers = piece.layers
        self._patches = overlay_patches(slate.overlay)
        self._timecode = slate.timecode
        self._move, self._size = move, size
        self._accent = flat_colour(accent)
        self._set_size = piece.backdrop.size
        self._still: Planes | None = None

    def frame(self, number: int, *, of: int) -> Planes:
        """Draw frame `number` of a move that takes `of` frames."""
        if self._still is None or self._move.arrow:
            self._still = self._view(number / max(1, of - 1))
        seen = self._still.copy()
        for glyph, corner in self._timecode.at(number):
            seen.lay_mask(glyph, _BAR, corner)
        return seen

    def _view(self, time: float) -> Planes:
        width, height = self._size
        seen = self._backdrop.seen(self._box(time, 0.0), width, height)
        for layer in self._layers:
            lay_flat(seen, layer, self._box(time, layer.depth))
        for patch in self._patches:
            lay_patch(seen, patch)
        return seen

    def progress_bar(self, seen: Planes, share: float) -> None:
        """Draw the scene's own time along the frame's lower edge."""
        width, height = self._size
        thick = 2 * max(1, round(min(width, height) / 360))
        reach = 2 * round(width * min(1.0, share) / 2)
        y, u, v = self._accent
        seen.y.paste(y, (0, height - thick, reach, height))
        half = (0, (height - thick) // 2, reach // 2, height // 2)
        seen.u.paste(u, half)
        seen.v.paste(v, half)

    def _box(self, time: float, depth: float) -> Box:
        return view_box(self._move.path(time, depth), *self._set_size)


def write_clip(
    path: Path,
    *,
    piece: SetPiece,
    slate: Slate,
    move: Move,
    accent: tuple[float, float, float],
    sound: Samples,
    size: tuple[int, int],
    frames: int,
    scene_frames: int,
    threads: int,
    each_frame: Callable[[], None],
) -> Image.Image:
    """Write the clip, in `write_pictures`' format, and return its picture at half time, RGB.

    `sound` is float32 of shape (2, `frames` * 2000). The last `frames - scene_frames` frames are
    the handle. What `each_frame` raises stops the work.
    """
    shot = _Shot(piece, slate, move, size=size, accent=accent)

    def pictures() -> Iterator[Planes]:
        for number in range(frames):
            seen = shot.frame(number, of=frames)
            shot.progress_bar(seen, (number + 1) / scene_frames)
            yield seen
            each_frame()

    return write_pictures(
        path,
        pictures(),
        size=size,
        quality=DRAFTY,
        threads=threads,
        sound=sound,
        poster=scene_frames // 2,
    )
