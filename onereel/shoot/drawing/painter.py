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
from ...work import Cancel
from ..google.image import ask_for_picture
from ..once import LastWord, Purchase, Purse, buy_once
from ..service import NotSubmitted, failure_of, may_be_sent_again
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
    purse: Purse | None
    """None where the key pays nothing."""
    price: Decimal
    """Dollars for one picture."""

    async def draw(self, wanted: Wanted) -> Path:
        """Return the file of a picture: the one on disk, or a new one.

        Raises:
            MoneyError, StorageError, Cancelled: see `buy_once`.
            RevisePrompt: a safety filter refused, free of charge.
            ServiceError, ReplaceMedia: it was not had.
        """
        drawing = wanted.drawing
        ask = partial(self._ask, drawing)
        if self.purse is None:
            answer = await ask(None)
            if isinstance(answer, NotSubmitted):
                raise answer.error
            return answer
        purchase = Purchase(
            key=drawing.key,
            what="picture",
            name=f"the picture of scene {wanted.scene.id}",
            model=drawing.model,
            price=self.price,
        )
        kept = partial(shelf.find, drawing.key, self.home)
        return await buy_once(purchase, self.purse, kept=kept, ask=ask)

    async def _ask(self, drawing: Drawing, last_word: LastWord | None) -> Path | NotSubmitted:
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
            return answer
        try:
            return await asyncio.to_thread(shelf.keep, answer, drawing.key, self.home)
        except ReplaceMedia:
            damaged = f"{self.client.host} sent a picture that cannot be read."
            return NotSubmitted("unknown", TryAgain(damaged))
