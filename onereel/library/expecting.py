"""How long jobs will probably take, from how long others took per second of film."""

from __future__ import annotations

from collections.abc import Collection
from statistics import median

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from .database import now
from .states import Action
from .tables import JobRow

__all__ = ["expected", "time_of"]

_SAMPLE = 20
"""Past jobs that an expectation is made from."""

_DONE = (
    select(JobRow.started, JobRow.ended, JobRow.length)
    .where(JobRow.action == bindparam("action"), JobRow.renderer == bindparam("renderer"))
    .where(JobRow.state == "done", JobRow.length > 0)
    .where(JobRow.started.is_not(None), JobRow.ended.is_not(None))
    .order_by(JobRow.ended.desc())
    .limit(_SAMPLE)
)


def expected(session: Session, action: Action | str, renderer: str, length: float) -> float | None:
    """Seconds that a job probably takes once it runs; None before there was one like it.

    Args:
        length: seconds of film.
    """
    rows = session.execute(_DONE, {"action": action, "renderer": renderer}).all()
    rates = [(row.ended - row.started).total_seconds() * 1000 / row.length for row in rows]
    return median(rates) * length if rates else None


def time_of(session: Session, jobs: Collection[str]) -> float | None:
    """Seconds until jobs are probably over, one after the other; None where that is not known of
    one of them."""
    if not jobs:
        return 0.0
    query = select(JobRow.action, JobRow.renderer, JobRow.length, JobRow.started)
    rows = session.execute(query.where(JobRow.id.in_(jobs))).all()
    if len(rows) < len(jobs):
        return None
    rates: dict[tuple[str, str], float | None] = {}
    at, whole = now(session), 0.0
    for action, renderer, length, started in rows:
        kind = action, renderer
        if kind not in rates:
            rates[kind] = expected(session, action, renderer, 1)
        rate = rates[kind]
        if rate is None:
            return None
        gone = (at - started).total_seconds() if started else 0.0
        whole += max(rate * length / 1000 - gone, 0.0)
    return whole
