"""Sets under an open sky. Each painter returns where feet stand, as y in parts of the set."""

from __future__ import annotations

import numpy as np

from .brush import Canvas, Point, mix
from .light import PAPER, open_sky, reeds, sun, sun_at

__all__ = ["desert", "field", "forest", "mountain", "river", "sea"]


def sea(canvas: Canvas) -> float:
    """A coast with the light's path on the water."""
    p, horizon = canvas.palette, 0.6
    open_sky(canvas, horizon)
    light = sun_at(canvas, 0.48, 0.54)
    sun(canvas, light, 0.055)
    canvas.haze(canvas.ridge(horizon - 0.012, 0.018, 1.4), mix(p.far, p.horizon, 0.35), p.horizon)
    depth = np.clip((canvas.y - horizon) / (1 - horizon), 0, 1)
    water = (canvas.y >= horizon).astype(np.float32)
    canvas.lay(water, mix(p.far, p.horizon, 0.25))
    canvas.lay((water * depth**0.6).astype(np.float32), p.mid)
    # Waves shorten towards the horizon, so their phase runs with the inverse of the depth.
    phase = 9.0 / (depth + 0.06)
    along = canvas.x / canvas.narrow
    swell = np.sin(phase * 4 + 3 * np.sin(along * 17) + 2 * np.sin(along * 41 + phase))
    path = np.exp(-(((canvas.x - light[0]) * canvas.aspect / (0.05 + 0.22 * depth)) ** 2))
    glint = water * path * np.clip(swell * 1.6 - 0.35, 0, 1)
    canvas.lay((0.85 * glint).astype(np.float32), mix(p.accent, PAPER, 0.4))
    canvas.lay((0.16 * water * np.clip(swell, 0, 1)).astype(np.float32), p.horizon)
    rocks = canvas.ridge(0.845, 0.03, 1.1)
    canvas.silhouette([canvas.below(rocks)], colour=mix(p.mid, p.near, 0.55), depth=0.55)
    if canvas.rng.integers(2):
        _boat(canvas)
    near = (_cliff, _pier)[int(canvas.rng.integers(2))](canvas)
    canvas.silhouette(near, colour=p.near, depth=0.95, blur=0.0022)
    return 0.86


def _boat(canvas: Canvas) -> None:
    """Two sails over a hull, far out on the left."""
    p, wide = canvas.palette, canvas.narrow**0.6
    shapes: list[list[Point]] = [
        [(0.47 + wide * x, y) for x, y in outline]
        for outline in (
            ((-0.022, 0.612), (0.026, 0.612), (0.019, 0.626), (-0.015, 0.626)),
            ((0.002, 0.525), (0.002, 0.606), (-0.021, 0.606)),
            ((0.005, 0.54), (0.005, 0.606), (0.022, 0.606)),
        )
    ]
    canvas.silhouette(shapes, colour=mix(p.mid, p.near, 0.3), depth=0.25)


def _cliff(_canvas: Canvas) -> list[list[Point]]:
    """What falls to the water on the left."""
    cliff: list[Point] = [(-0.02, 0.61), (0.1, 0.62), (0.17, 0.64), (0.205, 0.67), (0.22, 0.73)]
    cliff += [(0.27, 0.76), (0.3, 0.83), (0.38, 0.855), (0.47, 0.88), (0.6, 1.05), (-0.02, 1.05)]
    return [cliff]


def _pier(canvas: Canvas) -> list[list[Point]]:
    """A pier that comes in from the left, on posts, with a lamp at its end."""
    wide = canvas.narrow**0.6
    end = 0.1 + 0.26 * wide
    parts: list[list[Point]] = [[(-0.02, 0.72), (end, 0.7), (end, 0.716), (-0.02, 0.75)]]
    for share in (0.2, 0.42, 0.62, 0.8, 0.96):
        x, half = end * share, (0.0065 - 0.003 * share) * wide
        parts.append(canvas.box(x - half, 0.71, x + half, 0.9 - 0.07 * share))
    thin = 0.0022 * wide
    parts.append(canvas.box(end - 0.012 * wide - thin, 0.58, end - 0.012 * wide + thin, 0.71))
    parts.append(canvas.ellipse((end - 0.012 * wide, 0.575), 0.022, 0.022))
    parts.append(canvas.below(canvas.ridge(0.93, 0.02, 1.4)))
    return parts


