"""Films: made, listed, run, edited, shown."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field, JsonValue

from ...onereel.errors import ReviseBrief
from ...onereel.library.changes import (
    MOST_CHANGES,
    Change,
    RedoScene,
    SetOptions,
    SetTitle,
)
from ...onereel.stages import FilmOptions
from ...onereel.story.brief import Brief
from ...onereel.story.files import load_screenplay
from . import queue
from .hub import HUB
from .media import sent
from .routes import Body, Call, Query, Route, Upload
from .running import Wish, continue_film, file_name, run_film, workflow_of
from .shelf import shelf

__all__ = ["ROUTES"]

_PROGRAMS = "panel"
_Client = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]
_Dollars = Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=12, decimal_places=4)]
_SceneIds = Annotated[
    list[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]],
    Field(min_length=1, max_length=120),
]
_LARGEST_CLIP = 500 * 10**6
_Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ListQuery(Query):
    """Which films."""

    search: str = Field(default="", max_length=200)
    state: Literal["planned", "waiting", "working", "done", "stopped", "failed"] | None = None
    sort: Literal["changed", "created", "title"] = "changed"
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str = Field(default="", max_length=2000)
    """The `next` of the page before; of the same search, state and sort."""


def _list(call: Call) -> BaseModel:
    wanted: ListQuery = call.query
    return _shelf(call).views.cards(
        search=wanted.search,
        state=wanted.state,
        sort=wanted.sort,
        cursor=wanted.cursor,
        limit=wanted.limit,
    )


class CreateBody(Body):
    """A brief, or a screenplay as OneReel saves it or as a person writes it, and what to do with
    it. `ceiling`: dollars that you agree to; a shoot needs it."""

    brief: Brief | None = None
    screenplay: dict[str, JsonValue] | None = None
    options: FilmOptions = FilmOptions()
    action: Literal["write", "rehearse", "shoot", "none"] = "rehearse"
    ceiling: _Dollars | None = None
    priority: queue.Priority = "normal"
    client_id: _Client = ""
    """Of a socket of ComfyUI that is told of every node."""


async def _create(call: Call) -> Any:
    body: CreateBody = call.body
    key = call.request.headers.get("Idempotency-Key", "")
    if (body.brief is None) == (body.screenplay is None):
        raise ReviseBrief("Send a brief or a screenplay, one of them.")
    if body.brief is not None:
        source: Any = body.brief
    else:
        source = await asyncio.to_thread(load_screenplay, json.dumps(body.screenplay))
    library = _shelf(call)
    creation = await asyncio.to_thread(
        lambda: library.films.create(source, options=body.options, made_by=_PROGRAMS, key=key)
    )
    film_id = creation.film.id
    if creation.new:
        HUB.publish("films", {})
    if creation.new and body.action != "none":
        wish = Wish(
            action=body.action,
            scenes="every",
            ceiling=body.ceiling,
            priority=body.priority,
            client_id=body.client_id,
        )
        await run_film(film_id, wish, home=call.home, settings=call.settings)
    return await _view(call, film_id)


async def _get(call: Call) -> Any:
    return await _view(call, call.at["film"])


class PatchBody(Body):
    """Another title, other options."""

    title: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    options: dict[str, JsonValue] | None = None
    """Fields of the options, each with its new value."""
    revision: _Revision | None = None
    """The one that you saw; without it, the current one."""


async def _patch(call: Call) -> Any:
    body: PatchBody = call.body
    changes: list[Change] = []
    if body.title is not None:
        changes.append(SetTitle(title=body.title))
    if body.options:
        changes.append(SetOptions(fields=body.options))
    if changes:
        await _edited(call, body.revision, changes)
    return await _view(call, call.at["film"])


class RunBody(Body):
    """What to do with a film. `ceiling`: dollars that you agree to; a shoot needs it."""

    action: Literal["write", "rehearse", "shoot", "cut"]
    scenes: Literal["approved", "every"] | _SceneIds = "approved"
    ceiling: _Dollars | None = None
    priority: queue.Priority = "normal"
    client_id: _Client = ""


async def _run(call: Call) -> Any:
    body: RunBody = call.body
    wish = Wish(body.action, body.scenes, body.ceiling, body.priority, body.client_id)
    await run_film(call.at["film"], wish, home=call.home, settings=call.settings)
    return await _view(call, call.at["film"])


async def _cancel(call: Call) -> Any:
    film_id = call.at["film"]
    jobs = _shelf(call).jobs
    await asyncio.to_thread(_shelf(call).films.get, film_id)
    for job in await asyncio.to_thread(jobs.open, film_id):
        if not queue.cancel(job.id):
            # No queue has it any more.
            await asyncio.to_thread(jobs.end, job.id, "cancelled")
    return await _view(call, film_id)


async def _resume(call: Call) -> Any:
    await asyncio.to_thread(_shelf(call).films.get, call.at["film"])
    await continue_film(call.at["film"], home=call.home, settings=call.settings)
    return await _view(call, call.at["film"])


class EditBody(Body):
    """Changes of the version `revision`, all of them or none."""

    revision: _Revision
    label: str = Field(default="", max_length=200)
    changes: Annotated[tuple[Change, ...], Field(min_length=1, max_length=MOST_CHANGES)]


async def _edit(call: Call) -> Any:
    await _edited(call, call.body.revision, call.body.changes, call.body.label)
    return await _view(call, call.at["film"])


async def _edited(call: Call, revision: int | None, changes: Any, label: str = "") -> None:
    films, film_id = _shelf(call).films, call.at["film"]

    def edit() -> None:
        seen = revision or films.get(film_id).revision.number
        films.edit(film_id, seen, changes, label=label)

    await asyncio.to_thread(edit)
    await _tell(call, film_id)


class StepBody(Body):
    """The version that you saw; without it, the current one."""

    revision: _Revision | None = None


async def _undo(call: Call) -> Any:
    await asyncio.to_thread(_shelf(call).films.undo, call.at["film"], call.body.revision)
    await _tell(call, call.at["film"])
    return await _view(call, call.at["film"])


async def _redo(call: Call) -> Any:
    await asyncio.to_thread(_shelf(call).films.redo, call.at["film"], call.body.revision)
    await _tell(call, call.at["film"])
    return await _view(call, call.at["film"])


async def _duplicate(call: Call) -> Any:
    film = await asyncio.to_thread(_shelf(call).films.duplicate, call.at["film"])
    HUB.publish("films", {})
    return await _view(call, film.id)


class RedoBody(Body):
    """Another take of a scene; the note joins what the renderer is asked for."""

    note: str = Field(default="", max_length=2000)
    revision: _Revision
    action: Literal["rehearse", "shoot"] = "rehearse"
    ceiling: _Dollars | None = None
    client_id: _Client = ""


async def _redo_scene(call: Call) -> Any:
    body: RedoBody = call.body
    film_id, scene_id = call.at["film"], call.at["scene"]
    await _edited(call, body.revision, [RedoScene(scene=scene_id, note=body.note)])
    wish = Wish(body.action, [scene_id], body.ceiling, client_id=body.client_id)
    await run_film(film_id, wish, home=call.home, settings=call.settings)
    return await _view(call, film_id)


class UploadQuery(Query):
    """The version that you saw; without it, the current one."""

    revision: int | None = Field(default=None, ge=1, le=2**31 - 1)


async def _bring_clip(call: Call) -> Any:
    from ...onereel.library.brought import bring_to_scene

    file: Path = call.body
    film_id = call.at["film"]
    await asyncio.to_thread(
        lambda: bring_to_scene(
            film_id,
            call.at["scene"],
            file,
            films=_shelf(call).films,
            home=call.home,
            revision=call.query.revision,
        )
    )
    await _tell(call, film_id)
    return await _view(call, film_id)


async def _bring_music(call: Call) -> Any:
    from ...onereel.library.brought import bring_music

    file: Path = call.body
    film_id = call.at["film"]
    await asyncio.to_thread(
        lambda: bring_music(
            film_id,
            file,
            films=_shelf(call).films,
            home=call.home,
            revision=call.query.revision,
        )
    )
    await _tell(call, film_id)
    return await _view(call, film_id)


class ProposalBody(Body):
    """A wish, such as "make scene 3 darker"."""

    text: str = Field(min_length=1, max_length=2000)
    scene: str = Field(default="", max_length=64, pattern=r"^[A-Za-z0-9._-]*$")
    """The scene that you look at."""
    language: str = Field(default="", max_length=20, pattern=r"^[A-Za-z0-9_-]*$")
    """Yours; without it, the film's."""


