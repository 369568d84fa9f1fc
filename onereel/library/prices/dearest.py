"""The dearest shots that a film of unmeasured voice can have, whatever it is to be shot with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ...errors import ChooseRenderer, EnterPrice
from ...settings import Settings
from ...shoot.models.model import Model
from ...shoot.models.registry import Registry
from ...shoot.order import PaidOptions, Wanted, orders
from ...shoot.prices.alternatives import Alternative, cheapest
from ...shoot.prices.bounds import longest_clips
from ...shoot.prices.pricing import PlannedShot, price
from ...story.screenplay import Screenplay

__all__ = ["Outline", "Plan"]


@dataclass(frozen=True)
class Outline:
    """A film as far as it is known: all the scenes it may have, and how long they may speak."""

    screenplay: Screenplay
    spoken: Fraction
    scenes: int
    speed: float


@dataclass(frozen=True)
class Plan:
    """The dearest shots of a film, whatever it is asked to be shot with."""

    outline: Outline
    registry: Registry
    settings: Settings
    today: date
    wanted: Wanted

    def shots(self, options: PaidOptions) -> list[PlannedShot]:
        """The shots as these options ask for them.

        Raises:
            ChooseRenderer, ReviseScreenplay: it cannot be shot so.
        """
        buying = self.settings.buying.lapsed_model == "replace"
        model = self.registry.model(options.model or self.registry.usual(options.renderer))
        if buying and model.retired(self.today):
            model = self.registry.successor(model.name, self.today) or model
        legal = model.legal_durations("text", options.resolution)
        film = self.outline.screenplay
        if legal:
            speed, spoken = self.outline.speed, self.outline.spoken
            film = longest_clips(film, legal, spoken=spoken, speed=speed)
        approved = [scene.id for scene in film.scenes if scene.approved]
        ordered = orders(
            film,
            options,
            registry=self.registry,
            only=approved if self.wanted == "approved scenes" else None,
            has_bucket=bool(self.settings.google.bucket),
            today=self.today,
            replace_lapsed=buying,
        )
        return [
            PlannedShot(
                scene_id=order.scene.id,
                title=order.scene.title,
                shot=order.shot,
                needed=order.needed,
            )
            for order in ordered
        ]

    def cheaper(self, options: PaidOptions, total: Decimal) -> tuple[Alternative, ...]:
        """What would cost less than `total`: another model, a smaller picture, no sound."""
        reach = self.settings.google.reach()
        found: list[Alternative] = []
        for words, model, other in self._others(options):
            try:
                shots = self.shots(other)
                cost = sum((price(each.shot, model) for each in shots), Decimal(0))
            except (ChooseRenderer, EnterPrice):
                continue
            if cost < total:
                reached = model.reached(reach)
                found.append(Alternative(words=words, total=cost, reached=reached))
        return cheapest(found)

    def _others(self, options: PaidOptions) -> Iterable[tuple[str, Model, PaidOptions]]:
        own = self.registry.model(options.model or self.registry.usual(options.renderer))
        for model in self.registry.usable(self.today):
            if model.name != own.name:
                changes = {"model": model.name, "renderer": model.renderer}
                yield model.label, model, options.replace(**changes)
        for resolution in own.resolutions:
            if resolution != options.resolution:
                changes = {"resolution": resolution}
                yield f"the same at {resolution}", own, options.replace(**changes)
        yield "the same without sound", own, options.replace(sound="off")
