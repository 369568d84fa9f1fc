"""10,000 operations in the ledger against 10: start-up, a page of the list, a budget check.

python -m benchmarks.ledger [MANY] [ROUNDS]

Each operation is a take that was planned, reserved, submitted, kept and settled.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count, pairwise
from pathlib import Path

from onereel.home import Home
from onereel.shoot.ledger import Caps, Ledger
from onereel.shoot.ledger.events import Event, File, Kept, Moved, Plan, Planned, Request, Reserved
from onereel.shoot.ledger.journal import Journal
from onereel.shoot.ledger.ledger import JOURNAL
from onereel.shoot.shot import Shot
from onereel.shoot.states import AttemptState

__all__ = ["fill"]

_FEW = 10
_PRICE = Decimal("3.20")
_CAPS = Caps(film=Decimal(10**5), day=Decimal(10**5), month=Decimal(10**5))


def main() -> None:
    """Print the table."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 21
    with tempfile.TemporaryDirectory() as name:
        small, large = (Home(Path(name, each), Path(name, each, "media")) for each in "sl")
        fill(small, _FEW)
        print(f"{many} operations posted from the journal in {_seconds(fill, large, many):.1f} s")
        print(f"\n| work | {_FEW} operations, ms | {many} operations, ms | ratio | goal |")
        print("|---|---|---|---|---|")
        for work, prepare in (
            ("open the ledger", _open),
            ("list takes of unknown outcome", _unknown),
            ("list the last 10 takes", _last),
            ("list 9 takes of one film", _film),
            ("check the budget", _totals),
            ("plan a take and reserve it", _reserve),
        ):
            few, lots = _alternate(prepare(small), prepare(large), rounds)
            print(f"| {work} | {few * 1000:.2f} | {lots * 1000:.2f} | {lots / few:.2f} | < 2 |")


def fill(home: Home, operations: int, *, films: Sequence[str] = ()) -> None:
    """Write the journal of operations, those of `films` in turn, and post it to the database."""
    home.private.mkdir(parents=True, exist_ok=True)
    Journal(home.private / JOURNAL).rewrite(
        event
        for number in range(1, operations + 1)
        for event in _operation(
            number, films[number % len(films)] if films else f"film-{number // 10}"
        )
    )
    Ledger.open(home).close()


def _shot(number: int) -> Shot:
    return Shot(renderer="veo", model="veo", prompt="a robot", duration=8, number=number)


def _operation(number: int, film: str) -> Iterator[Event]:
    """All that is written for one paid take."""
    shot = _shot(number)
    key, at = shot.key, datetime.now(UTC)
    plan = Plan(shot=shot, film_id=film, scene_id="scene", picture_id="picture", asked=f"{number}")
    yield Planned(at=at, key=key, plan=plan)
    request = Request(
        correlation=f"{number:016x}",
        ceiling=_PRICE,
        film_id=film,
        day=f"{at.date()}",
        folder=key,
        started=at,
    )
    yield Reserved(at=at, key=key, plan=plan, attempt=request)
    steps: list[AttemptState] = ["reserved", "submitting", "submitted", "downloaded", "settled"]
    for was, state in pairwise(steps):
        if state == "downloaded":
            file = File(name=f"takes/{film}/{key}.mp4", sha256="0" * 64, size=1)
            yield Kept(at=at, key=key, attempt=request, files=(file,))
        charged = _PRICE if state == "settled" else None
        yield Moved(at=at, key=key, attempt=request, was=was, state=state, charged=charged)


def _open(home: Home) -> Callable[[], object]:
    return lambda: Ledger.open(home).close()


def _unknown(home: Home) -> Callable[[], object]:
    ledger = Ledger.open(home)
    return lambda: ledger.entries(states=("unknown",))


def _last(home: Home) -> Callable[[], object]:
    ledger = Ledger.open(home)
    return lambda: ledger.entries(newest=True, limit=10)


def _film(home: Home) -> Callable[[], object]:
    ledger = Ledger.open(home)
    return lambda: ledger.entries(film_id="film-0", limit=9)


def _totals(home: Home) -> Callable[[], object]:
    ledger = Ledger.open(home)
    return lambda: ledger.totals(film_id="film-0")


def _reserve(home: Home) -> Callable[[], object]:
    ledger = Ledger.open(home)
    numbers = count(10**6)

    def work() -> None:
        shot = _shot(next(numbers))
        ledger.plan(shot, film_id="new", scene_id="scene", picture_id="picture", asked=shot.key)
        if lease := ledger.lease(shot.key):
            ledger.reserve(lease, ceiling=_PRICE, caps=_CAPS, film_id="new")

    return work


def _alternate(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """The median seconds of two pieces of work, done in turn."""
    first(), second()
    times = [(_seconds(first), _seconds(second)) for _ in range(rounds)]
    return statistics.median(time[0] for time in times), statistics.median(
        time[1] for time in times
    )


def _seconds(work: Callable[..., object], *given: object) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
