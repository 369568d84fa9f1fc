"""A table of briefs, as CSV or as JSON lines, read row by row; a bad row spoils no other."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from ...errors import BadInput, ReviseBrief
from ...options import FilmOptions
from ...story.brief import Brief
from ...values import Value, digest, in_words

__all__ = ["LARGEST_BATCH", "MOST_ROWS", "BadRow", "Batch", "Row", "read_batch"]

MOST_ROWS = 1000
LARGEST_BATCH = 5_000_000
"""Bytes."""
_LONGEST_NAME = 200

_BRIEF = tuple(name for name in Brief.model_fields if name != "version")
_OPTIONS = tuple(name for name in FilmOptions.model_fields if name != "music")
_WORKFLOW = "workflow"
_COLUMNS = (*_BRIEF, *_OPTIONS, _WORKFLOW)


class Row(Value):
    """One film that is wanted."""

    line: int
    """In the file, from 1."""
    brief: Brief
    options: FilmOptions
    workflow: str = ""
    """The name of a saved API workflow that makes it; empty: OneReel's own stages do."""
    key: str
    """What asks for this film and no other: the same row asks for the same film again. Equal rows
    are told apart by their order."""


class BadRow(Value):
    """A row that no film can be made from, and why."""

    line: int
    words: str


class Batch(Value):
    """All rows of a file."""

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...] = ()


def read_batch(data: bytes, *, defaults: Mapping[str, Any] | None = None) -> Batch:
    """Read a batch: CSV with a head of field names, or one JSON object a line.

    The fields are those of a Brief and of `FilmOptions`, and `workflow`; an empty cell leaves the
    default. `defaults` are fields of every row that does not say otherwise.

    Raises:
        ReviseBrief: the file as a whole cannot be read; a row alone is in `Batch.bad`.
    """
    text = _text(data)
    rows: list[Row] = []
    bad: list[BadRow] = []
    seen: Counter[str] = Counter()
    common = _known(dict(defaults or {}))
    listed = _json_lines(text) if text.lstrip()[:1] == "{" else _csv_lines(text)
    for line, fields in listed:
        if len(rows) + len(bad) >= MOST_ROWS:
            raise ReviseBrief(f"A batch has at most {MOST_ROWS} rows; divide the file.")
        try:
            if isinstance(fields, str):
                raise ReviseBrief(fields)
            row = _row(line, {**common, **fields})
        except BadInput as error:
            bad.append(BadRow(line=line, words=error.user_message))
            continue
        # Equal rows want as many films; the line may change without asking for another.
        seen[row.key] += 1
        rows.append(row.replace(key=digest("batch row", row.key, seen[row.key])))
    if not rows and not bad:
        raise ReviseBrief('The batch has no rows; write a film a line below a head such as "idea".')
    return Batch(rows=tuple(rows), bad=tuple(bad))


def _text(data: bytes) -> str:
    if len(data) > LARGEST_BATCH:
        raise ReviseBrief(f"A batch has at most {LARGEST_BATCH // 10**6} MB; divide the file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReviseBrief("The batch is not UTF-8 text; save it again as CSV UTF-8.") from None
    if "\0" in text:
        raise ReviseBrief("The batch is not a text file; save the table as CSV UTF-8.")
    return text


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "It is not one JSON object; write each film in a line of its own."
            continue
        if not isinstance(fields, dict):
            yield number, 'It is not a JSON object; write a film as {"idea": "..."}.'
            continue
        yield number, _flat(fields)


def _flat(fields: dict[str, Any]) -> dict[str, Any] | str:
    """The fields of the objects `brief` and `options`, beside the others."""
    flat = {name: value for name, value in fields.items() if name not in ("brief", "options")}
    for name in ("brief", "options"):
        inner = fields.get(name, {})
        if not isinstance(inner, dict):
            return f"{name} must be an object with named fields."
        flat |= {key: value for key, value in inner.items() if key != "version"}
    return flat


def _csv_lines(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    # Some spreadsheets write semicolons, where the comma is the decimal sign.
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    csv.field_size_limit(LARGEST_BATCH)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    names: list[str] | None = None
    try:
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = _head(cells)
                continue
            if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
                words = f"It has {len(cells)} cells and the head {len(names)}"
                yield lines.line_num, f"{words}; put a text with commas in quotation marks."
                continue
            pairs = zip(names, cells, strict=False)
            yield lines.line_num, {name: cell.strip() for name, cell in pairs if cell.strip()}
    except csv.Error as error:
        raise ReviseBrief(f"Line {lines.line_num} of the batch is not CSV ({error}).") from None


def _head(cells: list[str]) -> list[str]:
    names = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in cells]
    if "idea" not in names:
        raise ReviseBrief(
            'The first line of the batch must name its columns, with "idea" among them; the others'
            f" are {', '.join(name for name in _COLUMNS if name != 'idea')}."
        )
    _known(dict.fromkeys(names))
    if double := [name for name, count in Counter(names).items() if count > 1]:
        raise ReviseBrief(f"The batch has two columns {double[0]!r}; keep one.")
    return names


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if strange := [name for name in fields if name not in _COLUMNS]:
        raise ReviseBrief(
            f"A batch has no field {strange[0]!r}; the fields are {', '.join(_COLUMNS)}."
        )
    return fields


def _row(line: int, fields: dict[str, Any]) -> Row:
    _known(fields)
    workflow = fields.get(_WORKFLOW, "")
    if not isinstance(workflow, str) or len(workflow) > _LONGEST_NAME:
        raise ReviseBrief("workflow must be the name of a saved workflow.")
    brief = Brief.from_data({name: fields[name] for name in _BRIEF if name in fields})
    try:
        chosen = {name: fields[name] for name in _OPTIONS if name in fields}
        options = FilmOptions.model_validate(chosen)
    except ValidationError as error:
        raise ReviseBrief(f"The film's options cannot be used: {in_words(error)}.") from None
    key = digest("row", brief, options, workflow.strip())
    return Row(line=line, brief=brief, options=options, workflow=workflow.strip(), key=key)
