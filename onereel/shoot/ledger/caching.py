"""Rows that one transaction has met, also those that are not written yet."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

from ...library.tables import Base

__all__ = ["cache", "look_up"]

_Row = TypeVar("_Row", bound=Base)


def cache(session: Session, kind: type[_Row]) -> dict[Hashable, _Row]:
    """The rows of a kind, by whatever they are looked up by."""
    rows: dict[Hashable, _Row] = session.info.setdefault(kind, {})
    return rows


def look_up(
    session: Session, kind: type[_Row], which: Hashable, find: Callable[[], _Row | None]
) -> _Row | None:
    """The row, from the cache or found; None where there is none."""
    rows = cache(session, kind)
    row = rows.get(which) or find()
    if row is not None:
        rows[which] = row
    return row
