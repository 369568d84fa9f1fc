"""Split a screenplay into shots: what any renderer, ours or another pack's, needs per scene."""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction
from typing import Literal

from ..cast.character import Character
from ..values import FPS, Value, digest, frames
from .bible import told
from .platforms import Resolution, picture_size
from .screenplay import Scene, Screenplay

__all__ = ["FRAME_RULES", "FrameRule", "Shot", "next_scene", "split_scenes"]

FrameRule = Literal["any", "4n+1", "8n+1"]
"""Which frame counts a video model can make: Wan takes 4n+1, LTX-Video 8n+1."""
FRAME_RULES: tuple[FrameRule, ...] = ("any", "4n+1", "8n+1")

_STEP: dict[FrameRule, int] = {"any": 1, "4n+1": 4, "8n+1": 8}


class Shot(Value):
    """One scene as a renderer is asked for it. `duration` is in seconds, `fps` frames a second."""

    scene: Scene
    prompt: str
    negative_prompt: str
    duration: float
    narration: str
    width: int
    height: int
    frames: int
    fps: float
    seed: int
    cast: tuple[Character, ...] = ()
    """Who is seen in it."""


def split_scenes(
    screenplay: Screenplay,
    *,
    resolution: Resolution = "720p",
    fps: Fraction = FPS,
    frame_rule: FrameRule = "any",
    seed: int = 0,
) -> tuple[Shot, ...]:
    """Split a screenplay into one shot per scene, in the film's order.

    Args:
        resolution: the short side of the picture; the shape is the brief's.
        fps: frames per second, above 0.
        frame_rule: which frame counts the renderer can make; the count is rounded up, so that the
            clip always covers the scene.
        seed: the film's seed. Each scene's own seed (32 bits) is derived from it and from the
            scene's id, so it survives reordering and dropping other scenes.
    """
    width, height = picture_size(screenplay.brief.aspect, resolution)
    return tuple(
        Shot(
            scene=scene,
            prompt=_styled_prompt(screenplay, scene),
            negative_prompt=scene.negative_prompt,
            duration=float(scene.duration),
            narration=scene.narration,
            width=width,
            height=height,
            frames=_legal_frames(scene.duration, fps, frame_rule),
            fps=float(fps),
            seed=int(digest(seed, scene.id)[:8], 16),
            cast=screenplay.seen_in(scene),
        )
        for scene in screenplay.scenes
    )


def next_scene(screenplay: Screenplay, taken: Container[str]) -> Scene | None:
    """The first scene whose id is not among the `taken`, or None when all have their take."""
    return next((scene for scene in screenplay.scenes if scene.id not in taken), None)


def _styled_prompt(screenplay: Screenplay, scene: Scene) -> str:
    """The scene's prompt, with who they are that it names, what it uses of the continuity bible,
    and the style bible where the prompt does not carry it already."""
    prompt = scene.prompt or scene.description or scene.narration or scene.title
    described = [
        f"{each.name}: {each.description.rstrip(' .')}"
        for each in screenplay.seen_in(scene)
        if each.description
    ]
    constants = [each.rstrip(".") for each in told(screenplay.used_in(scene), prompt)]
    full = ". ".join(part for part in (prompt.rstrip(" ."), *described, *constants) if part)
    known = screenplay.seen_in(scene) or constants
    return screenplay.style.added_to(full if known else prompt)


def _legal_frames(duration: Fraction, fps: Fraction, rule: FrameRule) -> int:
    """The smallest legal count of frames that covers `duration` seconds."""
    needed, step = frames(duration, fps), _STEP[rule]
    return needed if step == 1 else -(-(needed - 1) // step) * step + 1
