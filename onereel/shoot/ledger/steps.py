"""The steps that the ledger's methods are made of, on the page of one transaction."""

from __future__ import annotations

import logging
from decimal import Decimal

from ...errors import ChooseTake
from ...library.tables import AttemptRow
from ..states import NEXT, AttemptState, SpendingState
from ..take import Take
from .books import Page
from .entries import as_attempt
from .events import Moved, Plan, Request, Spent
from .leases import Lease, holds, lost, revoke
from .masking import masked
from .reading import find_entry, find_left
from .records import Attempt, Entry, Spending
from .spent import find_items_left, find_of_item, find_spending

__all__ = [
    "attempt_on",
    "entry_on",
    "free_what_was_left",
    "hold",
    "move",
    "plan_of",
    "put_in_order",
    "put_item_in_order",
    "request_of",
    "spend_on",
    "spending_on",
]

_LOG = logging.getLogger("onereel")
_FREE = frozenset[AttemptState]({"refused", "failed", "written off", "abandoned"})


def entry_on(page: Page, key: str) -> Entry:
    """The entry of a key.

    Raises:
        ChooseTake: there is none.
    """
    entry = find_entry(page.session, key)
    if entry is None:
        raise ChooseTake(
            f"The ledger has no take {key[:8]}; python -m onereel ledger list shows what it has."
        )
    return entry


def spending_on(page: Page, key: str) -> Spending:
    """The spending of a key.

    Raises:
        ChooseTake: there is none.
    """
    spending = find_spending(page.session, key)
    if spending is None:
        raise ChooseTake(
            f"The ledger has no request {key[:8]!a}; python -m onereel ledger list shows what"
            " it has."
        )
    return spending


def spend_on(
    page: Page,
    spending: Spending,
    state: SpendingState,
    *,
    charged: Decimal | None = None,
    reason: str = "",
) -> None:
    """Take a spending to its next state."""
    page.post(
        Spent(
            at=page.at,
            key=spending.key,
            what=spending.what,
            model=spending.model,
            film_id=spending.film_id,
            day=spending.day,
            ceiling=spending.ceiling,
            charged=charged,
            reason=masked(reason),
            item=spending.item,
            state=state,
        )
    )


def attempt_on(page: Page, attempt_id: int) -> Attempt:
    """The attempt of an id.

    Raises:
        ChooseTake: there is none.
    """
    row = page.session.get(AttemptRow, attempt_id)
    if row is None:
        raise ChooseTake(
            f"The ledger has no attempt {attempt_id}; python -m onereel ledger show KEY lists those"
            " of a take."
        )
    return as_attempt(row, row.take.key)


def plan_of(entry: Entry) -> Plan:
    """What the entry was planned as."""
    return Plan(
        shot=entry.shot,
        film_id=entry.film_id,
        scene_id=entry.scene_id,
        picture_id=entry.picture_id,
        asked=entry.asked,
    )


def request_of(attempt: Attempt) -> Request:
    """What every event of an attempt repeats."""
    return Request(
        correlation=attempt.correlation,
        ceiling=attempt.ceiling,
        film_id=attempt.film_id,
        day=attempt.day,
        folder=attempt.folder,
        started=attempt.started,
    )


def put_in_order(page: Page, key: str) -> None:
    """Close what an owner that is gone left half-done."""
    for attempt in entry_on(page, key).attempts:
        if attempt.state == "reserved":
            move(page, attempt, "failed", reason="stopped before it was sent")
        elif attempt.state == "submitting":
            move(page, attempt, "unknown", reason="stopped while it was being sent")


def put_item_in_order(page: Page, item: str) -> None:
    """Close the requests for an item whose buyer is gone: one that was never sent is free."""
    for spending in find_of_item(page.session, item, "reserved"):
        reason = "stopped before it was sent"
        spend_on(page, spending, "failed", charged=Decimal(0), reason=reason)
    for spending in find_of_item(page.session, item, "submitting"):
        spend_on(page, spending, "unknown", reason="stopped while it was being sent")


def free_what_was_left(page: Page) -> None:
    """Give back what crashed processes set aside for requests that were never sent."""
    for key in find_left(page.session, page.at):
        revoke(page, key)
        put_in_order(page, key)
    for item in find_items_left(page.session, page.at):
        revoke(page, item)
        put_item_in_order(page, item)


def hold(page: Page, lease: Lease, attempt: Attempt | None = None) -> None:
    """Make sure that nobody took the lease, and that the attempt is of its take.

    Raises:
        WaitForOther: somebody did.
    """
    if holds(page.session, lease) is None or (attempt and attempt.key != lease.key):
        raise lost(lease.key)


def move(
    page: Page,
    attempt: Attempt,
    to: AttemptState,
    *,
    reason: str = "",
    operation: str = "",
    charged: Decimal | None = None,
    answer: str = "",
    take: Take | None = None,
) -> Attempt:
    """Take an attempt to its next state; where it is there already, note what is new.

    Raises:
        ValueError: no such step exists.
    """
    if to != attempt.state and to not in NEXT[attempt.state]:
        raise ValueError(f"an attempt that is {attempt.state} cannot become {to}")
    if to == attempt.state:
        if not (answer or operation not in ("", attempt.operation)):
            return attempt
        reason, charged = reason or attempt.reason, attempt.charged
    elif to in _FREE and charged is None:
        charged = Decimal(0)
    if charged is not None and charged > attempt.ceiling:
        _LOG.warning(
            "take %s, attempt %s: charged %s dollars, above its ceiling of %s",
            *(attempt.key[:8], attempt.correlation, charged, attempt.ceiling),
            extra={"correlation": attempt.correlation},
        )
    page.post(
        Moved(
            at=page.at,
            key=attempt.key,
            attempt=request_of(attempt),
            was=attempt.state,
            state=to,
            reason=masked(reason),
            operation=operation,
            charged=charged,
            answer=masked(answer),
            take=take,
        )
    )
    return attempt_on(page, attempt.id)
