"""Films: made, listed, run, stopped, duplicated, deleted."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, JsonValue

from ...onereel.errors import OneReelError, ReviseBrief
from ...onereel.library.views.plain import FilmsPage, FilmView
from ...onereel.options import FilmOptions
from ...onereel.story.brief import LONGEST_LOOK, Aspect, Brief
from ...onereel.story.platforms import named_platform
from . import queue
from .following import FOLLOWER
from .hub import HUB
from .own import NAME
from .problems import Problem
from .routes import Body, Call, Query, Route
from .running import Wish, continue_film, run_film
from .seeing import (
    BUSY,
    ClientId,
    Dollars,
    GivenScreenplay,
    SceneIds,
    library,
    screenplay_of,
    seen,
    view,
)

__all__ = ["ROUTES"]

_PROGRAMS = "panel"
_LOOK = 0.25
"""Seconds between two looks of whoever waits for the end of a job."""


class ListQuery(Query):
    """Which films."""

    search: str = Field(default="", max_length=200)
    state: Literal["planned", "waiting", "working", "done", "stopped", "failed"] | None = None
    sort: Literal["changed", "created", "title"] = "changed"
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str = Field(default="", pattern=r"^[A-Za-z0-9_=-]{0,1000}$")
    """The `next` of the page before; of the same search, state and sort."""


def _list(call: Call) -> BaseModel:
    wanted: ListQuery = call.query
    return library(call).views.cards(
        search=wanted.search,
        state=wanted.state,
        sort=wanted.sort,
        cursor=wanted.cursor,
        limit=wanted.limit,
    )


class CreateBody(Body):
    """A brief, or a screenplay as OneReel saves it or as a person writes it (a text: Fountain,
    Markdown or plain), and what to do with it. `language`, `aspect`, `look` and `platform` are for
    a screenplay that does not say its own. `ceiling`: dollars that you agree to; a shoot needs
    it."""

    brief: Brief | None = None
    screenplay: GivenScreenplay | None = None
    language: str = Field(default="", max_length=35)
    aspect: Aspect | None = None
    look: str = Field(default="", max_length=LONGEST_LOOK)
    platform: str = Field(default="", max_length=60)
    options: FilmOptions = FilmOptions()
    action: Literal["write", "rehearse", "shoot", "none"] = "rehearse"
    ceiling: Dollars | None = None
    priority: queue.Priority = "normal"
    client_id: ClientId = ""
    """Of a socket of ComfyUI that is told of every node."""
    workflow: Annotated[str, Field(max_length=80, pattern=rf"^({NAME})?$")] = ""
    """The name of a workflow of your own that makes the film, of those that are listed."""


async def _create(call: Call) -> Any:
    body: CreateBody = call.body
    key = call.request.headers.get("Idempotency-Key", "")
    if (body.brief is None) == (body.screenplay is None):
        raise ReviseBrief("Send a brief or a screenplay, one of them.")
    if body.brief is not None:
        source: Any = body.brief
    else:
        usual = {"language": body.language, "aspect": body.aspect or "", "look": body.look}
        if body.platform:
            usual["platform"] = named_platform(body.platform, call.home).name
        source = await asyncio.to_thread(screenplay_of, body.screenplay, **usual)
    shelf = library(call)
    creation = await asyncio.to_thread(
        lambda: shelf.films.create(source, options=body.options, made_by=_PROGRAMS, key=key)
    )
    film_id = creation.film.id
    if creation.new:
        HUB.publish("films", {})
    if creation.new and body.action != "none":
        wish = Wish(
            *(body.action, "every", body.ceiling, body.priority, body.client_id),
            workflow=body.workflow,
        )
        try:
            await run_film(film_id, wish, home=call.home, settings=call.settings)
        except (OneReelError, Problem):
            # Nothing is queued, and nothing is left of it: the same request may come again.
            await asyncio.to_thread(shelf.films.delete, film_id)
            HUB.publish("films", {})
            raise
    return await view(call, film_id)


def _get(call: Call) -> BaseModel:
    return seen(call, call.at["film"])


class WaitQuery(Query):
    """How long to wait."""

    seconds: float = Field(default=30, ge=0, le=60)


async def _wait(call: Call) -> Any:
    film_id, loop = call.at["film"], asyncio.get_running_loop()
    until = loop.time() + call.query.seconds
    while FOLLOWER.goes_on(film_id) or await asyncio.to_thread(library(call).jobs.open, film_id):
        left = until - loop.time()
        if left <= 0:
            break
        await asyncio.sleep(min(_LOOK, left))
    return await view(call, film_id)


class RunBody(Body):
    """What to do with a film. `ceiling`: dollars that you agree to; a shoot needs it."""

    action: Literal["write", "rehearse", "shoot", "cut"]
    scenes: Literal["approved", "every"] | SceneIds = "approved"
    ceiling: Dollars | None = None
    priority: queue.Priority = "normal"
    client_id: ClientId = ""


async def _run(call: Call) -> Any:
    body: RunBody = call.body
    wish = Wish(body.action, body.scenes, body.ceiling, body.priority, body.client_id)
    await run_film(call.at["film"], wish, home=call.home, settings=call.settings)
    return await view(call, call.at["film"])


async def _cancel(call: Call) -> Any:
    film_id = call.at["film"]
    jobs = library(call).jobs
    await asyncio.to_thread(library(call).films.get, film_id)
    for job in await asyncio.to_thread(jobs.open, film_id):
        if not queue.cancel(job.id):
            # No queue has it any more.
            await asyncio.to_thread(jobs.end, job.id, "cancelled")
    return await view(call, film_id)


async def _resume(call: Call) -> Any:
    await asyncio.to_thread(library(call).films.get, call.at["film"])
    await continue_film(call.at["film"], home=call.home, settings=call.settings)
    return await view(call, call.at["film"])


class DuplicateBody(Body):
    """What is to be otherwise: fields of the brief, such as its language (the new film is then
    written anew), and options."""

    brief: dict[str, JsonValue] | None = None
    options: FilmOptions | None = None


async def _duplicate(call: Call) -> Any:
    body: DuplicateBody = call.body
    film = await asyncio.to_thread(
        lambda: library(call).films.duplicate(
            call.at["film"], brief=body.brief, options=body.options
        )
    )
    HUB.publish("films", {})
    return await view(call, film.id)


class DeleteQuery(Query):
    """What becomes of the clips that were bought for it."""

    paid: Literal["keep", "delete"] = "keep"


def _delete(call: Call) -> None:
    library(call).films.delete(call.at["film"], paid=call.query.paid)
    HUB.publish("films", {})


ROUTES: tuple[Route, ...] = (
    Route("GET", "/films", _list, "The films of the library", FilmsPage, query=ListQuery),
    Route(
        "POST",
        "/films",
        _create,
        "Make a film",
        FilmView,
        status=202,
        body=CreateBody,
        made="/films/{id}",
        headers={
            "Idempotency-Key": "The same key gives the film that it asked for before, for 30 days."
        },
        fails=BUSY,
    ),
    Route("GET", "/films/{film}", _get, "A film", FilmView),
    Route(
        "GET",
        "/films/{film}/wait",
        _wait,
        "A film, once nothing works on it any more, or the time is over",
        FilmView,
        query=WaitQuery,
    ),
    Route(
        "DELETE",
        "/films/{film}",
        _delete,
        "Delete a film for good; what it cost stays in the books",
        status=204,
        query=DeleteQuery,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/run",
        _run,
        "Write, rehearse, shoot or cut a film",
        FilmView,
        status=202,
        body=RunBody,
        fails=BUSY,
    ),
    Route("POST", "/films/{film}/cancel", _cancel, "Stop it", FilmView, status=202),
    Route(
        "POST",
        "/films/{film}/resume",
        _resume,
        "Go on where it stopped",
        FilmView,
        status=202,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/duplicate",
        _duplicate,
        "Another film of this one's words",
        FilmView,
        status=201,
        body=DuplicateBody,
        made="/films/{id}",
        optional_body=True,
    ),
)
