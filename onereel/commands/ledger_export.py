"""The ledger as CSV for spreadsheets, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..shoot.ledger import Attempt, Entry, Ledger, Spending
from ..spreadsheet import table

__all__ = ["as_csv", "as_json"]

_COLUMNS = (
    *("take", "attempt", "state", "started", "model", "duration", "resolution", "ceiling"),
    *("charged", "operation", "reason", "film", "scene", "log_id", "files", "what"),
)


def as_csv(ledger: Ledger) -> str:
    """Write every attempt, one a row, the oldest first, and then what was no take."""
    attempts = (
        _attempt_cells(entry, attempt) for entry in _all(ledger) for attempt in entry.attempts
    )
    return table(_COLUMNS, (*attempts, *map(_spending_cells, _spendings(ledger))))


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
        "clip",
    )


def _spending_cells(spending: Spending) -> tuple[str, ...]:
    known = {
        "take": spending.key,
        "state": spending.state,
        "started": spending.at.isoformat(),
        "model": spending.model,
        "ceiling": f"{spending.ceiling:f}",
        "charged": "" if spending.charged is None else f"{spending.charged:f}",
        "reason": spending.reason,
        "film": spending.film_id,
        "what": spending.what,
    }
    return tuple(known.get(column, "") for column in _COLUMNS)


def as_json(ledger: Ledger) -> str:
    """Write every take with all that happened to it, the oldest first, and what was no take."""
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
    spendings = [
        {
            "key": spending.key,
            "what": spending.what,
            "state": spending.state,
            "at": spending.at.isoformat(),
            "film": spending.film_id,
            "model": spending.model,
            "held": f"{spending.held:f}",
            "charged": f"{spending.charged or 0:f}",
            "reason": spending.reason,
        }
        for spending in _spendings(ledger)
    ]
    data = {"version": 1, "takes": takes, "spendings": spendings}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _spendings(ledger: Ledger) -> tuple[Spending, ...]:
    """All of them, the oldest first."""
    return ledger.spendings(limit=10**6)[::-1]


def _all(ledger: Ledger) -> Iterator[Entry]:
    after = 0
    while page := ledger.entries(after=after, limit=500):
        yield from page
        after = page[-1].id
