"""The takes that were made for good: what Next Scene and Collect Take find on disk."""

from __future__ import annotations

from ..home import Home
from ..story.screenplay import Scene, Screenplay
from ..values import digest
from .take import Take
from .takes import CHOSEN, Takes

__all__ = ["choices_mark", "kept_take", "kept_takes", "next_number", "takes_mark"]


def kept_take(screenplay: Screenplay, scene: Scene, *, home: Home) -> Take | None:
    """The take that a scene plays: of these very words and no draft; the pinned, else the latest.

    One with a lower number than the scene's `take` is not what is wanted.

    Raises:
        ReplaceMedia: a take's JSON file is damaged.
    """
    takes = Takes(home)
    film_id = screenplay.brief.film_id
    found = takes.find(film_id, scene.id, scene.picture_id)
    pinned = takes.chosen(film_id, scene)
    if pinned and pinned.state == "ready":
        return pinned
    ready = (take for take in found if take.state == "ready" and take.number >= scene.take)
    return max(ready, key=lambda take: take.number, default=None)


def kept_takes(screenplay: Screenplay, *, home: Home) -> tuple[Take, ...]:
    """The takes of all scenes that have one, in the screenplay's order; raises as `kept_take`."""
    found = (kept_take(screenplay, scene, home=home) for scene in screenplay.scenes)
    return tuple(take for take in found if take)


def next_number(screenplay: Screenplay, scene: Scene, *, home: Home) -> int:
    """The number of a scene's next take, from the wanted one; raises as `kept_take`."""
    found = Takes(home).find(screenplay.brief.film_id, scene.id)
    last = max((take.number for take in found if take.state != "draft"), default=0)
    return max(last + 1, scene.take)


def takes_mark(home: Home) -> str:
    """A mark that changes whenever a take is kept, changed or removed."""
    return _mark(home, ".json")


def choices_mark(home: Home) -> str:
    """A mark that changes whenever a take is chosen for its scene."""
    return _mark(home, CHOSEN)


def _mark(home: Home, ending: str) -> str:
    # A file that is being written this moment has a temporary name, and soon none.
    files = sorted((home.media / "takes").rglob(f"[!.]*{ending}"))
    return digest([(path.name, path.stat().st_mtime_ns) for path in files])
