"""`python -m onereel templates`: the kinds of film, and one made of a finished film."""

from __future__ import annotations

from pathlib import Path

from ..home import Home
from ..story.files import read_screenplay
from ..story.templates.built_in import templates
from ..story.templates.of_film import template_of_film
from ..story.templates.own import every_template, folder, keep, named, to_toml
from .console import Parser, print_table

__all__ = ["main"]


def _parser() -> Parser:
    parser = Parser(
        prog="python -m onereel templates",
        description="Kinds of film, for --template NAME: the built-in ones and your own files.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("list", help="all of them")
    commands.add_parser("show", help="one as a file, to copy and change").add_argument("name")
    made = commands.add_parser("from", help="make one of a finished film's screenplay")
    made.add_argument("screenplay", type=Path, help="the file beside the film")
    made.add_argument("--name", required=True, help="small letters, digits, dashes")
    made.add_argument("--label", default="", help="what menus call it (default: the film's title)")
    return parser


def main(words: list[str]) -> int:
    """Run `templates` with the words after it; return the exit code.

    Raises:
        BadInput: there is no such template or screenplay, or it cannot be used.
        StorageError: the disk refused.
    """
    arguments = _parser().parse_args(words)
    home = Home.find()
    match arguments.command:
        case "list":
            return _list(home)
        case "show":
            print(to_toml(named(arguments.name, home)), end="")
        case _:
            film = read_screenplay(arguments.screenplay)
            print(keep(template_of_film(film, name=arguments.name, label=arguments.label), home))
    return 0


def _list(home: Home) -> int:
    print_table(
        ("template", "label", "like", "makes a film that"),
        [(each.name, each.label, each.like, each.about) for each in every_template(home)],
    )
    print(f"\nYour own are the files of {folder(home)}; {len(templates())} are built in.")
    return 0
