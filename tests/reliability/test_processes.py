"""Processes that share one ledger: one sleeps past its lease, many race for one cap."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from onereel.errors import Cancelled
from onereel.work import Cancel
from tests import postgres
from tests.reliability.killing import Point, make_home, pause
from tests.reliability.production import Production, film
from tests.reliability.shooting import start
from tests.standins import Fault


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.mark.parametrize("event", [5, 9])
def test_a_process_that_slept_past_its_lease_buys_nothing_twice(event, server, google, tmp_path):
    # Three shots of 40 cents: there is room for these and no more.
    shots, url = film(*(f"Robot {name} works" for name in "ABC")), postgres.database(server)
    outcome = pause(Point(event=event), tmp_path, shots, google, url=url, cap="1.20")
    assert outcome.killed
    assert outcome.submitted_twice == 0
    assert not outcome.troubles
    assert outcome.settled == Decimal("1.20")


def test_twenty_processes_race_for_a_cap_that_holds_seven(google, tmp_path: Path):
    home = make_home(tmp_path, "", cap="2.80")
    environment = google.environment(tmp_path)
    answers = [tmp_path / f"{number}.json" for number in range(20)]
    running = [
        start(home, film(f"Robot {number:02} works", idea=f"Film {number}"), environment, answer)
        for number, answer in enumerate(answers)
    ]
    for process in running:
        process.join(120)
    told = [json.loads(answer.read_text("utf-8")) for answer in answers]
    assert sum(answer.get("states") == {"s01": "ready"} for answer in told) == 7
    refused = [answer["error"] for answer in told if "error" in answer]
    assert len(refused) == 13
    assert all(error.startswith("RaiseCap: ") for error in refused)
    assert len(google.charges) == 7


async def test_who_stops_it_loses_nothing(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film(*(f"Robot {name} works" for name in "ABCDEF"))
    google.veo.latency = 3600
    google.plan.set([Fault("hold", where="submit", match="Robot D", event="charged")])
    cancel = Cancel()

    def interrupt() -> None:
        while not google.log.held:
            threading.Event().wait(0.01)
        cancel.request()
        threading.Event().wait(0.3)
        google.log.go()

    stopper = threading.Thread(target=interrupt)
    stopper.start()
    with pytest.raises(Cancelled) as stopped:
        await production.shoot(screenplay, cancel=cancel)
    stopper.join()
    sent = production.sent()
    assert "Robot D works" in sent
    running = [entry.attempts[-1].operation for entry in production.entries() if entry.attempts]
    known = {name for name in running if name}
    assert known == {charge.operation for charge in google.charges}
    assert stopped.value.user_message.startswith("Stopped. Still running at the service")
    assert all(name in stopped.value.user_message for name in known)

    google.veo.latency = 0
    for generation in google.world.generations.values():
        generation.latency = 0
    takes = await production.shoot(screenplay, on_missing="stop")
    assert len(takes) == 6
    assert sorted(production.sent()) == sorted(f"Robot {name} works" for name in "ABCDEF")
    assert production.troubles() == []


async def test_who_stops_it_before_anything_left_is_told_so(google, tmp_path):
    production = Production(google, tmp_path)
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled, match="Nothing is running at the service"):
        await production.shoot(film("Robot A works"), cancel=cancel)
    assert production.sent() == []
    assert (await production.shoot(film("Robot A works")))["s01"].usable
