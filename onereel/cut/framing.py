"""How a clip of another shape stands in the film's picture."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

__all__ = ["Framing", "framing"]

_LEAST_OF_WIDE = Fraction(3, 10)
"""Share of a clip wider than the film that cropping must leave: 16:9 fills an upright film, as
everybody shows it there (81/256 are seen); a panorama does not."""
_LEAST_OF_TALL = Fraction(1, 2)
"""Of a taller one: an upright clip in a wide film would lose heads and feet."""


class Framing(NamedTuple):
    """Whether a clip fills the picture; and the share of the clip that is seen then, or else of the
    picture that it covers, in the middle of black."""

    fills: bool
    share: Fraction


def framing(clip: Fraction, film: Fraction) -> Framing:
    """How a clip stands in a film; both are widths over heights as they are shown."""
    share = min(clip, film) / max(clip, film)
    return Framing(share >= (_LEAST_OF_WIDE if clip > film else _LEAST_OF_TALL), share)
