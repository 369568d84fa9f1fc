"""What the routes of films share: the library, and the view that they answer with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, JsonValue, WithJsonSchema

from ...onereel.story.files import load_screenplay
from ...onereel.story.screenplay import Screenplay
from ...onereel.story.script import LARGEST_SCRIPT
from . import queue
from .hub import tell_film
from .routes import Call
from .shelf import Shelf, shelf

__all__ = [
    "BUSY",
    "ClientId",
    "Dollars",
    "GivenScreenplay",
    "Revision",
    "SceneIds",
    "changed",
    "library",
    "screenplay_of",
    "seen",
    "tell",
    "view",
]

_VIEWS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="onereel-view")
"""Threads that compute hold up ComfyUI's own, each a little: many at once, a lot."""

ClientId = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]
Dollars = Annotated[
    Decimal,
    Field(ge=0, le=1_000_000, max_digits=12, decimal_places=4),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,4})?$"},
                {"type": "number", "minimum": 0, "maximum": 1_000_000},
            ]
        },
        mode="validation",
    ),
]
"""US dollars that somebody agrees to."""
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]
SceneIds = Annotated[
    list[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]],
    Field(min_length=1, max_length=120),
]
GivenScreenplay = dict[str, JsonValue] | Annotated[str, Field(max_length=LARGEST_SCRIPT)]
"""Its data, or a script in Fountain, Markdown or plain text."""
BUSY = (409,)
"""How a change of a film can fail: it was changed meanwhile, is worked on, or costs too much."""


def screenplay_of(given: GivenScreenplay, **usual: str) -> Screenplay:
    """The screenplay that a body gave; `usual` are fields of its brief that it may leave out.

    Raises:
        BadInput: it cannot be read.
    """
    text = given if isinstance(given, str) else json.dumps(given)
    return load_screenplay(text, usual={name: said for name, said in usual.items() if said})


def library(call: Call) -> Shelf:
    """The library of whoever asks."""
    return shelf(call.home, call.settings)


def seen(call: Call, film_id: str) -> BaseModel:
    """A film as it is now; call it in a thread."""
    positions = {key: place.position for key, place in queue.places().items()}
    return library(call).views.film(film_id, settings=call.settings, positions=positions)


async def view(call: Call, film_id: str) -> BaseModel:
    """A film as it is now."""
    return await asyncio.get_running_loop().run_in_executor(_VIEWS, seen, call, film_id)


async def tell(call: Call, film_id: str) -> None:
    """Say that a film was changed."""
    await asyncio.to_thread(tell_film, library(call).films, film_id)


async def changed(call: Call, change: Callable[[], object]) -> BaseModel:
    """Change the film of a call in a thread, say so, and answer with it as it is then."""
    film_id = call.at["film"]
    await asyncio.to_thread(change)
    await tell(call, film_id)
    return await view(call, film_id)
