"""The capability registry: what each paid model can shoot, what it costs, and until when."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from ..errors import AddKey, ChooseRenderer, ReviseSetting
from ..home import Home
from ..settings import Door
from ..values import Value, in_words
from .shot import PaidRenderer, People, ShotAspect, Task

__all__ = [
    "Lapse",
    "Limit",
    "Model",
    "Registry",
    "Sound",
    "door",
    "gone",
    "lapse_in_words",
    "listed",
]

Sound = Literal["always", "optional", "never"]
Price = Annotated[Decimal, Field(gt=0, lt=100)]

_FILE = "models.toml"
_WARNING = timedelta(days=30)


class Limit(Value):
    """What is legal for some tasks or at some resolutions only; an empty list narrows nothing."""

    tasks: tuple[Task, ...] = ()
    """Tasks that it holds for; empty: all."""
    at: tuple[str, ...] = ()
    """Resolutions that it holds for; empty: all."""
    durations: tuple[int, ...] = ()
    resolutions: tuple[str, ...] = ()
    aspects: tuple[ShotAspect, ...] = ()


class Model(Value):
    """One row of the registry. None, or an empty price table, where nobody knows.

    A yes-or-no that is None is not refused: the service itself then says so, free of charge.
    """

    name: str
    label: str
    renderer: PaidRenderer
    checked: date | None = None
    source: str
    doors: tuple[Door, ...] = ()
    tasks: tuple[Task, ...] = ()
    durations: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Seconds."""
    longest_extended: int | None = None
    """Seconds of a clip together with what extends it."""
    aspects: tuple[ShotAspect, ...] = ()
    resolutions: tuple[str, ...] = ()
    fps: int | None = None
    limits: tuple[Limit, ...] = ()
    sound: Sound | None = None
    silent_is_cheaper: bool | None = None
    most_references: int | None = None
    extend_needs_bucket: bool = False
    seed: bool | None = None
    largest_seed: int | None = None
    negative_prompt: bool | None = None
    people: tuple[People, ...] | None = None
    enhance: bool | None = None
    most_samples: int | None = None
    longest_prompt: int | None = None
    """Characters."""
    per_minute: int | None = Field(default=None, ge=1)
    per_day: int | None = Field(default=None, ge=1)
    concurrent: int | None = Field(default=None, ge=1)
    usual_latency: int | None = None
    """Seconds from submit to clip."""
    longest_latency: int | None = None
    prices: Mapping[str, Price] = Field(default_factory=dict)
    """US dollars per second of a clip with sound, by resolution."""
    silent_prices: Mapping[str, Price] = Field(default_factory=dict)
    """The same without sound."""
    retires: date | None = None
    """The first day on which it is gone."""
    successor: str = ""
    corrections: Path = Path(_FILE)
    """The owner's own rows: where a missing price is entered."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.retires is None or self.tasks:
            for field in ("doors", "tasks", "durations", "aspects", "resolutions", "sound"):
                if not getattr(self, field):
                    raise ValueError(f"{field} is missing")
        for field in ("prices", "silent_prices"):
            for resolution in getattr(self, field):
                if resolution not in self.resolutions:
                    raise ValueError(
                        f"{field} has {resolution}, which is not one of its resolutions"
                        f" ({listed(self.resolutions) or 'none'})"
                    )
        return self

    def legal_durations(self, task: Task = "text", resolution: str = "") -> tuple[int, ...]:
        """Seconds that a clip may last, ascending; without a resolution: at any of them."""
        legal = set(self.durations)
        for limit in self._limits(task, resolution):
            if limit.durations:
                legal &= set(limit.durations)
        return tuple(sorted(legal))

    def legal_resolutions(self, task: Task = "text") -> tuple[str, ...]:
        """Resolutions of a task."""
        limits = [limit.resolutions for limit in self._limits(task) if limit.resolutions]
        return tuple(
            resolution
            for resolution in self.resolutions
            if all(resolution in limit for limit in limits)
        )

    def legal_aspects(self, task: Task = "text", resolution: str = "") -> tuple[ShotAspect, ...]:
        """Shapes of a task."""
        limits = [limit.aspects for limit in self._limits(task, resolution) if limit.aspects]
        return tuple(aspect for aspect in self.aspects if all(aspect in limit for limit in limits))

    def price_per_second(self, resolution: str, *, sound: bool = True) -> Decimal | None:
        """Dollars for one second of a clip, never less than it is; None where nobody knows.

        A silent clip whose price is not known is taken for one with sound.
        """
        silent = None if sound else self.silent_prices.get(resolution)
        return silent or self.prices.get(resolution)

    def _limits(self, task: Task, resolution: str = "") -> Iterable[Limit]:
        for limit in self.limits:
            if (not limit.tasks or task in limit.tasks) and (
                not limit.at or resolution in limit.at
            ):
                yield limit


@dataclass(frozen=True)
class Lapse:
    """A model that is retired, or will be within 30 days."""

    model: str
    state: Literal["retired", "retiring"]
    date: date
    successor: str
    user_message: str


@dataclass(frozen=True)
class Registry:
    """All models: the bundled rows, corrected and added to by the owner's."""

    models: Mapping[str, Model]
    file: Path
    """The owner's rows, whether or not the file is there."""

    @classmethod
    def load(cls, home: Home) -> Self:
        """Read the bundled rows and the owner's `models.toml` in the settings folder.

        Raises:
            ReviseSetting: a line of the owner's file is wrong.
        """
        file = home.private / _FILE
        bundled = _read(Path(__file__).with_name(_FILE))
        rows = dict(bundled)
        for name, row in _owners_rows(file).items():
            rows[name] = _overlaid(bundled.get(name, {}), row, file)
        models = {name: _model(name, row, file) for name, row in rows.items()}
        _check_successors(models, file)
        return cls(models, file)

    def model(self, name: str) -> Model:
        """Find a model by its name.

        Raises:
            ChooseRenderer: nobody knows it.
        """
        if found := self.models.get(name):
            return found
        known = listed([model.name for model in self.models.values() if model.tasks])
        raise ChooseRenderer(
            f"OneReel knows no model {name!r}; choose {known}, or describe it in {self.file}."
        )

    def usable(self, today: date, *, renderer: PaidRenderer | None = None) -> tuple[Model, ...]:
        """The models that are not retired, of one renderer or of all."""
        return tuple(
            model
            for model in self.models.values()
            if not gone(model, today) and renderer in (None, model.renderer)
        )

    def successor(self, name: str, today: date) -> Model | None:
        """The first model down the chain of successors that is not retired; None without one.

        Raises:
            ChooseRenderer: nobody knows the model.
        """
        model = self.model(name)
        while model.successor:
            model = self.model(model.successor)
            if not gone(model, today):
                return model
        return None

    def lapse(self, name: str, today: date) -> Lapse | None:
        """Whether a model is retired or retires within 30 days, with the successor that is left."""
        model = self.model(name)
        if model.retires is None or today < model.retires - _WARNING:
            return None
        retired, left = gone(model, today), self.successor(name, today)
        return Lapse(
            name,
            "retired" if retired else "retiring",
            model.retires,
            left.name if left else "",
            lapse_in_words(model, left.name if left else "", retired=retired),
        )


