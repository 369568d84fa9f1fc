"""`python -m tests.reliability`: the kill proof in full, as a table.

Kills a film of six scenes at every event of the provider's log, with and without a bucket, and at
random moments, and says what became of it.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.reliability.killing import Outcome, Point, events_of_a_run, kill
from tests.reliability.shooting import story
from tests.standins import Google
from tests.standins.google_storage import BUCKET


def main(words: list[str] | None = None) -> int:
    """Run the proof; return 0 if nothing was lost and nothing bought twice."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--scenes", type=int, default=6)
    parser.add_argument("--random", type=int, default=60, help="moments per form (default 60)")
    parser.add_argument("--step", type=int, default=1, help="every how many events (default 1)")
    chosen = parser.parse_args(words)
    screenplay, failed = story(chosen.scenes), 0
    print("| form | points | sent twice | not accounted for | answered by the owner |")
    print("|---|---|---|---|---|")
    with Google(latency=0) as google, tempfile.TemporaryDirectory() as name:
        for form, bucket in (("without a bucket", ""), ("with a bucket", f"gs://{BUCKET}/films")):
            folder = Path(name) / form.replace(" ", "-")
            count = events_of_a_run(folder / "whole", screenplay, google, bucket)
            outcomes: list[Outcome] = []
            for number, point in enumerate(_points(count, chosen.step, chosen.random)):
                place = folder / str(number)
                outcomes.append(kill(point, place, screenplay, google, bucket=bucket))
                shutil.rmtree(place)
                _tell(outcomes[-1], bucket)
            failed += _summary(form, outcomes, bucket)
    return 1 if failed else 0


def _points(events: int, step: int, moments: int) -> Iterator[Point]:
    yield from (Point(event=number) for number in range(1, events + 1, step))
    chance = random.Random(4)
    yield from (Point(seconds=chance.uniform(0.05, 2.5)) for _ in range(moments))


def _good(outcome: Outcome, bucket: str) -> bool:
    whole = outcome.settled == outcome.charged if bucket else outcome.accounted
    return whole and not outcome.submitted_twice


def _tell(outcome: Outcome, bucket: str) -> None:
    mark = "ok  " if _good(outcome, bucket) else "FAIL"
    print(f"{mark} {outcome.point}: {outcome.where}; {outcome}", file=sys.stderr, flush=True)


def _summary(form: str, outcomes: Sequence[Outcome], bucket: str) -> int:
    twice = sum(outcome.submitted_twice for outcome in outcomes)
    lost = sum(not _good(outcome, bucket) for outcome in outcomes)
    answered = sum(outcome.resolved for outcome in outcomes)
    print(f"| {form} | {len(outcomes)} | {twice} | {lost} | {answered} |", flush=True)
    return twice + lost


if __name__ == "__main__":
    sys.exit(main())
