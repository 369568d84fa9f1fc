"""The states that films and jobs are in, apart from the database, which takes long to load."""

from __future__ import annotations

from typing import Literal

__all__ = ["Action", "FilmState", "JobState"]

FilmState = Literal["planned", "waiting", "working", "done", "stopped", "failed"]
Action = Literal["write", "rehearse", "shoot", "cut"]
"""What a job does."""
JobState = Literal["waiting", "running", "done", "failed", "cancelled"]
