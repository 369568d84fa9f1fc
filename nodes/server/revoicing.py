"""A film in another language, with the takes that it has."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any, Literal
from weakref import WeakValueDictionary

from pydantic import Field

from ...onereel.library.views.plain import FilmView
from ...onereel.money import decimal_string
from .hub import HUB
from .routes import Answer, Call, Query, Route
from .seeing import BUSY, Dollars, library, view

__all__ = ["ROUTES"]

_ASKED: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
"""By idempotency key, who is being answered: the same wish sent twice waits, and asks nobody."""


class RevoiceQuery(Query):
    """Which language, and who translates: without `service`, the language model that wrote it."""

    language: str = Field(min_length=2, max_length=35, pattern=r"^[A-Za-z0-9_-]+$")
    service: Literal["", "ollama", "gemini"] = ""
    model: str = Field(default="", max_length=100)


class RevoiceBody(RevoiceQuery):
    """Which language, and who translates: without `service`, the language model that wrote it.
    `ceiling`: dollars that you agree to; a paid model needs it."""

    ceiling: Dollars | None = None


class RevoicePrice(Answer):
    """What the translation costs at most, in dollars; null where nobody knows. Its voice is
    spoken by a rehearsal, for nothing."""

    at_most: str | None
    words: str
    """By whom, and from what price list; empty where it costs nothing."""


def _price(call: Call) -> RevoicePrice:
    # Only now: the ledger's database would slow down every start of ComfyUI.
    from ...onereel.library.revoicing import price_revoicing

    wanted: RevoiceQuery = call.query
    price = price_revoicing(
        call.at["film"],
        wanted.language,
        service=wanted.service,
        model=wanted.model,
        films=library(call).films,
        home=call.home,
        settings=call.settings,
    )
    if price is None:
        return RevoicePrice(at_most=decimal_string(Decimal(0)), words="")
    known = price.at_most
    return RevoicePrice(at_most=None if known is None else decimal_string(known), words=price.words)


async def _revoice(call: Call) -> Any:
    key = call.request.headers.get("Idempotency-Key", "")
    async with _ASKED.setdefault(key, asyncio.Lock()) if key else asyncio.Lock():
        return await _revoiced(call, key)


async def _revoiced(call: Call, key: str) -> Any:
    from ...onereel.library.revoicing import revoice

    body: RevoiceBody = call.body
    films = library(call).films
    # In a loop of its own: a model may think for a minute, and some of it is no coroutine.
    film = await asyncio.to_thread(
        lambda: asyncio.run(
            revoice(
                call.at["film"],
                body.language,
                service=body.service,
                model=body.model,
                ceiling=body.ceiling,
                key=key,
                films=films,
                home=call.home,
                settings=call.settings,
            )
        )
    )
    HUB.publish("films", {})
    return await view(call, film.id)


ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        "/films/{film}/revoice",
        _price,
        "What it costs to translate it; nothing is sent or bought",
        RevoicePrice,
        query=RevoiceQuery,
    ),
    Route(
        "POST",
        "/films/{film}/revoice",
        _revoice,
        "Make a film of it in another language, with its takes; a rehearsal speaks and cuts it",
        FilmView,
        status=201,
        body=RevoiceBody,
        made="/films/{id}",
        headers={
            "Idempotency-Key": "The same key gives the film that it asked for before, for 30 days."
        },
        fails=BUSY,
        slow=True,
    ),
)
