"""The tables of the database. A change here needs a revision in `migrations/versions`."""

from __future__ import annotations

from ..columns import Base
from .films import (
    CharacterRow,
    FilmRow,
    JobRow,
    LineRow,
    ReelRow,
    RequestRow,
    RevisionRow,
)
from .ledger import (
    AskRow,
    AttemptRow,
    FileRow,
    JournalRow,
    LeaseRow,
    SpendingRow,
    TakeRow,
    TotalRow,
    TransitionRow,
)

__all__ = [
    "AskRow",
    "AttemptRow",
    "Base",
    "CharacterRow",
    "FileRow",
    "FilmRow",
    "JobRow",
    "JournalRow",
    "LeaseRow",
    "LineRow",
    "ReelRow",
    "RequestRow",
    "RevisionRow",
    "SpendingRow",
    "TakeRow",
    "TotalRow",
    "TransitionRow",
]
