"""`python -m onereel settings`: keys and caps set, listed and checked, without opening the file."""

from __future__ import annotations

import argparse
import getpass
import sys
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from ..errors import ReviseSetting
from ..home import Home
from ..settings import Settings, settings_file
from ..settings.lines import (
    LINES,
    Line,
    access_token,
    document_of,
    is_set,
    section_of,
    set_line,
    unset_line,
    write_document,
)

__all__ = ["main"]

_LONGEST_PASTE = 10_000
"""Characters. Who pipes more than this pipes the wrong file."""


_CAPS = ("film", "day", "month")


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are sentences, and never repeat what may be a key."""

    def error(self, message: str) -> NoReturn:
        said = message if "required" in message else "that is no word it knows"
        raise ReviseSetting(f"python -m onereel settings: {said}; see it with --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m onereel settings",
        description="Keys, caps and checks of this OneReel.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    names = ", ".join(LINES)
    for command, about in (
        ("set", "ask for a value, or read it from a pipe, and keep it"),
        ("unset", "forget a value"),
    ):
        one = commands.add_parser(command, help=f"{about}: {names}")
        one.add_argument("name", metavar="NAME")
        # Caught here, so that no complaint of the parser repeats a key.
        one.add_argument("rest", nargs="*", help=argparse.SUPPRESS)
    commands.add_parser("list", help="what is set, without the values")
    commands.add_parser("check", help="home, services, keys, disk, memory and caps, one line each")
    token = commands.add_parser("token", help="show what lets others reach OneReel over HTTP")
    token.add_argument("--new", action="store_true", help="make another; the old one is void")
    buying = commands.add_parser("buying", help="let paid models be used, or not")
    buying.add_argument("switch", choices=("on", "off"))
    for cap in _CAPS:
        about = {"film": "for one film", "day": "a day", "month": "a month"}[cap]
        buying.add_argument(f"--{cap}", metavar="DOLLARS", help=f"at most {about}; or none")
    free = commands.add_parser(
        "free-key", help="say whether your Gemini key is of Google's free tier: no cost then"
    )
    free.add_argument("answer", choices=("yes", "no"))
    return parser


def main(words: list[str]) -> int:
    """Run `settings` with the words after it; return the exit code.

    Raises:
        BadInput: the words, or a value, cannot be used.
        StorageError: the disk refused.
    """
    arguments = _parser().parse_args(words)
    home = Home.find()
    match arguments.command:
        case "set":
            return _set(home, arguments)
        case "unset":
            return _unset(home, arguments)
        case "list":
            return _list(home)
        case "buying":
            return _buying(home, arguments)
        case "free-key":
            return _free_key(home, arguments)
        case "token":
            return _token(home, arguments)
        case _:
            from .checks import run_checks

            return run_checks(home)


def _line(arguments: argparse.Namespace) -> Line:
    line = LINES.get(arguments.name)
    if line is None or arguments.rest:
        name = arguments.name if line else "NAME"
        choose = "" if line else f", with one of {', '.join(LINES)} as NAME"
        raise ReviseSetting(
            "A value is never an argument, because the shell's history would keep it: run"
            f" `python -m onereel settings {arguments.command} {name}`{choose}."
        )
    return line


def _set(home: Home, arguments: argparse.Namespace) -> int:
    line = _line(arguments)
    # Nothing is asked of somebody whose file would then refuse it.
    Settings.load(home)
    set_line(home, arguments.name, _asked(arguments.name, secret=line.secret))
    print(f"{arguments.name} is set in {settings_file(home)}.")
    if line.winning:
        print(f"The environment variable {line.winning} wins over it.")
    return 0


def _asked(name: str, *, secret: bool) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.read(_LONGEST_PASTE)
    return (getpass.getpass if secret else input)(f"{name}: ")


def _unset(home: Home, arguments: argparse.Namespace) -> int:
    line = _line(arguments)
    unset_line(home, arguments.name)
    print(f"{arguments.name} is no longer in {settings_file(home)}.")
    if line.standing_in:
        print(f"The environment variable {line.standing_in} still sets it.")
    return 0


def _list(home: Home) -> int:
    settings = Settings.load(home)
    width = max(map(len, LINES))
    for name, line in LINES.items():
        print(f"{name.ljust(width)}  {'set' if is_set(settings, line) else 'not set'}")
    return 0


def _token(home: Home, arguments: argparse.Namespace) -> int:
    print(access_token(home, renew=arguments.new))
    return 0


def _buying(home: Home, arguments: argparse.Namespace) -> int:
    document = document_of(home)
    section = section_of(document, "buying")
    switched_on = arguments.switch == "on"
    caps = {cap: given for cap in _CAPS if (given := getattr(arguments, cap)) is not None}
    if caps and not switched_on:
        raise ReviseSetting("Caps go with `settings buying on`.")
    section["on"] = switched_on
    for cap, given in caps.items():
        section[cap] = _dollars(cap, given)
    if switched_on and "day" not in section:
        # Written down, so that another default of a later OneReel is not this owner's.
        section["day"] = 5
    write_document(home, document)
    print(Settings.load(home).buying.in_words())
    return 0


def _free_key(home: Home, arguments: argparse.Namespace) -> int:
    document = document_of(home)
    section_of(document, "buying")["free_key"] = arguments.answer == "yes"
    write_document(home, document)
    print(Settings.load(home).buying.words_in_words())
    return 0


def _dollars(cap: str, given: str) -> Any:
    import tomlkit

    if given.lower() == "none":
        return "none"
    try:
        amount = Decimal(given.removeprefix("$"))
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not 0 < amount <= 1_000_000 or amount != round(amount, 2):
        raise ReviseSetting(f"--{cap} takes a number of dollars such as 20 or 7.50, or none.")
    text = f"{amount:f}"
    return tomlkit.float_(text) if "." in text else int(text)
