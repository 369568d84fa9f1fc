"""The takes that a version chooses, pinned on disk, where whoever shoots looks for them."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from ..errors import ChooseTake
from ..home import Home
from ..shoot.ledger.reading import find_entry
from ..shoot.take import Take
from ..shoot.takes import Takes
from .revision import Version

__all__ = ["set_pins"]


def set_pins(
    session: Session, film_id: str, before: Version, after: Version, *, home: Home
) -> None:
    """Pin what `after` chooses, and take away what only `before` did.

    Raises:
        ChooseTake: a newly chosen take is not there.
        StorageError: a pin cannot be written.
    """
    takes = Takes(home)
    screenplay = after.screenplay
    for scene in screenplay.scenes if screenplay else ():
        wanted, was = after.chosen.get(scene.id), before.chosen.get(scene.id)
        if not wanted:
            if was:
                takes.unchoose(film_id, scene)
            continue
        if takes.pinned(film_id, scene) == wanted:
            continue
        here = (take for take in takes.find(film_id, scene.id) if take.id == wanted)
        found = next(here, None) or _bought(session, wanted)
        if found:
            takes.choose(scene, found.replace(film_id=film_id, scene_id=scene.id))
        elif wanted != was:
            raise ChooseTake(f"Scene {scene.id} has no such take any more; choose another.")


def _bought(session: Session, take_id: str) -> Take | None:
    """A take that was bought for another film, which this one plays too."""
    if not re.fullmatch("[0-9a-f]{32}", take_id):
        return None
    entry = find_entry(session, take_id)
    return entry.take if entry and entry.state == "settled" else None
