"""How fast a film is spoken: a little faster before it overruns.

And never slower where it is too short, by a pace for all of it: an edit of one scene would have
every other one spoken anew, and shot to another length.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from ..story.screenplay import Scene, Screenplay
from ..values import FPS
from ..work import Progress
from .line import Line
from .retime import TOLERANCE, Spoken, is_timed, spans_of
from .timing import LEAST_BREATH

__all__ = ["paced"]

_MOST_FASTER = 1.12
"""What a listener takes for the same calm voice."""

Speak = Callable[[Scene, float, Line | None], Line | None]
"""Speaks a scene so many times as fast as usual, by whoever spoke the line that is given."""


def paced(
    screenplay: Screenplay,
    spoken: list[Spoken],
    speak: Speak,
    *,
    progress: Progress,
) -> tuple[list[Spoken], float]:
    """Speak all lines at one pace, and return it: the one that the film was timed at, or else the
    least that keeps it from being too long.

    Args:
        screenplay: the film, at the pace that it was timed at, if it was.
        spoken: its scenes and their lines, at the voice's own pace.
        speak: speaks them at another.
        progress: of speaking them again.
    """
    if screenplay.pace > 1 and any(scene.timed_to for scene in screenplay.scenes):
        before = _at(screenplay.pace, spoken, speak)
        if is_timed(before):
            return before, screenplay.pace
    if is_timed(spoken):
        return spoken, 1.0
    return _fast_enough(spoken, speak, screenplay, progress)


def _at(pace: float, spoken: list[Spoken], speak: Speak) -> list[Spoken]:
    return [(scene, speak(scene, pace, own)) for scene, own in spoken]


def _fast_enough(
    spoken: list[Spoken], speak: Speak, screenplay: Screenplay, progress: Progress
) -> tuple[list[Spoken], float]:
    """Speak all lines faster, by one factor, if even the least pauses overrun the film."""
    brief = screenplay.brief
    allowed = screenplay.target * (1 if brief.exact else 1 + TOLERANCE) * FPS // 1
    faster = 1.0
    for attempt in range(3):
        over = sum(span.low for span in spans_of(spoken, brief, LEAST_BREATH)) - allowed
        if over <= 0 or faster >= _MOST_FASTER:
            break
        voice = float(sum(line.duration for _, line in spoken if line)) * float(FPS)
        needed = voice / (voice - over) if voice > over else math.inf
        faster = math.ceil(min(faster * needed, _MOST_FASTER) * 100 - 1e-6) / 100
        progress(attempt / 3, f"Speaking {faster - 1:.0%} faster")
        spoken = _at(faster, spoken, speak)
    return spoken, faster
