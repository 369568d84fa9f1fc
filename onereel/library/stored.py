"""Films as the database holds them, and the rows they are made from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from textwrap import shorten

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import ChooseFilm
from ..options import FilmOptions
from ..story.brief import Brief
from ..story.screenplay import Screenplay
from .edits.revision import Revision, Version
from .states import FilmState
from .tables import FilmRow, RevisionRow

__all__ = [
    "FilmState",
    "StoredFilm",
    "add_revision",
    "film_row",
    "is_film_id",
    "known_ids",
    "no_film",
    "revision_row",
    "show",
    "stored",
    "version_of",
    "write_version",
]

_LONGEST_TITLE = 80
"""Characters of an idea that stand for a title."""


@dataclass(frozen=True)
class StoredFilm:
    """A film and its current revision."""

    id: str
    brief: Brief
    """As the current revision has it: edits may have changed its shape, or had it told anew."""
    source: str
    """Who made it: "panel", "workflow", "batch"."""
    state: FilmState
    revision: Revision
    undo: str | None
    """What undoing takes back, in words; None where there is nothing before."""
    redo: str | None
    """What redoing does again; None where nothing was undone."""
    created: datetime
    changed: datetime

    @property
    def title(self) -> str:
        """Its screenplay's; before that, the name of its Brief or the beginning of its idea."""
        return _title(self.revision.screenplay, self.brief)


def film_row(session: Session, film_id: str) -> FilmRow:
    """The row of a film.

    Raises:
        ChooseFilm: there is none.
    """
    row = session.get(FilmRow, film_id) if is_film_id(film_id) else None
    if row is None:
        raise no_film()
    return row


def is_film_id(text: str) -> bool:
    """Whether a film could have this id. Some other letters could not be written into a query."""
    return re.fullmatch("[0-9a-f]{16}", text) is not None


def no_film() -> ChooseFilm:
    """The error for a film that is not there."""
    return ChooseFilm("This film is not in the library any more; choose another.")


def revision_row(session: Session, film_id: str, number: int) -> RevisionRow:
    """The row of a film's revision.

    Raises:
        ChooseFilm: there is none.
    """
    row = session.get(RevisionRow, (film_id, number))
    if row is None:
        raise ChooseFilm(f"This film has no version {number} any more; load it again.")
    return row


def stored(session: Session, row: FilmRow) -> StoredFilm:
    """Read a film with its current revision."""
    found = revision_row(session, row.id, row.revision)
    revision = _revision(found)
    screenplay = revision.screenplay
    next_label = session.scalars(
        select(RevisionRow.label)
        .where(RevisionRow.film_id == row.id, RevisionRow.parent == row.revision)
        .order_by(RevisionRow.number.desc())
        .limit(1)
    ).first()
    return StoredFilm(
        id=row.id,
        brief=screenplay.brief if screenplay else Brief.from_json(row.brief),
        source=row.source,
        # Rows are written by this library alone.
        state=row.state,  # type: ignore[arg-type]
        revision=revision,
        undo=None if found.parent is None else found.label,
        redo=next_label,
        created=row.created,
        changed=row.changed,
    )


def version_of(row: RevisionRow) -> Version:
    """Read what a revision holds."""
    return Version(
        screenplay=_screenplay(row.screenplay) if row.screenplay else None,
        options=FilmOptions.model_validate_json(row.options),
        chosen=json.loads(row.chosen),
    )


@lru_cache(maxsize=16)
def _screenplay(text: str) -> Screenplay:
    # A film that is being made is asked for every second, and its words seldom change.
    return Screenplay.from_json(text)


def _revision(row: RevisionRow) -> Revision:
    return Revision(
        **dict(version_of(row)), number=row.number, parent=row.parent, label=row.label, at=row.at
    )


def add_revision(
    session: Session,
    row: FilmRow,
    version: Version,
    *,
    label: str,
    parent: int | None,
    at: datetime,
) -> None:
    """Add a revision and make it the film's current one."""
    last = session.scalar(select(func.max(RevisionRow.number)).where(RevisionRow.film_id == row.id))
    added = RevisionRow(film_id=row.id, number=(last or 0) + 1, parent=parent, label=label, at=at)
    write_version(added, version)
    session.add(added)
    row.revision = added.number
    show(row, version, at=at)


def write_version(row: RevisionRow, version: Version) -> None:
    """Write what a revision holds into its row."""
    row.screenplay = version.screenplay.to_json() if version.screenplay else None
    row.options = version.options.model_dump_json()
    row.chosen = json.dumps(dict(version.chosen), sort_keys=True)


def show(row: FilmRow, version: Version, *, at: datetime) -> None:
    """Keep what a list shows of a film, and what a search looks through, with the film."""
    screenplay = version.screenplay
    brief = screenplay.brief if screenplay else Brief.from_json(row.brief)
    row.title, row.aspect = _title(screenplay, brief), brief.aspect
    scenes = screenplay.scenes if screenplay else ()
    row.scenes = len(scenes)
    row.length = round((screenplay.duration if screenplay else brief.duration) * 1000)
    said = (scene.narration for scene in scenes)
    row.words = "\n".join((row.title, brief.film, brief.idea, *said)).casefold()
    row.scene_ids = json.dumps(sorted(known_ids(row) | {scene.id for scene in scenes}))
    row.changed = at


def _title(screenplay: Screenplay | None, brief: Brief) -> str:
    if screenplay:
        return screenplay.title
    return brief.film or shorten(brief.idea, _LONGEST_TITLE, placeholder=" ...")


def known_ids(row: FilmRow) -> frozenset[str]:
    """Every scene id that a revision of a film ever had."""
    ids: Iterable[str] = json.loads(row.scene_ids) if row.scene_ids else ()
    return frozenset(ids)
