"""Money for what is no take, such as a script: set aside, then settled."""

from __future__ import annotations

import uuid
from decimal import Decimal

from .ballast import Ballast
from .books import Books
from .budget import Caps, check_caps, day_of, read_totals
from .events import Spent
from .masking import masked
from .reader import Reader
from .records import Spending
from .steps import free_what_was_left, spending_on

__all__ = ["Spender"]


class Spender(Reader):
    """The part of the ledger that knows no takes."""

    def __init__(self, books: Books, ballast: Ballast) -> None:
        super().__init__(books.database)
        self._books = books
        self._ballast = ballast

    def spend(
        self, what: str, *, model: str, film_id: str, ceiling: Decimal, caps: Caps
    ) -> Spending:
        """Set `ceiling` dollars aside, within the caps, for what is no take, such as a script.

        Until `settle_spending` says what it did cost, it counts as the most it can.

        Raises:
            RaiseCap: a cap would be passed.
            FreeDisk: there is no room to write down how it ends.
        """
        self._ballast.load()
        with self._books.writing() as page:
            day = day_of(page.at, caps.zone)
            free_what_was_left(page)
            totals = read_totals(page.session, film_id=film_id, day=day)
            check_caps(caps, totals, ceiling, what=f"The {what}")
            event = Spent(
                at=page.at,
                key=uuid.uuid4().hex,
                what=what,
                model=model,
                film_id=film_id,
                day=day,
                ceiling=ceiling,
            )
            page.post(event)
            return spending_on(page, event.key)

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
