"""`python -m onereel revoice`: a finished film in other languages, with its own pictures."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from ..errors import ReviseBrief
from ..film import make_film, save_beside
from ..home import Home
from ..naming import free_name
from ..revoicing import (
    TRANSLATORS,
    lend_takes,
    translated,
    translator_of,
    with_end_card,
    without_end_card,
)
from ..settings import Settings
from ..stage import Work
from ..story.files import read_screenplay
from ..work import Cancel
from .console import Parser, obey_ctrl_c, progress_bar
from .dressing import add_dressing, dressed, options_of

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m onereel revoice",
        description="A finished film in other languages: script, voice and captions anew; every"
        " take as it is, so that no second of video is bought again.",
    )
    add = parser.add_argument
    add("screenplay", type=Path, help="the film's screenplay, which lies beside it")
    add("--into", required=True, metavar="CODES", help="languages, such as de,fr,es")
    add("--writer", choices=TRANSLATORS, default="", help="who translates (default: who wrote it)")
    add("--writer-model", default="", metavar="NAME", help="the translator's model")
    add("--voice", default="auto", metavar="NAME", help="who speaks (default: by language)")
    add("--captions", choices=("off", "soft", "burned"), default="soft", help="default soft")
    add_dressing(parser)
    add("--resolution", choices=("480p", "720p", "1080p"), default="720p", help="default 720p")
    add("--output", type=Path, default=Path(), metavar="FOLDER", help="default: this folder")
    return parser


def main(words: list[str]) -> int:
    """Run `revoice` with the words after it; return the exit code.

    Raises:
        OneReelError: with a sentence for the user; films in earlier languages are kept.
    """
    arguments = _parser().parse_args(words)
    languages = [code.strip() for code in arguments.into.split(",") if code.strip()]
    if not languages:
        raise ReviseBrief("Name a language after --into, such as --into de,fr.")
    home = Home.find()
    bar, progress = progress_bar()
    with bar:
        work = Work(home, Settings.load(home), progress, Cancel())
        asyncio.run(_revoice(arguments, languages, work))
    return 0


async def _revoice(arguments: argparse.Namespace, languages: list[str], work: Work) -> None:
    obey_ctrl_c(work.cancel)
    film = read_screenplay(arguments.screenplay)
    service, model = arguments.writer, arguments.writer_model
    writer = translator_of(film, service=service, model=model)
    options = options_of(
        arguments,
        voice=arguments.voice,
        captions=arguments.captions,
        resolution=arguments.resolution,
    )
    options, end_card = await dressed(arguments, options, work), options.end_card
    if options.presenter:
        # Only now: the library's database takes longer to load than everything else.
        from ..library.presenters import check_presenter

        # Before anything is paid for.
        check_presenter(options, film, home=work.home, settings=work.settings)
    for language in languages:
        whole = await translated(
            with_end_card(film, end_card),
            language,
            writer=writer,
            home=work.home,
            settings=work.settings,
            progress=work.progress,
            cancel=work.cancel,
        )
        spoken, translated_card = without_end_card(whole)
        options = options.replace(end_card=translated_card or end_card)
        lend_takes(film, spoken, home=work.home)
        with free_name(f"{spoken.title} {language}", arguments.output) as path:
            made = await make_film(spoken, path, options=options, work=work)
        save_beside(made.reel.path, screenplay=made.screenplay, cut=made.cut, home=work.home)
        print(made.reel.path.resolve())
