"""What others get from a ComfyUI with OneReel: webhooks, Prometheus, old workflows."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
import requests
from PIL import Image
from prometheus_client.parser import text_string_to_metric_families

from tests.listener import Listener, listening
from tests.reliability.keys import leaks_in, leaks_in_files, secrets_of
from tests.standins import Google

from .aims import aims
from .client import BUYING, ComfyUI, Workflow, nodes_of
from .panel import Panel

DOCUMENT = json.loads(
    (Path(__file__).resolve().parents[2] / "nodes" / "server" / "openapi.json").read_text("utf-8")
)
OLD = sorted(Path(__file__).with_name("first_release").glob("*.json"))
"""The examples as they were when each of them was first kept."""


@pytest.fixture(scope="module")
def panel(comfyui: ComfyUI) -> Panel:
    return Panel(comfyui)


Write = Callable[[str], None]


@pytest.fixture
def write_settings(panel: Panel) -> Iterator[Write]:
    """Writes the settings file; it is as it was afterwards."""
    panel.get("/settings")
    file = panel.comfyui.private / "settings.toml"
    before = file.read_bytes()
    yield lambda text: file.write_text(text, "utf-8") and None
    file.write_bytes(before)


@pytest.fixture
def named() -> Iterator[Listener]:
    with listening() as server:
        yield server


@pytest.fixture
def unnamed() -> Iterator[Listener]:
    with listening() as server:
        yield server


def heard(listener: Listener, count: int) -> list[dict[str, object]]:
    deadline = time.monotonic() + 60
    while len(listener.heard) < count:
        assert time.monotonic() < deadline, listener.heard
        time.sleep(0.1)
    return [json.loads(body) for _, body in listener.heard]


def test_who_is_named_in_the_settings_hears_of_a_film_that_is_done_or_stuck(
    panel: Panel, write_settings: Write, named: Listener, unnamed: Listener
):
    secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
    write_settings(f'[notify]\nwebhooks = ["{named.url}"]\nsecret = "{secret}"\n')
    film = panel.made("A courier on a bicycle")
    (done,) = heard(named, 1)
    assert done["type"] == "film.done"
    assert done["data"] == {
        "film": film["id"],
        "title": film["title"],
        "job": film["job"]["id"],
        "seconds": film["duration"],
        "problem": "",
    }
    headers, _ = named.heard[0]
    assert headers["webhook-signature"].startswith("v1,")
    lost = panel.make(
        f"A courier {uuid.uuid4().hex[:6]}", options={"writer": "ollama", "model": "nobody:1b"}
    )
    panel.wait(lost["id"], "failed")
    _, stuck = heard(named, 2)
    assert stuck["type"] == "film.stuck"
    assert stuck["data"]["film"] == lost["id"]  # type: ignore[index]
    assert stuck["data"]["problem"] == "PullModel"  # type: ignore[index]
    # No request can name another.
    for body in (
        {"brief": {"idea": "A film"}, "webhook": unnamed.url},
        {"brief": {"idea": "A film"}, "options": {"webhooks": [unnamed.url]}},
    ):
        panel.refused("/films", body, 400)
    assert not unnamed.heard


def test_prometheus_reads_the_figures(panel: Panel):
    panel.made("A lamplighter")
    exposition = panel.ask("GET", "/metrics").text
    families = {each.name: each for each in text_string_to_metric_families(exposition)}
    assert all(each.documentation and each.type == "gauge" for each in families.values())
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert samples["onereel_jobs", "rehearse", "done"] >= 1
    assert 0 < samples["onereel_success_ratio", "rehearse"] <= 1
    low, middle, high = (
        samples["onereel_generation_seconds", "rehearse", statistic]
        for statistic in ("min", "average", "max")
    )
    assert 0 < low <= middle <= high
    assert ("onereel_spent_dollars", "day") in samples


@pytest.fixture(scope="module")
def media(comfyui: ComfyUI) -> None:
    """What the old examples load."""
    for name, colour in (("example.png", "navy"), ("example_last.png", "teal")):
        Image.new("RGB", (320, 180), colour).save(comfyui.input / name)


def old(name: str) -> Workflow:
    found: Workflow = json.loads(
        Path(__file__).with_name("first_release").joinpath(f"{name}.json").read_text("utf-8")
    )
    for node in nodes_of(found, "OneReelBrief").values():
        node["inputs"] |= {"duration": 8, "scene_count": 2}
    return found


@pytest.mark.parametrize("name", [path.stem for path in OLD])
def test_a_workflow_of_the_first_release_is_accepted_as_it_is(
    name: str, comfyui: ComfyUI, media: None
):
    answer = comfyui.post(json.loads(OLD[0].with_name(f"{name}.json").read_text("utf-8")))
    assert answer.status_code == 200, answer.text
    assert answer.json()["node_errors"] == {}
    requests.post(f"{comfyui.url}/queue", json={"clear": True}, timeout=60)
    comfyui.interrupt()
    while any(comfyui.get("queue").values()):
        time.sleep(0.05)


def test_a_workflow_of_the_first_release_makes_its_film(comfyui: ComfyUI):
    graph = old("first_film")
    for node in graph.values():
        if "resolution" in node["inputs"]:
            node["inputs"]["resolution"] = "480p"
    assert comfyui.film(comfyui.make(graph)).stat().st_size > 10_000


KEY = "sk_" + "0123456789abcdef" * 3


def test_no_key_is_in_any_answer_event_or_saved_workflow(
    panel: Panel, comfyui: ComfyUI, google: Google, write_settings: Write
):
    write_settings(BUYING)
    kept = panel.ask("PUT", "/settings/keys/elevenlabs-api-key", json={"value": KEY})
    assert kept.status_code == 200, kept.text
    with comfyui.listening(uuid.uuid4().hex) as messages:
        there = {name: [value] for name, value in aims(panel, google).items()}
        paid = {"options": {"renderer": "veo", "resolution": "720p"}}
        view = panel.make("A locksmith", **paid, aspect="16:9", action="shoot", ceiling="10")
        events: list[str] = []
        for message in messages:
            events.append(json.dumps(message))
            if message["type"] == "onereel.done" and message["data"]["film"] == view["id"]:
                break
    film = panel.film(view["id"])
    there |= {
        "film": [film["id"]],
        "media": [film["reel"]["video"].rpartition("/")[2]],
        "kind": ["film", "srt", "vtt", "screenplay", "fountain", "otio", "storyboard"],
    }
    told = {json.loads(event)["type"] for event in events}
    kinds = ("films", "film", "started", "line", "take", "cost", "stuck", "done")
    assert {f"onereel.{kind}" for kind in kinds} <= told
    answers = []
    for path, operations in DOCUMENT["paths"].items():
        parts = re.findall(r"{(\w+)}", path)
        for values in product(*(there[part] for part in parts)) if "get" in operations else ():
            address = path
            for part, value in zip(parts, values, strict=True):
                address = address.replace(f"{{{part}}}", value)
            answer = panel.ask("GET", address)
            assert answer.status_code < 500, (address, answer.text)
            answers.append(answer.content + str(answer.headers).encode())
    folder = comfyui.output.parents[1]
    secrets = {KEY, *secrets_of(google, folder)}
    for told in (*answers, *panel.heard, *events, json.dumps(comfyui.get("history"))):
        assert list(leaks_in("an answer", told, secrets)) == []
    # The film carries the workflow; the settings file alone holds the key.
    assert list(leaks_in_files(folder / "base", secrets)) == []
