"""How fast a film is spoken: a little faster before it overruns, a little slower before its pauses
grow long."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from ..story.screenplay import Scene, Screenplay
from ..values import FPS, frames
from ..work import Progress
from .line import Line
from .lines import RECORDED
from .retime import TOLERANCE, Spoken, is_timed, spans_of
from .timing import LEAST_BREATH

__all__ = ["paced"]

_MOST_FASTER, _MOST_SLOWER = 1.12, 0.88
"""What a listener takes for the same calm voice."""
_STEPS = 25
"""To one time: a slower pace is one of few, so that an edit seldom has every line spoken anew."""
_EASY = 2
"""How many times its usual length a pause may last before the voice slows down."""

Speak = Callable[[Scene, float, Line | None], Line | None]
"""Speaks a scene so many times as fast as usual, by whoever spoke the line that is given."""


def paced(
    screenplay: Screenplay,
    spoken: list[Spoken],
    speak: Speak,
    *,
    breath: Fraction,
    progress: Progress,
) -> tuple[list[Spoken], float]:
    """Speak all lines at one pace, and return it: the one that the film was timed at, or else the
    one nearest to the voice's own that fits the film's length.

    Args:
        screenplay: the film, at the pace that it was timed at, if it was.
        spoken: its scenes and their lines, at the voice's own pace.
        speak: speaks them at another.
        breath: seconds of each scene that its line usually leaves free.
        progress: of speaking them again.
    """
    if screenplay.pace != 1 and any(scene.timed_to for scene in screenplay.scenes):
        before = _at(screenplay.pace, spoken, speak, screenplay)
        if is_timed(before):
            return before, screenplay.pace
    if is_timed(spoken):
        return spoken, 1.0
    hurried, faster = _fast_enough(spoken, speak, screenplay, progress)
    if faster != 1:
        return hurried, faster
    slower = _unhurried(spoken, screenplay, breath)
    if slower == 1:
        return spoken, 1.0
    progress(0, f"Speaking {1 - slower:.0%} slower")
    return _at(slower, spoken, speak, screenplay), slower


def _at(pace: float, spoken: list[Spoken], speak: Speak, screenplay: Screenplay) -> list[Spoken]:
    """All lines at one pace, but for those that would so outgrow the longest shot: these keep the
    voice's own."""
    longest = screenplay.brief.longest_shot * FPS
    again: list[Spoken] = []
    for scene, own in spoken:
        line = speak(scene, pace, own)
        outgrown = pace < 1 and line and frames(line.duration + LEAST_BREATH) > longest
        again.append((scene, own if outgrown else line))
    return again


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
        spoken = _at(faster, spoken, speak, screenplay)
    return spoken, faster


def _unhurried(spoken: list[Spoken], screenplay: Screenplay, breath: Fraction) -> float:
    """How many times its own pace a voice speaks, so that pauses which fill the film stay easy, or
    become no longer than they must.

    Scenes that nobody speaks in last what was planned, and the film maker's own voice is as it is.
    What cannot be as long as it should be in any case is not drawn out.
    """
    brief, target = screenplay.brief, frames(screenplay.target)
    reached = sum(span.high for span in spans_of(spoken, brief, breath))
    lack = target - sum(span.natural for span in spans_of(spoken, brief, _EASY * breath))
    lines = [line.duration for _, line in spoken if line and line.engine != RECORDED]
    if lack <= 0 or target > reached or not lines:
        return 1.0
    voice = float(sum(lines) * FPS)
    return math.ceil(max(voice / (voice + lack), _MOST_SLOWER) * _STEPS - 1e-6) / _STEPS
