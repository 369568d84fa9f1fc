"""The budget: caps per film, day and month, and what counts against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from ...errors import RaiseCap, ReviseSetting
from ...library.tables import AttemptRow, SpendingRow, TotalRow
from ...values import Value
from ..states import HELD
from .caching import cache, look_up
from .events import Dollars

__all__ = [
    "Caps",
    "Totals",
    "add_up",
    "check_caps",
    "day_of",
    "read_pictures",
    "read_totals",
    "weight",
]

_CENT = Decimal("0.01")
_ZERO = Decimal(0)

# Written once: to write it takes longer than to ask.
_TOTALS = (
    select(TotalRow.scope, func.sum(TotalRow.held), func.sum(TotalRow.charged))
    .where(
        or_(
            and_(TotalRow.scope == "film", TotalRow.period == bindparam("film")),
            # A clock set back must not make room: what was spent "later" counts too.
            and_(TotalRow.scope == "day", TotalRow.period >= bindparam("day")),
            and_(TotalRow.scope == "month", TotalRow.period >= bindparam("month")),
        )
    )
    .group_by(TotalRow.scope)
)


class Caps(Value):
    """Dollars that may be spent and set aside at most; None is no cap."""

    film: Dollars | None = None
    day: Dollars | None = None
    month: Dollars | None = None
    zone: str = ""
    """The owner's time zone, such as "Europe/Berlin"; empty is the system's."""


@dataclass(frozen=True)
class Totals:
    """Dollars set aside and spent: for a film, and in the owner's day and month so far."""

    film_held: Decimal
    film_charged: Decimal
    day_held: Decimal
    day_charged: Decimal
    month_held: Decimal
    month_charged: Decimal


def day_of(at: datetime, zone: str) -> str:
    """The calendar day of a moment in the owner's time zone, as "2026-11-21".

    Raises:
        ReviseSetting: there is no such zone.
    """
    if not zone:
        return at.astimezone().date().isoformat()
    try:
        return at.astimezone(ZoneInfo(zone)).date().isoformat()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ReviseSetting(
            f"{zone!r} is no time zone; write one such as Europe/Berlin as zone in the section"
            " [buying] of the settings, or leave it empty."
        ) from None


def weight(attempt: AttemptRow) -> tuple[Decimal, Decimal]:
    """What an attempt holds and what it was charged."""
    return (attempt.ceiling if attempt.state in HELD else _ZERO), attempt.charged or _ZERO


def add_up(
    session: Session, spent: AttemptRow | SpendingRow, held: Decimal, charged: Decimal
) -> None:
    """Add changes of what an attempt or a spending weighs to the running totals it belongs to."""
    if not held and not charged:
        return
    for scope, period in (
        ("film", spent.film_id),
        ("day", spent.day),
        ("month", spent.day[:7]),
    ):
        total = _total_row(session, (scope, period))
        total.held += held
        total.charged += charged


def _total_row(session: Session, which: tuple[str, str]) -> TotalRow:
    total = look_up(session, TotalRow, which, lambda: session.get(TotalRow, which))
    if total is None:
        total = TotalRow(scope=which[0], period=which[1], held=_ZERO, charged=_ZERO)
        session.add(total)
        cache(session, TotalRow)[which] = total
    return total


def read_totals(session: Session, *, film_id: str, day: str) -> Totals:
    """Read the running totals, at a cost that does not grow with the ledger."""
    asked = {"film": film_id, "day": day, "month": day[:7]}
    found = {scope: sums for scope, *sums in session.execute(_TOTALS, asked)}
    film, today, month = (found.get(scope, (_ZERO, _ZERO)) for scope in asked)
    return Totals(*film, *today, *month)


def read_pictures(session: Session, film_id: str) -> Decimal:
    """Dollars that a film was charged for shots and stills, and not for words and voices."""
    shots = select(func.sum(AttemptRow.charged)).where(AttemptRow.film_id == film_id)
    stills = select(func.sum(SpendingRow.charged)).where(
        SpendingRow.film_id == film_id, SpendingRow.what == "picture"
    )
    return (session.scalar(shots) or _ZERO) + (session.scalar(stills) or _ZERO)


def check_caps(
    caps: Caps, totals: Totals, ceiling: Decimal, *, what: str = "The next take"
) -> None:
    """Refuse what could pass a cap.

    Raises:
        RaiseCap: it could; the sentence says how much is needed and how to allow it.
    """
    for name, whose, cap, used in (
        ("film", "this film's", caps.film, totals.film_held + totals.film_charged),
        ("day", "today's", caps.day, totals.day_held + totals.day_charged),
        ("month", "this month's", caps.month, totals.month_held + totals.month_charged),
    ):
        if cap is not None and used + ceiling > cap:
            raise RaiseCap(
                f"{what} can cost up to {_cents(ceiling)} dollars, and {_cents(used)} of"
                f" {whose} cap of {_cents(cap)} are spent or set aside; to allow it, run"
                f" python -m onereel settings buying on --{name} {_cents(used + ceiling)}"
            )


def _cents(dollars: Decimal) -> str:
    return f"{dollars.quantize(_CENT, rounding=ROUND_CEILING)}"
