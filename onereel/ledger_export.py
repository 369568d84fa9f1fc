"""The ledger as CSV for spreadsheets, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .shoot.ledger import Attempt, Entry, Ledger
from .spreadsheet import table

__all__ = ["as_csv", "as_json"]

_COLUMNS = (
    *("take", "attempt", "state", "started", "model", "duration", "resolution", "ceiling"),
    *("charged", "operation", "reason", "film", "scene", "log_id", "files"),
)


def as_csv(ledger: Ledger) -> str:
    """Write every attempt, one a row, the oldest first."""
    return table(
        _COLUMNS,
        (_attempt_cells(entry, attempt) for entry in _all(ledger) for attempt in entry.attempts),
    )


def _attempt_cells(entry: Entry, attempt: Attempt) -> tuple[str, ...]:
    return (
        entry.key,
        str(attempt.number),
        attempt.state,
        attempt.started.isoformat(),
        entry.shot.model,
        str(entry.shot.duration),
        entry.shot.resolution,
        f"{attempt.ceiling:f}",
        "" if attempt.charged is None else f"{attempt.charged:f}",
        attempt.operation,
        attempt.reason,
        attempt.film_id,
        entry.scene_id,
        attempt.correlation,
        " ".join(file.name for file in entry.files if file.attempt == attempt.id),
    )


def as_json(ledger: Ledger) -> str:
    """Write every take with all that happened to it, the oldest first."""
    takes = [
        {
            "key": entry.key,
            "state": entry.state,
            "film": entry.film_id,
            "scene": entry.scene_id,
            "held": f"{entry.held:f}",
            "charged": f"{entry.charged:f}",
            "shot": entry.shot.model_dump(mode="json"),
            "take": entry.take and entry.take.model_dump(mode="json"),
            "events": [json.loads(step.event) for step in ledger.trail(entry.key)],
        }
        for entry in _all(ledger)
    ]
    return json.dumps({"version": 1, "takes": takes}, indent=1, ensure_ascii=False) + "\n"


def _all(ledger: Ledger) -> Iterator[Entry]:
    after = 0
    while page := ledger.entries(after=after, limit=500):
        yield from page
        after = page[-1].id
