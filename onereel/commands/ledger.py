"""`python -m onereel ledger ...`: what was bought, what it cost, and what to do about the rest."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from ..files import writing
from ..home import Home
from ..library.cleanup import clean_up
from ..money import dollars
from ..settings import Settings
from ..shoot.buying.opening import open_ledger
from ..shoot.ledger import Entry, Ledger, Spending, Transition
from ..shoot.ledger.dispute import write_dispute
from ..shoot.ledger.rebuild import rebuild
from ..shoot.states import AttemptState, EntryState, SpendingState
from .console import Parser, one_line, print_table
from .ledger_export import as_csv, as_json
from .ledger_resolve import resume, spending_named, try_again, write_off

__all__ = ["main"]

_STATES: tuple[EntryState, ...] = ("planned", *get_args(AttemptState))
_GIGABYTE = 10**9
_WHICH = "the beginning of a key in ledger list, or the number of an attempt in ledger show"


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number < 2**31:
        raise ValueError
    return number


def _amount(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 10**6:
        raise ValueError
    return number


def _text(text: str) -> str:
    # The bytes of an argument need not be text.
    return text.encode("utf-8", "replace").decode()


# How argparse calls them in its complaints.
_count.__name__, _amount.__name__ = "number", "amount"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m onereel ledger", description="The ledger of paid takes.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace, Home], int], text: str) -> Any:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    listed = command("list", _list, "takes, words and voices, the newest last, and what is spent")
    listed.add_argument("--film", type=_text, default="", metavar="ID", help="of this film only")
    listed.add_argument("--state", choices=_STATES, help="in this state only")
    listed.add_argument("--limit", type=_count, default=100, metavar="N", help="default 100")
    shown = command("show", _show, "everything about one take")
    shown.add_argument("key", metavar="KEY", help="the beginning of its key")
    resumed = command("resume", resume, "fetch what is under way; sends no new request")
    resumed.add_argument("keys", nargs="*", metavar="KEY", help="default: all that is under way")
    again = command("try-again", try_again, "let a request be sent anew; it may be paid twice")
    again.add_argument("take", metavar="KEY", help=_WHICH)
    again.add_argument("--reason", default="tried again by the user", help="kept in the ledger")
    off = command("write-off", write_off, "give up a request of unknown outcome")
    off.add_argument("take", metavar="KEY", help=_WHICH)
    off.add_argument("--reason", default="written off by the user", help="kept in the ledger")
    export = command("export", _export, "every attempt as CSV, or every take as JSON")
    export.add_argument("--csv", action="store_const", const="csv", dest="form", help="default")
    export.add_argument("--json", action="store_const", const="json", dest="form")
    export.add_argument("file", type=Path, metavar="FILE")
    command("rebuild", _rebuild, "make the database anew from the journal and the takes folder")
    disputed = command("dispute", _dispute, "bundle what to send about a charge without a clip")
    disputed.add_argument("key", metavar="KEY", help="the beginning of the take's key")
    disputed.add_argument("--output", type=Path, metavar="FILE", help="default dispute-KEY.zip")
    cleaned = command("cleanup", _cleanup, "remove old drafts and temporary files, nothing paid")
    cleaned.add_argument("--days", type=_amount, default=30, metavar="N", help="default 30")
    cleaned.add_argument(
        "--free", type=_amount, default=0, metavar="GB", help="remove more until so much is free"
    )
    cleaned.add_argument("--dry-run", action="store_true", help="only say what would go")
    return parser


def main(words: Sequence[str]) -> int:
    """Run `ledger` with the words after it; return the exit code.

    Raises:
        BadInput: the words cannot be used, or name a take that is not there.
        StorageError: the ledger or the disk refused.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A prompt may hold letters that the terminal's locale cannot spell.
        sys.stdout.reconfigure(errors="replace")
    arguments = _parser().parse_args(words)
    code: int = arguments.run(arguments, Home.find())
    return code


def _url(home: Home) -> str:
    return Settings.load(home).ledger.url.get_secret_value()


def _open(home: Home) -> Ledger:
    return open_ledger(home, Settings.load(home))


def _list(arguments: argparse.Namespace, home: Home) -> int:
    states = (arguments.state,) if arguments.state else ()
    with _open(home) as ledger:
        entries = ledger.entries(
            film_id=arguments.film, states=states, limit=arguments.limit, newest=True
        )
        spendings = ledger.spendings(
            film_id=arguments.film, states=_of_spendings(states), limit=arguments.limit
        )
        totals = ledger.totals(film_id=arguments.film, zone=Settings.load(home).buying.zone)
    if entries:
        print_table(
            ("TAKE", "STATE", "MODEL", "LENGTH", "SIZE", "HELD", "COST", "PLANNED", "FILM SCENE"),
            [_row(entry) for entry in reversed(entries)],
        )
    else:
        print("No takes.")
    if spendings and (not states or _of_spendings(states)):
        print()
        print_table(
            ("KEY", "BOUGHT", "STATE", "MODEL", "HELD", "COST", "WHEN", "FILM"),
            [_spending_row(spending) for spending in reversed(spendings)],
        )
    spent, held = totals.day_charged, totals.day_held
    print(f"\nToday: {dollars(spent)} spent, {dollars(held)} set aside.", end=" ")
    print(
        f"This month: {dollars(totals.month_charged)} spent,"
        f" {dollars(totals.month_held)} set aside."
    )
    return 0


