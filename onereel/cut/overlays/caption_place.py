"""Where captions stand on a picture: by its shape, and clear of what a platform lays over it."""

from __future__ import annotations

from dataclasses import dataclass

from ..plan import Cut

__all__ = ["PITCH", "CaptionPlace", "captions_top", "overlays_floor"]

PITCH = 1.35
"""From row to row, in ems."""
_SIDE = 0.07
"""Of the width that stays free on each side."""
_LEAST_BOTTOM = 0.075
"""Of the height that stays free below, whatever a platform leaves."""
_CLEAR = 0.3
"""Ems between captions and what a platform covers: their outlines, and a little air."""


@dataclass(frozen=True)
class CaptionPlace:
    """Where captions stand, in pixels: their em, and how far they keep from three edges."""

    size: float
    bottom: float
    left: float
    right: float

    @classmethod
    def of(cls, cut: Cut) -> CaptionPlace:
        """The place on the pictures of `cut`."""
        usual = cls._usual(cut.width, cut.height)
        if cut.safe is None:
            return usual
        clear = _CLEAR * usual.size
        return cls(
            size=usual.size,
            bottom=max(cut.safe.bottom * cut.height + clear, _LEAST_BOTTOM * cut.height),
            left=max(cut.safe.left * cut.width + clear, _SIDE * cut.width),
            right=max(cut.safe.right * cut.width + clear, _SIDE * cut.width),
        )

    @classmethod
    def _usual(cls, width: int, height: int) -> CaptionPlace:
        side = _SIDE * width
        if 4 * width >= 5 * height:
            return cls(size=0.052 * height, bottom=_LEAST_BOTTOM * height, left=side, right=side)
        if 5 * width >= 4 * height:
            return cls(size=0.047 * width, bottom=0.085 * height, left=side, right=side)
        # Phones lay names, buttons and a progress bar over the lowest fifth.
        return cls(size=0.058 * width, bottom=0.22 * height, left=side, right=side)

    def widest(self, width: int) -> float:
        """How wide a row may be on a picture of that width, in pixels."""
        return width - self.left - self.right

    def middle(self, width: int) -> float:
        """Where the middle of a row is, in pixels from the left."""
        return (width + (self.left - self.right)) / 2

    def share(self, width: int) -> float:
        """How wide a row may be, of what it may be where no platform covers anything."""
        side = _SIDE * width
        return self.widest(width) / (width - side - side)


def captions_top(cut: Cut) -> float:
    """Where two rows of usual captions begin, in pixels from the top of the picture."""
    place = CaptionPlace.of(cut)
    return cut.height - place.bottom - 2 * PITCH * place.size


def overlays_floor(cut: Cut) -> float:
    """What stands clear of captions of the usual size ends here, in pixels from the top: where they
    begin, or where players begin to lay things of their own over the picture."""
    if cut.captions and cut.captions.items:
        return captions_top(cut)
    return cut.height - CaptionPlace.of(cut).bottom