def river(canvas: Canvas) -> float:
    """A lake or a river between hills."""
    p, horizon = canvas.palette, 0.56
    open_sky(canvas, horizon)
    light = sun_at(canvas, 0.34, 0.44)
    sun(canvas, light, 0.05)
    canvas.haze(canvas.ridge(0.5, 0.09, 1.5), mix(p.far, p.horizon, 0.45), p.horizon)
    canvas.haze(canvas.ridge(0.555, 0.03, 1.2), p.far, mix(p.far, p.horizon, 0.5))
    mirror = np.clip((canvas.y - horizon) / (1 - horizon), 0, 1)
    water = (canvas.y >= horizon + 0.02).astype(np.float32)
    canvas.lay(water, mix(p.horizon, p.middle, 0.35))
    canvas.lay((water * mirror * 0.9).astype(np.float32), mix(p.middle, p.mid, 0.6))
    ripple = np.clip(
        np.sin(70 * mirror**0.5 * (1 + 0.02 * np.sin(9 * canvas.x / canvas.narrow))) - 0.7, 0, 1
    )
    shine = np.exp(-(((canvas.x - light[0]) * canvas.aspect / 0.12) ** 2)) + 0.15
    canvas.lay((water * ripple * shine).astype(np.float32), mix(p.accent, PAPER, 0.5))
    bank = canvas.ridge(0.82, 0.03, 1.3)
    canvas.silhouette([canvas.below(bank)], colour=mix(p.mid, p.near, 0.5), depth=0.5)
    reeds(canvas, base=0.875, tall=0.22, count=90)
    return 0.83


def desert(canvas: Canvas) -> float:
    """Dunes."""
    p, horizon = canvas.palette, 0.58
    open_sky(canvas, horizon)
    sun(canvas, sun_at(canvas, 0.3, 0.42), 0.07)
    for step in range(3):
        colour = mix(mix(p.accent, p.far, 0.7), p.horizon, 0.5 - 0.2 * step)
        line = canvas.ridge(0.57 + 0.05 * step, 0.02 + 0.012 * step, 2.2, waves=7)
        canvas.haze(line, colour, mix(colour, p.horizon, 0.5), 0.2)
    dune = canvas.ridge(0.76, 0.05, 2.4, waves=5)
    canvas.silhouette([canvas.below(dune)], colour=mix(p.far, p.mid, 0.6), depth=0.5)
    near = canvas.ridge(0.87, 0.04, 2.6, waves=4)
    canvas.silhouette([canvas.below(near)], colour=p.near, depth=0.95, blur=0.002)
    return 0.79


def mountain(canvas: Canvas) -> float:
    """Ridges in haze, firs before them."""
    p, horizon = canvas.palette, 0.62
    open_sky(canvas, horizon)
    sun(canvas, sun_at(canvas, 0.26, 0.34), 0.045)
    canvas.haze(canvas.ridge(0.47, 0.13, 1.15), mix(p.far, p.horizon, 0.55), p.horizon, 0.25)
    canvas.haze(canvas.ridge(0.57, 0.1, 1.15), mix(p.far, p.horizon, 0.2), p.horizon, 0.3)
    mid = canvas.ridge(0.72, 0.08, 1.2)
    canvas.silhouette([canvas.below(mid)], colour=p.mid, depth=0.45)
    near = canvas.ridge(0.85, 0.04, 1.3)
    trees = [t for x in canvas.rng.uniform(0, 1, 34).tolist() for t in _fir(canvas, x, near)]
    canvas.silhouette([canvas.below(near), *trees], colour=p.near, depth=0.95, blur=0.0018)
    return 0.78


