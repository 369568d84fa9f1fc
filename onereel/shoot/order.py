"""From scenes to orders: what each scene of a film asks of a paid model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from pydantic import Field

from ..cast.picture import Picture
from ..errors import EnterPrice, ReviseScreenplay
from ..story.screenplay import Scene, Screenplay
from ..values import FPS, Value, digest
from .casting import casting
from .lengths import clip_duration, clip_seconds, shot_aspect
from .models import Model
from .pricing import price
from .registry import Registry
from .retarget import replaced
from .shot import PaidRenderer, People, Shot, Task

__all__ = ["WANTED", "Order", "PaidOptions", "Pictures", "Wanted", "orders"]

Sound = Literal["auto", "on", "off"]
Wanted = Literal["every scene", "approved scenes"]
"""Which scenes a film maker pays for; what is not approved stays a draft."""
WANTED: tuple[Wanted, ...] = get_args(Wanted)

_ONE_SHOT = "One continuous shot, no scene cuts."
"""For models that would cut by themselves: a scene is one shot."""
_ENDS = (".", "!", "?", "\u2026", "\u3002")
_NO_SPEECH = "No dialogue, no voice-over, no speech, no subtitles, no text on screen."
"""For narrated scenes: two voices at once cannot be mended in the Cut."""


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
    """A higher number asks for other takes than those that are there, of every scene."""


@dataclass(frozen=True)
class Pictures:
    """The input pictures of one scene."""

    first: Picture | None = None
    last: Picture | None = None
    references: tuple[Picture, ...] = ()
    extends: str = ""
    """The key of the take to go on from."""
    before: Fraction = Fraction(0)
    """Seconds that an earlier take of this very scene covers, where it goes on from one."""

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
    """One scene's request."""

    film_id: str
    scene: Scene
    shot: Shot
    asked: str
    """The digest of what the film maker asked for: see `PaidOptions`."""
    needed: Fraction
    """Seconds of picture that the scene plays."""
    ceiling: Decimal | None
    """Dollars it can cost at most; None where nobody knows the price."""


def orders(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    registry: Registry,
    pictures: Mapping[str, Pictures] | None = None,
    only: Collection[str] | None = None,
    has_bucket: bool = False,
    today: date,
    replace_lapsed: bool = False,
) -> tuple[Order, ...]:
    """Order a take of every scene, or of those with an id in `only`.

    `pictures` maps scene ids to their input pictures.
    `replace_lapsed`: a retired model's shots go to its successor.

    Raises:
        ReviseScreenplay: a scene has no words to shoot by.
        ChooseRenderer: the model cannot shoot one of them; the sentence names what would do.
    """
    model = registry.model(options.model or registry.usual(options.renderer))
    ordered = []
    for index, scene in enumerate(screenplay.scenes):
        if only is not None and scene.id not in only:
            continue
        given = (pictures or {}).get(scene.id, Pictures())
        # The second take of a scene whose film is in its second take is the third.
        wished = options.replace(take=options.take + scene.take - 1)
        shot = _shot(screenplay, index, wished, model, given)
        if replace_lapsed:
            shot = replaced(shot, registry, today)
        used = registry.model(shot.model)
        used.check(shot, scene=scene.id, has_bucket=has_bucket)
        ordered.append(
            Order(
                film_id=screenplay.brief.film_id,
                scene=scene,
                shot=shot,
                asked=_asked(scene, screenplay.brief.aspect, wished, given),
                needed=max(clip_seconds(screenplay, index) - given.before, 1 / FPS),
                ceiling=_ceiling(shot, used),
            )
        )
    return tuple(ordered)


def _shot(
    screenplay: Screenplay, index: int, options: PaidOptions, model: Model, pictures: Pictures
) -> Shot:
    scene = screenplay.scenes[index]
    narrated = bool(scene.narration.strip())
    cast = casting(
        screenplay,
        scene,
        model,
        resolution=options.resolution,
        duration=options.duration,
        needed=clip_seconds(screenplay, index),
        given=pictures.references,
        frames=bool(pictures.first or pictures.last or pictures.extends),
    )
    pictures = replace(pictures, references=cast.references)
    task, resolution = pictures.task, options.resolution
    duration = options.duration or clip_duration(
        screenplay, index, model, task=task, resolution=resolution, covered=pictures.before
    )
    return Shot(
        renderer=options.renderer,
        model=model.name,
        task=task,
        prompt=_prompt(scene, model, cast.words, narrated=narrated),
        negative_prompt="" if model.negative_prompt is False else _negative(scene, options),
        first=pictures.first,
        last=pictures.last,
        references=pictures.references,
        extends=pictures.extends,
        duration=duration,
        aspect=shot_aspect(screenplay.brief.aspect, model, task=task),
        resolution=resolution,
        sound=_sound(options, model, narrated=narrated),
        seed=None if model.seed is False else options.seed,
        people=options.people,
        enhance=options.enhance,
        samples=options.samples,
        number=options.take,
        cast=cast.reasons,
    )


def _prompt(scene: Scene, model: Model, cast: str, *, narrated: bool) -> str:
    words = scene.prompt.strip() or scene.description.strip()
    if not words:
        raise ReviseScreenplay(
            f"Scene {scene.id} has no shot prompt and no description: write what it shows."
        )
    if cast:
        words = f"{words if words.endswith(_ENDS) else words + '.'} {cast}"
    wishes = [_ONE_SHOT] if model.several_shots else []
    wishes += [_NO_SPEECH] if narrated else []
    return " ".join([words, *wishes])


def _negative(scene: Scene, options: PaidOptions) -> str:
    parts = (scene.negative_prompt.strip(), options.negative_prompt.strip())
    return ", ".join(part for part in parts if part)


def _sound(options: PaidOptions, model: Model, *, narrated: bool) -> bool:
    if model.sound == "always" and options.sound == "auto":
        return True
    if options.sound == "auto":
        return not (narrated and model.cheaper_silent(options.resolution))
    return options.sound == "on"


def _ceiling(shot: Shot, model: Model) -> Decimal | None:
    try:
        return price(shot, model)
    except EnterPrice:
        return None


def _asked(scene: Scene, aspect: str, options: PaidOptions, pictures: Pictures) -> str:
    # Without what is left open, an option that comes later changes no earlier digest.
    said = options.model_dump(mode="json", exclude_defaults=True)
    seen = [pictures.first and pictures.first.pixels, pictures.last and pictures.last.pixels]
    seen += [picture.pixels for picture in pictures.references]
    return digest("asked", scene.picture_id, aspect, said, seen, pictures.extends)
