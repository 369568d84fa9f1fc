"""The books: the database and its journal, kept in step by every transaction that writes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...library.database import Database, now
from ...library.tables import JournalRow, TransitionRow
from .events import Event, Moved, read_event_json
from .journal import Journal, Line, Mark
from .posting import Misfit, post

__all__ = ["Books", "Page"]

_LOG = logging.getLogger("onereel")


class Page:
    """One transaction that writes: what it posts goes to the journal before it is committed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.at = now(session)
        self.events: list[Event] = []

    def post(self, event: Event) -> None:
        """Post an event.

        Raises:
            Misfit: it does not follow from what was posted before.
        """
        post(self.session, event)
        self.events.append(event)


class Books:
    """A database and the journal beside it.

    The journal is written first, so after a crash it may say more than the database: whoever
    writes next posts the rest. A database that lost everything catches up in the same way, from
    the first line.
    """

    def __init__(self, database: Database, journal: Journal) -> None:
        self.database = database
        self.journal = journal

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
                row.posted, row.last = self.journal.append(page.events, after=row.last)
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
        for line in self.journal.read(row.posted, after=row.last):
            _post_line(session, line)
            row.last = line.sum or row.last
        row.posted = mark.size

    def _get_acquainted(self, session: Session, mark: Mark | None) -> JournalRow:
        """Bring together a database and a journal that do not know each other."""
        lines = list(self.journal.read()) if self.journal.path.exists() else []
        found = sum(_post_line(session, line) for line in lines)
        if found:
            _LOG.warning("the ledger's database was filled from its journal: %d lines", found)
        whole = len({line.event.id for line in lines if line.event})
        if mark and whole == session.scalar(select(func.count(TransitionRow.id))):
            size, last = mark.size, next((li.sum for li in reversed(lines) if li.sum), "")
        else:
            if lines or whole:
                _LOG.warning("the ledger's journal was damaged and is written anew")
            stored = session.scalars(select(TransitionRow.event).order_by(TransitionRow.id))
            mark, last = self.journal.rewrite([read_event_json(text) for text in stored])
            size = mark.size
        row = JournalRow(id=mark.id, posted=size, last=last)
        return session.merge(row)


def _post_line(session: Session, line: Line) -> bool:
    """Post a line of the journal unless it was posted before; say so if it cannot be."""
    if line.trouble:
        _LOG.warning("the ledger's journal, line %d: %s", line.number, line.trouble)
    if line.event is None:
        return False
    known = select(TransitionRow.id).where(TransitionRow.event_id == line.event.id)
    if session.scalar(known) is not None:
        return False
    try:
        with session.begin_nested():
            post(session, line.event)
    except Misfit as misfit:
        _LOG.warning("the ledger's journal, line %d is left out: %s", line.number, misfit)
        return False
    return True


def _log(event: Event) -> None:
    if isinstance(event, Moved):
        _LOG.info(
            "take %s, attempt %s: %s, was %s%s",
            event.key[:8],
            event.attempt,
            event.state,
            event.was,
            f" ({event.reason})" if event.reason else "",
            extra={"correlation": event.attempt},
        )
    else:
        correlation = getattr(event, "attempt", "")
        _LOG.info("take %s: %s", event.key[:8], event.kind, extra={"correlation": correlation})
