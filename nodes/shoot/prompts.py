"""Optimise Prompts: all that a film knows of a scene, said to the model that shoots it."""

from __future__ import annotations

from comfy_api.latest import io

from ...onereel.shoot.prompting import MANNERS, Manner, optimise
from ...onereel.story.screenplay import Screenplay
from .. import bridge

__all__ = ["OneReelOptimisePrompts"]


class OneReelOptimisePrompts(io.ComfyNode):
    """Complete prompts."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelOptimisePrompts",
            display_name="Optimise Prompts",
            category="OneReel/Shoot",
            description="Completes every shot prompt with the camera, place, lens, light, style and"
            " sound that the film knows and the prompt does not say, in the order that the model"
            " likes. Your own words stay as they are.",
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The film."),
                io.Combo.Input(
                    "manner",
                    options=list(MANNERS),
                    default="veo",
                    tooltip="Whose models the prompts are for; any: those of other nodes.",
                ),
            ],
            outputs=[
                bridge.SCREENPLAY.Output("screenplay", display_name="screenplay"),
                io.String.Output(
                    "diff", display_name="diff", tooltip="What was put in, a scene a line."
                ),
            ],
        )

    @classmethod
    def execute(cls, screenplay: Screenplay, manner: Manner) -> io.NodeOutput:
        """Complete them."""
        made = optimise(screenplay, manner)
        bridge.tell(made.diff or "Every prompt says all that the film knows.")
        return io.NodeOutput(made.screenplay, made.diff)