class Difference(BaseModel):
    """What a change changes: `scene` is empty for the film itself."""

    scene: str
    field: str
    before: JsonValue
    after: JsonValue


class Proposed(BaseModel):
    """What would fulfil the wish. Nothing is changed: send `changes` to `edits` for that."""

    words: str
    changes: list[dict[str, JsonValue]]
    diff: list[Difference]
    by: str


async def _propose(call: Call) -> Proposed:
    from ...onereel.library.chat.propose import propose

    body: ProposalBody = call.body
    film = await asyncio.to_thread(_shelf(call).films.get, call.at["film"])
    # In a loop of its own: a model may think for a minute, and some of it is no coroutine.
    proposal = await asyncio.to_thread(
        lambda: asyncio.run(
            propose(
                body.text,
                film.revision,
                scene=body.scene,
                language=body.language,
                settings=call.settings,
            )
        )
    )
    return Proposed(
        words=proposal.words,
        changes=[each.model_dump(mode="json") for each in proposal.changes],
        diff=[
            Difference(scene=each.scene, field=each.field, before=each.before, after=each.after)
            for each in proposal.diff
        ],
        by=proposal.by,
    )


class GraphView(BaseModel):
    """The workflow that ran last, or would run, in ComfyUI's API format."""

    name: str
    prompt: dict[str, Any]
    ran: bool


