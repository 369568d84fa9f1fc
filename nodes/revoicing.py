"""Re-voice: a finished film in another language, with the pictures that it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comfy_api.latest import io

from ..onereel.revoicing import TRANSLATORS, reused, translated, translator_of
from ..onereel.shoot.take import Take
from ..onereel.stage import Work
from ..onereel.story.screenplay import Screenplay
from . import bridge, models

__all__ = ["NODES"]

_WHO_WROTE_IT = "who wrote it"


class OneReelReVoice(io.ComfyNode):
    """Other words over the same pictures."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelReVoice",
            display_name="Re-voice",
            category="OneReel/Film",
            description="Puts a finished film into another language: the script is translated, and"
            " every take is used as it is, so that no second of video is bought again.",
            is_input_list=True,
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The film's, from Narrate."),
                bridge.TAKE.Input("takes", tooltip="The film's."),
                io.String.Input(
                    "language",
                    default="de",
                    tooltip="Language of the new voice, as a code: de, es, fr, ja, pt-br ...",
                ),
                io.Combo.Input(
                    "translator",
                    options=[_WHO_WROTE_IT, *TRANSLATORS],
                    default=_WHO_WROTE_IT,
                    tooltip="Whose model translates.",
                ),
                io.String.Input(
                    "model",
                    default="",
                    tooltip="The translator's model, such as llama3.2; empty takes Gemini's usual"
                    " one.",
                ),
                bridge.SCREENPLAY.Input(
                    "translation",
                    optional=True,
                    tooltip="A translation of your own, with the film's scene ids; nobody else"
                    " translates then.",
                ),
            ],
            outputs=[
                bridge.SCREENPLAY.Output(
                    "screenplay", display_name="screenplay", tooltip="For Narrate."
                ),
                bridge.TAKE.Output(
                    "takes",
                    display_name="takes",
                    tooltip="The same clips, for Assemble Cut.",
                    is_output_list=True,
                ),
            ],
        )

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        takes: Sequence[Take],
        language: Sequence[str],
        translator: Sequence[str],
        model: Sequence[str],
        translation: Sequence[Screenplay] = (),
    ) -> io.NodeOutput:
        """Translate it."""
        (film,) = screenplay[:1]

        async def translate(work: Work) -> Screenplay:
            service = "" if translator[0] == _WHO_WROTE_IT else translator[0]
            return await translated(
                film,
                language[0].strip(),
                writer=translator_of(film, service=service, model=models.name_in(model[0].strip())),
                home=work.home,
                settings=work.settings,
                progress=work.progress,
                cancel=work.cancel,
            )

        spoken: Any = translation[0] if translation else await bridge.run_async(translate)
        return io.NodeOutput(spoken, list(reused(takes, spoken)))


NODES: list[type[io.ComfyNode]] = [OneReelReVoice]
