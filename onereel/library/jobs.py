"""Jobs: pieces of work on films, in ComfyUI's queue. Each method is one short transaction."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from pydantic import JsonValue
from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.orm import Session

from ..errors import ChooseFilm, WaitForFilm
from .database import Database, now
from .expecting import expected
from .job import OPEN, Job, job_of
from .states import Action, FilmState, JobState
from .stored import film_row
from .tables import FilmRow, JobRow, ReelRow
from .views.problems import Problem

__all__ = ["Action", "Job", "JobFigures", "JobState", "Jobs"]

_MOST_MEASURED = 1000
"""Jobs that figures are made from."""
_NEWEST = (
    select(JobRow)
    .where(JobRow.film_id == bindparam("film"))
    .order_by(JobRow.ended.is_not(None), JobRow.queued.desc(), JobRow.id.desc())
    .limit(1)
)
_FILM_STATES: Mapping[JobState, FilmState] = {
    "waiting": "waiting",
    "running": "working",
    "failed": "failed",
    "cancelled": "stopped",
}


@dataclass(frozen=True)
class JobFigures:
    """How jobs went."""

    counts: Mapping[tuple[str, str], int]
    """By action and state."""
    seconds: Mapping[str, tuple[float, ...]]
    """How long the last that were done ran."""
    errors: Mapping[str, int]
    """How many ended in which error, by its name."""


class Jobs:
    """The jobs of a library. Safe to use from many threads and many processes.

    How far a job is, is known to the process it runs in; the database learns of each new stage and
    scene.
    """

    def __init__(self, database: Database, *, owner: str = "") -> None:
        """`owner` names this process to the others that share the database."""
        self._database = database
        self._owner = owner
        self._fractions: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(
        self,
        job_id: str,
        film_id: str,
        *,
        action: Action,
        revision: int,
        renderer: str = "draft",
        length: float = 0,
        wanted: Mapping[str, JsonValue] | None = None,
        graph: JsonValue = None,
        alongside: bool = False,
    ) -> Job:
        """Enter a job that was queued. `alongside`: others of the film may be open.

        Raises:
            ChooseFilm: there is no such film.
            WaitForFilm: the film is being worked on.
        """
        with self._database.writing() as session:
            film = film_row(session, film_id)
            if not alongside and _open_of(session, film_id):
                raise WaitForFilm(
                    f"{film.title!r} is being worked on; wait until that is done, or cancel it."
                )
            at = now(session)
            row = JobRow(
                id=job_id,
                film_id=film_id,
                action=action,
                state="waiting",
                revision=revision,
                renderer=renderer,
                length=round(length * 1000),
                wanted=json.dumps(dict(wanted or {})),
                stage="",
                scene="",
                note="",
                problem="",
                graph=None if graph is None else json.dumps(graph),
                owner=self._owner,
                seen=at,
                queued=at,
            )
            session.add(row)
            film.state, film.changed = "waiting", at
            session.flush()
            return self._job(row)

    def start(self, job_id: str) -> Job:
        """Note that a job began to run; a job that is over stays over.

        Raises:
            ChooseFilm: there is no such job.
        """
        with self._database.writing() as session:
            row = _row(session, job_id)
            if row.state == "waiting":
                at = now(session)
                row.state, row.started, row.seen = "running", at, at
                film_row(session, row.film_id).state = "working"
            return self._job(row)

    def progress(
        self, job_id: str, *, stage: str, scene: str = "", fraction: float = 0, note: str = ""
    ) -> None:
        """Note how far a job is; `fraction` from 0 to 1 over the whole job.

        Only another stage or scene is written down.
        """
        with self._lock:
            self._fractions[job_id] = min(max(fraction, 0.0), 1.0)
        with self._database.reading() as session:
            row = _found(session, job_id)
            if row is None or (row.stage, row.scene) == (stage, scene):
                return
        with self._database.writing() as session:
            session.execute(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state.in_(OPEN))
                .values(stage=stage, scene=scene, note=note, seen=now(session))
            )

    def end(
        self,
        job_id: str,
        state: Literal["done", "failed", "cancelled"],
        *,
        problem: Problem | None = None,
        note: str = "",
    ) -> Job:
        """Note how a job ended; the first word on that counts.

        Raises:
            ChooseFilm: there is no such job.
        """
        with self._database.writing() as session:
            row = _row(session, job_id)
            if row.state in OPEN:
                at = now(session)
                row.state, row.ended, row.seen, row.note = state, at, at, note
                row.problem = problem.model_dump_json(exclude={"said"}) if problem else ""
                session.flush()
                film = film_row(session, row.film_id)
                film.state, film.changed = _state_of(session, film, state), at
            with self._lock:
                self._fractions.pop(job_id, None)
            return self._job(row)

    def find(self, job_id: str) -> Job | None:
        """The job of a prompt, if it is one."""
        with self._database.reading() as session:
            row = _found(session, job_id)
            return None if row is None else self._job(row)

    def graph(self, job_id: str) -> JsonValue:
        """The workflow that a job ran; None where it is not known."""
        with self._database.reading() as session:
            row = _found(session, job_id)
            return json.loads(row.graph) if row and row.graph else None

    def open(self, film_id: str = "") -> tuple[Job, ...]:
        """The jobs that wait or run, the oldest first; of one film, if it is named."""
        query = select(JobRow).where(JobRow.state.in_(OPEN)).order_by(JobRow.queued, JobRow.id)
        if film_id:
            query = query.where(JobRow.film_id == film_id)
        with self._database.reading() as session:
            return tuple(self._job(row) for row in session.scalars(query))

    def latest(self, film_id: str) -> Job | None:
        """The newest job of a film; one that is open before one that is over."""
        with self._database.reading() as session:
            return self.newest(session, film_id)

    def newest(self, session: Session, film_id: str) -> Job | None:
        """As `latest`, in a transaction that is open."""
        row = session.scalars(_NEWEST, {"film": film_id}).first()
        return None if row is None else self._job(row)

    def beat(self) -> None:
        """Tell the others that this process is still there."""
        with self._database.writing() as session:
            session.execute(
                update(JobRow)
                .where(JobRow.owner == self._owner, JobRow.state.in_(OPEN))
                .values(seen=now(session))
            )

    def lost(self, *, silent: float = 60, mine: Collection[str] | None = None) -> tuple[Job, ...]:
        """The open jobs that nobody works on.

        Those of other processes that were not heard of for `silent` seconds, and, if `mine` names
        the jobs that are in this process's queue, those of this process that are not.
        """
        with self._database.reading() as session:
            rows = session.scalars(select(JobRow).where(JobRow.state.in_(OPEN))).all()
            oldest = now(session) - timedelta(seconds=silent)
            return tuple(
                self._job(row)
                for row in rows
                if (row.owner != self._owner and row.seen < oldest)
                or (row.owner == self._owner and mine is not None and row.id not in mine)
            )

    def expected(self, action: Action, renderer: str, length: float) -> float | None:
        """Seconds that a job probably takes once it runs, from how long others took per second of
        film; None before there was one."""
        with self._database.reading() as session:
            return expected(session, action, renderer, length)

    def figures(self) -> JobFigures:
        """How jobs went so far."""
        with self._database.reading() as session:
            counts = session.execute(
                select(JobRow.action, JobRow.state, func.count()).group_by(
                    JobRow.action, JobRow.state
                )
            ).all()
            problems = session.execute(
                select(JobRow.problem, func.count())
                .where(JobRow.problem != "")
                .group_by(JobRow.problem)
            ).all()
            done = session.execute(
                select(JobRow.action, JobRow.started, JobRow.ended)
                .where(JobRow.state == "done", JobRow.started.is_not(None))
                .order_by(JobRow.ended.desc())
                .limit(_MOST_MEASURED)
            ).all()
        errors: Counter[str] = Counter()
        for problem, count in problems:
            errors[Problem.model_validate_json(problem).kind or "other"] += count
        seconds: dict[str, list[float]] = {}
        for row in done:
            seconds.setdefault(row.action, []).append((row.ended - row.started).total_seconds())
        return JobFigures(
            counts={(action, state): count for action, state, count in counts},
            seconds={action: tuple(found) for action, found in seconds.items()},
            errors=errors,
        )

    def _job(self, row: JobRow) -> Job:
        with self._lock:
            fraction = self._fractions.get(row.id, 0.0)
        job = job_of(row)
        return replace(job, fraction=1.0 if job.state == "done" else fraction)


def _found(session: Session, job_id: str) -> JobRow | None:
    # Some letters could not be written into a query.
    return session.get(JobRow, job_id) if re.fullmatch(r"[!-~]{1,100}", job_id) else None


def _row(session: Session, job_id: str) -> JobRow:
    row = _found(session, job_id)
    if row is None:
        raise ChooseFilm("There is no such job; load the film again.")
    return row


def _open_of(session: Session, film_id: str) -> JobRow | None:
    return session.scalars(
        select(JobRow).where(JobRow.film_id == film_id, JobRow.state.in_(OPEN)).limit(1)
    ).first()


def _state_of(session: Session, film: FilmRow, ended: JobState) -> FilmState:
    """What a film is once a job of it ended."""
    if other := _open_of(session, film.id):
        return _FILM_STATES["running" if other.state == "running" else "waiting"]
    if ended != "done":
        return _FILM_STATES[ended]
    finished = session.scalar(select(exists().where(ReelRow.film_id == film.id)))
    return "done" if finished else "planned"
