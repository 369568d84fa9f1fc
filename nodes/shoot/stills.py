"""Shoot Stills: pictures of any other nodes become clips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from comfy_api.latest import io

from ...onereel.errors import MatchLists
from ...onereel.shoot.kept import choices_mark
from ...onereel.shoot.stills import FOCUSES, MOVEMENTS, Pixels, shoot_stills
from ...onereel.stage import Work
from ...onereel.story.screenplay import Scene, Screenplay
from ...onereel.voice.line import Line
from .. import bridge

__all__ = ["OneReelShootStills"]


class OneReelShootStills(io.ComfyNode):
    """The camera over pictures."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelShootStills",
            display_name="Shoot Stills",
            category="OneReel/Shoot",
            description="Makes clips of pictures: the camera moves over them for as long as each"
            " scene lasts, and a scene's pictures change on its words.",
            is_input_list=True,
            inputs=[
                bridge.narrated_input(),
                bridge.SCENE.Input("scenes", tooltip="From Split Scenes or Next Scene."),
                io.Image.Input(
                    "images",
                    tooltip="For each scene one picture, or a batch that it shows in turn.",
                ),
                bridge.LINE.Input(
                    "lines",
                    optional=True,
                    tooltip="Narrate's: a scene's pictures change on its words.",
                ),
                bridge.resolution_input(bridge.usual(shoot_stills, "resolution")),
                io.Combo.Input(
                    "movement",
                    options=list(MOVEMENTS),
                    default=bridge.usual(shoot_stills, "movement"),
                    tooltip="What the camera does over every picture.",
                ),
                io.Combo.Input(
                    "focus",
                    options=list(FOCUSES),
                    default=bridge.usual(shoot_stills, "focus"),
                    tooltip="What it keeps in view; the largest subject is found by itself.",
                ),
                io.Float.Input(
                    "fade",
                    default=bridge.usual(shoot_stills, "fade"),
                    min=0,
                    max=3,
                    step=0.1,
                    round=0.01,
                    tooltip="Seconds in which a picture turns into the next of its scene; 0 cuts.",
                ),
            ],
            outputs=[
                bridge.TAKE.Output(
                    "takes",
                    display_name="takes",
                    tooltip="One for each scene that has pictures.",
                    is_output_list=True,
                ),
                io.Video.Output(
                    "clips", display_name="clips", tooltip="The same.", is_output_list=True
                ),
            ],
        )

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> str:
        """Change when another take is chosen for a scene."""
        return choices_mark(bridge.home())

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        scenes: Sequence[Scene],
        images: Sequence[torch.Tensor],
        resolution: Sequence[Any],
        movement: Sequence[Any],
        focus: Sequence[Any],
        fade: Sequence[float],
        lines: Sequence[Line] = (),
    ) -> io.NodeOutput:
        """Shoot them."""
        if len(scenes) != len(images):
            raise MatchLists(
                f"Shoot Stills has {len(scenes)} scenes and {len(images)} pictures or batches;"
                " connect one for each scene."
            )

        def shoot(work: Work) -> Any:
            return shoot_stills(
                screenplay[0],
                {scene.id: _pixels(each) for scene, each in zip(scenes, images, strict=True)},
                lines=[line for line in lines if line],
                home=work.home,
                resolution=resolution[0],
                movement=movement[0],
                focus=focus[0],
                fade=fade[0],
                progress=work.progress,
                cancel=work.cancel,
            )

        takes = await bridge.run(shoot)
        home = bridge.home()
        return io.NodeOutput(list(takes), [bridge.video(home.path(take.clip)) for take in takes])


def _pixels(images: torch.Tensor) -> list[Pixels]:
    return list(bridge.frames(images))
