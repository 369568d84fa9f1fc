"""The rows of the registry as they stand in TOML: the bundled ones, and the owner's over them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ...errors import ReviseSetting
from ...owners import owners_tables

__all__ = ["CORRECTIONS", "Row", "read_rows"]

CORRECTIONS = "models.toml"
"""The owner's file in the settings folder; the bundled one has the same name."""

Row = Mapping[str, Any]


def read_rows(text: str, file: Path) -> dict[str, Row]:
    """Read every model's row by its name, the owner's, which `file` holds as `text`, laid over the
    bundled.

    Raises:
        ReviseSetting: the owner's file is not TOML, or not one table per model.
    """
    bundled = _bundled()
    rows: dict[str, Row] = dict(bundled)
    for name, row in _owners_rows(text, file).items():
        rows[name] = _overlaid(bundled.get(name, {}), row, file)
    return rows


@cache
def _bundled() -> Mapping[str, Row]:
    text = Path(__file__).with_name(CORRECTIONS).read_text("utf-8")
    # A price of 0.1 is a tenth of a dollar, not the binary fraction nearest to it.
    return tomllib.loads(text, parse_float=Decimal)


def _owners_rows(text: str, file: Path) -> dict[str, dict[str, Any]]:
    example = '["veo-3.1-generate-001"]'
    rows = owners_tables(text, file=file, thing="model", example=example, parse_float=Decimal)
    for name, row in rows.items():
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
