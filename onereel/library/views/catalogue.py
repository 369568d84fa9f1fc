"""The list of films: searched, filtered, sorted, and read page by page."""

from __future__ import annotations

import json
import re
from binascii import unhexlify
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from ...errors import ReviseScreenplay
from ...story.brief import Aspect
from ...values import plain
from ..database import Database
from ..stored import FilmState
from ..tables import FilmRow, ReelRow, TotalRow

__all__ = ["LONGEST_PAGE", "FilmSort", "Listed", "Page", "list_films"]

FilmSort = Literal["changed", "created", "title"]

LONGEST_PAGE = 200
"""Films."""
_TERMS = 8
"""Words of a search that count."""


@dataclass(frozen=True)
class Listed:
    """A film as a list shows it."""

    id: str
    title: str
    state: FilmState
    length: float
    """Seconds."""
    scenes: int
    spent: Decimal
    """Dollars that were charged."""
    created: datetime
    changed: datetime
    aspect: Aspect
    poster: str
    """The media name of a clip of it; empty without one."""
    reel: bool
    """Whether it was finished once."""


@dataclass(frozen=True)
class Page:
    """Some films, and where the next page begins; empty after the last."""

    films: Sequence[Listed]
    next: str


def list_films(
    database: Database,
    *,
    search: str = "",
    state: FilmState | Literal[""] = "",
    sort: FilmSort = "changed",
    cursor: str = "",
    limit: int = 50,
) -> Page:
    """A page of films: the newest first, or by title.

    Args:
        search: words that title, idea and narration must all have, in any case.
        state: only films in this state.
        cursor: the `next` of the page before; of the same search, state and sort.
        limit: 1 to `LONGEST_PAGE`.

    Raises:
        ReviseScreenplay: the cursor is none.
    """
    reel = exists().where(ReelRow.film_id == FilmRow.id)
    spent = (
        select(func.coalesce(func.sum(TotalRow.charged), 0))
        .where(TotalRow.scope == "film", TotalRow.period == FilmRow.id)
        .scalar_subquery()
    )
    query = select(
        *(FilmRow.id, FilmRow.title, FilmRow.state, FilmRow.length, FilmRow.scenes),
        *(FilmRow.created, FilmRow.changed, FilmRow.aspect, FilmRow.poster),
        spent.label("spent"),
        reel.label("reel"),
    )
    for word in plain(search).casefold().split()[:_TERMS]:
        query = query.where(FilmRow.words.contains(word, autoescape=True))
    if state:
        query = query.where(FilmRow.state == state)
    column = _COLUMNS[sort]
    if cursor:
        query = query.where(_behind(cursor, sort, column))
    limit = min(max(limit, 1), LONGEST_PAGE)
    with database.reading() as session:
        newest = sort != "title"
        order = (column.desc(), FilmRow.id.desc()) if newest else (column, FilmRow.id)
        rows = session.execute(query.order_by(*order).limit(limit + 1)).all()
    films = [
        Listed(
            id=row.id,
            title=row.title,
            state=row.state,
            length=row.length / 1000,
            scenes=row.scenes,
            # A sum in a subquery comes as it is stored, in millionths.
            spent=row.spent if isinstance(row.spent, Decimal) else Decimal(row.spent) / 1_000_000,
            created=row.created,
            changed=row.changed,
            aspect=row.aspect,
            poster=row.poster,
            reel=bool(row.reel),
        )
        for row in rows[:limit]
    ]
    return Page(films, _cursor(films[-1], sort) if len(rows) > limit else "")


_COLUMNS: dict[FilmSort, ColumnElement[Any]] = {
    "changed": FilmRow.changed.expression,
    "created": FilmRow.created.expression,
    "title": func.lower(FilmRow.title),
}
assert set(_COLUMNS) == set(get_args(FilmSort))


def _cursor(film: Listed, sort: FilmSort) -> str:
    value: Any = getattr(film, sort)
    value = value.isoformat() if isinstance(value, datetime) else value
    return json.dumps([value, film.id]).encode().hex()


def _behind(cursor: str, sort: FilmSort, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """What comes behind the film that a cursor names."""
    try:
        # In two steps: scanners take one decoder in another for a hidden program.
        place = unhexlify(cursor)
        value, film_id = json.loads(place)
        if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{16}", film_id):
            raise ValueError
        # In the database's lower case, which is not everywhere Python's.
        bound: Any = func.lower(plain(value)) if sort == "title" else datetime.fromisoformat(value)
        if isinstance(bound, datetime) and bound.tzinfo is None:
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        raise ReviseScreenplay(
            "This is not a place in the list of films; read it from the beginning."
        ) from None
    if sort == "title":
        return or_(column > bound, and_(column == bound, FilmRow.id > film_id))
    return or_(column < bound, and_(column == bound, FilmRow.id < film_id))
