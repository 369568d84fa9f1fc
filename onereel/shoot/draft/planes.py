"""Drawing straight into the planes of a draft's frames: silhouettes and overlays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from ..planes import Box, Planes, flat_colour
from .brush import Layer

__all__ = ["Patch", "lay_flat", "lay_patch", "overlay_patches"]

_TILE = (16, 48)
"""Width and height in pixels: an overlay is mostly empty, so only its filled tiles are laid."""


@dataclass(frozen=True)
class Patch:
    """A rectangle of an overlay, at an even corner of the frame."""

    left: int
    top: int
    picture: Planes
    mask: Image.Image
    half_mask: Image.Image


def lay_flat(frame: Planes, layer: Layer, box: Box) -> None:
    """Lay a silhouette over a frame, seen through `box` of the set."""
    scale = frame.y.width / (box[2] - box[0])
    # Whole, even pixels of the frame that the mask covers fully; its own rim is empty.
    x0 = max(0, 2 * -int(-((layer.left - box[0]) * scale) // 2))
    y0 = max(0, 2 * -int(-((layer.top - box[1]) * scale) // 2))
    x1 = min(frame.y.width, 2 * int((layer.left + layer.mask.width - box[0]) * scale // 2))
    y1 = min(frame.y.height, 2 * int((layer.top + layer.mask.height - box[1]) * scale // 2))
    if x1 <= x0 or y1 <= y0:
        return
    source = (
        max(0.0, box[0] + x0 / scale - layer.left),
        max(0.0, box[1] + y0 / scale - layer.top),
        min(float(layer.mask.width), box[0] + x1 / scale - layer.left),
        min(float(layer.mask.height), box[1] + y1 / scale - layer.top),
    )
    mask = layer.mask.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR, source)
    frame.lay_mask(mask, flat_colour(layer.colour), (x0, y0))


def lay_patch(frame: Planes, patch: Patch) -> None:
    """Lay a patch of an overlay on a frame."""
    half = (patch.left // 2, patch.top // 2)
    frame.y.paste(patch.picture.y, (patch.left, patch.top), patch.mask)
    frame.u.paste(patch.picture.u, half, patch.half_mask)
    frame.v.paste(patch.picture.v, half, patch.half_mask)


def overlay_patches(overlay: Image.Image) -> tuple[Patch, ...]:
    """Cut an RGBA overlay of the frame's size into the patches that are not empty."""
    alpha = np.asarray(overlay.getchannel("A"))
    found: list[Patch] = []
    wide, high = _TILE
    for top in range(0, overlay.height, high):
        columns = alpha[top : top + high].max(axis=0)
        tiles = [bool(columns[x : x + wide].any()) for x in range(0, overlay.width, wide)]
        start = None
        for number, full in enumerate([*tiles, False]):
            if full and start is None:
                start = number
            elif not full and start is not None:
                right = min(number * wide, overlay.width)
                bottom = min(top + high, overlay.height)
                found.append(_patch(overlay, (start * wide, top, right, bottom)))
                start = None
    return tuple(found)


def _patch(overlay: Image.Image, box: tuple[int, int, int, int]) -> Patch:
    part = overlay.crop(box)
    mask = part.getchannel("A")
    return Patch(box[0], box[1], Planes.of(part), mask, mask.reduce(2))
