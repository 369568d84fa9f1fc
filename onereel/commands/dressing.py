"""What every command that makes films takes besides its own: music, and who presents the film."""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from ..cut.plan import CardMode, Corner, PresenterPlace
from ..cut.presenter import keep_presenter_file
from ..cut.soundtrack import keep_music_file
from ..errors import ReviseBrief
from ..home import Home
from ..options import FilmOptions
from ..stage import Work
from ..values import in_words
from .console import add_choice, rows_of

__all__ = ["add_dressing", "dressed", "options_of"]


def add_dressing(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--music", type=Path, metavar="FILE", help="a sound file to lay under the film")
    add("--presenter", default="", metavar="WHO", help="a picture, a clip or a saved character")
    add_choice(parser, "--presenter-place", get_args(PresenterPlace), "how it is seen")
    add_choice(parser, "--presenter-corner", get_args(Corner), "where its circle is")
    add("--presenter-key", default="", metavar="COLOUR", help="to see through, such as green")
    add("--presenter-scenes", default="all", metavar="1,3-5", help="the scenes that show it")
    add_choice(parser, "--cards", get_args(CardMode), "large words over the first and last seconds")
    add("--end-card", default="", metavar="WORDS", help="of the last card (default: the title)")


def options_of(arguments: argparse.Namespace, **fields: Any) -> FilmOptions:
    """The options of a film, with what was said of its presenter and its cards.

    Raises:
        ReviseBrief: one of them cannot be used; the sentence names it as it was given.
    """
    try:
        return FilmOptions(
            **fields,
            presenter_place=arguments.presenter_place,
            presenter_corner=arguments.presenter_corner,
            presenter_key=arguments.presenter_key,
            presenter_scenes=arguments.presenter_scenes,
            cards=arguments.cards,
            end_card=rows_of(arguments.end_card),
        )
    except ValidationError as error:
        name, _, reason = in_words(error).partition(" ")
        raise ReviseBrief(f"--{name.replace('_', '-')} {reason}.") from None


async def dressed(arguments: argparse.Namespace, options: FilmOptions, work: Work) -> FilmOptions:
    """The options with the presenter and the music, which are kept in the home.

    Raises:
        BadInput: there is no such file, or it is neither.
        StorageError: it cannot be kept.
    """
    if arguments.presenter:
        presenter = await asyncio.to_thread(_presenter, arguments.presenter, work.home)
        options = options.replace(presenter=presenter)
    if arguments.music:
        music = await asyncio.to_thread(
            keep_music_file, arguments.music, home=work.home, cancel=work.cancel
        )
        options = options.replace(music=music)
    return options


def _presenter(given: str, home: Home) -> str:
    """The media name of a file; anything else is the name of a character."""
    if Path(given).is_file() or re.search(r"\.\w{2,5}$", given):
        return keep_presenter_file(Path(given), home=home)
    return given
