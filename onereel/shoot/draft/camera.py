"""Camera moves: where each layer of the set is seen from in each frame."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["MARGIN", "MOVES", "Move", "View", "eased", "view_box"]

MARGIN = 0.13
"""How far the set reaches beyond the frame on each side, as a part of the frame's side."""


@dataclass(frozen=True)
class View:
    """Where the camera looks: shifts in parts of the frame's sides, and magnification.

    A positive x looks further right, a positive y further down.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True)
class Move:
    """A camera move: its name on the slate, the way its arrow points, and its path.

    `arrow` is a unit vector on the screen, "in", "out", "around", or "" where nothing moves. `path`
    gives the view at `time` (0 at the first frame, 1 at the last) of a layer at `depth` (0 far
    away, 1 right before the camera).
    """

    label: str
    arrow: tuple[int, int] | str
    path: Callable[[float, float], View]


def eased(time: float) -> float:
    """The way (0 to 1) at a time (0 to 1): start and stop softly, as a fluid head does."""
    soft = time * time * (3 - 2 * time)
    return 0.55 * time + 0.45 * soft


def _slide(x: float, y: float, near: float) -> Callable[[float, float], View]:
    """Shift from one side to the other; `near` is how much more the nearest layer moves."""

    def path(time: float, depth: float) -> View:
        along = (eased(time) - 0.5) * 2 * (0.045 + (near - 0.045) * depth)
        return View(x * along, y * along)

    return path


def _dolly(start: float, end: float) -> Callable[[float, float], View]:
    """Magnify, near layers more than far ones; even to the eye, so exponential in time."""

    def path(time: float, depth: float) -> View:
        along = start + (end - start) * eased(time)
        return View(zoom=math.exp(along * (0.45 + 0.75 * depth)))

    return path


def _orbit(time: float, depth: float) -> View:
    """Swing around a subject in the middle distance: what is behind it runs against it."""
    along = (eased(time) - 0.5) * 2
    return View(x=along * (depth - 0.5) * 0.19, zoom=1.03 + 0.04 * depth * (1 - along * along))


def _handheld(time: float, depth: float) -> View:
    turn = 2 * math.pi * time
    x = math.sin(1.3 * turn + 0.4) + 0.5 * math.sin(3.1 * turn)
    y = math.sin(1.7 * turn + 1.1) + 0.4 * math.sin(4.3 * turn)
    size = 0.008 + 0.008 * depth
    return View(size * x, size * y, 1.03)


def _still(time: float, depth: float) -> View:
    return View()


MOVES: dict[str, Move] = {
    "static": Move("STATIC", "", _still),
    "push_in": Move("PUSH IN", "in", _dolly(0.0, 0.15)),
    "pull_out": Move("PULL OUT", "out", _dolly(0.15, 0.0)),
    "orbit": Move("ORBIT", "around", _orbit),
    "pan_left": Move("PAN LEFT", (-1, 0), _slide(-1, 0, 0.075)),
    "pan_right": Move("PAN RIGHT", (1, 0), _slide(1, 0, 0.075)),
    "tilt_up": Move("TILT UP", (0, -1), _slide(0, -1, 0.075)),
    "tilt_down": Move("TILT DOWN", (0, 1), _slide(0, 1, 0.075)),
    "crane_up": Move("CRANE UP", (0, -1), _slide(0, -1, 0.12)),
    "crane_down": Move("CRANE DOWN", (0, 1), _slide(0, 1, 0.12)),
    "track_left": Move("TRACK LEFT", (-1, 0), _slide(-1, 0, 0.12)),
    "track_right": Move("TRACK RIGHT", (1, 0), _slide(1, 0, 0.12)),
    "handheld": Move("HANDHELD", "around", _handheld),
}


def view_box(view: View, width: int, height: int) -> tuple[float, float, float, float]:
    """The part of the set that the view shows: left, top, right, bottom in the set's pixels.

    The set is `1 + 2 * MARGIN` frames wide and high; `width` and `height` are the set's own. The
    box never leaves the set.
    """
    frame = 1 / (1 + 2 * MARGIN)
    wide, high = width * frame / view.zoom, height * frame / view.zoom
    left = (width - wide) / 2 + view.x * width * frame
    top = (height - high) / 2 + view.y * height * frame
    left = min(max(left, 0.0), width - wide)
    top = min(max(top, 0.0), height - high)
    return (left, top, left + wide, top + high)
