"""The capability registry: every paid model that is known, the owner's rows laid over ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from ...errors import ChooseRenderer, ReviseSetting
from ...home import Home
from ...owners import owners_text
from ...story.writers.text_model import TextModel
from ...values import in_words
from ...voice.engines.voice_model import VoiceModel
from ..shot import PaidRenderer
from .image_model import ImageModel
from .legal import lapse_in_words, listed
from .model import Model
from .rows import CORRECTIONS, Row, read_rows

__all__ = ["Lapse", "Registry"]

_Kind = TypeVar("_Kind", Model, TextModel, ImageModel, VoiceModel)
_WARNING = timedelta(days=30)
_DOES = ("writes", "speaks", "draws", "reads")


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
    images: Mapping[str, ImageModel]
    """Those that draw."""
    voices: Mapping[str, VoiceModel]
    """Those that read aloud for credits."""
    file: Path
    """The owner's rows, whether or not the file is there."""

    @classmethod
    def load(cls, home: Home) -> Registry:
        """Read the bundled rows and the owner's `models.toml` in the settings folder.

        Raises:
            ReviseSetting: a line of the owner's file is wrong.
        """
        file = home.private / CORRECTIONS
        return _registry(file, owners_text(file))

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

    def image(self, name: str) -> ImageModel:
        """A model that draws; an empty name is the usual one's. Of one that nobody knows, nothing
        is known but its name."""
        if not name:
            return next(image for image in self.images.values() if image.usual)
        return self.images.get(name) or ImageModel(name=name, label=name, corrections=self.file)

    def voice(self, name: str) -> VoiceModel:
        """A model that reads aloud for credits; an empty name is the usual one's. Of one that
        nobody knows, nothing is known but its name."""
        if not name:
            return next(voice for voice in self.voices.values() if voice.usual)
        return self.voices.get(name) or VoiceModel(name=name, label=name, corrections=self.file)

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


@lru_cache(maxsize=8)
def _registry(file: Path, text: str) -> Registry:
    """Read it once for as long as the owner writes nothing else: a film asks for it scene by scene.

    Raises:
        ReviseSetting: a line of the owner's file is wrong.
    """
    models: dict[str, Model] = {}
    images: dict[str, ImageModel] = {}
    voices: dict[str, VoiceModel] = {}
    words: dict[str, dict[str, TextModel]] = {"writes": {}, "speaks": {}}
    for name, row in read_rows(text, file).items():
        does = next((each for each in _DOES if row.get(each)), "")
        told = {key: value for key, value in row.items() if key not in _DOES}
        if does == "draws":
            images[name] = _read(ImageModel, name, told, file)
        elif does == "reads":
            voices[name] = _read(VoiceModel, name, told, file)
        elif does:
            words[does][name] = _read(TextModel, name, {**told, "does": does}, file)
        else:
            models[name] = _read(Model, name, row, file)
    _check_successors(models, file)
    return Registry(models, words["writes"], words["speaks"], images, voices, file)


def _read(kind: type[_Kind], name: str, row: Row, file: Path) -> _Kind:
    try:
        return kind.model_validate({"label": name, **row, "name": name, "corrections": file})
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
