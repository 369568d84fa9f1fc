"""What captions and cards look like to the renderer: pictures laid over the film's frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Overlay", "Overlays", "Stencil"]


@dataclass(frozen=True)
class Overlay:
    """A picture with its place on the frame, in pixels from the top left corner.

    `key` names the look: equal keys promise equal pixels at the same place, so the renderer
    converts each key once. `image` is (height, width, 4) uint8: sRGB with straight alpha. It may
    hang over the frame's edges.
    """

    key: str
    x: int
    y: int
    image: NDArray[np.uint8] = field(compare=False, repr=False)


class Overlays(Protocol):
    """Whoever draws over the film."""

    @property
    def spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The times in seconds, end excluded, outside of which no frame is touched."""
        ...

    def overlay(self, time: Fraction) -> Overlay | None:
        """What lies over the frame that begins at `time` in seconds; None where nothing does."""
        ...


# ITU-R BT.709, limited range: rows Y, Cb, Cr over R, G, B in 0 to 1.
_BT709 = np.array(
    [
        [0.2126 * 219, 0.7152 * 219, 0.0722 * 219],
        [-0.114572 * 224, -0.385428 * 224, 0.5 * 224],
        [0.5 * 224, -0.454153 * 224, -0.045847 * 224],
    ]
)
_ZERO = np.array([16, 128, 128])


class Stencil:
    """An overlay made ready for yuv420p frames of one size: done once, laid on many times."""

    def __init__(self, overlay: Overlay, width: int, height: int) -> None:
        """Convert `overlay` for frames of `width` x `height` pixels, both even."""
        self.key = overlay.key
        image = overlay.image
        # Even edges, so that each chroma sample lies wholly inside or outside.
        left, top = overlay.x & ~1, overlay.y & ~1
        right = -(-(overlay.x + image.shape[1]) // 2) * 2
        bottom = -(-(overlay.y + image.shape[0]) // 2) * 2
        canvas = np.zeros((bottom - top, right - left, 4), np.float32)
        y, x = overlay.y - top, overlay.x - left
        canvas[y : y + image.shape[0], x : x + image.shape[1]] = image / np.float32(255)
        crop_y, crop_x = max(top, 0), max(left, 0)
        canvas = canvas[crop_y - top : max(height - top, 0), crop_x - left : max(width - left, 0)]
        self._rows = slice(crop_y, crop_y + canvas.shape[0])
        self._columns = slice(crop_x, crop_x + canvas.shape[1])
        alpha = canvas[..., 3:]
        planes = (canvas[..., :3] @ _BT709.T.astype(np.float32) + _ZERO) * alpha
        self._layers = (
            _weights(planes[..., 0], alpha[..., 0]),
            _weights(_halved(planes[..., 1]), _halved(alpha[..., 0])),
            _weights(_halved(planes[..., 2]), _halved(alpha[..., 0])),
        )

    def lay_on(self, picture: NDArray[np.uint8]) -> None:
        """Blend into a yuv420p picture, (height * 3 / 2, width) as PyAV lays it out, in place."""
        if self._rows.start >= self._rows.stop or self._columns.start >= self._columns.stop:
            return
        height, width = picture.shape[0] * 2 // 3, picture.shape[1]
        chroma = picture[height:].reshape(2, height // 2, width // 2)
        rows = slice(self._rows.start // 2, self._rows.stop // 2)
        columns = slice(self._columns.start // 2, self._columns.stop // 2)
        patches = (
            picture[self._rows, self._columns],
            chroma[0, rows, columns],
            chroma[1, rows, columns],
        )
        for patch, (colour, keep) in zip(patches, self._layers, strict=True):
            patch[...] = (patch * keep + colour) >> 8


def _halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = plane.shape
    halved: NDArray[np.float32] = plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    return halved


def _weights(
    plane: NDArray[np.float32], alpha: NDArray[np.float32]
) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Premultiplied colour and what is kept of the picture, in 256ths, rounding included.

    255 * 256 + 128 still fits 16 bits.
    """
    keep = np.rint((1 - alpha) * 256)
    colour = np.rint(plane * 256) + 128
    return np.minimum(colour, 65535 - 255 * keep).astype(np.uint16), keep.astype(np.uint16)
