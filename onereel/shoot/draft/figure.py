"""The stand-in: a lay figure on a third, as large as the shot's size asks, with a rim of light."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .brush import Canvas, mix

__all__ = ["add_figure"]

_BODY = (
    # Half the outline of a standing figure, from the neck down: x and y in figure heights.
    (0.032, 0.11), (0.034, 0.148), (0.042, 0.164), (0.082, 0.182), (0.112, 0.2), (0.126, 0.235),
    (0.13, 0.27), (0.134, 0.36),
    (0.128, 0.47), (0.112, 0.475), (0.1, 0.36), (0.09, 0.31), (0.085, 0.42), (0.095, 0.52),
    (0.09, 0.7), (0.078, 0.85), (0.072, 0.965), (0.085, 1.0), (0.022, 1.0), (0.02, 0.85),
    (0.006, 0.56),
)  # fmt: skip
_HEAD = (0.068, 0.051, 0.068)
"""Centre y, half width and half height of the head, in figure heights."""
_SIZES = {
    # Figure height and where its head's top is, both in frames of the set; None: feet on ground.
    "wide": (0.26, None),
    "wide, in a room": (0.46, None),
    "medium": (0.95, 0.4),
    "close": (2.0, 0.36),
}

_BEHIND = 0.9
"""How large the second of two is beside the first."""


def add_figure(
    canvas: Canvas, *, shot: str, ground: float, indoors: bool, behind: bool = False
) -> None:
    """Stand a figure on the right third; `ground` is where feet are in a wide shot, as y. One
    `behind` it stands to its left, a little farther away.

    In a room somebody is as tall as its doors, and nearer than under the sky.
    """
    wide_shot = shot == "wide"
    height, head_top = _SIZES["wide, in a room" if wide_shot and indoors else shot]
    # A tall frame shows a person larger, a wide one leaves more room around.
    height *= (
        min(1.0, 0.55 + 0.45 * canvas.aspect)
        if not wide_shot
        else min(1.0, 0.6 + 0.4 * canvas.aspect)
    )
    height *= _BEHIND if behind else 1.0
    feet = ground + (0.005 if behind else 0.02)
    top = feet - height if head_top is None else head_top + (0.05 if behind else 0.0)
    centre = 0.5 + (1 / 6) / 1.26
    if behind:
        # In a wide shot two stand together, in a nearer one on both thirds.
        centre -= 0.38 * height / canvas.aspect if wide_shot else (1 / 3) / 1.26
    scale = 2
    mask = Image.new("L", (canvas.width * scale, canvas.height * scale))
    pen = ImageDraw.Draw(mask)
    unit = height * canvas.height * scale
    x0, y0 = centre * canvas.width * scale, top * canvas.height * scale
    half = [(x * unit, y0 + y * unit) for x, y in _BODY]
    pen.polygon([(x0 + x, y) for x, y in half] + [(x0 - x, y) for x, y in reversed(half)], fill=255)
    y, wide, high = (value * unit for value in _HEAD)
    turns = [i * math.pi / 32 for i in range(64)]
    # An egg, narrower at the chin than at the crown.
    egg = [
        (x0 + math.cos(t) * wide * (1 - 0.12 * math.sin(t)), y0 + y + math.sin(t) * high)
        for t in turns
    ]
    pen.polygon(egg, fill=255)
    whole = _rounded(mask, unit * 0.007).reduce(scale)
    p = canvas.palette
    depth = (0.6 if wide_shot else 0.8) - (0.05 if behind else 0.0)
    canvas.add(whole, colour=mix(p.near, p.mid, 0.4 if behind else 0.25), depth=depth)
    # What the figure loses when it is shifted away from the light is its lit edge.
    shift = max(1, round(unit / scale * 0.009))
    shifted = ImageChops.offset(whole, -shift, shift // 3)
    lit = ImageChops.subtract(whole, shifted.filter(ImageFilter.GaussianBlur(shift * 0.45)))
    canvas.add(lit.point(lambda v: v * 8 // 10), colour=mix(p.accent, p.horizon, 0.4), depth=depth)


def _rounded(mask: Image.Image, radius: float) -> Image.Image:
    """Round a mask's corners: blurred, then cut again at half its height."""
    blurred = mask.filter(ImageFilter.GaussianBlur(radius))
    return blurred.point(lambda value: min(255, max(0, (value - 128) * 8 + 128)))
