"""Sets that people built. Each painter returns where feet stand, as y in parts of the set."""

from __future__ import annotations

import math

import numpy as np

from .brush import Canvas, Point, mix
from .light import PAPER, open_sky, sun, sun_at

__all__ = ["city", "room", "stage"]


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


def room(canvas: Canvas) -> float:
    """A room with a window, shelves and a lamp."""
    p, floor = canvas.palette, 0.76
    wall = mix(p.far, p.middle, 0.4)
    canvas.gradient((0, mix(wall, p.near, 0.45)), (floor, wall), (1, wall))
    wood = mix(p.mid, p.near, 0.25)
    canvas.lay((canvas.y >= floor).astype(np.float32), wood)
    canvas.lay((canvas.y >= floor + 0.012) * np.float32(0.35), mix(p.mid, p.near, 0.7))
    left, right, top, bottom = 0.55, 0.78, 0.36, 0.65
    pane = mix(p.horizon, PAPER, 0.35)
    inside = (canvas.x > left) & (canvas.x < right) & (canvas.y > top) & (canvas.y < bottom)
    canvas.glow(((left + right) / 2, 0.51), 0.42, mix(p.accent, p.horizon, 0.5), 0.5)
    canvas.lay(inside.astype(np.float32), pane)
    canvas.lay((inside * np.clip((canvas.y - 0.48) * 2.2, 0, 0.6)).astype(np.float32), p.middle)
    bar = 0.004
    for edge in (left, (left + right) / 2, right):
        upright = (np.abs(canvas.x - edge) * canvas.aspect < bar * 1.6) & (canvas.y > top - bar)
        canvas.lay(
            (upright & (canvas.y < bottom + bar)).astype(np.float32), mix(p.mid, p.near, 0.4)
        )
    for edge in (top, top + 0.11, bottom):
        level = (np.abs(canvas.y - edge) < bar) & (canvas.x > left) & (canvas.x < right)
        canvas.lay(level.astype(np.float32), mix(p.mid, p.near, 0.4))
    # The window's light on the floor, slanted away from it.
    slant = canvas.x + (canvas.y - floor) * 0.9
    across = np.clip((slant - left) * 500, 0, 1) * np.clip((right - slant) * 500, 0, 1)
    along = np.clip((canvas.y - floor - 0.03) * 400, 0, 1) * np.clip((0.93 - canvas.y) * 400, 0, 1)
    canvas.lay((0.42 * across * along).astype(np.float32), mix(p.accent, pane, 0.5))
    broad = canvas.narrow**0.5
    shelf = [canvas.box(0.18, y, 0.44, y + 0.012) for y in (0.47, 0.6)]
    for y in (0.47, 0.6):
        x = 0.19
        while x < 0.425:
            wide, tall = (float(v) for v in canvas.rng.uniform((0.006, 0.035), (0.02, 0.085)))
            wide *= broad
            shelf.append(canvas.box(x, y - tall, min(x + wide, 0.435), y))
            x += wide + broad * float(canvas.rng.choice([0.002, 0.002, 0.03]))
    canvas.silhouette(shelf, colour=mix(p.mid, p.near, 0.35), depth=0.3)
    table = [canvas.box(-0.02, 0.83, 0.6, 0.852), canvas.box(0.5, 0.85, 0.516, 1.05)]
    lamp: list[Point] = [
        (0.24 + broad * x, y)
        for x, y in ((-0.03, 0.63), (0.03, 0.63), (0.055, 0.71), (-0.055, 0.71))
    ]
    stem, foot, cup = (
        canvas.box(x - broad * half, top, x + broad * half, bottom)
        for x, half, top, bottom in (
            (0.24, 0.003, 0.7, 0.84),
            (0.24, 0.025, 0.822, 0.835),
            (0.41, 0.0125, 0.795, 0.835),
        )
    )
    objects = [*table, lamp, stem, foot, cup]
    canvas.silhouette(objects, colour=p.near, depth=0.95, blur=0.0022)
    return 0.9


def stage(canvas: Canvas) -> float:
    """A studio for places that no word gives away: a cyclorama, a key light and a plinth."""
    p, floor = canvas.palette, 0.74
    wall = mix(p.middle, p.far, 0.35)
    canvas.gradient(
        (0, mix(wall, p.near, 0.5)),
        (floor - 0.1, wall),
        (floor + 0.1, mix(wall, p.horizon, 0.4)),
        (1, mix(p.far, p.mid, 0.4)),
    )
    canvas.glow((0.6, 0.5), 0.42, mix(p.horizon, PAPER, 0.35), 0.75)
    canvas.disc((0.62, 0.47), 0.2 / canvas.narrow**0.3, mix(p.accent, p.horizon, 0.35), 0.9)
    canvas.disc((0.37, 0.6), 0.1 / canvas.narrow**0.3, mix(p.middle, p.horizon, 0.5), 0.8)
    half = 0.1 * canvas.narrow**0.5
    high = 0.9 * half * canvas.aspect
    arch = [
        (0.7 + half * math.cos(t), 0.34 + high * (1 - math.sin(t)))
        for t in np.linspace(0, math.pi, 40)
    ]
    columns = [
        [*arch, (0.7 - half, 0.82), (0.7 + half, 0.82)],
        canvas.box(0.18, 0.56, 0.18 + 0.9 * half, 0.82),
    ]
    canvas.silhouette(columns, colour=mix(p.far, p.mid, 0.55), depth=0.35)
    steps = [canvas.box(-0.02, 0.82, 1.02, 1.05)]
    canvas.silhouette(steps, colour=mix(p.mid, p.near, 0.2), depth=0.5)
    curtain = canvas.ridge(0.885, 0.012, 2.0, waves=4)
    canvas.silhouette([canvas.below(curtain)], colour=p.near, depth=1.0, blur=0.004)
    return 0.84
