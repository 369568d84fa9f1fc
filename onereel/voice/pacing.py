"""How fast a film is spoken: a little faster before it overruns, and a scene a little slower before
its voice leaves it silent for long.

Faster is one pace for the whole film. Slower is a matter of each scene alone, of its own line and
its own plan, so that an edit of one has no other spoken anew, nor shot to another length. Whoever
asked for a speed gets that speed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from ..story.screenplay import Scene, Screenplay
from ..values import FPS
from ..work import Progress
from .line import Line
from .lines import RECORDED
from .retime import TOLERANCE, Spoken, is_timed, spans_of
from .timing import LEAST_BREATH

__all__ = ["paced", "paces"]

_MOST = 1.12
"""Times as fast, or as long: what a listener takes for the same calm voice."""
_STEP = Fraction(35, 1000)
"""How much longer a line lasts at each slower pace."""
_SLOWER = tuple(1 / (1 + step * _STEP) for step in (1, 2, 3))
"""A scene's slower paces, from the voice's own on: few, so that its line is found again by any."""
_EASY = 2
"""How many times its usual length a pause may last before the voice slows down."""

Speak = Callable[[Scene, float, Line | None], Line | None]
"""Speaks a scene so many times as fast as usual, by whoever spoke the line that is given."""


def paces(pace: float, speed: float) -> tuple[float, ...]:
    """At which paces a scene may have been spoken, in a film of that pace and a voice of that
    speed."""
    slower = map(float, _SLOWER) if pace == speed == 1 else ()
    return pace, *slower


def paced(
    screenplay: Screenplay,
    spoken: list[Spoken],
    speak: Speak,
    *,
    speed: float,
    breath: Fraction,
    progress: Progress,
) -> tuple[list[Spoken], float]:
    """Speak all lines at one pace, and return it: the one that the film was timed at, or else the
    least that keeps it from being too long; where it is not, some of its scenes slower.

    Args:
        screenplay: the film as it was planned, at the pace that it was timed at, if it was.
        spoken: its scenes and their lines, at the voice's own pace.
        speak: speaks them at another.
        speed: that the film maker asked for.
        breath: seconds of each scene that its line usually leaves free.
        progress: of speaking them again.
    """
    if screenplay.pace > 1 and any(scene.timed_to for scene in screenplay.scenes):
        before = [(scene, speak(scene, screenplay.pace, own)) for scene, own in spoken]
        if is_timed(before):
            return before, screenplay.pace
    if is_timed(spoken):
        return spoken, 1.0
    faster = _fast_enough(spoken, speak, screenplay, progress)
    if faster or speed != 1:
        return faster or (spoken, 1.0)
    slower = _unhurried(spoken, speak, screenplay, breath, progress)
    # What a scene takes more than was planned for it, another one may need.
    return (spoken if _over(slower, screenplay) > 0 else slower), 1.0


def _over(spoken: list[Spoken], screenplay: Screenplay) -> int:
    """How many frames too long a film is, even with the least pauses."""
    brief = screenplay.brief
    allowed = screenplay.target * (1 if brief.exact else 1 + TOLERANCE) * FPS // 1
    return sum(span.low for span in spans_of(spoken, brief, LEAST_BREATH)) - allowed


def _fast_enough(
    spoken: list[Spoken], speak: Speak, screenplay: Screenplay, progress: Progress
) -> tuple[list[Spoken], float] | None:
    """Speak all lines faster, by one factor, if even the least pauses overrun the film."""
    faster = 1.0
    for attempt in range(3):
        over = _over(spoken, screenplay)
        if over <= 0 or faster >= _MOST:
            break
        voice = float(sum(line.duration for _, line in spoken if line)) * float(FPS)
        needed = voice / (voice - over) if voice > over else math.inf
        faster = math.ceil(min(faster * needed, _MOST) * 100 - 1e-6) / 100
        progress(attempt / 3, f"Speaking {faster - 1:.0%} faster")
        spoken = [(scene, speak(scene, faster, own)) for scene, own in spoken]
    return (spoken, faster) if faster != 1 else None


def _unhurried(
    spoken: list[Spoken],
    speak: Speak,
    screenplay: Screenplay,
    breath: Fraction,
    progress: Progress,
) -> list[Spoken]:
    """Speak those lines slower that leave more of what their own scene was planned to last than an
    easy pause."""
    longest = screenplay.brief.longest_shot
    again: list[Spoken] = []
    for at, (scene, own) in enumerate(spoken):
        plan = screenplay.scene(scene.id)
        # A piece of what was too long for one shot has no plan of its own.
        planned = plan and plan.narration == scene.narration
        line = own
        if own and planned and own.engine != RECORDED:
            room = min(scene.duration, longest) - breath
            progress(at / len(spoken), f"Speaking {scene.title or scene.id}")
            line = _slower(scene, own, speak, room=room, easy=room - (_EASY - 1) * breath)
        again.append((scene, line))
    return again


def _slower(scene: Scene, own: Line, speak: Speak, *, room: Fraction, easy: Fraction) -> Line:
    """The slowest that its voice says in `easy` seconds, about, and for certain in `room`."""
    for pace in reversed(_SLOWER):
        if own.duration / pace > easy:
            continue
        line = speak(scene, float(pace), own)
        same = line and (line.engine, line.voice) == (own.engine, own.voice)
        # Engines round a pace, each in its way.
        if line and same and line.duration <= min(own.duration * Fraction(str(_MOST)), room):
            return line
    return own
