"""The films and characters of an old database, carried over into a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from ..errors import StorageError
from .columns import Base
from .database import Database
from .tables import (
    CharacterRow,
    FilmRow,
    JobRow,
    LineRow,
    ReelRow,
    RequestRow,
    RevisionRow,
)

__all__ = ["carry_films"]

_OF_FILMS: tuple[type[Base], ...] = (RevisionRow, JobRow, ReelRow, LineRow, RequestRow)
_TABLES: tuple[type[Base], ...] = (CharacterRow, FilmRow, *_OF_FILMS)
_AT_ONCE = 200
"""Rows."""


def carry_films(old: Path, new: Database) -> int:
    """Copy what can still be read of films and characters in the SQLite file `old`; return how many
    films came."""
    came: set[Any] = set()
    with suppress(StorageError):
        source = Database.open(old)
        try:
            for table in _TABLES:
                # What is damaged in one table must not keep the others away.
                with suppress(StorageError):
                    for rows in _read(source, table):
                        _write(rows, table, new, came)
        finally:
            source.close()
    return len(came)


def _read(source: Database, table: type[Base]) -> Iterator[list[dict[str, Any]]]:
    columns = table.__table__.columns
    with source.reading() as session:
        found = session.execute(select(*columns).execution_options(yield_per=_AT_ONCE))
        for rows in found.partitions(_AT_ONCE):
            yield [dict(row._mapping) for row in rows]


def _write(rows: list[dict[str, Any]], table: type[Base], new: Database, came: set[Any]) -> None:
    if table is FilmRow:
        came.update(row["id"] for row in rows)
    wanted = [row for row in rows if table not in _OF_FILMS or row["film_id"] in came]
    if wanted:
        with new.writing() as session:
            session.execute(insert(table), wanted)
