"""Paying once for what is no take: words, a spoken sentence, a picture. The one `Till`.

The money is set aside, the request is noted before its first byte leaves, what comes is noted as it
is with what it cost, then kept, then settled. A process that died before it had noted what came may
have paid: what it asked for counts as the most it can cost. Neither that nor what was charged and
never came is asked for again by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import count
from typing import TypeVar

from ...errors import (
    ResolveTakes,
    SwitchOnBuying,
    WaitForOther,
)
from ...files import check_room
from ...home import Home
from ...money import BUYING_OFF, dollars
from ...settings import Settings
from ...till import Bought, Keeping, LastWord, NotHad, Purchase
from ...values import digest
from ...work import Cancel
from ..ledger import Caps, Lease, Ledger, Spending
from .bills import has_bills, tear_up, what_came
from .errand import Errand, allowance, unknown
from .holding import holding
from .opening import caps_of, open_ledger

__all__ = ["Once"]

T = TypeVar("T")
Raw = TypeVar("Raw")


@dataclass(frozen=True)
class Once:
    """A `Till` for one film."""

    film_id: str
    what: str
    """What is bought, for the ledger: "picture", "script"."""
    home: Home
    settings: Settings
    off: str = BUYING_OFF
    """What to say while buying is off."""
    ledger: Ledger | None = None
    """One that is open already; else it is opened for each purchase."""

    async def buy(
        self,
        purchase: Purchase,
        keeping: Keeping[Raw, T],
        *,
        ask: Callable[[LastWord], Awaitable[Bought[Raw] | NotHad]],
        cancel: Cancel,
    ) -> T:
        """See `Till.buy`."""
        try:
            return await self._buy(purchase, keeping, ask, cancel)
        except WaitForOther:
            # This process was held up before it sent anything, and another one may have taken over:
            # what that one gets is wanted here.
            return await self._buy(purchase, keeping, ask, cancel)

    async def _buy(
        self,
        purchase: Purchase,
        keeping: Keeping[Raw, T],
        ask: Callable[[LastWord], Awaitable[Bought[Raw] | NotHad]],
        cancel: Cancel,
    ) -> T:
        if (found := await asyncio.to_thread(keeping.find)) is not None:
            return found
        if not await asyncio.to_thread(has_bills, self.home):
            # Who may not buy waits for nobody.
            await asyncio.to_thread(self._allowed, purchase, keeping)
        async with AsyncExitStack() as stack:
            ledger = self.ledger or stack.enter_context(
                await asyncio.to_thread(open_ledger, self.home, self.settings)
            )
            lasts = self.settings.ledger.lease
            claim = partial(ledger.claim, purchase.key, seconds=lasts)
            lease = await stack.enter_async_context(holding(claim, seconds=lasts, cancel=cancel))
            earlier = partial(self._had, purchase, keeping, ledger)
            found, request = await asyncio.to_thread(earlier)
            if found is not None:
                return found
            aside = partial(self._set_aside, request, purchase, keeping, ledger, lease)
            spending = await asyncio.to_thread(aside)
            errand = Errand(self._named(purchase), spending, ledger, lease, self.home)
            return await errand.run(ask, keeping)

    def _allowed(self, purchase: Purchase, keeping: Keeping[Raw, T]) -> tuple[Decimal, Caps]:
        """What it can cost at most, and the caps as they are now.

        Raises:
            SwitchOnBuying, EnterPrice: it may not be bought.
            FreeDisk, MakeWritable, StorageError: it could not be kept.
        """
        settings = self.settings.as_of_now()
        if not settings.buying.on:
            raise SwitchOnBuying(self.off)
        ceiling = purchase.price()
        for place in keeping.places[:1]:
            check_room(place, size=keeping.room)
        return ceiling, caps_of(settings)

    def _had(
        self, purchase: Purchase, keeping: Keeping[Raw, T], ledger: Ledger
    ) -> tuple[T | None, str]:
        """What whoever held the lease bought meanwhile, or could not keep: then it is kept now.
        Where there is nothing, the key of a request that nobody made yet.

        Raises:
            ResolveTakes: an earlier request may have been paid, or was.
        """
        if (found := keeping.find()) is not None:
            return found, ""
        refusals: list[ResolveTakes] = []
        for number in count(1):
            request = digest("request", purchase.key, number)
            came = what_came(request, ledger, self.home)
            raw = None if came is None else keeping.unpack(came)
            if raw is not None:
                value = ledger.insist(partial(keeping.keep, raw))
                tear_up(request, self.home)
                return value, ""
            known = ledger.spending(request)
            if known is None:
                break
            if refusal := _refusal(known, self._named(purchase)):
                refusals.append(refusal)
        if refusals:
            raise refusals[0]
        return None, request

    def _set_aside(
        self,
        request: str,
        purchase: Purchase,
        keeping: Keeping[Raw, T],
        ledger: Ledger,
        lease: Lease,
    ) -> Spending:
        ceiling, caps = self._allowed(purchase, keeping)
        return ledger.spend(
            self.what,
            model=purchase.model,
            film_id=self.film_id,
            ceiling=ceiling,
            caps=caps,
            key=request,
            lease=lease,
        )

    def _named(self, purchase: Purchase) -> str:
        return purchase.name or f"the {self.what}"


def _refusal(earlier: Spending, name: str) -> ResolveTakes | None:
    """Why an earlier request keeps a thing from being asked for again; None where it does not."""
    charged = dollars(earlier.charged or Decimal(0))
    if earlier.charged is None:
        return unknown(name, earlier, "An earlier request for it was broken off, and ")
    if earlier.state == "written off":
        return ResolveTakes(
            f"A request for {name} was written off, so it is not asked for again by itself;"
            f" {allowance(earlier)}"
        )
    if earlier.state == "settled":
        return ResolveTakes(
            f"{charged} were paid for {name}, which is gone from the disk and is not bought twice:"
            f" bring the file back, or {allowance(earlier)}"
        )
    if earlier.state == "failed" and earlier.charged:
        why = f" ({earlier.reason.rstrip('.')})" if earlier.reason else ""
        return ResolveTakes(
            f"{charged} were charged for {name}, which did not come{why}, so it is not asked for"
            f" again by itself; {allowance(earlier)}"
        )
    return None