def _fir(canvas: Canvas, x: float, ground: list[Point], scale: float = 1.0) -> list[list[Point]]:
    foot = float(np.interp(x, [q[0] for q in ground], [q[1] for q in ground])) + 0.01
    tall = scale * float(canvas.rng.uniform(0.08, 0.24)) * (0.5 + abs(x - 0.45))
    wide = tall * 0.32 / canvas.aspect
    tiers: list[list[Point]] = []
    for tier in range(4):
        low, high = foot - tall * tier * 0.22, foot - tall * (0.46 + tier * 0.18)
        half = wide * (1 - tier * 0.2)
        tiers.append([(x - half, low), (x, high), (x + half, low)])
    return tiers


def forest(canvas: Canvas) -> float:
    """Trunks in slanting light."""
    p = canvas.palette
    canvas.gradient(
        (0, p.middle), (0.45, p.horizon), (0.75, p.horizon), (1, mix(p.far, p.mid, 0.5))
    )
    light = sun_at(canvas, 0.3, 0.4)
    canvas.glow(light, 0.55, mix(p.accent, PAPER, 0.55), 0.75)
    for share, count, thick in ((0.65, 26, 0.006), (0.35, 18, 0.010)):
        colour = mix(p.far, p.horizon, share)
        for x in canvas.rng.uniform(0, 1, round(count / canvas.narrow**0.5)).tolist():
            canvas.stripe(x, thick, colour, 0.95)
    rays = np.clip(np.sin(26 * np.arctan2(canvas.y + 0.25, canvas.x - light[0] - 0.12)) - 0.2, 0, 1)
    canvas.lay((0.14 * rays * np.clip(0.85 - canvas.y, 0, 1)).astype(np.float32), PAPER)
    floor = canvas.ridge(0.8, 0.025, 1.5)
    canvas.silhouette(
        [canvas.below(floor), *_trunks(canvas, 9, 0.022, 0.82)],
        colour=mix(p.mid, p.far, 0.25),
        depth=0.45,
    )
    brush = canvas.ridge(0.875, 0.03, 1.0)
    edges = _trunks(canvas, 5, 0.07, 0.97, clear=0.27)
    canvas.silhouette([canvas.below(brush), *edges], colour=p.near, depth=1.0, blur=0.004)
    return 0.82


def _trunks(
    canvas: Canvas, count: int, thick: float, foot: float, *, clear: float = 0.0
) -> list[list[Point]]:
    """Trees with some branches, `clear` at least from the middle, in parts of the width."""
    trunks: list[list[Point]] = []
    count = round(count / canvas.narrow**0.5)
    spread = (np.arange(count) + canvas.rng.uniform(0.15, 0.85, count)) / count
    for x in spread[np.abs(spread - 0.5) >= clear].tolist():
        half = thick * float(canvas.rng.uniform(0.5, 1.0)) / canvas.aspect / 2
        lean = float(canvas.rng.normal(0, 0.012))
        top = x + lean
        foot_left, foot_right = (x - half * 1.5, foot), (x + half * 1.5, foot)
        trunks.append([foot_left, (top - half, -0.02), (top + half, -0.02), foot_right])
        for _ in range(3):
            y, side = float(canvas.rng.uniform(0.05, 0.45)), float(canvas.rng.choice([-1, 1]))
            reach = side * float(canvas.rng.uniform(0.03, 0.09)) * canvas.narrow
            trunks.append([(x, y), (x + reach, y - 0.06), (x, y + half * canvas.aspect * 0.8)])
    return trunks


