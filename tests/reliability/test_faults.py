"""Every fault at every step: the film ends as `on_missing` says, and nothing is paid for twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reliability.faults import FORMS, Form, cases
from tests.reliability.production import Production, film, is_one_sentence, numbered, states

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
    there = {scene.description for scene in screenplay.scenes if first[scene.id].usable}
    assert not there & set(again)

    production.answer()
    last = await production.shoot(screenplay)
    assert states(last, names) == dict(
        zip(names, [*(case.last for case in struck), "ready"], strict=True)
    )
    running = {key for key, take in last.items() if not take.usable}
    assert [each for each in production.troubles() if each.split()[0] not in running] == []
    assert production.charged() == sum(entry.charged + entry.held for entry in production.entries())
