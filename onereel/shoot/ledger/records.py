"""What the ledger tells: entries, their attempts and files, and the states they walk through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from ..shot import Shot
from ..take import Take

__all__ = [
    "HELD",
    "NEXT",
    "OPEN",
    "Attempt",
    "AttemptState",
    "Entry",
    "EntryState",
    "KeptFile",
    "Transition",
    "reachable",
]

AttemptState = Literal[
    "reserved",
    "submitting",
    "submitted",
    "downloaded",
    "settled",
    "refused",
    "failed",
    "unknown",
    "written off",
    "abandoned",
]
EntryState = Literal["planned"] | AttemptState
"""A take without any attempt is only planned."""

_FOUND: Final = frozenset[AttemptState]({"submitted", "downloaded", "settled", "refused", "failed"})
NEXT: Final[dict[AttemptState, frozenset[AttemptState]]] = {
    # Back to reserved: the service did not admit the request, and it waits to be sent again.
    "reserved": frozenset({"submitting", "failed"}),
    "submitting": frozenset({"reserved", "submitted", "refused", "failed", "unknown"}),
    "submitted": frozenset({"downloaded", "refused", "failed", "unknown"}),
    # Back to submitted: what was downloaded turned out damaged.
    "downloaded": frozenset({"submitted", "settled", "failed", "unknown"}),
    "unknown": _FOUND | {"written off", "abandoned"},
    # Whatever the user decided, an outcome that comes to light later is the truth.
    "written off": _FOUND | {"abandoned"},
    "abandoned": _FOUND,
    "settled": frozenset(),
    # The owner may have a clip that was charged and not delivered bought anew.
    "refused": frozenset({"abandoned"}),
    "failed": frozenset({"abandoned"}),
}
"""Where an attempt can go from each state."""


def reachable(state: AttemptState) -> frozenset[AttemptState]:
    """All states that an attempt can come to from `state`, in any number of steps."""
    found: set[AttemptState] = set()
    ahead = set(NEXT[state])
    while ahead:
        found |= ahead
        ahead = {then for step in ahead for then in NEXT[step]} - found
    return frozenset(found)


OPEN: Final = frozenset[AttemptState](
    {"reserved", "submitting", "submitted", "downloaded", "unknown"}
)
"""States in which another request for the same take could be paid for twice."""
HELD: Final = OPEN
"""States in which an attempt's ceiling counts against the caps."""


@dataclass(frozen=True)
class Attempt:
    """One request for a take."""

    id: int
    key: str
    number: int
    """From 1 within its take."""
    state: AttemptState
    operation: str
    """The service's name for it; empty until the service told one."""
    ceiling: Decimal
    """Dollars that it can cost at most."""
    charged: Decimal | None
    """Dollars that it did cost; None while nobody knows."""
    reason: str
    """Why it is in its state, in words."""
    folder: str
    """Its folder in the owner's bucket, where one is configured."""
    correlation: str
    """Names it in log records, in the journal and in receipts."""
    film_id: str
    """The film that pays for it."""
    day: str
    """The owner's calendar day it counts against, as "2026-11-21"."""
    started: datetime

    @property
    def held(self) -> Decimal:
        """Dollars set aside for it."""
        return self.ceiling if self.state in HELD else Decimal(0)


@dataclass(frozen=True)
class KeptFile:
    """One file of a take."""

    name: str
    """Its media name (`Home.path`)."""
    sha256: str
    """64 hex digits."""
    size: int
    """Bytes."""
    source: str
    """Where the service holds it; empty if it came within the answer."""
    attempt: int
    """The id of the attempt that brought it."""


@dataclass(frozen=True)
class Entry:
    """One take of the ledger."""

    id: int
    key: str
    shot: Shot
    film_id: str
    scene_id: str
    picture_id: str
    asked: str
    """Digest of what the user first asked for."""
    attempts: tuple[Attempt, ...]
    """In the order they were made."""
    files: tuple[KeptFile, ...]
    revised_to: str
    """The key of the take that a safety revision made of it; empty if there is none."""
    diff: str
    """What that revision changed."""
    take: Take | None
    planned: datetime

    @property
    def state(self) -> EntryState:
        """The latest attempt's."""
        return self.attempts[-1].state if self.attempts else "planned"

    @property
    def held(self) -> Decimal:
        """Dollars set aside."""
        return sum((attempt.held for attempt in self.attempts), Decimal(0))

    @property
    def charged(self) -> Decimal:
        """Dollars spent."""
        return sum((attempt.charged or Decimal(0) for attempt in self.attempts), Decimal(0))


@dataclass(frozen=True)
class Transition:
    """One line of the audit trail."""

    at: datetime
    state: str
    """What the entry or the attempt became: a state, or "kept" or "revised"."""
    reason: str
    correlation: str
    """Of the attempt; empty where it concerns the whole entry."""
    event: str
    """All that was recorded, as JSON."""
