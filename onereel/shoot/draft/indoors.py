"""Rooms: a study, a hallway or a table by chance, and kitchens. Each painter returns where feet
stand, as y in parts of the set."""

from __future__ import annotations

import numpy as np

from .brush import Canvas, Point, mix
from .light import PAPER, firelight

__all__ = ["kitchen", "room"]


def room(canvas: Canvas) -> float:
    """One of the rooms."""
    painters = (_study, _hallway, _table)
    return painters[int(canvas.rng.integers(len(painters)))](canvas)


def kitchen(canvas: Canvas) -> float:
    """A kitchen or a bakehouse."""
    painters = (_kitchen, _bakehouse)
    return painters[int(canvas.rng.integers(len(painters)))](canvas)


def _walls(canvas: Canvas, floor: float) -> None:
    p = canvas.palette
    wall = mix(p.far, p.middle, 0.4)
    canvas.gradient((0, mix(wall, p.near, 0.45)), (floor, wall), (1, wall))
    canvas.lay((canvas.y >= floor).astype(np.float32), mix(p.mid, p.near, 0.25))
    canvas.lay((canvas.y >= floor + 0.012) * np.float32(0.35), mix(p.mid, p.near, 0.7))


def _window(canvas: Canvas, left: float, right: float, top: float, bottom: float) -> None:
    p, bar = canvas.palette, 0.004
    middle = ((left + right) / 2, (top + bottom) / 2)
    canvas.glow(middle, 0.42, mix(p.accent, p.horizon, 0.5), 0.5)
    inside = (canvas.x > left) & (canvas.x < right) & (canvas.y > top) & (canvas.y < bottom)
    canvas.lay(inside.astype(np.float32), mix(p.horizon, PAPER, 0.35))
    falling = np.clip((canvas.y - top - 0.12) * 2.2, 0, 0.6)
    canvas.lay((inside * falling).astype(np.float32), p.middle)
    wood = mix(p.mid, p.near, 0.4)
    for edge in (left, middle[0], right):
        upright = (np.abs(canvas.x - edge) * canvas.aspect < bar * 1.6) & (canvas.y > top - bar)
        canvas.lay((upright & (canvas.y < bottom + bar)).astype(np.float32), wood)
    for edge in (top, top + 0.38 * (bottom - top), bottom):
        level = (np.abs(canvas.y - edge) < bar) & (canvas.x > left) & (canvas.x < right)
        canvas.lay(level.astype(np.float32), wood)


def _light_on_floor(canvas: Canvas, left: float, right: float, floor: float) -> None:
    """What falls in by a window or a door, slanted away from it."""
    p = canvas.palette
    slant = canvas.x + (canvas.y - floor) * 0.9
    across = np.clip((slant - left) * 500, 0, 1) * np.clip((right - slant) * 500, 0, 1)
    along = np.clip((canvas.y - floor - 0.03) * 400, 0, 1) * np.clip((0.93 - canvas.y) * 400, 0, 1)
    light = mix(p.accent, mix(p.horizon, PAPER, 0.35), 0.5)
    canvas.lay((0.42 * across * along).astype(np.float32), light)


def _row(
    canvas: Canvas, left: float, right: float, foot: float, *, wide: Point, tall: Point
) -> list[list[Point]]:
    """Things side by side on a shelf: `wide` and `tall` are the least and the most of each."""
    broad, x = canvas.narrow**0.5, left
    things: list[list[Point]] = []
    while x < right - 0.01:
        breadth = broad * float(canvas.rng.uniform(*wide))
        height = float(canvas.rng.uniform(*tall))
        things.append(canvas.box(x, foot - height, min(x + breadth, right), foot))
        x += breadth + broad * float(canvas.rng.choice([0.002, 0.002, 0.03]))
    return things


