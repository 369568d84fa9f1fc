"""Batches: a table of films, priced first, then made one after the other; asked for again, it goes
on."""

from __future__ import annotations

import asyncio
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ...onereel.errors import ApproveShots, OneReelError
from ...onereel.files import writing
from ...onereel.home import Home
from ...onereel.money import decimal_string, dollars
from ...onereel.options import BOUGHT
from .adapter import no_such
from .hub import HUB
from .problems import Problem
from .routes import Answer, Call, Query, Route, Upload
from .running import Wish, run_film
from .seeing import library

if TYPE_CHECKING:
    from ...onereel.library.batch import Batch, Preview, Row

__all__ = ["ROUTES"]

_LARGEST = 5 * 10**6
_TYPES = ("text/csv", "application/jsonl", "application/x-ndjson", "application/x-jsonlines")


class BatchQuery(Query):
    """What to do with the films. `ceiling`: dollars for all of them that you agree to."""

    preview: bool = False
    action: Literal["rehearse", "shoot"] = "rehearse"
    ceiling: str | None = Field(default=None, pattern=r"^[0-9]{1,6}(\.[0-9]{1,4})?$")


class BatchRow(Answer):
    """A row and what became of it. `state`: bad rows make no film; waiting ones are held back by a
    cap or a quota until the batch is asked for again."""

    line: int
    idea: str
    film: str | None
    state: Literal["priced", "bad", "waiting", "queued", "made", "failed"]
    scenes: int | None
    seconds: float | None
    at_most: str | None
    spent: str | None
    words: str


class BatchView(Answer):
    """A batch. `id` is empty for a preview; the same table has the same id."""

    id: str
    rows: list[BatchRow]
    at_most: str | None
    seconds: float
    takes: int
    words: str


def _folder(home: Home) -> Path:
    return home.private / "batches"


async def _post(call: Call) -> BatchView:
    from ...onereel.library.batch import preview, read_batch

    wanted: BatchQuery = call.query

    def price() -> tuple[str, Batch, Preview]:
        data = call.body.read_bytes()
        batch = read_batch(data)
        name = hashlib.sha256(data).hexdigest()[:16]
        return name, batch, preview(batch, home=call.home, settings=call.settings)

    name, batch, priced = await asyncio.to_thread(price)
    if wanted.preview:
        return _priced(priced)
    _check(wanted, batch, priced)
    allowed = {row.line: row for row in priced.rows}
    queued = []
    for row in batch.rows:
        shown = allowed[row.line]
        words = shown.why
        film_id = None
        if shown.allowed or wanted.action == "rehearse":
            film_id, words = await _make(row, wanted, shown.at_most, call)
        queued.append({"line": row.line, "idea": row.brief.idea, "film": film_id, "words": words})
    bad = [{"line": each.line, "words": each.words} for each in batch.bad]
    await asyncio.to_thread(_keep, name, {"rows": queued, "bad": bad}, call.home)
    return await asyncio.to_thread(_view, name, call)


def _check(wanted: BatchQuery, batch: Batch, priced: Preview) -> None:
    """Refuse to buy more than was agreed to.

    Raises:
        ApproveShots: the sum is higher, or nobody knows it.
    """
    if wanted.action != "shoot":
        return
    total = priced.total
    if total is None or wanted.ceiling is None or total > Decimal(wanted.ceiling):
        cost = "an unknown sum" if total is None else f"at most {dollars(total)}"
        raise ApproveShots(
            f"These films cost {cost}; say what you agree to, as `ceiling`. Nothing was queued."
        )


