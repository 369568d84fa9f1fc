"""Scenery: the set of a scene, painted in a few flat layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from . import built, elsewhere, outdoors, studio
from . import indoors as inside
from .brush import Canvas, Layer, Point, SetPiece, mix
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
    "room": inside.room,
    "kitchen": inside.kitchen,
    "stage": studio.stage,
}
"""Each paints the canvas and returns where feet stand, as y in parts of the set."""


_ROOMS = ("room", "kitchen")
_DRY = (*_ROOMS, "stage", "space", "underwater")
"""Where no rain is seen, which is still heard, and no snow."""


_NEARER = {"wide": 1.0, "medium": 1.1, "close": 1.3}
"""How much larger a set without a person is seen, by the shot's size; people have their own."""


def paint(look: Look, *, width: int, height: int, seed: int) -> SetPiece:
    """Paint the set of a scene for a frame of `width` x `height` pixels.

    The set reaches `MARGIN` of the frame beyond it on each side. By the seed it is as it was
    painted or its mirror image, and a close shot without a person sees a part of it.
    """
    reach = 1 + 2 * MARGIN
    nearer = 1.0 if look.people else _NEARER[look.shot]
    size = (round(width * reach / 2) * 2, round(height * reach / 2) * 2)
    canvas = Canvas(
        round(size[0] * nearer / 2) * 2,
        round(size[1] * nearer / 2) * 2,
        palette=look.palette,
        rng=np.random.default_rng(seed),
    )
    ground = _SETS[look.place](canvas)
    indoors = look.place in _ROOMS
    for number in reversed(range(look.people)):
        add_figure(canvas, shot=look.shot, ground=ground, indoors=indoors, behind=number > 0)
    if look.weather in _FALLING and look.place not in _DRY:
        _FALLING[look.weather](canvas)
    piece = canvas.finish()
    # Of its own, so that a set is the same on both sides of the mirror.
    chance = np.random.default_rng((seed, 1))
    if nearer > 1:
        piece = _part(
            piece, size, (float(chance.uniform(0.4, 0.9)), float(chance.uniform(0.4, 0.8)))
        )
    return _mirrored(piece) if chance.integers(2) else piece


def _part(piece: SetPiece, size: tuple[int, int], at: Point) -> SetPiece:
    """A part of a set, `size` large; `at` shares out what is left over, 0 to 1 from the corner."""
    whole = piece.backdrop.size
    left = round((whole[0] - size[0]) * at[0] / 2) * 2
    top = round((whole[1] - size[1]) * at[1] / 2) * 2
    layers = (
        Layer(layer.mask, layer.left - left, layer.top - top, layer.colour, layer.depth)
        for layer in piece.layers
    )
    backdrop = piece.backdrop.crop((left, top, left + size[0], top + size[1]))
    seen = (_inside(layer, size) for layer in layers)
    return SetPiece(backdrop, tuple(layer for layer in seen if layer))


def _inside(layer: Layer, size: tuple[int, int]) -> Layer | None:
    """What a set of that size shows of a silhouette."""
    box = (
        max(0, -layer.left),
        max(0, -layer.top),
        min(layer.mask.width, size[0] - layer.left),
        min(layer.mask.height, size[1] - layer.top),
    )
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    corner = (max(0, layer.left), max(0, layer.top))
    return Layer(layer.mask.crop(box), *corner, layer.colour, layer.depth)


def _mirrored(piece: SetPiece) -> SetPiece:
    flip, width = Image.Transpose.FLIP_LEFT_RIGHT, piece.backdrop.width
    return SetPiece(
        piece.backdrop.transpose(flip),
        tuple(
            Layer(
                layer.mask.transpose(flip),
                width - layer.left - layer.mask.width,
                layer.top,
                layer.colour,
                layer.depth,
            )
            for layer in piece.layers
        ),
    )


def _rain(canvas: Canvas) -> None:
    drops: list[list[Point]] = []
    for x, y, size in canvas.rng.uniform(0, 1, (220, 3)).tolist():
        long, thick = 0.03 + 0.05 * size, 0.0005 + 0.0006 * size
        drops.append([(x, y), (x + thick, y), (x - long * 0.12, y + long)])
    canvas.silhouette(drops, colour=mix(canvas.palette.horizon, PAPER, 0.6), depth=0.7, blur=0.0008)


def _snow(canvas: Canvas) -> None:
    """Flakes far off, and fewer and larger ones before the camera."""
    for count, most, depth in ((240, 0.006, 0.4), (70, 0.013, 0.95)):
        flakes = []
        for x, y, share in canvas.rng.uniform(0, 1, (count, 3)).tolist():
            size = most * (0.35 + 0.65 * share) / canvas.narrow**0.4
            flakes.append(canvas.ellipse((x, y), size, size))
        canvas.silhouette(flakes, colour=mix(canvas.palette.horizon, PAPER, 0.8), depth=depth)


_FALLING: dict[str, Callable[[Canvas], None]] = {"rain": _rain, "snow": _snow}
