"""Studios for places that no word gives away: a backdrop, a key light and plain shapes, by chance.
Each painter returns where feet stand, as y in parts of the set."""

from __future__ import annotations

import math

import numpy as np

from .brush import Canvas, mix
from .light import PAPER

__all__ = ["arch", "stage"]


def stage(canvas: Canvas) -> float:
    """One of the studios."""
    painters = (arch, _blocks, _screens)
    return painters[int(canvas.rng.integers(len(painters)))](canvas)


def _cyclorama(canvas: Canvas, light: float) -> None:
    """A wall that runs into the floor, lit at `light`, in parts of the width."""
    p, floor = canvas.palette, 0.74
    wall = mix(p.middle, p.far, 0.35)
    canvas.gradient(
        (0, mix(wall, p.near, 0.5)),
        (floor - 0.1, wall),
        (floor + 0.1, mix(wall, p.horizon, 0.4)),
        (1, mix(p.far, p.mid, 0.4)),
    )
    canvas.glow((light, 0.5), 0.42, mix(p.horizon, PAPER, 0.35), 0.75)


def _floor(canvas: Canvas) -> None:
    p = canvas.palette
    steps = [canvas.box(-0.02, 0.82, 1.02, 1.05)]
    canvas.silhouette(steps, colour=mix(p.mid, p.near, 0.2), depth=0.5)
    curtain = canvas.ridge(0.885, 0.012, 2.0, waves=4)
    canvas.silhouette([canvas.below(curtain)], colour=p.near, depth=1.0, blur=0.004)


def arch(canvas: Canvas) -> float:
    """An arch, a plinth and two discs."""
    p = canvas.palette
    _cyclorama(canvas, 0.6)
    canvas.disc((0.62, 0.47), 0.2 / canvas.narrow**0.3, mix(p.accent, p.horizon, 0.35), 0.9)
    canvas.disc((0.37, 0.6), 0.1 / canvas.narrow**0.3, mix(p.middle, p.horizon, 0.5), 0.8)
    half = 0.1 * canvas.narrow**0.5
    high = 0.9 * half * canvas.aspect
    top = [
        (0.7 + half * math.cos(t), 0.34 + high * (1 - math.sin(t)))
        for t in np.linspace(0, math.pi, 40)
    ]
    columns = [
        [*top, (0.7 - half, 0.82), (0.7 + half, 0.82)],
        canvas.box(0.18, 0.56, 0.18 + 0.9 * half, 0.82),
    ]
    canvas.silhouette(columns, colour=mix(p.far, p.mid, 0.55), depth=0.35)
    _floor(canvas)
    return 0.84


def _blocks(canvas: Canvas) -> float:
    """Steps of blocks, and a ball that lies on one."""
    p, wide = canvas.palette, 0.085 * canvas.narrow**0.5
    _cyclorama(canvas, 0.4)
    canvas.disc((0.36, 0.44), 0.15 / canvas.narrow**0.3, mix(p.accent, p.horizon, 0.35), 0.85)
    tops = np.sort(canvas.rng.uniform(0.5, 0.76, 4))[::-1].tolist()
    blocks = [
        canvas.box(0.5 + at * wide, top, 0.5 + (at + 1) * wide - 0.002, 0.82)
        for at, top in enumerate(tops)
    ]
    canvas.silhouette(blocks, colour=mix(p.far, p.mid, 0.55), depth=0.35)
    ball = 0.11 / canvas.narrow**0.3
    on = canvas.ellipse((0.5 + wide / 2, tops[0] - ball / 2), ball, ball)
    away = canvas.ellipse((0.24, 0.82 - 0.7 * ball), 1.4 * ball, 1.4 * ball)
    canvas.silhouette([on, away], colour=mix(p.mid, p.near, 0.15), depth=0.42)
    _floor(canvas)
    return 0.84


def _screens(canvas: Canvas) -> float:
    """Tall panels one behind the other, and a ring of light."""
    p = canvas.palette
    _cyclorama(canvas, 0.5)
    round_ = 0.2 / canvas.narrow**0.3
    canvas.disc((0.5, 0.5), round_, mix(p.accent, PAPER, 0.3), 0.9)
    canvas.disc((0.5, 0.5), round_ * 0.86, mix(p.middle, p.horizon, 0.45), 1.0)
    for depth, share, places in ((0.25, 0.3, (0.2, 0.78)), (0.4, 0.75, (0.1, 0.88))):
        panels = []
        for x in places:
            half = 0.055 * canvas.narrow**0.5 * float(canvas.rng.uniform(0.7, 1.1))
            top = float(canvas.rng.uniform(0.36, 0.46)) + depth / 8
            panels.append(canvas.box(x - half, top, x + half, 0.82))
        canvas.silhouette(panels, colour=mix(p.far, p.mid, share), depth=depth)
    _floor(canvas)
    return 0.84
