"""Changes of a film: edits, undo and redo, other takes, what a film maker brings, wishes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from ...onereel.library.changes import (
    MOST_CHANGES,
    Change,
    RedoScene,
    SetOptions,
    SetTitle,
)
from ...onereel.library.views import FilmView
from .routes import Answer, Body, Call, Query, Route, Upload
from .running import Wish, run_film
from .seeing import BUSY, ClientId, Dollars, Revision, library, tell, view

__all__ = ["ROUTES"]

_LARGEST_CLIP = 500 * 10**6


class PatchBody(Body):
    """Another title, other options."""

    title: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    options: dict[str, JsonValue] | None = None
    """Fields of the options, each with its new value."""
    revision: Revision | None = None
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
    return await view(call, call.at["film"])


class EditBody(Body):
    """Changes of the version `revision`, all of them or none."""

    revision: Revision
    label: str = Field(default="", max_length=200)
    changes: Annotated[tuple[Change, ...], Field(min_length=1, max_length=MOST_CHANGES)]


async def _edit(call: Call) -> Any:
    await _edited(call, call.body.revision, call.body.changes, call.body.label)
    return await view(call, call.at["film"])


async def _edited(call: Call, revision: int | None, changes: Any, label: str = "") -> None:
    films, film_id = library(call).films, call.at["film"]

    def edit() -> None:
        seen = revision or films.get(film_id).revision.number
        films.edit(film_id, seen, changes, label=label)

    await asyncio.to_thread(edit)
    await tell(call, film_id)


class StepBody(Body):
    """The version that you saw; without it, the current one."""

    revision: Revision | None = None


async def _undo(call: Call) -> Any:
    await asyncio.to_thread(library(call).films.undo, call.at["film"], call.body.revision)
    await tell(call, call.at["film"])
    return await view(call, call.at["film"])


async def _redo(call: Call) -> Any:
    await asyncio.to_thread(library(call).films.redo, call.at["film"], call.body.revision)
    await tell(call, call.at["film"])
    return await view(call, call.at["film"])


class RedoBody(Body):
    """Another take of a scene; the note joins what the renderer is asked for."""

    note: str = Field(default="", max_length=2000)
    revision: Revision
    action: Literal["rehearse", "shoot"] = "rehearse"
    ceiling: Dollars | None = None
    client_id: ClientId = ""


async def _redo_scene(call: Call) -> Any:
    body: RedoBody = call.body
    film_id, scene_id = call.at["film"], call.at["scene"]
    await _edited(call, body.revision, [RedoScene(scene=scene_id, note=body.note)])
    wish = Wish(body.action, [scene_id], body.ceiling, client_id=body.client_id)
    await run_film(film_id, wish, home=call.home, settings=call.settings)
    return await view(call, film_id)


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
            films=library(call).films,
            home=call.home,
            revision=call.query.revision,
        )
    )
    await tell(call, film_id)
    return await view(call, film_id)


async def _bring_music(call: Call) -> Any:
    from ...onereel.library.brought import bring_music

    file: Path = call.body
    film_id = call.at["film"]
    await asyncio.to_thread(
        lambda: bring_music(
            film_id,
            file,
            films=library(call).films,
            home=call.home,
            revision=call.query.revision,
        )
    )
    await tell(call, film_id)
    return await view(call, film_id)


class Music(Answer):
    """Music that was kept: the name is what options take as `music`."""

    music: str


def _keep_music(call: Call) -> Music:
    from ...onereel.cut.soundtrack import keep_music_file

    return Music(music=keep_music_file(call.body, home=call.home))


class ProposalBody(Body):
    """A wish, such as "make scene 3 darker"."""

    text: str = Field(min_length=1, max_length=2000)
    scene: str = Field(default="", max_length=64, pattern=r"^[A-Za-z0-9._-]*$")
    """The scene that you look at."""
    language: str = Field(default="", max_length=20, pattern=r"^[A-Za-z0-9_-]*$")
    """Yours; without it, the film's."""


class Difference(Answer):
    """What a change changes: `scene` is empty for the film itself."""

    scene: str
    field: str
    before: JsonValue
    after: JsonValue


class Proposed(Answer):
    """What would fulfil the wish. Nothing is changed: send `changes` to `edits` for that."""

    words: str
    changes: list[dict[str, JsonValue]]
    diff: list[Difference]
    by: str


async def _propose(call: Call) -> Proposed:
    from ...onereel.library.chat.propose import propose

    body: ProposalBody = call.body
    film = await asyncio.to_thread(library(call).films.get, call.at["film"])
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


ROUTES: tuple[Route, ...] = (
    Route(
        "PATCH",
        "/films/{film}",
        _patch,
        "Change a title or options",
        FilmView,
        body=PatchBody,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/edits",
        _edit,
        "Change scenes, options or the title",
        FilmView,
        body=EditBody,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/undo",
        _undo,
        "Take the last change back",
        FilmView,
        body=StepBody,
        optional_body=True,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/redo",
        _redo,
        "Make the change again that was taken back",
        FilmView,
        body=StepBody,
        optional_body=True,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/scenes/{scene}/redo",
        _redo_scene,
        "Another take of a scene",
        FilmView,
        status=202,
        body=RedoBody,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/scenes/{scene}/clip",
        _bring_clip,
        "Bring a clip, a still or a recorded narration",
        FilmView,
        body=Upload(("video", "image", "audio"), _LARGEST_CLIP),
        query=UploadQuery,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/music",
        _bring_music,
        "Bring music",
        FilmView,
        body=Upload(("audio", "video"), _LARGEST_CLIP),
        query=UploadQuery,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/music",
        _keep_music,
        "Bring music for a film that is not made yet",
        Music,
        body=Upload(("audio", "video"), _LARGEST_CLIP),
        slow=True,
    ),
    Route(
        "POST",
        "/films/{film}/proposals",
        _propose,
        "What would fulfil a wish; nothing is changed",
        Proposed,
        body=ProposalBody,
    ),
)
