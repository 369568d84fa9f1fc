"""`python -m onereel batch`: many films from one table, one after the other."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ..cut.check import check_reel
from ..errors import BadInput, Cancelled, MoneyError, OneReelError, ReviseBrief, WaitForQuota
from ..film import Film, make_film, save_beside
from ..home import Home
from ..library.batch import Batch, Preview, Report, Row, RowResult, preview, read_batch
from ..library.batch.rows import LARGEST_BATCH
from ..library.prices.quick import quick_estimate
from ..money import dollars
from ..naming import free_name
from ..options import COSTLY
from ..settings import Settings
from ..stage import Work
from ..story.settled import settled
from ..work import Cancel
from .console import Parser, obey_ctrl_c, one_line, print_table, progress_bar

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m onereel batch",
        description="Make the films of a table: CSV with a head, or one JSON object a line."
        " Run it again to go on; what was made is not made again.",
    )
    parser.add_argument("file", type=Path, help="the table; its columns are a brief's fields")
    parser.add_argument("--preview", action="store_true", help="say what it costs; make nothing")
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="default: a folder beside the table"
    )
    parser.add_argument(
        "--default",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="of rows that do not say otherwise, such as renderer=veo; may be repeated",
    )
    return parser


def main(words: list[str]) -> int:
    """Run `batch` with the words after it; return the exit code.

    0: every row was made (or priced); 2: rows or words are wrong; 1: something failed or waits.

    Raises:
        BadInput: the words or the file cannot be used.
        StorageError: the disk refused.
    """
    arguments = _parser().parse_args(words)
    batch = read_batch(_read(arguments.file), defaults=_defaults(arguments.default))
    folder = arguments.output or arguments.file.with_name(f"{arguments.file.stem} films")
    home, cancel = Home.find(), Cancel()
    settings = Settings.load(home)
    bar, progress = progress_bar()
    with bar:
        work = Work(home, settings, progress, cancel)
        if arguments.preview:
            priced = preview(batch, home=home, settings=settings, progress=progress)
        else:
            report = asyncio.run(_make_all(batch, folder, work))
    if arguments.preview:
        return _show(priced)
    return _sum_up(report, folder)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BATCH + 1)
    except OSError as error:
        raise ReviseBrief(f"{path} cannot be read ({error.strerror}); name a table.") from None


def _defaults(given: list[str]) -> Mapping[str, str]:
    for text in given:
        if "=" not in text:
            raise ReviseBrief(f"--default {text!r} must be a field and a value: renderer=veo.")
    pairs = [text.partition("=") for text in given]
    return {name.strip().replace("-", "_"): value.strip() for name, _, value in pairs}


def _show(priced: Preview) -> int:
    rows = [
        (
            str(row.line),
            one_line(row.idea)[:50],
            str(row.scenes),
            f"{float(row.seconds):g} s",
            "not known" if row.at_most is None else dollars(row.at_most),
            row.words,
        )
        for row in priced.rows
    ]
    if rows:
        print_table(("line", "idea", "scenes", "length", "at most", ""), rows)
    for bad in priced.bad:
        print(f"Line {bad.line}: {bad.words}", file=sys.stderr)
    print(priced.sum_in_words)
    return 2 if priced.bad else 0


def _sum_up(report: Report, folder: Path) -> int:
    for each in report.results:
        if each.state != "made":
            print(f"Line {each.line}: {each.words}", file=sys.stderr)
    made = sum(each.state == "made" for each in report.results)
    print(f"{made} of {len(report.results)} made, {dollars(report.spent)} spent; the report:")
    print((folder / _REPORT).with_suffix(".csv").resolve())
    states = {each.state for each in report.results}
    return 1 if states & {"failed", "waiting"} else 2 if "bad" in states else 0


_REPORT = "report.json"


async def _make_all(batch: Batch, folder: Path, work: Work) -> Report:
    """Make what is not made yet; the report is on the disk after every film."""
    obey_ctrl_c(work.cancel)
    path = folder / _REPORT
    before = Report.read(path)
    report = before.only([row.key for row in batch.rows], batch.bad)
    report.save(path)
    for number, row in enumerate(batch.rows):
        if before.made(row.key, folder):
            continue
        part = work.progress.part(number / len(batch.rows), (number + 1) / len(batch.rows))
        result = await _make(row, folder, replace(work, progress=part))
        report = report.with_result(result)
        report.save(path)
    return report


async def _make(row: Row, folder: Path, work: Work) -> RowResult:
    """One film; what goes wrong with it is its result, and stops no other."""
    known = RowResult(
        line=row.line, key=row.key, state="failed", idea=row.brief.idea, film=row.brief.film_id
    )
    if row.workflow:
        words = (
            f"It names the workflow {row.workflow[:80]!r}, which only ComfyUI runs: give the batch"
            " to OneReel's panel, or leave workflow empty."
        )
        return known.replace(state="bad", words=words)
    try:
        # What it is called by in the ledger is the hash of the brief as it is made.
        row = row.replace(brief=settled(row.brief, work.home))
        known = known.replace(film=row.brief.film_id)
        if words := await asyncio.to_thread(_held_back, row, work):
            return known.replace(state="waiting", words=words)
        film = await make_film(
            row.brief,
            lambda screenplay: free_name(screenplay.title, folder),
            options=row.options,
            work=work,
        )
        save_beside(film.reel.path, screenplay=film.screenplay, cut=film.cut, home=work.home)
    except Cancelled:
        raise
    except OneReelError as error:
        waits = isinstance(error, MoneyError | WaitForQuota)
        state = "bad" if isinstance(error, BadInput) else "waiting" if waits else "failed"
        spent = await asyncio.to_thread(_spent, row, work)
        return known.replace(state=state, words=error.user_message, spent=spent)
    return await asyncio.to_thread(_made, known, row, film, work)


def _held_back(row: Row, work: Work) -> str:
    """Why nothing may be bought for a row now, where something would have to be."""
    if row.options.renderer == "draft" or _spent(row, work):
        # What was begun is finished: the ledger itself refuses what would pass a cap.
        return ""
    quote = quick_estimate(
        row.brief, row.options, home=work.home, settings=work.settings, cancel=work.cancel
    )
    return quote.card.refusal or quote.over_quota


def _spent(row: Row, work: Work) -> Decimal:
    """Dollars that the film of a row holds or has cost."""
    from ..shoot.buying.opening import open_ledger

    if row.options.renderer == "draft" and row.options.writer not in COSTLY:
        return Decimal(0)
    with closing(open_ledger(work.home, work.settings)) as ledger:
        totals = ledger.totals(film_id=row.brief.film_id, zone=work.settings.buying.zone)
    return totals.film_held + totals.film_charged


def _made(known: RowResult, row: Row, film: Film, work: Work) -> RowResult:
    found = check_reel(film.reel.path, film.cut, home=work.home, screenplay=film.screenplay)
    looked_at = [f"Scene {each.scene} at {each.at:.1f} s: {each.words}." for each in found]
    return known.replace(
        state="made",
        title=film.screenplay.title,
        writer=film.screenplay.writer,
        file=film.reel.path.name,
        seconds=film.cut.duration,
        spent=_spent(row, work),
        words=" ".join([*film.notes, *looked_at]),
    )
