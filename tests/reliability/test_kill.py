"""The kill proof in its short form; `python -m tests.reliability` runs the full one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.reliability.killing import Answers, Point, kill, twice
from tests.reliability.shooting import story
from tests.standins import Charge, Google
from tests.standins.google_storage import BUCKET

SCENES = 3
POINTS = [
    *(Point(event=number) for number in (1, 3, 5, 8, 11, 14)),
    Point(moments=(0.1,)),
    Point(moments=(0.2, 0.1)),
]


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with Google(latency=0) as server:
        yield server


def _latency(point: Point) -> float:
    """Seconds of a generation: a quick machine would be done before the moment comes."""
    return 3 * sum(point.moments)


@pytest.mark.parametrize("point", POINTS[::2], ids=str)
def test_nothing_is_lost_and_nothing_is_bought_twice(point, tmp_path, google):
    outcome = kill(point, tmp_path, story(SCENES), google, latency=_latency(point))
    assert outcome.killed
    assert outcome.submitted_twice == 0
    assert not outcome.troubles


@pytest.mark.parametrize("point", POINTS[1::2], ids=str)
def test_with_a_bucket_ledger_and_provider_agree_to_the_cent(point, tmp_path, google):
    bucket, latency = f"gs://{BUCKET}/films", _latency(point)
    outcome = kill(point, tmp_path, story(SCENES), google, bucket=bucket, latency=latency)
    assert outcome.killed
    assert outcome.submitted_twice == 0
    assert not outcome.troubles
    assert outcome.settled == outcome.charged


@pytest.mark.parametrize("number", [4, 9, 14, 19])
def test_a_chain_that_is_killed_in_the_middle_loses_and_doubles_nothing(number, tmp_path, google):
    play = story(SCENES)
    first, *others = play.scenes
    play = play.replace(scenes=(first, *(each.replace(continues=True) for each in others)))
    outcome = kill(Point(event=number), tmp_path, play, google)
    assert outcome.killed
    assert outcome.submitted_twice == 0
    assert not outcome.troubles
    submits = [each.json for each in google.requests if each.path.endswith("LongRunning")]
    begins = {each["instances"][0]["prompt"]: each["instances"][0].get("image") for each in submits}
    assert [begins[charge.prompt] is None for charge in google.charges].count(True) >= 1
    assert len({str(image) for image in begins.values()}) == SCENES


def charge(operation: str, prompt: str = "a robot") -> Charge:
    return Charge(operation, "veo", 4, Decimal("0.40"), prompt)


def test_the_judge_sees_a_second_request_behind_an_answer_for_one_that_never_arrived():
    answered = Answers([("a robot", 0)])
    assert twice([charge("1"), charge("2", "a cat")], answered) == 0
    assert twice([charge("1"), charge("2")], answered) == 1
    assert twice([charge("1"), charge("2")], Answers([("a robot", 1)])) == 0
    assert twice([charge("1"), charge("2")], Answers([("a cat", 1)])) == 1
