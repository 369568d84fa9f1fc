"""Shoot with paid models: what is there is taken, what is missing is bought, within the caps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import torch
from comfy_api.latest import io

from ...onereel.errors import MatchLists
from ...onereel.shoot.order import WANTED, PaidOptions, Pictures
from ...onereel.shoot.pictures import keep_picture
from ...onereel.shoot.shot import PaidRenderer, Picture
from ...onereel.shoot.take import ON_MISSING, Take
from ...onereel.stages import Work
from ...onereel.story.screenplay import Screenplay
from .. import bridge, models

__all__ = ["OneReelShootWithOmni", "OneReelShootWithVeo"]

_unfinished = 0
"""Counts runs that left scenes out: the next queueing tries those again."""


class OneReelShootWithVeo(io.ComfyNode):
    """Veo on Vertex AI."""

    RENDERER: PaidRenderer = "veo"

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelShootWithVeo",
            display_name="Shoot with Veo",
            category="OneReel/Shoot",
            description="Shoots every scene with Google Veo on Vertex AI, for money: only when"
            " buying is switched on in OneReel's settings, only within the caps there, and never"
            " twice. Price Card says what it costs.",
            is_input_list=True,
            inputs=[
                *_first_inputs(models.VEO, ["720p", "1080p", "4k"]),
                io.String.Input(
                    "negative_prompt",
                    default="",
                    tooltip="What no scene may show, beside what each scene says itself.",
                ),
                io.Combo.Input(
                    "people",
                    options=["model's choice", "allow_all", "allow_adult", "dont_allow"],
                    default="model's choice",
                    tooltip="Which people the model may show.",
                ),
                io.Combo.Input(
                    "enhance",
                    options=["model's choice", "on", "off"],
                    default="model's choice",
                    tooltip="Whether the model may rewrite the prompt.",
                ),
                io.Int.Input(
                    "samples",
                    default=1,
                    min=1,
                    max=4,
                    tooltip="Clips of each scene, each paid; the first one plays.",
                ),
                *_last_inputs(),
            ],
            outputs=_outputs(),
        )

    @classmethod
    def validate_inputs(cls, model: Any) -> bool:
        """Accept models that the menu does not show; the library says what it knows of them."""
        return True

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> int:
        """Change when the last run left scenes out."""
        return _unfinished

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        negative_prompt: Sequence[str],
        people: Sequence[str],
        enhance: Sequence[str],
        samples: Sequence[int],
        **choices: Sequence[Any],
    ) -> io.NodeOutput:
        """Shoot it."""
        return await _shoot(
            "veo",
            screenplay[0],
            choices,
            negative_prompt=negative_prompt[0],
            people="" if people[0] == "model's choice" else people[0],
            enhance={"on": True, "off": False}.get(enhance[0]),
            samples=samples[0],
        )


class OneReelShootWithOmni(io.ComfyNode):
    """Omni on the Gemini API."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelShootWithOmni",
            display_name="Shoot with Omni",
            category="OneReel/Shoot",
            description="Shoots every scene with Google's Gemini Omni, for money: only when buying"
            " is switched on in OneReel's settings, only within the caps there, and never twice."
            " Price Card says what it costs.",
            is_input_list=True,
            inputs=[
                *_first_inputs(models.OMNI, ["360p", "720p", "1080p", "4k"]),
                *_last_inputs(),
            ],
            outputs=_outputs(),
        )

    @classmethod
    def validate_inputs(cls, model: Any) -> bool:
        """Accept models that the menu does not show; the library says what it knows of them."""
        return True

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> int:
        """Change when the last run left scenes out."""
        return _unfinished

    @classmethod
    async def execute(
        cls, screenplay: Sequence[Screenplay], **choices: Sequence[Any]
    ) -> io.NodeOutput:
        """Shoot it."""
        return await _shoot("omni", screenplay[0], choices)


def _first_inputs(menu: models.Menu, resolutions: list[str]) -> list[io.Input]:
    known = menu.known()
    return [
        bridge.SCREENPLAY.Input(
            "screenplay", tooltip="Narrate's, so that each clip covers its voice."
        ),
        io.Combo.Input("model", options=list(known), default=known[0], tooltip="Who shoots."),
        io.Combo.Input(
            "resolution",
            options=resolutions,
            default="720p",
            tooltip="Shorter side of the clips; Price Card compares what each costs.",
        ),
        io.Int.Input(
            "duration",
            default=0,
            min=0,
            max=60,
            tooltip="Seconds of every clip; 0 asks for the shortest that covers the scene.",
        ),
        io.Combo.Input(
            "sound",
            options=["auto", "on", "off"],
            default="auto",
            tooltip="auto: narrated scenes do without where that is cheaper.",
        ),
        bridge.seed_input("Another seed, other clips, paid anew."),
    ]


