"""Money for what is no take, such as a script: set aside, then settled."""

from __future__ import annotations

import uuid
from decimal import Decimal

from ...errors import ChooseTake
from .ballast import Ballast
from .books import Books
from .budget import Caps, check_caps, day_of, read_totals
from .events import Spent
from .leases import Lease, awake, take_lease
from .masking import masked
from .reader import Reader
from .records import Spending
from .steps import free_what_was_left, hold, spending_on

__all__ = ["Spender"]


class Spender(Reader):
    """The part of the ledger that knows no takes."""

    def __init__(self, books: Books, ballast: Ballast) -> None:
        super().__init__(books.database)
        self._books = books
        self._ballast = ballast

    def claim(self, key: str, *, seconds: float = 60) -> Lease | None:
        """Take the lease of what is no take, and has a key, such as a picture; None while somebody
        else holds it."""
        since = awake()
        with self._books.writing() as page:
            token = take_lease(page, key, seconds)
        return None if token is None else Lease(self._books, key, token, seconds, since)

    def spend(
        self,
        what: str,
        *,
        model: str,
        film_id: str,
        ceiling: Decimal,
        caps: Caps,
        key: str = "",
        lease: Lease | None = None,
    ) -> Spending:
        """Set `ceiling` dollars aside, within the caps, for what is no take, such as a script.

        Until `settle_spending` says what it did cost, it counts as the most it can.

        Args:
            key: by which it is found again (32 hex digits); no other spending has it.
            lease: what has to be held for it.

        Raises:
            RaiseCap: a cap would be passed.
            WaitForOther: the lease is lost.
            FreeDisk: there is no room to write down how it ends.
        """
        self._ballast.load()
        with self._books.writing() as page:
            if lease is not None:
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
            )
            page.post(event)
            return spending_on(page, event.key)

    def give_up(self, spending: Spending, reason: str) -> None:
        """Let what a spending of unknown outcome was for be bought anew: it leaves the caps, and
        stays in the ledger.

        Raises:
            ChooseTake: what it cost is known.
        """
        if spending.charged is not None:
            raise ChooseTake(
                f"What {spending.key[:8]} cost is known; only a request of unknown outcome can be"
                " given up."
            )
        self.settle_spending(spending, charged=Decimal(0), reason=reason)

    def settle_spending(self, spending: Spending, *, charged: Decimal, reason: str = "") -> None:
        """Say what it did cost."""
        with self._books.writing() as page:
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
                )
            )
