"""From HTTP to a `Call` and back, in one place: bounds, JSON, threads, errors."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import os
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from ...onereel.errors import OneReelError
from ...onereel.files import storage_error
from .. import bridge
from .guard import Guard
from .problems import FieldProblem, Problem, of_body, of_error, without_folders
from .routes import PARTS, Call, Route, Upload

__all__ = ["LARGEST_JSON", "adapt", "no_such", "no_such_route", "wrong_method"]

LARGEST_JSON = 2 * 10**6
"""Bytes. A screenplay of 120 scenes has some 300 kB."""
_DEEPEST_JSON = 24
_JSON_TIME = 20.0
"""Seconds in which a JSON body must be here."""
_UPLOAD_SILENCE = 30.0
"""Seconds without a byte."""
_LOG = logging.getLogger("onereel")

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
    settings = await asyncio.get_running_loop().run_in_executor(_QUICK, bridge.settings, home)
    await guard.admit(request, route, settings.server)
    at = _parts(route, request)
    query = _query(route, request)
    if isinstance(route.body, Upload):
        async with _upload(route.body, request) as file:
            return await _respond(route, Call(home, settings, request, at, query, file))
    raw = await _json_bytes(route, request) if route.changes else b""

    def read() -> Call:
        return Call(home, settings, request, at, query, _body(route, raw))

    return await _respond(route, read)


async def _respond(route: Route, call: Call | Callable[[], Call]) -> web.StreamResponse:
    """Run the handler where it belongs, and write down what it gives."""
    loop = asyncio.get_running_loop()
    pool = _SLOW if route.slow else _QUICK
    if inspect.iscoroutinefunction(route.handler):
        ready = call if isinstance(call, Call) else await loop.run_in_executor(pool, call)
        made = await route.handler(ready)
        return await loop.run_in_executor(pool, _written, route, made)

    def work() -> web.StreamResponse:
        return _written(route, route.handler(call if isinstance(call, Call) else call()))

    return await loop.run_in_executor(pool, work)


def _written(route: Route, made: Any) -> web.StreamResponse:
    if isinstance(made, web.StreamResponse):
        return made
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if made is None:
        return web.Response(status=route.status, headers=headers)
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
    return Problem(404, "not-found", f"There is no such {what}; look at the list of them.")


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


async def _json_bytes(route: Route, request: web.Request) -> bytes:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(415, "wrong-encoding", "Send the body as it is, not compressed.")
    if not request.can_read_body:
        # A browser sends forms and plain text to any site; JSON only where that site allows it.
        if "Content-Type" in request.headers and request.content_type != "application/json":
            raise _not_json()
        return b""
    if request.content_type != "application/json":
        raise _not_json()
    if (request.content_length or 0) > LARGEST_JSON:
        raise _too_large(LARGEST_JSON)
    body = bytearray()
    try:
        async with asyncio.timeout(_JSON_TIME):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LARGEST_JSON:
                    raise _too_large(LARGEST_JSON)
    except TimeoutError:
        raise Problem(
            408,
            "slow-body",
            f"The body was not here within {_JSON_TIME:.0f} s; send it at once.",
            headers={"Connection": "close"},
        ) from None
    return bytes(body)


def _not_json() -> Problem:
    return Problem(
        415, "not-json", "Send the body as JSON, with the header Content-Type: application/json."
    )


def _too_large(limit: int) -> Problem:
    return Problem(
        413,
        "too-large",
        f"The body has more than {limit / 10**6:.0f} MB; send less.",
        headers={"Connection": "close"},
    )


def _body(route: Route, raw: bytes) -> Any:
    kind = route.body
    if not isinstance(kind, type):
        if raw.strip():
            raise Problem(400, "wrong-fields", "This takes no body; leave it out.")
        return None
    if not raw.strip():
        if route.optional_body:
            return kind()
        raise Problem(400, "wrong-fields", "A JSON object with named fields is missing.")
    try:
        data = json.loads(raw, parse_constant=_no_number)
        _check_depth(data)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Problem(
            400, "not-json", f"The body is not JSON that can be read ({said[:200]})."
        ) from None
    if not isinstance(data, dict):
        raise Problem(400, "wrong-fields", "The body must be a JSON object with named fields.")
    try:
        return kind.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        raise of_body(error) from None


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _check_depth(data: Any) -> None:
    """Refuse nesting that nothing of ours has.

    Raises:
        RecursionError: it is there.
    """
    level = [data]
    for _ in range(_DEEPEST_JSON):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise RecursionError


@asynccontextmanager
async def _upload(upload: Upload, request: web.Request) -> AsyncIterator[Path]:
    """Lend the file that a body is."""
    if request.content_type.partition("/")[0] not in upload.kinds:
        kinds = ", ".join(f"{kind}/*" for kind in upload.kinds)
        raise Problem(415, "wrong-media", f"Send a file of one of these types: {kinds}.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(415, "wrong-encoding", "Send the file as it is, not compressed.")
    if (request.content_length or 0) > upload.limit:
        raise _too_large(upload.limit)
    loop = asyncio.get_running_loop()
    path = bridge.new_file("upload")
    await loop.run_in_executor(_QUICK, lambda: path.parent.mkdir(parents=True, exist_ok=True))
    try:
        size = 0
        file = await loop.run_in_executor(_QUICK, path.open, "wb")
        try:
            while chunk := await _chunk(request):
                size += len(chunk)
                if size > upload.limit:
                    raise _too_large(upload.limit)
                await loop.run_in_executor(_QUICK, file.write, chunk)
        except OSError as error:
            raise storage_error(error, path) from error
        finally:
            await loop.run_in_executor(_QUICK, file.close)
        if not size:
            raise Problem(400, "wrong-fields", "The file is empty; choose another.")
        yield path
    finally:
        with suppress(OSError):
            await loop.run_in_executor(_QUICK, os.unlink, path)


async def _chunk(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(_UPLOAD_SILENCE):
            return await request.content.read(2**18)
    except TimeoutError:
        raise Problem(
            408,
            "slow-body",
            f"Nothing came for {_UPLOAD_SILENCE:.0f} s; send the file again.",
            headers={"Connection": "close"},
        ) from None


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
