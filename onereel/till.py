"""Who pays for what is no take: words, a sentence that is spoken, a picture; each once.

What sells such a thing says what it is and how it is asked for; the till has the owner's money, and
knows nothing of services.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from .errors import OneReelError
from .work import Cancel

__all__ = ["Bought", "Keeping", "LastWord", "NotHad", "Purchase", "Till"]

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


@dataclass(frozen=True)
class Keeping(Generic[Raw, T]):
    """How what is bought is kept. All of these are blocking."""

    find: Callable[[], T | None]
    """Looks on the disk."""
    keep: Callable[[Raw], T]
    """Keeps on disk what came."""
    places: tuple[Path, ...]
    """The file that it is kept in is one of these; none: it is kept nowhere."""
    pack: Callable[[Raw], bytes]
    """What came as bytes, which outlive a process that dies before it is kept."""
    unpack: Callable[[bytes], Raw | None]
    """What `pack` made bytes of; None where it cannot be read."""
    room: int = 16 << 20
    """Bytes: more than it takes on disk."""


class Till(Protocol):
    """The owner's money, for one film."""

    async def buy(
        self,
        purchase: Purchase,
        keeping: Keeping[Raw, T],
        *,
        ask: Callable[[LastWord], Awaitable[Bought[Raw] | NotHad]],
        cancel: Cancel,
    ) -> T:
        """Return what is kept of a purchase, or buy it; of all processes that want it one asks.

        Args:
            purchase: what it is.
            keeping: how it is kept; nothing is asked for that could not be.
            ask: sends the request.
            cancel: obeyed while another process is waited for.

        Raises:
            SwitchOnBuying, EnterPrice, RaiseCap: nothing may be asked; the sentence says what the
                owner would have to do.
            ResolveTakes: it may have been paid, or was paid and is gone.
            ServiceError: it was not had, and what it cost is known.
            StorageError: the disk or the ledger refused.
            Cancelled: the user stopped.
        """
