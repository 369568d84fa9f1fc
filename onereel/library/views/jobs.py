"""What a panel sees of a job: how far it is, and how long it and those before it will take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ..expecting import expected, time_of
from ..job import Job
from ..said import said_of
from .plain import JobView

__all__ = ["job_view"]


def job_view(session: Session, job: Job, positions: Mapping[str, int], at: datetime) -> JobView:
    """A job.

    Args:
        positions: in the queue, from 1, by prompt id, of every prompt; 0: it runs.
        at: the database's time.
    """
    until = job.ended or at
    position = positions.get(job.id) if job.state == "waiting" else None
    ahead = [each for each, place in positions.items() if place < (position or 0)]
    return JobView(
        id=job.id,
        action=job.action,
        state=job.state,
        position=position,
        wait=None if position is None else _rounded(time_of(session, ahead)),
        stage=job.stage,
        scene=job.scene,
        fraction=round(job.fraction, 4),
        elapsed=round((until - job.started).total_seconds(), 1) if job.started else 0.0,
        expected=_rounded(expected(session, job.action, job.renderer, job.length)),
        note=job.note,
        note_said=said_of(job.note),
        problem=job.problem,
    )


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
