"""The Cut of a film: takes and lines in, one VIDEO out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, get_args

from comfy_api.latest import io

from ...onereel import __version__
from ...onereel.cut.assemble import FITS, OnMissing, assemble
from ...onereel.cut.captions import add_captions
from ...onereel.cut.plan import CaptionMode, Cut
from ...onereel.cut.render import render
from ...onereel.cut.soundtrack import add_soundtrack, keep_music
from ...onereel.shoot.take import Take
from ...onereel.stage import Work
from ...onereel.story.platforms import RESOLUTIONS
from ...onereel.story.screenplay import Screenplay
from ...onereel.values import digest
from ...onereel.voice.line import Line
from .. import bridge

__all__ = ["OneReelAddCaptions", "OneReelAddSoundtrack", "OneReelAssembleCut", "OneReelRenderCut"]


class OneReelAssembleCut(io.ComfyNode):
    """The plan."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelAssembleCut",
            display_name="Assemble Cut",
            category="OneReel/Cut",
            description="Plans the film: fits each take to its scene and lays the lines over them."
            " Nothing is rendered yet.",
            is_input_list=True,
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The one that was shot."),
                bridge.TAKE.Input("takes", tooltip="One for each scene, in any order."),
                io.Combo.Input(
                    "resolution",
                    options=list(RESOLUTIONS),
                    default=bridge.usual(assemble, "resolution"),
                    tooltip="Shorter side of the film; clips of that size are copied as they are.",
                ),
                io.Combo.Input(
                    "fit",
                    options=list(FITS),
                    default=bridge.usual(assemble, "fit"),
                    tooltip="How a clip fills a scene of another length: trim its tail, let the"
                    " scene fill it, hold its last frame, change its speed, or what shows least.",
                ),
                io.Combo.Input(
                    "on_missing",
                    options=list(get_args(OnMissing)),
                    default=bridge.usual(assemble, "on_missing"),
                    tooltip="What to do with a scene that has no take.",
                ),
                io.Float.Input(
                    "transition_length",
                    default=bridge.usual(assemble, "transition_length"),
                    min=0,
                    max=5,
                    step=0.1,
                    round=0.001,
                    tooltip="Seconds of a dissolve or a fade.",
                ),
                io.Float.Input(
                    "clip_gain",
                    default=bridge.usual(assemble, "clip_gain_db"),
                    min=-120,
                    max=12,
                    step=1,
                    tooltip="Level of the clips' own sound under a voice, in dB.",
                ),
                bridge.LINE.Input("lines", optional=True, tooltip="From Narrate."),
            ],
            outputs=[bridge.CUT.Output("cut", display_name="cut")],
        )

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        takes: Sequence[Take],
        resolution: Sequence[Any],
        fit: Sequence[Any],
        on_missing: Sequence[Any],
        transition_length: Sequence[float],
        clip_gain: Sequence[float],
        lines: Sequence[Line] = (),
    ) -> io.NodeOutput:
        """Plan it."""
        cut = await bridge.run(
            lambda work: assemble(
                screenplay[0],
                takes,
                lines,
                home=work.home,
                resolution=resolution[0],
                fit=fit[0],
                on_missing=on_missing[0],
                transition_length=Fraction(str(transition_length[0])),
                clip_gain_db=clip_gain[0],
                reencode=work.settings.cut.reencode,
            )
        )
        return io.NodeOutput(cut)


class OneReelAddSoundtrack(io.ComfyNode):
    """Music."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelAddSoundtrack",
            display_name="Add Soundtrack",
            category="OneReel/Cut",
            description="Lays music under the whole film: looped to its end, faded, and stepping"
            " back under the voice.",
            inputs=[
                bridge.CUT.Input("cut", tooltip="The plan."),
                io.Audio.Input("music", tooltip="From Load Audio or any other node."),
                io.Float.Input(
                    "gain",
                    default=bridge.usual(add_soundtrack, "gain_db"),
                    min=-60,
                    max=12,
                    step=1,
                    tooltip="Level of the music, in dB.",
                ),
                io.Float.Input(
                    "duck",
                    default=bridge.usual(add_soundtrack, "duck_db"),
                    min=-60,
                    max=0,
                    step=1,
                    tooltip="How far it steps back under the voice, in dB.",
                ),
            ],
            outputs=[bridge.CUT.Output("cut", display_name="cut")],
        )

    @classmethod
    async def execute(cls, cut: Cut, music: Any, gain: float, duck: float) -> io.NodeOutput:
        """Plan it."""
        samples, rate = bridge.sounds([music])[0]
        media = await bridge.run(
            lambda work: keep_music(
                samples, rate, home=work.home, progress=work.progress, cancel=work.cancel
            )
        )
        return io.NodeOutput(add_soundtrack(cut, media, gain_db=gain, duck_db=duck))


class OneReelAddCaptions(io.ComfyNode):
    """The words on the screen."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelAddCaptions",
            display_name="Add Captions",
            category="OneReel/Cut",
            description="Captions the spoken words: soft (a track that viewers can switch off),"
            " burned into the picture, or off.",
            is_input_list=True,
            inputs=[
                bridge.CUT.Input("cut", tooltip="The plan."),
                bridge.LINE.Input("lines", tooltip="From Narrate."),
                io.Combo.Input(
                    "mode",
                    options=list(get_args(CaptionMode)),
                    default=bridge.usual(add_captions, "mode"),
                    tooltip="Soft captions copy the picture as it is; burned ones re-encode it"
                    " where they stand.",
                ),
            ],
            outputs=[bridge.CUT.Output("cut", display_name="cut")],
        )

    @classmethod
    def execute(
        cls, cut: Sequence[Cut], lines: Sequence[Line], mode: Sequence[Any]
    ) -> io.NodeOutput:
        """Plan them."""
        return io.NodeOutput(add_captions(cut[0], lines, mode=mode[0]))


class OneReelRenderCut(io.ComfyNode):
    """The one pass."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelRenderCut",
            display_name="Render Cut",
            category="OneReel/Cut",
            description="Makes the film that the cut plans, in one pass: copies what plays"
            " unchanged, encodes the rest, mixes the sound once.",
            inputs=[bridge.CUT.Input("cut", tooltip="The plan.")],
            outputs=[io.Video.Output("video", display_name="video")],
        )

    @classmethod
    async def execute(cls, cut: Cut) -> io.NodeOutput:
        """Make it."""

        def make(work: Work) -> None:
            fonts = work.settings.cut.fonts
            if not path.exists():
                render(
                    cut,
                    path,
                    home=work.home,
                    fonts=fonts,
                    progress=work.progress,
                    cancel=work.cancel,
                )

        # An unchanged cut is not rendered twice while ComfyUI runs, whatever its caches forget.
        path = bridge.temporary_file(f"reel-{digest(cut, __version__)}.mp4")
        await bridge.run(make)
        return io.NodeOutput(bridge.video(path))
