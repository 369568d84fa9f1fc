"""Scenery: the set of a scene, painted in a few flat layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import built, elsewhere, outdoors
from .brush import Canvas, Point, SetPiece, mix
from .camera import MARGIN
from .figure import add_figure
from .light import PAPER
from .look import Look

__all__ = ["paint"]

_SETS: dict[str, Callable[[Canvas], float]] = {
    "sea": outdoors.sea,
    "river": outdoors.river,
    "desert": outdoors.desert,
    "mountain": outdoors.mountain,
    "forest": outdoors.forest,
    "city": built.city,
    "field": outdoors.field,
    "sky": elsewhere.sky,
    "space": elsewhere.space,
    "underwater": elsewhere.underwater,
    "room": built.room,
    "stage": built.stage,
}
"""Each paints the canvas and returns where feet stand, as y in parts of the set."""


_DRY = ("room", "stage", "space", "underwater")
"""Where no rain is seen; it is still heard."""


def paint(look: Look, *, width: int, height: int, seed: int) -> SetPiece:
    """Paint the set of a scene for a frame of `width` x `height` pixels.

    The set reaches `MARGIN` of the frame beyond it on each side.
    """
    reach = 1 + 2 * MARGIN
    canvas = Canvas(
        round(width * reach / 2) * 2,
        round(height * reach / 2) * 2,
        palette=look.palette,
        rng=np.random.default_rng(seed),
    )
    ground = _SETS[look.place](canvas)
    if look.person:
        add_figure(canvas, shot=look.shot, ground=ground)
    if look.weather == "rain" and look.place not in _DRY:
        _rain(canvas)
    return canvas.finish()


def _rain(canvas: Canvas) -> None:
    drops: list[list[Point]] = []
    for x, y, size in canvas.rng.uniform(0, 1, (220, 3)).tolist():
        long, thick = 0.03 + 0.05 * size, 0.0005 + 0.0006 * size
        drops.append([(x, y), (x + thick, y), (x - long * 0.12, y + long)])
    canvas.silhouette(drops, colour=mix(canvas.palette.horizon, PAPER, 0.6), depth=0.7, blur=0.0008)
