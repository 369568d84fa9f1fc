"""The writers: from a brief to a screenplay."""

from __future__ import annotations

from typing import Any

from comfy_api.latest import io

from ...onereel.story.brief import Brief
from ...onereel.story.writers.text_model import THINKING
from ...onereel.writers import WRITERS
from .. import bridge, models

__all__ = [
    "OneReelWriteScriptBestAvailable",
    "OneReelWriteScriptBuiltIn",
    "OneReelWriteScriptGemini",
    "OneReelWriteScriptOllama",
]


class OneReelWriteScriptBuiltIn(io.ComfyNode):
    """The writer that needs nothing."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelWriteScriptBuiltIn",
            display_name="Write Script (Built In)",
            category="OneReel/Story",
            description="Writes a screenplay in English, German, Spanish or French, without a"
            " server or a key.",
            inputs=[
                bridge.BRIEF.Input("brief", tooltip="What the film is about."),
                bridge.seed_input("Another seed, another script."),
            ],
            outputs=[bridge.SCREENPLAY.Output(display_name="screenplay")],
        )

    @classmethod
    async def execute(cls, brief: Brief, seed: int) -> io.NodeOutput:
        """Write it."""
        write = WRITERS["built-in"].run
        made = await bridge.run_async(lambda work: write(work, brief=brief, seed=seed))
        return io.NodeOutput(made["screenplay"])


class OneReelWriteScriptOllama(io.ComfyNode):
    """A writer on the user's own server."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        known = models.OLLAMA.known()
        return io.Schema(
            node_id="OneReelWriteScriptOllama",
            display_name="Write Script (Ollama)",
            category="OneReel/Story",
            description="Writes a screenplay with a language model on your own Ollama server. Its"
            " address stands in OneReel's settings file.",
            inputs=[
                bridge.BRIEF.Input("brief", tooltip="What the film is about."),
                io.Combo.Input(
                    "model",
                    options=list(known),
                    default=known[0],
                    tooltip="A model of your Ollama server. Press R to see newly pulled ones.",
                ),
                bridge.seed_input("Another seed, another script."),
                io.Boolean.Input(
                    "refine",
                    default=False,
                    tooltip="Ask the model once more to improve its own script.",
                ),
                io.Boolean.Input(
                    "unload",
                    default=True,
                    tooltip="Free the model's memory afterwards, for the nodes that follow.",
                ),
            ],
            outputs=[bridge.SCREENPLAY.Output(display_name="screenplay")],
        )

    @classmethod
    def validate_inputs(cls, model: Any) -> bool:
        """Accept models that this list does not show: the server knows, and may be down now."""
        return True

    @classmethod
    async def execute(
        cls, brief: Brief, model: str, seed: int, refine: bool, unload: bool
    ) -> io.NodeOutput:
        """Write it."""
        models.OLLAMA.refresh()
        write = WRITERS["ollama"].run
        told = {"model": model, "seed": seed, "refine": refine, "unload": unload}
        made = await bridge.run_async(lambda work: write(work, brief=brief, **told))
        return io.NodeOutput(made["screenplay"])


class OneReelWriteScriptGemini(io.ComfyNode):
    """A writer of Google's."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        known = models.GEMINI.known()
        return io.Schema(
            node_id="OneReelWriteScriptGemini",
            display_name="Write Script (Gemini)",
            category="OneReel/Story",
            description="Writes a screenplay with a Gemini model, by the key in OneReel's settings."
            " It costs about a cent, within the caps there; a script that was paid for is kept.",
            inputs=[
                bridge.BRIEF.Input("brief", tooltip="What the film is about."),
                io.Combo.Input(
                    "model",
                    options=list(known),
                    default=known[0],
                    tooltip="A model that your key reaches. Press R to see new ones.",
                ),
                io.Combo.Input(
                    "thinking",
                    options=list(THINKING),
                    default="low",
                    tooltip="How long the model thinks before it writes; longer costs more.",
                ),
                bridge.seed_input("Another seed, another script."),
            ],
            outputs=[bridge.SCREENPLAY.Output(display_name="screenplay")],
        )

    @classmethod
    def validate_inputs(cls, model: Any) -> bool:
        """Accept models that this list does not show: the service knows."""
        return True

    @classmethod
    async def execute(cls, brief: Brief, model: str, thinking: str, seed: int) -> io.NodeOutput:
        """Write it."""
        models.GEMINI.refresh()
        write = WRITERS["gemini"].run
        told = {"model": models.name_in(model), "thinking": thinking, "seed": seed}
        made = await bridge.run_async(lambda work: write(work, brief=brief, **told))
        return io.NodeOutput(made["screenplay"])


class OneReelWriteScriptBestAvailable(io.ComfyNode):
    """Whoever can."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelWriteScriptBestAvailable",
            display_name="Write Script (Best Available)",
            category="OneReel/Story",
            description="Asks Gemini, then Ollama, then the built-in writer, until one has written"
            " the screenplay. It says who wrote it, and why the others did not.",
            inputs=[
                bridge.BRIEF.Input("brief", tooltip="What the film is about."),
                bridge.seed_input("Another seed, another script."),
            ],
            outputs=[bridge.SCREENPLAY.Output(display_name="screenplay")],
        )

    @classmethod
    async def execute(cls, brief: Brief, seed: int) -> io.NodeOutput:
        """Write it."""
        write = WRITERS["best"].run
        made = await bridge.run_async(lambda work: write(work, brief=brief, seed=seed))
        bridge.tell(" ".join(made["notes"]))
        return io.NodeOutput(made["screenplay"])
