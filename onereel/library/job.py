"""The Job: one prompt in ComfyUI's queue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import JsonValue

from .states import Action, JobState
from .tables import JobRow
from .views.problems import Problem

__all__ = ["OPEN", "Job", "job_of"]

OPEN: Final[tuple[JobState, ...]] = ("waiting", "running")
"""States in which it is not over."""


@dataclass(frozen=True)
class Job:
    """One prompt in ComfyUI's queue."""

    id: str
    """ComfyUI's prompt id."""
    film_id: str
    action: Action
    state: JobState
    revision: int
    """The film's when the job was made."""
    renderer: str
    length: float
    """Seconds of film it works on."""
    wanted: Mapping[str, JsonValue]
    """What was asked for: what a new job like it needs."""
    stage: str
    scene: str
    note: str
    problem: Problem | None
    owner: str
    queued: datetime
    started: datetime | None
    ended: datetime | None
    fraction: float = 0.0

    @property
    def open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN


def job_of(row: JobRow) -> Job:
    """Read a job."""
    wanted: dict[str, Any] = json.loads(row.wanted)
    return Job(
        id=row.id,
        film_id=row.film_id,
        # Rows are written by `Jobs` alone.
        action=row.action,  # type: ignore[arg-type]
        state=row.state,  # type: ignore[arg-type]
        revision=row.revision,
        renderer=row.renderer,
        length=row.length / 1000,
        wanted=wanted,
        stage=row.stage,
        scene=row.scene,
        note=row.note,
        problem=Problem.model_validate_json(row.problem) if row.problem else None,
        owner=row.owner,
        queued=row.queued,
        started=row.started,
        ended=row.ended,
    )
