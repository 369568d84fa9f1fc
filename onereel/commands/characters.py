"""`python -m onereel characters`: the people that films share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..cast.character import ROLES, Character
from ..cast.picture import Picture, keep_portrait, read_still
from ..home import Home
from ..library.characters import open_characters
from ..settings import Settings
from .console import Parser, print_table

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m onereel characters",
        description="Who plays in films: made once, cast by --cast NAME in any film.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("list", help="everybody")
    for command, about in (("add", "make a character"), ("change", "change one")):
        words = commands.add_parser(command, help=about)
        words.add_argument("name", help="how scripts name it")
        if command == "change":
            words.add_argument("--name", dest="new_name", metavar="NAME", help="a new name")
        words.add_argument("--description", metavar="WORDS", help="what it looks like")
        words.add_argument("--role", choices=ROLES, help="default supporting")
        words.add_argument("--voice", metavar="NAME", help="who speaks its lines")
        words.add_argument("--also", metavar="NAMES", help="other names, separated by commas")
        words.add_argument(
            "--picture",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="what it looks like; may be given several times, the best first",
        )
    commands.add_parser("remove", help="forget one").add_argument("name")
    return parser


def main(words: list[str]) -> int:
    """Run `characters` with the words after it; return the exit code.

    Raises:
        BadInput: the words cannot be used, or nobody is called so.
        StorageError: the library cannot be read or written.
    """
    arguments = _parser().parse_args(words)
    home = Home.find()
    with open_characters(home, Settings.load(home)) as characters:
        match arguments.command:
            case "list":
                _show(characters.all())
            case "add":
                pictures = _pictures(arguments.picture, home)
                characters.add(name=arguments.name, pictures=pictures, **_fields(arguments))
            case "change":
                found = characters.called(arguments.name)
                fields = _fields(arguments)
                if arguments.new_name is not None:
                    fields["name"] = arguments.new_name
                characters.change(found.id, **fields, more=_pictures(arguments.picture, home))
            case "remove":
                characters.remove(characters.called(arguments.name).id)
    return 0


def _fields(arguments: argparse.Namespace) -> dict[str, Any]:
    said = {name: getattr(arguments, name) for name in ("description", "role", "voice")}
    if arguments.also is not None:
        said["also"] = tuple(part.strip() for part in arguments.also.split(","))
    return {name: value for name, value in said.items() if value is not None}


def _pictures(files: list[Path], home: Home) -> tuple[Picture, ...]:
    """Keep them before the library is changed: a picture that cannot be used leaves it as it is."""
    return tuple(keep_portrait(read_still(file), home=home) for file in files)


def _show(everybody: tuple[Character, ...]) -> None:
    if not everybody:
        print("No characters yet: `python -m onereel characters add NAME` makes one.")
        return
    rows = [
        (each.name, each.role, str(len(each.pictures)), each.voice, each.description[:60])
        for each in everybody
    ]
    print_table(("name", "role", "pictures", "voice", ""), rows)