def _row(entry: Entry) -> tuple[str, ...]:
    return (
        entry.key[:8],
        entry.state,
        entry.shot.model,
        f"{entry.shot.duration} s",
        entry.shot.resolution,
        dollars(entry.held) if entry.held else "",
        dollars(entry.charged) if entry.charged else "",
        f"{entry.planned.astimezone():%Y-%m-%d %H:%M}",
        f"{entry.film_id[:8]} {entry.scene_id}",
    )


def _of_spendings(states: Collection[EntryState]) -> tuple[SpendingState, ...]:
    """Those of some states that a spending can be in."""
    return tuple(state for state in get_args(SpendingState) if state in states)


def _spending_row(spending: Spending) -> tuple[str, ...]:
    known = spending.charged is not None
    return (
        spending.key[:8],
        spending.what,
        spending.state,
        spending.model,
        "" if known else dollars(spending.ceiling),
        dollars(spending.charged or Decimal(0)) if known else "",
        f"{spending.at.astimezone():%Y-%m-%d %H:%M}",
        spending.film_id[:8],
    )


def _show(arguments: argparse.Namespace, home: Home) -> int:
    with _open(home) as ledger:
        if spending := spending_named(arguments.key, ledger):
            _show_spending(spending, ledger.steps(spending.key))
            return 0
        entry = ledger.find(arguments.key)
        trail = ledger.trail(entry.key)
    shot = entry.shot
    look = f"{shot.duration} s, {shot.aspect}, {shot.resolution}"
    sound = "with sound" if shot.sound else "silent"
    print(f"take     {entry.key}  {entry.state}")
    print(f"film     {entry.film_id}, scene {entry.scene_id}, take {shot.number}")
    print(f"model    {shot.model} ({shot.task}), {look}, {sound}")
    print(f"prompt   {one_line(shot.prompt)}")
    if entry.revised_to:
        print(f"revised  to {entry.revised_to[:8]}: {one_line(entry.diff)}")
    for attempt in entry.attempts:
        print(f"\nattempt  {attempt.id}  {attempt.state}{_because(attempt.reason)}")
        cost = "not known" if attempt.charged is None else dollars(attempt.charged)
        print(f"cost     {cost}, at most {dollars(attempt.ceiling)}")
        print(f"request  {attempt.operation or '(no operation name)'}")
        print(f"log id   {attempt.correlation}")
    for file in entry.files:
        there = "" if home.has(file.name) else "  MISSING"
        print(f"\nfile     {file.name}  {file.size / 10**6:.1f} MB{there}\nsha256   {file.sha256}")
    print()
    print_table(
        ("WHEN (UTC)", "LOG ID", "BECAME", "WHY"),
        [
            (f"{step.at:%Y-%m-%d %H:%M:%S}", step.correlation, step.state, one_line(step.reason))
            for step in trail
        ],
    )
    return 0


def _show_spending(spending: Spending, steps: Sequence[Transition]) -> None:
    print(f"{spending.what:<9}{spending.key}  {spending.state}{_because(spending.reason)}")
    print(f"film     {spending.film_id}")
    print(f"model    {spending.model}")
    cost = "not known" if spending.charged is None else dollars(spending.charged)
    print(f"cost     {cost}, at most {dollars(spending.ceiling)}")
    print()
    print_table(
        ("WHEN (UTC)", "BECAME", "WHY"),
        [(f"{step.at:%Y-%m-%d %H:%M:%S}", step.state, one_line(step.reason)) for step in steps],
    )


def _export(arguments: argparse.Namespace, home: Home) -> int:
    with _open(home) as ledger:
        text = as_json(ledger) if arguments.form == "json" else as_csv(ledger)
    if str(arguments.file) == "-":
        sys.stdout.write(text)
        return 0
    with writing(arguments.file) as temporary:
        temporary.write_bytes(text.encode())
    print(arguments.file.resolve())
    return 0


def _rebuild(arguments: argparse.Namespace, home: Home) -> int:
    result = rebuild(home, url=_url(home))
    print(
        f"{result.takes} takes and {result.attempts} attempts are in the new ledger, and"
        f" {result.spendings} requests for words, voices and pictures."
    )
    if result.films:
        print(f"{result.films} films of the library came with them.")
    if result.from_receipts:
        print(f"{result.from_receipts} of them were known by their receipts alone.")
    for title, names in (
        ("Not believed", result.dropped),
        ("Missing on disk (the next run fetches them again where it can)", result.missing),
        ("Changed on disk since they were delivered", result.changed),
    ):
        if names:
            print(f"{title}:")
            print("\n".join(f"  {one_line(name)}" for name in names))
    if result.aside:
        print(f"The old database is kept as {result.aside.name}.")
    return 0


def _dispute(arguments: argparse.Namespace, home: Home) -> int:
    with _open(home) as ledger:
        entry = ledger.find(arguments.key)
        path = arguments.output or Path(f"dispute-{entry.key[:8]}.zip")
        write_dispute(ledger, entry.key, path, home=home)
    print(path.resolve())
    return 0


def _cleanup(arguments: argparse.Namespace, home: Home) -> int:
    with _open(home) as ledger:
        paid = ledger.file_names()
    cleaned = clean_up(
        home,
        paid=paid,
        days=arguments.days,
        free=round(arguments.free * _GIGABYTE),
        dry=arguments.dry_run,
    )
    verb = "would be" if arguments.dry_run else "were"
    print(f"{len(cleaned.files)} files ({cleaned.size / 10**6:.1f} MB) {verb} removed.")
    return 0


def _because(reason: str) -> str:
    return f": {one_line(reason)}" if reason else ""
