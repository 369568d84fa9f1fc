"""Paying once for what is no take: words, a spoken sentence, a picture. The one `Till`.

The money is set aside, the request is noted before its first byte leaves, and settled once what was
bought is on disk. A process that died in between may have paid: what it asked for counts as the
most it can cost. Neither that nor what was charged and never came is asked for again by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import count
from typing import TypeVar

from ..errors import (
    Cancelled,
    MoneyError,
    ResolveTakes,
    ServiceError,
    StorageError,
    SwitchOnBuying,
)
from ..home import Home
from ..money import BUYING_OFF, dollars
from ..settings import Settings
from ..till import Bought, LastWord, NotHad, Purchase
from ..values import digest
from ..work import Cancel
from .bills import note_bill, tear_up
from .holding import holding
from .ledger import Caps, Lease, Ledger, Spending
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
        *,
        kept: Callable[[], T | None],
        ask: Callable[[LastWord], Awaitable[Bought[Raw] | NotHad]],
        keep: Callable[[Raw], T],
        cancel: Cancel,
    ) -> T:
        """See `Till.buy`."""
        if (found := await asyncio.to_thread(kept)) is not None:
            return found
        settings = await asyncio.to_thread(self.settings.as_of_now)
        if not settings.buying.on:
            raise SwitchOnBuying(self.off)
        ceiling = purchase.price()
        async with AsyncExitStack() as stack:
            ledger = self.ledger or stack.enter_context(
                await asyncio.to_thread(open_ledger, self.home, self.settings)
            )
            lasts = self.settings.ledger.lease
            claim = partial(ledger.claim, purchase.key, seconds=lasts)
            lease = await stack.enter_async_context(holding(claim, seconds=lasts, cancel=cancel))
            # Whoever held the lease may have bought it meanwhile.
            if (found := await asyncio.to_thread(kept)) is not None:
                return found
            caps = caps_of(settings)
            spending = await asyncio.to_thread(
                self._set_aside, purchase, ceiling, caps, ledger, lease
            )
            errand = _Errand(self._named(purchase), spending, ledger, lease, self.home)
            return await errand.run(ask, keep)

    def _set_aside(
        self, purchase: Purchase, ceiling: Decimal, caps: Caps, ledger: Ledger, lease: Lease
    ) -> Spending:
        return ledger.spend(
            self.what,
            model=purchase.model,
            film_id=self.film_id,
            ceiling=ceiling,
            caps=caps,
            key=_next_request(purchase, self._named(purchase), ledger),
            lease=lease,
        )

    def _named(self, purchase: Purchase) -> str:
        return purchase.name or f"the {self.what}"


@dataclass
class _Errand:
    """One request, from the money that is set aside to what it brought."""

    name: str
    spending: Spending
    ledger: Ledger
    lease: Lease
    home: Home
    sent: bool = False

    async def run(
        self,
        ask: Callable[[LastWord], Awaitable[Bought[Raw] | NotHad]],
        keep: Callable[[Raw], T],
    ) -> T:
        try:
            answer = await ask(self._last_word)
        except (Cancelled, ServiceError, MoneyError) as error:
            # Raised between two tries or before the first byte, so nothing was taken.
            await self._settle(Decimal(0), error.user_message, delivered=False)
            raise
        except BaseException:
            # Whoever runs us ends, or a fault of our own.
            await self._broken_off()
            raise
        if isinstance(answer, Bought):
            return await self._delivered(answer, keep)
        if answer.charged is not None:
            await self._settle(answer.charged, answer.error.user_message, delivered=False)
            raise answer.error
        await self._lose(answer.error.user_message)
        if isinstance(answer.error, Cancelled):
            raise answer.error
        # To run again is not what helps.
        told = answer.error.user_message.rstrip(".").partition("; run again")[0]
        why = f"{told}, and "
        raise _unknown(self.name, self.spending, why)

    async def _last_word(self) -> None:
        # A process that was asleep may find that another one has taken over meanwhile.
        self.lease.check()
        await asyncio.to_thread(self.ledger.send_spending, self.spending, self.lease)
        self.sent = True

    async def _delivered(self, answer: Bought[Raw], keep: Callable[[Raw], T]) -> T:
        if answer.charged is None:
            value = await asyncio.to_thread(keep, answer.value)
            await self._lose("it came, and the service did not say what it cost")
            return value
        charged = answer.charged
        noting = partial(note_bill, self.spending, charged, self.home)
        with suppress(StorageError):
            # It is for who dies here; what came is to be kept all the same.
            await asyncio.to_thread(self.ledger.insist, noting)
        try:
            value = await asyncio.to_thread(self.ledger.insist, partial(keep, answer.value))
        except StorageError as error:
            told = error.user_message.rstrip(".")
            await self._settle(charged, f"it came, and was not kept: {told}", delivered=True)
            raise type(error)(
                f"{told}; {dollars(charged)} were paid for {self.name}, which came and could not be"
                " kept."
            ) from error
        await self._settle(charged, answer.note or self.name, delivered=True)
        return value

    async def _broken_off(self) -> None:
        if not self.sent:
            await self._settle(Decimal(0), "stopped before it was sent", delivered=False)
            return
        await self._lose("stopped while it was being sent")

    async def _lose(self, reason: str) -> None:
        await asyncio.to_thread(partial(self.ledger.lose_spending, self.spending, reason=reason))

    async def _settle(self, charged: Decimal, reason: str, *, delivered: bool) -> None:
        settled = partial(
            self.ledger.settle_spending,
            self.spending,
            charged=charged,
            reason=reason,
            delivered=delivered,
        )
        await asyncio.to_thread(settled)
        await asyncio.to_thread(tear_up, self.spending, self.home)


def _next_request(purchase: Purchase, name: str, ledger: Ledger) -> str:
    """The key of a request that nobody made yet.

    Raises:
        ResolveTakes: an earlier one may have been paid, or was.
    """
    for number in count(1):
        key = digest("request", purchase.key, number)
        known = ledger.spending(key)
        if known is None:
            return key
        if known.charged is None:
            raise _unknown(name, known, "An earlier request for it was broken off, and ")
        if known.state == "written off":
            raise ResolveTakes(
                f"A request for {name} was written off, so it is not asked for again by"
                f" itself; {_allowed(known)}"
            )
        if known.state == "settled":
            raise ResolveTakes(
                f"{dollars(known.charged)} were paid for {name}, which is gone from the"
                f" disk and is not bought twice: bring the file back, or {_allowed(known)}"
            )
        if known.state == "failed" and known.charged:
            why = f" ({known.reason.rstrip('.')})" if known.reason else ""
            raise ResolveTakes(
                f"{dollars(known.charged)} were charged for {name}, which did not come{why}, so it"
                f" is not asked for again by itself; {_allowed(known)}"
            )
    raise AssertionError("there is always another number")


def _unknown(name: str, spending: Spending, why: str) -> ResolveTakes:
    return ResolveTakes(
        f"{why}nobody knows whether {name} was paid: it counts as {dollars(spending.ceiling)} and"
        f" is not asked for again by itself; {_allowed(spending)}"
    )


def _allowed(spending: Spending) -> str:
    return (
        f"`python -m onereel ledger try-again {spending.key[:8]}` allows that, and so does Money in"
        " the panel."
    )
