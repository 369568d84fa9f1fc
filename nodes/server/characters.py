"""Characters: made once, cast in any film."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from ...onereel.cast.character import Role
from ...onereel.library.views.characters import CharacterView, character_view
from ...onereel.library.views.plain import FilmView
from .routes import Answer, Body, Call, Route, Upload
from .seeing import BUSY, Revision, changed, library

__all__ = ["ROUTES"]

_LARGEST_PICTURE = 50 * 10**6
_Name = Annotated[str, Field(max_length=80)]
_Words = Annotated[str, Field(max_length=1000)]
_Voice = Annotated[str, Field(max_length=100)]
_Names = Annotated[tuple[_Name, ...], Field(max_length=20)]
_Ids = Annotated[
    tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{1,32}$")], ...], Field(max_length=20)
]


class CharacterList(Answer):
    """All characters of the library, by name."""

    characters: list[CharacterView]


class CharacterBody(Body):
    """A new character."""

    name: _Name
    description: _Words = ""
    role: Role = "supporting"
    voice: _Voice = ""
    also: _Names = ()


class CharacterPatch(Body):
    """What is to be another; `pictures` keeps those it names, in its order."""

    name: _Name | None = None
    description: _Words | None = None
    role: Role | None = None
    voice: _Voice | None = None
    also: _Names | None = None
    pictures: _Ids | None = None


def _list(call: Call) -> CharacterList:
    everybody = library(call).characters.all()
    return CharacterList(characters=[character_view(each) for each in everybody])


def _get(call: Call) -> CharacterView:
    return character_view(library(call).characters.get(call.at["character"]))


def _add(call: Call) -> CharacterView:
    return character_view(library(call).characters.add(**call.body.model_dump()))


def _change(call: Call) -> CharacterView:
    fields = {name: value for name, value in dict(call.body).items() if value is not None}
    return character_view(library(call).characters.change(call.at["character"], **fields))


def _remove(call: Call) -> None:
    library(call).characters.remove(call.at["character"])


def _add_picture(call: Call) -> CharacterView:
    added = library(call).characters.add_picture(call.at["character"], call.body)
    return character_view(added)


class CastBody(Body):
    """Who plays in the film, in place of those who did; nobody takes its cast away."""

    characters: _Ids
    """Ids of the library's."""
    revision: Revision | None = None
    """The one that you saw; without it, the current one."""


async def _cast(call: Call) -> Any:
    from ...onereel.library.edits.changes import SetCast

    body: CastBody = call.body
    shelf, film_id = library(call), call.at["film"]

    def cast() -> None:
        characters = tuple(shelf.characters.get(each) for each in dict.fromkeys(body.characters))
        shelf.films.edit(film_id, body.revision, [SetCast(characters=characters)])

    return await changed(call, cast)


ROUTES: tuple[Route, ...] = (
    Route("GET", "/characters", _list, "The characters of the library", CharacterList),
    Route(
        "POST",
        "/characters",
        _add,
        "Make a character",
        CharacterView,
        status=201,
        body=CharacterBody,
        made="/characters/{id}",
    ),
    Route("GET", "/characters/{character}", _get, "A character", CharacterView),
    Route(
        "PATCH",
        "/characters/{character}",
        _change,
        "Change a character; films that it plays in keep it as they know it",
        CharacterView,
        body=CharacterPatch,
    ),
    Route("DELETE", "/characters/{character}", _remove, "Forget a character", status=204),
    Route(
        "POST",
        "/characters/{character}/pictures",
        _add_picture,
        "Give a character another picture",
        CharacterView,
        body=Upload(("image",), _LARGEST_PICTURE),
        slow=True,
    ),
    Route(
        "PUT",
        "/films/{film}/cast",
        _cast,
        "Who plays in a film: the scenes that name them show them",
        FilmView,
        body=CastBody,
        fails=BUSY,
    ),
)
