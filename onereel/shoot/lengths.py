"""How long a clip each scene needs: the scene itself, and what the next transition lies over."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..errors import ChooseRenderer
from ..story.brief import Aspect
from ..story.screenplay import Scene, Screenplay
from ..values import FPS, whole_frames
from .legal import legal_duration
from .models import Model
from .shot import ShotAspect, Task

__all__ = ["SLOWEST", "clip_duration", "needed_lengths", "overlaps", "shot_aspect", "tails"]

SLOWEST = Fraction(4, 5)
"""How slowly the Cut plays a clip at most, where it is too short for its scene."""


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


def needed_lengths(
    screenplay: Screenplay, *, transition_length: Fraction = Fraction(1, 2)
) -> dict[str, Fraction]:
    """Seconds of picture that each scene needs, by scene id: whole frames, transitions included."""
    durations = [whole_frames(scene.duration) for scene in screenplay.scenes]
    under = tails(screenplay.scenes, overlaps(screenplay.scenes, durations, transition_length))
    return {
        scene.id: duration + tail
        for scene, duration, tail in zip(screenplay.scenes, durations, under, strict=True)
    }


def clip_duration(
    scene: Scene, needed: Fraction, model: Model, *, task: Task = "text", resolution: str = ""
) -> int:
    """Seconds of the clip to ask for: the shortest legal one that covers the scene.

    Where the scene alone fits into the longest clip, and only what shows under the next scene's
    dissolve does not, the longest clip is asked for: the Cut holds its last frame there.

    Raises:
        ChooseRenderer: no legal clip is as long as the scene.
    """
    legal = model.legal_durations(task, resolution)
    if covering := legal_duration(model, needed, task, resolution):
        return covering
    if legal and whole_frames(scene.duration) <= legal[-1]:
        return legal[-1]
    longest = f"at most {legal[-1]} s" if legal else "no clip"
    raise ChooseRenderer(
        f"Scene {scene.id} lasts {float(scene.duration):g} s, and {model.label} makes {longest} at"
        " a time; let Narrate split it, give the Brief a shorter longest shot, or choose a model"
        " with longer clips."
    )


def shot_aspect(aspect: Aspect, model: Model, *, task: Task = "text") -> ShotAspect:
    """The shape to shoot a film in: its own, or for a square one the widest that the model has.

    Raises:
        ChooseRenderer: the model does not shoot that shape.
    """
    legal = model.legal_aspects(task)
    if aspect == "1:1" and legal:
        return legal[0]
    if aspect in legal:
        return aspect
    raise ChooseRenderer(f"{model.label} shoots {' or '.join(legal)}, not {aspect}.")
