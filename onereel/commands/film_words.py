"""The words of the command that makes a film, and what is said to those that it does not know."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from .. import __version__
from ..errors import ReviseBrief
from ..options import Director, Renderer, Writer
from ..shoot.take import ON_MISSING
from ..story.brief import ASPECTS
from ..story.looks import looks
from ..story.platforms import ANYWHERE, RESOLUTIONS
from .console import Parser, add_choice, one_line
from .dressing import add_dressing

__all__ = ["parsed"]

_LONGEST_QUOTED = 200
"""Letters of an idea that a complaint repeats."""


def parsed(words: list[str] | None) -> argparse.Namespace:
    """Read the words, or those of the process.

    Raises:
        ReviseBrief: one of them is not known, or the idea lacks its quotation marks.
    """
    parser = _parser()
    arguments, rest = parser.parse_known_args(words)
    if rest and not any(word.startswith("-") for word in rest):
        raise ReviseBrief(_unquoted(arguments.idea, rest))
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return arguments


def _unquoted(first: str, rest: list[str]) -> str:
    """What to say to more words than one: a mistyped command, or an idea without its quotes."""
    # Only now: the commands load this module.
    from . import COMMANDS

    if meant := get_close_matches(first, COMMANDS, n=1):
        return f"{one_line(first)!r} is no command; write python -m onereel {meant[0]}."
    idea = one_line(" ".join([first, *rest]))[:_LONGEST_QUOTED]
    return f'Put the idea into quotation marks: python -m onereel "{idea}".'


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m onereel",
        description="One idea in, one finished, narrated, captioned film out.",
        epilog="python -m onereel batch --help: many films from a table;"
        " python -m onereel characters --help: who plays in films;"
        " python -m onereel revoice --help: a film in other languages;"
        " python -m onereel templates --help: kinds of film, and your own;"
        " python -m onereel voices --help: who speaks a language here;"
        " python -m onereel setup --help: voices and models to fetch;"
        " python -m onereel settings --help: keys, caps and checks;"
        " python -m onereel ledger --help: what was bought",
    )
    add = parser.add_argument
    add("idea", nargs="?", default="", help="what the film is about, in a sentence or a few")
    add("--duration", default="30", metavar="S", help="target length in seconds (default 30)")
    add("--exact", action="store_true", help="meet the target length to the frame")
    add("--scenes", type=int, metavar="N", help="number of scenes (default: chosen)")
    add("--template", default="story", metavar="NAME", help="default story; see `templates list`")
    named = ", ".join(looks())
    add("--look", default="", metavar="NAME", help=f"{named}, or your own words")
    add("--platform", default=ANYWHERE, metavar="NAME", help="where it is shown (default any)")
    add("--aspect", choices=ASPECTS, help="default: the platform's, or 16:9")
    add("--resolution", choices=RESOLUTIONS, help="default: the platform's, or 720p")
    add("--language", metavar="CODE", help="of the narration (default en)")
    add("--cast", default="", metavar="NAMES", help="characters of the library; * for all named")
    add("--voice", default="auto", metavar="NAME", help="who speaks (default: by language)")
    add(
        "--backup-voice",
        action="append",
        default=[],
        metavar="NAME",
        help="who speaks where the voice fails; may be given again",
    )
    add("--speed", type=float, default=1.0, metavar="X", help="of the voice (default 1.0)")
    add(
        "--writer",
        choices=get_args(Writer),
        default="built-in",
        help="default built-in; best asks gemini, then ollama, then the built-in one",
    )
    add("--writer-model", default="", metavar="NAME", help="of ollama or gemini")
    add(
        "--director",
        choices=get_args(Director),
        default="none",
        help="who goes over the script once more (default none)",
    )
    add("--director-model", default="", metavar="NAME", help="of ollama or gemini")
    add(
        "--optimise",
        action="store_true",
        help="complete each shot prompt with camera, light and style",
    )
    add("--screenplay", type=Path, metavar="FILE", help="a script: .fountain, .md, .txt, .json")
    add("--renderer", choices=get_args(Renderer), default="draft", help="default draft, free")
    add("--model", default="", metavar="NAME", help="of a paid renderer (default: its usual one)")
    add_choice(parser, "--on-missing", ON_MISSING, "scenes that were not shot")
    add("--approved", action="store_true", help="buy approved scenes only; the rest are drafts")
    add("--estimate", action="store_true", help="say what the film costs at most; buy nothing")
    add("--storyboard", type=Path, metavar="FILE", help="draw the scenes as a PDF; shoot nothing")
    add(
        "--draw-with",
        choices=("draft", "gemini"),
        default="draft",
        help="who draws the storyboard (default draft, free)",
    )
    add(
        "--creativity",
        type=float,
        default=0.5,
        metavar="X",
        help="0: close to your words, 1: far from them (default 0.5)",
    )
    add("--seed", type=int, default=0, metavar="N", help="another seed, another film (default 0)")
    add("--captions", choices=("off", "soft", "burned"), help="default: the template's")
    add_dressing(parser)
    add("--output", type=Path, metavar="FILE", help="default: the film's title, in this folder")
    add("--version", action="version", version=f"OneReel {__version__}")
    return parser
