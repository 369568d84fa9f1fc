"""What a presenter looks like: scaled and tilted as it speaks, in a circle, a panel or alone."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...home import Home
from ...values import digest
from ..plan import Presenter
from .figures import Figure, MovingFigure, Pixels, StillFigure
from .keying import ColourKey
from .overlay import Overlay
from .placing import MOST_SCALE, Box

__all__ = ["Avatar"]

_TILT_OF_CIRCLE, _TILT = math.radians(2), math.radians(1)
"""How far a presenter is tilted when its voice is loudest. What has corners is turned less, since
turning shows what lies beyond them."""
_PAD = 4
"""Pixels that a picture is continued beyond its edges, where posing looks for them."""
_FINE = 2
"""How much larger than seen a moving picture is kept: posing it is twice as fast, and as sharp."""
_OUTSIDE = 2
"""Pixels around a circle, for its soft edge."""

_GROUND = np.array([30, 33, 40, 255], np.float32)
_RING = np.array([245, 245, 245, 255], np.float32)
_RING_WIDTH, _ROUND = 0.012, 0.06
"""The edge's width and the radius of a panel's corners, of its shorter side."""


class Avatar:
    """One presenter, drawn for any moment of its line."""

    def __init__(self, presenter: Presenter, box: Box, *, home: Home) -> None:
        """Prepare it.

        Raises:
            ReplaceMedia: the picture or the clip is missing or damaged.
        """
        self._presenter = presenter
        circle = presenter.place == "corner circle"
        self._tilt = _TILT_OF_CIRCLE if circle else _TILT
        zoom = _zoom(box, self._tilt) if presenter.moves and not circle else 1.0
        self._fine = _FINE if presenter.moves and presenter.is_picture else 1
        size = _even_up(box.width * zoom * self._fine), _even_up(box.height * zoom * self._fine)
        path = home.path(presenter.media)
        key = ColourKey.of(presenter.key) if presenter.key else None
        kind = StillFigure if presenter.is_picture else MovingFigure
        self._figure: Figure = kind(path, size, key=key, whole=presenter.place == "full frame")
        self._box = _grown(box) if circle else box
        self._frame = None if presenter.place == "full frame" else _Frame(box, self._box, circle)
        self._name = f"presenter:{digest(presenter, box.x, box.y, box.width, box.height)}"
        self._padded: tuple[int, Image.Image] | None = None
        self._drawn: Overlay | None = None

    def close(self) -> None:
        """Give the clip's file back."""
        self._figure.close()

    def overlay(
        self, moment: Fraction, spoken: Fraction, *, lean: float, opacity: Fraction
    ) -> Overlay:
        """The presenter, `moment` seconds after its line of `spoken` seconds began.

        `lean` is `Pulse.lean`; `opacity` is 0 to 1.

        Raises:
            ReplaceMedia: the clip is damaged there.
        """
        lean = lean if self._presenter.moves else 0.0
        number = self._figure.number(moment, spoken)
        key = f"{self._name}:{number}:{lean}:{opacity}"
        if self._drawn is None or self._drawn.key != key:
            image = self._image(number, lean)
            if opacity < 1:
                image = (image.astype(np.uint16) * round(opacity * 256) >> 8).astype(np.uint8)
            self._drawn = Overlay(key, self._box.x, self._box.y, image, premultiplied=True)
        return self._drawn

    def _image(self, number: int, lean: float) -> Pixels:
        size = self._box.width, self._box.height
        pixels = self._figure.pixels(number)
        if self._presenter.moves or pixels.shape[1::-1] != size:
            if self._padded is None or self._padded[0] != number:
                self._padded = number, _padded(pixels)
            pixels = _posed(self._padded[1], size, self._fine, lean, self._tilt)
        return self._frame.set(pixels, lean) if self._frame else pixels


class _Frame:
    """The shape that a presenter is seen in, with its thin edge."""

    def __init__(self, box: Box, patch: Box, circle: bool) -> None:
        """A circle in `box`, or a panel that fills it, on a `patch` around the same middle."""
        short = min(box.width, box.height)
        radius = short / 2 if circle else _ROUND * short
        self._ring = max(_RING_WIDTH * short, 1.5)
        self._growth = MOST_SCALE * short / 2 if circle else 0.0
        beyond_x = _from_middle(patch.width) - (box.width / 2 - radius)
        beyond_y = _from_middle(patch.height)[:, None] - (box.height / 2 - radius)
        corner = np.hypot(np.maximum(beyond_x, 0), np.maximum(beyond_y, 0))
        side = np.minimum(np.maximum(beyond_x, beyond_y), 0)
        self._distance = (corner + side - radius).astype(np.float32)[..., None]
        """To the edge at rest, in pixels; negative inside."""

    def set(self, image: Pixels, lean: float) -> Pixels:
        """Set a posed picture into the frame."""
        distance = self._distance - np.float32(self._growth * abs(lean))
        inside = np.clip(0.5 - distance, 0, 1)
        ring = np.clip(distance + np.float32(self._ring + 0.5), 0, 1)
        seen = image.astype(np.float32)
        seen += _GROUND * (1 - seen[..., 3:] / 255)
        seen += (_RING - seen) * ring
        seen *= inside
        return np.rint(seen).astype(np.uint8)


def _padded(pixels: Pixels) -> Image.Image:
    wide = np.pad(pixels, ((_PAD, _PAD), (_PAD, _PAD), (0, 0)), "edge")
    size = wide.shape[1], wide.shape[0]
    return Image.frombuffer("RGBa", size, wide.tobytes(), "raw", "RGBa", 0, 1)


def _posed(
    picture: Image.Image, size: tuple[int, int], fine: int, lean: float, tilt: float
) -> Pixels:
    """Scale and tilt a picture around its middle, which is put into the middle of `size`.

    `fine` pixels of the picture are one at rest; then the cheaper filter does.
    """
    scale = (1 + MOST_SCALE * abs(lean)) / fine
    cos, sin = math.cos(tilt * lean) / scale, math.sin(tilt * lean) / scale
    x, y = size[0] / 2, size[1] / 2
    there = (
        *(cos, sin, picture.width / 2 - cos * x - sin * y),
        *(-sin, cos, picture.height / 2 + sin * x - cos * y),
    )
    sampling = Image.Resampling.BILINEAR if fine > 1 else Image.Resampling.BICUBIC
    posed = picture.transform(size, Image.Transform.AFFINE, there, sampling)
    pixels = np.asarray(posed, np.uint8)
    return np.minimum(pixels, pixels[..., 3:])


def _zoom(box: Box, tilt: float) -> float:
    """How much larger than its box a picture must be, so that no pose shows what is beyond it."""
    ratio = max(box.width, box.height) / min(box.width, box.height)
    leans = [step / 16 for step in range(17)]
    turned = (math.cos(tilt * lean) + ratio * math.sin(tilt * lean) for lean in leans)
    grown = (1 + MOST_SCALE * lean for lean in leans)
    return max(one / other for one, other in zip(turned, grown, strict=True))


def _grown(box: Box) -> Box:
    """The box with room on every side for a circle's growth and soft edge; of even pixels."""
    more = (math.ceil(MOST_SCALE * box.width / 2) + _OUTSIDE + 1) // 2 * 2
    return Box(box.x - more, box.y - more, box.width + 2 * more, box.height + 2 * more)


def _even_up(length: float) -> int:
    return math.ceil(length / 2) * 2


def _from_middle(length: int) -> NDArray[np.float64]:
    """The distance of every pixel's middle from the middle of the row."""
    distance: NDArray[np.float64] = np.abs(np.arange(length) + 0.5 - length / 2)
    return distance
