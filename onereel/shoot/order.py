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
from ..errors import ChooseRenderer, EnterPrice
from ..story.screenplay import Scene, Screenplay
from ..values import FPS, Value, digest
from .casting import casting
from .models.model import Model
from .models.registry import Registry
from .models.retarget import replaced
from .prices.lengths import clip_duration, clip_seconds, shot_aspect
from .prices.pricing import price
from .shot import Begins, PaidRenderer, People, Shot, Task
from .wording import prompt_of

__all__ = ["WANTED", "FirstFrame", "Order", "PaidOptions", "Pictures", "Wanted", "orders"]

Sound = Literal["auto", "on", "off"]
Wanted = Literal["every scene", "approved scenes"]
"""Which scenes a film maker pays for; what is not approved stays a draft."""
WANTED: tuple[Wanted, ...] = get_args(Wanted)


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
    begins: Begins | None = None
    """Where `first` comes from, in a scene that begins where another ends."""
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
class FirstFrame:
    """What a scene begins with that begins where another ends."""

    picture: Picture
    take: str
    """The id of the take that it is the last frame of."""


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
    after: str = ""
    """The id of the scene whose take has to be there first: it begins with its last frame, and
    what it asks for is only priced until then."""


def orders(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    registry: Registry,
    pictures: Mapping[str, Pictures] | None = None,
    frames: Mapping[str, FirstFrame] | None = None,
    only: Collection[str] | None = None,
    has_bucket: bool = False,
    today: date,
    replace_lapsed: bool = False,
) -> tuple[Order, ...]:
    """Order a take of every scene, or of those with an id in `only`.

    `pictures` maps scene ids to their input pictures, and `frames` those of scenes that begin where
    another ends to what they begin with, as far as that is there.
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
        given, after = _begun(screenplay, index, given, (frames or {}).get(scene.id))
        # The second take of a scene whose film is in its second take is the third.
        wished = options.replace(take=options.take + scene.take - 1)
        shot = _shot(screenplay, index, wished, model, given)
        if replace_lapsed:
            shot = replaced(shot, registry, today)
        used = registry.model(shot.model)
        _check_first_frame(scene, given, used)
        used.check(shot, scene=scene.id, has_bucket=has_bucket)
        ordered.append(
            Order(
                film_id=screenplay.brief.film_id,
                scene=scene,
                shot=shot,
                asked=_asked(scene, screenplay.brief.aspect, wished, given),
                needed=max(clip_seconds(screenplay, index) - given.before, 1 / FPS),
                ceiling=_ceiling(shot, used),
                after=after,
            )
        )
    return tuple(ordered)


def _begun(
    screenplay: Screenplay, index: int, given: Pictures, frame: FirstFrame | None
) -> tuple[Pictures, str]:
    """The pictures with the first frame of a scene that begins where another ends, and the id of
    the scene that has to be shot before, if that is to come."""
    scene = screenplay.scenes[index]
    if not scene.continues or given.first or given.extends:
        return given, ""
    if frame:
        begins = Begins(take=frame.take, frame=scene.frame)
        return replace(given, first=frame.picture, begins=begins), ""
    if not index:
        return given, ""
    # Of no take: two scenes that wait are two shots.
    to_come = Picture(pixels=f"to come: {scene.id}", name="pictures/to-come.png")
    return replace(given, first=to_come), screenplay.scenes[index - 1].id


def _check_first_frame(scene: Scene, pictures: Pictures, model: Model) -> None:
    if not (scene.continues and pictures.first):
        return
    if not {"image", "frames"} & set(model.tasks):
        raise ChooseRenderer(
            f"Scene {scene.id} begins where the one before it ends, and {model.label} takes no"
            " first frame: choose another model, or let the scene begin by itself."
        )
    if pictures.references:
        raise ChooseRenderer(
            f"Scene {scene.id} begins where the one before it ends, and {model.label} takes either"
            " a first frame or reference pictures: disconnect the references, or let the scene"
            " begin by itself."
        )


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
    prompt = prompt_of(screenplay, scene, model, cast.words, narrated=narrated)
    return Shot(
        renderer=options.renderer,
        model=model.name,
        task=task,
        prompt=prompt.words,
        negative_prompt="" if model.negative_prompt is False else _negative(scene, options),
        first=pictures.first,
        begins=pictures.begins,
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
        cast=(*cast.reasons, *prompt.left_out),
    )


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
