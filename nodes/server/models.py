"""The paid models that films can be shot with, and what they cost."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ...onereel.errors import AddKey
from ...onereel.shoot.models.registry import Registry
from ...onereel.shoot.shot import PaidRenderer, Task
from .routes import Answer, Call, Route

__all__ = ["ROUTES"]


class Lapses(Answer):
    """When a model goes, and who follows."""

    date: date
    retired: bool
    successor: str
    words: str


class PaidModel(Answer):
    """A paid model: what it can shoot, what it costs, and whether it is reached."""

    name: str
    label: str
    renderer: PaidRenderer
    usual: bool
    reached: bool
    why: str
    """What to add where it is not reached."""
    tasks: list[Task]
    durations: list[int]
    aspects: list[str]
    resolutions: list[str]
    sound: str | None
    prices: dict[str, str]
    """Dollars for a second with sound, by resolution."""
    silent_prices: dict[str, str]
    per_minute: int | None
    per_day: int | None
    usual_latency: int | None
    kept_hours: int | None
    """Hours after which the service deletes a clip that nobody fetched."""
    checked: date | None
    source: str
    lapses: Lapses | None


class PaidModels(Answer):
    """The paid models that are not retired, and who follows those that are."""

    models: list[PaidModel]
    successors: dict[str, str]
    """By the name of a model that is retired, or will be within 30 days."""


def _models(call: Call) -> PaidModels:
    registry, today = Registry.load(call.home), datetime.now(UTC).date()
    reach = call.settings.google.reach()
    found = []
    for model in registry.usable(today):
        why = ""
        try:
            model.door(reach)
        except AddKey as error:
            why = error.user_message
        lapse = registry.lapse(model.name, today)
        found.append(
            PaidModel(
                name=model.name,
                label=model.label,
                renderer=model.renderer,
                usual=model.name == registry.usual(model.renderer),
                reached=not why,
                why=why,
                tasks=list(model.tasks),
                durations=list(model.durations),
                aspects=list(model.aspects),
                resolutions=list(model.resolutions),
                sound=model.sound,
                prices={name: f"{price:f}" for name, price in model.prices.items()},
                silent_prices={name: f"{price:f}" for name, price in model.silent_prices.items()},
                per_minute=model.per_minute,
                per_day=model.per_day,
                usual_latency=model.usual_latency,
                kept_hours=model.kept_hours,
                checked=model.checked,
                source=model.source,
                lapses=lapse
                and Lapses(
                    date=lapse.date,
                    retired=lapse.state == "retired",
                    successor=lapse.successor,
                    words=lapse.user_message,
                ),
            )
        )
    lapses = (registry.lapse(name, today) for name in registry.models)
    successors = {lapse.model: lapse.successor for lapse in lapses if lapse and lapse.successor}
    return PaidModels(models=found, successors=successors)


ROUTES: tuple[Route, ...] = (
    Route("GET", "/models", _models, "The paid models and their prices", PaidModels),
)
