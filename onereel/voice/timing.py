"""When a line is heard inside its scene, and how long the scenes last around their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..story.brief import LONGEST_SCENE, SHORTEST_SCENE
from ..story.timing import share_out
from ..values import FPS, frames

__all__ = ["BREATH", "LEAD", "LEAST_BREATH", "Span", "fit", "scene_span", "silent_span"]

LEAD = Fraction(6, 24)
"""Seconds from the start of a scene to the start of its line."""

BREATH = Fraction(18, 24)
"""Seconds of a scene that its line leaves free by default: `LEAD` before it, the rest after."""

LEAST_BREATH = Fraction(10, 24)
"""The least of it: `LEAD`, and four frames before the picture changes."""


@dataclass(frozen=True)
class Span:
    """How many frames a scene may last: at least, by nature, at most."""

    low: int
    natural: int
    high: int


def scene_span(spoken: Fraction, *, breath: Fraction, longest: Fraction) -> Span:
    """The span of a scene with a line of `spoken` seconds in shots of at most `longest` seconds.

    A line is never cut: one that leaves no room in the longest shot makes its scene longer.
    """
    low = max(frames(spoken + LEAST_BREATH), frames(Fraction(SHORTEST_SCENE)))
    high = max(low, min(longest, Fraction(LONGEST_SCENE)) * FPS // 1)
    return Span(low=low, natural=min(max(low, frames(spoken + breath)), high), high=high)


def silent_span(planned: Fraction, *, longest: Fraction) -> Span:
    """The span of a scene without narration, planned to last `planned` seconds."""
    low = frames(Fraction(SHORTEST_SCENE))
    high = max(low, min(longest, Fraction(LONGEST_SCENE)) * FPS // 1)
    return Span(low=low, natural=min(max(low, frames(planned)), high), high=high)


def fit(spans: Sequence[Span], total: int) -> tuple[int, ...]:
    """Choose each scene's frames so that they sum to `total`, or come as near as they can.

    Shorter than natural: every pause shrinks by one common factor. Longer: every scene grows by
    one common factor until it is as long as it may be.
    """
    low = [span.low for span in spans]
    natural = [span.natural for span in spans]
    if total > sum(natural):
        return share_out(total, natural, natural, [span.high for span in spans])
    pauses = [most - least for least, most in zip(low, natural, strict=True)]
    left = share_out(total - sum(low), pauses, [0] * len(spans), pauses)
    return tuple(least + pause for least, pause in zip(low, left, strict=True))
