"""The kill proof in its short form; `python -m tests.reliability` runs the full one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.killing import Outcome, Point, kill
from tests.reliability.shooting import story
from tests.standins import Google
from tests.standins.google_storage import BUCKET

SCENES = 3
POINTS = [
    *(Point(event=number) for number in (1, 3, 5, 8, 11, 14, 17, 20)),
    *(Point(seconds=seconds) for seconds in (0.3, 0.8)),
]


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with Google(latency=0) as server:
        yield server


def killed(point: Point, folder: Path, google: Google, bucket: str = "") -> Outcome:
    return kill(point, folder, story(SCENES), google, bucket=bucket)


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_nothing_is_lost_and_nothing_is_bought_twice(point, tmp_path, google):
    outcome = killed(point, tmp_path, google)
    assert outcome.submitted_twice == 0
    assert outcome.accounted, outcome


@pytest.mark.parametrize("point", POINTS[1::2], ids=str)
def test_with_a_bucket_ledger_and_provider_agree_to_the_cent(point, tmp_path, google):
    outcome = killed(point, tmp_path, google, f"gs://{BUCKET}/films")
    assert outcome.submitted_twice == 0
    assert outcome.settled == outcome.charged
