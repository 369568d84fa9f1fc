"""`python -m onereel ledger ...`: what was bought, what it cost, and what to do about the rest."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, get_args

from .errors import ReviseBrief
from .files import writing
from .home import Home
from .library.cleanup import clean_up
from .settings import Settings
from .shoot.ledger import Attempt, AttemptState, Entry, EntryState, Ledger
from .shoot.ledger.dispute import write_dispute
from .shoot.ledger.rebuild import rebuild

__all__ = ["main"]

_STATES: tuple[EntryState, ...] = ("planned", *get_args(AttemptState))
_COLUMNS = (
    *("take", "attempt", "state", "started", "model", "duration", "resolution", "ceiling"),
    *("charged", "operation", "reason", "film", "scene", "log_id", "files"),
)
_GIGABYTE = 10**9


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ReviseBrief(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m onereel ledger", description="The ledger of paid takes.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace, Home], int], text: str) -> Any:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    listed = command("list", _list, "takes, the newest last, and what is spent")
    listed.add_argument("--film", default="", metavar="ID", help="of this film only")
    listed.add_argument("--state", choices=_STATES, help="in this state only")
    listed.add_argument("--limit", type=int, default=100, metavar="N", help="default 100")
    shown = command("show", _show, "everything about one take")
    shown.add_argument("key", metavar="KEY", help="the beginning of its key")
    off = command("write-off", _write_off, "give up an attempt of unknown outcome")
    off.add_argument("attempt", type=int, metavar="ATTEMPT", help="its number in ledger show")
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
    cleaned.add_argument("--days", type=float, default=30, metavar="N", help="default 30")
    cleaned.add_argument(
        "--free", type=float, default=0, metavar="GB", help="remove more until so much is free"
    )
    cleaned.add_argument("--dry-run", action="store_true", help="only say what would go")
    return parser


def main(words: Sequence[str]) -> int:
    """Run `ledger` with the words after it; return the exit code.

    Raises:
        BadInput: the words cannot be used, or name a take that is not there.
        StorageError: the ledger or the disk refused.
    """
    arguments = _parser().parse_args(words)
    code: int = arguments.run(arguments, Home.find())
    return code


def _url(home: Home) -> str:
    return Settings.load(home).ledger.url.get_secret_value()


def _open(home: Home) -> Ledger:
    return Ledger.open(home, url=_url(home))


def _list(arguments: argparse.Namespace, home: Home) -> int:
    states = (arguments.state,) if arguments.state else ()
    with _open(home) as ledger:
        entries = ledger.entries(
            film_id=arguments.film, states=states, limit=arguments.limit, newest=True
        )
        totals = ledger.totals(film_id=arguments.film, zone=Settings.load(home).buying.zone)
    if entries:
        _table(
            ("TAKE", "STATE", "MODEL", "LENGTH", "SIZE", "HELD", "COST", "PLANNED", "FILM SCENE"),
            [_row(entry) for entry in reversed(entries)],
        )
    else:
        print("No takes.")
    spent, held = totals.day_charged, totals.day_held
    print(f"\nToday: {_dollars(spent)} spent, {_dollars(held)} set aside.", end=" ")
    print(
        f"This month: {_dollars(totals.month_charged)} spent,"
        f" {_dollars(totals.month_held)} set aside."
    )
    return 0


def _row(entry: Entry) -> tuple[str, ...]:
    return (
        entry.key[:8],
        entry.state,
        entry.shot.model,
        f"{entry.shot.duration} s",
        entry.shot.resolution,
        _dollars(entry.held) if entry.held else "",
        _dollars(entry.charged) if entry.charged else "",
        f"{entry.planned.astimezone():%Y-%m-%d %H:%M}",
        f"{entry.film_id[:8]} {entry.scene_id}",
    )


def _show(arguments: argparse.Namespace, home: Home) -> int:
    with _open(home) as ledger:
        entry = ledger.find(arguments.key)
        trail = ledger.trail(entry.key)
    shot = entry.shot
    look = f"{shot.duration} s, {shot.aspect}, {shot.resolution}"
    sound = "with sound" if shot.sound else "silent"
    print(f"take     {entry.key}  {entry.state}")
    print(f"film     {entry.film_id}, scene {entry.scene_id}, take {shot.number}")
    print(f"model    {shot.model} ({shot.task}), {look}, {sound}")
    print(f"prompt   {_plain(shot.prompt)}")
    if entry.revised_to:
        print(f"revised  to {entry.revised_to[:8]}: {_plain(entry.diff)}")
    for attempt in entry.attempts:
        print(f"\nattempt  {attempt.id}  {attempt.state}{_because(attempt.reason)}")
        cost = "not known" if attempt.charged is None else _dollars(attempt.charged)
        print(f"cost     {cost}, at most {_dollars(attempt.ceiling)}")
        print(f"request  {attempt.operation or '(no operation name)'}")
        print(f"log id   {attempt.correlation}")
    for file in entry.files:
        there = "" if home.path(file.name).is_file() else "  MISSING"
        print(f"\nfile     {file.name}  {file.size / 10**6:.1f} MB{there}\nsha256   {file.sha256}")
    print()
    _table(
        ("WHEN (UTC)", "LOG ID", "BECAME", "WHY"),
        [
            (f"{step.at:%Y-%m-%d %H:%M:%S}", step.correlation, step.state, _plain(step.reason))
            for step in trail
        ],
    )
    return 0


def _write_off(arguments: argparse.Namespace, home: Home) -> int:
    with _open(home) as ledger:
        attempt = ledger.write_off(arguments.attempt, arguments.reason)
    print(
        f"Attempt {attempt.id} is written off: {_dollars(attempt.ceiling)} are free again, and its"
        " take can be shot anew."
    )
    return 0


def _export(arguments: argparse.Namespace, home: Home) -> int:
    with _open(home) as ledger:
        text = _as_json(ledger) if arguments.form == "json" else _as_csv(ledger)
    if str(arguments.file) == "-":
        sys.stdout.write(text)
        return 0
    with writing(arguments.file) as temporary:
        temporary.write_bytes(text.encode())
    print(arguments.file.resolve())
    return 0


def _as_csv(ledger: Ledger) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for entry in _all(ledger):
        for attempt in entry.attempts:
            rows.writerow([_cell(text) for text in _attempt_cells(entry, attempt)])
    return out.getvalue()


def _attempt_cells(entry: Entry, attempt: Attempt) -> tuple[str, ...]:
    return (
        entry.key,
        str(attempt.number),
        attempt.state,
        attempt.started.isoformat(),
        entry.shot.model,
        str(entry.shot.duration),
        entry.shot.resolution,
        f"{attempt.ceiling:f}",
        "" if attempt.charged is None else f"{attempt.charged:f}",
        attempt.operation,
        attempt.reason,
        attempt.film_id,
        entry.scene_id,
        attempt.correlation,
        " ".join(file.name for file in entry.files if file.attempt == attempt.id),
    )


def _cell(text: str) -> str:
    # Spreadsheets run what begins so: https://owasp.org/www-community/attacks/CSV_Injection
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _as_json(ledger: Ledger) -> str:
    takes = [
        {
            "key": entry.key,
            "state": entry.state,
            "film": entry.film_id,
            "scene": entry.scene_id,
            "held": f"{entry.held:f}",
            "charged": f"{entry.charged:f}",
            "shot": entry.shot.model_dump(mode="json"),
            "take": entry.take and entry.take.model_dump(mode="json"),
            "events": [json.loads(step.event) for step in ledger.trail(entry.key)],
        }
        for entry in _all(ledger)
    ]
    return json.dumps({"version": 1, "takes": takes}, indent=1, ensure_ascii=False) + "\n"


def _all(ledger: Ledger) -> Iterator[Entry]:
    after = 0
    while page := ledger.entries(after=after, limit=500):
        yield from page
        after = page[-1].id


def _rebuild(arguments: argparse.Namespace, home: Home) -> int:
    result = rebuild(home, url=_url(home))
    print(f"{result.takes} takes and {result.attempts} attempts are in the new ledger.")
    if result.from_receipts:
        print(f"{result.from_receipts} of them were known by their receipts alone.")
    for title, names in (
        ("Not believed", result.dropped),
        ("Missing on disk (the next run fetches them again where it can)", result.missing),
        ("Changed on disk since they were delivered", result.changed),
    ):
        if names:
            print(f"{title}:")
            print("\n".join(f"  {_plain(name)}" for name in names))
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


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _dollars(amount: Decimal) -> str:
    """Show cents, and more digits only where there are some."""
    text = f"{amount:f}"
    whole, _, part = text.partition(".")
    return f"${whole}.{part.rstrip('0').ljust(2, '0')}"


def _plain(text: str) -> str:
    """One line, without what could command a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _because(reason: str) -> str:
    return f": {_plain(reason)}" if reason else ""
