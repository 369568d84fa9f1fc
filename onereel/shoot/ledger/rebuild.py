"""`ledger rebuild`: a fresh database from the journal and the takes folder.

Nothing that is read is trusted. A line counts only if its checksum holds, its shot hashes to its
key, and it is possible after what came before; names are confined to the media folder; files are
hashed again. What else the old database and the receipts know is added if the journal does not
contradict it.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...errors import BadInput, ReplaceMedia, StorageError
from ...files import storage_error, sync_folder
from ...home import Home
from ...library.carry import carry_films
from ...library.database import Database
from ...library.tables import AttemptRow, FileRow, SpendingRow, TakeRow, TransitionRow
from ...work import Cancel
from .books import Books, Page
from .checking import sha256_of
from .events import Event, Kept, Moved, Plan, Planned, Request, Reserved, read_event_json
from .journal import Journal
from .ledger import DATABASE, JOURNAL
from .posting import Misfit, posted
from .receipts import SUFFIX, Receipt

__all__ = ["Rebuilt", "rebuild"]


@dataclass
class Rebuilt:
    """What came back, and what did not."""

    takes: int = 0
    attempts: int = 0
    spendings: int = 0
    """Requests for what is no take."""
    from_receipts: int = 0
    films: int = 0
    """Of the library, from the old database."""
    dropped: list[str] = field(default_factory=list)
    """What was not believed, one sentence each."""
    missing: list[str] = field(default_factory=list)
    """Media names of files that are gone."""
    changed: list[str] = field(default_factory=list)
    """Media names of files that are not what was delivered."""
    aside: Path | None = None
    """Where the old database is now."""


def rebuild(home: Home, *, url: str = "", cancel: Cancel | None = None) -> Rebuilt:
    """Make the database anew; the old SQLite file is kept beside it, PostgreSQL's rows are kept.

    Raises:
        UpdateOneReel: a newer OneReel wrote the journal.
        StorageError: the disk refused.
        Cancelled: the user stopped it while files were hashed; the ledger is whole.
    """
    cancel = cancel or Cancel()
    result = Rebuilt()
    # A newer OneReel's lines are found before anything is touched.
    deque(Journal(home.private / JOURNAL).read(), maxlen=0)
    path = home.private / DATABASE
    known = _events_of(path) if not url else []
    if not url:
        result.aside = _put_aside(path)
    database = Database.open(path, url=url)
    try:
        books = Books(database, Journal(home.private / JOURNAL))
        books.catch_up()
        result.dropped += books.troubles
        with books.writing() as page:
            for event in (*known, *_events_aside(home)):
                _add(page, event, result)
            for receipt in sorted((home.media / "takes").glob(f"*/*{SUFFIX}")):
                _add_receipt(page, receipt, home, result)
            result.takes = page.session.scalar(select(func.count(TakeRow.id))) or 0
            result.attempts = page.session.scalar(select(func.count(AttemptRow.id))) or 0
            result.spendings = page.session.scalar(select(func.count(SpendingRow.key))) or 0
            files = page.session.execute(select(FileRow.name, FileRow.sha256)).all()
        if result.aside:
            result.films = carry_films(result.aside, database)
    finally:
        database.close()
    for name, sha256 in files:
        cancel.check()
        _look_at(name, sha256, home, result)
    return result


def _put_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    aside = path.with_name(
        f"{path.name}.old-{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    )
    # The write-ahead log belongs to the old file, and would be played into the new one.
    try:
        for end in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, aside) from error
    return aside


def _events_of(path: Path) -> list[Event]:
    """All that an old database still tells."""
    if not path.exists():
        return []
    events: list[Event] = []
    # Whatever is wrong with it is the reason for rebuilding it.
    with suppress(StorageError):
        database = Database.open(path)
        try:
            with database.reading() as session:
                events = list(_stored(session))
        finally:
            database.close()
    return events


def _stored(session: Session) -> Iterator[Event]:
    for text in session.scalars(select(TransitionRow.event).order_by(TransitionRow.id)):
        with suppress(ValidationError):
            yield read_event_json(text)


def _events_aside(home: Home) -> Iterator[Event]:
    """What is in journals that were damaged once and written anew."""
    for path in sorted(home.private.glob(f"{JOURNAL}.damaged-*")):
        for line in Journal(path).read():
            if line.event:
                yield line.event


def _add(page: Page, event: Event, result: Rebuilt) -> bool:
    if posted(page.session, {event.id}):
        return False
    try:
        page.post(event, replay=True)
    except Misfit as misfit:
        result.dropped.append(f"an event of {event.at:%Y-%m-%d %H:%M}: {misfit}")
        return False
    return True


def _add_receipt(page: Page, path: Path, home: Home, result: Rebuilt) -> None:
    """Believe a receipt of a take that nothing else knows, if its files are what it says."""
    try:
        receipt = Receipt.from_json(path.read_bytes())
        events = _from_receipt(receipt, home)
    except (BadInput, ValidationError, OSError) as error:
        result.dropped.append(f"{path.name}: {getattr(error, 'user_message', 'it is no receipt')}")
        return
    row = page.session.scalar(select(TakeRow).where(TakeRow.key == receipt.key))
    settled = [each for each in row.attempts if each.state == "settled"] if row else []
    if receipt.attempt in [each.correlation for each in settled]:
        return
    added = [_add(page, event, result) for event in events]
    result.from_receipts += all(added)


def _from_receipt(receipt: Receipt, home: Home) -> tuple[Event, ...]:
    for file in receipt.files:
        path = home.path(file.name)
        if not path.is_file() or sha256_of(path) != file.sha256:
            raise ReplaceMedia(f"{file.name} is not the file it is about.")
    at = receipt.started
    request = Request(
        correlation=receipt.attempt,
        ceiling=receipt.cost,
        film_id=receipt.film_id,
        day=receipt.day,
        folder=f"{receipt.key}/{receipt.attempt}",
        started=at,
    )
    plan = Plan(
        shot=receipt.shot,
        film_id=receipt.film_id,
        scene_id=receipt.scene_id,
        picture_id=receipt.picture_id,
        asked=receipt.asked,
    )
    settled = Moved(
        at=at,
        key=receipt.key,
        attempt=request,
        was="reserved",
        state="settled",
        reason="rebuilt from its receipt",
        operation=receipt.operation,
        charged=receipt.cost,
        take=receipt.take,
    )
    return (
        Planned(at=at, key=receipt.key, plan=plan),
        Reserved(at=at, key=receipt.key, plan=plan, attempt=request),
        Kept(at=at, key=receipt.key, attempt=request, files=receipt.files),
        settled,
    )


def _look_at(name: str, sha256: str, home: Home, result: Rebuilt) -> None:
    try:
        path = home.path(name)
    except ReplaceMedia:
        result.dropped.append(f"{name!r} leads out of the media folder")
        return
    if not path.is_file():
        result.missing.append(name)
    elif sha256_of(path) != sha256:
        result.changed.append(name)
