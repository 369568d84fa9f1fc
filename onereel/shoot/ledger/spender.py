"""Money for what is no take, such as a script: set aside, sent, then settled."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from ...errors import ChooseTake, FreeDisk
from ..states import SpendingState
from .ballast import Ballast
from .books import Books
from .budget import Caps, check_caps, day_of, read_totals
from .events import Spent
from .leases import Lease, awake, take_lease
from .reader import Reader
from .records import Spending
from .steps import (
    free_what_was_left,
    hold,
    put_item_in_order,
    spend_on,
    spending_on,
)

__all__ = ["Spender"]

T = TypeVar("T")


class Spender(Reader):
    """The part of the ledger that knows no takes."""

    def __init__(self, books: Books, ballast: Ballast) -> None:
        super().__init__(books.database)
        self._books = books
        self._ballast = ballast

    def claim(self, item: str, *, seconds: float = 60) -> Lease | None:
        """Take the lease of what is no take, and has a key, such as a picture; None while somebody
        else holds it. What its last buyer left behind is put in order, as `Ledger.lease` does."""
        since = awake()
        with self._books.writing() as page:
            token = take_lease(page, item, seconds)
            if token is None:
                return None
            put_item_in_order(page, item)
        return Lease(self._books, item, token, seconds, since)

    def spend(
        self,
        what: str,
        *,
        model: str,
        film_id: str,
        ceiling: Decimal,
        caps: Caps,
        lease: Lease,
        key: str = "",
    ) -> Spending:
        """Set `ceiling` dollars aside, within the caps, for what is no take, such as a script.

        Until `settle_spending` says what it did cost, it counts as the most it can.

        Args:
            lease: of the item that is bought; without it, what is set aside is given back.
            key: by which the request is found again (32 hex digits); no other spending has it.

        Raises:
            RaiseCap: a cap would be passed.
            WaitForOther: the lease is lost.
            FreeDisk: there is no room to write down how it ends.
        """
        self._ballast.load()
        with self._books.writing() as page:
            hold(page, lease)
            day = day_of(page.at, caps.zone)
            free_what_was_left(page)
            totals = read_totals(page.session, film_id=film_id, day=day)
            check_caps(caps, totals, ceiling, what=f"The {what}")
            event = Spent(
                at=page.at,
                key=key or uuid.uuid4().hex,
                what=what,
                model=model,
                film_id=film_id,
                day=day,
                ceiling=ceiling,
                item=lease.key,
                state="reserved",
            )
            page.post(event)
            return spending_on(page, event.key)

    def send_spending(self, spending: Spending, lease: Lease) -> None:
        """Say that its first byte is about to leave: from now on nobody may give it back.

        Raises:
            WaitForOther: the lease is lost; it must not be sent.
        """
        with self._books.writing() as page:
            hold(page, lease)
            spend_on(page, spending, "submitting")

    def insist(self, write: Callable[[], T]) -> T:
        """Write what a service took or sent, whatever else filled the disk meanwhile.

        Raises:
            FreeDisk: there is no room even so.
        """
        try:
            return write()
        except FreeDisk:
            if not self._ballast.drop():
                raise
            return write()

    def lose_spending(self, spending: Spending, *, reason: str) -> None:
        """Say that nobody knows whether it was taken: it counts as the most it can cost."""
        self.insist(lambda: self._become(spending, "unknown", reason=reason))

    def settle_spending(
        self, spending: Spending, *, charged: Decimal, reason: str = "", delivered: bool = True
    ) -> None:
        """Say what it did cost, and whether what it was for is there."""
        state: SpendingState = "settled" if delivered else "failed"
        self.insist(lambda: self._become(spending, state, charged=charged, reason=reason))

    def _become(
        self,
        spending: Spending,
        state: SpendingState,
        *,
        charged: Decimal | None = None,
        reason: str,
    ) -> None:
        with self._books.writing() as page:
            spend_on(page, spending, state, charged=charged, reason=reason)

    def write_off_spending(self, key: str, reason: str) -> Spending:
        """Give up a request of unknown outcome: it leaves the caps and stays in the ledger; what
        it was for is not asked for again by itself.

        Raises:
            ChooseTake: its outcome is known, or somebody waits for it.
        """
        with self._books.writing() as page:
            spending = spending_on(page, key)
            if spending.state not in ("unknown", "written off"):
                raise ChooseTake(
                    f"The {spending.what} {key[:8]} is {spending.state}; only a request of unknown"
                    " outcome can be written off."
                )
            spend_on(page, spending, "written off", charged=Decimal(0), reason=reason)
            return spending_on(page, key)

    def try_spending_again(self, key: str, reason: str) -> Spending:
        """Let what a request was for be bought anew. What it was charged stays in the books.

        Raises:
            ChooseTake: somebody waits for it, or nothing was charged.
        """
        with self._books.writing() as page:
            spending = spending_on(page, key)
            charged = spending.charged or Decimal(0)
            if not spending.may_be_tried_again and spending.state != "abandoned":
                raise ChooseTake(
                    f"The {spending.what} {key[:8]} is {spending.state}; only a request of unknown"
                    " outcome, or one that was charged and whose result never came or is gone, can"
                    " be given up for another."
                )
            spend_on(page, spending, "abandoned", charged=charged, reason=reason)
            return spending_on(page, key)
