"""Another script of a film, in its own or in another tone or kind, before it takes its place."""

from __future__ import annotations

import asyncio
from typing import Annotated

from pydantic import Field, JsonValue

from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from .editing import EditPreview
from .routes import Answer, Body, Call, Route
from .seeing import library

__all__ = ["ROUTES"]


class TellBody(Body):
    """How a film is to be told: what is left out stays as it is. Each `another` asks for a further
    script of the same wishes; a writer that costs money is paid for each."""

    template: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    tone: Annotated[str, Field(max_length=300)] | None = None
    another: Annotated[int, Field(ge=0, le=10**6)] = 1


class ToldAgain(Answer):
    """Another script of a film, and what it would mean. Nothing is changed: send `changes` to
    `edits` for that. Takes of the scenes that are there stay on disk, and undo brings them back."""

    screenplay: Screenplay
    changes: list[dict[str, JsonValue]]
    preview: EditPreview


async def _tell_again(call: Call) -> ToldAgain:
    from ...onereel.library.edits.changes import Rewrite
    from ...onereel.library.edits.foreseeing import foresee
    from ...onereel.library.edits.retelling import tell_again
    from ...onereel.library.edits.versions import written

    body: TellBody = call.body
    films, film_id = library(call).films, call.at["film"]
    version = (await asyncio.to_thread(films.get, film_id)).revision
    before = written(version)
    work = Work(call.home, call.settings)
    wishes = {
        "template": before.brief.template if body.template is None else body.template,
        "tone": before.brief.tone if body.tone is None else body.tone,
        "another": body.another,
    }
    # In a loop of its own: a model may think for a minute, and some of it is no coroutine.
    told = await asyncio.to_thread(
        lambda: asyncio.run(tell_again(work, before, version.options, **wishes))
    )
    changes = [Rewrite(screenplay=told)]
    found = await asyncio.to_thread(
        foresee, film_id, changes, films, home=call.home, settings=call.settings
    )
    return ToldAgain(
        screenplay=told,
        changes=[each.model_dump(mode="json") for each in changes],
        preview=EditPreview.model_validate(found.model_dump(mode="json")),
    )


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        "/films/{film}/scripts",
        _tell_again,
        "Another script of a film, and what it would mean; nothing is changed",
        ToldAgain,
        body=TellBody,
        optional_body=True,
    ),
)
