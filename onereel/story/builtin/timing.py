"""How long each scene may last, in frames: shares before the words exist, lengths after."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...values import FPS, frames
from ..timing import ROOM, share_out

__all__ = ["BREATH", "budgets", "lengths", "room_for", "scene_count"]

BREATH = Fraction(3, 5)
"""Seconds of each scene that stay free of speech, around its line."""
_SLOWER = Fraction(27, 25)
"""How much longer a voice may take than `pace.estimate`, whose mean error is 4 to 7 %."""
_MS = 1000
_SILENT = Fraction(1)
_SHORT_FILM, _LONG_FILM = 120, 600
"""Seconds."""
_SPOKEN = Fraction(13, 5)
"""Scenes under this many seconds have no room for a sentence; some stay silent so others speak."""


def scene_count(duration: Fraction, per_scene: Fraction, *, longest: Fraction) -> int:
    """Choose how many scenes a film of `duration` seconds has: one per `per_scene`, 1 to 120.

    From two minutes on scenes grow longer, until at ten they last as long as `longest`, or twice
    their usual time.
    """
    fewest = -(-duration // longest)
    most = min(longest, 2 * per_scene)
    grown = min(Fraction(duration - _SHORT_FILM) / (_LONG_FILM - _SHORT_FILM), Fraction(1))
    pace = per_scene + max(most - per_scene, Fraction(0)) * max(grown, Fraction(0))
    usual = round(duration / min(pace, longest))
    return int(min(max(usual, fewest, 1), 120, duration // 1))


def room_for(available: Fraction, *, longest: Fraction) -> Fraction:
    """Seconds that may be spoken in a scene of `available` seconds.

    In a shot of the `longest` kind a line that a voice speaks slower than estimated would be told
    in two, so there it keeps clear of that.
    """
    room = available - BREATH - Fraction(1, 24)
    return max(min(room, (longest - ROOM) / _SLOWER), Fraction(0))


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
    shares = share_out(
        int(duration * _MS), weights, [int(_SILENT * _MS)] * count, [int(longest * _MS)] * count
    )
    return [Fraction(share, _MS) for share in shares]


def lengths(
    spoken: Sequence[Fraction],
    planned: Sequence[Fraction],
    duration: Fraction,
    *,
    longest: Fraction,
    rhythm: bool = False,
) -> list[Fraction]:
    """Fit the scenes to what is said in them, in whole frames that sum to `duration` exactly.

    Args:
        spoken: seconds of narration of each scene; 0 for none.
        planned: seconds each scene was given before its words were chosen.
        duration: the film's length; rounded up to whole frames.
        longest: the longest scene, in seconds.
        rhythm: whether what is not spoken is shared out as planned, and not as the lines are long.

    Returns:
        Seconds for each scene, multiples of a frame, each at least 1 s and, where the sum allows,
        at least its narration and `BREATH`.
    """
    total = frames(duration)
    most = int(longest * FPS)
    low = [min(max(int(FPS), frames(line + BREATH) if line else 0), most) for line in spoken]
    if sum(low) > total:
        low = [int(FPS)] * len(spoken)
    wanted = [
        line + BREATH if line and not rhythm else plan
        for line, plan in zip(spoken, planned, strict=True)
    ]
    fitted = list(share_out(total, wanted, low, [most] * len(spoken)))
    # Only in a brief whose shots cannot fill its length the last scene gives way.
    fitted[-1] += total - sum(fitted)
    return [length / FPS for length in fitted]
