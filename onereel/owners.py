"""Files in the settings folder by which the owner corrects data that OneReel brings, or adds to
it: TOML, one table a thing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .errors import ReviseSetting

__all__ = ["owners_tables"]


def owners_tables(
    file: Path, *, thing: str, example: str, parse_float: Callable[[str], Any] = float
) -> dict[str, dict[str, Any]]:
    """Read the owner's tables by their names; none where there is no file.

    Args:
        file: in the settings folder.
        thing: what a table describes, such as "model".
        example: the first line of a table.
        parse_float: makes a number of a fraction's text.

    Raises:
        ReviseSetting: it cannot be read, is not TOML, or not one table a thing.
    """
    try:
        tables = tomllib.loads(file.read_text("utf-8"), parse_float=parse_float)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ReviseSetting(f"{file} cannot be read ({error}); correct it or delete it.") from None
    except tomllib.TOMLDecodeError as error:
        raise ReviseSetting(f"{file} is not valid TOML ({error}); correct that line.") from None
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ReviseSetting(
                f"{file}: {name} belongs to no {thing}; write a line such as {example} above it."
            )
    return tables
