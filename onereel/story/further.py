"""Further scenes: one shot's words told in several."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .screenplay import Scene

__all__ = ["free_id", "further_scenes"]

_ANGLES = (
    "a closer view",
    "a detail in close-up",
    "a wider view",
    "a view from the side",
)


def free_id(number: int, taken: Collection[str]) -> str:
    """An id for the scene of that number that none of `taken` is: "s03", else "s03x", ..."""
    scene_id = f"s{number:02d}"
    while scene_id in taken:
        scene_id += "x"
    return scene_id


def further_scenes(scene: Scene, texts: Sequence[str], taken: Collection[str]) -> list[Scene]:
    """Give each of `texts` a scene: the first keeps the id, the others are `s03.2`, `s03.3`, ...

    The further scenes show the same place a moment later from another side, by a hard cut.
    """
    scene = scene.replace(recording=None, timed_to="")
    scenes = [scene.replace(narration=texts[0])]
    used = set(taken)
    number = 1
    for i, text in enumerate(texts[1:]):
        number += 1
        while _numbered(scene.id, number) in used:
            number += 1
        used.add(_numbered(scene.id, number))
        angle = _ANGLES[i % len(_ANGLES)]
        scenes.append(
            scene.replace(
                id=_numbered(scene.id, number),
                title=f"{scene.title} ({i + 2})" if scene.title else "",
                narration=text,
                prompt=f"{scene.prompt.rstrip()} A moment later, {angle}." if scene.prompt else "",
                camera=", ".join(part for part in (scene.camera, angle) if part),
                transition="cut",
                # From another side nothing goes on where it ended.
                continues=False,
                frame=1,
            )
        )
    return scenes


def _numbered(scene_id: str, number: int) -> str:
    ending = f".{number}"
    return scene_id[: 64 - len(ending)] + ending
