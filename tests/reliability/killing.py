"""The kill proof: kill -9 at a point, run again to the end, and compare ledger and provider."""

from __future__ import annotations

import json
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from onereel.home import Home
from onereel.settings import Settings
from onereel.shoot.ledger import Entry, Ledger
from onereel.shoot.opening import open_ledger
from onereel.story.screenplay import Screenplay
from tests.reliability.shooting import MODEL, start
from tests.standins import Google

__all__ = ["Outcome", "Point", "events_of_a_run", "kill"]

_PATIENCE = 120
_MOST_RUNS = 8
"""A film that is not finished after so many runs never will be."""


@dataclass(frozen=True)
class Point:
    """When to kill: at an event of the provider's log, or so many seconds after the start."""

    event: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"event {self.event}" if self.event else f"{self.seconds:.2f} s"


@dataclass(frozen=True)
class Outcome:
    """What a kill led to, when the film was finished after all."""

    point: Point
    where: str
    """The last event of the provider before the kill."""
    runs: int
    resolved: int
    """Takes of unknown outcome that the owner had to answer for."""
    submitted_twice: int
    """Takes sent again although nobody had said so."""
    charged: Decimal
    settled: Decimal
    given_up: Decimal
    """Ceilings of attempts whose outcome was never known."""

    @property
    def accounted(self) -> bool:
        """Whether every dollar of the provider is in the ledger."""
        return self.settled <= self.charged <= self.settled + self.given_up


def events_of_a_run(folder: Path, screenplay: Screenplay, google: Google, bucket: str) -> int:
    """Count the events of a run that nobody disturbs."""
    google.reset()
    home = _home(folder, bucket)
    _finish(home, screenplay, google, folder)
    return len(google.log.after())


def kill(
    point: Point, folder: Path, screenplay: Screenplay, google: Google, *, bucket: str = ""
) -> Outcome:
    """Kill a shooting film at a point, then run it again to the end."""
    google.reset()
    home = _home(folder, bucket)
    if point.event:
        google.log.hold_at(point.event)
    process = start(home, screenplay, google.environment(folder), folder / "killed.json")
    if point.event:
        _until(lambda: google.log.held or not process.is_alive())
    else:
        process.join(point.seconds)
    process.kill()
    process.join()
    events = google.log.after()
    google.log.hold_at(None)
    google.log.go()
    where = f"{events[-1].where} {events[-1].kind}" if events else "before the first request"
    runs, resolved = _finish(home, screenplay, google, folder)
    return _compare(point, where, home, google, runs, resolved)


def _home(folder: Path, bucket: str) -> Home:
    home = Home(private=folder / "private", media=folder / "media")
    home.private.mkdir(parents=True)
    text = "[buying]\non = true\nday = 1000\n\n[ledger]\nlease = 1.5\n"
    if bucket:
        text += f'\n[google]\nbucket = "{bucket}"\n'
    (home.private / "settings.toml").write_text(text, "utf-8")
    # How long a clip may take to turn up in the bucket.
    row = f'["{MODEL}"]\nlongest_latency = 1\n'
    (home.private / "models.toml").write_text(row, "utf-8")
    return home


def _finish(home: Home, screenplay: Screenplay, google: Google, folder: Path) -> tuple[int, int]:
    """Run until every scene is there, answering for each unknown take; count runs and answers."""
    resolved = 0
    for runs in range(1, _MOST_RUNS + 1):
        answer = folder / f"run-{runs}.json"
        process = start(home, screenplay, google.environment(folder), answer)
        process.join(_PATIENCE)
        assert process.exitcode == 0, f"run {runs} ended with {process.exitcode}"
        told = json.loads(answer.read_text("utf-8"))
        assert "error" not in told, told
        if set(told["states"].values()) == {"ready"}:
            return runs, resolved
        resolved += _resolve(home)
    raise AssertionError(f"not finished after {_MOST_RUNS} runs: {told}")


def _resolve(home: Home) -> int:
    """Answer for every unknown take, as an owner does: try it again."""
    with closing(open_ledger(home, Settings.load(home))) as ledger:
        unknown = [entry for entry in _entries(ledger) if entry.state == "unknown"]
        for entry in unknown:
            ledger.try_again(entry.attempts[-1].id, "the owner said so")
    return len(unknown)


def _compare(
    point: Point, where: str, home: Home, google: Google, runs: int, resolved: int
) -> Outcome:
    with closing(open_ledger(home, Settings.load(home))) as ledger:
        entries = _entries(ledger)
    attempts = [attempt for entry in entries for attempt in entry.attempts]
    given_up = [attempt for attempt in attempts if attempt.state in ("unknown", "abandoned")]
    # Each charge is a request that the provider accepted. A take may have as many as were given
    # up for it, and one more.
    accepted = Counter(charge.prompt for charge in google.charges)
    allowed = {
        entry.shot.prompt: 1 + sum(attempt.state == "abandoned" for attempt in entry.attempts)
        for entry in entries
    }
    return Outcome(
        point=point,
        where=where,
        runs=runs,
        resolved=resolved,
        submitted_twice=sum(max(count - allowed[prompt], 0) for prompt, count in accepted.items()),
        charged=sum((charge.amount for charge in google.charges), Decimal(0)),
        settled=sum((entry.charged for entry in entries), Decimal(0)),
        given_up=sum((attempt.ceiling for attempt in given_up), Decimal(0)),
    )


def _entries(ledger: Ledger) -> tuple[Entry, ...]:
    return ledger.entries(limit=1000)


def _until(true: object) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline, "the point never came"
        time.sleep(0.005)
