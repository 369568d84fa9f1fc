"""Planes: pictures as the encoder wants them, Y, U and V, and drawing straight into them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .brush import Layer
from .look import Rgb

__all__ = ["Patch", "Planes", "flat_colour", "overlay_patches"]

_TILE = (16, 48)
"""Width and height in pixels: an overlay is mostly empty, so only its filled tiles are laid."""


@dataclass(frozen=True)
class Planes:
    """A picture in 4:2:0: Y of full size, U and V of half the width and height (L images).

    BT.709, limited range (ITU-R BT.709-6, section 3): Y 16 to 235, U and V 16 to 240.
    """

    y: Image.Image
    u: Image.Image
    v: Image.Image

    @classmethod
    def of(cls, picture: Image.Image) -> Planes:
        """Convert an RGB picture with even sides."""
        y, u, v = _converted(np.asarray(picture.convert("RGB"), np.float32))
        full = (Image.fromarray(_rounded(plane), "L") for plane in (y, u, v))
        luma, *chroma = full
        return cls(luma, chroma[0].reduce(2), chroma[1].reduce(2))

    def copy(self) -> Planes:
        """Copy the picture, to draw on it."""
        return Planes(self.y.copy(), self.u.copy(), self.v.copy())

    def seen(self, box: tuple[float, float, float, float], width: int, height: int) -> Planes:
        """Look at the part `box` (in Y pixels, fractions count) at a size of `width` x `height`."""
        half = (box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2)
        way = Image.Resampling.BILINEAR
        return Planes(
            self.y.resize((width, height), way, box),
            self.u.resize((width // 2, height // 2), way, half),
            self.v.resize((width // 2, height // 2), way, half),
        )

    def lay_flat(self, layer: Layer, box: tuple[float, float, float, float]) -> None:
        """Lay a silhouette over this frame, seen through `box` of the set."""
        scale = self.y.width / (box[2] - box[0])
        # Whole, even pixels of the frame that the mask covers fully; its own rim is empty.
        x0 = max(0, 2 * -int(-((layer.left - box[0]) * scale) // 2))
        y0 = max(0, 2 * -int(-((layer.top - box[1]) * scale) // 2))
        x1 = min(self.y.width, 2 * int((layer.left + layer.mask.width - box[0]) * scale // 2))
        y1 = min(self.y.height, 2 * int((layer.top + layer.mask.height - box[1]) * scale // 2))
        if x1 <= x0 or y1 <= y0:
            return
        source = (
            max(0.0, box[0] + x0 / scale - layer.left),
            max(0.0, box[1] + y0 / scale - layer.top),
            min(float(layer.mask.width), box[0] + x1 / scale - layer.left),
            min(float(layer.mask.height), box[1] + y1 / scale - layer.top),
        )
        mask = layer.mask.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR, source)
        self.lay_mask(mask, flat_colour(layer.colour), (x0, y0))

    def lay_mask(
        self, mask: Image.Image, colour: tuple[int, int, int], corner: tuple[int, int]
    ) -> None:
        """Lay a flat Y, U, V colour through an L mask with even sides at an even corner."""
        half = (corner[0] // 2, corner[1] // 2)
        self.y.paste(colour[0], corner, mask)
        small = mask.reduce(2)
        self.u.paste(colour[1], half, small)
        self.v.paste(colour[2], half, small)

    def lay(self, patch: Patch) -> None:
        """Lay a patch of an overlay."""
        half = (patch.left // 2, patch.top // 2)
        self.y.paste(patch.picture.y, (patch.left, patch.top), patch.mask)
        self.u.paste(patch.picture.u, half, patch.half_mask)
        self.v.paste(patch.picture.v, half, patch.half_mask)

    def write(self, into: NDArray[np.uint8]) -> None:
        """Copy to an array of shape (height * 3 / 2, width), as PyAV takes yuv420p."""
        height, width = self.y.height, self.y.width
        into[:height] = np.asarray(self.y)
        chroma = into[height:].reshape(2, height // 2, width // 2)
        chroma[0], chroma[1] = np.asarray(self.u), np.asarray(self.v)


@dataclass(frozen=True)
class Patch:
    """A rectangle of an overlay, at an even corner of the frame."""

    left: int
    top: int
    picture: Planes
    mask: Image.Image
    half_mask: Image.Image


def _rounded(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    rounded: NDArray[np.uint8] = np.clip(values + 0.5, 0, 255).astype(np.uint8)
    return rounded


def _converted(rgb: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        16 + luma * (219 / 255),
        128 + (blue - luma) * (224 / 255 / 1.8556),
        128 + (red - luma) * (224 / 255 / 1.5748),
    )


def flat_colour(colour: Rgb) -> tuple[int, int, int]:
    """Convert one colour to Y, U, V."""
    y, u, v = _converted(np.array([[colour]], np.float32))
    return (int(_rounded(y)[0, 0]), int(_rounded(u)[0, 0]), int(_rounded(v)[0, 0]))


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
