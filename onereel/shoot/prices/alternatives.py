"""Cheaper ways to shoot the same film: another model, fewer pixels, no sound, shorter clips."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from ...errors import ChooseRenderer, EnterPrice
from ...settings import Door
from ...values import Value
from ..models.model import Model
from ..models.registry import Registry
from ..models.retarget import adapted
from ..shot import Shot
from .lengths import SLOWEST
from .pricing import PlannedShot, price

__all__ = ["Alternative", "alternatives", "cheapest"]

_MOST_ALTERNATIVES = 8


class Alternative(Value):
    """Another way to shoot the film, and what that costs at most."""

    words: str
    total: Decimal
    reached: bool
    """Whether the configured credentials reach its model."""


_Change = Callable[[PlannedShot], Shot]


def alternatives(
    planned: Sequence[PlannedShot],
    total: Decimal,
    registry: Registry,
    today: date,
    reach: Collection[Door],
) -> tuple[Alternative, ...]:
    """Find what costs less than `total`, the cheapest first; what is owned already stays."""
    wanted = [each for each in planned if not each.owned]
    found: dict[str, Alternative] = {}
    for words, models, change in _changes(wanted, registry, today):
        try:
            shots = [change(each) for each in wanted]
            cost = sum((price(shot, registry.model(shot.model)) for shot in shots), Decimal(0))
        except (ChooseRenderer, EnterPrice):
            continue
        if cost < total:
            reached = all(model.reached(reach) for model in models)
            words += _other_resolution(words, wanted, shots)
            found[words] = Alternative(words=words, total=cost, reached=reached)
    return cheapest(found.values())


def cheapest(found: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """As many as people read, the cheapest first."""
    return tuple(sorted(found, key=lambda each: each.total)[:_MOST_ALTERNATIVES])


def _other_resolution(words: str, wanted: Sequence[PlannedShot], shots: Sequence[Shot]) -> str:
    """What the words do not say yet: that a model has fewer pixels to give."""
    before = {each.shot.resolution for each in wanted}
    after = {shot.resolution for shot in shots} - before
    return "".join(f", at {each}" for each in sorted(after) if each not in words)


def _changes(
    wanted: Sequence[PlannedShot], registry: Registry, today: date
) -> Iterable[tuple[str, Sequence[Model], _Change]]:
    """Ways to change every shot: in words, the models that shoot it then, and how."""
    models = [registry.model(name) for name in dict.fromkeys(each.shot.model for each in wanted)]
    for model in registry.usable(today):
        yield model.label, [model], partial(_by, model)
    for resolution in dict.fromkeys(each for model in models for each in model.resolutions):
        yield f"the same at {resolution}", models, partial(_at, resolution, registry)
    yield "the same without sound", models, partial(_silent, registry)
    slower = "the same in shorter clips, which the Cut slows down by a fifth at most"
    yield slower, models, partial(_shorter, registry)


def _by(model: Model, planned: PlannedShot) -> Shot:
    return adapted(planned.shot, model, needed=planned.needed)


def _at(resolution: str, registry: Registry, planned: PlannedShot) -> Shot:
    model = registry.model(planned.shot.model)
    duration = model.shortest(planned.needed, task=planned.shot.task, resolution=resolution)
    shot = planned.shot.replace(resolution=resolution, duration=duration or planned.shot.duration)
    model.check(shot)
    return shot


def _silent(registry: Registry, planned: PlannedShot) -> Shot:
    shot = planned.shot.replace(sound=False)
    registry.model(shot.model).check(shot)
    return shot


def _shorter(registry: Registry, planned: PlannedShot) -> Shot:
    shot = planned.shot
    model = registry.model(shot.model)
    slowed = model.shortest(planned.needed * SLOWEST, task=shot.task, resolution=shot.resolution)
    return shot.replace(duration=min(slowed or shot.duration, shot.duration))