def field(canvas: Canvas) -> float:
    """Hills, grass, and a tree, a farm or a fence with poplars by chance."""
    p, horizon = canvas.palette, 0.6
    open_sky(canvas, horizon)
    sun(canvas, sun_at(canvas, 0.4, 0.5), 0.06)
    canvas.haze(canvas.ridge(0.57, 0.04, 1.8), mix(p.far, p.horizon, 0.5), p.horizon)
    canvas.haze(canvas.ridge(0.64, 0.035, 2.0, waves=8), p.far, mix(p.far, p.horizon, 0.35))
    hill = canvas.ridge(0.76, 0.04, 2.2, waves=6)
    landmarks = (_tree, _farm, _poplars)
    shapes = landmarks[int(canvas.rng.integers(len(landmarks)))](canvas, hill)
    canvas.silhouette([canvas.below(hill), *shapes], colour=mix(p.mid, p.far, 0.15), depth=0.45)
    reeds(canvas, base=0.88, tall=0.16, count=190)
    return 0.8


def _height(ground: list[Point], x: float) -> float:
    return float(np.interp(x, [q[0] for q in ground], [q[1] for q in ground]))


def _tree(canvas: Canvas, hill: list[Point]) -> list[list[Point]]:
    """A round tree on a hill."""
    x, trunk, apart = 0.22, 0.006 * canvas.narrow, 0.035 * canvas.narrow**0.5
    crown = _height(hill, x)
    return [
        canvas.ellipse((x, crown - 0.15), 0.2, 0.15),
        canvas.ellipse((x + apart, crown - 0.19), 0.13, 0.12),
        canvas.ellipse((x - apart, crown - 0.18), 0.14, 0.11),
        canvas.box(x - trunk, crown - 0.12, x + trunk, crown + 0.03),
    ]


def _farm(canvas: Canvas, hill: list[Point]) -> list[list[Point]]:
    """A house and a barn under one tree."""
    # Further in where the frame is narrow and they are broad.
    wide, at = canvas.narrow**0.6, 0.2 + 0.04 * canvas.narrow
    foot = _height(hill, at)
    barn: list[Point] = [
        (at + wide * x, foot + y)
        for x, y in ((0, 0.05), (0, -0.075), (0.012, -0.11), (0.045, -0.135), (0.078, -0.11),
                     (0.09, -0.075), (0.09, 0.05))
    ]  # fmt: skip
    house: list[Point] = [
        (at + wide * x, foot + y)
        for x, y in ((-0.075, 0.05), (-0.075, -0.055), (-0.04, -0.105), (-0.005, -0.055),
                     (-0.005, 0.05))
    ]  # fmt: skip
    chimney = canvas.box(at - 0.065 * wide, foot - 0.11, at - 0.055 * wide, foot - 0.05)
    tree = [
        canvas.ellipse((at - 0.11 * wide, foot - 0.1), 0.1, 0.13),
        canvas.box(at - 0.113 * wide, foot - 0.08, at - 0.107 * wide, foot + 0.04),
    ]
    return [barn, house, chimney, *tree]


def _poplars(canvas: Canvas, hill: list[Point]) -> list[list[Point]]:
    """A row of tall trees, and a fence that runs along the hill."""
    wide = canvas.narrow**0.6
    shapes: list[list[Point]] = []
    for step in range(5):
        x = 0.14 + 0.045 * wide * step
        tall = float(canvas.rng.uniform(0.15, 0.23))
        foot = _height(hill, x)
        shapes.append(canvas.ellipse((x, foot - tall / 2 - 0.01), 0.05, tall))
        shapes.append(canvas.box(x - 0.002 * wide, foot - 0.04, x + 0.002 * wide, foot + 0.03))
    posts = np.arange(0.4, 1.02, 0.035 * wide).tolist()
    for x in posts:
        foot = _height(hill, x)
        shapes.append(canvas.box(x - 0.0018 * wide, foot - 0.045, x + 0.0018 * wide, foot + 0.02))
    for up in (0.034, 0.018):
        line = [(x, _height(hill, x) - up) for x in posts]
        shapes.append([*line, *((x, y + 0.005) for x, y in reversed(line))])
    return shapes
