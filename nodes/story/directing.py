"""Direct Script: a second pass over anybody's script."""

from __future__ import annotations

from typing import get_args

from comfy_api.latest import io

from ...onereel.directors import DIRECT
from ...onereel.options import Director
from ...onereel.story.screenplay import Screenplay
from .. import bridge

__all__ = ["OneReelDirectScript"]


class OneReelDirectScript(io.ComfyNode):
    """Another pair of eyes."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelDirectScript",
            display_name="Direct Script",
            category="OneReel/Story",
            description="Goes over a screenplay once more: continuity, pace, words that come too"
            " often, cameras and pictures that do not change. It says what it changed.",
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The screenplay, whoever wrote it."),
                io.Combo.Input(
                    "director",
                    options=[name for name in get_args(Director) if name != "none"],
                    default="built-in",
                    tooltip="Who directs: built-in goes by rules, free; best asks Gemini, then"
                    " Ollama, then the rules.",
                ),
                io.String.Input(
                    "model",
                    default="",
                    tooltip="The director's model, for ollama or gemini; empty takes the usual"
                    " one.",
                ),
                bridge.seed_input("Another seed, another director's mood."),
            ],
            outputs=[
                bridge.SCREENPLAY.Output("screenplay", display_name="screenplay"),
                io.String.Output(
                    "changes",
                    display_name="changes",
                    tooltip="What was changed, one field a line, as a diff.",
                ),
            ],
        )

    @classmethod
    async def execute(
        cls, screenplay: Screenplay, director: str, model: str, seed: int
    ) -> io.NodeOutput:
        """Direct it."""
        told = {"director": director, "model": model, "seed": seed}
        made = await bridge.run_async(lambda work: DIRECT.run(work, screenplay=screenplay, **told))
        bridge.tell(" ".join(made["notes"][:1]))
        return io.NodeOutput(made["screenplay"], made["changes"])
