"""What an edit did, in a film maker's words: the label of its revision."""

from __future__ import annotations

from collections.abc import Sequence

from .changes import (
    AddScene,
    ApproveScenes,
    Change,
    ChooseTakeOf,
    MergeScenes,
    MoveScene,
    RecordLine,
    RedoScene,
    RemoveScene,
    SetCast,
    SetOptions,
    SetScene,
    SetTitle,
    SplitScene,
    VoiceOf,
)
from .revision import Version

__all__ = ["label_of"]


def label_of(changes: Sequence[Change], version: Version) -> str:
    """Say what changes do to a version: one of them in words, several of a kind as their number."""
    first = _label(changes[0], version)
    if len(changes) == 1:
        return first
    labels = {_label(change, version) for change in changes}
    return first if len(labels) == 1 else f"{len(changes)} changes"


def _label(change: Change, version: Version) -> str:
    match change:
        case SetScene():
            what = ", ".join(name.replace("_", " ") for name in change.fields) or "nothing"
            return f"New {what} of {_scene(change.scene, version)}"
        case MoveScene():
            return f"Moved {_scene(change.scene, version)} to place {change.to + 1}"
        case RemoveScene():
            return f"Removed {_scene(change.scene, version)}"
        case AddScene():
            return "Added a scene"
        case SplitScene():
            return f"Split {_scene(change.scene, version)}"
        case MergeScenes():
            return f"Merged {_scene(change.scene, version)} with the next"
        case ApproveScenes():
            verb = "Approved" if change.approved else "Took back the approval of"
            if len(change.scenes) == 1:
                return f"{verb} {_scene(change.scenes[0], version)}"
            return f"{verb} {len(change.scenes)} scenes"
        case ChooseTakeOf():
            verb = "Chose a take" if change.take else "Took back the choice"
            return f"{verb} of {_scene(change.scene, version)}"
        case RecordLine():
            verb = "Recorded" if change.recording else "Took back the recording of"
            return f"{verb} {_scene(change.scene, version)}"
        case VoiceOf():
            return f"Another voice for {change.person}"
        case SetOptions():
            return f"New {', '.join(name.replace('_', ' ') for name in change.fields) or 'options'}"
        case SetTitle():
            return "New title"
        case SetCast():
            return "New cast"
        case RedoScene():
            return f"Another take of {_scene(change.scene, version)}"


def _scene(scene_id: str, version: Version) -> str:
    scenes = version.screenplay.scenes if version.screenplay else ()
    ids = [scene.id for scene in scenes]
    return f"scene {ids.index(scene_id) + 1}" if scene_id in ids else "a new scene"
