"""New films: under ids of their own, made once for each request, and with nothing approved."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..errors import ReloadFilm, ReviseBrief
from ..story.brief import Brief
from ..story.screenplay import Screenplay
from .edits.revision import Version
from .stored import film_row, show
from .tables import FilmRow, RequestRow

__all__ = ["known_request", "new_row", "unapproved", "unused"]

_REMEMBERED = timedelta(days=30)
"""How long a request's key is known."""
_MOST_ALIKE = 10_000
"""Films of equal briefs."""


def known_request(session: Session, key: str, asked: str, at: datetime) -> FilmRow | None:
    """The film that a request with this key made; None for a new key.

    Raises:
        ReloadFilm: the key came with another request.
    """
    session.execute(delete(RequestRow).where(RequestRow.at < at - _REMEMBERED))
    known = session.get(RequestRow, key)
    if known is None:
        return None
    if known.asked != asked:
        raise ReloadFilm(
            "This idempotency key came with another request before; send a new key with a new"
            " request."
        )
    return film_row(session, known.film_id)


def unused(session: Session, brief: Brief) -> Brief:
    """Return the brief as that of a film of its own, under a name that no film of an equal brief
    has.

    Raises:
        ReviseBrief: there are too many of them.
    """
    brief = brief.replace(of_film="")
    if session.get(FilmRow, brief.film_id) is None:
        return brief
    found = re.fullmatch(r"(.*?)(?: (\d{1,4}))?", brief.film or brief.idea[:40].strip(), re.S)
    assert found
    name, start = found[1], int(found[2] or 1)
    for number in range(start + 1, start + _MOST_ALIKE):
        named = brief.replace(film=f"{name} {number}")
        if session.get(FilmRow, named.film_id) is None:
            return named
    raise ReviseBrief("The library is full of films with this brief; give this one another name.")


def unapproved(screenplay: Screenplay, brief: Brief) -> Screenplay:
    """Return the screenplay as that of `brief`, with no approval to buy."""
    scenes = tuple(scene.replace(approved=False) for scene in screenplay.scenes)
    return screenplay.replace(brief=brief, scenes=scenes)


def new_row(brief: Brief, version: Version, made_by: str, at: datetime) -> FilmRow:
    """Make the row of a new film, without its revision."""
    row = FilmRow(
        id=brief.film_id,
        brief=brief.to_json(),
        source=made_by,
        revision=0,
        state="planned",
        poster="",
        scene_ids="",
        created=at,
    )
    show(row, version, at=at)
    return row
