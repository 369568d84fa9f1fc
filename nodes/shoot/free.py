"""Shoot without paying: drafts, and what any other nodes rendered."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import torch
from comfy_api.latest import Input, io
from comfy_execution.graph_utils import ExecutionBlocker

from ...onereel.cut.mux import mux_audio
from ...onereel.errors import MatchLists
from ...onereel.shoot.collect import collect_clip, collect_frames
from ...onereel.shoot.draft import shoot_draft
from ...onereel.shoot.kept import choices_mark, kept_take, kept_takes, next_number
from ...onereel.shoot.take import Take
from ...onereel.stage import Work
from ...onereel.story.screenplay import Scene, Screenplay
from .. import bridge

__all__ = ["OneReelCollectTake", "OneReelShootDraft"]

_COLLECTED = "collected"
"""What the ledger says of a take whose renderer is any other nodes."""


class OneReelShootDraft(io.ComfyNode):
    """The free renderer."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelShootDraft",
            display_name="Shoot Draft",
            category="OneReel/Shoot",
            description="Shoots every scene as a moving animatic, in the format of paid models,"
            " free and without a model.",
            inputs=[
                bridge.narrated_input(),
                bridge.resolution_input(bridge.usual(shoot_draft, "resolution")),
                bridge.seed_input("Another seed, other backgrounds."),
            ],
            outputs=[
                bridge.TAKE.Output(
                    "takes", display_name="takes", tooltip="One a scene.", is_output_list=True
                ),
                io.Video.Output(
                    "clips", display_name="clips", tooltip="One a scene.", is_output_list=True
                ),
            ],
        )

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> str:
        """Change when another take is chosen for a scene."""
        return choices_mark(bridge.home())

    @classmethod
    async def execute(cls, screenplay: Screenplay, resolution: str, seed: int) -> io.NodeOutput:
        """Shoot it."""
        takes = await bridge.run(
            lambda work: shoot_draft(
                screenplay,
                home=work.home,
                resolution=resolution,
                seed=seed,
                fonts=work.settings.cut.fonts,
                progress=work.progress,
                cancel=work.cancel,
            )
        )
        home = bridge.home()
        return io.NodeOutput(list(takes), [bridge.video(home.path(take.clip)) for take in takes])


class OneReelCollectTake(io.ComfyNode):
    """Clips of other nodes."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelCollectTake",
            display_name="Collect Take",
            category="OneReel/Shoot",
            description="Keeps what any other nodes rendered as the take of a scene, on disk at"
            " once: a VIDEO, or an IMAGE batch.",
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The film that the scene is of."),
                bridge.SCENE.Input("scene", tooltip="From Split Scenes or Next Scene."),
                io.Boolean.Input(
                    "reuse",
                    default=True,
                    tooltip="A scene that has a take of these very words keeps it, and nothing is"
                    " rendered for it. Off: always render and keep a new take.",
                ),
                io.Float.Input(
                    "fps",
                    default=24,
                    min=1,
                    max=120,
                    step=1,
                    round=0.001,
                    tooltip="Frames per second of the images; a video knows its own.",
                ),
                io.Video.Input("video", optional=True, lazy=True, tooltip="The rendered clip."),
                io.Image.Input(
                    "images", optional=True, lazy=True, tooltip="Or its frames, in order."
                ),
                io.Audio.Input(
                    "audio", optional=True, lazy=True, tooltip="The clip's own sound, if any."
                ),
            ],
            outputs=[
                bridge.TAKE.Output("take", display_name="take", tooltip="Of this scene."),
                io.Video.Output("clip", display_name="clip", tooltip="Of this scene."),
                bridge.TAKE.Output(
                    "takes",
                    display_name="all takes",
                    tooltip="Of the whole film, once every scene has one; until then the nodes"
                    " behind it wait.",
                    is_output_list=True,
                ),
            ],
        )

    @classmethod
    def check_lazy_status(
        cls, screenplay: Screenplay, scene: Scene, reuse: bool, fps: float, **pictures: Any
    ) -> list[str]:
        """Ask for pictures only if the scene needs them."""
        if reuse and kept_take(screenplay, scene, home=bridge.home()):
            return []
        return [name for name, value in pictures.items() if value is None]

    @classmethod
    async def execute(
        cls,
        screenplay: Screenplay,
        scene: Scene,
        reuse: bool,
        fps: float,
        video: Input.Video | None = None,
        images: torch.Tensor | None = None,
        audio: Any = None,
    ) -> io.NodeOutput:
        """Keep it."""
        home = bridge.home()
        take = kept_take(screenplay, scene, home=home) if reuse else None
        if take is None:
            take = await _collected(screenplay, scene, fps, video, images, audio)
        clip = bridge.video(home.path(take.clip))
        found = kept_takes(screenplay, home=home)
        missing = len(screenplay.scenes) - len(found)
        if missing:
            bridge.tell(f"Kept. {missing} of {len(screenplay.scenes)} scenes to go: queue again.")
        return io.NodeOutput(take, clip, ExecutionBlocker(None) if missing else list(found))


async def _collected(
    screenplay: Screenplay,
    scene: Scene,
    fps: float,
    video: Input.Video | None,
    images: torch.Tensor | None,
    audio: Any,
) -> Take:
    if (video is None) == (images is None):
        raise MatchLists("Connect the clip of the scene to Collect Take: a video or images.")
    sound = bridge.sounds([audio])[0] if audio else None

    def collect(work: Work) -> Take:
        facts: dict[str, Any] = {
            "film_id": screenplay.brief.film_id,
            "home": work.home,
            "number": next_number(screenplay, scene, home=work.home),
            "renderer": _COLLECTED,
        }
        if images is not None:
            pictures, rate = bridge.frames(images, work.progress), Fraction(str(fps))
            return collect_frames(
                scene, pictures, fps=rate, audio=sound, cancel=work.cancel, **facts
            )
        with bridge.video_files([video]) as (path,):
            if sound is None:
                return collect_clip(scene, path, **facts)
            with bridge.scratch_file("sounding.mp4") as sounding:
                options = {"progress": work.progress, "cancel": work.cancel}
                mux_audio(path, *sound, sounding, **options)
                return collect_clip(scene, sounding, **facts)

    return await bridge.run(collect)
