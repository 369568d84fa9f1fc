"""Shoot Drawn Stills: a picture of every scene by an image model, and the camera over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comfy_api.latest import io

from ...onereel.shoot.kept import choices_mark
from ...onereel.shoot.take import ON_MISSING
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from ...onereel.voice.line import Line
from .. import bridge, models
from ..agreed import agreed
from .inputs import (
    AnyModel,
    at_most_input,
    drawing_inputs,
    missed,
    scenes_input,
    screenplay_input,
)

if TYPE_CHECKING:
    from ...onereel.shoot.drawing import DrawnFilm

__all__ = ["OneReelShootDrawnStills"]

_unfinished = 0
"""Counts runs that left scenes out: the next queueing tries those again."""


class OneReelShootDrawnStills(AnyModel):
    """A film of drawn stills."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelShootDrawnStills",
            display_name="Shoot Drawn Stills",
            category="OneReel/Shoot",
            description="Has one still of every scene drawn by a Gemini image model, for a few"
            " cents each, and moves the camera over it: only when buying is switched on in"
            " OneReel's settings, only within the caps there, and never twice.",
            is_input_list=True,
            inputs=[
                screenplay_input(),
                *drawing_inputs(),
                bridge.resolution_input("720p"),
                bridge.seed_input("Another seed, other pictures, paid anew."),
                scenes_input(),
                io.Combo.Input(
                    "on_missing",
                    options=list(ON_MISSING),
                    default="stop",
                    tooltip="A scene that could not be drawn: stop and name it, shoot a labelled"
                    " draft, or leave it out (in Assemble Cut too).",
                ),
                bridge.LINE.Input("lines", optional=True, tooltip="Narrate's."),
                at_most_input(),
            ],
            outputs=[
                bridge.TAKE.Output(
                    "takes", display_name="takes", tooltip="One a scene.", is_output_list=True
                ),
                io.Video.Output(
                    "clips",
                    display_name="clips",
                    tooltip="One a scene that has a take.",
                    is_output_list=True,
                ),
            ],
        )

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> str:
        """Change when the last run left scenes out, or another take is chosen for a scene."""
        return f"{_unfinished} {choices_mark(bridge.home())}"

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        model: Sequence[str],
        size: Sequence[Any],
        resolution: Sequence[Any],
        seed: Sequence[int],
        scenes: Sequence[str],
        on_missing: Sequence[Any],
        lines: Sequence[Line] = (),
        at_most: Sequence[float] = (0,),
    ) -> io.NodeOutput:
        """Draw and shoot them."""
        global _unfinished

        async def shoot(work: Work) -> DrawnFilm:
            # Only now: the ledger's database would slow down every start of ComfyUI.
            from ...onereel.shoot.drawing import DrawingOptions, shoot_drawn

            return await shoot_drawn(
                screenplay[0],
                DrawingOptions(model=models.name_in(model[0]), size=size[0], seed=seed[0]),
                home=work.home,
                settings=work.settings,
                lines=[line for line in lines if line],
                resolution=resolution[0],
                only_approved=scenes[0] == "approved scenes",
                on_missing=on_missing[0],
                at_most=agreed(at_most),
                progress=work.progress,
                cancel=work.cancel,
            )

        film = await bridge.run_async(shoot)
        bridge.tell(" ".join(film.notes))
        _unfinished += any(map(missed, film.takes))
        home = bridge.home()
        clips = [bridge.video(home.path(take.clip)) for take in film.takes if take.usable]
        return io.NodeOutput(list(film.takes), clips)
