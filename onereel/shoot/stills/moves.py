"""Where the camera looks on a picture: a box at the start, a box at the end, and the way between.

Boxes have the frame's shape, lie inside the picture, and their sides are fractions of pixels, so a
slow move is as smooth as a fast one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..draft.camera import eased
from ..planes import Box

__all__ = ["Path", "kept_within", "path_of"]

_ZOOM_A_SECOND = 0.022
_LEAST_ZOOM, _MOST_ZOOM = 1.06, 1.28
"""Magnification over a whole picture: to be seen at 2 s, never a plunge at 60 s."""
_PAN_A_SECOND = 0.035
"""Frame widths or heights; half as fast as a pan at which film begins to judder."""
_PAN_ROOM = 1.12
"""How much closer a pan looks at a picture that has no room beside the frame."""
_SIDEWAYS = {
    "pan_left": (-1, 0),
    "pan_right": (1, 0),
    "track_left": (-1, 0),
    "track_right": (1, 0),
    "tilt_up": (0, -1),
    "crane_up": (0, -1),
    "tilt_down": (0, 1),
    "crane_down": (0, 1),
}


@dataclass(frozen=True)
class Path:
    """The camera's way over a picture."""

    start: Box
    end: Box

    @property
    def still(self) -> bool:
        """Whether nothing moves."""
        return self.start == self.end

    @property
    def tightest(self) -> float:
        """Width of the narrowest box on the way, in pixels of the picture."""
        return min(self.start[2] - self.start[0], self.end[2] - self.end[0])

    @property
    def area(self) -> Box:
        """What the camera sees on its way."""
        ways = list(zip(self.start, self.end, strict=True))
        return (min(ways[0]), min(ways[1]), max(ways[2]), max(ways[3]))

    def inside(self, area: Box, size: tuple[int, int]) -> Path:
        """The same way over a picture of `size` pixels that shows only `area`."""
        x, y = size[0] / (area[2] - area[0]), size[1] / (area[3] - area[1])
        start, end = (
            (
                (left - area[0]) * x,
                (top - area[1]) * y,
                (right - area[0]) * x,
                (bottom - area[1]) * y,
            )
            for left, top, right, bottom in (self.start, self.end)
        )
        return Path(start, end)

    def at(self, time: float) -> Box:
        """The box at `time`, 0 to 1. Magnification grows evenly to the eye: exponentially."""
        way = eased(time)
        first, last = self.start[2] - self.start[0], self.end[2] - self.end[0]
        if math.isclose(first, last):
            share = way
        else:
            # The point that both boxes share stays where it is in the frame.
            width = first * (last / first) ** way
            share = (width - first) / (last - first)
        left, top, right, bottom = (
            a + (b - a) * share for a, b in zip(self.start, self.end, strict=True)
        )
        return (left, top, right, bottom)


def kept_within(box: Box, size: tuple[int, int]) -> Box:
    """The box without what rounding put beside a picture of that size."""
    width, height = size
    return (max(box[0], 0.0), max(box[1], 0.0), min(box[2], width), min(box[3], height))


def path_of(
    move: str,
    picture: tuple[int, int],
    frame: tuple[int, int],
    *,
    focus: tuple[float, float],
    seconds: float,
) -> Path:
    """The way of a move over a picture.

    Args:
        move: a name of `draft.camera.MOVES`; "static" and unknown ones hold still.
        picture: its width and height.
        frame: the film's width and height; the box fills it, and what is too much is outside.
        focus: what is to be seen, in parts of the picture's width and height.
        seconds: how long the picture is shown.
    """
    if move in _SIDEWAYS:
        return _sideways(_SIDEWAYS[move], picture, frame, focus, seconds)
    whole = _box(picture, frame, focus, 1.0)
    zoom = min(max(1 + _ZOOM_A_SECOND * seconds, _LEAST_ZOOM), _MOST_ZOOM)
    close = _box(picture, frame, focus, zoom)
    if move in ("push_in", "orbit", "handheld"):
        return Path(whole, close)
    return Path(close, whole) if move == "pull_out" else Path(whole, whole)


def _box(
    picture: tuple[int, int],
    frame: tuple[int, int],
    focus: tuple[float, float],
    zoom: float,
) -> Box:
    """The largest box of the frame's shape, `zoom` times closer, around what is to be seen."""
    scale = min(picture[0] / frame[0], picture[1] / frame[1]) / zoom
    wide, high = frame[0] * scale, frame[1] * scale
    left = min(max(focus[0] * picture[0] - wide / 2, 0.0), picture[0] - wide)
    top = min(max(focus[1] * picture[1] - high / 2, 0.0), picture[1] - high)
    return (left, top, left + wide, top + high)


def _sideways(
    way: tuple[int, int],
    picture: tuple[int, int],
    frame: tuple[int, int],
    focus: tuple[float, float],
    seconds: float,
) -> Path:
    axis = 0 if way[0] else 1
    box = _box(picture, frame, focus, 1.0)
    side = box[2 + axis] - box[axis]
    if picture[axis] - side < side * (_PAN_ROOM - 1):
        box = _box(picture, frame, focus, _PAN_ROOM)
        side = box[2 + axis] - box[axis]
    room = picture[axis] - side
    distance = min(room, side * _PAN_A_SECOND * max(seconds, 2.0))
    # The middle of the way shows what is to be seen, as far as the picture's edges let it.
    first = min(max(box[axis] - distance / 2, 0.0), room - distance)
    near, far = _moved(box, axis, first), _moved(box, axis, first + distance)
    return Path(near, far) if sum(way) > 0 else Path(far, near)


def _moved(box: Box, axis: int, to: float) -> Box:
    by = to - box[axis]
    left, top, right, bottom = box
    if axis == 0:
        return (to, top, right + by, bottom)
    return (left, to, right, bottom + by)
