"""A film in another language, with the takes that it has."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from pydantic import Field

from ...onereel.library.views import FilmView
from .hub import HUB
from .routes import Body, Call, Route
from .seeing import BUSY, library, view

__all__ = ["ROUTES"]


class RevoiceBody(Body):
    """Which language, and who translates: without `service`, the language model that wrote it."""

    language: str = Field(min_length=2, max_length=35, pattern=r"^[A-Za-z0-9_-]+$")
    service: Literal["", "ollama", "gemini"] = ""
    model: str = Field(default="", max_length=100)


async def _revoice(call: Call) -> Any:
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
        "POST",
        "/films/{film}/revoice",
        _revoice,
        "Make a film of it in another language, with its takes; a rehearsal speaks and cuts it",
        FilmView,
        status=201,
        body=RevoiceBody,
        fails=BUSY,
        slow=True,
    ),
)
