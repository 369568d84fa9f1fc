"""A request that its owner gave up turns out to be taken, after another one was made."""

from __future__ import annotations

import pytest

from onereel.remote import Remote
from onereel.shoot.buying.studio import resume_takes
from onereel.shoot.ledger.receipts import SUFFIX
from onereel.shoot.takes import Takes
from tests.reliability.production import PATIENCE, Production, film
from tests.standins import Fault

PLAY = film("Robot A works")


async def given_up(production: Production, *faults: Fault) -> None:
    """Have the request taken without an answer, give it up, and ask again, which meets faults."""
    production.google.plan.set([Fault("reset", where="submit", late=True)])
    await production.shoot(PLAY)
    production.answer()
    production.google.plan.set(faults)
    await production.shoot(PLAY)
    production.google.plan.set([])


def heard_of(production: Production) -> None:
    """Say by what name the service took the first request, as a process does that was asleep."""
    with production.ledger() as ledger:
        (entry,) = ledger.entries()
        lease = ledger.lease(entry.key)
        assert lease
        name = production.google.charges[0].operation
        ledger.move(lease, entry.attempts[0].id, "submitted", operation=name)
        lease.release()


@pytest.mark.parametrize("first", ["here", "at the service"])
async def test_the_clips_of_both_come_home_and_stay_there(first, google, tmp_path):
    production = Production(google, tmp_path)
    await given_up(production, *[Fault("500", where="poll", times=None)] * (first != "here"))
    heard_of(production)
    for _ in range(2):
        found = await resume_takes(
            [], home=production.home, settings=production.settings, remote=Remote(PATIENCE)
        )
        assert all(take.usable for take in found.values())
    assert production.troubles() == []
    google.world.generations.clear()
    asked = len(google.requests)
    take = (await production.shoot(PLAY))["s01"]
    assert take.usable
    (other,) = Takes(production.home).samples(take)
    assert take.clip != other.clip
    receipts = production.home.path("takes").rglob(f"*{SUFFIX}")
    assert len(list(receipts)) == len(google.charges) == 2
    assert len(google.requests) == asked


async def test_it_is_the_take_though_the_next_request_was_refused(google, tmp_path):
    production = Production(google, tmp_path)
    await given_up(production, Fault("blocked", where="outcome", times=None))
    heard_of(production)
    for _ in range(2):
        assert (await production.shoot(PLAY))["s01"].usable
    assert production.troubles() == []
    assert len(google.charges) == 1
