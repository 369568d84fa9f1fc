"""Marks of films: whether anything that a view shows may have changed, told at little cost."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from ...home import Home
from ...shoot.models.rows import CORRECTIONS
from ...shoot.states import UNDER_WAY
from ...shoot.takes import film_folder
from ...values import digest
from ..database import now
from ..job import OPEN
from ..stored import film_row
from ..tables import JobRow, LineRow, ReelRow, TakeRow, TransitionRow

__all__ = ["film_mark"]


def film_mark(session: Session, film_id: str, home: Home) -> str:
    """A mark that changes with a film's rows, its takes on disk and the ledger.

    While a job of the film is open and shots of it are at a service, it also changes every second,
    as those go on by the clock.

    Raises:
        ChooseFilm: there is no such film.
    """
    film = film_row(session, film_id)
    at = now(session)
    jobs = session.execute(
        select(JobRow.id, JobRow.state, JobRow.stage, JobRow.scene)
        .where(JobRow.film_id == film_id)
        .order_by(JobRow.queued.desc(), JobRow.id.desc())
        .limit(3)
    ).all()
    clocked = any(job.state in OPEN for job in jobs) and session.scalar(
        select(exists().where(TakeRow.film_id == film_id, TakeRow.state.in_(UNDER_WAY)))
    )
    latest = (
        session.scalar(select(func.max(TransitionRow.id))),
        session.scalar(select(func.max(LineRow.at)).where(LineRow.film_id == film_id)),
        session.scalar(select(func.max(ReelRow.number)).where(ReelRow.film_id == film_id)),
    )
    return digest(
        *(str(film.changed), film.revision, film.state),
        *([tuple(job) for job in jobs], [str(each) for each in latest]),
        *(_written(film_folder(home, film_id)), _written(home.private / CORRECTIONS)),
        # Caps begin anew with the day.
        at.date().isoformat(),
        int(at.timestamp()) if clocked else 0,
    )


def _written(path: Path) -> int:
    """When a file was written, or a folder got or lost one."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
