"""The same shot by another model: for a model that is gone, and to see what would be cheaper."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from ...errors import ChooseRenderer
from ..shot import Shot
from .legal import lapse_in_words, too_long
from .model import Model
from .registry import Registry

__all__ = ["adapted", "replaced"]


def adapted(shot: Shot, model: Model, *, needed: Fraction | None = None) -> Shot:
    """The same shot as another model shoots it: the nearest legal length and resolution.

    It covers `needed` seconds, or else lasts as long as before. What the model has no setting for
    is left to the model; what it cannot do at all is refused.

    Raises:
        ChooseRenderer: the model cannot shoot this.
    """
    changes: dict[str, Any] = {"model": model.name, "renderer": model.renderer}
    legal = model.legal_resolutions(shot.task)
    if shot.resolution not in legal and legal:
        changes["resolution"] = legal[-1]
    resolution = str(changes.get("resolution", shot.resolution))
    seconds = Fraction(shot.duration) if needed is None else needed
    lengths = model.legal_durations(shot.task, resolution)
    covering = model.shortest(seconds, task=shot.task, resolution=resolution)
    changes["duration"] = covering or (lengths[-1] if lengths else shot.duration)
    changes["sound"] = {"always": True, "never": False}.get(model.sound or "", shot.sound)
    if model.negative_prompt is False:
        changes["negative_prompt"] = ""
    if model.seed is False:
        changes["seed"] = None
    if model.people is not None and shot.people not in model.people:
        changes["people"] = ""
    if model.enhance is False:
        changes["enhance"] = None
    other = shot.replace(**changes)
    model.check(other)
    wanted = min(seconds, Fraction(shot.duration))
    if other.duration < wanted:
        raise ChooseRenderer(too_long(model, wanted, shot.task, resolution, ""))
    return other


def replaced(shot: Shot, registry: Registry, today: date) -> Shot:
    """The shot itself, or, where its model is retired, the same shot by the successor.

    Raises:
        ChooseRenderer: nobody knows the model, it has no successor, or the successor cannot shoot
            this.
    """
    model = registry.model(shot.model)
    if not model.retired(today):
        return shot
    if (successor := registry.successor(shot.model, today)) is None:
        raise ChooseRenderer(lapse_in_words(model, "", retired=True))
    return adapted(shot, successor)
