"""The database: opened, brought up to date, and spoken to in short transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from ..errors import InstallPart, ReviseSetting, UpdateOneReel
from .tables import Base
from .trouble import in_a_sentence

__all__ = ["PATIENCE", "REVISION", "Database", "now"]

REVISION = "0007"
"""The newest revision in `migrations/versions`: what this OneReel reads and writes."""

PATIENCE = 30.0
"""Seconds to wait while another process writes."""
_AGAIN = 0.02
"""Seconds before another try at a database that is locked for a moment."""
_LOCK = 0x0_0E_5EE1
"""PostgreSQL's advisory lock for writers, chosen by us."""
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_MIGRATING = threading.Lock()
"""Alembic keeps its context in a global."""
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic makes it, without loading it."""
_WRITES = {"onereel_writes": True}


class Database:
    """One database. Safe to use from many threads; writers go one at a time, over all processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(**_WRITES)
        # SQLite's waiting is a lottery of sleeps: threads of one process queue fairly instead.
        self._turn = threading.Lock()
        self._file = Path(engine.url.database or "") if _is_sqlite(engine.url) else None
        self._identity: tuple[int, int] | None = None

    @classmethod
    def open(cls, path: Path, *, url: str = "", patience: float = PATIENCE) -> Database:
        """Open the SQLite file at `path`, or the database at `url`; make or migrate its tables.

        Writing waits up to `patience` seconds while others write.

        Raises:
            UpdateOneReel: a newer OneReel wrote it.
            RepairLedger: it is damaged, or does not answer.
            StorageError: the disk refused.
            ReviseSetting: `url` is no database's address.
            InstallPart: the driver for `url` is not installed.
        """
        address = _address(path, url)
        with in_a_sentence(address):
            engine = _engine(address, patience)
            try:
                database = cls(engine)
                database._identity = database._bring_up_to_date()
            except BaseException:
                engine.dispose()
                raise
        return database

    @property
    def url(self) -> URL:
        """Where it is."""
        return self._engine.url

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of everything and never waits for writers, but for one
        that puts a new file in the place of a deleted one.

        Raises:
            StorageError: it cannot be read.
        """
        if self._is_another_file():
            with self._turn:
                pass
        # Nothing that was read is written, or looked at again behind the end.
        reading = Session(self._engine, autoflush=False, expire_on_commit=False)
        with in_a_sentence(self.url), reading as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that nobody else's can come between, committed when the block ends well.

        Raises:
            StorageError: it cannot be written, or others kept it locked.
        """
        with self._turn:
            with (
                in_a_sentence(self.url),
                Session(self._current()) as session,
                session.begin(),
            ):
                # A session begins with its first statement; the lock has to be there before that.
                session.connection()
                made = _identity(self._file) if self._file else None
                yield session
            # Only now: whoever reads must not take a file that is being filled for an empty one.
            self._identity = made

    def _is_another_file(self) -> bool:
        return self._file is not None and _identity(self._file) != self._identity

    def _current(self) -> Engine:
        """The engine for writing, on the file that has the name now: somebody may have deleted the
        old one, or put a rebuilt one in its place."""
        if self._is_another_file():
            self._engine.dispose()
            self._bring_up_to_date()
        return self._writing

    def _bring_up_to_date(self) -> tuple[int, int] | None:
        """Make or migrate the tables; returns what file they are in."""
        made = None
        if self._file:
            _make_private(self._file)
            made = _identity(self._file)
        with self._engine.begin() as connection:
            found = _revision(connection)
        if found == REVISION:
            return made
        with _MIGRATING, self._writing.begin() as connection:
            if inspect(connection).get_table_names():
                _migrate(connection)
            else:
                _create(connection)
        return made


def _create(connection: Connection) -> None:
    """Make the newest tables in an empty database: the revisions lead to the very same."""
    Base.metadata.create_all(connection, checkfirst=False)
    _VERSION.create(connection)
    connection.execute(_VERSION.insert().values(version_num=REVISION))


def _migrate(connection: Connection) -> None:
    # Only now: Alembic takes a third of a second to load.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = _revision(connection)
    if found and found not in known:
        raise UpdateOneReel(
            f"The ledger was written by a newer OneReel (its tables are at {found}, this"
            f" one knows {REVISION}); update OneReel to use it."
        )
    config.attributes.update(connection=connection, metadata=Base.metadata)
    command.upgrade(config, "head")


def _make_private(path: Path) -> None:
    """Make an empty database that is nobody else's business, where there is none.

    One that is there is never opened here: closing any handle of a file takes away the locks that
    this process has on it, and then another process believes to be alone and removes the journal
    under us (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def now(session: Session) -> datetime:
    """The database's clock, in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        # Whole milliseconds: julianday's binary fraction is no finer.
        read = session.scalar(text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"))
        return datetime.fromisoformat(str(read)).replace(tzinfo=UTC)
    seconds = session.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(seconds * 1_000_000))


def _is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _address(path: Path, url: str) -> URL:
    if not url:
        return URL.create("sqlite", database=str(path.absolute()))
    try:
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        address.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError):
        raise _not_an_address() from None
    except ModuleNotFoundError:
        raise InstallPart(
            "The driver for the ledger's database is not installed;"
            ' run pip install "onereel[postgresql]".'
        ) from None
    # A ledger in memory would forget.
    kept = _is_sqlite(address) and address.database not in (None, "", ":memory:")
    if not kept and address.get_backend_name() != "postgresql":
        raise _not_an_address()
    return address


def _not_an_address() -> ReviseSetting:
    return ReviseSetting(
        "url in the section [ledger] of the settings is not the address of a database OneReel can"
        " use; write postgresql+psycopg://user:password@host/name, or leave it empty."
    )


def _engine(address: URL, patience: float) -> Engine:
    if _is_sqlite(address):
        engine = create_engine(address, connect_args={"timeout": patience})
        event.listen(engine, "connect", partial(_prepare_sqlite, patience=patience))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        address,
        pool_pre_ping=True,
        # Each statement of a writer has to see what was committed before it got the lock.
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": max(2, round(patience))},
    )
    event.listen(engine, "begin", partial(_begin_postgresql, patience=patience))
    return engine


def _prepare_sqlite(connection: Any, _record: object, *, patience: float) -> None:
    # The driver's own idea of when to begin would leave SELECTs outside the transaction:
    # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor, patience)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor, patience: float) -> None:
    """Switch to write-ahead logging. Where two processes do so to a new database at once, SQLite
    does not wait but says at once that it is locked (https://www.sqlite.org/wal.html#busy)."""
    last = time.monotonic() + patience
    while cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(_AGAIN)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("onereel_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection, *, patience: float) -> None:
    if connection.get_execution_options().get("onereel_writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(patience * 1000)}")
        # A writer that was stopped (SIGSTOP, a laptop's lid) must not hold up all others.
        stopped = f"SET LOCAL idle_in_transaction_session_timeout = {round(patience * 500)}"
        connection.exec_driver_sql(stopped)
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table(_VERSION.name):
        return ""
    return connection.scalar(select(_VERSION.c.version_num)) or ""
