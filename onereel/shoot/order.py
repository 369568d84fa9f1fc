"""From scenes to orders: what each scene of a film asks of a paid model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from ..story.brief import Aspect
from ..story.screenplay import Scene, Screenplay
from ..values import Value, digest
from .lengths import clip_seconds
from .models import Model, Registry
from .pricing import price
from .shot import PaidRenderer, People, Picture, Shot, ShotAspect, Task

__all__ = ["Order", "PaidOptions", "Pictures", "orders"]

Sound = Literal["auto", "on", "off"]

_NO_SPEECH = "No dialogue, no voice-over, no speech, no subtitles, no text on screen."
"""For narrated scenes: two voices at once cannot be mended in the Cut."""
_SHOT_IN: Mapping[Aspect, ShotAspect] = {"16:9": "16:9", "9:16": "9:16", "1:1": "16:9"}
"""The shape that a film's shape is shot in; the Cut crops a square out of the wide one."""


class PaidOptions(Value):
    """How the film maker wants scenes shot, as they said it.

    Nothing is resolved here: what is left open stays open, so that the takes of a film are found
    again after the pack's own choices have changed.
    """

    renderer: PaidRenderer
    model: str = ""
    """Empty takes the renderer's usual model."""
    resolution: str = "720p"
    duration: int = Field(default=0, ge=0)
    """Seconds of every clip; 0 takes the shortest that covers the scene."""
    sound: Sound = "auto"
    """auto: narrated scenes do without where that is cheaper, and without speech anyway."""
    seed: int = Field(default=0, ge=0, lt=2**32)
    negative_prompt: str = ""
    """Beside what the scene's own says."""
    people: People = ""
    enhance: bool | None = None
    samples: int = Field(default=1, ge=1, le=4)
    take: int = Field(default=1, ge=1)
    """A higher number asks for other takes than those that are there."""


@dataclass(frozen=True)
class Pictures:
    """The input pictures of one scene."""

    first: Picture | None = None
    last: Picture | None = None
    references: tuple[Picture, ...] = ()
    extends: str = ""
    """The key of the take to go on from."""

    @property
    def task(self) -> Task:
        """What a model is to do with them."""
        if self.extends:
            return "extend"
        if self.references:
            return "references"
        if self.first and self.last:
            return "frames"
        return "image" if self.first else "text"


@dataclass(frozen=True)
class Order:
    """One scene's request, with the most that it can cost."""

    film_id: str
    scene: Scene
    shot: Shot
    asked: str
    """The digest of what the film maker asked for: see `PaidOptions`."""
    ceiling: Decimal


def orders(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    registry: Registry,
    pictures: Mapping[str, Pictures] | None = None,
) -> tuple[Order, ...]:
    """Order a take of every scene; `pictures` maps scene ids to their input pictures.

    Raises:
        ChooseRenderer: the model cannot shoot one of them, which is named with what would do.
        EnterPrice: nobody knows what the model costs.
    """
    model = registry.model(options.model or registry.usual(options.renderer))
    return tuple(
        _order(screenplay, index, options, model, (pictures or {}).get(scene.id, Pictures()))
        for index, scene in enumerate(screenplay.scenes)
    )


def _order(
    screenplay: Screenplay, index: int, options: PaidOptions, model: Model, pictures: Pictures
) -> Order:
    scene = screenplay.scenes[index]
    narrated = bool(scene.narration.strip())
    shot = Shot(
        renderer=options.renderer,
        model=model.name,
        task=pictures.task,
        prompt=_prompt(scene, narrated=narrated),
        negative_prompt=_negative(scene, options) if model.negative_prompt else "",
        first=pictures.first,
        last=pictures.last,
        references=pictures.references,
        extends=pictures.extends,
        duration=options.duration or _seconds(screenplay, index, options, model, pictures.task),
        aspect=_SHOT_IN[screenplay.brief.aspect],
        resolution=options.resolution,
        sound=_sound(options, model, narrated=narrated),
        seed=options.seed if model.seed else None,
        people=options.people,
        enhance=options.enhance,
        samples=options.samples,
        number=options.take,
    )
    model.check(shot, scene=scene.id)
    asked = digest("asked", scene.picture_id, options, *_pixels(pictures))
    return Order(screenplay.brief.film_id, scene, shot, asked, price(shot, model))


def _prompt(scene: Scene, *, narrated: bool) -> str:
    words = scene.prompt.strip() or scene.description.strip() or scene.title.strip()
    return f"{words} {_NO_SPEECH}".strip() if narrated else words


def _negative(scene: Scene, options: PaidOptions) -> str:
    parts = (scene.negative_prompt.strip(), options.negative_prompt.strip())
    return ", ".join(part for part in parts if part)


def _sound(options: PaidOptions, model: Model, *, narrated: bool) -> bool:
    if options.sound != "auto":
        return options.sound == "on"
    return not (narrated and model.cheaper_silent(options.resolution))


def _seconds(
    screenplay: Screenplay, index: int, options: PaidOptions, model: Model, task: Task
) -> int:
    needed: Fraction = clip_seconds(screenplay, index)
    return model.legal_duration(
        needed, task=task, resolution=options.resolution, scene=screenplay.scenes[index].id
    )


def _pixels(pictures: Pictures) -> tuple[object, ...]:
    return (
        pictures.first and pictures.first.pixels,
        pictures.last and pictures.last.pixels,
        [picture.pixels for picture in pictures.references],
        pictures.extends,
    )
