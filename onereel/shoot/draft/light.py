"""Light: skies and suns, and the grass that many sets have before the camera."""

from __future__ import annotations

from ..planes import Rgb
from .brush import Canvas, Point, mix

__all__ = ["PAPER", "firelight", "open_sky", "reeds", "sun", "sun_at"]

PAPER = (255.0, 252.0, 245.0)
"""The lightest colour of a set."""


def firelight(canvas: Canvas) -> Rgb:
    """The colour of flames: warm in every film but a black and white one."""
    accent = canvas.palette.accent
    grey = max(accent) - min(accent) < 12
    return accent if grey else mix(accent, (255.0, 158.0, 72.0), 0.75)


def sun_at(canvas: Canvas, low: float, high: float) -> Point:
    """Place the light on one of the two vertical thirds, away from the slate at the upper left."""
    # On a narrow frame the slate reaches further down.
    lower = 0.06 if canvas.aspect < 1.2 else 0.0
    x = float(canvas.rng.choice([0.62, 0.66, 0.7]))
    return (x, float(canvas.rng.uniform(low, high)) + lower)


def open_sky(canvas: Canvas, horizon: float) -> None:
    """Paint a sky down to y = `horizon`, and the horizon's colour below it."""
    p = canvas.palette
    canvas.gradient((0.0, p.top), (horizon * 0.6, p.middle), (horizon, p.horizon), (1.0, p.horizon))


def sun(canvas: Canvas, at: Point, radius: float) -> None:
    """Put a disc and its glow into the sky; `radius` in heights of the set."""
    p = canvas.palette
    radius *= min(1.0, 0.5 + 0.4 * canvas.aspect)
    light = mix(p.accent, PAPER, 0.45)
    canvas.glow(at, radius * 5, mix(p.horizon, p.accent, 0.5), 0.55)
    canvas.glow(at, radius * 2, light, 0.6)
    canvas.disc(at, radius, light)


def reeds(canvas: Canvas, *, base: float, tall: float, count: int) -> None:
    """Raise a bank with blades of grass, `tall` at most, before the camera."""
    p, rng = canvas.palette, canvas.rng
    blades: list[list[Point]] = [canvas.below(canvas.ridge(base, 0.02, 1.5))]
    half = 0.003 * canvas.narrow**0.5
    for x in rng.uniform(-0.02, 1.02, round(count / canvas.narrow**0.5)).tolist():
        # Fewer in the middle, where the subject stands.
        size = tall * float(rng.uniform(0.3, 1.0)) * (0.35 + 1.3 * abs(x - 0.5))
        lean = float(rng.normal(0, 0.025))
        blades.append([(x - half, base + 0.03), (x + lean, base - size), (x + half, base + 0.03)])
    canvas.silhouette(blades, colour=p.near, depth=0.95, blur=0.0025)
