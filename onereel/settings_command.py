"""`python -m onereel settings`: keys and caps set, listed and checked, without opening the file."""

from __future__ import annotations

import argparse
import getpass
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import SecretStr

from .errors import ReviseSetting
from .home import Home
from .keys import clean_key
from .sections import VARIABLES, set_variable, valid_bucket
from .settings import Settings, settings_file, write_settings

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

__all__ = ["main"]

_LONGEST_PASTE = 10_000
"""Characters. Who pipes more than this pipes the wrong file."""


def _name(text: str) -> str:
    text = text.strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.:_-]{1,62}", text):
        raise ValueError("that is no name of Google Cloud's, such as my-films-4711 or us-central1")
    return text


@dataclass(frozen=True)
class _Line:
    """A line of the settings file that the command may set."""

    section: str
    field: str
    clean: Callable[[str], str]
    """Takes what was given; raises ValueError with the reason against it."""

    @property
    def secret(self) -> bool:
        return self.clean is clean_key


_LINES: Mapping[str, _Line] = {
    "gemini-api-key": _Line("google", "gemini_api_key", clean_key),
    "vertex-api-key": _Line("google", "vertex_api_key", clean_key),
    "ollama-api-key": _Line("ollama", "api_key", clean_key),
    "google-project": _Line("google", "project", _name),
    "google-location": _Line("google", "location", _name),
    "google-bucket": _Line("google", "bucket", valid_bucket),
}
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
    names = ", ".join(_LINES)
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
    buying = commands.add_parser("buying", help="let paid models be used, or not")
    buying.add_argument("switch", choices=("on", "off"))
    for cap in _CAPS:
        about = {"film": "for one film", "day": "a day", "month": "a month"}[cap]
        buying.add_argument(f"--{cap}", metavar="DOLLARS", help=f"at most {about}; or none")
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
        case _:
            from .checks import run_checks

            return run_checks(home)


def _line(arguments: argparse.Namespace) -> _Line:
    line = _LINES.get(arguments.name)
    if line is None or arguments.rest:
        name = arguments.name if line else "NAME"
        choose = "" if line else f", with one of {', '.join(_LINES)} as NAME"
        raise ReviseSetting(
            "A value is never an argument, because the shell's history would keep it: run"
            f" `python -m onereel settings {arguments.command} {name}`{choose}."
        )
    return line


def _set(home: Home, arguments: argparse.Namespace) -> int:
    line = _line(arguments)
    # Nothing is asked of somebody whose file would then refuse it.
    document = _document(home)
    try:
        value = line.clean(_asked(arguments.name, secret=line.secret))
    except ValueError as error:
        raise ReviseSetting(f"{arguments.name} was not set: {error}.") from None
    if not value:
        raise ReviseSetting(
            f"Nothing was given; to forget it, run `python -m onereel settings unset"
            f" {arguments.name}`."
        )
    _section(document, line.section)[line.field] = value
    _write(home, document)
    print(f"{arguments.name} is set in {settings_file(home)}.")
    if variable := set_variable(f"ONEREEL_{line.section}__{line.field}".upper()):
        print(f"The environment variable {variable} wins over it.")
    return 0


def _asked(name: str, *, secret: bool) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.read(_LONGEST_PASTE)
    return (getpass.getpass if secret else input)(f"{name}: ")


def _unset(home: Home, arguments: argparse.Namespace) -> int:
    line = _line(arguments)
    document = _document(home)
    _section(document, line.section).pop(line.field, None)
    _write(home, document)
    print(f"{arguments.name} is no longer in {settings_file(home)}.")
    if variable := set_variable(*VARIABLES.get(f"{line.section}.{line.field}", ())):
        print(f"The environment variable {variable} still sets it.")
    return 0


def _list(home: Home) -> int:
    settings = Settings.load(home)
    width = max(map(len, _LINES))
    for name, line in _LINES.items():
        print(f"{name.ljust(width)}  {'set' if _is_set(settings, line) else 'not set'}")
    return 0


def _is_set(settings: Settings, line: _Line) -> bool:
    section = getattr(settings, line.section)
    value = getattr(section, line.field)
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    named = set_variable(*VARIABLES.get(f"{line.section}.{line.field}", ()))
    return bool(text) and (line.field in section.model_fields_set or bool(named))


def _buying(home: Home, arguments: argparse.Namespace) -> int:
    document = _document(home)
    section = _section(document, "buying")
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
    _write(home, document)
    print(Settings.load(home).buying.in_words())
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


def _document(home: Home) -> TOMLDocument:
    """The settings file with its comments; it must be right before it is edited."""
    import tomlkit

    Settings.load(home)
    return tomlkit.parse(settings_file(home).read_text("utf-8"))


def _section(document: TOMLDocument, name: str) -> Any:
    import tomlkit

    if name not in document:
        document[name] = tomlkit.table()
    return document[name]


def _write(home: Home, document: TOMLDocument) -> None:
    import tomlkit

    write_settings(home, tomlkit.dumps(document))
