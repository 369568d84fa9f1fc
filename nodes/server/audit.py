"""The audit: everything that happened to money, in order."""

from __future__ import annotations

import json
from datetime import datetime

from pydantic import Field

from .routes import LARGEST_ID, Answer, Call, Query, Route
from .shelf import shelf

__all__ = ["ROUTES"]


class AuditLine(Answer):
    """One thing that happened."""

    id: int
    at: datetime
    key: str
    state: str
    reason: str
    log_id: str
    charged: str | None
    """Dollars, where it says so."""


class Audit(Answer):
    """A page of everything that happened to money, the newest first."""

    lines: list[AuditLine]
    next: int | None
    """The cursor of the next page; None on the last."""


class AuditQuery(Query):
    """Which page."""

    limit: int = Field(default=100, ge=1, le=500)
    cursor: int = Field(default=0, ge=0, le=LARGEST_ID)
    """The `next` of the page before."""


def _audit(call: Call) -> Audit:
    wanted: AuditQuery = call.query
    found = shelf(call.home, call.settings).ledger.audit(
        # One more: whether there is another page.
        before=wanted.cursor,
        limit=wanted.limit + 1,
    )
    lines = [
        AuditLine(
            id=number,
            at=step.at,
            key=key,
            state=step.state,
            reason=step.reason,
            log_id=step.correlation,
            charged=_charged(step.event),
        )
        for number, key, step in found[: wanted.limit]
    ]
    return Audit(lines=lines, next=lines[-1].id if len(found) > len(lines) else None)


def _charged(event: str) -> str | None:
    charged = json.loads(event).get("charged")
    return None if charged is None else str(charged)


ROUTES: tuple[Route, ...] = (
    Route("GET", "/audit", _audit, "Everything that happened to money", Audit, query=AuditQuery),
)
