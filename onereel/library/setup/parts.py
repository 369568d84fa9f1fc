"""The parts that can be set up: what each is, how large, under which licence, and whether it is
there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ...errors import ChooseFilm
from ...values import Value

__all__ = [
    "Catalogue",
    "Kind",
    "OllamaModel",
    "Part",
    "PartFile",
    "PartState",
    "Voice",
    "VoiceFile",
    "VoiceMaker",
    "catalogue",
    "full_name",
    "model_of",
    "part_id",
]

VoiceMaker = Literal["hibari", "kokoro", "piper"]
"""The engines whose voices are files."""

Kind = Literal["model", "voice", "package", "service"]
PartState = Literal["ready", "missing", "partial", "working"]
"""There; not there; begun and not finished; on its way."""

_MODEL = r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9._-]*)?(?:\.[a-z0-9._-]+)?(?::[A-Za-z0-9._-]+)?"
"""A model of Ollama's own library. A name with a host before it would be an address."""


class PartFile(Value):
    """A file of a part."""

    name: str
    size: int
    sha256: str


class Part(Value):
    """Something that a film may need."""

    id: str
    kind: Kind
    label: str
    words: str
    """What it is, or what is to be done where OneReel cannot fetch it."""
    state: PartState
    needed: bool
    """Whether the film that was asked about cannot be made without it."""
    size: int | None = None
    """Bytes to download; None where nobody knows yet."""
    licence: str = ""
    fetchable: bool = False
    """Whether it can be fetched from here."""
    done: int = 0
    """Bytes that are there of what is not finished."""
    files: tuple[PartFile, ...] = ()
    """What is fetched, where OneReel itself fetches it."""


class VoiceFile(Value):
    """A file of a voice."""

    url: str = Field(pattern=r"^https://")
    size: int = Field(gt=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def name(self) -> str:
        """The name that it gets."""
        return self.url.rsplit("/", 1)[-1]


class Voice(Value):
    """A voice, or several, whose files OneReel can fetch."""

    label: str
    words: str
    engine: VoiceMaker
    voice: str
    """By which it is asked for."""
    languages: tuple[str, ...]
    licence: str
    files: tuple[VoiceFile, ...] = Field(min_length=1)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


class OllamaModel(Value):
    """A language model that Ollama can fetch."""

    label: str
    size: int
    licence: str


class Catalogue(Value):
    """All that OneReel knows where to fetch."""

    hosts: tuple[str, ...]
    voices: Mapping[str, Voice]
    models: Mapping[Annotated[str, StringConstraints(pattern=rf"^{_MODEL}$")], OllamaModel]


@cache
def catalogue() -> Catalogue:
    """Read the list."""
    text = Path(__file__).with_name("parts.toml").read_text("utf-8")
    return Catalogue.model_validate(tomllib.loads(text))


def full_name(model: str) -> str:
    """The name of an Ollama model with its tag."""
    return model if ":" in model.rsplit("/", 1)[-1] else f"{model}:latest"


def part_id(kind: Kind, name: str) -> str:
    """The id of a part, as it stands in an address: "model-qwen3:8b", "voice-hibari-emma"."""
    return f"{kind}-{name.replace('/', '~')}"


def model_of(part: str) -> str:
    """The Ollama model that an id means.

    Raises:
        ChooseFilm: it means none.
    """
    name = part.removeprefix("model-").replace("~", "/")
    if part.startswith("model-") and len(name) <= 200 and re.fullmatch(_MODEL, name):
        return full_name(name)
    raise ChooseFilm(f"Nothing that can be set up is called {part[:80]!r}; list what there is.")
