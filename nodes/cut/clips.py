"""Clips on their own: joined and given sound, in any workflow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from comfy_api.latest import Input, io

from ...onereel.cut.join import join_clips
from ...onereel.cut.mux import MuxMode, mux_audio
from ...onereel.stage import Work
from .. import bridge

__all__ = ["OneReelJoinClips", "OneReelMuxAudio"]


class OneReelJoinClips(io.ComfyNode):
    """Clips end to end."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelJoinClips",
            display_name="Join Clips",
            category="OneReel/Cut",
            description="Puts a list of videos end to end, copied as they are; those of another"
            " size or format are made to fit the first.",
            is_input_list=True,
            inputs=[
                io.Video.Input("clips", tooltip="Videos in their order."),
                io.Video.Input("more_clips", optional=True, tooltip="Further ones, after those."),
            ],
            outputs=[io.Video.Output("video", display_name="video")],
        )

    @classmethod
    async def execute(
        cls, clips: Sequence[Input.Video], more_clips: Sequence[Input.Video] = ()
    ) -> io.NodeOutput:
        """Join them."""

        def join(work: Work) -> None:
            with bridge.video_files([*clips, *more_clips]) as paths:
                join_clips(paths, path, progress=work.progress, cancel=work.cancel)

        path = bridge.new_file("joined.mp4")
        await bridge.run(join)
        return io.NodeOutput(bridge.video(path))


class OneReelMuxAudio(io.ComfyNode):
    """A sound for a picture."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelMuxAudio",
            display_name="Mux Audio",
            category="OneReel/Cut",
            description="Gives a video another sound, or one more. The picture is copied as it is.",
            inputs=[
                io.Video.Input("video", tooltip="Whose picture is kept."),
                io.Audio.Input("audio", tooltip="Its sound, cut at the picture's end."),
                io.Combo.Input(
                    "mode",
                    options=list(get_args(MuxMode)),
                    default=bridge.usual(mux_audio, "mode"),
                    tooltip="In place of the video's own sound, or over it.",
                ),
                io.Float.Input(
                    "gain",
                    default=bridge.usual(mux_audio, "gain_db"),
                    min=-60,
                    max=12,
                    step=1,
                    tooltip="Level of the sound when mixed, in dB.",
                ),
            ],
            outputs=[io.Video.Output("video", display_name="video")],
        )

    @classmethod
    async def execute(cls, video: Input.Video, audio: Any, mode: Any, gain: float) -> io.NodeOutput:
        """Mux them."""
        samples, rate = bridge.sounds([audio])[0]

        def mux(work: Work) -> None:
            with bridge.video_files([video]) as (clip,):
                mux_audio(
                    clip,
                    samples,
                    rate,
                    path,
                    mode=mode,
                    gain_db=gain,
                    progress=work.progress,
                    cancel=work.cancel,
                )

        path = bridge.new_file("muxed.mp4")
        await bridge.run(mux)
        return io.NodeOutput(bridge.video(path))
