"""How long each scene may last, in frames: shares before the words exist, lengths after."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...values import FPS, frames

__all__ = ["BREATH", "budgets", "lengths", "scene_count"]

BREATH = Fraction(3, 5)
"""Seconds of each scene that stay free of speech, around its line."""
_SILENT = Fraction(1)
_SPOKEN = Fraction(13, 5)
"""Scenes under this many seconds have no room for a sentence; some stay silent so others speak."""


def scene_count(duration: Fraction, per_scene: Fraction, *, longest: Fraction) -> int:
    """Choose how many scenes a film of `duration` seconds has: one per `per_scene`, 1 to 120."""
    fewest = -(-duration // longest)
    usual = round(duration / min(per_scene, longest))
    return int(min(max(usual, fewest, 1), 120, duration // 1))


def budgets(weights: Sequence[float], duration: Fraction, *, longest: Fraction) -> list[Fraction]:
    """Share `duration` seconds out over scenes by weight, each 1 s to `longest`.

    When the scenes are too short to speak in, one in every few gets room for a sentence and the
    others the shortest length.
    """
    count = len(weights)
    mean = duration / count
    if count > 1 and mean < _SPOKEN and mean > Fraction(11, 10) and longest >= _SPOKEN:
        every = int(-(-(_SPOKEN - _SILENT) // (mean - _SILENT)))
        weights = [
            float(_SILENT) if index % every else float(mean * every - _SILENT * (every - 1))
            for index in range(count)
        ]
    return _scaled(weights, duration, [Fraction(1)] * count, longest)


def _scaled(
    weights: Sequence[float], total: Fraction, low: Sequence[Fraction], high: Fraction
) -> list[Fraction]:
    """Find the scale at which the clamped weights sum to `total`, by bisection."""
    below, above = 0.0, float(high) / max(min(weights), 0.01)
    for _ in range(60):
        scale = (below + above) / 2
        summed = sum(
            min(max(weight * scale, float(least)), float(high))
            for weight, least in zip(weights, low, strict=True)
        )
        below, above = (scale, above) if summed < total else (below, scale)
    return [
        min(max(Fraction(round(weight * above * 1000), 1000), least), high)
        for weight, least in zip(weights, low, strict=True)
    ]


def lengths(
    spoken: Sequence[Fraction],
    planned: Sequence[Fraction],
    duration: Fraction,
    *,
    longest: Fraction,
) -> list[Fraction]:
    """Fit the scenes to what is said in them, in whole frames that sum to `duration` exactly.

    Args:
        spoken: seconds of narration of each scene; 0 for none.
        planned: seconds each scene was given before its words were chosen.
        duration: the film's length; rounded up to whole frames.
        longest: the longest scene, in seconds.

    Returns:
        Seconds for each scene, multiples of a frame, each at least 1 s and, where the sum allows,
        at least its narration and `BREATH`.
    """
    total = frames(duration)
    most = int(longest * FPS)
    low = [
        Fraction(min(max(int(FPS), frames(line + BREATH) if line else 0), most)) for line in spoken
    ]
    if sum(low) > total:
        low = [Fraction(int(FPS))] * len(spoken)
    wanted = [
        float(line + BREATH) if line else float(plan)
        for line, plan in zip(spoken, planned, strict=True)
    ]
    ideal = _scaled(wanted, Fraction(total), low, Fraction(most))
    fitted = [int(length) for length in ideal]
    fitted = [max(length, int(least)) for length, least in zip(fitted, low, strict=True)]
    _settle(fitted, total, [int(least) for least in low], most)
    return [length / FPS for length in fitted]


def _settle(fitted: list[int], total: int, low: Sequence[int], most: int) -> None:
    """Give or take single frames until the scenes sum to `total`."""
    missing = total - sum(fitted)
    while missing:
        step = 1 if missing > 0 else -1
        moved = False
        for index in range(len(fitted)):
            if missing and low[index] <= fitted[index] + step <= most:
                fitted[index] += step
                missing -= step
                moved = True
        if not moved:
            # Only a brief whose shots cannot fill its length gets here: the last scene gives way.
            fitted[-1] += missing
            return
