"""Which approvals count: those of a film's current revision, and none that a workflow brings."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import ApproveShots
from ..shoot.rehearsal import SHOWN
from ..story.screenplay import Scene, Screenplay
from .database import Database
from .tables import FilmRow, RevisionRow

__all__ = ["check_approvals"]

_WORDS = tuple(name for name in SHOWN if name != "duration")
"""What was approved, but for how long it lasts: Narrate measures that."""


def check_approvals(screenplay: Screenplay, scenes: Iterable[Scene], database: Database) -> None:
    """Make sure that approved scenes were approved in the library, as they are now.

    A film that the library does not have was made by a workflow, whose own word counts.

    Raises:
        ApproveShots: a scene was not, or says something else there.
    """
    with database.reading() as session:
        film = session.get(FilmRow, screenplay.brief.film_id)
        row = session.get(RevisionRow, (film.id, film.revision)) if film else None
        if film is None or film.source == "workflow" or row is None or row.screenplay is None:
            return
        current = Screenplay.from_json(row.screenplay)
    approved = {scene.id: scene for scene in current.scenes if scene.approved}
    strange = [scene.id for scene in scenes if not _same(scene, approved.get(scene.id))]
    if strange:
        raise ApproveShots(
            f"Nothing was bought: {', '.join(strange)} {'is' if len(strange) == 1 else 'are'} not"
            " approved in this film as the workflow has it; approve the scenes in the OneReel"
            " panel, or give the film in the workflow a name of its own."
        )


def _same(scene: Scene, approved: Scene | None) -> bool:
    return approved is not None and all(
        getattr(scene, name) == getattr(approved, name) for name in _WORDS
    )
