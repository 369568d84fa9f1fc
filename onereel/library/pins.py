"""The takes that a version chooses, pinned on disk, where whoever shoots looks for them."""

from __future__ import annotations

from ..errors import ChooseTake
from ..home import Home
from ..shoot.takes import Takes
from .revision import Version

__all__ = ["set_pins"]


def set_pins(film_id: str, before: Version, after: Version, *, home: Home) -> None:
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
        found = next((take for take in takes.find(film_id, scene.id) if take.id == wanted), None)
        if found:
            takes.choose(scene, found)
        elif wanted != was:
            raise ChooseTake(f"Scene {scene.id} has no such take any more; choose another.")
