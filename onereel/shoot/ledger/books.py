"""The books: the database and its journal, kept in step by every transaction that writes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...library.database import Database, now
from ...library.tables import JournalRow, TransitionRow
from .events import Event, Kept, Moved, Reserved, Spent, read_event_json
from .journal import Journal, Line, Mark
from .posting import Misfit, post, posted

__all__ = ["Books", "Page"]

_LOG = logging.getLogger("onereel")


class Page:
    """One transaction that writes: what it posts goes to the journal before it is committed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.at = now(session)
        self.events: list[Event] = []

    def post(self, event: Event, *, replay: bool = False) -> None:
        """Post an event; `replay` as in `posting.post`.

        Raises:
            Misfit: it does not follow from what was posted before.
        """
        post(self.session, event, replay=replay)
        self.session.flush()
        self.events.append(event)


class Books:
    """A database and the journal beside it.

    The journal is written first, so after a crash it may say more than the database: whoever
    writes next posts the rest. A database that lost everything catches up in the same way, from
    the first line. `troubles` says what was wrong with the journal's lines.
    """

    def __init__(self, database: Database, journal: Journal) -> None:
        self.database = database
        self.journal = journal
        self.troubles: list[str] = []

    @contextmanager
    def writing(self) -> Iterator[Page]:
        """Lend the next page; when the block ends well, what it posted is durable.

        Raises:
            StorageError: the database or the journal cannot be written.
        """
        with self.database.writing() as session:
            row = self._catch_up(session)
            page = Page(session)
            yield page
            if page.events:
                session.flush()
                row.posted, row.last = self.journal.append(
                    page.events, at=row.posted, after=row.last
                )
        for event in page.events:
            _log(event)

    def catch_up(self) -> None:
        """Bring database and journal into step, whichever of the two was lost.

        Raises:
            UpdateOneReel: a newer OneReel wrote the journal.
            StorageError: the database or the journal cannot be written.
        """
        with self.database.reading() as session:
            mark = self.journal.mark()
            row = session.get(JournalRow, mark.id) if mark else None
            if mark and row and row.posted == mark.size:
                return
        with self.database.writing() as session:
            self._catch_up(session)

    def _catch_up(self, session: Session) -> JournalRow:
        mark = self.journal.mark()
        row = session.get(JournalRow, mark.id) if mark else None
        if mark and row and row.posted <= mark.size:
            if row.posted < mark.size:
                self._post_rest(session, row, mark)
            return row
        return self._get_acquainted(session, mark)

    def _post_rest(self, session: Session, row: JournalRow, mark: Mark) -> None:
        """Post what a process wrote into the journal and could not commit."""
        lines = tuple(self.journal.read(row.posted, after=row.last))
        known = posted(session, {line.event.id for line in lines if line.event})
        for line in lines:
            self._post_line(session, line, known)
            row.last = line.sum or row.last
        row.posted = mark.size

    def _get_acquainted(self, session: Session, mark: Mark | None) -> JournalRow:
        """Bring together a database and a journal that do not know each other."""
        there: set[str] = set()
        known = posted(session)
        last, found = "", 0
        with session.no_autoflush:
            for line in self.journal.read():
                found += self._post_line(session, line, known)
                last = line.sum or last
                if line.event:
                    there.add(line.event.id)
        session.flush()
        if found:
            _LOG.warning("the ledger's database was filled from its journal: %d lines", found)
        if mark is None or len(there) != session.scalar(select(func.count(TransitionRow.id))):
            if self.journal.path.exists():
                _LOG.warning("the ledger's journal was incomplete and is written anew")
            stored = session.scalars(select(TransitionRow.event).order_by(TransitionRow.id))
            mark, last = self.journal.rewrite(read_event_json(text) for text in stored)
        return session.merge(JournalRow(id=mark.id, posted=mark.size, last=last))

    def _post_line(self, session: Session, line: Line, known: set[str]) -> bool:
        """Post a line of the journal unless it was posted before."""
        if line.trouble:
            self._note(f"line {line.number} of {self.journal.path.name}: {line.trouble}")
        if line.event is None or line.event.id in known:
            return False
        try:
            post(session, line.event, replay=True)
        except Misfit as misfit:
            self._note(f"line {line.number} of {self.journal.path.name} is left out: {misfit}")
            return False
        known.add(line.event.id)
        return True

    def _note(self, trouble: str) -> None:
        self.troubles.append(trouble)
        _LOG.warning("the ledger: %s", trouble)


def _log(event: Event) -> None:
    correlation = ""
    if isinstance(event, Reserved | Moved | Kept):
        correlation = event.attempt.correlation
    detail = f", attempt {correlation}" if correlation else ""
    kind = event.what if isinstance(event, Spent) else "take"
    what: str = event.kind
    if isinstance(event, Moved):
        what = f"{event.state}, was {event.was}" + (f" ({event.reason})" if event.reason else "")
    _LOG.info("%s %s%s: %s", kind, event.key[:8], detail, what, extra={"correlation": correlation})
