"""Paying once for what is no take and has a key that says all that determines it: a picture.

The money is set aside before the request leaves, and settled once what was bought is on disk.
Between the two the ledger counts the most that it can cost: a process that died there may have
paid, so what it asked for is not asked for again by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import count
from typing import TypeVar

from ..errors import Cancelled, MoneyError, ResolveTakes, ServiceError
from ..money import dollars
from ..settings import Settings
from ..values import digest
from ..work import Cancel
from .holding import holding
from .ledger import Lease, Ledger, Spending
from .opening import caps_of
from .service import NotSubmitted

__all__ = ["LastWord", "Purchase", "Purse", "buy_once"]

LastWord = Callable[[], Awaitable[None]]
"""Awaited before the first byte of a paid request leaves; what it raises stops the request."""

T = TypeVar("T")


@dataclass(frozen=True)
class Purse:
    """Who pays."""

    ledger: Ledger
    settings: Settings
    film_id: str
    cancel: Cancel


@dataclass(frozen=True)
class Purchase:
    """What is to be bought."""

    key: str
    """32 hex digits, of all that determines it."""
    what: str
    """What it is, for the ledger: "picture"."""
    name: str
    """Which one it is, in a sentence: "the picture of scene s03"."""
    model: str
    price: Decimal
    """Dollars, exactly."""


async def buy_once(
    purchase: Purchase,
    purse: Purse,
    *,
    kept: Callable[[], T | None],
    ask: Callable[[LastWord], Awaitable[T | NotSubmitted]],
) -> T:
    """Return what is kept of a purchase, or buy it; of all processes that want it one asks.

    Args:
        purchase: what it is.
        purse: who pays.
        kept: looks on the disk; blocking.
        ask: sends the request, keeps on disk what it brought, and returns that.

    Raises:
        RaiseCap: a cap would be passed.
        ResolveTakes: it may have been paid, or was paid and is gone.
        ServiceError: it was not had, and cost nothing.
        StorageError: the disk or the ledger refused.
        Cancelled: the user stopped before anything was sent.
    """
    lasts = purse.settings.ledger.lease
    claim = partial(purse.ledger.claim, purchase.key, seconds=lasts)
    async with holding(claim, seconds=lasts, cancel=purse.cancel) as lease:
        # Whoever held the lease may have bought it meanwhile.
        found = await asyncio.to_thread(kept)
        if found is None:
            found = await _bought(purchase, purse, lease, ask)
        return found


async def _bought(
    purchase: Purchase,
    purse: Purse,
    lease: Lease,
    ask: Callable[[LastWord], Awaitable[T | NotSubmitted]],
) -> T:
    spending = await asyncio.to_thread(_set_aside, purchase, purse, lease)

    async def last_word() -> None:
        # A process that was asleep may find that another one has taken over meanwhile.
        lease.check()

    async def settle(charged: Decimal, reason: str) -> None:
        settled = partial(purse.ledger.settle_spending, spending, charged=charged, reason=reason)
        await asyncio.to_thread(settled)

    try:
        answer = await ask(last_word)
    except (Cancelled, ServiceError, MoneyError) as error:
        # Raised between two tries or before the first byte, so nothing was taken.
        await settle(Decimal(0), error.user_message)
        raise
    if not isinstance(answer, NotSubmitted):
        await settle(purchase.price, purchase.name)
        return answer
    if answer.outcome == "unknown":
        raise _unknown(purchase, spending, f"{answer.error.user_message.rstrip('.')}, and ")
    await settle(Decimal(0), answer.error.user_message)
    raise answer.error


def _set_aside(purchase: Purchase, purse: Purse, lease: Lease) -> Spending:
    return purse.ledger.spend(
        purchase.what,
        model=purchase.model,
        film_id=purse.film_id,
        ceiling=purchase.price,
        caps=caps_of(purse.settings),
        key=_next_request(purchase, purse.ledger),
        lease=lease,
    )


def _next_request(purchase: Purchase, ledger: Ledger) -> str:
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
            raise _unknown(purchase, known, "An earlier request for it was broken off, and ")
        if known.charged:
            raise ResolveTakes(
                f"{dollars(known.charged)} were paid for {purchase.name}, which is gone from the"
                " disk and is not bought twice: bring the file back, or choose another seed."
            )
    raise AssertionError("there is always another number")


def _unknown(purchase: Purchase, spending: Spending, why: str) -> ResolveTakes:
    return ResolveTakes(
        f"{why}nobody knows whether {purchase.name} was paid: it counts as"
        f" {dollars(spending.ceiling)} and is not asked for again by itself; `python -m onereel"
        f" ledger try-again {spending.key[:8]}` allows that."
    )
