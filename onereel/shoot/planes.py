"""Planes: pictures as the encoder wants them, Y, U and V."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

__all__ = ["Box", "Planes", "Rgb", "flat_colour"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels; fractions count."""
Rgb = tuple[float, float, float]
"""Red, green, blue, 0 to 255, as displayed (BT.709 primaries, gamma-coded)."""

_QUICK = Image.Resampling.BILINEAR


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

    def seen(self, box: Box, width: int, height: int, way: Image.Resampling = _QUICK) -> Planes:
        """Look at the part `box` (in Y pixels, fractions count) at a size of `width` x `height`."""
        half = (box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2)
        return Planes(
            self.y.resize((width, height), way, box),
            self.u.resize((width // 2, height // 2), way, half),
            self.v.resize((width // 2, height // 2), way, half),
        )

    def lay_mask(
        self, mask: Image.Image, colour: tuple[int, int, int], corner: tuple[int, int]
    ) -> None:
        """Lay a flat Y, U, V colour through an L mask with even sides at an even corner."""
        half = (corner[0] // 2, corner[1] // 2)
        self.y.paste(colour[0], corner, mask)
        small = mask.reduce(2)
        self.u.paste(colour[1], half, small)
        self.v.paste(colour[2], half, small)

    def write(self, into: NDArray[np.uint8]) -> None:
        """Copy to an array of shape (height * 3 / 2, width), as PyAV takes yuv420p."""
        height, width = self.y.height, self.y.width
        into[:height] = np.asarray(self.y)
        chroma = into[height:].reshape(2, height // 2, width // 2)
        chroma[0], chroma[1] = np.asarray(self.u), np.asarray(self.v)

    def mixed(self, other: Planes, share: float) -> Planes:
        """This picture with `share` (0 to 1) of another of the same size over it."""
        return Planes(
            Image.blend(self.y, other.y, share),
            Image.blend(self.u, other.u, share),
            Image.blend(self.v, other.v, share),
        )


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
