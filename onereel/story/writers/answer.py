"""What a language model is asked to answer, and how its answer is read, however broken."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from ...values import in_words
from ..bible import KINDS
from ..brief import MOST_SCENES, Brief
from ..templates.template import MOODS

__all__ = [
    "CAMERA_MOVES",
    "Answer",
    "AnswerConstant",
    "AnswerPart",
    "AnswerPerson",
    "AnswerScene",
    "Bible",
    "People",
    "Text",
    "UnreadableAnswer",
    "answer_schema",
    "check_scenes",
    "read",
    "read_as",
    "read_json",
    "schema_of",
]

CAMERA_MOVES = (
    "static",
    "slow push in",
    "pull back",
    "pan left",
    "pan right",
    "tilt up",
    "tilt down",
    "orbit",
    "tracking",
    "aerial",
    "handheld",
)

_LONGEST_ANSWER = 400_000
"""Characters. 120 scenes take some 100,000; more is a model that runs in circles."""

_LETTERS_PER_SECOND = 25
"""More than anybody speaks."""

_MOST_PEOPLE = 8
_MOST_CONSTANTS = 12
_MOST_USED = 6

_MOST_LETTERS = {
    "title": 80,
    "logline": 300,
    "style": 300,
    "name": 60,
    "wearer": 60,
    "uses": 60,
    "description": 300,
    "prompt": 500,
    "place": 120,
    "synopsis": 300,
    "summary": 400,
}
"""Generous bounds: they stop a small model that repeats itself in one field for ever."""

_CHOICES = {"camera": CAMERA_MOVES, "mood": MOODS, "kind": KINDS}

_SCHEMA_ONLY_WORDS = ("title", "description", "default")


class UnreadableAnswer(ValueError):
    """What was asked for is not in the answer; the message says why, in words for the model."""


def _to_text(value: object) -> object:
    """Take what models put where a text belongs: null, numbers, lists, objects of texts."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return ", ".join(str(_to_text(part)) for part in value)
    if not isinstance(value, str):
        return value
    # An escape cut in two leaves half a character, which no file could hold.
    whole = value.encode("utf-8", "ignore").decode()
    return re.sub(r"\s+", " ", whole).strip()


Text = Annotated[str, BeforeValidator(_to_text)]
_Kind = TypeVar("_Kind", bound="AnswerPart")


class AnswerPart(BaseModel):
    """An object of an answer, read leniently: what is missing is empty."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _missing_is_empty(cls, data: Any) -> Any:
        # The schema requires every field, so that a model which honours it writes them all; one
        # that does not has left out things that can be filled in.
        if not isinstance(data, dict):
            return data
        lower = {str(key).strip().lower(): value for key, value in data.items()}
        return {name: lower.get(name) for name in cls.model_fields}


class AnswerPerson(AnswerPart):
    """Somebody who appears in the film."""

    name: Text
    description: Text

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, data: Any) -> Any:
        return {"name": data} if isinstance(data, str) else data


class AnswerConstant(AnswerPart):
    """Something that looks the same in several scenes; the fields are those of `Constant`."""

    kind: Text
    name: Text
    description: Text
    wearer: Text


def _to_names(value: object) -> object:
    """Take what models put where a list of names belongs: null, one text, other things."""
    if isinstance(value, str):
        value = value.split(",")
    return [_to_text(each) for each in value] if isinstance(value, list) else []


def _to_objects(value: object) -> object:
    kinds = (dict, AnswerConstant)
    return [each for each in value if isinstance(each, kinds)] if isinstance(value, list) else []


Bible = Annotated[list[AnswerConstant], BeforeValidator(_to_objects)]


class AnswerScene(AnswerPart):
    """One scene in the model's words; the fields are those of `Scene`."""

    title: Text
    description: Text
    narration: Text
    prompt: Text
    camera: Text
    mood: Text
    place: Text
    uses: Annotated[list[str], BeforeValidator(_to_names)]

    @property
    def empty(self) -> bool:
        """Whether nothing can be shown or said."""
        return not (self.narration or self.prompt or self.description)


def check_scenes(scenes: Sequence[AnswerScene]) -> None:
    """Refuse a list in which nothing can be shown or said.

    Raises:
        ValueError: as pydantic's validators do.
    """
    if all(scene.empty for scene in scenes):
        raise ValueError("scenes: write at least one scene with a narration and a prompt")


People = Annotated[list[AnswerPerson], BeforeValidator(lambda value: value or [])]


