"""What a batch is told before it begins, and how requests are spaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from onereel.errors import Cancelled, WaitForQuota
from onereel.home import Home
from onereel.shoot.models.model import Model
from onereel.shoot.models.registry import Registry
from onereel.shoot.prices.quota import Pace, forecast
from onereel.work import Cancel


def model(tmp_path: Path, name: str, **changes: object) -> Model:
    known = Registry.load(Home(tmp_path, tmp_path)).model("veo-3.1-generate-001")
    return known.replace(name=name, **changes)


def test_a_batch_takes_as_many_rounds_as_the_model_has_places(tmp_path: Path):
    veo = model(tmp_path, "rounds", concurrent=4, usual_latency=60, per_minute=None)
    assert [forecast(count, veo).seconds for count in (1, 4, 5)] == [60, 60, 120]
    assert forecast(1, veo).words == "1 shot: about 1 min"


def test_a_day_that_is_nearly_used_up_is_said(tmp_path: Path):
    veo = model(tmp_path, "day", per_day=10)
    assert "takes only 2 more today" in forecast(3, veo, sent_today=8).words
    assert "today" not in forecast(2, veo, sent_today=8).words


async def test_what_was_turned_away_foretells_the_next_batch(tmp_path: Path):
    veo = model(tmp_path, "learned", concurrent=10, usual_latency=60, per_minute=50)
    pace = Pace(veo)
    for _ in range(3):
        await pace.turn(Cancel(), longest=60)
    assert forecast(6, veo).seconds == 60
    pace.turned_away(0, quota=True)
    # Two a minute: the last two of six leave after two minutes.
    assert forecast(6, veo).seconds == 180
    pace.turned_away(30)
    assert forecast(6, veo).seconds == 180
    pace.turned_away(30, quota=True)
    assert 6 * 60 < forecast(6, veo).seconds <= 6 * 60 + 30


async def test_one_that_waits_for_its_turn_can_be_stopped(tmp_path: Path):
    pace, cancel = Pace(model(tmp_path, "stopped")), Cancel()
    pace.turned_away(3600)
    with pytest.raises(WaitForQuota, match="run again in 3600 s"):
        await pace.turn(cancel, longest=60)
    cancel.request()
    with pytest.raises(Cancelled):
        await pace.turn(cancel, longest=7200)
