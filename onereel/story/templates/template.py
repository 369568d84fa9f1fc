"""A template: a kind of film, with its arc, pace, tone, look, music, captions and last words."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, field_validator, model_validator

from ...values import Seconds, Value

__all__ = ["BUILT_IN", "MOODS", "PICTURE", "Beat", "Template", "Transition"]

BUILT_IN = (
    *("explainer", "story", "product", "documentary", "listicle", "trailer", "poem", "news"),
    *("howto", "quote", "musicvideo", "lesson"),
)
"""The built-in templates in the order in which a menu shows them; a new one goes to its end."""

MOODS = (
    "calm",
    "cold",
    "dark",
    "energetic",
    "hopeful",
    "joyful",
    "mysterious",
    "sad",
    "tense",
    "warm",
    "wonder",
)
"""Every mood that the built-in writer gives a scene."""

PICTURE = "picture"
"""The beat of a scene in which nobody speaks."""

Transition = Literal["cut", "dissolve", "fade"]
"""How a scene begins: a hard cut, a cross-fade from the scene before, or up from black."""

_MOST_BEATS = 40
_MOST_SCENES = 120
_LONGEST = 300
"""Characters of a line of a template: prompts say them again."""

_Line = Annotated[str, Field(max_length=_LONGEST)]


class Beat(NamedTuple):
    """One step of an arc. `priority` runs from 1 (goes first when scenes are few) to 10."""

    name: str
    priority: Annotated[int, Field(ge=1, le=10)]
    mood: str


_Arc = Annotated[tuple[Beat, ...], Field(min_length=2, max_length=_MOST_BEATS)]


class Template(Value):
    """A kind of film.

    `topic` is the arc of ideas about a thing or a question, `hero` that of ideas about somebody who
    does something; where scenes are many, the beats in `stretch` are told at length.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
    label: str = Field(min_length=1, max_length=60)
    like: str = ""
    """The built-in template in whose words the built-in writer tells it, where it has no sentences
    of its own."""
    about: _Line
    """What such a film does, behind "which": a language model is told so."""
    tone: _Line
    pace: Seconds = Field(ge=1, le=60)
    """Seconds of a usual scene."""
    look: tuple[_Line, ...] = Field(min_length=1, max_length=20)
    """Names of looks (`looks.looks`) or words: the only one, or else one of them by chance."""
    lens: _Line = ""
    music: _Line = ""
    """The mood of its music, for whoever chooses that."""
    captions: Literal["off", "soft", "burned"] = "soft"
    call_to_action: _Line = ""
    """What its last scene asks of viewers."""
    topic: _Arc
    hero: _Arc
    stretch: tuple[str, ...] = ()
    rhythm: tuple[Annotated[float, Field(ge=0.05, le=20)], ...] = Field((), max_length=_MOST_SCENES)
    """How long its scenes are, one after the other, against a usual one; empty: as it falls."""
    transitions: tuple[Transition, ...] = Field((), max_length=_MOST_SCENES)
    """How its scenes begin, one after the other; empty: as it falls."""

    @field_validator("look", mode="before")
    @classmethod
    def _one_look_is_a_list(cls, look: object) -> object:
        return [look] if isinstance(look, str) else look

    @field_validator("label", "about", "tone", "lens", "music", "call_to_action")
    @classmethod
    def _is_one_line(cls, text: str) -> str:
        return re.sub(r"\s+", " ", text).strip()

    @field_validator("topic", "hero")
    @classmethod
    def _moods_are_known(cls, arc: tuple[Beat, ...]) -> tuple[Beat, ...]:
        for beat in arc:
            if beat.mood not in MOODS:
                raise ValueError(f"{beat.mood!r} is no mood; choose from {', '.join(MOODS)}")
        return arc

    @model_validator(mode="after")
    def _is_like_a_built_in_one(self) -> Self:
        if self.like not in (*BUILT_IN, *([""] if self.name in BUILT_IN else [])):
            raise ValueError(f"like must be one of {', '.join(BUILT_IN)}")
        return self

    @property
    def arcs(self) -> dict[str, tuple[Beat, ...]]:
        """The arcs by the kind of idea that they are for."""
        return {"topic": self.topic, "hero": self.hero}

    @property
    def few_words(self) -> bool:
        """Whether most of its scenes are pictures without words."""
        return any(beat.name == PICTURE for beat in self.topic)

    def length_at(self, index: int, count: int) -> Fraction:
        """How long scene `index` of `count` is, against a usual one."""
        return (
            Fraction(str(self.rhythm[index * len(self.rhythm) // count]))
            if self.rhythm
            else Fraction(1)
        )

    def transition_at(self, index: int, count: int) -> Transition | None:
        """How scene `index` of `count` begins; None where the template leaves that open."""
        if not self.transitions:
            return None
        return self.transitions[index * len(self.transitions) // count]
