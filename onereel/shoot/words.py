"""The owner's money for words: the switch, the price, the caps and the ledger."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

from ..errors import SwitchOnBuying
from ..home import Home
from ..money import dollars
from ..settings import Settings
from ..story.text_model import TextModel
from .ledger import Spending
from .opening import caps_of, open_ledger

__all__ = ["Words", "check_words"]


def check_words(settings: Settings) -> None:
    """Refuse to have anything written for money unless the owner switched buying on.

    Raises:
        SwitchOnBuying: nobody did.
    """
    if not settings.buying.on:
        raise SwitchOnBuying(
            "Gemini's words cost money and buying is off, so nothing was sent: `python -m onereel"
            " settings buying on` switches it on, with a cap of 5 dollars a day; if your key is of"
            " Google's free tier, say so by `python -m onereel settings free-key yes`."
        )


class Words:
    """A `Till` for one film: every answer is in the ledger before it is asked for."""

    def __init__(self, film_id: str, *, home: Home, settings: Settings, what: str) -> None:
        self._film_id = film_id
        self._home = home
        self._settings = settings
        self._what = what

    async def reserve(self, model: TextModel, *, prompt: int, answer: int) -> _Bill:
        """See `Till.reserve`.

        Raises:
            SwitchOnBuying, EnterPrice, RaiseCap: nothing may be asked.
            StorageError: the ledger cannot be written.
        """
        check_words(self._settings)
        ceiling = model.price(prompt=prompt, answer=answer, today=_today())

        def spend() -> Spending:
            with open_ledger(self._home, self._settings) as ledger:
                return ledger.spend(
                    self._what,
                    model=model.name,
                    film_id=self._film_id,
                    ceiling=ceiling,
                    caps=caps_of(self._settings),
                )

        return _Bill(await asyncio.to_thread(spend), model, self._home, self._settings)


class _Bill:
    """A `Bill` in the ledger."""

    def __init__(
        self, spending: Spending, model: TextModel, home: Home, settings: Settings
    ) -> None:
        self._spending = spending
        self._model = model
        self._home = home
        self._settings = settings

    async def settle(self, *, prompt: int, answer: int) -> None:
        """See `Bill.settle`."""
        charged = self._model.price(prompt=prompt, answer=answer, today=_today())
        reason = f"{prompt} tokens asked, {answer} answered: {dollars(charged)}"

        def settle() -> None:
            with open_ledger(self._home, self._settings) as ledger:
                ledger.settle_spending(
                    self._spending, charged=charged, reason=reason if prompt else "not taken"
                )

        await asyncio.to_thread(settle)


def _today() -> date:
    return datetime.now(UTC).date()
