"""Files in the settings folder by which the owner corrects data that OneReel brings, or adds to
it: TOML, one table a thing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .errors import ReviseSetting

__all__ = ["owners_tables", "owners_text"]


def owners_text(file: Path) -> str:
    """What the owner wrote into a file of the settings folder; empty where there is none.

    Raises:
        ReviseSetting: it cannot be read.
    """
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ReviseSetting(f"{file} cannot be read ({error}); correct it or delete it.") from None


def owners_tables(
    text: str, *, file: Path, thing: str, example: str, parse_float: Callable[[str], Any] = float
) -> dict[str, dict[str, Any]]:
    """Read the owner's tables by their names.

    Args:
        text: what the owner wrote, see `owners_text`.
        file: where it stands, for the sentences.
        thing: what a table describes, such as "model".
        example: the first line of a table.
        parse_float: makes a number of a fraction's text.

    Raises:
        ReviseSetting: it is not TOML, or not one table a thing.
    """
    try:
        tables = tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise ReviseSetting(f"{file} is not valid TOML ({error}); correct that line.") from None
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ReviseSetting(
                f"{file}: {name} belongs to no {thing}; write a line such as {example} above it."
            )
    return tables
