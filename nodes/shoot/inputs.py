"""Inputs that the paid renderers and the price card share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

import torch
from comfy_api.latest import io

from ...onereel.cast.picture import Picture, keep_picture
from ...onereel.errors import MatchLists
from ...onereel.shoot.models.image_model import SIZES
from ...onereel.shoot.order import WANTED, Pictures
from ...onereel.shoot.take import Take
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from .. import bridge, models

__all__ = [
    "AnyModel",
    "at_most_input",
    "drawing_inputs",
    "duration_input",
    "missed",
    "model_input",
    "picture_inputs",
    "pictures",
    "resolution_input",
    "said",
    "samples_input",
    "scenes_input",
    "screenplay_input",
    "sound_input",
    "take_input",
]

_WIDGETS = ("model", "resolution", "duration", "sound", "seed", "samples", "take")


class AnyModel(io.ComfyNode):
    """A node with a menu of models."""

    @classmethod
    def validate_inputs(cls, model: Any) -> bool:
        """Accept models that the menu does not show; the library says what it knows of them."""
        return True


def at_most_input() -> io.Float.Input:
    """What a run may cost."""
    return io.Float.Input(
        "at_most",
        optional=True,
        default=0,
        min=0,
        max=1_000_000,
        step=0.1,
        round=0.0001,
        tooltip="Dollars that you agree to for this run; if the shots cost more, nothing is"
        " bought. 0: only the caps in OneReel's settings count.",
    )


def missed(take: Take) -> bool:
    """Whether the scene was to be bought and was not; the draft of a rehearsal has no excuse."""
    return bool(take.note) if take.state == "draft" else take.state != "ready"


def screenplay_input() -> io.Input:
    """The film."""
    return bridge.SCREENPLAY.Input(
        "screenplay", tooltip="Narrate's, so that each clip covers its voice."
    )


def model_input(*menus: models.Menu) -> io.Combo.Input:
    """Who shoots."""
    known = list(chain.from_iterable(menu.known() for menu in menus))
    return io.Combo.Input("model", options=known, default=known[0], tooltip="Who shoots.")


def drawing_inputs() -> list[io.Input]:
    """Who draws, and how large."""
    known = models.DRAWING.known()
    return [
        io.Combo.Input("model", options=list(known), default=known[0], tooltip="Who draws."),
        io.Combo.Input(
            "size",
            options=list(SIZES),
            default="2K",
            tooltip="How large the pictures are; each size has its price.",
        ),
    ]


def resolution_input(*names: str) -> io.Combo.Input:
    """How large the clips are."""
    return io.Combo.Input(
        "resolution",
        options=list(names),
        default="720p",
        tooltip="Shorter side of the clips; Price Card compares what each costs.",
    )


def duration_input(*, optional: bool = False) -> io.Int.Input:
    """How long the clips are."""
    return io.Int.Input(
        "duration",
        optional=optional,
        default=0,
        min=0,
        max=60,
        tooltip="Seconds of every clip; 0 asks for the shortest that covers the scene.",
    )


def sound_input() -> io.Combo.Input:
    """Whether the clips have sound."""
    return io.Combo.Input(
        "sound",
        options=["auto", "on", "off"],
        default="auto",
        tooltip="auto: narrated scenes do without where that is cheaper.",
    )


def samples_input(*, optional: bool = False) -> io.Int.Input:
    """How many clips of a scene come at once."""
    return io.Int.Input(
        "samples",
        optional=optional,
        default=1,
        min=1,
        max=4,
        tooltip="Clips of each scene, each paid; the first one plays, the others are further"
        " samples.",
    )


def take_input(*, optional: bool = False) -> io.Int.Input:
    """Which take of a scene it is."""
    return io.Int.Input(
        "take",
        optional=optional,
        default=1,
        min=1,
        max=999,
        tooltip="A higher number buys another take of every scene; the earlier ones stay.",
    )


def scenes_input(*, optional: bool = False) -> io.Combo.Input:
    """Which scenes are paid for."""
    return io.Combo.Input(
        "scenes",
        optional=optional,
        options=list(WANTED),
        default="every scene",
        tooltip="approved scenes: the others are shot as drafts, and an approved scene must be"
        " as it was rehearsed.",
    )


def picture_inputs() -> list[io.Input]:
    """What the clips begin with, end with, show, or go on from."""
    return [
        io.Image.Input(
            "first_frame", optional=True, tooltip="One for all scenes, or one for each, in order."
        ),
        io.Image.Input(
            "last_frame", optional=True, tooltip="One for all scenes, or one for each, in order."
        ),
        io.Image.Input(
            "references", optional=True, tooltip="Pictures of who and what every scene shows."
        ),
        bridge.TAKE.Input(
            "extends", optional=True, tooltip="Paid takes to go on from: one, or one a scene."
        ),
    ]


def said(choices: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The options that the shared widgets name; each comes as a list of one."""
    options = {name: choices[name][0] for name in _WIDGETS if choices.get(name)}
    return {**options, "model": models.name_in(options["model"])}


def pictures(
    screenplay: Screenplay, choices: Mapping[str, Sequence[Any]], work: Work
) -> dict[str, Pictures]:
    """Share the connected pictures and takes out to the scenes."""

    def kept(name: str) -> list[Picture]:
        batches: Sequence[torch.Tensor] = choices.get(name) or ()
        images = chain.from_iterable(bridge.frames(batch, work.progress) for batch in batches)
        return [keep_picture(pixels, home=work.home) for pixels in images]

    first = _each(screenplay, kept("first_frame"), "first frames")
    last = _each(screenplay, kept("last_frame"), "last frames")
    extends = _each(screenplay, choices.get("extends") or (), "takes to go on from")
    references = tuple(kept("references"))
    shared = {}
    for index, scene in enumerate(screenplay.scenes):
        base: Take | None = extends[index]
        shared[scene.id] = Pictures(
            first=first[index],
            last=last[index],
            references=references,
            extends=base.id if base else "",
            before=base.duration if base and base.scene_id == scene.id else Fraction(0),
        )
    return shared


def _each(screenplay: Screenplay, given: Sequence[Any], what: str) -> Sequence[Any]:
    count = len(screenplay.scenes)
    if len(given) not in (0, 1, count):
        raise MatchLists(
            f"There are {len(given)} {what} for {count} scenes: connect one for all, or {count}."
        )
    return [given[0] if given else None] * count if len(given) < 2 else given
