"""Scenes timed to their lines: how long each of them lasts, and what the film lasts by that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..errors import ReviseScreenplay
from ..story.brief import LONGEST_SCENE, Brief
from ..story.screenplay import Scene, Screenplay
from ..values import FPS, frames
from .line import Line
from .timing import BREATH, Span, fit, scene_span, silent_span

__all__ = ["SILENCE", "TOLERANCE", "Narration", "Spoken", "is_timed", "retimed", "spans_of"]

TOLERANCE = Fraction(5, 100)
"""Of the target duration, which the film meets within this (DESIGN, Time)."""
SILENCE = "silence"
"""What a scene without a line is timed to."""


@dataclass(frozen=True)
class Narration:
    """A screenplay whose scenes last as long as their voice needs, and its lines.

    `lines` holds one line for each scene that is spoken, in the order of the scenes; `notes` are
    sentences for the user.
    """

    screenplay: Screenplay
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    def line(self, scene_id: str) -> Line | None:
        """The line of that scene, if it is spoken."""
        return next((line for line in self.lines if line.scene_id == scene_id), None)


Spoken = tuple[Scene, Line | None]


def is_timed(spoken: Sequence[Spoken]) -> bool:
    """Whether durations of these scenes were measured from these very lines."""
    return any(line and scene.timed_to == line.audio for scene, line in spoken)


def retimed(
    screenplay: Screenplay,
    spoken: Sequence[Spoken],
    *,
    breath: Fraction = BREATH,
    notes: tuple[str, ...] = (),
) -> Narration:
    """Give each scene the frames that its line and the film's length ask for.

    In a film that was timed before, scenes that still have the line that they were timed to keep
    their duration, and the others get what their own line asks for.

    Raises:
        ReviseScreenplay: the brief is `exact` and its length cannot be met; or the voice of one
            scene is longer than any scene may be.
    """
    brief, timed = screenplay.brief, is_timed(spoken)
    spans = spans_of(spoken, brief, breath)
    _refuse_endless_scene(spoken, spans)
    if timed:
        spans = [_kept(*each, span) for each, span in zip(spoken, spans, strict=True)]
    target = frames(screenplay.target)
    counts = tuple(span.natural for span in spans)
    if not timed or (brief.exact and sum(counts) != target):
        counts = fit(spans, target)
    total = sum(counts)
    missed = _missed(screenplay, spans, total)
    if brief.exact and total != target:
        raise ReviseScreenplay(missed)
    if abs(total - target) > target * TOLERANCE:
        notes = (*notes, missed)
    lines = tuple(line for _, line in spoken if line)
    scenes = tuple(
        scene.replace(
            duration=count / FPS,
            # A film without any voice has the durations that somebody planned.
            timed_to=line.audio if line else SILENCE if lines else "",
        )
        for (scene, line), count in zip(spoken, counts, strict=True)
    )
    return Narration(screenplay.replace(scenes=scenes), lines, notes)


def spans_of(spoken: Sequence[Spoken], brief: Brief, breath: Fraction) -> list[Span]:
    """How long each scene may last."""
    return [
        scene_span(line.duration, breath=breath, longest=brief.longest_shot)
        if line
        else silent_span(scene.duration, longest=brief.longest_shot)
        for scene, line in spoken
    ]


def _kept(scene: Scene, line: Line | None, span: Span) -> Span:
    """The span of a scene that lasts as long as before, if its line is the one of then."""
    if scene.timed_to != (line.audio if line else SILENCE):
        return span
    natural = max(span.low, frames(scene.duration))
    return Span(low=span.low, natural=natural, high=max(natural, span.high))


def _refuse_endless_scene(spoken: Sequence[Spoken], spans: Sequence[Span]) -> None:
    for (scene, _), span in zip(spoken, spans, strict=True):
        if span.low > LONGEST_SCENE * FPS:
            raise ReviseScreenplay(
                f"The voice of scene {scene.id} lasts {float(span.low / FPS):.1f} s, and a scene"
                f" at most {LONGEST_SCENE} s; divide its narration."
            )


def _missed(screenplay: Screenplay, spans: Sequence[Span], total: int) -> str:
    seconds, asked = float(total / FPS), float(screenplay.target)
    if seconds > asked:
        return (
            f"The narration needs {seconds:.1f} s, {seconds - asked:.1f} s more than the {asked:g}"
            " s planned; shorten it or allow a longer film."
        )
    return (
        f"{len(spans)} scenes of at most {float(screenplay.brief.longest_shot):g} s make"
        f" {seconds:.1f} s, {asked - seconds:.1f} s less than the {asked:g} s planned; write more"
        " scenes or allow longer shots."
    )