async def _make(
    row: Row, wanted: BatchQuery, at_most: Decimal | None, call: Call
) -> tuple[str | None, str]:
    """Queue one film, unless an earlier run made it; what goes wrong stops no other."""
    shelf = library(call)
    try:
        creation = await asyncio.to_thread(
            lambda: shelf.films.create(
                row.brief, options=row.options, made_by="batch", key=f"batch-{row.key}"
            )
        )
        film_id = creation.film.id
        last = await asyncio.to_thread(shelf.jobs.latest, film_id)
        if last and (last.open or last.state == "done"):
            return film_id, ""
        shoots = wanted.action == "shoot" and row.options.renderer in BOUGHT
        wish = Wish(
            action="shoot" if shoots else "rehearse",
            scenes="every",
            ceiling=at_most if shoots else None,
            priority="last",
            workflow=row.workflow,
        )
        await run_film(film_id, wish, home=call.home, settings=call.settings)
    except OneReelError as error:
        return None, error.user_message
    except Problem as problem:
        return None, problem.document.detail
    HUB.publish("films", {})
    return film_id, ""


def _priced(priced: Preview) -> BatchView:
    rows = [
        BatchRow(
            line=row.line,
            idea=row.idea,
            film=None,
            state="priced",
            scenes=row.scenes,
            seconds=float(row.seconds),
            at_most=None if row.at_most is None else decimal_string(row.at_most),
            spent=None,
            words=row.words,
        )
        for row in priced.rows
    ]
    return BatchView(
        id="",
        rows=sorted([*rows, *map(_bad, priced.bad)], key=lambda row: row.line),
        at_most=None if priced.total is None else decimal_string(priced.total),
        seconds=float(priced.seconds),
        takes=priced.takes,
        words=priced.sum_in_words,
    )


def _bad(row: Any) -> BatchRow:
    line, words = (row["line"], row["words"]) if isinstance(row, dict) else (row.line, row.words)
    return BatchRow(
        line=line,
        idea="",
        film=None,
        state="bad",
        scenes=None,
        seconds=None,
        at_most=None,
        spent=None,
        words=words,
    )


def _keep(name: str, told: dict[str, Any], home: Home) -> None:
    with writing(_folder(home) / f"{name}.json", private=True) as temporary:
        temporary.write_text(json.dumps(told), "utf-8")


def _get(call: Call) -> BatchView:
    return _view(call.at["batch"], call)


def _view(name: str, call: Call) -> BatchView:
    try:
        told = json.loads((_folder(call.home) / f"{name}.json").read_text("utf-8"))
    except FileNotFoundError:
        raise no_such("batch") from None
    rows = [_row(each, call) for each in told["rows"]]
    rows = sorted([*rows, *map(_bad, told["bad"])], key=lambda row: row.line)
    spent = sum((Decimal(row.spent or 0) for row in rows), Decimal(0))
    made = sum(row.state == "made" for row in rows)
    return BatchView(
        id=name,
        rows=rows,
        at_most=None,
        seconds=sum(row.seconds or 0 for row in rows),
        takes=0,
        words=f"{made} of {len(rows)} made, {dollars(spent)} spent.",
    )


def _row(told: dict[str, Any], call: Call) -> BatchRow:
    row = BatchRow(
        line=told["line"],
        idea=told["idea"],
        film=told["film"],
        state="waiting",
        scenes=None,
        seconds=None,
        at_most=None,
        spent=None,
        words=told["words"],
    )
    if told["film"] is None:
        return row
    try:
        film = library(call).views.film(told["film"], settings=call.settings)
    except OneReelError as error:
        return row.model_copy(update={"state": "failed", "words": error.user_message})
    states: dict[str, str] = {"done": "made", "failed": "failed", "stopped": "failed"}
    problem = film.job.problem.detail if film.job and film.job.problem else ""
    found = {
        "state": states.get(film.state, "queued"),
        "scenes": len(film.scenes) or None,
        "seconds": film.duration,
        "spent": decimal_string(film.spent),
        "words": problem,
    }
    return row.model_copy(update=found)


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        "/batches",
        _post,
        "Make the films of a table (CSV or JSON lines), or price them",
        BatchView,
        status=202,
        body=Upload(_TYPES, _LARGEST),
        query=BatchQuery,
        made="/batches/{id}",
        fails=(409,),
    ),
    Route("GET", "/batches/{batch}", _get, "What became of a batch", BatchView, slow=True),
)
