"""Edit Scenes, Split Scenes, Next Scene: from a screenplay to what renderers ask for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from comfy_api.latest import io

from ...onereel.shoot.kept import kept_takes, takes_mark
from ...onereel.shoot.portraits import SIDE, squares
from ...onereel.story.edit import edit_scenes, read_edits
from ...onereel.story.screenplay import Screenplay
from ...onereel.story.split import FRAME_RULES, Shot, next_scene, split_scenes
from ...onereel.voice.markup import shown
from .. import bridge

__all__ = ["OneReelEditScenes", "OneReelNextScene", "OneReelSplitScenes"]


class OneReelEditScenes(io.ComfyNode):
    """Another order, other words."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelEditScenes",
            display_name="Edit Scenes",
            category="OneReel/Story",
            description="Reorders, drops and rewrites scenes. Only scenes that change are spoken"
            " and shot anew.",
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The screenplay to edit."),
                io.String.Input(
                    "edits",
                    multiline=True,
                    default="",
                    tooltip='One edit a line: "2 narration: New words", "3 prompt: a red boat",'
                    ' "drop 4", "order 1 3 2".',
                ),
            ],
            outputs=[bridge.SCREENPLAY.Output(display_name="screenplay")],
        )

    @classmethod
    def execute(cls, screenplay: Screenplay, edits: str) -> io.NodeOutput:
        """Edit it."""
        edited, notes = edit_scenes(screenplay, read_edits(edits, screenplay))
        bridge.tell(" ".join(notes))
        return io.NodeOutput(edited)


def _shot_inputs() -> list[io.Input]:
    return [
        bridge.narrated_input(),
        bridge.resolution_input("480p"),
        io.Float.Input(
            "fps",
            default=24,
            min=1,
            max=120,
            step=1,
            round=0.001,
            tooltip="Frames per second that the renderer makes.",
        ),
        io.Combo.Input(
            "frame_rule",
            options=list(FRAME_RULES),
            default="any",
            tooltip="Which frame counts the renderer can make: 4n+1 for Wan, 8n+1 for LTX-Video.",
        ),
        bridge.seed_input("The film's seed; each scene's own seed is derived from it."),
    ]


def _shot_outputs(*, lists: bool) -> list[io.Output]:
    plain: list[tuple[Any, str, str]] = [
        (bridge.SCENE, "scene", "For Collect Take."),
        (io.String, "prompt", "What to shoot, with the film's style."),
        (io.String, "negative_prompt", "What to keep out of the picture."),
        (io.Float, "duration", "Seconds."),
        (io.String, "narration", "What is spoken over the scene."),
        (io.Int, "width", "Pixels."),
        (io.Int, "height", "Pixels."),
        (io.Int, "frames", "Count that covers the duration and that the renderer can make."),
        (io.Float, "fps", "Frames per second."),
        (io.Int, "seed", "Of this scene; it survives reordering."),
        (io.Image, "characters", "Who is in it, in squares for an IP-Adapter; grey if nobody."),
        (io.Float, "characters_weight", "1 where the scene shows a cast character, else 0."),
    ]
    return [
        kind.Output(name, display_name=name, tooltip=tooltip, is_output_list=lists)
        for kind, name, tooltip in plain
    ]


def _shots(
    screenplay: Screenplay, resolution: str, fps: float, frame_rule: str, seed: int
) -> tuple[Shot, ...]:
    rate = Fraction(str(fps))
    shots = split_scenes(
        screenplay, resolution=resolution, fps=rate, frame_rule=frame_rule, seed=seed
    )
    # Other packs' voices would read out names and pauses.
    return tuple(
        shot.replace(narration=shown(shot.narration, screenplay.speakers)) for shot in shots
    )


def _row(shot: Shot) -> list[Any]:
    pictures = squares(shot.cast, home=bridge.home())
    weight = float(len(pictures) > 0)
    if not weight:
        pictures = np.full((1, SIDE, SIDE, 3), 128, np.uint8)
    more = {"characters": bridge.images(pictures), "characters_weight": weight}
    names = (output.id for output in _shot_outputs(lists=False))
    return [more[name] if name in more else getattr(shot, name) for name in names]


class OneReelSplitScenes(io.ComfyNode):
    """Scenes for renderers that take lists."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelSplitScenes",
            display_name="Split Scenes",
            category="OneReel/Story",
            description="Gives every scene as one item of parallel lists, for any nodes that make"
            " pictures or video. ComfyUI holds all scenes in memory; Next Scene holds one.",
            inputs=_shot_inputs(),
            outputs=_shot_outputs(lists=True),
        )

    @classmethod
    def execute(
        cls, screenplay: Screenplay, resolution: str, fps: float, frame_rule: str, seed: int
    ) -> io.NodeOutput:
        """Split it."""
        rows = [_row(shot) for shot in _shots(screenplay, resolution, fps, frame_rule, seed)]
        return io.NodeOutput(*(list(column) for column in zip(*rows, strict=True)))


class OneReelNextScene(io.ComfyNode):
    """One scene a run."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelNextScene",
            display_name="Next Scene",
            category="OneReel/Story",
            description="Gives the first scene that has no take yet. Queue once per scene; when"
            " all have their take it gives the last one.",
            inputs=_shot_inputs(),
            outputs=_shot_outputs(lists=False),
        )

    @classmethod
    def fingerprint_inputs(cls, **inputs: Any) -> str:
        """Change when takes do."""
        return takes_mark(bridge.home())

    @classmethod
    def execute(
        cls, screenplay: Screenplay, resolution: str, fps: float, frame_rule: str, seed: int
    ) -> io.NodeOutput:
        """Find it."""
        shots = _shots(screenplay, resolution, fps, frame_rule, seed)
        taken = {take.scene_id for take in kept_takes(screenplay, home=bridge.home())}
        scene = next_scene(screenplay, taken)
        shot = next((shot for shot in shots if shot.scene == scene), shots[-1])
        number = shots.index(shot) + 1
        bridge.tell(f"Scene {number} of {len(shots)}" if scene else "Every scene has its take.")
        return io.NodeOutput(*_row(shot))