def _graph(call: Call) -> GraphView:
    from ...onereel.library.running import plan_run

    library = _shelf(call)
    film = library.films.get(call.at["film"])
    job = library.jobs.latest(film.id)
    graph = library.jobs.graph(job.id) if job else None
    ran = isinstance(graph, dict)
    if not ran:
        plan = plan_run(
            film.brief, film.revision, "rehearse", home=call.home, settings=call.settings
        )
        graph = workflow_of(film, plan, "rehearse", call.home)
    return GraphView(name=film.title, prompt=graph, ran=ran)


async def _export(call: Call) -> web.StreamResponse:
    kind = call.at["kind"]
    film, path, text = await asyncio.to_thread(_exported, call, kind)
    name = f"{file_name(film)}.{_SUFFIXES[kind][0]}"
    if path:
        return await sent(call, path, kind=_SUFFIXES[kind][1], download=name)
    return web.Response(
        body=text.encode(),
        headers={
            "Content-Type": _SUFFIXES[kind][1],
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


_SUFFIXES = {
    "film": ("mp4", "video/mp4"),
    "srt": ("srt", "application/x-subrip"),
    "vtt": ("vtt", "text/vtt"),
    "screenplay": ("screenplay.json", "application/json"),
    "otio": ("otio", "application/json"),
}


def _exported(call: Call, kind: str) -> tuple[str, Path | None, str]:
    """The film's title, and the file, or the text that it would hold."""
    from ...onereel.cut.otio import write_otio
    from ...onereel.errors import ChooseFilm, ReviseScreenplay
    from .. import bridge

    library = _shelf(call)
    film = library.films.get(call.at["film"])
    if kind == "screenplay":
        if film.revision.screenplay is None:
            raise ReviseScreenplay("This film has no scenes yet; have it written first.")
        return film.title, None, film.revision.screenplay.to_json(indent=1)
    reel = library.results.reel(film.id)
    if reel is None:
        raise ChooseFilm("This film is not finished yet; rehearse it first.")
    path = call.home.path(reel.media)
    if kind == "film":
        return film.title, path, ""
    if kind == "otio":
        with bridge.scratch_file("export.otio") as scratch:
            write_otio(reel.cut, scratch, call.home)
            return film.title, None, scratch.read_text("utf-8")
    beside = path.with_suffix(f".{kind}")
    if not beside.is_file():
        raise ChooseFilm("This film was made without captions.")
    return film.title, beside, ""


def _shelf(call: Call) -> Any:
    return shelf(call.home, call.settings)


async def _view(call: Call, film_id: str) -> BaseModel:
    positions = {key: place.position for key, place in queue.places().items()}
    found: BaseModel = await asyncio.to_thread(
        lambda: _shelf(call).views.film(film_id, settings=call.settings, positions=positions)
    )
    return found


async def _tell(call: Call, film_id: str) -> None:
    film = await asyncio.to_thread(_shelf(call).films.get, film_id)
    HUB.publish("film", {"film": film_id, "revision": film.revision.number, "state": film.state})


def _routes() -> tuple[Route, ...]:
    from ...onereel.library.views import FilmsPage, FilmView

    busy, bought = (409,), (409,)
    return (
        Route("GET", "/films", _list, "The films of the library", FilmsPage, query=ListQuery),
        Route(
            "POST",
            "/films",
            _create,
            "Make a film",
            FilmView,
            status=202,
            body=CreateBody,
            headers={
                "Idempotency-Key": "The same key gives the film that it asked for before, for 30"
                " days."
            },
            fails=bought,
        ),
        Route("GET", "/films/{film}", _get, "A film", FilmView),
        Route(
            "PATCH",
            "/films/{film}",
            _patch,
            "Change a title or options",
            FilmView,
            body=PatchBody,
            fails=busy,
        ),
        Route(
            "POST",
            "/films/{film}/run",
            _run,
            "Write, rehearse, shoot or cut a film",
            FilmView,
            status=202,
            body=RunBody,
            fails=bought,
        ),
        Route("POST", "/films/{film}/cancel", _cancel, "Stop it", FilmView, status=202),
        Route(
            "POST",
            "/films/{film}/resume",
            _resume,
            "Go on where it stopped",
            FilmView,
            status=202,
            fails=bought,
        ),
        Route(
            "POST",
            "/films/{film}/edits",
            _edit,
            "Change scenes, options or the title",
            FilmView,
            body=EditBody,
            fails=busy,
        ),
        Route(
            "POST",
            "/films/{film}/undo",
            _undo,
            "Take the last change back",
            FilmView,
            body=StepBody,
            optional_body=True,
            fails=busy,
        ),
        Route(
            "POST",
            "/films/{film}/redo",
            _redo,
            "Make the change again that was taken back",
            FilmView,
            body=StepBody,
            optional_body=True,
            fails=busy,
        ),
        Route(
            "POST",
            "/films/{film}/duplicate",
            _duplicate,
            "Another film of this one's words",
            FilmView,
            status=201,
        ),
        Route(
            "POST",
            "/films/{film}/scenes/{scene}/redo",
            _redo_scene,
            "Another take of a scene",
            FilmView,
            status=202,
            body=RedoBody,
            fails=bought,
        ),
        Route(
            "POST",
            "/films/{film}/scenes/{scene}/clip",
            _bring_clip,
            "Bring a clip, a still or a recorded narration",
            FilmView,
            body=Upload(("video", "image", "audio"), _LARGEST_CLIP),
            query=UploadQuery,
            fails=busy,
        ),
        Route(
            "POST",
            "/films/{film}/music",
            _bring_music,
            "Bring music",
            FilmView,
            body=Upload(("audio", "video"), _LARGEST_CLIP),
            query=UploadQuery,
            fails=busy,
        ),
        Route(
            "POST",
            "/films/{film}/proposals",
            _propose,
            "What would fulfil a wish; nothing is changed",
            Proposed,
            body=ProposalBody,
        ),
        Route("GET", "/films/{film}/graph", _graph, "The workflow", GraphView),
        Route(
            "GET",
            "/films/{film}/export/{kind}",
            _export,
            "Download the film, its captions, its screenplay or its time line",
            "*/*",
            fails=(400, 409, 416),
            ranges=True,
        ),
    )


ROUTES = _routes()
