"""One paid model: what it can shoot, what it costs, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ...errors import AddKey, ChooseRenderer
from ...settings import Door
from ...values import Value
from ..shot import PaidRenderer, People, Shot, ShotAspect, Task
from .legal import listed, problems, too_long
from .rows import CORRECTIONS

__all__ = ["Limit", "Model", "Sound"]

Sound = Literal["always", "optional", "never"]
_Count = Annotated[int, Field(ge=1)]
_Price = Annotated[Decimal, Field(gt=0, lt=100)]


class Limit(Value):
    """What is legal for some tasks or at some resolutions only; an empty list narrows nothing."""

    tasks: tuple[Task, ...] = ()
    """Tasks that it holds for; empty: all."""
    at: tuple[str, ...] = ()
    """Resolutions that it holds for; empty: all."""
    durations: tuple[_Count, ...] = ()
    resolutions: tuple[str, ...] = ()
    aspects: tuple[ShotAspect, ...] = ()


class Model(Value):
    """One row of the registry. None, or an empty price table, where nobody knows.

    What is not known is not refused: the service itself then says so, free of charge. What is not
    known to cost anything cannot be bought.
    """

    name: str
    label: str
    renderer: PaidRenderer
    checked: date | None = None
    """When somebody last compared the row with its source."""
    source: str
    usual: bool = False
    """Whether it shoots where no model is named."""
    doors: tuple[Door, ...] = ()
    """The ways it is reached by, the best first."""
    tasks: tuple[Task, ...] = ()
    durations: tuple[_Count, ...] = ()
    """Seconds."""
    longest_extended: _Count | None = None
    """Seconds of a clip together with all that extends it."""
    aspects: tuple[ShotAspect, ...] = ()
    resolutions: tuple[str, ...] = ()
    """From the smallest to the largest."""
    fps: _Count | None = None
    limits: tuple[Limit, ...] = ()
    sound: Sound | None = None
    silent_is_cheaper: bool | None = None
    most_references: int | None = Field(default=None, ge=0)
    extend_needs_bucket: bool = False
    seed: bool | None = None
    largest_seed: _Count | None = None
    negative_prompt: bool | None = None
    people: tuple[People, ...] | None = None
    enhance: bool | None = None
    several_shots: bool | None = None
    """Whether it cuts between shots by itself unless the prompt forbids it."""
    most_samples: _Count | None = None
    longest_prompt: _Count | None = None
    """Characters."""
    per_minute: _Count | None = None
    """Requests."""
    per_day: _Count | None = None
    concurrent: _Count | None = None
    """Operations at once."""
    usual_latency: _Count | None = None
    """Seconds from submit to clip."""
    longest_latency: _Count | None = None
    kept_hours: _Count | None = None
    """Hours for which the service keeps a clip; None where it is kept in a bucket of the owner's,
    or nobody knows."""
    prices: Mapping[str, _Price] = Field(default_factory=dict)
    """US dollars for one second of a clip with sound, by resolution."""
    silent_prices: Mapping[str, _Price] = Field(default_factory=dict)
    """The same without sound."""
    retires: date | None = None
    """The first day on which it is gone."""
    successor: str = ""
    corrections: Path = Path(CORRECTIONS)
    """The owner's own rows: where a missing price is entered."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.retires is None or self.tasks:
            for field in ("doors", "tasks", "durations", "aspects", "resolutions", "sound"):
                if not getattr(self, field):
                    raise ValueError(f"{field} is missing")
        named = {*self.prices, *self.silent_prices}
        named.update(*(limit.at + limit.resolutions for limit in self.limits))
        if strange := sorted(named - set(self.resolutions)):
            legal = listed(self.resolutions) or "none"
            raise ValueError(f"{strange[0]} is not one of its resolutions ({legal})")
        return self

    def legal_durations(self, task: Task = "text", resolution: str = "") -> tuple[int, ...]:
        """Seconds that a clip may last, ascending."""
        legal = set(self.durations)
        for limit in self._limits(task, resolution):
            legal &= set(limit.durations or legal)
        return tuple(sorted(legal))

    def legal_resolutions(self, task: Task = "text") -> tuple[str, ...]:
        """Resolutions of a task, from the smallest to the largest."""
        legal = set(self.resolutions)
        for limit in self._limits(task, ""):
            legal &= set(limit.resolutions or legal)
        return tuple(each for each in self.resolutions if each in legal)

    def legal_aspects(self, task: Task = "text", resolution: str = "") -> tuple[ShotAspect, ...]:
        """Shapes of a task."""
        legal = set(self.aspects)
        for limit in self._limits(task, resolution):
            legal &= set(limit.aspects or legal)
        return tuple(each for each in self.aspects if each in legal)

    def _limits(self, task: Task, resolution: str) -> Iterable[Limit]:
        for limit in self.limits:
            of_task = not limit.tasks or task in limit.tasks
            if of_task and (not limit.at or resolution in limit.at):
                yield limit

    def check(self, shot: Shot, *, scene: str = "", has_bucket: bool = True) -> None:
        """Refuse what the model cannot shoot, before anything is sent.

        `scene` names the scene in the sentence; `has_bucket` says whether the owner has one, which
        some models need to extend a clip.

        Raises:
            ChooseRenderer: naming what is legal instead.
        """
        for problem in problems(shot, self, has_bucket=has_bucket):
            raise ChooseRenderer(f"Scene {scene}: {problem}" if scene else problem)

    def shortest(
        self, seconds: Fraction, *, task: Task = "text", resolution: str = ""
    ) -> int | None:
        """The shortest legal clip that covers `seconds`; None where none is that long."""
        legal = self.legal_durations(task, resolution)
        return next((each for each in legal if each >= seconds), None)

    def legal_duration(
        self, seconds: Fraction, *, task: Task = "text", resolution: str = "", scene: str = ""
    ) -> int:
        """The shortest legal clip that covers `seconds`.

        Raises:
            ChooseRenderer: none is that long; `scene` is named.
        """
        if found := self.shortest(seconds, task=task, resolution=resolution):
            return found
        raise ChooseRenderer(too_long(self, seconds, task, resolution, scene))

    def price_per_second(self, resolution: str, *, sound: bool = True) -> Decimal | None:
        """Dollars for one second of a clip, never less than it is; None where nobody knows.

        A silent clip whose price is not known is taken for one with sound.
        """
        silent = None if sound else self.silent_prices.get(resolution)
        return silent or self.prices.get(resolution)

    def cheaper_silent(self, resolution: str) -> bool:
        """Whether a clip without sound is known to cost less than one with it."""
        if self.sound != "optional":
            return False
        if resolution in self.silent_prices and resolution in self.prices:
            return self.silent_prices[resolution] < self.prices[resolution]
        return bool(self.silent_is_cheaper)

    def retired(self, today: date) -> bool:
        """Whether it is gone."""
        return self.retires is not None and today >= self.retires

    def reached(self, reach: Collection[Door]) -> bool:
        """Whether the configured credentials reach it."""
        return any(each in reach for each in self.doors)

    def door(self, reach: Collection[Door]) -> Door:
        """Choose how to reach it with what the configured credentials open.

        `reach` is what `GoogleSettings.reach` returns.

        Raises:
            AddKey: they do not reach it; the sentence says what to add.
        """
        for each in self.doors:
            if each in reach:
                return each
        keys = ", or ".join(_TO_ADD[each] for each in self.doors)
        raise AddKey(f"{self.label} cannot be reached yet: {keys}.")


_TO_ADD: Mapping[Door, str] = {
    "vertex": "name a Google Cloud project by `python -m onereel settings set google-project` and"
    " sign in by `gcloud auth application-default login`",
    "express": "give an express key by `python -m onereel settings set vertex-api-key`",
    "gemini": "give a key by `python -m onereel settings set gemini-api-key`",
}
