"""A city. The painter returns where feet stand, as y in parts of the set."""

from __future__ import annotations

from .brush import Canvas, Point, mix
from .light import open_sky, sun, sun_at

__all__ = ["city"]


def city(canvas: Canvas) -> float:
    """Roofs behind roofs, some windows lit."""
    p = canvas.palette
    open_sky(canvas, 0.72)
    sun(canvas, sun_at(canvas, 0.36, 0.46), 0.06)
    for share, low, high in ((0.55, 0.4, 0.58), (0.25, 0.46, 0.64)):
        skyline = _skyline(canvas, low, high, 0.03, 0.07)
        canvas.haze(skyline, mix(p.far, p.horizon, share), mix(p.horizon, p.accent, 0.2), 0.5)
    mid = _skyline(canvas, 0.46, 0.7, 0.035, 0.085)
    canvas.silhouette(
        [canvas.below(mid), *_roof_things(canvas, mid)],
        holes=_windows(canvas, mid, 0.93),
        hole_strength=0.75,
        colour=mix(p.mid, p.near, 0.15),
        depth=0.45,
    )
    near = _skyline(canvas, 0.78, 0.87, 0.06, 0.16)
    left = canvas.box(-0.02, 0.46, 0.17, 1.05)
    right = canvas.box(0.855, 0.56, 1.02, 1.05)
    canvas.silhouette([canvas.below(near), left, right], colour=p.near, depth=0.95, blur=0.0025)
    return 0.86


def _skyline(canvas: Canvas, low: float, high: float, narrow: float, broad: float) -> list[Point]:
    points: list[Point] = []
    x = -0.02
    while x < 1.02:
        width = float(canvas.rng.uniform(narrow, broad)) * canvas.narrow**0.6
        top = float(canvas.rng.uniform(low, high))
        points += [(x, top), (x + width - 1e-4, top)]
        x += width
    return points


def _roof_things(canvas: Canvas, skyline: list[Point]) -> list[list[Point]]:
    """Masts, lift houses and water tanks, on some of the roofs."""
    things: list[list[Point]] = []
    for (left, top), (right, _) in zip(skyline[::2], skyline[1::2], strict=True):
        kind, at = canvas.rng.random(), left + (right - left) * float(canvas.rng.uniform(0.2, 0.7))
        thin = 0.0016 * canvas.narrow
        if kind < 0.35:
            high = float(canvas.rng.uniform(0.03, 0.075))
            things.append(canvas.box(at, top - high, at + thin, top + 0.01))
            things.append(
                canvas.box(at - thin * 3, top - high * 0.7, at + thin * 4, top - high * 0.67)
            )
        elif kind < 0.6:
            things.append(canvas.box(at, top - 0.018, at + (right - left) * 0.26, top + 0.01))
        elif kind < 0.75:
            tank = 0.02 * canvas.narrow
            things.append(canvas.box(at, top - 0.04, at + tank, top - 0.012))
            things += [
                canvas.box(at + leg, top - 0.014, at + leg + thin, top + 0.01)
                for leg in (0.0, tank - thin)
            ]
    return things


def _windows(canvas: Canvas, skyline: list[Point], foot: float) -> list[list[Point]]:
    found: list[list[Point]] = []
    pitch_x, pitch_y = 0.0126 * canvas.narrow, 0.024
    for (left, top), (right, _) in zip(skyline[::2], skyline[1::2], strict=True):
        columns = int((right - left) / pitch_x - 0.75)
        rows = int((foot - top) / pitch_y) - 1
        first = (left + right - columns * pitch_x) / 2 + pitch_x / 4
        for column in range(columns):
            for row in range(1, rows):
                if canvas.rng.random() < 0.16:
                    x, y = first + column * pitch_x, top + row * pitch_y
                    found.append(canvas.box(x, y, x + pitch_x * 0.5, y + pitch_y * 0.5))
    return found