def door(model: Model, reach: Collection[Door]) -> Door:
    """Choose how to reach a model, with what the configured credentials open.

    Raises:
        AddKey: they do not reach it; the sentence says what to add.
    """
    for each in model.doors:
        if each in reach:
            return each
    keys = " or ".join(_TO_ADD[each] for each in model.doors)
    raise AddKey(f"{model.label} cannot be reached yet: {keys}.")


_TO_ADD: Mapping[Door, str] = {
    "vertex": "name a Google Cloud project under [google] in settings.toml and sign in by"
    " `gcloud auth application-default login`",
    "express": "run `python -m onereel settings set vertex-api-key`",
    "gemini": "run `python -m onereel settings set gemini-api-key`",
}


def gone(model: Model, today: date) -> bool:
    """Whether a model is retired."""
    return model.retires is not None and today >= model.retires


def lapse_in_words(model: Model, successor: str, *, retired: bool) -> str:
    """Say that a model is retired or retires, and what to choose instead."""
    when = f"{model.label} ({model.name}) {'was retired' if retired else 'retires'}"
    on = f" on {model.retires.isoformat()}" if model.retires else ""
    return f"{when}{on}; choose {successor or 'another model'} instead."


def listed(items: Sequence[object], word: str = "or") -> str:
    """List items as in a sentence: "4, 6 or 8"."""
    texts = [str(item) for item in items]
    return f" {word} ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)


def _owners_rows(file: Path) -> dict[str, dict[str, Any]]:
    try:
        rows = _read(file)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ReviseSetting(f"{file} cannot be read ({error}); correct it or delete it.") from None
    except tomllib.TOMLDecodeError as error:
        raise ReviseSetting(f"{file} is not valid TOML ({error}); correct that line.") from None
    for name, row in rows.items():
        if not isinstance(row, dict):
            raise ReviseSetting(
                f"{file}: {name} stands outside of a table;"
                f' begin with the model\'s name as ["veo-3.1-generate-001"].'
            )
        # [veo-3.1-generate-001] is three tables inside each other.
        if split := next((key for key in row if key[:1].isdigit()), None):
            raise ReviseSetting(f'{file}: put the model\'s name in quotes, as ["{name}.{split}"].')
    return rows


def _overlaid(bundled: dict[str, Any], row: dict[str, Any], file: Path) -> dict[str, Any]:
    """Lay the owner's row over ours: tables entry by entry, everything else as a whole."""
    merged = {
        key: {**bundled[key], **value}
        if isinstance(value, dict) and isinstance(bundled.get(key), dict)
        else value
        for key, value in row.items()
    }
    ours = {"source": f"{file.name} of the owner", "checked": None}
    return {**bundled, **ours, **merged}


def _model(name: str, row: dict[str, Any], file: Path) -> Model:
    try:
        return Model.model_validate({"label": name, **row, "name": name, "corrections": file})
    except ValidationError as error:
        raise ReviseSetting(f'{file}: ["{name}"] {in_words(error)}; correct that line.') from None


def _check_successors(models: Mapping[str, Model], file: Path) -> None:
    for model in models.values():
        seen, current = {model.name}, model
        while current.successor:
            if current.successor not in models or current.successor in seen:
                raise ReviseSetting(
                    f'{file}: ["{current.name}"] successor: {current.successor!r} is'
                    f" {'unknown' if current.successor not in models else 'its own successor'};"
                    " correct that line."
                )
            current = models[current.successor]
            seen.add(current.name)
