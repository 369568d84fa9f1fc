"""How long transitions last, and how much longer than its scene a clip must play for them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..values import FPS
from .screenplay import Scene

__all__ = ["TRANSITION", "overlaps", "tails"]

TRANSITION = Fraction(1, 2)
"""Seconds of a transition where nothing else is said."""


def overlaps(
    scenes: Sequence[Scene], durations: Sequence[Fraction], transition_length: Fraction
) -> list[Fraction]:
    """How long each scene's own transition lasts, in seconds: at most half of either scene."""
    lengths: list[Fraction] = []
    for index, scene in enumerate(scenes):
        longest = min(durations[max(index - 1, 0) : index + 1]) / 2
        length = min(transition_length, longest) * FPS // 1 / FPS
        lengths.append(Fraction(0) if scene.transition == "cut" else length)
    return lengths


def tails(scenes: Sequence[Scene], overlapping: Sequence[Fraction]) -> list[Fraction]:
    """How much longer than its scene each clip plays, in seconds: under the next one's dissolve."""
    following = zip(scenes[1:], overlapping[1:], strict=True)
    shown = [
        overlap if scene.transition == "dissolve" else Fraction(0) for scene, overlap in following
    ]
    return [*shown, Fraction(0)]
