"""The films of a library: made, read, edited, undone. Each method is one short transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import ReloadFilm, ReviseScreenplay
from ..home import Home
from ..options import FilmOptions
from ..settings import Settings
from ..story.brief import Brief
from ..story.screenplay import Screenplay
from ..story.settled import settled
from ..values import digest, plain
from .creating import known_request, new_row, unapproved, unused
from .database import PATIENCE, Database, now
from .edits.changes import Change, ChooseTakeOf
from .edits.editing import apply
from .edits.revision import Version
from .pins import set_pins
from .placing import placed
from .removal import Paid, delete_film
from .stored import (
    StoredFilm,
    add_revision,
    film_row,
    known_ids,
    revision_row,
    show,
    stored,
    write_version,
)
from .tables import FilmRow, RequestRow, RevisionRow

__all__ = ["Creation", "Films", "open_database"]


def open_database(home: Home, settings: Settings, *, patience: float = PATIENCE) -> Database:
    """Open the database that films and ledger share; raises as `Database.open`."""
    from ..shoot.ledger.ledger import DATABASE

    url = settings.ledger.url.get_secret_value()
    return Database.open(home.private / DATABASE, url=url, patience=patience)


@dataclass(frozen=True)
class Creation:
    """A film that was asked for, and whether this request made it."""

    film: StoredFilm
    new: bool


class Films:
    """The films of one home. Safe to use from many threads and many processes."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    @classmethod
    def open(cls, home: Home, settings: Settings) -> Self:
        """Open them; raises as `Database.open`."""
        return cls(open_database(home, settings), home)

    @property
    def database(self) -> Database:
        """Where they are."""
        return self._database

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def create(
        self,
        source: Brief | Screenplay,
        *,
        options: FilmOptions | None = None,
        made_by: str = "panel",
        key: str = "",
        asked: str = "",
    ) -> Creation:
        """Add a film; where the same `key` asked for it before, that one.

        `asked` is the digest of what was asked for, where that is not the source: what a language
        model makes of it differs each time.

        A film of a brief that the library has is another film: its brief gets another name. What
        comes from outside brings no approval to buy.

        Raises:
            ReloadFilm: the key came with another request before.
            ReviseBrief, ReviseTemplate, ReviseSetting: as `settled`.
        """
        options, key = options or FilmOptions(), plain(key)
        source = settled(source, self._home)
        asked = asked or digest(source, options)
        with self._database.writing() as session:
            at = now(session)
            if key and (known := known_request(session, key, asked, at)):
                return Creation(stored(session, known), new=False)
            brief = source.brief if isinstance(source, Screenplay) else source
            brief = unused(session, brief)
            screenplay = unapproved(source, brief) if isinstance(source, Screenplay) else None
            version = Version(screenplay=screenplay, options=options)
            row = new_row(brief, version, made_by, at)
            session.add(row)
            # Its revision points to it.
            session.flush()
            add_revision(session, row, version, label="Created", parent=None, at=at)
            if key:
                session.add(RequestRow(key=key, asked=asked, film_id=row.id, at=at))
            session.flush()
            return Creation(stored(session, row), new=True)

    def requested(self, key: str, asked: str) -> StoredFilm | None:
        """The film that `create` made for a key and what was asked with it; None for a new key.

        Raises:
            ReloadFilm: the key came with another request before.
        """
        with self._database.writing() as session:
            known = known_request(session, plain(key), asked, now(session))
            return stored(session, known) if known else None

    def get(self, film_id: str) -> StoredFilm:
        """A film with its current revision.

        Raises:
            ChooseFilm: there is no such film.
        """
        with self._database.reading() as session:
            return stored(session, film_row(session, film_id))

    def edit(
        self, film_id: str, revision: int | None, changes: Sequence[Change], *, label: str = ""
    ) -> StoredFilm:
        """Make all of the changes, as one revision that can be undone; or none of them.

        Changes that change nothing add no revision.

        Args:
            revision: the one that the film maker saw; None takes the one that is there then.

        Raises:
            ChooseFilm: there is no such film.
            ReloadFilm: `revision` is given, and not the current one.
            ReviseScreenplay: one of them cannot be made.
            ReviseBrief: there is no such platform.
            ChooseTake: a take that is chosen is not there.
        """
        with self._database.writing() as session:
            row = _current(session, film_id, revision)
            before = stored(session, row)
            held = _version(before)
            edited = apply(placed(changes, self._home), held, taken=known_ids(row))
            if edited.version == held:
                return before
            picked = [each.scene for each in changes if isinstance(each, ChooseTakeOf)]
            set_pins(session, held, edited.version, home=self._home, picked=picked)
            at = now(session)
            add_revision(
                *(session, row, edited.version),
                label=label or edited.label,
                parent=row.revision,
                at=at,
            )
            session.flush()
            return stored(session, row)

    def undo(self, film_id: str, revision: int | None = None) -> StoredFilm:
        """Go back to the version before the current one.

        Raises:
            ChooseFilm: there is no such film.
            ReloadFilm: `revision` is given, and not the current one.
            ReviseScreenplay: there is nothing to undo.
        """
        with self._database.writing() as session:
            row = _current(session, film_id, revision)
            parent = revision_row(session, film_id, row.revision).parent
            if parent is None:
                raise ReviseScreenplay("There is nothing to undo in this film.")
            return self._go_to(session, row, parent)

    def redo(self, film_id: str, revision: int | None = None) -> StoredFilm:
        """Go on to the version that was undone last; raises as `undo`."""
        with self._database.writing() as session:
            row = _current(session, film_id, revision)
            child = session.scalars(
                select(RevisionRow.number)
                .where(RevisionRow.film_id == film_id, RevisionRow.parent == row.revision)
                .order_by(RevisionRow.number.desc())
                .limit(1)
            ).first()
            if child is None:
                raise ReviseScreenplay("There is nothing to do again in this film.")
            return self._go_to(session, row, child)

    def amend(self, film_id: str, revision: int, screenplay: Screenplay) -> StoredFilm | None:
        """Put what a stage made of a revision's words into that revision; it is no edit.

        A writer made its scenes, or Narrate gave them their durations and divided long ones.

        Returns:
            None if the film was edited meanwhile, and nothing was changed.

        Raises:
            ChooseFilm: there is no such film.
        """
        with self._database.writing() as session:
            row = film_row(session, film_id)
            before = stored(session, row)
            if row.revision != revision or screenplay.brief.film_id != film_id:
                return None
            kept = before.revision.screenplay
            if kept:
                approved = {scene.id for scene in kept.scenes if scene.approved}
                screenplay = screenplay.replace(
                    scenes=tuple(
                        scene.replace(approved=scene.id in approved) for scene in screenplay.scenes
                    )
                )
            if screenplay == kept:
                return before
            version = _version(before).replace(screenplay=screenplay)
            set_pins(session, before.revision, version, home=self._home)
            write_version(revision_row(session, film_id, revision), version)
            show(row, version, at=now(session))
            session.flush()
            return stored(session, row)

    def duplicate(
        self,
        film_id: str,
        *,
        brief: Mapping[str, JsonValue] | None = None,
        options: FilmOptions | None = None,
        made_by: str = "panel",
    ) -> StoredFilm:
        """Make another film of a film's current version; no approval comes with it.

        Args:
            brief: fields of the Brief that are to be otherwise, such as its language; the new film
                is written anew then.
            options: where they are not those of the film.

        Raises:
            ChooseFilm: there is no such film.
            ReviseBrief: the changes make no brief.
        """
        found = self.get(film_id)
        options = options or found.revision.options
        if not brief:
            source = found.revision.screenplay or found.brief
            return self.create(source, options=options, made_by=made_by).film
        changed = Brief.from_data({**found.brief.model_dump(mode="json"), **brief})
        return self.create(changed, options=options, made_by=made_by).film

    def delete(self, film_id: str, *, paid: Paid = "keep") -> None:
        """Delete a film for good; raises as `delete_film`."""
        delete_film(film_id, database=self._database, home=self._home, paid=paid)

    def ids(self) -> Collection[str]:
        """The ids of all films."""
        with self._database.reading() as session:
            return frozenset(session.scalars(select(FilmRow.id)))

    def _go_to(self, session: Session, row: FilmRow, number: int) -> StoredFilm:
        before = stored(session, row)
        row.revision = number
        after = stored(session, row)
        set_pins(session, before.revision, after.revision, home=self._home)
        show(row, after.revision, at=now(session))
        session.flush()
        return stored(session, row)


def _version(film: StoredFilm) -> Version:
    found = film.revision
    return Version(screenplay=found.screenplay, options=found.options, chosen=found.chosen)


def _current(session: Session, film_id: str, revision: int | None) -> FilmRow:
    row = film_row(session, film_id)
    if revision is not None and row.revision != revision:
        raise ReloadFilm("This film was changed elsewhere meanwhile; load it again.")
    return row
