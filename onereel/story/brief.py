"""The Brief: what the user asks for, before anything is written."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from ..errors import BadInput, ReviseBrief
from ..values import Document, Seconds, digest
from .templates.template import Template

__all__ = [
    "ASPECTS",
    "LONGEST_FILM",
    "LONGEST_IDEA",
    "LONGEST_LOOK",
    "LONGEST_SCENE",
    "MOST_SCENES",
    "SHORTEST_FILM",
    "SHORTEST_SCENE",
    "Aspect",
    "Brief",
]

Aspect = Literal["16:9", "9:16", "1:1"]
ASPECTS: tuple[Aspect, ...] = ("16:9", "9:16", "1:1")

MOST_SCENES = 120
SHORTEST_SCENE = 1
LONGEST_SCENE = 60
SHORTEST_FILM = 4
LONGEST_FILM = 3600
LONGEST_IDEA = 4000
"""Characters: some 600 words, which is already a treatment and no longer an idea."""
LONGEST_LOOK = 300
"""Characters: every shot prompt says it again."""


class Brief(Document):
    """What the user asks for. The film's id is the hash of its first brief.

    `duration` is the target length in seconds; `scene_count` 0 lets the writer choose;
    `longest_shot` bounds each scene, so that any renderer can shoot it (8 s is the strictest paid
    model's limit).
    """

    NAME: ClassVar[str] = "brief"
    REVISE: ClassVar[type[BadInput]] = ReviseBrief

    idea: str
    duration: Seconds = Fraction(30)
    exact: bool = False
    scene_count: int = 0
    aspect: Aspect = "16:9"
    template: str = "story"
    tone: str = ""
    language: str = "en"
    creativity: float = Field(default=0.5, ge=0, le=1)
    voice_style: str = ""
    platform: str = "any"
    longest_shot: Seconds = Fraction(8)
    film: str = ""
    """A name that tells two films with equal briefs apart, and names the file."""
    # Left out where nobody chose one: films from before there were looks keep their ids.
    look: str = Field(default="", max_length=LONGEST_LOOK, exclude_if=lambda look: not look)
    """How the whole film looks: a name (`looks.looks`) or the user's words; empty: as its template
    has it."""
    film_template: Template | None = Field(default=None, exclude_if=lambda own: own is None)
    """Its template itself, where `template` names one of the user's own: the film keeps it,
    whatever becomes of the file."""

    of_film: str = Field(
        default="", pattern=r"^([0-9a-f]{16})?$", exclude_if=lambda film_id: not film_id
    )
    """The id of the film that it was changed in (`changed_in_its_film`); empty: it is its film's
    first brief."""

    @model_validator(mode="before")
    @classmethod
    def _template_is_the_one_it_names(cls, data: Any) -> Any:
        own = data.get("film_template") if isinstance(data, dict) else None
        if not isinstance(own, Template | dict):
            return data
        name = own.name if isinstance(own, Template) else own.get("name")
        if data.get("template", name) == name:
            return {**data, "template": name}
        return {**data, "film_template": None}

    @field_validator("idea")
    @classmethod
    def _idea_says_something(cls, idea: str) -> str:
        idea = re.sub(r"\s+", " ", idea).strip()
        if not idea:
            raise ValueError("it is empty; write one sentence about your film")
        if not any(unicodedata.category(character).startswith("L") for character in idea):
            raise ValueError("it has no words; say in one sentence what happens")
        if len(idea) > LONGEST_IDEA:
            raise ValueError(
                f"it has {len(idea)} characters; shorten it to {LONGEST_IDEA},"
                " or bring a screenplay of your own"
            )
        return idea

    @field_validator("look")
    @classmethod
    def _look_is_one_line(cls, look: str) -> str:
        return re.sub(r"\s+", " ", look).strip()

    @model_validator(mode="after")
    def _scenes_fit_the_length(self) -> Self:
        if not SHORTEST_FILM <= self.duration <= LONGEST_FILM:
            raise ValueError(
                f"a film lasts {SHORTEST_FILM} to {LONGEST_FILM} s, not {float(self.duration):g} s"
            )
        if not SHORTEST_SCENE <= self.longest_shot <= LONGEST_SCENE:
            raise ValueError(
                f"longest_shot must be {SHORTEST_SCENE} to {LONGEST_SCENE} s,"
                f" not {float(self.longest_shot):g} s"
            )
        if not 0 <= self.scene_count <= MOST_SCENES:
            raise ValueError(
                f"a film has 1 to {MOST_SCENES} scenes (0 lets the writer choose),"
                f" not {self.scene_count}"
            )
        shortest = self.scene_count * SHORTEST_SCENE
        if self.duration < shortest:
            raise ValueError(
                f"{self.scene_count} scenes do not fit into {float(self.duration):g} s;"
                f" ask for at least {shortest} s or fewer scenes"
            )
        if self.scene_count and self.scene_count < self.fewest_scenes:
            raise ValueError(
                f"{float(self.duration):g} s need at least {self.fewest_scenes} scenes of at most"
                f" {float(self.longest_shot):g} s; ask for more scenes or a shorter film"
            )
        if self.fewest_scenes > MOST_SCENES:
            raise ValueError(
                f"{float(self.duration):g} s in shots of at most {float(self.longest_shot):g} s"
                f" need {self.fewest_scenes} scenes, and a film has at most {MOST_SCENES};"
                " allow longer shots or make a shorter film"
            )
        return self

    @property
    def fewest_scenes(self) -> int:
        """The fewest scenes that fill `duration` with shots of at most `longest_shot`."""
        return -(-self.duration // self.longest_shot)

    @property
    def film_id(self) -> str:
        """The film's id: 16 hex digits."""
        return self.of_film or digest(self)[:16]

    def changed_in_its_film(self, **changes: Any) -> Self:
        """The brief with `changes`, of the same film: it keeps the film's id."""
        first = self.replace(of_film="", **changes)
        # What comes back to what it was is the first brief again.
        return first if first.film_id == self.film_id else first.replace(of_film=self.film_id)
