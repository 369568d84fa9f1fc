"""Edits of scenes: one is changed, moved, added, split, approved, or shot again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from ...errors import ReviseScreenplay
from ...story.brief import MOST_SCENES
from ...story.further import further_scenes
from ...story.screenplay import Scene, Screenplay
from ...values import in_words
from .changes import (
    AcceptFrames,
    AddScene,
    ApproveScenes,
    ChooseTakeOf,
    MergeScenes,
    MoveScene,
    RecordLine,
    RedoScene,
    RemoveScene,
    SetScene,
    SplitScene,
)
from .parting import parted
from .revision import Version
from .rewriting import bounded, joined, merged, rewritten
from .versions import found, with_scenes, written

__all__ = ["SCENE_EDITS"]


def _set_scene(change: SetScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    return with_scenes(
        version,
        (
            rewritten(each, change.fields, screenplay) if each is scene else each
            for each in screenplay.scenes
        ),
    )


def _move_scene(change: MoveScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    count = len(screenplay.scenes)
    if change.to >= count:
        raise ReviseScreenplay(
            f"Scene {scene.id} cannot move behind the last of {count} scenes;"
            f" choose a place from 0 to {count - 1}."
        )
    others = [each for each in screenplay.scenes if each is not scene]
    return with_scenes(version, (*others[: change.to], scene, *others[change.to :]))


def _remove_scene(change: RemoveScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    if len(screenplay.scenes) == 1:
        raise ReviseScreenplay("A film keeps at least one scene; rewrite it instead.")
    return with_scenes(version, (each for each in screenplay.scenes if each is not scene))


def _add_scene(change: AddScene, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    place = 0
    if change.after:
        _, before = found(change.after, version)
        place = screenplay.scenes.index(before) + 1
    _room_for(1, screenplay)
    scene = rewritten(Scene(id=_new_id(taken)), change.fields, screenplay)
    if not any(text.strip() for text in (scene.prompt, scene.description, scene.narration)):
        raise ReviseScreenplay("Say what the new scene shows: write its prompt or description.")
    return with_scenes(version, (*screenplay.scenes[:place], scene, *screenplay.scenes[place:]))


def _split_scene(change: SplitScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    texts = parted(scene, change.at, screenplay)
    _room_for(1, screenplay)
    share = [Fraction(len(text), sum(map(len, texts))) for text in texts]
    parts = [
        part.replace(duration=bounded(scene.duration * portion), approved=False)
        for part, portion in zip(further_scenes(scene, texts, taken), share, strict=True)
    ]
    return with_scenes(
        version,
        (new for each in screenplay.scenes for new in (parts if each is scene else [each])),
    )


def _merge_scenes(change: MergeScenes, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    index = screenplay.scenes.index(scene)
    if index == len(screenplay.scenes) - 1:
        raise ReviseScreenplay(f"Scene {scene.id} is the last one; there is no next to merge with.")
    both = merged(scene, screenplay.scenes[index + 1], screenplay)
    scenes = screenplay.scenes
    return with_scenes(version, (*scenes[:index], both, *scenes[index + 2 :]))


def _approve_scenes(change: ApproveScenes, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    for name in change.scenes:
        found(name, version)
    return with_scenes(
        version,
        (
            scene.replace(approved=change.approved) if scene.id in change.scenes else scene
            for scene in screenplay.scenes
        ),
    )


def _choose_take_of(change: ChooseTakeOf, version: Version, taken: Collection[str]) -> Version:
    found(change.scene, version)
    others = {scene: take for scene, take in version.chosen.items() if scene != change.scene}
    chosen = {**others, change.scene: change.take} if change.take else others
    return version.replace(chosen=chosen)


def _record_line(change: RecordLine, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    if change.recording and change.recording.text != scene.narration.strip():
        raise ReviseScreenplay(
            f"The recording says other words than scene {scene.id}; write what it says into the"
            " scene, or record it again."
        )
    return with_scenes(
        version,
        (
            each.replace(recording=change.recording) if each is scene else each
            for each in screenplay.scenes
        ),
    )


def _accept_frames(change: AcceptFrames, version: Version, taken: Collection[str]) -> Version:
    for name in change.scenes:
        _, scene = found(name, version)
        if not scene.continues:
            raise ReviseScreenplay(
                f"Scene {scene.id} begins by itself; only one that continues has a frame to let go"
                " of."
            )
    return with_scenes(
        version,
        (
            scene.replace(frame=scene.frame + 1) if scene.id in change.scenes else scene
            for scene in written(version).scenes
        ),
    )


def _redo_scene(change: RedoScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    wanted: dict[str, Any] = {"take": scene.take + 1, "approved": False}
    if note := change.note.strip():
        # Where nobody wrote a prompt, the description is what a renderer is asked for.
        field = "prompt" if scene.prompt.strip() else "description"
        wanted[field] = joined(getattr(scene, field), note)
    try:
        again = scene.replace(**wanted)
    except ValidationError as error:
        raise ReviseScreenplay(
            f"Scene {scene.id} cannot be shot again: {in_words(error)}."
        ) from None
    others = {name: take for name, take in version.chosen.items() if name != scene.id}
    scenes = (again if each is scene else each for each in screenplay.scenes)
    return with_scenes(version.replace(chosen=others), scenes)


def _room_for(more: int, screenplay: Screenplay) -> None:
    if len(screenplay.scenes) + more > MOST_SCENES:
        raise ReviseScreenplay(
            f"A film has at most {MOST_SCENES} scenes; merge or remove one first."
        )


def _new_id(taken: Collection[str]) -> str:
    number = 1
    while f"s{number:02d}" in taken:
        number += 1
    return f"s{number:02d}"


SCENE_EDITS: tuple[Callable[..., Version], ...] = (
    _set_scene,
    _move_scene,
    _remove_scene,
    _add_scene,
    _split_scene,
    _merge_scenes,
    _approve_scenes,
    _choose_take_of,
    _record_line,
    _accept_frames,
    _redo_scene,
)
"""One for each change; its first argument says which."""
