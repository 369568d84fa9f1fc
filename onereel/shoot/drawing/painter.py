"""Having one picture drawn: the ledger first, then the wire, then the disk."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from ...errors import ReplaceMedia, TryAgain
from ...google.client import Client
from ...home import Home
from ...remote import Remote
from ...till import Bought, LastWord, NotHad, Purchase, Till
from ...work import Cancel
from ..buying.service import NotSubmitted, failure_of, may_be_sent_again
from ..google.image import ask_for_picture
from . import shelf
from .drawing import Drawing, Wanted

__all__ = ["Painter"]


@dataclass(frozen=True)
class Painter:
    """An image model behind an open door."""

    client: Client
    home: Home
    remote: Remote
    cancel: Cancel
    till: Till | None
    """None where the key pays nothing."""
    price: Decimal
    """Dollars for one picture."""

    async def draw(self, wanted: Wanted) -> Path:
        """Return the file of a picture: the one on disk, or a new one.

        Raises:
            MoneyError, StorageError, Cancelled: see `Till.buy`.
            RevisePrompt: a safety filter refused, free of charge.
            ServiceError: it was not had.
        """
        drawing = wanted.drawing
        key = drawing.key
        if self.till is None:
            told = await self._ask(drawing, None)
            if isinstance(told, NotHad):
                raise told.error
            return await asyncio.to_thread(shelf.keep, told.value, key, self.home)
        return await self.till.buy(
            Purchase(
                key=key,
                model=drawing.model,
                price=lambda: self.price,
                name=f"the picture of scene {wanted.scene.id}",
            ),
            shelf.keeping(key, self.home),
            ask=partial(self._ask, drawing),
            cancel=self.cancel,
        )

    async def _ask(
        self, drawing: Drawing, last_word: LastWord | None
    ) -> Bought[shelf.Sent] | NotHad:
        answer = await self.remote.ask(
            lambda: ask_for_picture(self.client, drawing, home=self.home, last_word=last_word),
            what="draw",
            host=self.client.host,
            model=drawing.model,
            correlation=drawing.key[:16],
            turned_away=may_be_sent_again,
            failed=failure_of,
            cancel=self.cancel,
            # What the service draws after we stopped listening is paid and lost.
            interruptible=last_word is None,
        )
        if isinstance(answer, NotSubmitted):
            return NotHad(answer.error, None if answer.outcome == "unknown" else Decimal(0))
        try:
            return Bought(await asyncio.to_thread(shelf.looked_at, answer), self.price)
        except ReplaceMedia:
            damaged = f"{self.client.host} sent a picture that cannot be read."
            return NotHad(TryAgain(damaged), None)
