"""`python -m onereel setup`: what a film needs and lacks, and fetching it."""

from __future__ import annotations

import argparse
import asyncio
from typing import get_args

from ..home import Home
from ..library.setup import Survey, install, survey
from ..options import FilmOptions, Writer
from ..settings import Settings
from ..work import Cancel, Progress
from .console import Parser, obey_ctrl_c, print_table, progress_bar

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m onereel setup",
        description="What a writer and a voice need and lack. Nothing is fetched by itself.",
    )
    add = parser.add_argument
    add("--fetch", metavar="ID", help="fetch this part; run it again to go on after a break")
    add("--language", default="en", metavar="CODE", help="of the narration (default en)")
    add("--writer", choices=get_args(Writer), default="built-in", help="default built-in")
    add("--writer-model", default="", metavar="NAME", help="of ollama or gemini")
    add("--voice", default="auto", metavar="NAME", help="default: by language")
    return parser


def main(words: list[str]) -> int:
    """Run `setup` with the words after it; return the exit code: 1 where something is lacking.

    Raises:
        BadInput: the words cannot be used, or there is no such part.
        ServiceError, StorageError: it could not be fetched.
    """
    arguments = _parser().parse_args(words)
    home = Home.find()
    settings = Settings.load(home)
    if arguments.fetch:
        bar, progress = progress_bar()
        with bar:
            asyncio.run(_fetch(arguments.fetch, settings, progress))
        print(f"{arguments.fetch} is there.")
        return 0
    options = FilmOptions(
        writer=arguments.writer, model=arguments.writer_model, voice=arguments.voice
    )
    found = asyncio.run(survey(options, language=arguments.language, home=home, settings=settings))
    _show(found)
    return int(bool(found.lacking))


async def _fetch(part: str, settings: Settings, progress: Progress) -> None:
    cancel = Cancel()
    obey_ctrl_c(cancel)
    await install(part, settings=settings, progress=progress, cancel=cancel)


def _show(found: Survey) -> None:
    rows = [
        (
            part.state,
            "yes" if part.needed else "",
            part.id,
            "" if part.size is None else _size(part.size),
            part.licence,
            f"{part.label}: {part.words}",
        )
        for part in found.parts
    ]
    if rows:
        print_table(("state", "needed", "id", "size", "licence", ""), rows)
    if sums := [(file.sha256, file.name) for part in found.parts for file in part.files]:
        print("Whoever made the voices above, their files have to have these SHA-256 sums:")
        print_table(("sha256", "file"), list(dict.fromkeys(sums)))
    print(f"{_size(found.free)} free. `python -m onereel setup --fetch ID` fetches a part.")


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
