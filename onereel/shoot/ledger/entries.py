"""From rows to entries."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ...library.columns import Base
from ...library.tables import AttemptRow, FileRow, TakeRow
from ..shot import Shot
from ..states import AttemptState
from ..take import Take
from .records import Attempt, Entry, KeptFile

__all__ = ["as_attempt", "as_state", "read_entries", "takes"]

_AT_ONCE = 500
"""Ids in a statement: databases bound how many there may be."""
_REMEMBERED = 512

Found = Row[Any]


def takes() -> Select[Any]:
    """All rows of takes, for `read_entries`."""
    return _all(TakeRow)


def read_entries(session: Session, query: Select[Any]) -> tuple[Entry, ...]:
    """The entries of the rows of a query that `takes` began, in its order."""
    # Rows, and no objects that a session follows: three times as fast for a page.
    rows = session.execute(query).all()
    attempts = _by(
        session, _all(AttemptRow).order_by(AttemptRow.id), AttemptRow.take_id, _ids(rows)
    )
    sent = [each for found in attempts.values() for each in found]
    files = _by(session, _all(FileRow).order_by(FileRow.name), FileRow.attempt_id, _ids(sent))
    return tuple(_entry(row, attempts.get(row.id, ()), files) for row in rows)


def as_attempt(row: AttemptRow | Found, key: str) -> Attempt:
    """Read an attempt of a take that has this key."""
    return Attempt(
        id=row.id,
        key=key,
        number=row.number,
        state=as_state(row.state),
        operation=row.operation,
        ceiling=row.ceiling,
        charged=row.charged,
        reason=row.reason,
        folder=row.folder,
        correlation=row.correlation,
        film_id=row.film_id,
        day=row.day,
        started=row.started,
    )


def as_state(text: str) -> AttemptState:
    """Read an attempt's state."""
    # Rows are written by `posting` alone, from validated events.
    return text  # type: ignore[return-value]


@functools.cache
def _all(table: type[Base]) -> Select[Any]:
    return select(*(getattr(table, each.key) for each in inspect(table).column_attrs))


def _ids(rows: Sequence[Found]) -> list[int]:
    return [row.id for row in rows]


def _by(
    session: Session, query: Select[Any], column: InstrumentedAttribute[int], ids: Sequence[int]
) -> Mapping[int, Sequence[Found]]:
    """Rows of a query whose `column` is among `ids`, by it."""
    found = defaultdict[int, list[Found]](list)
    for start in range(0, len(ids), _AT_ONCE):
        for row in session.execute(query.where(column.in_(ids[start : start + _AT_ONCE]))):
            found[getattr(row, column.key)].append(row)
    return found


def _entry(row: Found, attempts: Sequence[Found], files: Mapping[int, Sequence[Found]]) -> Entry:
    return Entry(
        id=row.id,
        key=row.key,
        shot=_shot(row.shot),
        film_id=row.film_id,
        scene_id=row.scene_id,
        picture_id=row.picture_id,
        asked=row.asked,
        attempts=tuple(as_attempt(each, row.key) for each in attempts),
        files=tuple(_files(attempts, files)),
        revised_to=row.revised_to,
        diff=row.diff,
        take=_take(row.take) if row.take else None,
        planned=row.planned,
        put_away=row.put_away,
    )


def _files(attempts: Sequence[Found], files: Mapping[int, Sequence[Found]]) -> Iterator[KeptFile]:
    for attempt in attempts:
        for file in files.get(attempt.id, ()):
            yield KeptFile(file.name, file.sha256, file.size, file.source, attempt.id)


# The newest are asked for again and again, and never change.
_shot: Callable[[str], Shot] = functools.lru_cache(_REMEMBERED)(Shot.model_validate_json)
_take: Callable[[str], Take] = functools.lru_cache(_REMEMBERED)(Take.from_json)
