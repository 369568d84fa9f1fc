"""Films that are bought over HTTP: at the price that was seen, once, whatever happens between."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import requests

from tests.reliability.killing import until
from tests.standins import Fault, Google

from .client import ComfyUI, nodes_of
from .panel import Panel, View

VEO = {"renderer": "veo", "resolution": "720p"}
SHOOT = "OneReelShootWithVeo"
BRIEF = {"idea": "A potter and her first bowl", "duration": 6, "scene_count": 2}


@pytest.fixture(autouse=True)
def stand_in(google: Google) -> Iterator[Google]:
    google.reset()
    google.requests.clear()
    yield google


@pytest.fixture
def panel(comfyui: ComfyUI) -> Panel:
    return Panel(comfyui)


def charged(google: Google) -> Decimal:
    return sum((charge.amount for charge in google.world.charges), Decimal(0))


def named(name: str) -> View:
    """A brief about something of its own, so that no test finds the takes of another."""
    return {**BRIEF, "idea": f"A potter and her first bowl, for {name} {uuid.uuid4().hex[:6]}"}


def test_while_buying_is_off_nothing_is_queued_and_nothing_is_sent(panel: Panel, google: Google):
    body = {"brief": named("off"), "options": VEO, "action": "shoot", "ceiling": "100"}
    before = panel.get("/films?limit=200")["films"]
    problem = panel.refused("/films", body, 409)
    assert "settings buying on" in problem["detail"]
    assert problem["action"]["do"] == "money"
    assert panel.get("/films?limit=200")["films"] == before
    assert panel.comfyui.get("queue") == {"queue_running": [], "queue_pending": []}
    view = panel.wait(panel.post("/films", {**body, "action": "rehearse"})["id"])
    assert not view["shoot"]["allowed"]
    problem = panel.refused(
        f"/films/{view['id']}/run", {"action": "shoot", "scenes": "every", "ceiling": "100"}, 409
    )
    assert "settings buying on" in problem["detail"]
    assert not [event for event in google.requests if event.method == "POST"]


def test_a_film_is_bought_at_the_price_that_was_seen_and_no_higher(
    panel: Panel, google: Google, buying: None
):
    options = {**VEO, "resolution": "720p"}
    view = panel.wait(panel.post("/films", {"brief": named("price"), "options": options})["id"])
    assert [scene["state"] for scene in view["scenes"]] == ["draft", "draft"]
    prices = [Decimal(scene["price"]) for scene in view["scenes"]]
    total, path = sum(prices), f"/films/{view['id']}/run"
    nobody = panel.refused(path, {"action": "shoot", "scenes": "every"}, 409)
    assert f"${total:.2f}" in nobody["detail"]
    low = {"action": "shoot", "scenes": "every", "ceiling": f"{total - Decimal('0.01')}"}
    refused = panel.refused(path, low, 409)
    assert f"${total:.2f}" in refused["detail"]
    unapproved = panel.refused(path, {"action": "shoot", "ceiling": f"{total}"}, 409)
    assert "Approve" in unapproved["detail"]
    assert charged(google) == 0
    first = view["scenes"][0]["id"]
    approved = panel.edit(view, {"op": "approve", "scenes": [first], "approved": True})
    may = {"allowed": True, "why": "", "why_said": None}
    assert approved["shoot"] == {"scenes": 1, "at_most": f"{prices[0]}", **may}
    panel.post(path, {"action": "shoot", "ceiling": f"{prices[0]}"})
    bought = panel.wait(view["id"])
    assert [scene["state"] for scene in bought["scenes"]] == ["ready", "draft"]
    assert charged(google) == prices[0] == Decimal(bought["spent"])
    # The rest is bought by naming it, and what is there plays on.
    second = view["scenes"][1]["id"]
    panel.post(path, {"action": "shoot", "scenes": [second], "ceiling": f"{prices[1]}"})
    whole = panel.wait(view["id"])
    assert charged(google) == total == Decimal(whole["spent"])
    assert {scene["takes"][-1]["state"] for scene in whole["scenes"]} == {"ready"}
    panel.post(path, {"action": "cut"})
    panel.wait(view["id"])
    # Nothing was to be bought then, and nothing is, whatever takes are there once it runs.
    (shoot,) = nodes_of(panel.get(f"/films/{view['id']}/graph")["prompt"], SHOOT).values()
    assert 0 < shoot["inputs"]["at_most"] <= 0.0001
    panel.post(path, {"action": "shoot", "scenes": "every", "ceiling": "0"})
    panel.wait(view["id"])
    assert charged(google) == total
    told = {each["type"]: each["data"] for each in panel.get("/events")["events"]}
    assert told["onereel.cost"] == {"film": view["id"], "spent": f"{total}"}
    budget = panel.get("/budget")
    assert Decimal(budget["spent_today"]) >= total


def test_a_scene_is_redone_for_money_and_its_first_take_stays(
    panel: Panel, google: Google, buying: None
):
    body = {"brief": named("redo"), "options": VEO, "action": "shoot", "ceiling": "10"}
    view = panel.wait(panel.post("/films", body)["id"])
    assert len(google.world.charges) == 2
    scene = view["scenes"][0]
    asked = {"revision": view["revision"], "action": "shoot", "ceiling": "10", "note": "at dusk"}
    panel.post(f"/films/{view['id']}/scenes/{scene['id']}/redo", asked)
    again = panel.wait(view["id"])
    assert len(google.world.charges) == 3
    takes = again["scenes"][0]["takes"]
    assert {scene["take"], again["scenes"][0]["take"]} <= {take["id"] for take in takes}
    chosen = {"op": "choose", "scene": scene["id"], "take": scene["take"]}
    panel.edit(again, chosen)
    panel.post(f"/films/{view['id']}/run", {"action": "cut"})
    assert panel.wait(view["id"])["scenes"][0]["take"] == scene["take"]
    assert len(google.world.charges) == 3


def test_an_operation_of_unknown_outcome_is_answered(panel: Panel, google: Google, buying: None):
    google.plan.set([Fault("reset", where="submit", late=True)])
    options = {**VEO, "renderer": "omni"}
    body = {"brief": named("unknown"), "options": options, "action": "shoot", "ceiling": "10"}
    view = panel.post("/films", body)
    stuck = panel.wait(view["id"], "failed")
    assert stuck["job"]["problem"]["action"]
    unfinished = f"/operations?unfinished=true&film={view['id']}"
    (operation,) = panel.get(unfinished)["operations"]
    assert operation["state"] == "unknown"
    assert operation["may"] == ["resume", "write-off", "try-again"]
    assert operation["shot_by"] == "Gemini Omni 1.2 Flash"
    sent, last = (
        datetime.fromisoformat(each)
        for each in (operation["attempts"][0]["started"], operation["fetch_by"])
    )
    assert last - sent == timedelta(hours=48)
    assert panel.get("/budget")["unknown"] >= 1
    told = panel.get("/audit?limit=5")["lines"]
    assert operation["key"] in {line["key"] for line in panel.get("/audit?limit=200")["lines"]}
    assert len(told) == 5
    done = panel.post(f"/operations/{operation['key']}/write-off", {"reason": "seen on the bill"})
    assert done["state"] == "written off"
    assert done["attempts"][-1]["reason"] == "seen on the bill"
    assert done["fetch_by"] is None
    assert panel.get(unfinished)["operations"] == []
    problem = panel.refused(f"/operations/{operation['key']}/write-off/x", {}, 404)
    assert problem
    assert panel.post(f"/operations/{operation['key'][:12]}/try-again")["state"] == "abandoned"
    refused = panel.refused(f"/operations/{operation['key']}/resume", {}, 409)
    assert "abandoned" in refused["detail"]
    place = f"/operations/{operation['key']}"
    assert panel.ask("DELETE", place).status_code == 204
    listed = f"/operations?film={view['id']}"
    shown = [each["key"] for each in panel.get(listed)["operations"]]
    every = [each["key"] for each in panel.get(f"{listed}&all=true")["operations"]]
    assert panel.get(f"{listed}&all=true&limit={len(every)}")["next"] is None
    assert operation["key"] in every and operation["key"] not in shown
    assert panel.ask("DELETE", place).status_code == panel.ask("GET", place).status_code == 404
    assert panel.get(f"{place}?all=true")["state"] == "abandoned"
    assert panel.get("/audit?limit=1")["lines"][0]["state"] == "put away"
    google.plan.set([])
    panel.post(f"/films/{view['id']}/resume")
    assert panel.wait(view["id"])["state"] == "done"
    assert panel.ask("DELETE", place).status_code == 409


def test_words_of_unknown_outcome_are_answered(panel: Panel, google: Google, buying: None):
    google.plan.set([Fault("cut", where="text")])
    body = {"brief": named("words"), "options": {"writer": "gemini"}}
    film = panel.post("/films", body)["id"]
    stuck = panel.wait(film, "failed")
    assert stuck["job"]["problem"]["action"]["do"] == "money"
    before = panel.get("/budget")["unknown"]
    listed = panel.get(f"/spendings?state=unknown&film={film}")["spendings"]
    assert [(each["what"], each["may"]) for each in listed] == [
        ("script", ["write-off", "try-again"])
    ]
    key = listed[0]["key"]
    reason = {"reason": "not on the bill"}
    done = panel.post(f"/spendings/{key}/write-off", reason)
    assert (done["state"], done["charged"], done["reason"]) == (
        "written off",
        "0.00",
        reason["reason"],
    )
    assert panel.get("/budget")["unknown"] == before - 1
    google.plan.set([])
    panel.post(f"/films/{film}/resume")
    assert "written off" in panel.wait(film, "failed")["job"]["problem"]["detail"]
    assert panel.post(f"/spendings/{key[:12]}/try-again")["may"] == []
    assert "abandoned" in panel.refused(f"/spendings/{key}/write-off", {}, 409)["detail"]
    panel.refused("/spendings/nokey/write-off", {}, 404)
    panel.post(f"/films/{film}/resume")
    panel.wait(film)
    bought, given_up = panel.get(f"/spendings?film={film}")["spendings"]
    first = panel.get(f"/spendings?film={film}&limit=1")
    assert (first["spendings"], first["next"]) == ([bought], bought["key"])
    # A page that is just full is the last all the same.
    second = panel.get(f"/spendings?film={film}&limit=1&cursor={first['next']}")
    assert (second["spendings"], second["next"]) == ([given_up], None)
    assert (bought["state"], given_up["state"]) == ("settled", "abandoned")
    # What was paid may be gone from the disk: the owner is asked here, too.
    assert (bought["may"], given_up["may"]) == (["try-again"], [])
    allowed = panel.post(f"/spendings/{bought['key']}/try-again")
    assert (allowed["state"], allowed["charged"]) == ("abandoned", bought["charged"])


def test_a_film_is_not_deleted_while_the_service_shoots_it(
    panel: Panel, google: Google, buying: None
):
    google.veo.looks = 10_000
    body = {"brief": named("deleted"), "options": VEO, "action": "shoot", "ceiling": "10"}
    film_id = panel.post("/films", body)["id"]
    until(lambda: panel.bought(film_id) == ["submitted"] * 2)
    panel.post(f"/films/{film_id}/cancel")
    panel.wait(film_id, "cancelled")
    google.veo.looks = 0
    refused = panel.ask("DELETE", f"/films/{film_id}")
    assert refused.status_code == 409
    assert "has 2 paid shots at the service" in refused.json()["detail"]
    for generation in google.world.generations.values():
        generation.pending = 0
    panel.post(f"/films/{film_id}/resume")
    panel.wait(film_id)
    assert len(google.charges) == 2
    assert panel.ask("DELETE", f"/films/{film_id}").status_code == 204
    assert panel.bought(film_id) == ["settled"] * 2


def test_who_agrees_to_nothing_buys_nothing(panel: Panel, google: Google, buying: None):
    body = {"brief": named("nothing"), "action": "shoot", "workflow": "veo_film", "ceiling": "0"}
    film_id = panel.post("/films", body)["id"]
    assert "more than the $0.00" in panel.wait(film_id, "failed")["job"]["problem"]["detail"]
    assert not google.charges


def test_who_goes_on_does_not_agree_to_the_whole_sum_once_more(
    panel: Panel, google: Google, buying: None
):
    google.plan.set([Fault("400", where="submit", match="Robot B", times=1)])
    name = uuid.uuid4().hex[:6]
    scenes = [{"description": f"Robot {each} works {name}", "duration": 4} for each in "AB"]
    film = {"screenplay": {"title": f"Robots {name}", "scenes": scenes}, "options": VEO}
    film_id = panel.post("/films", {**film, "action": "shoot", "ceiling": "1.60"})["id"]
    panel.wait(film_id, "failed")
    assert charged(google) == Decimal("0.40")
    panel.post(f"/films/{film_id}/resume")
    job = panel.wait(film_id)["job"]
    graph = panel.comfyui.get("history")[job["id"]]["prompt"][2]
    assert [n["inputs"]["at_most"] for n in graph.values() if "at_most" in n["inputs"]] == [1.2]
    assert charged(google) == Decimal("0.80")


def at_once(panel: Panel, path: str, body: View, **headers: str) -> list[requests.Response]:
    """POST the same four times at the same instant."""
    barrier = threading.Barrier(4)

    def post(_number: int) -> requests.Response:
        barrier.wait()
        return panel.ask("POST", path, json=body, headers=headers)

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(post, range(4)))


def test_the_same_order_four_times_at_once_is_paid_once(panel: Panel, google: Google, buying: None):
    body = {"brief": named("at once"), "options": VEO, "action": "shoot", "ceiling": "10"}
    asked = {"Idempotency-Key": uuid.uuid4().hex}
    made = at_once(panel, "/films", body, **asked)
    assert {answer.status_code for answer in made} == {202}
    (film_id,) = {answer.json()["id"] for answer in made}
    panel.wait(film_id)
    assert len(google.charges) == 2
    # Without a key it is four films, which share their takes.
    others = {answer.json()["id"] for answer in at_once(panel, "/films", body)}
    assert len(others) == 4
    for each in others:
        panel.wait(each)
    assert len(google.charges) == 2
    again = {"action": "shoot", "scenes": "every", "ceiling": "10"}
    answers = at_once(panel, f"/films/{film_id}/run", again)
    assert sorted(answer.status_code for answer in answers) == [202, *([409] * 3)]
    panel.wait(film_id)
    assert len(google.charges) == 2
