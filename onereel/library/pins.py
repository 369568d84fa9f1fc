"""The takes that a version chooses, pinned on disk, where whoever shoots looks for them."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy.orm import Session

from ..errors import ChooseTake
from ..home import Home
from ..shoot.ledger.reading import find_entry
from ..shoot.take import Take
from ..shoot.takes import Takes, outdated
from ..story.screenplay import Scene
from .edits.revision import Version

__all__ = ["set_pins"]


def set_pins(
    session: Session,
    before: Version,
    after: Version,
    *,
    home: Home,
    picked: Collection[str] = (),
) -> None:
    """Pin what `after` chooses, and take away what only `before` did.

    A choice from earlier that cannot be kept, because its take is gone or is a draft of the scene
    as it was, is no pin: that scene is shot anew.

    Args:
        picked: the ids of the scenes whose take was chosen right now.

    Raises:
        ChooseTake: the take that was picked for a scene is not there.
        MatchLists: it is a draft of the scene as it was before.
        StorageError: a pin cannot be written.
    """
    screenplay, takes = after.screenplay, Takes(home)
    if screenplay is None:
        return
    film_id = screenplay.brief.film_id
    for scene in screenplay.scenes:
        wanted = after.chosen.get(scene.id)
        if wanted and scene.id not in picked and takes.pinned(film_id, scene) == wanted:
            continue
        found = _take(session, takes, film_id, scene, wanted) if wanted else None
        if wanted and scene.id in picked and found is None:
            raise ChooseTake(f"Scene {scene.id} has no such take any more; choose another.")
        if found and (scene.id in picked or not outdated(found, scene)):
            takes.choose(scene, found)
        elif wanted or scene.id in before.chosen:
            takes.unchoose(film_id, scene)


def _take(session: Session, takes: Takes, film_id: str, scene: Scene, take_id: str) -> Take | None:
    """A take on disk, or one that was bought for another film, as this scene's."""
    here = (take for take in takes.find(film_id, scene.id) if take.id == take_id)
    if found := next(here, None):
        return found
    if not re.fullmatch("[0-9a-f]{32}", take_id):
        return None
    entry = find_entry(session, take_id)
    if entry is None or entry.take is None or entry.state != "settled":
        return None
    return entry.take.replace(film_id=film_id, scene_id=scene.id)
