"""Scenes that go on from each other, and what stays the same in them, over HTTP."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pytest
import requests
from PIL import Image

from tests.standins import Google

from .client import ComfyUI
from .panel import Panel, View

VEO = {"renderer": "veo", "resolution": "720p"}
ALL = {"action": "shoot", "scenes": "every", "ceiling": "100"}


@pytest.fixture(autouse=True)
def stand_in(google: Google) -> Iterator[Google]:
    google.reset()
    google.requests.clear()
    yield google


@pytest.fixture
def panel(comfyui: ComfyUI, buying: None) -> Panel:
    return Panel(comfyui)


def script(*prompts: str) -> View:
    """Three scenes, each but the first begins where the one before it ends."""
    scenes = [
        {
            "id": f"s{number:02}",
            "prompt": prompt,
            "narration": "The harbour wakes, and the boats go out.",
            "duration": 4,
            "continues": number > 1,
        }
        for number, prompt in enumerate(prompts, start=1)
    ]
    brief = {"idea": f"A chain {uuid.uuid4().hex[:6]}", "duration": 4 * len(scenes)}
    return {"title": "A chain", "brief": brief, "scenes": scenes}


def own(*prompts: str) -> list[str]:
    """Words that no other test's takes have."""
    mark = uuid.uuid4().hex[:6]
    return [f"{prompt} {mark}" for prompt in prompts]


def test_a_new_first_frame_is_bought_down_the_chain_only_once_it_is_accepted(
    panel: Panel, google: Google
):
    harbour, boat, storm = own("A harbour", "A boat", "A storm")
    body = {"screenplay": script(harbour, boat, storm), "options": VEO, "action": "none"}
    film = panel.post("/films", body)["id"]
    path = f"/films/{film}"
    before = [Decimal(scene["price"]) for scene in panel.get(path)["scenes"]]
    panel.post(f"{path}/run", ALL)
    view = panel.wait(film)
    assert [scene["state"] for scene in view["scenes"]] == ["ready"] * 3
    assert Decimal(view["spent"]) == sum(before)
    assert [scene["continues"] for scene in view["scenes"]] == [False, True, True]
    assert panel.get(f"{path}/frames") == {"offers": []}
    takes = [scene["take"] for scene in view["scenes"]]

    asked = {"revision": view["revision"], "action": "shoot", "ceiling": "10", "note": "at dusk"}
    panel.post(f"{path}/scenes/s01/redo", asked)
    view = panel.wait(film)
    assert len(google.charges) == 4
    assert [scene["take"] for scene in view["scenes"]][1:] == takes[1:]
    (offer,) = panel.get(f"{path}/frames")["offers"]
    assert (offer["scene"], offer["before"]) == ("s02", "s01")
    assert [each["scene"] for each in offer["scenes"]] == ["s02", "s03"]
    assert Decimal(offer["at_most"]) == before[1] + before[2]
    estimate = panel.post("/estimate", {"film": film})
    assert Decimal(estimate["at_most"]) == 0

    accepted = panel.edit(view, {"op": "accept frames", "scenes": ["s02", "s03"]})
    assert accepted["undo"] == "New first frame of 2 scenes"
    assert len(google.charges) == 4
    assert panel.get(f"{path}/frames") == {"offers": []}
    estimate = panel.post("/estimate", {"film": film})
    assert Decimal(estimate["at_most"]) == before[1] + before[2]
    panel.post(f"{path}/run", {**ALL, "ceiling": estimate["at_most"]})
    view = panel.wait(film)
    assert len(google.charges) == 6
    assert [scene["state"] for scene in view["scenes"]] == ["ready"] * 3
    submits = [each.json for each in google.requests if each.path.endswith("LongRunning")]
    boats = [each["instances"][0]["image"] for each in submits if boat in str(each)]
    assert len({each["bytesBase64Encoded"] for each in boats}) == 2

    old = panel.get(path)
    panel.edit(old, {"op": "choose", "scene": "s02", "take": takes[1]})
    panel.post(f"{path}/run", {"action": "cut"})
    assert panel.wait(film)["scenes"][1]["take"] == takes[1]
    assert len(google.charges) == 6


def test_the_pictures_of_an_offer_are_the_frames(panel: Panel, comfyui: ComfyUI, google: Google):
    harbour, boat = own("A harbour", "A boat")
    body = {"screenplay": script(harbour, boat), "options": VEO, "action": "none"}
    film = panel.post("/films", body)["id"]
    panel.post(f"/films/{film}/run", ALL)
    view = panel.wait(film)
    asked = {"revision": view["revision"], "action": "shoot", "ceiling": "10", "note": "in fog"}
    panel.post(f"/films/{film}/scenes/s01/redo", asked)
    panel.wait(film)
    (offer,) = panel.get(f"/films/{film}/frames")["offers"]
    shown = [
        np.asarray(Image.open(io.BytesIO(requests.get(comfyui.url + offer[name]).content)))
        for name in ("pinned", "now")
    ]
    assert [each.shape for each in shown] == [(720, 1280, 3)] * 2
    assert not np.array_equal(*shown)


def test_a_scene_that_begins_by_itself_has_no_frame_to_let_go_of(panel: Panel):
    view = panel.post("/films", {"screenplay": script(*own("One", "Two")), "action": "none"})
    change = {"op": "accept frames", "scenes": ["s01"]}
    edits = {"revision": view["revision"], "changes": [change]}
    problem = panel.refused(f"/films/{view['id']}/edits", edits, 400)
    assert "Scene s01 begins by itself" in problem["detail"]
    assert panel.get(f"/films/{view['id']}/frames") == {"offers": []}


def test_the_bible_is_told_in_the_same_words(panel: Panel, google: Google):
    first, second, third = own("A cook", "A sea", "A table")
    play = script(first, second, third)
    for scene in play["scenes"]:
        scene["continues"] = False
    play["scenes"][0]["place"] = play["scenes"][2]["place"] = "The kitchen, at night"
    view = panel.post("/films", {"screenplay": play, "options": VEO, "action": "none"})
    entry = {"kind": "place", "name": "the kitchen", "description": "blue tiles", "wearer": ""}
    view = panel.edit(view, {"op": "bible", "entries": [entry]})
    assert view["bible"] == [entry]
    panel.post(f"/films/{view['id']}/run", ALL)
    panel.wait(view["id"])
    submits = [each.json for each in google.requests if each.path.endswith("LongRunning")]
    told = {
        prompt: "the kitchen: blue tiles." in prompt
        for prompt in (each["instances"][0]["prompt"] for each in submits)
    }
    assert sorted(told.values()) == [False, True, True]
    assert [words.startswith(second) for words, said in told.items() if not said] == [True]
