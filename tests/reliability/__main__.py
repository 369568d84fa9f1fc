"""`python -m tests.reliability`: the kill proof in full, as a table.

Kills a film of six scenes at every event of the provider's log, with and without a bucket, and at
random moments of up to three runs in a row; stops one of two processes that share a PostgreSQL; and
says what became of it. `--steps picture` kills before each step to the disk and the wire of what is
no take. `--soak 30` has two processes buy for
half an hour through random faults and kills.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from onereel.story.screenplay import Screenplay
from tests import postgres
from tests.library.test_bought_once import KINDS
from tests.reliability.comfy import Machine, kill_comfyui
from tests.reliability.killing import Outcome, Point, kill, pause, undisturbed
from tests.reliability.shooting import story
from tests.reliability.soak import Soak
from tests.reliability.steps import Ending, kill_at
from tests.standins import Google
from tests.standins.google_storage import BUCKET

_HEAD = """| form | points | kills | bought twice | not accounted for | answered by the owner |
|---|---|---|---|---|---|"""


def main(words: list[str] | None = None) -> int:
    """Run the proof; return 0 if nothing was lost and nothing bought twice."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--scenes", type=int, default=6)
    parser.add_argument("--random", type=int, default=60, help="moments per form (default 60)")
    parser.add_argument("--step", type=int, default=1, help="every how many events (default 1)")
    parser.add_argument(
        "--comfyui", type=int, default=0, help="kill a real ComfyUI at so many points, and no more"
    )
    parser.add_argument("--steps", choices=[*KINDS, "acts"], help="kill before each step of it")
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="and no more")
    chosen = parser.parse_args(words)
    if chosen.soak:
        return _soak(chosen.soak)
    if chosen.steps:
        return _before_each_step(chosen.steps, chosen.step)
    if chosen.comfyui:
        return _in_comfyui(chosen.comfyui)
    screenplay, failed = story(chosen.scenes), 0
    print(_HEAD)
    with Google(latency=0) as google, tempfile.TemporaryDirectory() as name:
        for form, bucket in (("without a bucket", ""), ("with a bucket", f"gs://{BUCKET}/films")):
            folder = Path(name) / form.replace(" ", "-")
            count, seconds = undisturbed(folder / "whole", screenplay, google, bucket)
            outcomes: list[Outcome] = []
            for number, point in enumerate(_points(count, seconds, chosen.step, chosen.random)):
                place = folder / str(number)
                outcomes.append(kill(point, place, screenplay, google, bucket=bucket))
                shutil.rmtree(place)
                _tell(outcomes[-1])
            failed += _summary(form, outcomes)
        failed += _two_processes(screenplay, google, Path(name), chosen.step)
    return 1 if failed else 0


def _two_processes(screenplay: Screenplay, google: Google, folder: Path, step: int) -> int:
    """Stop one of two processes that share a PostgreSQL, at every other event."""
    count, _ = undisturbed(folder / "alone", screenplay, google, "")
    # The cap has room for one take of every scene.
    cap = str(sum((charge.amount for charge in google.charges), Decimal(0)))
    outcomes: list[Outcome] = []
    with postgres.server() as server:
        for event in range(1, count + 1, 2 * step):
            place, url = folder / f"pause-{event}", postgres.database(server)
            outcomes.append(pause(Point(event), place, screenplay, google, url=url, cap=cap))
            shutil.rmtree(place)
            _tell(outcomes[-1])
    return _summary("two processes on one PostgreSQL, one stopped past its lease", outcomes)


def _in_comfyui(count: int) -> int:
    print(_HEAD)
    points = [Point(event=number) for number in range(1, count + 1)]
    outcomes: list[Outcome] = []
    with (
        Google(latency=0) as google,
        tempfile.TemporaryDirectory() as name,
        Machine(Path(name), google) as machine,
    ):
        for outcome in kill_comfyui(points, machine, google):
            outcomes.append(outcome)
            _tell(outcome)
    return 1 if _summary("inside ComfyUI, two films queued", outcomes) else 0


def _before_each_step(kind: str, step: int) -> int:
    print("| what | points | paid twice or lost | answered by the owner |\n|---|---|---|---|")
    endings: list[Ending] = []
    with Google(latency=0) as google, tempfile.TemporaryDirectory() as name:
        for number in itertools.count(1, step):
            folder = Path(name) / str(number)
            folder.mkdir()
            ending = kill_at(number, kind, folder, google)
            if ending.step or ending.troubles:
                endings.append(ending)
                print(number, ending, file=sys.stderr, flush=True)
            if not ending.step:
                break
            shutil.rmtree(folder)
    bad = sum(bool(each.troubles) for each in endings)
    print(f"| {kind} | {len(endings)} | {bad} | {sum(each.answers for each in endings)} |")
    return 1 if bad else 0


def _soak(minutes: float) -> int:
    with Google(latency=0) as google, tempfile.TemporaryDirectory() as name:
        soak = Soak(google, Path(name))
        for line in soak.run(minutes):
            print(line, flush=True)
    print(f"{len(soak.troubles)} troubles")
    return 1 if soak.troubles else 0


def _points(events: int, seconds: float, step: int, moments: int) -> Iterator[Point]:
    """Every event, and random moments of one, two or three runs in a row: each goes on with what
    the one before it left, so its moment is an early one."""
    yield from (Point(event=number) for number in range(1, events + 1, step))
    chance = random.Random(4)
    for number in range(moments):
        runs = (1, 2, 3)[number % 3]
        yield Point(moments=tuple(chance.uniform(0.0, seconds / (n + 1)) for n in range(runs)))


def _tell(outcome: Outcome) -> None:
    mark = "ok  " if outcome.good else "FAIL"
    if not outcome.killed:
        mark = "none"
    print(f"{mark} {outcome.point}: {outcome.where}; {outcome}", file=sys.stderr, flush=True)


def _summary(form: str, outcomes: Sequence[Outcome]) -> int:
    """Print a line of the table; a point at which nothing was left to kill is none."""
    points = [outcome for outcome in outcomes if outcome.killed]
    kills = sum(outcome.killed for outcome in points)
    twice = sum(outcome.submitted_twice for outcome in outcomes)
    lost = sum(bool(outcome.troubles) for outcome in outcomes)
    answered = sum(outcome.resolved for outcome in outcomes)
    print(f"| {form} | {len(points)} | {kills} | {twice} | {lost} | {answered} |", flush=True)
    return twice + lost


if __name__ == "__main__":
    sys.exit(main())
