"""Who presents a film, by name: a character of the library, or a picture or clip that was kept."""

from __future__ import annotations

import re

from ..cut.presenter import KEPT, portrait_of
from ..errors import ReplaceMedia
from ..home import Home
from ..options import FilmOptions
from ..settings import Settings
from ..story.brief import Brief
from ..story.screenplay import Screenplay
from .characters import open_characters
from .presented import check_presented

__all__ = ["check_presenter", "saved_presenter"]


def check_presenter(
    options: FilmOptions, source: Brief | Screenplay, *, home: Home, settings: Settings
) -> None:
    """Make sure that who presents a film is there, and in scenes that it can have.

    Raises:
        BadInput: as `saved_presenter` and `check_presented`.
    """
    if options.presenter:
        saved_presenter(options.presenter, home=home, settings=settings)
        check_presented(options, source)


def saved_presenter(name: str, *, home: Home, settings: Settings) -> str:
    """The media name of who presents.

    `name` is a media name that `keep_presenter_file` gave, or the name or id of a character.

    Raises:
        ChooseCharacter: nobody in the library is called so.
        ReplaceMedia: the picture or the clip is not there any more.
        RevisePresenter: the character has no picture.
    """
    name = name.strip()
    if not re.fullmatch(KEPT, name):
        with open_characters(home, settings) as characters:
            name = portrait_of(characters.called(name))
    if not home.path(name).is_file():
        raise ReplaceMedia("The presenter's picture or clip is not there any more; choose another.")
    return name
