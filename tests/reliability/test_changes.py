"""The price list, the key or the clock changes while a film is shot."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from onereel.errors import ApproveShots
from tests.reliability.production import OMNI, VEO, Production, film
from tests.standins import Fault, Google

PRICE = Decimal("0.40")
"""Dollars of four seconds."""


def write_price(production: Production, dollars: str) -> None:
    """Say what a second of the model costs from now on."""
    row = f'["{VEO.model}"]\nlongest_latency = 1\nconcurrent = 1\nprices = {{ 720p = {dollars} }}\n'
    (production.home.private / "models.toml").write_text(row, "utf-8")


@pytest.mark.parametrize("dollars", ["0.03", "0.90"])
async def test_what_is_under_way_costs_what_was_agreed(dollars, google, tmp_path):
    production = Production(google, tmp_path)
    google.veo.looks = 10_000
    await production.shoot(film("Robot A works"))
    google.veo.looks = 0
    for generation in google.world.generations.values():
        generation.pending = 0
    write_price(production, dollars)
    takes = await production.shoot(film("Robot A works"), on_missing="stop")
    (entry,) = production.entries()
    assert entry.charged == takes["s01"].cost == production.charged() == PRICE


async def test_a_clip_that_is_shorter_than_it_was_asked_to_be_comes_home(google, tmp_path):
    """It was paid, and does not get longer by being fetched again until nobody has it any more."""
    production = Production(google, tmp_path)
    google.veo.looks = 10_000
    await production.shoot(film("Robot A works"))
    for generation in google.world.generations.values():
        generation.clips = tuple(replace(clip, seconds=3) for clip in generation.clips)
        generation.pending = 0
    take = (await production.shoot(film("Robot A works"), on_missing="stop"))["s01"]
    assert (take.duration, take.cost) == (3, PRICE)
    assert take.note == "It lasts 3.0 s, and not the 4 s that were asked for and paid."
    assert production.troubles() == []


async def test_a_price_that_rises_while_a_film_is_shot_stops_it(google, tmp_path):
    production = Production(google, tmp_path)
    write_price(production, "0.10")
    google.plan.set([Fault("hold", where="submit", match="Robot A", event="charged")])
    shooting = asyncio.create_task(production.shoot(film("Robot A works", "Robot B works")))
    while not google.log.held:
        await asyncio.sleep(0.01)
    write_price(production, "0.15")
    google.log.go()
    with pytest.raises(ApproveShots, match=r"s02 .*\$0\.60 now, more than the \$0\.40"):
        await shooting
    assert production.sent() == ["Robot A works"]
    assert [entry.charged for entry in production.entries() if entry.attempts] == [PRICE]
    # Who shoots again has seen the price.
    takes = await production.shoot(film("Robot A works", "Robot B works"))
    assert [take.cost for take in takes.values()] == [PRICE, Decimal("0.60")]


@pytest.mark.parametrize("options", [VEO, OMNI], ids=["veo", "omni"])
async def test_with_a_key_of_another_project_nothing_is_lost_and_nothing_bought(
    options, google, tmp_path: Path, monkeypatch
):
    production = Production(google, tmp_path, options=options)
    google.veo.looks = google.omni.looks = 10_000
    await production.shoot(film("Robot A works"))
    with Google(latency=0) as elsewhere, monkeypatch.context() as there:
        for name, value in elsewhere.environment(tmp_path).items():
            there.setenv(name, value)
        for _ in range(2):
            takes = await production.shoot(film("Robot A works"))
            assert takes["s01"].state == "unknown"
            assert "the key or project that asked for it" in takes["s01"].note
        assert not elsewhere.charges
    google.veo.looks = google.omni.looks = 0
    for generation in google.world.generations.values():
        generation.pending = 0
    google.credentials(tmp_path)
    takes = await production.shoot(film("Robot A works"), on_missing="stop")
    assert takes["s01"].state == "ready"
    assert len(google.charges) == 1
    assert production.troubles() == []
