"""One request for what is no take, from the money that is set aside to what it brought."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeVar

from ...errors import Cancelled, MoneyError, ResolveTakes, ServiceError, StorageError
from ...home import Home
from ...money import dollars
from ...till import Bought, Keeping, LastWord, NotHad
from ..ledger import Lease, Ledger, Spending
from .bills import note_bill, tear_up

__all__ = ["Errand", "allowance", "unknown"]

T = TypeVar("T")
Raw = TypeVar("Raw")


@dataclass
class Errand:
    """One request."""

    name: str
    """What it is for, in a sentence."""
    spending: Spending
    ledger: Ledger
    lease: Lease
    home: Home
    sent: bool = False
    """Whether its first byte may have left."""

    async def run(
        self,
        ask: Callable[[LastWord], Awaitable[Bought[Raw] | NotHad]],
        keeping: Keeping[Raw, T],
    ) -> T:
        """Send it by `ask`, and return what is kept of what came; raises as `Till.buy`."""
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
        raise unknown(self.name, self.spending, why)

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
        await asyncio.to_thread(tear_up, self.spending.key, self.home)
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


def unknown(name: str, spending: Spending, why: str) -> ResolveTakes:
    """The error of a request that may have been paid; `why` begins its sentence."""
    return ResolveTakes(
        f"{why}nobody knows whether {name} was paid: it counts as {dollars(spending.ceiling)} and"
        f" is not asked for again by itself; {allowance(spending)}"
    )


def allowance(spending: Spending) -> str:
    """How the owner lets it be asked for again."""
    return (
        f"`python -m onereel ledger try-again {spending.key[:8]}` allows that, and so does Money in"
        " the panel."
    )
