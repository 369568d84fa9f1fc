"""The ledger: takes, attempts, leases and the budget, in a real SQLite file."""

from decimal import Decimal
from pathlib import Path

import pytest

from onereel.errors import RaiseCap, ResolveTakes, WaitForOther
from onereel.home import Home
from onereel.shoot.ledger import Caps, Entry, KeptFile, Ledger
from onereel.shoot.shot import Shot
from onereel.shoot.take import Take

PRICE = Decimal("3.20")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def shot(number: int = 1) -> Shot:
    return Shot(renderer="veo", model="veo-3.1", prompt="a robot", duration=8, number=number)


def planned(ledger: Ledger, number: int = 1, *, asked: str = "robot") -> Entry:
    return ledger.plan(
        shot(number), film_id="film", scene_id="scene", picture_id="picture", asked=asked
    )


def bought(ledger: Ledger, number: int = 1, *, caps: Caps | None = None) -> Entry:
    key = planned(ledger, number).key
    lease = ledger.lease(key)
    assert lease
    with lease:
        attempt = ledger.reserve(lease, ceiling=PRICE, caps=caps or Caps(), film_id="film")
        ledger.move(lease, attempt.id, "submitting")
        ledger.move(lease, attempt.id, "submitted", operation=f"operations/{number}")
        name = f"takes/film/scene-{key}.mp4"
        ledger.keep(lease, attempt.id, [KeptFile(name, "0" * 64, 12, "gs://b/x", attempt.id)])
        take = Take(
            id=key,
            film_id="film",
            scene_id="scene",
            picture_id="picture",
            renderer="veo",
            clip=name,
            duration=8,
            width=1280,
            height=720,
            fps=24,
            cost=PRICE,
        )
        return ledger.settle(lease, attempt.id, charged=PRICE, take=take)


def test_a_take_walks_from_planned_to_settled(home: Home):
    with Ledger.open(home) as ledger:
        entry = bought(ledger)
        assert entry.state == "settled"
        assert (entry.held, entry.charged) == (0, PRICE)
        assert entry.take and entry.take.clip == entry.files[0].name
        states = [step.state for step in ledger.trail(entry.key)]
        assert states == [
            *("planned", "reserved", "submitting", "submitted"),
            *("kept", "downloaded", "settled"),
        ]
    with Ledger.open(home) as ledger:
        assert ledger.entry(entry.key) == entry
        assert ledger.by_asked("robot") == entry
        assert planned(ledger) == entry


def test_a_settled_take_is_not_bought_again(home: Home):
    with Ledger.open(home) as ledger:
        key = bought(ledger).key
        lease = ledger.lease(key)
        assert lease
        with pytest.raises(ResolveTakes, match="nothing is bought twice"):
            ledger.reserve(lease, ceiling=PRICE, caps=Caps(), film_id="film")


def test_the_cap_says_how_much_it_needs(home: Home):
    with Ledger.open(home) as ledger:
        bought(ledger)
        with pytest.raises(RaiseCap, match=r"today's cap of 5\.00 .* --day 6\.40$"):
            bought(ledger, 2, caps=Caps(day=Decimal(5)))
        totals = ledger.totals(film_id="film")
        assert (totals.day_held, totals.day_charged, totals.film_charged) == (0, PRICE, PRICE)


def test_a_lost_database_comes_back_from_the_journal(home: Home):
    with Ledger.open(home) as ledger:
        entry = bought(ledger)
        totals = ledger.totals(film_id="film")
    for file in home.private.glob("ledger.sqlite*"):
        file.unlink()
    with Ledger.open(home) as ledger:
        assert ledger.entry(entry.key) == entry
        assert ledger.totals(film_id="film") == totals


def test_one_owner_at_a_time(home: Home):
    with Ledger.open(home) as ledger:
        key = planned(ledger).key
        mine = ledger.lease(key)
        assert mine and mine.held
        assert ledger.lease(key) is None
        mine.release()
        theirs = ledger.lease(key)
        assert theirs and theirs.token > mine.token
        with pytest.raises(WaitForOther):
            mine.renew()
        with pytest.raises(WaitForOther):
            ledger.reserve(mine, ceiling=PRICE, caps=Caps(), film_id="film")