def _study(canvas: Canvas) -> float:
    """A window, books and a lamp."""
    p, floor = canvas.palette, 0.76
    _walls(canvas, floor)
    _window(canvas, 0.55, 0.78, 0.36, 0.65)
    _light_on_floor(canvas, 0.55, 0.78, floor)
    shelf = [canvas.box(0.18, y, 0.44, y + 0.012) for y in (0.47, 0.6)]
    for y in (0.47, 0.6):
        shelf += _row(canvas, 0.19, 0.435, y, wide=(0.006, 0.035), tall=(0.02, 0.085))
    canvas.silhouette(shelf, colour=mix(p.mid, p.near, 0.35), depth=0.3)
    broad = canvas.narrow**0.5
    table = [canvas.box(-0.02, 0.83, 0.6, 0.852), canvas.box(0.5, 0.85, 0.516, 1.05)]
    shade: list[Point] = [
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
    objects = [*table, shade, stem, foot, cup]
    canvas.silhouette(objects, colour=p.near, depth=0.95, blur=0.0022)
    return 0.9


def _kitchen(canvas: Canvas) -> float:
    """A window over a long counter, pans on a rail, a lamp that hangs."""
    p, broad = canvas.palette, canvas.narrow**0.5
    _walls(canvas, 0.9)
    _window(canvas, 0.2, 0.4, 0.38, 0.62)
    rail = [canvas.box(0.56, 0.36, 0.86, 0.366)]
    for x in (0.6, 0.68, 0.76, 0.83):
        size = float(canvas.rng.uniform(0.06, 0.105)) / canvas.narrow**0.75
        rail.append(canvas.box(x - 0.0025 * broad, 0.36, x + 0.0025 * broad, 0.43))
        rail.append(canvas.ellipse((x, 0.42 + size / 2), size, size))
    shelf = [canvas.box(0.54, 0.66, 0.88, 0.672)]
    shelf += _row(canvas, 0.55, 0.87, 0.66, wide=(0.014, 0.034), tall=(0.03, 0.075))
    canvas.silhouette([*rail, *shelf], colour=mix(p.mid, p.near, 0.35), depth=0.3)
    lamp: list[Point] = [
        (0.48 + broad * x, y)
        for x, y in ((-0.008, 0.35), (0.008, 0.35), (0.045, 0.42), (-0.045, 0.42))
    ]
    cord = canvas.box(0.48 - 0.0016 * broad, -0.02, 0.48 + 0.0016 * broad, 0.36)
    canvas.glow((0.48, 0.45), 0.13, mix(p.accent, PAPER, 0.55), 0.6)
    canvas.silhouette([lamp, cord], colour=mix(p.mid, p.near, 0.6), depth=0.5)
    counter = [canvas.box(-0.02, 0.81, 1.02, 0.835), canvas.box(-0.02, 0.85, 1.02, 1.05)]
    kettle = [
        canvas.ellipse((0.3, 0.765), 0.1, 0.1),
        canvas.box(0.3 - 0.024 * broad, 0.77, 0.3 + 0.024 * broad, 0.815),
        canvas.box(0.3 - 0.006 * broad, 0.7, 0.3 + 0.006 * broad, 0.73),
    ]
    bottles = _row(canvas, 0.1, 0.2, 0.815, wide=(0.012, 0.02), tall=(0.06, 0.13))
    bowl = [
        (0.66 + broad * x, y)
        for x, y in ((-0.05, 0.77), (0.05, 0.77), (0.026, 0.815), (-0.026, 0.815))
    ]
    objects = [*counter, *kettle, *bottles, bowl]
    canvas.silhouette(objects, colour=p.near, depth=0.95, blur=0.0022)
    return 0.9


def _bakehouse(canvas: Canvas) -> float:
    """An arched oven that glows, loaves on a rack, a table with a bowl and a rolling pin."""
    p, floor, broad = canvas.palette, 0.8, canvas.narrow**0.5
    flames = firelight(canvas)
    _walls(canvas, floor)
    middle, half, top = 0.66, 0.075 * canvas.narrow**0.3, 0.5
    canvas.glow((middle, 0.6), 0.34, mix(flames, PAPER, 0.1), 0.6)
    high = half * canvas.aspect
    turns = np.linspace(0, np.pi, 40).tolist()

    def arch(share: float, foot: float) -> list[Point]:
        round_ = [
            (middle + share * half * np.cos(t), top + high * (1 - share * np.sin(t))) for t in turns
        ]
        return [*round_, (middle - share * half, foot), (middle + share * half, foot)]

    breast = canvas.box(middle - 1.9 * half, 0.4, middle + 1.9 * half, floor)
    hood: list[Point] = [
        (middle - 1.9 * half, 0.4),
        (middle - 0.8 * half, -0.02),
        (middle + 0.8 * half, -0.02),
        (middle + 1.9 * half, 0.4),
    ]
    foot = top + high + 0.05
    canvas.silhouette([breast, hood], colour=mix(p.mid, p.far, 0.35), depth=0.3)
    canvas.silhouette([arch(1.0, foot)], colour=mix(flames, PAPER, 0.1), depth=0.3)
    canvas.silhouette([arch(0.66, foot)], colour=mix(flames, PAPER, 0.55), depth=0.3, blur=0.01)
    rim = canvas.box(middle - 2.1 * half, foot, middle + 2.1 * half, foot + 0.02)
    right = min(0.4, middle - 2.1 * half - 0.03)
    rack = [canvas.box(0.12, y, right, y + 0.012) for y in (0.48, 0.61)]
    for y in (0.48, 0.61):
        for x in np.arange(0.15, right - 0.02, 0.055 * broad).tolist():
            long, tall = (float(v) for v in canvas.rng.uniform((0.06, 0.045), (0.085, 0.065)))
            rack.append(canvas.ellipse((x, y - tall / broad * 0.35), long / broad, tall / broad))
    canvas.silhouette([rim, *rack], colour=mix(p.mid, p.near, 0.45), depth=0.35)
    table = [canvas.box(-0.02, 0.83, 0.56, 0.855), canvas.box(0.46, 0.85, 0.48, 1.05)]
    bowl: list[Point] = [
        (0.22 + broad * x, y)
        for x, y in ((-0.055, 0.765), (0.055, 0.765), (0.03, 0.835), (-0.03, 0.835))
    ]
    dough = canvas.ellipse((0.22, 0.768), 0.15 / broad, 0.06)
    pin = canvas.box(0.35, 0.803, 0.35 + 0.08 * broad, 0.832)
    canvas.silhouette([*table, bowl, dough, pin], colour=p.near, depth=0.95, blur=0.0022)
    return 0.9


def _hallway(canvas: Canvas) -> float:
    """A door that stands open to the light, pictures on the wall, a plant before it."""
    p, floor, broad = canvas.palette, 0.78, canvas.narrow**0.5
    _walls(canvas, floor)
    left, right, top = 0.6, 0.6 + 0.13 * broad, 0.36
    canvas.glow(((left + right) / 2, 0.56), 0.4, mix(p.accent, p.horizon, 0.5), 0.55)
    doorway = (canvas.x > left) & (canvas.x < right) & (canvas.y > top) & (canvas.y < floor)
    canvas.lay(doorway.astype(np.float32), mix(p.horizon, PAPER, 0.4))
    _light_on_floor(canvas, left, right, floor)
    thin = 0.007 * broad
    frame = [
        canvas.box(left - thin, top - 0.014, left, floor),
        canvas.box(right, top - 0.014, right + thin, floor),
        canvas.box(left - thin, top - 0.014, right + thin, top),
    ]
    # The door itself, seen in perspective.
    door = [
        (right, top),
        (right + 0.05 * broad, 0.33),
        (right + 0.05 * broad, 0.84),
        (right, floor),
    ]
    canvas.silhouette([*frame, door], colour=mix(p.mid, p.near, 0.3), depth=0.3)
    pictures, panes = [], []
    for x, y in ((0.16, 0.42), (0.29, 0.38), (0.42, 0.43)):
        wide, tall = (float(v) for v in canvas.rng.uniform((0.03, 0.07), (0.045, 0.13)))
        wide *= broad
        pictures.append(canvas.box(x - wide, y, x + wide, y + tall))
        inner = 0.006 * broad
        panes.append(canvas.box(x - wide + inner, y + 0.011, x + wide - inner, y + tall - 0.011))
    canvas.silhouette(
        pictures, holes=panes, hole_strength=0.7, colour=mix(p.mid, p.near, 0.35), depth=0.25
    )
    pot = [
        (0.2 + broad * x, y) for x, y in ((-0.03, 0.79), (0.03, 0.79), (0.022, 0.9), (-0.022, 0.9))
    ]
    leaves = [_leaf(canvas, (0.2, 0.8), turn) for turn in np.linspace(-1.15, 1.15, 9).tolist()]
    canvas.silhouette([pot, *leaves], colour=p.near, depth=0.95, blur=0.0018)
    return 0.9


def _leaf(canvas: Canvas, foot: Point, turn: float) -> list[Point]:
    """A long leaf that bends to one side; `turn` in radians from upright."""
    long = 0.24 * float(canvas.rng.uniform(0.7, 1.0))
    along = np.linspace(0, 1, 12)
    bend = turn * (0.35 + 0.65 * along)
    x = foot[0] + np.cumsum(np.sin(bend)) * long / 12 / canvas.aspect
    y = foot[1] - np.cumsum(np.cos(bend)) * long / 12
    half = 0.013 * np.sin(np.pi * np.clip(along * 0.96 + 0.04, 0, 1)) / canvas.aspect
    there = list(zip((x - half).tolist(), y.tolist(), strict=True))
    back = list(zip((x + half).tolist(), y.tolist(), strict=True))
    return [*there, *reversed(back)]


def _table(canvas: Canvas) -> float:
    """A table under a lamp with two chairs, a clock and a cupboard behind."""
    p, floor, broad = canvas.palette, 0.78, canvas.narrow**0.5
    _walls(canvas, floor)
    canvas.glow((0.42, 0.52), 0.42, mix(p.accent, p.horizon, 0.5), 0.55)
    left, right = 0.68, 0.68 + 0.17 * broad
    middle, rim = (left + right) / 2, 0.008 * broad
    panes = [
        canvas.box(begin + rim, top, end - rim, top + 0.11)
        for begin, end in ((left, middle), (middle, right))
        for top in (0.425, 0.55)
    ]
    far = mix(p.mid, p.near, 0.35)
    cupboard = [
        canvas.box(left, 0.41, right, floor),
        canvas.box(left - rim, 0.4, right + rim, 0.414),
    ]
    canvas.silhouette(cupboard, holes=panes, hole_strength=0.6, colour=far, depth=0.3)
    hung = 0.19 + 0.06 * (broad - 1)
    clock, face = (
        canvas.ellipse((hung, 0.45), size / broad, size / broad) for size in (0.12, 0.096)
    )
    hands = [canvas.box(hung - 0.0022, 0.45 - 0.035 / broad, hung + 0.0022, 0.452)]
    hands += [canvas.box(hung, 0.448, hung + 0.015, 0.4525)]
    canvas.silhouette([clock], holes=[face], hole_strength=0.7, colour=far, depth=0.25)
    canvas.silhouette(hands, colour=far, depth=0.25)

    def at(x: float, top: float, end: float, bottom: float) -> list[Point]:
        return canvas.box(0.42 + broad * x, top, 0.42 + broad * end, bottom)

    shade: list[Point] = [
        (0.42 + broad * x, y)
        for x, y in ((-0.012, 0.42), (0.012, 0.42), (0.06, 0.49), (-0.06, 0.49))
    ]
    canvas.glow((0.42, 0.53), 0.16, mix(p.accent, PAPER, 0.5), 0.6)
    lamp = [shade, at(-0.0016, -0.02, 0.0016, 0.43)]
    canvas.silhouette(lamp, colour=mix(p.mid, p.near, 0.6), depth=0.5)
    things = [
        at(-0.13, 0.8, 0.13, 0.818),
        at(-0.007, 0.81, 0.007, 0.94),
        at(-0.05, 0.93, 0.05, 0.945),
    ]
    things += [at(-0.05, 0.765, -0.026, 0.802), at(0.03, 0.745, 0.042, 0.802)]
    for side in (-1, 1):
        for x, top, end, bottom in (
            (0.185, 0.68, 0.195, 0.96),
            (0.12, 0.845, 0.195, 0.86),
            (0.12, 0.85, 0.128, 0.96),
            (0.183, 0.69, 0.197, 0.73),
        ):
            begin, end = sorted((side * x, side * end))
            things.append(at(begin, top, end, bottom))
    canvas.silhouette(things, colour=p.near, depth=0.95, blur=0.0022)
    return 0.9
