"""Bodies of requests: bounded in size, depth and time, read as JSON or kept as a file."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from ...onereel.files import storage_error
from .. import bridge
from .problems import Problem, of_body
from .routes import Route, Upload

__all__ = ["json_bytes", "model_of", "uploaded"]

_LARGEST_JSON = 2 * 10**6
"""Bytes. A screenplay of 120 scenes has some 300 kB."""
_DEEPEST_JSON = 24
_JSON_TIME = 20.0
"""Seconds in which a JSON body must be here."""
_UPLOAD_SILENCE = 30.0
"""Seconds without a byte."""
_DISK = ThreadPoolExecutor(max_workers=2, thread_name_prefix="onereel-upload")


async def json_bytes(request: web.Request) -> bytes:
    """Read a body that is JSON or nothing.

    Raises:
        Problem: 415, 413 or 408.
    """
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(415, "wrong-encoding", "Send the body as it is, not compressed.")
    if not request.can_read_body:
        # A browser sends forms and plain text to any site; JSON only where that site allows it.
        if "Content-Type" in request.headers and request.content_type != "application/json":
            raise _not_json()
        return b""
    if request.content_type != "application/json":
        raise _not_json()
    if (request.content_length or 0) > _LARGEST_JSON:
        raise _too_large(_LARGEST_JSON)
    body = bytearray()
    try:
        async with asyncio.timeout(_JSON_TIME):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > _LARGEST_JSON:
                    raise _too_large(_LARGEST_JSON)
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


def model_of(route: Route, raw: bytes) -> Any:
    """Parse a body into the model of its route; None where it takes none.

    Raises:
        Problem: 400, with the fields that are wrong.
    """
    kind = route.body
    if not isinstance(kind, type):
        # Many programs send an empty object with every POST.
        if raw.strip() not in (b"", b"{}"):
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
async def uploaded(upload: Upload, request: web.Request) -> AsyncIterator[Path]:
    """Lend the file that a body is."""
    family = request.content_type.partition("/")[0]
    if not {family, request.content_type} & set(upload.kinds):
        kinds = ", ".join(upload.media_types)
        raise Problem(415, "wrong-media", f"Send a file of one of these types: {kinds}.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(415, "wrong-encoding", "Send the file as it is, not compressed.")
    if (request.content_length or 0) > upload.limit:
        raise _too_large(upload.limit)
    loop = asyncio.get_running_loop()
    path = bridge.new_file("upload")
    await loop.run_in_executor(_DISK, lambda: path.parent.mkdir(parents=True, exist_ok=True))
    try:
        size = 0
        file = await loop.run_in_executor(_DISK, path.open, "wb")
        try:
            while chunk := await _chunk(request):
                size += len(chunk)
                if size > upload.limit:
                    raise _too_large(upload.limit)
                await loop.run_in_executor(_DISK, file.write, chunk)
        except OSError as error:
            raise storage_error(error, path) from error
        finally:
            await loop.run_in_executor(_DISK, file.close)
        if not size:
            raise Problem(400, "wrong-fields", "The file is empty; choose another.")
        yield path
    finally:
        with suppress(OSError):
            await loop.run_in_executor(_DISK, os.unlink, path)


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
