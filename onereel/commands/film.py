"""The command line: its words, its bar, its exit codes."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from ..errors import BadInput, OneReelError, ReviseBrief
from ..film import Film, board_film, estimate_film, make_film, price_board, save_beside
from ..home import Home
from ..naming import free_name
from ..options import FilmOptions
from ..settings import Settings
from ..shoot.prices.price_card import PriceCard
from ..shoot.prompting import optimise
from ..stage import Work
from ..story.brief import MOST_SCENES, Brief
from ..story.files import read_screenplay
from ..story.platforms import ANYWHERE, named_platform, platform_of, remarks
from ..story.screenplay import Screenplay
from ..story.settled import settled
from ..story.templates.built_in import template_of
from ..work import Cancel
from .console import above_bar, obey_ctrl_c, progress_bar
from .dressing import dressed, options_of
from .film_words import parsed

__all__ = ["main"]


def _resolution(arguments: argparse.Namespace, source: Brief | Screenplay, home: Home) -> str:
    platform = platform_of(source if isinstance(source, Brief) else source.brief, home)
    # A screenplay keeps the size of its pictures, whatever it is for: they may be bought already.
    best = platform.resolution if arguments.platform != ANYWHERE else None
    asked: str = arguments.resolution or best or "720p"
    if asked not in platform.resolutions:
        raise ReviseBrief(
            f"{platform.label} shows films of {' or '.join(platform.resolutions)}, not of {asked};"
            " choose another --resolution."
        )
    return asked


def _options(arguments: argparse.Namespace, source: Brief | Screenplay, home: Home) -> FilmOptions:
    usual = template_of(source).captions if isinstance(source, Brief) else "soft"
    return options_of(
        arguments,
        writer=arguments.writer,
        model=arguments.writer_model,
        director=arguments.director,
        director_model=arguments.director_model,
        seed=arguments.seed,
        optimise=arguments.optimise,
        cast=arguments.cast,
        voice=arguments.voice,
        backup_voices="; ".join(arguments.backup_voice),
        speed=arguments.speed,
        renderer=arguments.renderer,
        renderer_model=arguments.model,
        on_missing=arguments.on_missing,
        scenes="approved scenes" if arguments.approved else "every scene",
        resolution=_resolution(arguments, source, home),
        captions=arguments.captions or usual,
    )


def _scene_count(asked: int | None) -> int:
    if asked == 0:
        raise ReviseBrief(
            f"A film has 1 to {MOST_SCENES} scenes, not 0; leave --scenes out to let the writer"
            " choose."
        )
    return asked or 0


def _source(arguments: argparse.Namespace, home: Home) -> Brief | Screenplay:
    if arguments.screenplay and arguments.idea:
        raise ReviseBrief("Give an idea or --screenplay, not both.")
    if arguments.platform != ANYWHERE:
        arguments.platform = named_platform(arguments.platform, home).name
    if arguments.screenplay:
        names = ("aspect", "language", "look", "platform")
        said = {name: getattr(arguments, name) for name in names}
        usual = {name: value for name, value in said.items() if value not in (None, "", ANYWHERE)}
        script = settled(read_screenplay(arguments.screenplay, usual=usual), home)
        if not arguments.optimise:
            return script
        made = optimise(script, FilmOptions(renderer=arguments.renderer).manner)
        for note in made.notes:
            above_bar(note)
        return made.screenplay
    shape = {"aspect": arguments.aspect} if arguments.aspect else {}
    brief = Brief.from_data(
        {
            **shape,
            "idea": arguments.idea,
            "duration": arguments.duration,
            "exact": arguments.exact,
            "scene_count": _scene_count(arguments.scenes),
            "template": arguments.template,
            "creativity": arguments.creativity,
            "look": arguments.look,
            "platform": arguments.platform,
            "language": arguments.language or "en",
        }
    )
    return settled(brief, home)


def _free_name(screenplay: Screenplay) -> AbstractContextManager[Path]:
    return free_name(screenplay.title, Path())


_LONGEST_NAME = 240
"""Bytes: file systems take 255, and the names of captions and screenplay are longer."""


def _chosen_name(path: Path, suffix: str, option: str) -> Path:
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise ReviseBrief(f"The name of {option} is too long: use at most {_LONGEST_NAME} letters.")
    if path.is_dir():
        example = path / f"reel{suffix}"
        raise ReviseBrief(f"{option} {path} is a folder; name a file such as {example}.")
    return path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")


async def _make(arguments: argparse.Namespace, work: Work) -> Film | PriceCard | Path | str:
    obey_ctrl_c(work.cancel)
    source = _source(arguments, work.home)
    options = _options(arguments, source, work.home)
    if arguments.storyboard:
        return await _board(arguments, source, options, work)
    if arguments.draw_with != "draft":
        raise ReviseBrief("--draw-with is for storyboards: name the file by --storyboard FILE.")
    options = await dressed(arguments, options, work)
    if arguments.estimate:
        return await estimate_film(source, options=options, work=work)
    named = arguments.output
    destination = _chosen_name(named, ".mp4", "--output") if named else _free_name
    told = _remarks(source, work.home)
    for remark in told:
        # Now: what is made from here on may cost money.
        above_bar(remark)
    film = await make_film(source, destination, options=options, work=work)
    save_beside(film.reel.path, screenplay=film.screenplay, cut=film.cut, home=work.home)
    return replace(film, notes=tuple(note for note in film.notes if note not in told))


def _remarks(source: Brief | Screenplay, home: Home) -> tuple[str, ...]:
    brief = source if isinstance(source, Brief) else source.brief
    return remarks(brief, source.duration, home)


async def _board(
    arguments: argparse.Namespace, source: Brief | Screenplay, options: FilmOptions, work: Work
) -> Path | str:
    path = _chosen_name(arguments.storyboard, ".pdf", "--storyboard")
    paint = arguments.draw_with == "gemini"
    if paint and arguments.estimate:
        return await price_board(source, options=options, work=work)
    await board_film(source, path, options=options, work=work, paint=paint)
    return path


def main(words: list[str] | None = None) -> int:
    """Run the command line; return the exit code: 0, 2 for bad input, 1 for any other failure."""
    try:
        arguments = parsed(words)
        home = Home.find()
        cancel = Cancel()
        bar, progress = progress_bar()
        with bar:
            work = Work(home, Settings.load(home), progress, cancel)
            film = asyncio.run(_make(arguments, work))
    except OneReelError as error:
        print(error.user_message, file=sys.stderr)
        return 2 if isinstance(error, BadInput) else 1
    if isinstance(film, PriceCard | str):
        print(film if isinstance(film, str) else film.in_words())
        return 0
    if isinstance(film, Path):
        _print_path(film.resolve())
        return 0
    for note in film.notes:
        print(note, file=sys.stderr)
    _print_path(film.reel.path.resolve())
    return 0


def _print_path(path: Path) -> None:
    """Print a path so that a shell finds the file by it, whatever the locale can spell."""
    try:
        print(path)
    except UnicodeEncodeError:
        sys.stdout.buffer.write(os.fsencode(path) + os.linesep.encode())
