"""What the ledger tells: entries, their attempts and files, and what happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ..shot import Shot
from ..states import HELD, UNRESOLVED, AttemptState, EntryState, SpendingState, telling
from ..take import Take

__all__ = ["Attempt", "Entry", "KeptFile", "Spending", "Transition"]


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
    put_away: bool
    """Whether it was taken off the list."""

    @property
    def told_by(self) -> Attempt | None:
        """The attempt that says how the take stands (`telling`)."""
        number = telling([attempt.state for attempt in self.attempts])
        return None if number is None else self.attempts[number]

    @property
    def state(self) -> EntryState:
        """That attempt's."""
        return self.told_by.state if self.told_by else "planned"

    @property
    def unresolved(self) -> Attempt | None:
        """The latest attempt that was sent, and neither came home nor was given up."""
        sent = (each for each in reversed(self.attempts) if each.state in UNRESOLVED)
        return next(sent, None)

    @property
    def under_way(self) -> Attempt | None:
        """The attempt whose clip is on its way. Of a take that is here already it is one that was
        given up for another, and is paid too."""
        running = (each for each in self.attempts if each.state in ("submitted", "downloaded"))
        return next(running, None)

    @property
    def clips(self) -> tuple[KeptFile, ...]:
        """The take's own clip and what came with it, without what other attempts brought."""
        brought = {file.name: file.attempt for file in self.files}
        mine = brought.get(self.take.clip) if self.take else None
        return tuple(file for file in self.files if mine in (None, file.attempt))

    @property
    def held(self) -> Decimal:
        """Dollars set aside."""
        return sum((attempt.held for attempt in self.attempts), Decimal(0))

    @property
    def charged(self) -> Decimal:
        """Dollars spent."""
        return sum((attempt.charged or Decimal(0) for attempt in self.attempts), Decimal(0))


@dataclass(frozen=True)
class Spending:
    """Money for what is no take, such as a script."""

    key: str
    what: str
    """What was bought: "script"."""
    model: str
    film_id: str
    """The film that pays for it."""
    day: str
    """The owner's calendar day it counts against, as "2026-11-21"."""
    ceiling: Decimal
    """Dollars that it can cost at most."""
    charged: Decimal | None
    """Dollars that it did cost; None while nobody knows, and its ceiling stays set aside."""
    reason: str
    item: str
    """The key of what was bought, perhaps by several requests; empty where nobody noted it."""
    state: SpendingState
    """Unknown too where whoever was sending it is gone."""
    at: datetime

    @property
    def held(self) -> Decimal:
        """Dollars set aside."""
        return self.ceiling if self.charged is None else Decimal(0)

    @property
    def may_be_tried_again(self) -> bool:
        """Whether the owner may let it be bought anew: it may have been paid, or was, and its
        result never came or is gone. What is there is not bought anew all the same."""
        over = self.state in ("settled", "failed") and bool(self.charged)
        return over or self.state in ("unknown", "written off")


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
