"""The kill proof: kill -9 at a point, run again to the end, and compare ledger and provider."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path

from onereel.home import Home
from onereel.settings import Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.ledger import Entry, Ledger
from onereel.story.screenplay import Screenplay
from tests.reliability.shooting import MODEL, start
from tests.standins import Charge, Google, clip_of

__all__ = [
    "Answers",
    "Outcome",
    "Point",
    "audit",
    "kill",
    "make_home",
    "pause",
    "twice",
    "undisturbed",
    "until",
]

_PATIENCE = 120
_MOST_RUNS = 8
"""A film that is not finished after so many runs never will be."""


@dataclass(frozen=True)
class Point:
    """When to kill: at an event of the provider's log, or so many seconds after a run's first
    request.

    With several moments, as many runs are killed, one after the other.
    """

    event: int = 0
    moments: tuple[float, ...] = ()

    def __str__(self) -> str:
        if self.event:
            return f"event {self.event}"
        return " and ".join(f"{seconds:.2f} s" for seconds in self.moments)


@dataclass(frozen=True)
class Outcome:
    """What a kill led to, when the film was finished after all."""

    point: Point
    where: str
    """The last event of the provider before the kill."""
    killed: int
    """How many runs were still at work when they were killed or stopped; without any, nothing is
    proven."""
    runs: int
    """How many it took after that."""
    resolved: int
    """Takes of unknown outcome that the owner had to answer for."""
    submitted_twice: int
    """Takes bought again although nobody had said so."""
    charged: Decimal
    settled: Decimal
    troubles: tuple[str, ...]
    """What the provider, the ledger and the disk do not agree about."""

    @property
    def good(self) -> bool:
        """Whether nothing was bought twice and nothing is unaccounted for."""
        return not self.submitted_twice and not self.troubles


@dataclass
class Answers:
    """What the owner said of takes of unknown outcome: each prompt, and how many charges the
    provider had made by then."""

    given: list[tuple[str, int]] = field(default_factory=list)

    def after(self, prompt: str) -> Iterator[int]:
        return (charges for asked, charges in self.given if asked == prompt)


def undisturbed(
    folder: Path, screenplay: Screenplay, google: Google, bucket: str
) -> tuple[int, float]:
    """Count the events of a run that nobody disturbs, and the seconds that they took."""
    google.reset()
    home = make_home(folder, bucket)
    _finish(home, screenplay, google, folder, Answers())
    events = google.log.after()
    return len(events), events[-1].at - events[0].at


def kill(
    point: Point,
    folder: Path,
    screenplay: Screenplay,
    google: Google,
    *,
    bucket: str = "",
    latency: float = 0,
) -> Outcome:
    """Kill a shooting film at a point, then run it again to the end.

    A generation takes `latency` seconds.
    """
    google.reset()
    google.veo.latency = latency
    home = make_home(folder, bucket)
    killed = 0
    for number, seconds in enumerate(point.moments or (None,)):
        if seconds is None:
            google.log.hold_at(point.event)
        answer = folder / f"killed-{number}.json"
        process = start(home, screenplay, google.environment(folder), answer)
        if seconds is None:
            until(lambda dying=process: google.log.held or not dying.is_alive())
        else:
            # Not from its start: how long that takes is the machine's affair.
            seen = len(google.log.after())
            until(lambda dying=process, n=seen: len(google.log.after()) > n or not dying.is_alive())
            process.join(seconds)
        killed += _killed(process)
    where = _go_on(google)
    answers = Answers()
    runs = _finish(home, screenplay, google, folder, answers)
    return _outcome(point, where, killed, runs, answers, home, google, to_the_cent=bool(bucket))


def pause(
    point: Point, folder: Path, screenplay: Screenplay, google: Google, *, url: str, cap: str
) -> Outcome:
    """Stop a shooting process at an event until its leases are over and another process has shot
    the same film; then wake it. Both share one ledger and one cap."""
    google.reset()
    home = make_home(folder, "", url=url, cap=cap)
    google.log.hold_at(point.event)
    environment = google.environment(folder)
    sleeper = start(home, screenplay, environment, folder / "sleeper.json")
    until(lambda: google.log.held or not sleeper.is_alive())
    stopped = sleeper.is_alive()
    if stopped:
        assert sleeper.pid
        os.kill(sleeper.pid, signal.SIGSTOP)
    where = _go_on(google)
    answers = Answers()
    other = start(home, screenplay, environment, folder / "other.json")
    other.join(_PATIENCE)
    assert other.exitcode == 0, f"the other process ended with {other.exitcode}"
    if stopped:
        os.kill(sleeper.pid, signal.SIGCONT)
    sleeper.join(_PATIENCE)
    assert sleeper.exitcode == 0, f"the process that slept ended with {sleeper.exitcode}"
    runs = _finish(home, screenplay, google, folder, answers)
    return _outcome(point, where, stopped, runs, answers, home, google, to_the_cent=False)


def _go_on(google: Google) -> str:
    """Let the provider go on; say where it stopped."""
    events = google.log.after()
    google.log.hold_at(None)
    google.log.go()
    return f"{events[-1].where} {events[-1].kind}" if events else "before the first request"


def _outcome(
    point: Point,
    where: str,
    killed: int,
    runs: int,
    answers: Answers,
    home: Home,
    google: Google,
    *,
    to_the_cent: bool,
) -> Outcome:
    with closing(open_ledger(home, Settings.load(home))) as ledger:
        entries = ledger.entries(limit=1000)
    return Outcome(
        point=point,
        where=where,
        killed=killed,
        runs=runs,
        resolved=len(answers.given),
        submitted_twice=twice(google.charges, answers),
        charged=sum((charge.amount for charge in google.charges), Decimal(0)),
        settled=sum((entry.charged for entry in entries), Decimal(0)),
        troubles=tuple(audit(entries, google.charges, home, to_the_cent=to_the_cent)),
    )


def _killed(process: BaseProcess) -> bool:
    process.kill()
    process.join()
    return process.exitcode == -9


def make_home(folder: Path, bucket: str, *, url: str = "", cap: str = "1000") -> Home:
    """A home that may buy, with a ledger in the database at `url`, for at most `cap` dollars."""
    home = Home(private=folder / "private", media=folder / "media")
    home.private.mkdir(parents=True)
    text = f'[buying]\non = true\nday = {cap}\n\n[ledger]\nlease = 1.5\nurl = "{url}"\n'
    if bucket:
        text += f'\n[google]\nbucket = "{bucket}"\n'
    (home.private / "settings.toml").write_text(text, "utf-8")
    # How long a clip may take to turn up in the bucket.
    row = f'["{MODEL}"]\nlongest_latency = 1\n'
    (home.private / "models.toml").write_text(row, "utf-8")
    return home


def _finish(
    home: Home, screenplay: Screenplay, google: Google, folder: Path, answers: Answers
) -> int:
    """Run until every scene is there, answering for each unknown take; count the runs."""
    for runs in range(1, _MOST_RUNS + 1):
        answer = folder / f"run-{runs}.json"
        process = start(home, screenplay, google.environment(folder), answer)
        process.join(_PATIENCE)
        assert process.exitcode == 0, f"run {runs} ended with {process.exitcode}"
        told = json.loads(answer.read_text("utf-8"))
        assert "error" not in told, told
        if set(told["states"].values()) == {"ready"}:
            return runs
        with closing(open_ledger(home, Settings.load(home))) as ledger:
            resolve(ledger, google, answers)
    raise AssertionError(f"not finished after {_MOST_RUNS} runs: {told}")


def resolve(ledger: Ledger, google: Google, answers: Answers) -> None:
    """Answer for every unknown take, as an owner does: try it again."""
    for entry in ledger.entries(states=["unknown"], limit=1000):
        ledger.try_again(entry.attempts[-1].id, "the owner said so")
        answers.given.append((entry.shot.prompt, len(google.charges)))


def twice(charges: Sequence[Charge], answers: Answers) -> int:
    """Count the requests that were accepted although one before them was, and nobody had answered.

    Until the owner answers for a take, the provider may accept one request for it, and one more
    after each answer. An answer that was given for a request which never arrived allows no second
    one later.
    """
    count = 0
    for prompt in {charge.prompt for charge in charges}:
        mine = [number for number, charge in enumerate(charges) if charge.prompt == prompt]
        bounds = [0, *answers.after(prompt), len(charges)]
        for start_at, end in pairwise(bounds):
            count += max(sum(start_at <= number < end for number in mine) - 1, 0)
    return count


def audit(
    entries: Sequence[Entry], charges: Sequence[Charge], home: Home, *, to_the_cent: bool
) -> Iterator[str]:
    """Compare the provider with the ledger and the disk, take by take."""
    by_prompt = {entry.shot.prompt: entry for entry in entries}
    if len(by_prompt) != len(entries):
        yield "two takes of the ledger were asked for in the same words"
    for charge in charges:
        if charge.prompt not in by_prompt:
            yield f"the ledger does not know of {charge.operation}"
    for prompt, entry in by_prompt.items():
        mine = [charge for charge in charges if charge.prompt == prompt]
        yield from _compare(entry, mine, to_the_cent=to_the_cent)
        yield from _look_at_files(entry, mine, home)


def _compare(entry: Entry, charges: Sequence[Charge], *, to_the_cent: bool) -> Iterator[str]:
    charged = sum((charge.amount for charge in charges), Decimal(0))
    open_ended = [each for each in entry.attempts if each.state in ("unknown", "abandoned")]
    given_up = sum((attempt.ceiling for attempt in open_ended), Decimal(0))
    most = entry.charged if to_the_cent else entry.charged + given_up
    if not entry.charged <= charged <= most:
        yield f"{entry.scene_id}: {entry.charged} in the ledger, {charged} at the provider"
    paid = {each.operation for each in entry.attempts if each.charged and each.operation}
    if more := paid - {charge.operation for charge in charges}:
        yield f"{entry.scene_id}: the provider never charged {more}"
    known = {attempt.operation for attempt in entry.attempts}
    in_bucket = sum(not each.operation and each.state == "settled" for each in entry.attempts)
    unnamed = sum(charge.operation not in known for charge in charges)
    if unnamed > in_bucket + sum(not attempt.operation for attempt in open_ended):
        yield f"{entry.scene_id}: {unnamed} charges that no attempt of the ledger explains"


def _look_at_files(entry: Entry, charges: Sequence[Charge], home: Home) -> Iterator[str]:
    if entry.state != "settled":
        yield f"{entry.scene_id} is {entry.state}"
    for file in entry.files:
        path = home.path(file.name)
        if not path.is_file():
            yield f"{file.name} is gone"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
            yield f"{file.name} is not what was bought"
        elif clip_of(path).operation not in {charge.operation for charge in charges}:
            yield f"{file.name} is of another shot"


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < deadline, "the point never came"
        time.sleep(0.005)
