"""What captions and cards look like to the renderer: pictures laid over the film's frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Overlay", "Overlays"]


@dataclass(frozen=True)
class Overlay:
    """A picture with its place on the frame, in pixels from the top left corner.

    `key` names the look: equal keys promise equal pixels at the same place, so the renderer
    converts each key once. `image` is (height, width, 4) uint8: sRGB with straight alpha. It may
    hang over the frame's edges.
    """

    key: str
    x: int
    y: int
    image: NDArray[np.uint8] = field(compare=False, repr=False)


class Overlays(Protocol):
    """Whoever draws over the film."""

    @property
    def spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The times in seconds, end excluded, outside of which no frame is touched."""
        ...

    def overlay(self, time: Fraction) -> Overlay | None:
        """What lies over the frame that begins at `time` in seconds; None where nothing does."""
        ...
