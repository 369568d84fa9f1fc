"""From HTTP to a `Call` and back, in one place: bounds, JSON, threads, errors."""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from ...onereel.errors import OneReelError
from ...onereel.home import Home
from .. import bridge
from .bodies import json_bytes, model_of, uploaded
from .guard import Guard
from .problems import FieldProblem, Problem, of_body, of_error, without_folders
from .routes import PARTS, PREFIX, Call, Route, Upload

__all__ = ["adapt", "no_such", "no_such_route", "wrong_method"]

_LOG = logging.getLogger("onereel")

_DOOR = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onereel-http-door")
"""Looks whether the settings changed: whoever comes in does not wait for that behind the work of
others, and then once more for the work itself."""
_QUICK = ThreadPoolExecutor(max_workers=4, thread_name_prefix="onereel-http")
_SLOW = ThreadPoolExecutor(max_workers=2, thread_name_prefix="onereel-http-slow")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def adapt(route: Route, guard: Guard) -> Handler:
    """Make aiohttp's handler of a route."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await _answer(route, guard, request)
        except Problem as problem:
            return problem.response()
        except OneReelError as error:
            return of_error(error, bridge.home()).response()
        except ConnectionError:
            raise
        # The last place before aiohttp's own "500 Internal Server Error", which says nothing.
        except Exception:  # noqa: BLE001 (the boundary: nothing may answer with a traceback)
            number = uuid.uuid4().hex[:8]
            _LOG.exception("%s %s failed (%s)", route.method, route.path, number)
            return Problem(
                500,
                "broken",
                f"Something in OneReel broke; ComfyUI's log has the details under {number}.",
            ).response()

    return handle


async def _answer(route: Route, guard: Guard, request: web.Request) -> web.StreamResponse:
    home = bridge.home()
    await _admit(route, guard, request, home)
    at = _parts(route, request)
    query = _query(route, request)

    def call(body: Callable[[], Any]) -> Callable[[], Call]:
        return lambda: Call(home, bridge.settings(home), request, at, query, body())

    if isinstance(route.body, Upload):
        async with uploaded(route.body, request) as file:
            return await _respond(route, call(lambda: file))
    raw = await json_bytes(request) if route.changes else b""
    return await _respond(route, call(lambda: model_of(route, raw)))


async def _admit(route: Route, guard: Guard, request: web.Request, home: Home) -> None:
    """Let a request in, or raise as `Guard.admit`. Whoever needs no token by the settings of a
    moment ago is let in by those: each change of threads costs an answer milliseconds."""
    settings = bridge.settings_lately(home)
    if settings is None or guard.asks(request, route, settings.server):
        loop = asyncio.get_running_loop()
        settings = await loop.run_in_executor(_DOOR, bridge.settings, home)
    await guard.admit(request, route, settings.server)


async def _respond(route: Route, call: Callable[[], Call]) -> web.StreamResponse:
    """Run the handler where it belongs, and write down what it gives; `call` touches the disk."""
    loop = asyncio.get_running_loop()
    pool = _SLOW if route.slow else _QUICK
    if inspect.iscoroutinefunction(route.handler):
        made = await route.handler(await loop.run_in_executor(pool, call))
        return await loop.run_in_executor(pool, _written, route, made)
    # Only now: whoever still sends a body, or waits for another service, holds no work up.
    with nullcontext() if route.slow else bridge.courtesy.first():
        return await loop.run_in_executor(pool, lambda: _written(route, route.handler(call())))


def _written(route: Route, made: Any) -> web.StreamResponse:
    if isinstance(made, web.StreamResponse):
        return made
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if made is None:
        return web.Response(status=route.status, headers=headers)
    if route.made and (made_id := getattr(made, "id", "")):
        headers["Location"] = PREFIX + route.made.format(id=made_id)
    if isinstance(made, BaseModel):
        made = without_folders(made.model_dump_json(), bridge.home())
        kind = "application/json"
    else:
        kind = str(route.answer)
    if isinstance(made, str):
        made = made.encode()
    if kind.startswith("text/"):
        kind = f"{kind}; charset=utf-8"
    return web.Response(status=route.status, body=made, headers={**headers, "Content-Type": kind})


def _parts(route: Route, request: web.Request) -> dict[str, str]:
    found = {name: request.match_info[name] for name in route.parts}
    for name, value in found.items():
        if not re.fullmatch(PARTS[name].pattern, value):
            raise no_such(name)
    return found


def no_such(what: str) -> Problem:
    """The problem of something that is not there."""
    words = PARTS[what].words if what in PARTS else ()
    where = f"it is one of {', '.join(words)}" if words else "look at the list of them"
    return Problem(404, "not-found", f"There is no such {what}; {where}.")


def _query(route: Route, request: web.Request) -> Any:
    given = request.query
    kind = route.query
    known = kind.model_fields if kind else {}
    fields = [
        FieldProblem(name=name, detail="stands there twice" if name in known else "is not known")
        for name in dict.fromkeys(given)
        if name not in known or len(given.getall(name)) > 1
    ]
    if fields:
        first = fields[0]
        raise Problem(400, "wrong-fields", f"{first.name!r} {first.detail}.", fields=fields)
    if kind is None:
        return None
    try:
        return kind.model_validate_strings(dict(given))
    except ValidationError as error:
        raise of_body(error) from None


async def no_such_route(request: web.Request) -> web.StreamResponse:
    """Whatever stands nowhere in the table."""
    return Problem(
        404, "not-found", "OneReel has no such address; /onereel/v1/openapi.json lists them all."
    ).response()


def wrong_method(allowed: tuple[str, ...]) -> Handler:
    """Whatever else is asked of an address that is in the table."""
    words = ", ".join(allowed)

    async def refuse(request: web.Request) -> web.StreamResponse:
        return Problem(
            405, "wrong-method", f"This address takes {words} only.", headers={"Allow": words}
        ).response()

    return refuse
