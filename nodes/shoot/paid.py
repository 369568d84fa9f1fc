"""Shoot with paid models: what is there is taken, what is missing is bought, within the caps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comfy_api.latest import io

from ...onereel.shoot.kept import choices_mark
from ...onereel.shoot.order import PaidOptions
from ...onereel.shoot.shot import PaidRenderer
from ...onereel.shoot.take import ON_MISSING, Take
from ...onereel.shoot.takes import Takes
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from .. import bridge, models
from ..agreed import agreed
from .inputs import (
    AnyModel,
    at_most_input,
    duration_input,
    missed,
    model_input,
    picture_inputs,
    pictures,
    resolution_input,
    said,
    samples_input,
    scenes_input,
    screenplay_input,
    sound_input,
    take_input,
)

__all__ = ["OneReelShootWithOmni", "OneReelShootWithVeo"]

_unfinished = 0
"""Counts runs that left scenes out: the next queueing tries those again."""


class _Buying(AnyModel):
    """A node that may have left scenes out."""

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> str:
        """Change when the last run left scenes out, or another take is chosen for a scene."""
        return f"{_unfinished} {choices_mark(bridge.home())}"


class OneReelShootWithVeo(_Buying):
    """Veo on Vertex AI."""

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
                *_first_inputs(models.VEO, "720p", "1080p", "4k"),
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
                samples_input(),
                *_last_inputs(),
            ],
            outputs=_outputs(),
        )

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        negative_prompt: Sequence[str],
        people: Sequence[str],
        enhance: Sequence[str],
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
        )


class OneReelShootWithOmni(_Buying):
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
                *_first_inputs(models.OMNI, "360p", "720p", "1080p", "4k"),
                *_last_inputs(),
            ],
            outputs=_outputs(),
        )

    @classmethod
    async def execute(
        cls, screenplay: Sequence[Screenplay], **choices: Sequence[Any]
    ) -> io.NodeOutput:
        """Shoot it."""
        return await _shoot("omni", screenplay[0], choices)


def _first_inputs(menu: models.Menu, *resolutions: str) -> list[io.Input]:
    return [
        screenplay_input(),
        model_input(menu),
        resolution_input(*resolutions),
        duration_input(),
        sound_input(),
        bridge.seed_input("Another seed, other clips, paid anew."),
    ]


def _last_inputs() -> list[io.Input]:
    return [
        take_input(),
        scenes_input(),
        io.Combo.Input(
            "on_missing",
            options=list(ON_MISSING),
            default="stop",
            tooltip="A scene that could not be had: stop and name it, shoot a labelled draft, or"
            " leave it out (in Assemble Cut too).",
        ),
        *picture_inputs(),
        at_most_input(),
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
        io.Video.Output(
            "samples",
            display_name="further samples",
            tooltip="The other clips of each scene, where more than one sample was asked for.",
            is_output_list=True,
        ),
    ]


async def _shoot(
    renderer: PaidRenderer, screenplay: Screenplay, choices: dict[str, Sequence[Any]], **own: Any
) -> io.NodeOutput:
    global _unfinished
    options = PaidOptions(renderer=renderer, **said(choices), **own)

    async def shoot(work: Work) -> tuple[tuple[Take, ...], list[Take], tuple[str, ...]]:
        # Only now: the ledger's database would slow down every start of ComfyUI.
        from ...onereel.shoot.buying.studio import notes_on, shoot_paid

        takes = await shoot_paid(
            screenplay,
            options,
            home=work.home,
            settings=work.settings,
            pictures=pictures(screenplay, choices, work),
            only_approved=choices["scenes"][0] == "approved scenes",
            on_missing=choices["on_missing"][0],
            at_most=agreed(choices.get("at_most") or (0,)),
            progress=work.progress,
            cancel=work.cancel,
        )
        samples = [each for take in takes for each in Takes(work.home).samples(take)]
        return takes, samples, notes_on(takes, options, home=work.home, settings=work.settings)

    takes, samples, notes = await bridge.run_async(shoot)
    bridge.tell(" ".join(notes))
    _unfinished += any(map(missed, takes))
    home = bridge.home()
    clips, further = (
        [bridge.video(home.path(take.clip)) for take in each if take.usable]
        for each in (takes, samples)
    )
    return io.NodeOutput(list(takes), clips, further)
