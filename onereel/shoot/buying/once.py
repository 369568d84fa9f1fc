"""Paying once for what is no take: words, a spoken sentence, a picture. The one `Till`.

The money is set aside, the request is noted before its first byte leaves, what comes is noted as it
is with what it cost, then kept, then settled. A process that died before it had noted what came may
have paid: what it asked for counts as the most it can cost. Neither that nor what was charged and
never came is asked for again by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import count
from typing import TypeVar

from ...errors import (
    Cancelled,
    MoneyError,
    ResolveTakes,
    ServiceError,
    StorageError,
    SwitchOnBuying,
)
from ...files import check_room
from ...home import Home
from ...money import BUYING_OFF, dollars
from ...settings import Settings
from ...till import Bought, Keeping, LastWord, NotHad, Purchase
from ...values import digest
from ...work import Cancel
from ..ledger import Caps, Lease, Ledger, Spending
from .bills import has_bills, note_bill, tear_up, what_came
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
            had = partial(self._had, purchase, keeping, ledger)
            if (found := await asyncio.to_thread(had)) is not None:
                return found
            spending = await asyncio.to_thread(self._set_aside, purchase, keeping, ledger, lease)
            errand = _Errand(self._named(purchase), spending, ledger, lease, self.home)
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

    def _had(self, purchase: Purchase, keeping: Keeping[Raw, T], ledger: Ledger) -> T | None:
        """What whoever held the lease bought meanwhile, or could not keep: then it is kept now."""
        if (found := keeping.find()) is not None:
            return found
        for known in _requests(purchase, ledger):
            came = what_came(known, ledger, self.home)
            raw = None if came is None else keeping.unpack(came)
            if raw is not None:
                value = ledger.insist(partial(keeping.keep, raw))
                tear_up(known, self.home)
                return value
        return None

    def _set_aside(
        self, purchase: Purchase, keeping: Keeping[Raw, T], ledger: Ledger, lease: Lease
    ) -> Spending:
        ceiling, caps = self._allowed(purchase, keeping)
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
        keeping: Keeping[Raw, T],
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
            return await self._delivered(answer, keeping)
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

    async def _delivered(self, answer: Bought[Raw], keeping: Keeping[Raw, T]) -> T:
        noted = await asyncio.to_thread(self._noted, answer, keeping)
        try:
            keep = partial(keeping.keep, answer.value)
            value = await asyncio.to_thread(self.ledger.insist, keep)
        except StorageError as error:
            told = error.user_message.rstrip(".")
            await self._paid(answer, f"it came, and was not kept: {told}")
            raise type(error)(f"{told}; {self._unkept(answer.charged, noted=noted)}") from error
        await self._paid(answer, answer.note or self.name)
        await asyncio.to_thread(tear_up, self.spending, self.home)
        return value

    def _noted(self, answer: Bought[Raw], keeping: Keeping[Raw, T]) -> bool:
        """Note what came, for whoever finds it after we died; it is to be kept all the same."""
        packed = keeping.pack(answer.value)
        noting = partial(
            note_bill, self.spending, answer.charged, packed, keeping.places, self.home
        )
        with suppress(StorageError):
            self.ledger.insist(noting)
            return bool(keeping.places)
        return False

    async def _paid(self, answer: Bought[Raw], reason: str) -> None:
        if answer.charged is None:
            await self._lose("it came, and the service did not say what it cost")
        else:
            await self._settle(answer.charged, reason, delivered=True)

    def _unkept(self, charged: Decimal | None, *, noted: bool) -> str:
        cost = f"at most {dollars(self.spending.ceiling)}" if charged is None else dollars(charged)
        paid = f"{cost} were paid for {self.name}, which came and could not be kept"
        return f"{paid} there: run again once it can." if noted else f"{paid}."

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


def _requests(purchase: Purchase, ledger: Ledger) -> Iterator[Spending]:
    """The requests for it that were made, the first first."""
    for number in count(1):
        known = ledger.spending(_request(purchase, number))
        if known is None:
            return
        yield known


def _request(purchase: Purchase, number: int) -> str:
    return digest("request", purchase.key, number)


def _next_request(purchase: Purchase, name: str, ledger: Ledger) -> str:
    """The key of a request that nobody made yet.

    Raises:
        ResolveTakes: an earlier one may have been paid, or was.
    """
    made = tuple(_requests(purchase, ledger))
    for known in made:
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
    return _request(purchase, len(made) + 1)


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
