"""Voice: from narration to lines."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from comfy_api.latest import io

from ..onereel.reaching import speech_purse
from ..onereel.story.screenplay import Screenplay
from ..onereel.voice.collect import collect_lines
from ..onereel.voice.engines import known as engines
from ..onereel.voice.narrate import Narration, narrate
from . import bridge

__all__ = ["NODES"]


def _outputs() -> list[io.Output]:
    return [
        bridge.SCREENPLAY.Output(
            "screenplay", display_name="screenplay", tooltip="Its scenes last as long as they need."
        ),
        bridge.LINE.Output(
            "lines", display_name="lines", tooltip="One a spoken scene.", is_output_list=True
        ),
        io.Audio.Output(
            "audio", display_name="audio", tooltip="The lines as sound.", is_output_list=True
        ),
    ]


def _breath() -> io.Float.Input:
    return io.Float.Input(
        "breath",
        default=bridge.usual(narrate, "breath"),
        min=0,
        max=10,
        step=0.05,
        round=0.001,
        tooltip="Seconds of each scene that its voice leaves free.",
    )


def _output(narration: Narration) -> io.NodeOutput:
    home = bridge.home()
    bridge.tell(" ".join(narration.notes))
    audio = [bridge.audio(home.path(line.audio)) for line in narration.lines]
    return io.NodeOutput(narration.screenplay, list(narration.lines), audio)


class OneReelNarrate(io.ComfyNode):
    """The narrator."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelNarrate",
            display_name="Narrate",
            category="OneReel/Voice",
            description="Speaks every scene and times the scenes to their voice. A line too long"
            " for one shot is split into further scenes.",
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The screenplay to speak."),
                io.String.Input(
                    "voice",
                    default=bridge.usual(narrate, "voice"),
                    tooltip="Name of a voice; auto takes the best for the language.",
                ),
                io.Float.Input(
                    "speed",
                    default=bridge.usual(narrate, "speed"),
                    min=0.5,
                    max=2,
                    step=0.05,
                    tooltip="1 is the voice's own pace.",
                ),
                bridge.seed_input("For voices that vary."),
                _breath(),
                # Workflows of earlier versions do not have it: optional, and behind the others.
                bridge.backup_voices_input(),
            ],
            outputs=_outputs(),
        )

    @classmethod
    def validate_inputs(cls, speed: Any) -> bool:
        """Leave a speed out of range to the library, which says what to do about it."""
        return True

    @classmethod
    async def execute(
        cls,
        screenplay: Screenplay,
        voice: str,
        speed: float,
        seed: int,
        breath: float,
        backup_voices: str = "",
    ) -> io.NodeOutput:
        """Speak it."""
        try:
            narration = await bridge.run(
                lambda work: narrate(
                    screenplay,
                    home=work.home,
                    settings=work.settings,
                    purse=speech_purse(
                        screenplay.brief.film_id, home=work.home, settings=work.settings
                    ),
                    voice=voice,
                    backup_voices=backup_voices.split(";"),
                    speed=speed,
                    seed=seed,
                    breath=Fraction(str(breath)),
                    progress=work.progress,
                    cancel=work.cancel,
                )
            )
        finally:
            engines.release()
        return _output(narration)


class OneReelCollectLines(io.ComfyNode):
    """Voices of other nodes."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelCollectLines",
            display_name="Collect Lines",
            category="OneReel/Voice",
            description="Takes the AUDIO of any other speech nodes as the lines of a screenplay,"
            " and times the scenes to them.",
            is_input_list=True,
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="Whose narration is spoken."),
                io.Audio.Input(
                    "audio", tooltip="One sound for each scene with narration, in their order."
                ),
                _breath(),
            ],
            outputs=_outputs(),
        )

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        audio: Sequence[Any],
        breath: Sequence[float],
    ) -> io.NodeOutput:
        """Collect them."""
        narration = await bridge.run(
            lambda work: collect_lines(
                screenplay[0],
                bridge.sounds(audio),
                home=work.home,
                breath=Fraction(str(breath[0])),
                progress=work.progress,
                cancel=work.cancel,
            )
        )
        return _output(narration)


NODES: list[type[io.ComfyNode]] = [OneReelNarrate, OneReelCollectLines]
