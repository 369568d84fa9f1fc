"""Marks of films: whether anything that a view shows may have changed, told at little cost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import BindParameter, bindparam, exists, func, select
from sqlalchemy.orm import Session

from ...home import Home
from ...shoot.ledger.budget import day_of
from ...shoot.models.rows import CORRECTIONS
from ...shoot.states import UNDER_WAY
from ...shoot.takes import film_folder
from ...values import digest
from ..job import Job
from ..stored import is_film_id, no_film
from ..tables import FilmRow, LineRow, ReelRow, TakeRow, TransitionRow

__all__ = ["film_mark"]

# Written once: whoever polls asks for it every second, and to write it takes longer than to ask.
_FILM: BindParameter[str] = bindparam("film")
_ROWS = select(
    FilmRow.changed,
    FilmRow.revision,
    FilmRow.state,
    select(func.max(TransitionRow.id)).scalar_subquery(),
    select(func.max(LineRow.at)).where(LineRow.film_id == _FILM).scalar_subquery(),
    select(func.max(ReelRow.number)).where(ReelRow.film_id == _FILM).scalar_subquery(),
    exists(
        select(TakeRow.id).where(TakeRow.film_id == _FILM, TakeRow.state.in_(sorted(UNDER_WAY)))
    ),
).where(FilmRow.id == _FILM)


def film_mark(
    session: Session, film_id: str, job: Job | None, at: datetime, home: Home, *, zone: str
) -> str:
    """A mark that changes with a film's rows, its takes on disk and the ledger.

    While a job of the film is open and shots of it are at a service, it also changes every second,
    as those go on by the clock.

    Args:
        job: the film's newest.
        at: the database's time.
        zone: the owner's, at whose midnight it changes.

    Raises:
        ChooseFilm: there is no such film.
        ReviseSetting: there is no such time zone.
    """
    asked = {"film": film_id} if is_film_id(film_id) else None
    found = session.execute(_ROWS, asked).one_or_none() if asked else None
    if found is None:
        raise no_film()
    *rows, under_way = found
    clocked = under_way and job is not None and job.open
    return digest(
        [str(each) for each in rows],
        [job.id, job.state, job.stage, job.scene] if job else [],
        *(_written(film_folder(home, film_id)), _written(home.private / CORRECTIONS)),
        # Caps begin anew with the day.
        day_of(at, zone),
        int(at.timestamp()) if clocked else 0,
    )


def _written(path: Path) -> int:
    """When a file was written, or a folder got or lost one."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
