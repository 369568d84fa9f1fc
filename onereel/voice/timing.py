"""When a line is heard inside its scene, and how long the scenes last around their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..story.brief import LONGEST_SCENE, SHORTEST_SCENE
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
    natural = sum(span.natural for span in spans)
    if total <= natural:
        return _shrunk(spans, total)
    return _grown(spans, total)


def _shrunk(spans: Sequence[Span], total: int) -> tuple[int, ...]:
    slack = sum(span.natural - span.low for span in spans)
    left = max(total - sum(span.low for span in spans), 0)
    share = Fraction(left, slack) if slack else Fraction(0)
    exact = [span.low + (span.natural - span.low) * share for span in spans]
    return _rounded(exact)


def _grown(spans: Sequence[Span], total: int) -> tuple[int, ...]:
    total = min(total, sum(span.high for span in spans))
    exact = [Fraction(span.natural) for span in spans]
    growing = set(range(len(spans)))
    while growing:
        fixed = sum((exact[i] for i in range(len(spans)) if i not in growing), Fraction(0))
        factor = (total - fixed) / sum(spans[i].natural for i in growing)
        full = {i for i in growing if spans[i].natural * factor >= spans[i].high}
        for i in growing:
            exact[i] = Fraction(spans[i].high) if i in full else spans[i].natural * factor
        if not full:
            break
        growing -= full
    return _rounded(exact)


def _rounded(exact: Sequence[Fraction]) -> tuple[int, ...]:
    # Largest remainder: the sum is kept, and no scene is off by a frame or more.
    whole = [int(value // 1) for value in exact]
    missing = int(sum(exact, Fraction(0))) - sum(whole)
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[:missing]:
        whole[i] += 1
    return tuple(whole)