class Answer(AnswerPart):
    """The whole film in the model's words. Ids, durations and the brief are ours."""

    title: Text
    logline: Text
    style: Text
    cast: People
    bible: Bible
    scenes: list[AnswerScene]

    @model_validator(mode="after")
    def _has_scenes(self) -> Self:
        check_scenes(self.scenes)
        return self


def answer_schema(brief: Brief, kind: type[AnswerPart] = Answer) -> dict[str, Any]:
    """The JSON schema of an answer with scenes; their count is fixed where the brief fixes it."""
    schema = schema_of(kind, narration=int(brief.longest_shot * _LETTERS_PER_SECOND))
    scenes = schema["properties"]["scenes"]
    scenes["minItems"] = brief.scene_count or brief.fewest_scenes
    scenes["maxItems"] = brief.scene_count or min(MOST_SCENES, max(1, int(brief.duration)))
    return schema


def schema_of(kind: type[AnswerPart], *, narration: int = 0) -> dict[str, Any]:
    """The JSON schema of an answer, whose narrations have so many characters at most."""
    schema: dict[str, Any] = _without_words(kind.model_json_schema())
    bounds = {**_MOST_LETTERS, "narration": narration}
    for part in (schema, *schema["$defs"].values()):
        for name, field in part["properties"].items():
            if name in _CHOICES:
                field["enum"] = list(_CHOICES[name])
            elif field.get("type") == "string":
                field["maxLength"] = bounds[name]
            elif name == "uses":
                field["maxItems"] = _MOST_USED
                field["items"]["maxLength"] = bounds[name]
    if "bible" not in schema["properties"] and "AnswerScene" in schema["$defs"]:
        # Without a bible there is nothing in it to name.
        scene = schema["$defs"]["AnswerScene"]
        del scene["properties"]["uses"]
        scene["required"].remove("uses")
    for name, most in (("cast", _MOST_PEOPLE), ("bible", _MOST_CONSTANTS)):
        if listed := schema["properties"].get(name):
            listed["maxItems"] = most
    return schema


def read_json(text: str) -> Any:
    """Read the JSON in a model's answer: strips thinking, fences and chatter, and mends it.

    Raises:
        UnreadableAnswer: there is no object in it.
    """
    text = _without_thinking(text[:_LONGEST_ANSWER])
    if "{" not in text:
        raise UnreadableAnswer("Your answer is not JSON. Answer with the JSON object alone.")
    return _parsed(text[text.index("{") :])


def read(text: str) -> Answer:
    """Read a model's answer as a screenplay, however broken its JSON is.

    Raises:
        UnreadableAnswer: there is no screenplay in it.
    """
    return read_as(text, Answer, "scenes")


def read_as(text: str, kind: type[_Kind], key: str) -> _Kind:
    """Read a model's answer as one of that kind, which has a list named `key`.

    Raises:
        UnreadableAnswer: there is none in it.
    """
    data = _object_with(key, read_json(text))
    if data is None:
        raise UnreadableAnswer(
            f'Your answer has no list "{key}". Answer with the one JSON object that was asked for.'
        )
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise UnreadableAnswer(f"Your answer is not valid: {in_words(error)}.") from None


def _without_thinking(text: str) -> str:
    # Some chat templates open the thinking themselves, so that only its end is in the answer.
    return re.sub(r"\A.*</think(?:ing)?>", "", text, flags=re.DOTALL | re.IGNORECASE)


def _parsed(text: str) -> Any:
    import json_repair

    try:
        # Chatter after valid JSON is no reason to repair it.
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        pass
    try:
        return json_repair.loads(text, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _object_with(key: str, data: Any) -> dict[str, Any] | None:
    """Find the object that has that list: the data itself, or one level down in it."""
    inside = list(data.values()) if isinstance(data, dict) else data
    candidates = [data, *inside] if isinstance(inside, list) else [data]
    for candidate in candidates:
        if isinstance(candidate, dict) and isinstance(candidate.get(key), list):
            return candidate
    return None


def _without_words(node: Any) -> Any:
    """Drop pydantic's titles and our docstrings, which would only cost the model's attention."""
    if isinstance(node, list):
        return [_without_words(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _without_words(value) for name, value in inner.items()}
        if key in ("properties", "$defs")
        else _without_words(inner)
        for key, inner in node.items()
        if key not in _SCHEMA_ONLY_WORDS
    }
