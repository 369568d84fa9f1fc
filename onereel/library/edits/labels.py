"""What an edit did, in a film maker's words: the label of its revision.

Each is a whole sentence, which `said.toml` knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from .changes import (
    AcceptFrames,
    AddScene,
    ApproveScenes,
    Change,
    ChooseTakeOf,
    MergeScenes,
    MoveScene,
    RecordLine,
    RedoScene,
    RemoveScene,
    Rewrite,
    SetBible,
    SetCast,
    SetLook,
    SetOptions,
    SetPlatform,
    SetScene,
    SetShape,
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
            return f"New {what} of scene {_number(change.scene, version)}"
        case MoveScene():
            return f"Moved scene {_number(change.scene, version)} to place {change.to + 1}"
        case RemoveScene():
            return f"Removed scene {_number(change.scene, version)}"
        case AddScene():
            return "Added a scene"
        case SplitScene():
            return f"Split scene {_number(change.scene, version)}"
        case MergeScenes():
            return f"Merged scene {_number(change.scene, version)} with the next"
        case ApproveScenes():
            return _approval(change, version)
        case ChooseTakeOf():
            number = _number(change.scene, version)
            if change.take:
                return f"Chose a take of scene {number}"
            return f"Took back the choice of scene {number}"
        case RecordLine():
            number = _number(change.scene, version)
            if change.recording:
                return f"Recorded scene {number}"
            return f"Took back the recording of scene {number}"
        case VoiceOf():
            return f"Another voice for {change.person}"
        case SetOptions():
            return f"New {', '.join(name.replace('_', ' ') for name in change.fields) or 'options'}"
        case SetTitle():
            return "New title"
        case SetLook():
            return "New look"
        case SetShape():
            return "New shape"
        case SetPlatform():
            return "Another platform"
        case Rewrite():
            return "Written again"
        case SetCast():
            return "New cast"
        case SetBible():
            return "New continuity bible"
        case AcceptFrames():
            count = len(change.scenes)
            what = f"{count} scenes" if count > 1 else f"scene {_number(change.scenes[0], version)}"
            return f"New first frame of {what}"
        case RedoScene():
            return f"Another take of scene {_number(change.scene, version)}"


def _approval(change: ApproveScenes, version: Version) -> str:
    count, number = len(change.scenes), _number(change.scenes[0], version)
    if change.approved:
        return f"Approved {count} scenes" if count > 1 else f"Approved scene {number}"
    if count > 1:
        return f"Took back the approval of {count} scenes"
    return f"Took back the approval of scene {number}"


def _number(scene_id: str, version: Version) -> int:
    """A scene's place from 1; 0 for one that is not there, which nothing can be done to."""
    scenes = version.screenplay.scenes if version.screenplay else ()
    ids = [scene.id for scene in scenes]
    return ids.index(scene_id) + 1 if scene_id in ids else 0
