"""Fit the scenes of a film to its length, exactly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from .brief import LONGEST_SCENE, SHORTEST_SCENE
from .pace import estimate

__all__ = ["ROOM", "fit_durations", "scene_length", "share_out"]

ROOM = Fraction(3, 4)
"""Seconds of a scene in which nobody speaks."""

_SILENT = Fraction(5)
"""Seconds of a scene without narration."""

_TICKS = 10
"""Durations come out in tenths of a second, which people can read and add up."""


def scene_length(narration: str, language: str) -> Fraction:
    """Seconds of a scene of which nobody has said how long it is: as long as its narration with
    room around it, up to the next tenth."""
    spoken = estimate(narration, language)
    wanted = spoken + ROOM if spoken else _SILENT
    tenths = -(-wanted * _TICKS // 1)
    return min(max(Fraction(tenths, _TICKS), Fraction(SHORTEST_SCENE)), Fraction(LONGEST_SCENE))


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
    weights = [max(length, Fraction(1, 1000)) for length in wanted]
    fitted = share_out(goal, weights, [low] * count, [high] * count)
    return tuple(Fraction(length, ticks) for length in fitted)


def share_out(
    total: int, weights: Sequence[Fraction | float], low: Sequence[int], high: Sequence[int]
) -> tuple[int, ...]:
    """Share `total` out by weight, in whole numbers, each within its bounds.

    Each share is its weight times one common factor, held within its bounds; what rounding leaves
    over goes where it took most. A total out of the bounds' reach is met as nearly as they can. A
    weight of 0 needs bounds that leave no choice.
    """
    total = min(max(total, sum(low)), sum(high))
    exact = _scaled(total, [Fraction(weight) for weight in weights], low, high)
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in by_remainder[: total - sum(whole)]:
        whole[index] += 1
    return tuple(whole)


def _scaled(
    total: int, weights: Sequence[Fraction], low: Sequence[int], high: Sequence[int]
) -> list[Fraction]:
    """Scale the weights until they sum to `total`.

    The sum grows with the factor along straight lines, which bend where a share meets a bound.
    """
    parts = _in_whole_numbers(weights, low, high)
    bends = [Fraction(0)]
    bends += sorted({Fraction(bound, part[0]) for part in parts if part[0] for bound in part[1:]})

    def summed(factor: Fraction) -> Fraction:
        # All in whole numbers: a film of a hundred scenes has two hundred bends.
        over, under = factor.as_integer_ratio()
        shares = (min(max(part * over, least * under), most * under) for part, least, most in parts)
        return Fraction(sum(shares), under)

    last = min(bisect_left(bends, Fraction(total), key=summed), len(bends) - 1)
    before, after = bends[max(last - 1, 0)], bends[last]
    rise = summed(after) - summed(before)
    way = (total - summed(before)) / rise if rise else 0
    factor = before + (after - before) * way
    return [min(max(part * factor, Fraction(least)), Fraction(most)) for part, least, most in parts]


def _in_whole_numbers(
    weights: Sequence[Fraction], low: Sequence[int], high: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Weights with their bounds, of which only the proportions matter."""
    scale = lcm(*(weight.denominator for weight in weights))
    return [
        (int(weight * scale), least, most)
        for weight, least, most in zip(weights, low, high, strict=True)
    ]