def _last_inputs() -> list[io.Input]:
    return [
        io.Int.Input(
            "take",
            default=1,
            min=1,
            max=999,
            tooltip="A higher number buys another take of every scene; the earlier ones stay.",
        ),
        io.Combo.Input(
            "scenes",
            options=list(WANTED),
            default="every scene",
            tooltip="approved scenes: the others are shot as drafts, and an approved scene must be"
            " as it was rehearsed.",
        ),
        io.Combo.Input(
            "on_missing",
            options=list(ON_MISSING),
            default="stop",
            tooltip="A scene that could not be had: stop and name it, shoot a labelled draft, or"
            " leave it out (in Assemble Cut too).",
        ),
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


def _outputs() -> list[io.Output]:
    return [
        bridge.TAKE.Output(
            "takes", display_name="takes", tooltip="One a scene.", is_output_list=True
        ),
        io.Video.Output(
            "clips",
            display_name="clips",
            tooltip="One a scene that has a take.",
            is_output_list=True,
        ),
    ]


async def _shoot(
    renderer: PaidRenderer, screenplay: Screenplay, choices: dict[str, Sequence[Any]], **own: Any
) -> io.NodeOutput:
    global _unfinished
    said = {name: value[0] for name, value in choices.items() if value and name in _WIDGETS}
    options = PaidOptions(
        renderer=renderer,
        **{**said, "model": models.name_in(said["model"])},
        **own,
    )
    inputs = {name: choices.get(name) or () for name in _PICTURES}

    async def shoot(work: Work) -> tuple[tuple[Take, ...], tuple[str, ...]]:
        # Only now: the ledger's database would slow down every start of ComfyUI.
        from ...onereel.shoot.studio import notes_on, shoot_paid

        takes = await shoot_paid(
            screenplay,
            options,
            home=work.home,
            settings=work.settings,
            pictures=_pictures(screenplay, inputs, work),
            only_approved=choices["scenes"][0] == "approved scenes",
            on_missing=choices["on_missing"][0],
            progress=work.progress,
            cancel=work.cancel,
        )
        return takes, notes_on(options, work.home, work.settings)

    takes, notes = await bridge.run_async(shoot)
    bridge.tell(" ".join(notes))
    _unfinished += any(take.state != "ready" for take in takes)
    home = bridge.home()
    clips = [bridge.video(home.path(take.clip)) for take in takes if take.usable]
    return io.NodeOutput(list(takes), clips)


_WIDGETS = ("model", "resolution", "duration", "sound", "seed", "take")
_PICTURES = ("first_frame", "last_frame", "references", "extends")


def _pictures(
    screenplay: Screenplay, inputs: dict[str, Sequence[Any]], work: Work
) -> dict[str, Pictures]:
    """Share the connected pictures and takes out to the scenes."""
    first = _each(screenplay, _kept(inputs["first_frame"], work), "first frames")
    last = _each(screenplay, _kept(inputs["last_frame"], work), "last frames")
    extends = _each(screenplay, inputs["extends"], "takes to go on from")
    references = tuple(_kept(inputs["references"], work))
    return {
        scene.id: Pictures(
            first=first[index],
            last=last[index],
            references=references,
            extends=extends[index].id if extends[index] else "",
        )
        for index, scene in enumerate(screenplay.scenes)
    }


def _kept(batches: Sequence[torch.Tensor], work: Work) -> list[Picture]:
    pictures = chain.from_iterable(bridge.frames(batch, work.progress) for batch in batches)
    return [keep_picture(pixels, home=work.home) for pixels in pictures]


def _each(screenplay: Screenplay, given: Sequence[Any], what: str) -> Sequence[Any]:
    count = len(screenplay.scenes)
    if len(given) not in (0, 1, count):
        raise MatchLists(
            f"There are {len(given)} {what} for {count} scenes: connect one for all, or {count}."
        )
    return [given[0] if given else None] * count if len(given) < 2 else given
