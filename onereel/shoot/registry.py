"""The capability registry: every paid model that is known, the owner's rows laid over ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError

from ..errors import ChooseRenderer, ReviseSetting
from ..home import Home
from ..story.text_model import TextModel
from ..values import in_words
from .legal import lapse_in_words, listed
from .models import Model
from .rows import CORRECTIONS, Row, read_rows
from .shot import PaidRenderer

__all__ = ["Lapse", "Registry"]

_WARNING = timedelta(days=30)
_DOES = ("writes", "speaks")


@dataclass(frozen=True)
class Lapse:
    """A model that is retired, or will be within 30 days."""

    model: str
    state: Literal["retired", "retiring"]
    date: date
    successor: str
    """The first in the chain that is not retired itself; empty where there is none."""
    user_message: str


@dataclass(frozen=True)
class Registry:
    """All models: the bundled rows, corrected and added to by the owner's."""

    models: Mapping[str, Model]
    """Those that shoot."""
    texts: Mapping[str, TextModel]
    """Those that write."""
    speeches: Mapping[str, TextModel]
    """Those that speak."""
    file: Path
    """The owner's rows, whether or not the file is there."""

    @classmethod
    def load(cls, home: Home) -> Self:
        """Read the bundled rows and the owner's `models.toml` in the settings folder.

        Raises:
            ReviseSetting: a line of the owner's file is wrong.
        """
        file = home.private / CORRECTIONS
        rows = read_rows(file)
        words = {
            does: {
                name: _text(name, row, file, does) for name, row in rows.items() if row.get(does)
            }
            for does in _DOES
        }
        models = {
            name: _model(name, row, file)
            for name, row in rows.items()
            if not any(row.get(does) for does in _DOES)
        }
        _check_successors(models, file)
        return cls(models, words["writes"], words["speaks"], file)

    @property
    def labels(self) -> dict[str, str]:
        """What people call the models, by name."""
        return {each.name: each.label for each in self.models.values()}

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

    def text(self, name: str) -> TextModel:
        """A model that writes; an empty name is the usual one's. Of one that nobody knows, nothing
        is known but its name."""
        if not name:
            return next(text for text in self.texts.values() if text.usual)
        return self.texts.get(name) or TextModel(name=name, label=name, corrections=self.file)

    def speech(self, name: str) -> TextModel:
        """A model that speaks. Of one that nobody knows, nothing is known but its name."""
        unknown = TextModel(name=name, label=name, does="speaks", corrections=self.file)
        return self.speeches.get(name) or unknown

    def usual(self, renderer: PaidRenderer) -> str:
        """The name of the model that shoots where none is named."""
        living = [each for each in self.models.values() if each.renderer == renderer and each.tasks]
        return next((each.name for each in living if each.usual), living[0].name)

    def usable(self, today: date, *, renderer: PaidRenderer | None = None) -> tuple[Model, ...]:
        """The models that are not retired, of one renderer or of all."""
        return tuple(
            each
            for each in self.models.values()
            if each.tasks and not each.retired(today) and renderer in (None, each.renderer)
        )

    def successor(self, name: str, today: date) -> Model | None:
        """The first model down the chain of successors that is not retired; None without one.

        Raises:
            ChooseRenderer: nobody knows the model.
        """
        model = self.model(name)
        while model.successor:
            model = self.model(model.successor)
            if not model.retired(today):
                return model
        return None

    def lapse(self, name: str, today: date) -> Lapse | None:
        """Whether a model is retired or retires within 30 days, with the successor that is left.

        Raises:
            ChooseRenderer: nobody knows the model.
        """
        model = self.model(name)
        if model.retires is None or today < model.retires - _WARNING:
            return None
        retired = model.retired(today)
        found = self.successor(name, today)
        successor = found.name if found else ""
        words = lapse_in_words(model, successor, retired=retired)
        return Lapse(name, "retired" if retired else "retiring", model.retires, successor, words)


def _model(name: str, row: Mapping[str, object], file: Path) -> Model:
    try:
        return Model.model_validate({"label": name, **row, "name": name, "corrections": file})
    except ValidationError as error:
        raise ReviseSetting(f'{file}: ["{name}"] {in_words(error)}; correct that line.') from None


def _text(name: str, row: Row, file: Path, does: str) -> TextModel:
    told = {key: value for key, value in row.items() if key not in _DOES}
    ours = {"name": name, "corrections": file, "does": does}
    try:
        return TextModel.model_validate({"label": name, **told, **ours})
    except ValidationError as error:
        raise ReviseSetting(f'{file}: ["{name}"] {in_words(error)}; correct that line.') from None


def _check_successors(models: Mapping[str, Model], file: Path) -> None:
    for model in models.values():
        seen, current = {model.name}, model
        while current.successor:
            if current.successor not in models or current.successor in seen:
                wrong = "its own successor" if current.successor in seen else "no known model"
                raise ReviseSetting(
                    f'{file}: ["{current.name}"] successor: {current.successor} is {wrong};'
                    " correct that line."
                )
            current = models[current.successor]
            seen.add(current.name)
