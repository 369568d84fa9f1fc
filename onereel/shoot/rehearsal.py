"""What a rehearsal showed, so that a paid run buys what was approved and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ..errors import ApproveShots
from ..files import writing
from ..home import Home
from ..story.screenplay import Scene, Screenplay
from .takes import film_folder

__all__ = ["SHOWN", "check_approved", "remember_rehearsal"]

_FILE = "rehearsed.json"
SHOWN = (
    *("title", "description", "narration", "prompt", "negative_prompt"),
    *("duration", "camera", "place", "mood", "cast", "constant", "continues"),
)
"""The fields of a scene that a rehearsal shows: what was approved is these."""


_NAMES = {
    "negative_prompt": "negative prompt",
    "constant": "continuity bible",
    "continues": "beginning",
}
"""What people call a field, where its name says it otherwise."""


def remember_rehearsal(screenplay: Screenplay, scenes: Iterable[Scene], *, home: Home) -> None:
    """Write down the scenes that were rehearsed just now.

    Raises:
        StorageError: the disk refused.
    """
    path = _path(screenplay, home)
    before = _rehearsed(path)
    shown = {**before, **{scene.id: _shown(scene) for scene in scenes}}
    if shown == before:
        return
    with writing(path) as temporary:
        temporary.write_text(json.dumps(shown, ensure_ascii=False, indent=1), "utf-8")


def check_approved(screenplay: Screenplay, scenes: Iterable[Scene], *, home: Home) -> None:
    """Compare scenes that are about to be bought with what was rehearsed.

    Raises:
        ApproveShots: a scene was never rehearsed, or is another one now; all are named, with what
            changed.
    """
    rehearsed = _rehearsed(_path(screenplay, home))
    changes = [(scene.id, _changed(scene, rehearsed.get(scene.id))) for scene in scenes]
    told = "; ".join(f"{scene_id} ({what})" for scene_id, what in changes if what)
    if told:
        raise ApproveShots(
            f"Nothing was bought, because scenes differ from the rehearsal: {told}. Rehearse them"
            " again with Shoot Draft, or undo the change."
        )


def _path(screenplay: Screenplay, home: Home) -> Path:
    return film_folder(home, screenplay.brief.film_id) / _FILE


def _shown(scene: Scene) -> dict[str, str]:
    fields = scene.model_dump(mode="json", include=set(SHOWN))
    # Of a film without a cast the file says nothing, as it did before films had one.
    return {name: str(value) if value else "" for name, value in fields.items()}


def _changed(scene: Scene, rehearsed: dict[str, str] | None) -> str:
    if rehearsed is None:
        return "never rehearsed"
    shown = _shown(scene)
    different = [name for name in SHOWN if shown.get(name, "") != rehearsed.get(name, "")]
    return ", ".join(f"its {_NAMES.get(name, name)} changed" for name in different)


def _rehearsed(path: Path) -> dict[str, dict[str, str]]:
    """What the file says; nothing where there is none, or none that can be read."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(name): dict(each) for name, each in data.items() if isinstance(each, dict)}
