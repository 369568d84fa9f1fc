"""Sets above and below the world. Each painter returns where feet stand, as y of the set."""

from __future__ import annotations

import numpy as np

from .brush import Canvas, Point, mix
from .light import PAPER, reeds, sun, sun_at

__all__ = ["sky", "space", "underwater"]

_PUFF = 0.06
"""From one puff of a cloud to the next, of the picture's height."""


def sky(canvas: Canvas) -> float:
    """Above the clouds."""
    p = canvas.palette
    canvas.gradient((0, p.top), (0.5, p.middle), (0.95, p.horizon), (1, p.horizon))
    sun(canvas, sun_at(canvas, 0.38, 0.48), 0.07)
    for base, share in ((0.62, 0.55), (0.72, 0.3)):
        canvas.haze(_cloud(canvas, base), mix(p.middle, PAPER, share), p.horizon, 0.18)
    canvas.silhouette(
        [canvas.below(_cloud(canvas, 0.85))], colour=mix(p.far, PAPER, 0.12), depth=0.5, blur=0.004
    )
    canvas.silhouette(
        [canvas.below(_cloud(canvas, 0.91))], colour=mix(p.mid, p.far, 0.3), depth=1, blur=0.008
    )
    return 0.84


def _cloud(canvas: Canvas, base: float) -> list[Point]:
    """Its upper edge: puffs side by side, so near that none stands alone above a straight line."""
    x = np.linspace(-0.02, 1.02, 400)
    top = np.full_like(x, base)
    count = round(canvas.aspect / _PUFF) + 1
    for number in range(count + 1):
        centre = (number + float(canvas.rng.uniform(-0.3, 0.3))) / count
        # Most are small, and a few tower above them.
        radius = (0.9 + 1.6 * float(canvas.rng.uniform(0, 1)) ** 3) * _PUFF
        reach = np.clip(radius**2 - ((x - centre) * canvas.aspect) ** 2, 0, None)
        top = np.minimum(top, base - np.sqrt(reach) * 0.9)
    return [(float(a), float(b)) for a, b in zip(x, top, strict=True)]


def space(canvas: Canvas) -> float:
    """Stars and a planet."""
    p, rng = canvas.palette, canvas.rng
    dark = mix(p.near, (4.0, 5.0, 12.0), 0.6)
    canvas.gradient((0, dark), (1, mix(dark, p.top, 0.5)))
    canvas.glow((0.25, 0.3), 0.5, mix(p.middle, dark, 0.4), 0.45)
    canvas.glow((0.8, 0.15), 0.4, mix(p.accent, dark, 0.5), 0.25)
    for x, y, size in rng.uniform(0, 1, (150, 3)).tolist():
        canvas.disc((x, y), 0.0006 + 0.0016 * size**4, PAPER, 0.35 + 0.6 * size)
    planet = (0.68, 0.42)
    canvas.glow(planet, 0.26, mix(p.accent, p.horizon, 0.5), 0.4)
    canvas.disc(planet, 0.155, mix(p.horizon, p.accent, 0.25))
    inside = np.clip((0.157 - canvas.distance(planet)) * 400, 0, 1)
    shade = np.clip((canvas.distance((planet[0] - 0.06, planet[1] - 0.07)) - 0.08) / 0.14, 0, 1)
    canvas.lay((inside * shade * 0.92).astype(np.float32), dark)
    limb = canvas.ellipse((0.35, 1.42), 2.6, 1.35)
    canvas.silhouette([limb], colour=mix(p.mid, p.far, 0.4), depth=0.5, blur=0.004)
    rock = canvas.ridge(0.87, 0.035, 1.0)
    canvas.silhouette([canvas.below(rock)], colour=p.near, depth=1.0, blur=0.002)
    return 0.9


def underwater(canvas: Canvas) -> float:
    """Light from above, a reef."""
    p = canvas.palette
    deep = mix(p.near, (6.0, 40.0, 66.0), 0.5)
    canvas.gradient((0, mix(p.horizon, (120.0, 210.0, 220.0), 0.5)), (0.35, p.middle), (1, deep))
    fan = np.sin(34 * np.arctan2(canvas.x - 0.62, canvas.y + 0.35) + 1.5 * np.sin(canvas.y * 4))
    canvas.lay((0.35 * np.clip(fan, 0, 1) * np.exp(-2.2 * canvas.y)).astype(np.float32), PAPER)
    for x, y, size in canvas.rng.uniform(0, 1, (40, 3)).tolist():
        canvas.disc((x, y), 0.002 + 0.006 * size**3, PAPER, 0.18)
    canvas.haze(canvas.ridge(0.72, 0.05, 1.2), mix(p.far, deep, 0.5), deep)
    reef = canvas.ridge(0.8, 0.05, 1.1)
    canvas.silhouette([canvas.below(reef)], colour=mix(p.mid, deep, 0.5), depth=0.45, blur=0.002)
    reeds(canvas, base=0.885, tall=0.34, count=70)
    return 0.86
