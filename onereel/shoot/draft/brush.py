"""A brush for sets: gradients, glows, ridges and silhouettes on a canvas larger than the frame."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from ..planes import Rgb
from .look import Palette

__all__ = ["Canvas", "Layer", "Point", "SetPiece", "mix"]

Point = tuple[float, float]
"""In parts of the set: x from the left, y from the top, both 0 to 1."""

_COARSE = 2
"""The backdrop is soft, so it is painted at half its size."""
_WIDE = 16 / 9
_SUPERSAMPLING = 2


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """The colour `share` (0 to 1) of the way from `a` to `b`."""
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )


@dataclass(frozen=True)
class Layer:
    """A flat silhouette: an L mask whose corner is at (`left`, `top`) of the set, in pixels.

    `depth` is 0 far away and 1 right before the camera.
    """

    mask: Image.Image
    left: int
    top: int
    colour: Rgb
    depth: float


@dataclass(frozen=True)
class SetPiece:
    """A painted set: an RGB backdrop, and silhouettes from far to near."""

    backdrop: Image.Image
    layers: tuple[Layer, ...]


class Canvas:
    """A set in the making: `width` x `height` pixels, `aspect` of the frame seen in it."""

    def __init__(self, width: int, height: int, *, palette: Palette, rng: np.random.Generator):
        self.width, self.height, self.palette, self.rng = width, height, palette, rng
        self.aspect = width / height
        self.narrow = _WIDE / self.aspect
        """How many times narrower than 16:9 the set is: what is as wide there is `narrow` times as
        large a part of the width here."""
        shape = (height // _COARSE, width // _COARSE)
        self._paint: NDArray[np.float32] = np.zeros((*shape, 3), np.float32)
        ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
        self.x, self.y = (xs + 0.5) / shape[1], (ys + 0.5) / shape[0]
        self._layers: list[Layer] = []

    def gradient(self, *stops: tuple[float, Rgb]) -> None:
        """Fill with a vertical gradient through (y, colour) stops."""
        at = [stop[0] for stop in stops]
        for channel in range(3):
            values = np.interp(self.y[:, 0], at, [stop[1][channel] for stop in stops])
            self._paint[..., channel] = values[:, None]

    def lay(self, coverage: NDArray[np.float32], colour: Rgb) -> None:
        """Lay a colour over the backdrop where `coverage` (0 to 1, the backdrop's shape) says."""
        self._paint += (np.asarray(colour, np.float32) - self._paint) * coverage[..., None]

    def distance(self, at: Point) -> NDArray[np.float32]:
        """How far each point is from `at`, in heights of the set."""
        far: NDArray[np.float32] = np.hypot((self.x - at[0]) * self.aspect, self.y - at[1])
        return far

    def glow(self, at: Point, radius: float, colour: Rgb, strength: float) -> None:
        """Lay a soft light around `at`; `radius` in heights of the set."""
        self.lay(strength * np.exp(-((self.distance(at) / radius) ** 2)), colour)

    def stripe(self, x: float, half_width: float, colour: Rgb, foot: float) -> None:
        """Lay an upright stripe that fades out above `foot`; `half_width` in heights of the set."""
        high, wide = self._paint.shape[:2]
        reach = math.ceil(half_width * high) + 3
        part = (slice(None), slice(max(0, round(x * wide) - reach), round(x * wide) + reach))
        near = (half_width - np.abs(self.x[part] - x) * self.aspect) * high + 0.5
        coverage = np.clip(near, 0, 1) * np.clip((foot - self.y[part]) * 6, 0, 1)
        paint = self._paint[part]
        paint += (np.asarray(colour, np.float32) - paint) * coverage[..., None]

    def disc(self, at: Point, radius: float, colour: Rgb, strength: float = 1.0) -> None:
        """Lay a sharp disc; `radius` in heights of the set."""
        high, wide = self._paint.shape[:2]
        reach = math.ceil(radius * high) + 2
        x, y = round(at[0] * wide), round(at[1] * high)
        # Only its own square: a night sky has hundreds of them.
        part = (slice(max(0, y - reach), y + reach), slice(max(0, x - reach), x + reach))
        far = np.hypot((self.x[part] - at[0]) * self.aspect, self.y[part] - at[1])
        coverage = strength * np.clip((radius - far) * high + 0.5, 0, 1)
        paint = self._paint[part]
        paint += (np.asarray(colour, np.float32) - paint) * coverage[..., None]

    def ridge(self, base: float, height: float, roughness: float, waves: int = 24) -> list[Point]:
        """A skyline from edge to edge around y = `base`, as points.

        `roughness` is the exponent of its spectrum: 1 jagged, 2 rolling.
        """
        x = np.linspace(-0.02, 1.02, 400)
        k = np.arange(1, waves + 1)[:, None]
        phases = self.rng.uniform(0, 2 * math.pi, (waves, 1))
        weights = self.rng.normal(1.0, 0.35, (waves, 1)) / k**roughness
        line = (weights * np.sin(k * math.pi * 1.3 / self.narrow * x + phases)).sum(axis=0)
        line /= np.abs(line).max()
        return [(float(px), base - height * float(py)) for px, py in zip(x, line, strict=True)]

    def below(self, skyline: list[Point]) -> list[Point]:
        """Close a skyline to a polygon that reaches the set's foot."""
        return [*skyline, (1.02, 1.05), (-0.02, 1.05)]

    def haze(self, skyline: list[Point], colour: Rgb, foot: Rgb, depth: float = 0.35) -> None:
        """Paint a far ridge into the backdrop, paling over `depth` of the set below its peak."""
        xs, ys = zip(*skyline, strict=True)
        line = np.interp(self.x[0], xs, ys)[None, :]
        coverage = np.clip((self.y - line) * self._paint.shape[0] + 0.5, 0, 1).astype(np.float32)
        self.lay(coverage, colour)
        mist = np.clip((self.y - min(ys)) / depth, 0, 1) * 0.85
        self.lay((coverage * mist).astype(np.float32), foot)

    def silhouette(
        self,
        polygons: Iterable[list[Point]],
        *,
        colour: Rgb,
        depth: float,
        blur: float = 0.0,
        holes: Iterable[list[Point]] = (),
        hole_strength: float = 0.5,
    ) -> None:
        """Add a layer of flat polygons; `blur` in parts of the set's shorter side."""
        scale = _SUPERSAMPLING
        mask = Image.new("L", (self.width * scale, self.height * scale))
        pen = ImageDraw.Draw(mask)
        for polygon in polygons:
            pen.polygon(self._pixels(polygon, scale), fill=255)
        for hole in holes:
            pen.polygon(self._pixels(hole, scale), fill=round(255 * (1 - hole_strength)))
        self.add(mask.reduce(scale), colour=colour, depth=depth, blur=blur)

    def add(self, mask: Image.Image, *, colour: Rgb, depth: float, blur: float = 0.0) -> None:
        """Add a layer by its mask of the set's size."""
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * min(self.width, self.height)))
        box = mask.getbbox()
        if box is None:
            return
        pad = 4
        left, top = max(0, box[0] - pad), max(0, box[1] - pad)
        right, bottom = min(self.width, box[2] + pad), min(self.height, box[3] + pad)
        cropped = mask.crop((left, top, right, bottom))
        self._layers.append(Layer(cropped, left, top, colour, depth))

    def _pixels(self, polygon: list[Point], scale: int) -> list[tuple[float, float]]:
        return [(x * self.width * scale, y * self.height * scale) for x, y in polygon]

    def ellipse(self, at: Point, width: float, height: float) -> list[Point]:
        """An ellipse as a polygon; `width` and `height` in heights of the set."""
        turns = np.linspace(0, 2 * math.pi, 48, endpoint=False)
        return [
            (at[0] + math.cos(t) * width / 2 / self.aspect, at[1] + math.sin(t) * height / 2)
            for t in turns.tolist()
        ]

    def box(self, left: float, top: float, right: float, bottom: float) -> list[Point]:
        """An upright rectangle."""
        return [(left, top), (right, top), (right, bottom), (left, bottom)]

    def finish(self, grain: float = 1.6) -> SetPiece:
        """Deliver the set. `grain` (in steps of 255) breaks up the bands of an 8-bit gradient."""
        coarse = Image.fromarray(np.clip(self._paint, 0, 255).astype(np.uint8), "RGB")
        soft = coarse.resize((self.width, self.height), Image.Resampling.BICUBIC)
        # In place: at 1080p each copy of this would be 40 MB.
        pixels = np.array(soft, np.float32)
        pixels += grain * self.rng.standard_normal((*pixels.shape[:2], 1), np.float32) + 0.5
        np.clip(pixels, 0, 255, out=pixels)
        backdrop = Image.fromarray(pixels.astype(np.uint8), "RGB")
        return SetPiece(backdrop, tuple(self._layers))
