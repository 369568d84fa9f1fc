"""Fit the scenes of a film to its length, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from .brief import SHORTEST_SCENE

__all__ = ["ROOM", "fit_durations"]

ROOM = Fraction(3, 4)
"""Seconds of a scene in which nobody speaks."""

_TICKS = 10
"""Durations come out in tenths of a second, which people can read and add up."""


def fit_durations(
    wanted: Sequence[Fraction],
    total: Fraction,
    *,
    longest: Fraction,
    shortest: Fraction = Fraction(SHORTEST_SCENE),
) -> tuple[Fraction, ...]:
    """Scale wanted durations so that they sum to `total` exactly, each within its bounds.

    Args:
        wanted: how long each scene would like to be, in seconds; only the proportions matter.
        total: the film's length in seconds.
        longest: upper bound of each scene in seconds.
        shortest: lower bound of each scene in seconds.

    Returns:
        One duration per scene, in tenths of a second, or in finer steps where `total` or a bound
        is no whole number of tenths.

    Raises:
        ValueError: no durations within the bounds have that sum.
    """
    count = len(wanted)
    if not count * shortest <= total <= count * longest:
        raise ValueError(f"{count} scenes of {shortest} to {longest} s cannot fill {total} s")
    ticks = lcm(_TICKS, total.denominator, longest.denominator, shortest.denominator)
    low, high, goal = int(shortest * ticks), int(longest * ticks), int(total * ticks)
    weights = [max(float(length), 0.001) for length in wanted]
    ideal = _scaled(weights, goal, low, high)
    fitted = [min(max(int(length), low), high) for length in ideal]
    # The rounding's leftovers go first where it took most.
    order = sorted(range(count), key=lambda index: fitted[index] - ideal[index])
    missing = goal - sum(fitted)
    while missing:
        step = 1 if missing > 0 else -1
        for index in order if step > 0 else reversed(order):
            if missing and low <= fitted[index] + step <= high:
                fitted[index] += step
                missing -= step
    return tuple(Fraction(length, ticks) for length in fitted)


def _scaled(weights: list[float], goal: int, low: int, high: int) -> list[float]:
    """Find, by bisection, the scale at which the clamped weights sum to `goal`."""
    below, above = 0.0, high / min(weights)
    for _ in range(100):
        scale = (below + above) / 2
        if sum(min(max(weight * scale, low), high) for weight in weights) < goal:
            below = scale
        else:
            above = scale
    return [min(max(weight * above, low), high) for weight in weights]
