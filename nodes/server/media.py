"""Media by their ids: files with ranges, thumbnails, waveforms. No path comes in, none goes out."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web
from pydantic import Field

from .problems import Problem
from .routes import Answer, Call, Query, Route
from .shelf import shelf

__all__ = ["ROUTES", "sent"]

_UNSATISFIABLE = 416


async def sent(call: Call, path: Path, *, kind: str, download: str = "") -> web.StreamResponse:
    """Send a file, or the part of it that is asked for."""
    _check_range(call.request, await asyncio.to_thread(lambda: path.stat().st_size))
    headers = {
        "Content-Type": kind,
        "X-Content-Type-Options": "nosniff",
        # Its bytes never change under one id; who may see it may change.
        "Cache-Control": "private, max-age=3600",
        # Nothing in it may run, whatever a film maker brought along.
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if download:
        headers["Content-Disposition"] = f'attachment; filename="{download}"'
    return web.FileResponse(path, headers=headers)


def _check_range(request: web.Request, size: int) -> None:
    """Refuse a range that the file does not have, in our words.

    Raises:
        Problem: 416.
    """
    if "Range" not in request.headers or "If-Range" in request.headers:
        return
    try:
        wanted = request.http_range
    except ValueError:
        wanted = None
    start = wanted.start if wanted else None
    if wanted is None or (start is not None and start >= size):
        raise Problem(
            _UNSATISFIABLE,
            "no-such-range",
            f"The file has {size} bytes, and no such range; ask for one inside it.",
            headers={"Content-Range": f"bytes */{size}"},
        )


async def _file(call: Call) -> web.StreamResponse:
    from ...onereel.library.media import SERVED

    path = await asyncio.to_thread(_media(call).find, call.at["media"])
    return await sent(call, path, kind=SERVED[path.suffix.lower()])


async def _thumbnail(call: Call) -> web.StreamResponse:
    path = await asyncio.to_thread(_media(call).thumbnail, call.at["media"])
    return await sent(call, path, kind="image/jpeg")


class Waveform(Answer):
    """How loud a sound is, in equal parts of its length: 0 to 1."""

    peaks: list[float]


class WaveformQuery(Query):
    """How many parts."""

    count: int = Field(default=200, ge=1, le=2000)


def _waveform(call: Call) -> Waveform:
    peaks = _media(call).waveform(call.at["media"], count=call.query.count)
    return Waveform(peaks=list(peaks))


def _media(call: Call):
    return shelf(call.home, call.settings).media


ROUTES: tuple[Route, ...] = (
    Route("GET", "/media/{media}", _file, "A file", "*/*", fails=(416,), ranges=True),
    Route(
        "GET",
        "/media/{media}/thumbnail",
        _thumbnail,
        "A small picture of it",
        "image/jpeg",
        fails=(400, 416),
        ranges=True,
    ),
    Route(
        "GET",
        "/media/{media}/waveform",
        _waveform,
        "How loud it is",
        Waveform,
        query=WaveformQuery,
        slow=True,
    ),
)
