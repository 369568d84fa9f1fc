"""Every fault at every step: the film ends as `on_missing` says, and nothing is paid for twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from onereel.errors import RaiseCap, ShootMissing, SwitchOnBuying
from onereel.settings import settings_file
from tests.reliability.faults import FORMS, Form, cases
from tests.reliability.production import (
    PATIENCE,
    VEO,
    Production,
    film,
    is_one_sentence,
    numbered,
    states,
)
from tests.standins import Fault

CELLS = [
    pytest.param(form, step, id=f"{form.name}-{step}") for form in FORMS for step in form.steps
]


@pytest.mark.parametrize(("form", "step"), CELLS)
async def test_a_fault_costs_its_scene_and_the_next_run_pays_for_what_is_missing(
    form: Form, step: str, google, tmp_path
):
    struck = cases(form, step)
    names = [f"{number}: {case.name}" for number, case in enumerate(struck, start=1)]
    pictures = numbered(names)
    google.plan.set(
        [
            replace(case.fault, match=pictures[name])
            for name, case in zip(names, struck, strict=True)
        ]
    )
    production = Production(google, tmp_path, options=form.options, bucket=form.bucket)
    screenplay = film(*pictures.values(), "Nothing happens to this robot")
    names.append("nothing")

    first = await production.shoot(screenplay)
    assert states(first, names) == dict(
        zip(names, [*(case.first for case in struck), "ready"], strict=True)
    )
    silent = [take.note for take in first.values() if not take.usable]
    assert [note for note in silent if not is_one_sentence(note)] == []

    google.plan.set([])
    before = len(production.sent())
    then = await production.shoot(screenplay)
    assert states(then, names) == dict(
        zip(names, [*(case.then for case in struck), "ready"], strict=True)
    )
    again = production.sent()[before:]
    assert len(again) == len(set(again))
    there = [scene.description for scene in screenplay.scenes if first[scene.id].usable]
    assert [words for words in again if words.startswith(tuple(there))] == []

    production.answer()
    last = await production.shoot(screenplay)
    assert states(last, names) == dict(
        zip(names, [*(case.last for case in struck), "ready"], strict=True)
    )
    running = {key for key, take in last.items() if not take.usable}
    assert [each for each in production.troubles() if each.split()[0] not in running] == []


async def test_two_scenes_fail_and_four_are_kept_and_one_error_names_both(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film(*(f"Robot {name} works" for name in ("A", "B", "C", "D", "E", "F")))
    google.plan.set(
        [
            Fault("400", where="submit", match="Robot B", times=None),
            Fault("filtered", where="outcome", match="Robot E", times=None),
        ]
    )
    with pytest.raises(ShootMissing) as stopped:
        await production.shoot(screenplay, on_missing="stop")
    assert is_one_sentence(stopped.value.user_message)
    assert stopped.value.user_message.startswith("2 scenes were not shot. s02: ")
    assert "; s05: The safety filter of" in stopped.value.user_message
    kept = [entry for entry in production.entries() if entry.state == "settled"]
    assert [entry.scene_id for entry in kept] == ["s01", "s03", "s04", "s06"]
    assert production.troubles() == ["s02 is failed", "s05 is refused"]

    takes = await production.shoot(screenplay, on_missing="draft")
    assert [takes[key].state for key in sorted(takes)] == [
        *("ready", "draft", "ready", "ready", "draft", "ready"),
    ]
    assert len(google.charges) == 4

    google.plan.set([])
    takes = await production.shoot(screenplay, on_missing="stop")
    assert {take.state for take in takes.values()} == {"ready"}
    assert len(google.charges) == 6
    assert production.troubles() == []


@pytest.mark.parametrize("form", FORMS[:2], ids=lambda form: form.name)
@pytest.mark.parametrize("what", ["401", "500", "reset", "garbage", "hang"])
async def test_without_a_token_nothing_is_sent_and_nothing_is_lost(what, form, google, tmp_path):
    production = Production(google, tmp_path, options=form.options, bucket=form.bucket)
    google.world.tokens.clear()
    google.plan.set([Fault(what, where="token", times=None, seconds=0.2)])
    takes = await production.shoot(film("A robot works"))
    assert takes["s01"].state == "failed"
    assert is_one_sentence(takes["s01"].note), takes["s01"].note
    assert production.sent() == []
    google.plan.set([])
    assert (await production.shoot(film("A robot works")))["s01"].usable
    assert production.troubles() == []


@pytest.mark.parametrize("where", ["submit", "poll"])
async def test_a_server_that_says_nothing_is_left_alone_in_time(where, google, tmp_path):
    short = replace(PATIENCE, silence=0.3, attempts=1)
    production = Production(google, tmp_path, patience=short)
    google.plan.set([Fault("hang", where=where, times=None)])
    take = (await production.shoot(film("A robot works")))["s01"]
    assert take.state == ("unknown" if where == "submit" else "failed")
    assert "did not answer in time" in take.note


async def test_a_provider_that_fails_for_all_is_left_alone_for_a_while(google, tmp_path):
    production = Production(google, tmp_path, patience=replace(PATIENCE, failures=3, rest=60))
    google.plan.set([Fault("503", where="submit", times=None)])
    pictures = [f"Robot {name} works" for name in "ABCDEFGHIJKL"]
    takes = await production.shoot(film(*pictures))
    assert {take.state for take in takes.values()} == {"failed"}
    assert any("failed 3 times in a row" in take.note for take in takes.values())
    # Each was sent once at most, and not again.
    assert len(production.sent()) < 2 * len(pictures)
    google.plan.set([])
    takes = await production.shoot(film(*pictures))
    assert {take.state for take in takes.values()} == {"ready"}
    assert production.troubles() == []


async def test_a_connection_that_is_refused_for_a_moment_costs_nothing(google, tmp_path):
    patient = replace(PATIENCE, attempts=60, base=0.1, most=0.3)
    production = Production(google, tmp_path, patience=patient)
    google.plan.set([Fault("refuse", where="submit", match="Robot A", seconds=0.4)])
    takes = await production.shoot(film("Robot A works", "Robot B works", "Robot C works"))
    # Whoever was being answered when the door closed does not know how it ended.
    assert {take.state for take in takes.values()} <= {"ready", "unknown"}
    production.answer()
    takes = await production.shoot(film("Robot A works", "Robot B works", "Robot C works"))
    assert {take.state for take in takes.values()} == {"ready"}
    assert production.troubles() == []


async def test_an_operation_that_never_ends_is_looked_at_by_every_run(google, tmp_path):
    production = Production(google, tmp_path)
    google.plan.set([Fault("never", where="outcome")])
    for _ in range(2):
        take = (await production.shoot(film("A robot works")))["s01"]
        assert "for longer than it ever takes" in take.note
        (entry,) = production.entries()
        assert entry.state == "submitted"
    (generation,) = google.world.generations.values()
    generation.outcome = None
    assert (await production.shoot(film("A robot works")))["s01"].usable
    assert len(production.sent()) == 1


async def test_a_quota_that_is_gone_for_hours_keeps_no_scene_waiting(google, tmp_path):
    production = Production(google, tmp_path)
    one_at_a_time = f'["{VEO.model}"]\nconcurrent = 1\n'
    (production.home.private / "models.toml").write_text(one_at_a_time, "utf-8")
    google.plan.set([Fault("429", where="submit", match="Robot A", retry=7200)])
    screenplay = film("Robot A works", "Robot B works", "Robot C works")
    takes = await production.shoot(screenplay)
    assert {take.state for take in takes.values()} == {"failed"}
    assert all("run again in 7" in take.note for take in takes.values())
    assert production.sent() == ["Robot A works"]
    await production.shoot(screenplay, on_missing="stop")
    assert production.troubles() == []


@pytest.mark.parametrize("line", ["on = false", "on = true\nday = 1"], ids=["switch", "cap"])
async def test_the_owner_thinks_better_of_it_while_a_film_is_shot(line, google, tmp_path):
    production = Production(google, tmp_path)
    one_at_a_time = f'["{VEO.model}"]\nconcurrent = 1\n'
    (production.home.private / "models.toml").write_text(one_at_a_time, "utf-8")
    google.plan.set([Fault("hold", where="submit", match="Robot B", event="charged")])
    screenplay = film("Robot A works", "Robot B works", "Robot C works", "Robot D works")
    shooting = asyncio.create_task(production.shoot(screenplay))
    while not google.log.held:
        await asyncio.sleep(0.01)
    settings_file(production.home).write_text(f"[buying]\n{line}\n", "utf-8")
    google.log.go()
    with pytest.raises((SwitchOnBuying, RaiseCap), match="settings buying on"):
        await shooting
    assert production.sent() == ["Robot A works", "Robot B works"]
    assert [entry.state for entry in production.entries() if entry.attempts] == ["settled"] * 2
