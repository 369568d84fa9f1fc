"""Where a presenter stands on the frame: beside and above what captions need."""

from __future__ import annotations

from dataclasses import dataclass

from ...story.platforms import SafeArea
from ..plan import Cut, Presenter

__all__ = ["MOST_SCALE", "Box", "box_of"]

MOST_SCALE = 0.02
"""How much larger a presenter is when its voice is loudest, of its size."""

_MARGIN = 0.045
_CIRCLE, _PANEL = 0.3, 0.5
"""Usual sizes: a circle's diameter and a panel's width, of the picture's shorter side."""
_WIDEST = 0.5
"""Of the picture's width that a panel takes."""
_SMALLEST = 16
"""Pixels."""


@dataclass(frozen=True)
class Box:
    """A rectangle in even pixels from the top left corner."""

    x: int
    y: int
    width: int
    height: int


def box_of(presenter: Presenter, cut: Cut, floor: float) -> Box:
    """What a presenter covers at rest; a circle grows by `MOST_SCALE` out of its box.

    Args:
        floor: pixels from the top; a circle and a panel keep above it, for captions stand below.
            From the other edges they keep by what the film's platform covers.
    """
    if presenter.place == "full frame":
        return Box(0, 0, cut.width, cut.height)
    short = min(cut.width, cut.height)
    margin = _MARGIN * short
    safe = cut.safe or SafeArea()
    left, right = safe.left * cut.width + margin, (1 - safe.right) * cut.width - margin
    ceiling = safe.top * cut.height + margin
    bottom = max(floor - margin / 2, ceiling + margin + _SMALLEST)
    if presenter.place == "side panel":
        width = min(_PANEL * short * presenter.size, _WIDEST * cut.width)
        height = bottom - ceiling
        grown = 0.0
    else:
        room = min(bottom - ceiling, right - left) / (1 + MOST_SCALE)
        width = height = min(_CIRCLE * short * presenter.size, room)
        grown = width * MOST_SCALE / 2
    x = left + grown if presenter.corner.endswith("left") else right - width - grown
    top = presenter.place == "side panel" or presenter.corner.startswith("top")
    y = ceiling + grown if top else bottom - height - grown
    return Box(_even(x), _even(y), max(_even(width), 2), max(_even(height), 2))


def _even(length: float) -> int:
    return int(length / 2) * 2
