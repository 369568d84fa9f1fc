"""How long a clip each scene needs: the scene itself, and what the next transition lies over."""

from __future__ import annotations

from fractions import Fraction

from ...errors import ChooseRenderer
from ...story.brief import Aspect
from ...story.screenplay import Screenplay
from ...story.transitions import TRANSITION, overlaps, tails
from ...values import whole_frames
from ..models.model import Model
from ..shot import ShotAspect, Task

__all__ = [
    "SLOWEST",
    "clip_duration",
    "clip_seconds",
    "shot_aspect",
]

SLOWEST = Fraction(4, 5)
"""How slowly the Cut plays a clip at most, where it is too short for its scene."""


def clip_seconds(
    screenplay: Screenplay, index: int, *, transition_length: Fraction = TRANSITION
) -> Fraction:
    """Seconds of picture that a scene needs: whole frames, and what shows in the next scene."""
    scenes = screenplay.scenes[max(index - 1, 0) : index + 2]
    place = min(index, 1)
    durations = [whole_frames(scene.duration) for scene in scenes]
    tail = tails(scenes, overlaps(scenes, durations, transition_length))[place]
    return durations[place] + tail


def clip_duration(
    screenplay: Screenplay,
    index: int,
    model: Model,
    *,
    task: Task = "text",
    resolution: str = "",
    covered: Fraction = Fraction(0),
    transition_length: Fraction = TRANSITION,
) -> int:
    """Seconds of the clip to ask for: the shortest legal one that covers a scene.

    `covered` seconds of it are there already, in the clip that this one goes on from.

    Where the scene fits into the longest clip, and only what shows under the next scene's dissolve
    does not, the longest is asked for: the Cut holds its last frame there.

    Raises:
        ChooseRenderer: no legal clip is as long as the scene.
    """
    scene = screenplay.scenes[index]
    needed = clip_seconds(screenplay, index, transition_length=transition_length) - covered
    if covering := model.shortest(needed, task=task, resolution=resolution):
        return covering
    alone = whole_frames(scene.duration) - covered
    model.legal_duration(alone, task=task, resolution=resolution, scene=scene.id)
    return model.legal_durations(task, resolution)[-1]


def shot_aspect(aspect: Aspect, model: Model, *, task: Task = "text") -> ShotAspect:
    """The shape to shoot a film in: its own, or for a square one a shape that is cropped to it.

    Raises:
        ChooseRenderer: the model does not shoot that shape.
    """
    legal = model.legal_aspects(task)
    # Of either shape the middle square is as large; wide is what models know best.
    wanted: tuple[ShotAspect, ...] = ("16:9", "9:16") if aspect == "1:1" else (aspect,)
    if found := next((each for each in wanted if each in legal), None):
        return found
    raise ChooseRenderer(f"{model.label} shoots {' or '.join(legal)}, not {aspect}.")
