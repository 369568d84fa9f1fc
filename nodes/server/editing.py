"""Changes of a film: edits, undo and redo, other takes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from ...onereel.errors import OneReelError, ReloadFilm
from ...onereel.library.edits.changes import (
    MOST_CHANGES,
    Change,
    RedoScene,
    SetLook,
    SetOptions,
    SetPlatform,
    SetShape,
    SetTitle,
)
from ...onereel.library.views.plain import FilmView
from ...onereel.story.brief import LONGEST_LOOK, Aspect
from .problems import Problem
from .routes import Answer, Body, Call, Route
from .running import Wish, run_film
from .seeing import BUSY, ClientId, Dollars, Revision, changed, library, view

__all__ = ["ROUTES", "EditPreview"]


class PatchBody(Body):
    """Another title, another look, another shape, other options."""

    title: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    look: Annotated[str, Field(min_length=1, max_length=LONGEST_LOOK)] | None = None
    """By its name, or in words; takes that were chosen stay chosen."""
    aspect: Aspect | None = None
    """The shape of the picture; takes that were chosen stay chosen, and are fitted into it."""
    platform: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    """Where the film is shown, by name or label; its shape and its resolution follow, unless
    `aspect` and `options` say others."""
    options: dict[str, JsonValue] | None = None
    """Fields of the options, each with its new value."""
    revision: Revision | None = None
    """The one that you saw; without it, the current one."""


async def _patch(call: Call) -> Any:
    body: PatchBody = call.body
    changes: list[Change] = []
    if body.title is not None:
        changes.append(SetTitle(title=body.title))
    if body.look is not None:
        changes.append(SetLook(look=body.look))
    if body.platform is not None:
        changes.append(SetPlatform(platform=body.platform, aspect=body.aspect))
    elif body.aspect is not None:
        changes.append(SetShape(aspect=body.aspect))
    if body.options:
        changes.append(SetOptions(fields=body.options))
    if not changes:
        return await view(call, call.at["film"])
    return await changed(call, lambda: _edit_film(call, body.revision, changes))


class EditBody(Body):
    """Changes of the version `revision`, all of them or none."""

    revision: Revision
    label: str = Field(default="", max_length=200)
    changes: Annotated[tuple[Change, ...], Field(min_length=1, max_length=MOST_CHANGES)]


async def _edit(call: Call) -> Any:
    body: EditBody = call.body
    return await changed(
        call, lambda: _edit_film(call, body.revision, body.changes, label=body.label)
    )


class KeptTake(Answer):
    """A take that would not be seen as it was shot, where it is kept."""

    scene: str
    way: Literal["whole", "cropped", "framed"]
    """Framed: it stands between black bars."""
    share: float
    """Of its picture that is seen; where it is framed, of the screen that it fills."""
    enlarged: float
    """How many times wider and higher than it was shot; at least 1."""


class EditPreview(Answer):
    """What an edit would mean: the scenes that would show something else, those whose bought shot
    would not play any more, or would be cropped, and what shooting the latter again (of another
    script: all of it) costs at most; null where nobody knows. Nothing is changed."""

    changed: list[str]
    again: list[str]
    at_most: str | None
    kept: list[KeptTake]
    """How takes would be seen that are kept although they have another shape or size."""


def _preview(call: Call) -> EditPreview:
    from ...onereel.library.edits.foreseeing import foresee

    body: EditBody = call.body
    films, film_id = library(call).films, call.at["film"]
    found = foresee(film_id, body.changes, films, home=call.home, settings=call.settings)
    return EditPreview.model_validate(found.model_dump(mode="json"))


def _edit_film(
    call: Call, revision: int | None, changes: Sequence[Change], *, label: str = ""
) -> None:
    library(call).films.edit(call.at["film"], revision, changes, label=label)


class StepBody(Body):
    """The version that you saw; without it, the current one."""

    revision: Revision | None = None


async def _undo(call: Call) -> Any:
    films = library(call).films
    return await changed(call, lambda: films.undo(call.at["film"], call.body.revision))


async def _redo(call: Call) -> Any:
    films = library(call).films
    return await changed(call, lambda: films.redo(call.at["film"], call.body.revision))


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
    redo = [RedoScene(scene=scene_id, note=body.note)]
    edited: Any = await changed(call, lambda: _edit_film(call, body.revision, redo))
    wish = Wish(body.action, [scene_id], body.ceiling, client_id=body.client_id)
    try:
        await run_film(film_id, wish, home=call.home, settings=call.settings)
    except (OneReelError, Problem):
        # Whoever cannot have another take keeps the one that is there.
        films = library(call).films
        with suppress(ReloadFilm):
            await changed(call, lambda: films.undo(film_id, edited.revision))
        raise
    return await view(call, film_id)


ROUTES: tuple[Route, ...] = (
    Route(
        "PATCH",
        "/films/{film}",
        _patch,
        "Change a title, a look, a platform, a shape or options",
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
        "/films/{film}/edits/preview",
        _preview,
        "What changes would mean for the money; nothing is changed",
        EditPreview,
        body=EditBody,
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
)
