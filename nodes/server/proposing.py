"""Proposals: what fulfils a wish, and what a director would change. Nothing is changed here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from pydantic import Field, JsonValue

from ...onereel.errors import ReviseScreenplay
from ...onereel.library.said import Said, said_of
from ...onereel.stage import Work
from .routes import Answer, Body, Call, Route
from .seeing import library

if TYPE_CHECKING:
    from ...onereel.library.chat import Proposal

__all__ = ["ROUTES"]


class ProposalBody(Body):
    """A wish, such as "make scene 3 darker"."""

    text: str = Field(min_length=1, max_length=2000)
    scene: str = Field(default="", max_length=64, pattern=r"^[A-Za-z0-9._-]*$")
    """The scene that you look at."""
    language: str = Field(default="", max_length=20, pattern=r"^[A-Za-z0-9_-]*$")
    """Yours; without it, the film's."""


class DirectBody(Body):
    """Who goes over a film's script."""

    director: Literal["built-in", "ollama", "gemini", "best"] = "built-in"
    model: str = Field(default="", max_length=200)
    """Of ollama or gemini; empty: the usual one."""


class Difference(Answer):
    """What a change changes: `scene` is empty for the film itself."""

    scene: str
    field: str
    before: JsonValue
    after: JsonValue


class Proposed(Answer):
    """What would fulfil the wish. Nothing is changed: send `changes` to `edits` for that."""

    words: str
    words_said: Said | None
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
                home=call.home,
                settings=call.settings,
            )
        )
    )
    return _proposed(proposal)


def _proposed(proposal: Proposal) -> Proposed:
    return Proposed(
        words=proposal.words,
        words_said=_said(proposal),
        changes=[each.model_dump(mode="json") for each in proposal.changes],
        diff=[
            Difference(scene=each.scene, field=each.field, before=each.before, after=each.after)
            for each in proposal.diff
        ],
        by=proposal.by,
    )


def _said(proposal: Proposal) -> Said | None:
    """Its words; what a command did is said as the film's history says it."""
    said = said_of(proposal.words.rstrip("."))
    return said or (said_of(proposal.label) if proposal.by == "commands" else None)


async def _direct(call: Call) -> Proposed:
    from ...onereel.directors import direct
    from ...onereel.library.chat.directing import as_proposal

    body: DirectBody = call.body
    film = await asyncio.to_thread(library(call).films.get, call.at["film"])
    work = Work(call.home, call.settings)
    version = film.revision
    before = version.screenplay
    if before is None:
        raise ReviseScreenplay("This film has no scenes yet; have it written first.")
    told = {"director": body.director, "model": body.model}
    # In a loop of its own: a model may think for a minute, and some of it is no coroutine.
    made = await asyncio.to_thread(lambda: asyncio.run(direct(work, screenplay=before, **told)))
    return _proposed(as_proposal(version, made["screenplay"], made["notes"]))


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        "/films/{film}/proposals",
        _propose,
        "What would fulfil a wish; nothing is changed",
        Proposed,
        body=ProposalBody,
    ),
    Route(
        "POST",
        "/films/{film}/direct",
        _direct,
        "What a director would change; nothing is changed",
        Proposed,
        body=DirectBody,
        optional_body=True,
    ),
)
