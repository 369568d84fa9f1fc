"""From rows to spendings: money for what is no take."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from ...library.database import now
from ...library.tables import LeaseRow, SpendingRow, TransitionRow
from ..states import SpendingState
from .records import Spending, Transition

__all__ = [
    "count_unknown_spendings",
    "find_items_left",
    "find_of_item",
    "find_spending",
    "find_spendings",
    "find_steps",
]


def find_spendings(
    session: Session,
    *,
    film_id: str,
    limit: int,
    states: Collection[SpendingState] = (),
    after: str = "",
) -> tuple[Spending, ...]:
    """What was spent on what is no take, the newest first; `after` is the key of the one before."""
    leased = _leased(now(session))
    query = select(SpendingRow, leased).order_by(SpendingRow.at.desc(), SpendingRow.key)
    last = session.get(SpendingRow, after) if after else None
    if last:
        same = (SpendingRow.at == last.at) & (SpendingRow.key > last.key)
        query = query.where((SpendingRow.at < last.at) | same)
    if film_id:
        query = query.where(SpendingRow.film_id == film_id)
    if states:
        query = query.where(or_(*(_in_state(state, leased) for state in states)))
    return tuple(_spending(row, held) for row, held in session.execute(query.limit(limit)))


def count_unknown_spendings(session: Session) -> int:
    """Count those of unknown outcome."""
    unknown = _in_state("unknown", _leased(now(session)))
    return session.scalar(select(func.count()).select_from(SpendingRow).where(unknown)) or 0


def find_spending(session: Session, beginning: str) -> Spending | None:
    """The spending whose key begins so; None where there is none, or more than one."""
    query = select(SpendingRow, _leased(now(session))).where(
        SpendingRow.key.startswith(beginning, autoescape=True)
    )
    found = [_spending(row, held) for row, held in session.execute(query.limit(2))]
    return found[0] if len(found) == 1 else None


def find_of_item(session: Session, item: str, state: SpendingState) -> tuple[Spending, ...]:
    """The requests for an item that are in a state, as their rows say."""
    query = select(SpendingRow).where(SpendingRow.item == item, SpendingRow.state == state)
    return tuple(_spending(row, held=True) for row in session.scalars(query))


def find_items_left(session: Session, at: datetime) -> tuple[str, ...]:
    """The items whose buyers let their lease expire before a request for them was over."""
    query = select(SpendingRow.item).where(
        SpendingRow.state.in_(("reserved", "submitting")), ~_leased(at)
    )
    return tuple(session.scalars(query.distinct()))


def find_steps(session: Session, key: str) -> tuple[Transition, ...]:
    """All that happened to a spending, in order."""
    query = (
        select(TransitionRow)
        .where(TransitionRow.take_id.is_(None), TransitionRow.correlation == key)
        .order_by(TransitionRow.id)
    )
    return tuple(
        Transition(row.at, row.state, row.reason, row.correlation, row.event)
        for row in session.scalars(query)
    )


def _leased(at: datetime) -> ColumnElement[bool]:
    return (
        select(LeaseRow.key).where(LeaseRow.key == SpendingRow.item, LeaseRow.expires > at).exists()
    )


def _in_state(state: SpendingState, leased: ColumnElement[bool]) -> ColumnElement[bool]:
    """Rows that `_spending` reads as being in a state."""
    as_written = SpendingRow.state == state
    sending = SpendingRow.state == "submitting"
    match state:
        case "submitting":
            return as_written & leased
        case "unknown":
            return as_written | (sending & ~leased)
        case _:
            return as_written


def _spending(row: SpendingRow, held: bool) -> Spending:
    # Rows are written by `posting` alone, from validated events.
    state: SpendingState = row.state  # type: ignore[assignment]
    return Spending(
        key=row.key,
        what=row.what,
        model=row.model,
        film_id=row.film_id,
        day=row.day,
        ceiling=row.ceiling,
        charged=row.charged,
        reason=row.reason,
        item=row.item,
        # Whoever was sending it is gone.
        state="unknown" if state == "submitting" and not held else state,
        at=row.at,
    )
