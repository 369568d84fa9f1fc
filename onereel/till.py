"""Who pays for what is no take: words, a sentence that is spoken, a picture; each once.

What sells such a thing says what it is and how it is asked for; the till has the owner's money, and
knows nothing of services.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from .errors import OneReelError
from .work import Cancel

__all__ = ["Bought", "LastWord", "NotHad", "Purchase", "Till"]

LastWord = Callable[[], Awaitable[None]]
"""Awaited before the first byte of a paid request leaves; what it raises stops the request."""

T = TypeVar("T")
Raw = TypeVar("Raw")


@dataclass(frozen=True)
class Bought(Generic[Raw]):
    """What a service sent."""

    value: Raw
    charged: Decimal | None
    """Dollars; None where it does not say: then it counts as the most it can cost."""
    note: str = ""
    """By what it was counted, for the ledger."""


@dataclass(frozen=True)
class NotHad:
    """Nothing of use came; `error` says so to the user."""

    error: OneReelError
    charged: Decimal | None
    """Dollars that it did cost all the same; None where nobody knows."""


@dataclass(frozen=True)
class Purchase:
    """What is to be bought."""

    key: str
    """32 hex digits, of all that determines it."""
    model: str
    price: Callable[[], Decimal]
    """Dollars that it can cost at most; raises EnterPrice where nobody knows."""
    name: str = ""
    """Which one it is, in a sentence: "the picture of scene s03"; empty: what the till is for."""


class Till(Protocol):
    """The owner's money, for one film."""

    async def buy(
        self,
        purchase: Purchase,
        *,
        kept: Callable[[], T | None],
        ask: Callable[[LastWord], Awaitable[Bought[Raw] | NotHad]],
        keep: Callable[[Raw], T],
        cancel: Cancel,
    ) -> T:
        """Return what is kept of a purchase, or buy it; of all processes that want it one asks.

        Args:
            purchase: what it is.
            kept: looks on the disk; blocking.
            ask: sends the request.
            keep: keeps on disk what came; blocking.
            cancel: obeyed while another process is waited for.

        Raises:
            SwitchOnBuying, EnterPrice, RaiseCap: nothing may be asked; the sentence says what the
                owner would have to do.
            ResolveTakes: it may have been paid, or was paid and is gone.
            ServiceError: it was not had, and what it cost is known.
            StorageError: the disk or the ledger refused.
            Cancelled: the user stopped.
        """
