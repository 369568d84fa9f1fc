"""The one report of a batch: what became of every row, for people as CSV, for programs as JSON.

It is also what a further run goes on from: a row that was made is not made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import ClassVar, Literal, Self

from ...errors import BadInput, ReviseBrief
from ...files import writing
from ...spreadsheet import table
from ...values import Document, Seconds, Value
from .rows import BadRow

__all__ = ["Report", "RowResult"]

RowState = Literal["made", "waiting", "failed", "bad"]
"""Finished; held back by a cap or a quota, for a later run; failed, for a later run; no film."""

_COLUMNS = ("line", "state", "idea", "title", "film", "file", "seconds", "spent", "words", "writer")


class RowResult(Value):
    """What became of a row."""

    line: int
    key: str = ""
    state: RowState
    idea: str = ""
    title: str = ""
    film: str = ""
    """The film's id."""
    file: str = ""
    """The name of the finished file, in the folder of the batch."""
    seconds: Seconds | None = None
    spent: Decimal = Decimal(0)
    """Dollars that the film has cost so far."""
    words: str = ""
    """What went wrong, or what the film maker should know."""
    writer: str = ""
    """Who wrote the script (`Screenplay.writer`)."""


class Report(Document):
    """What became of a batch so far."""

    NAME: ClassVar[str] = "report of a batch"
    REVISE: ClassVar[type[BadInput]] = ReviseBrief

    results: tuple[RowResult, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Self:
        """The report of an earlier run, or an empty one.

        Raises:
            ReviseBrief: there is a file of that name that is no report.
        """
        try:
            return cls.from_json(path.read_bytes())
        except FileNotFoundError:
            return cls()
        except (OSError, BadInput):
            raise ReviseBrief(
                f"{path.name} is not the report of an earlier run; move it away, or name another"
                " folder with --output."
            ) from None

    def made(self, key: str, folder: Path) -> RowResult | None:
        """The result of a row that was made by an earlier run and is still there."""
        for each in self.results:
            if each.key == key and each.state == "made" and (folder / each.file).is_file():
                return each
        return None

    def with_result(self, result: RowResult) -> Self:
        """The report with another result, in place of an earlier one of the same row."""
        others = [each for each in self.results if not _same(each, result)]
        return self.replace(results=sorted([*others, result], key=lambda each: each.line))

    def only(self, keys: Iterable[str], bad: Iterable[BadRow]) -> Self:
        """The report without rows that are not in the file any more, and with its bad ones."""
        wanted = frozenset(keys)
        kept = [each for each in self.results if each.key in wanted]
        wrong = [RowResult(line=each.line, state="bad", words=each.words) for each in bad]
        return self.replace(results=sorted([*kept, *wrong], key=lambda each: each.line))

    @property
    def spent(self) -> Decimal:
        """Dollars, in all; equal rows are one film, which has cost what it has cost once."""
        films = {each.film or each.key: each.spent for each in self.results}
        return sum(films.values(), Decimal(0))

    def as_csv(self) -> str:
        """For spreadsheets."""
        return table(_COLUMNS, (_cells(each) for each in self.results))

    def save(self, path: Path) -> None:
        """Write the JSON to `path` and the CSV beside it.

        Raises:
            StorageError: the disk refused.
        """
        with writing(path) as temporary:
            temporary.write_text(json.dumps(json.loads(self.to_json()), indent=1), "utf-8")
        # Excel takes UTF-8 for what it is only with this mark.
        with writing(path.with_suffix(".csv")) as temporary:
            temporary.write_text(self.as_csv(), "utf-8-sig", newline="")


def _same(first: RowResult, second: RowResult) -> bool:
    return first.key == second.key if second.key else first.line == second.line


def _cells(each: RowResult) -> tuple[str, ...]:
    seconds = "" if each.seconds is None else f"{float(each.seconds):.2f}"
    return (
        *(str(each.line), each.state, each.idea, each.title, each.film, each.file, seconds),
        *(f"{each.spent:.2f}", each.words, each.writer),
    )
