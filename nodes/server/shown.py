"""What a film was made by, and what can be downloaded of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from ...onereel.cut.otio_files import write_otioz
from ...onereel.errors import ChooseFilm, ReviseScreenplay
from ...onereel.library.results import Reel
from ...onereel.story.fountain.writing import to_fountain
from ...onereel.story.screenplay import Screenplay
from .. import bridge
from .media import sent
from .routes import Answer, Call, Route
from .running import file_name, workflow_of
from .seeing import library
from .shelf import Shelf

__all__ = ["ROUTES"]

_PIECE = 1 << 20
"""Bytes of a bundle that are sent at a time."""


class GraphView(Answer):
    """The workflow that ran last, or would run, in ComfyUI's API format."""

    name: str
    prompt: dict[str, Any]
    ran: bool


def _graph(call: Call) -> GraphView:
    from ...onereel.library.running import plan_run

    shelf = library(call)
    film = shelf.films.get(call.at["film"])
    job = shelf.jobs.latest(film.id)
    graph = shelf.jobs.graph(job.id) if job else None
    ran = isinstance(graph, dict)
    if not ran:
        plan = plan_run(
            film.brief, film.revision, "rehearse", home=call.home, settings=call.settings
        )
        graph = workflow_of(film, plan, "rehearse", call.home)
    return GraphView(name=film.title, prompt=graph, ran=ran)


async def _export(call: Call) -> web.StreamResponse:
    kind = call.at["kind"]
    if kind == "otio":
        return await _bundle(call)
    film, path, content = await asyncio.to_thread(_exported, call, kind)
    if path:
        name = f"{file_name(film)}.{_SUFFIXES[kind][0]}"
        return await sent(call, path, kind=_SUFFIXES[kind][1], download=name)
    return web.Response(body=content, headers=_headers(film, kind))


def _headers(film: str, kind: str) -> dict[str, str]:
    suffix, content = _SUFFIXES[kind]
    return {
        "Content-Type": content,
        "Content-Disposition": f'attachment; filename="{file_name(film)}.{suffix}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


async def _bundle(call: Call) -> web.StreamResponse:
    """The time line with its media: it may be opened where none of them is."""
    shelf = library(call)
    film = await asyncio.to_thread(shelf.films.get, call.at["film"])
    reel = await asyncio.to_thread(_reel, shelf, film.id)
    with bridge.scratch_file("export.otioz") as scratch:
        await asyncio.to_thread(write_otioz, reel.cut, scratch, call.home)
        response = web.StreamResponse(headers=_headers(film.title, "otio"))
        response.content_length = scratch.stat().st_size
        await response.prepare(call.request)
        with scratch.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                await response.write(piece)
    return response


def _reel(shelf: Shelf, film_id: str) -> Reel:
    reel = shelf.results.reel(film_id)
    if reel is None:
        raise ChooseFilm("This film is not finished yet; rehearse it first.")
    return reel


_SUFFIXES = {
    "film": ("mp4", "video/mp4"),
    "srt": ("srt", "application/x-subrip"),
    "vtt": ("vtt", "text/vtt"),
    "screenplay": ("screenplay.json", "application/json"),
    "fountain": ("fountain", "text/plain; charset=utf-8"),
    "otio": ("otioz", "application/zip"),
    "storyboard": ("storyboard.pdf", "application/pdf"),
}


def _storyboard(screenplay: Screenplay, seed: int, call: Call) -> bytes:
    from ...onereel.shoot.storyboard import draw_frames, draw_pages, pictures_on_disk, save_pdf

    frames = draw_frames(
        screenplay, pictures_on_disk(screenplay, home=call.home, seed=seed), seed=seed
    )
    with bridge.scratch_file("storyboard.pdf") as scratch:
        pages = draw_pages(screenplay, frames, fonts=call.settings.cut.fonts)
        save_pdf(scratch, pages, title=screenplay.title)
        return scratch.read_bytes()


_OF_WORDS: Mapping[str, Callable[[Screenplay, int, Call], bytes]] = {
    "screenplay": lambda screenplay, *_: screenplay.to_json(indent=1).encode(),
    "fountain": lambda screenplay, *_: to_fountain(screenplay).encode(),
    "storyboard": _storyboard,
}
"""What can be had before anything is shot."""


def _exported(call: Call, kind: str) -> tuple[str, Path | None, bytes]:
    """The film's title, and the file, or what it would hold."""
    shelf = library(call)
    film = shelf.films.get(call.at["film"])
    if kind in _OF_WORDS:
        screenplay = film.revision.screenplay
        if screenplay is None:
            raise ReviseScreenplay("This film has no scenes yet; have it written first.")
        return film.title, None, _OF_WORDS[kind](screenplay, film.revision.options.seed, call)
    path = call.home.path(_reel(shelf, film.id).media)
    if kind == "film":
        return film.title, path, b""
    beside = path.with_suffix(f".{kind}")
    if not beside.is_file():
        raise ChooseFilm("This film was made without captions.")
    return film.title, beside, b""


ROUTES: tuple[Route, ...] = (
    Route("GET", "/films/{film}/graph", _graph, "The workflow", GraphView),
    Route(
        "GET",
        "/films/{film}/export/{kind}",
        _export,
        "Download the film, its captions, screenplay, storyboard, or its time line with media",
        "*/*",
        fails=(400, 409, 416),
        ranges=True,
    ),
)
