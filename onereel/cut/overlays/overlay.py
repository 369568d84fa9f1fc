"""What captions and presenters look like to the renderer: pictures laid over the film's frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation
from numpy.typing import NDArray

__all__ = ["Overlay", "Overlays", "Stencil"]


@dataclass(frozen=True)
class Overlay:
    """A picture with its place on the frame, in pixels from the top left corner.

    `key` names the look: equal keys promise equal pixels at the same place, so the renderer
    converts each key once. `image` is (height, width, 4) uint8: sRGB with straight alpha, or
    `premultiplied` by it, which is converted several times as fast: for what changes with every
    frame. It may hang over the frame's edges.
    """

    key: str
    x: int
    y: int
    image: NDArray[np.uint8] = field(compare=False, repr=False)
    premultiplied: bool = False


class Overlays(Protocol):
    """Whoever draws over the film."""

    @property
    def spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The times in seconds, end excluded, outside of which no frame is touched."""
        ...

    def overlays(self, time: Fraction) -> tuple[Overlay, ...]:
        """What lies over the frame that begins at `time` in seconds, the lowest first.

        Times are asked for in rising order.
        """
        ...

    def close(self) -> None:
        """Give back the files that are open."""
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
_KEEP = np.rint((255 - np.arange(256)) * 256 / 255).astype(np.uint16)
"""What alpha leaves of the picture, in 256ths."""

_Layer = tuple[NDArray[np.uint16], NDArray[np.uint16]]


class Stencil:
    """An overlay made ready for yuv420p frames of one size: done once, laid on many times."""

    def __init__(self, overlay: Overlay, width: int, height: int) -> None:
        """Convert `overlay` for frames of `width` x `height` pixels, both even."""
        self.key = overlay.key
        image, self._rows, self._columns = _aligned(overlay, width, height)
        if not image.size:
            self._layers: tuple[_Layer, ...] = ()
        elif overlay.premultiplied:
            self._layers = _premultiplied_layers(image)
        else:
            self._layers = _straight_layers(image)

    def lay_on(self, picture: NDArray[np.uint8]) -> None:
        """Blend into a yuv420p picture, (height * 3 / 2, width) as PyAV lays it out, in place."""
        if not self._layers:
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


def _aligned(overlay: Overlay, width: int, height: int) -> tuple[NDArray[np.uint8], slice, slice]:
    """What of an overlay lies on the frame, and where: the rows and the columns.

    Their edges are even, so that each chroma sample lies wholly inside or outside.
    """
    image = overlay.image
    left, top = overlay.x & ~1, overlay.y & ~1
    right = -(-(overlay.x + image.shape[1]) // 2) * 2
    bottom = -(-(overlay.y + image.shape[0]) // 2) * 2
    if (bottom - top, right - left) != image.shape[:2]:
        canvas = np.zeros((bottom - top, right - left, 4), np.uint8)
        y, x = overlay.y - top, overlay.x - left
        canvas[y : y + image.shape[0], x : x + image.shape[1]] = image
        image = canvas
    crop_y, crop_x = max(top, 0), max(left, 0)
    image = image[crop_y - top : max(height - top, 0), crop_x - left : max(width - left, 0)]
    rows = slice(crop_y, crop_y + image.shape[0])
    return image, rows, slice(crop_x, crop_x + image.shape[1])


def _straight_layers(image: NDArray[np.uint8]) -> tuple[_Layer, ...]:
    canvas = np.divide(image, np.float32(255), dtype=np.float32)
    alpha = canvas[..., 3:]
    planes = (canvas[..., :3] @ _BT709.T.astype(np.float32) + _ZERO) * alpha
    return (
        _weights(planes[..., 0], alpha[..., 0]),
        _weights(_halved(planes[..., 1]), _halved(alpha[..., 0])),
        _weights(_halved(planes[..., 2]), _halved(alpha[..., 0])),
    )


def _premultiplied_layers(image: NDArray[np.uint8]) -> tuple[_Layer, ...]:
    height, width = image.shape[:2]
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgba")
    converted = frame.reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, interpolation=Interpolation.AREA
    )
    colours = np.asarray(converted.to_ndarray(), np.uint8)
    chroma = colours[height:].reshape(2, height // 2, width // 2)
    alpha = image[..., 3]
    parts = alpha.astype(np.uint16)
    parts = parts[::2, ::2] + parts[1::2, ::2] + parts[::2, 1::2] + parts[1::2, 1::2]
    halved = ((parts + 2) >> 2).astype(np.uint8)
    return (
        _offset_weights(colours[:height], alpha, 16),
        _offset_weights(chroma[0], halved, 128),
        _offset_weights(chroma[1], halved, 128),
    )


def _offset_weights(plane: NDArray[np.uint8], alpha: NDArray[np.uint8], zero: int) -> _Layer:
    """As `_weights`, of a plane whose zero was added whole and not multiplied by alpha."""
    keep = _KEEP[alpha]
    colour = plane.astype(np.int32)
    colour -= zero
    colour <<= 8
    colour += 128 + zero * (256 - keep.astype(np.int32))
    np.clip(colour, 0, 65535 - 255 * keep.astype(np.int32), out=colour)
    return colour.astype(np.uint16), keep


def _halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = plane.shape
    halved: NDArray[np.float32] = plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    return halved


def _weights(plane: NDArray[np.float32], alpha: NDArray[np.float32]) -> _Layer:
    """Premultiplied colour and what is kept of the picture, in 256ths, rounding included.

    255 * 256 + 128 still fits 16 bits.
    """
    keep = np.rint((1 - alpha) * 256)
    colour = np.rint(plane * 256) + 128
    return np.minimum(colour, 65535 - 255 * keep).astype(np.uint16), keep.astype(np.uint16)
