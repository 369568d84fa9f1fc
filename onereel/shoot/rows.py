"""The rows of the registry as they stand in TOML: the bundled ones, and the owner's over them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import ReviseSetting

__all__ = ["CORRECTIONS", "Row", "read_rows"]

CORRECTIONS = "models.toml"
"""The owner's file in the settings folder; the bundled one has the same name."""

Row = Mapping[str, Any]


def read_rows(owners: Path) -> dict[str, Row]:
    """Read every model's row by its name, the owner's laid over the bundled.

    Raises:
        ReviseSetting: the owner's file is not TOML, or not one table per model.
    """
    bundled = _bundled()
    rows: dict[str, Row] = dict(bundled)
    for name, row in _owners_rows(owners).items():
        rows[name] = _overlaid(bundled.get(name, {}), row, owners)
    return rows


@cache
def _bundled() -> Mapping[str, Row]:
    return _read(Path(__file__).with_name(CORRECTIONS))


def _read(path: Path) -> dict[str, Any]:
    # A price of 0.1 is a tenth of a dollar, not the binary fraction nearest to it.
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)


def _owners_rows(file: Path) -> dict[str, dict[str, Any]]:
    try:
        rows = _read(file)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ReviseSetting(f"{file} cannot be read ({error}); correct it or delete it.") from None
    except tomllib.TOMLDecodeError as error:
        raise ReviseSetting(f"{file} is not valid TOML ({error}); correct that line.") from None
    for name, row in rows.items():
        if not isinstance(row, dict):
            raise ReviseSetting(
                f"{file}: {name} belongs to no model;"
                ' write a line such as ["veo-3.1-generate-001"] above it.'
            )
        # Without quotes [veo-3.1-generate-001] is a table inside a table.
        if split := next((key for key in row if key[:1].isdigit()), ""):
            raise ReviseSetting(f'{file}: put the model\'s name in quotes: ["{name}.{split}"].')
    return rows


def _overlaid(bundled: Row, row: Row, file: Path) -> Row:
    """Lay the owner's row over ours: price tables entry by entry, everything else as a whole."""
    merged = {
        key: {**bundled[key], **value}
        if isinstance(value, dict) and isinstance(bundled.get(key), dict)
        else value
        for key, value in row.items()
    }
    # What the owner changed no longer stands on the source that we checked.
    return {**bundled, "source": f"{file.name} of the owner", "checked": None, **merged}
