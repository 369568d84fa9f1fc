"""The Shot: everything that is asked of a paid model for one scene, and the key of its take."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field

from ..cast.picture import Picture
from ..values import Value, digest

__all__ = ["PAID", "Begins", "PaidRenderer", "People", "Shot", "ShotAspect", "Task"]

PaidRenderer = Literal["veo", "omni"]
PAID: tuple[PaidRenderer, ...] = get_args(PaidRenderer)
Task = Literal["text", "image", "frames", "references", "extend"]
"""From words alone; from a first frame; between a first and a last frame; with reference images;
on from the end of another take."""
ShotAspect = Literal["16:9", "9:16"]
"""Shapes that paid models shoot. A square film is shot in one of them and cropped in the Cut."""
People = Literal["", "allow_all", "allow_adult", "dont_allow"]
"""Which people a model may show; empty leaves it to the model."""

_FORM = 1
"""Version of the canonical form. A change of it would buy every take again: fields that come later
are left out of the form while they are empty instead."""


class Begins(Value):
    """That a shot's first picture is the last frame of the take before it."""

    take: str
    """The id of that take."""
    frame: int = Field(default=1, ge=1)
    """The scene's `frame` (`Scene.frame`): while it is the same, so is the picture."""


class Shot(Value):
    """One request for one clip, resolved: nothing in it is left to a default of the pack."""

    renderer: PaidRenderer
    model: str
    task: Task = "text"
    prompt: str
    negative_prompt: str = ""
    first: Picture | None = None
    begins: Begins | None = None
    """Where `first` comes from, if it was not given: it determines nothing more."""
    last: Picture | None = None
    references: tuple[Picture, ...] = ()
    extends: str = ""
    """The key of the take that this one continues."""
    duration: int = Field(ge=1)
    """Seconds, as the model counts them."""
    aspect: ShotAspect = "16:9"
    resolution: str = "720p"
    sound: bool = True
    seed: int | None = None
    people: People = ""
    enhance: bool | None = None
    """Whether the model may rewrite the prompt; None leaves it to the model."""
    samples: int = Field(default=1, ge=1)
    number: int = Field(default=1, ge=1)
    """Which take of the scene it is: a higher number asks for another."""
    cast: tuple[str, ...] = ()
    """Who it shows, by what, and why so, in words for people: the model is told in the prompt and
    the references."""

    @property
    def key(self) -> str:
        """The hash of all that determines the clip: the id of its take."""
        apart = {"first", "last", "references", "cast", "begins"}
        form: dict[str, Any] = self.model_dump(mode="json", exclude=apart)
        form["first"] = self.first and self.first.pixels
        form["last"] = self.last and self.last.pixels
        form["references"] = [picture.pixels for picture in self.references]
        return digest("shot", _FORM, {k: v for k, v in form.items() if v not in (None, "", [])})
