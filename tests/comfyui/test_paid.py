"""Paid takes inside ComfyUI: bought once, within the caps, and only where the owner allows it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import pytest
import requests
from PIL import Image

from onereel.home import Home
from onereel.shoot.ledger import Ledger
from onereel.story.files import read_screenplay
from tests.standins import Google

from .client import Workflow, nodes_of, workflow

SHORT = {"OneReelBrief__duration": 8, "OneReelBrief__scene_count": 2}


@pytest.fixture(autouse=True)
def stand_in(google: Google) -> Iterator[Google]:
    google.reset()
    google.requests.clear()
    yield google


def film(name: str, idea: str, **widgets: object) -> Workflow:
    """An example about an idea of its own, so that no test finds the takes of another."""
    return workflow(name, **{**SHORT, "OneReelBrief__idea": idea, **widgets})


def charged(google: Google) -> Decimal:
    return sum((charge.amount for charge in google.world.charges), Decimal(0))


def frames(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize("name", ["veo_film", "omni_film"])
def test_a_film_is_bought_once(name, comfyui, google, buying):
    graph = film(name, f"A potter and her first bowl, for {name}")
    run = comfyui.make(graph)
    assert frames(comfyui.film(run)) > 100
    with av.open(str(comfyui.film(run))) as container:
        assert "Contains AI-generated video" in container.metadata["comment"]
    bought = charged(google)
    assert len(google.world.charges) == 2
    card = next(iter(run.outputs[next(iter(nodes_of(graph, "OneReelPriceCard")))]["text"]))
    assert f"At most ${bought}" in card
    graph["1"]["inputs"]["film"] = "the same film in another workflow"
    comfyui.make(graph)
    assert charged(google) == bought


def test_pictures_go_along(comfyui, google, buying):
    Image.new("RGB", (320, 180), "navy").save(comfyui.input / "example.png")
    Image.new("RGB", (320, 180), "teal").save(comfyui.input / "example_last.png")
    comfyui.make(film("image_to_video", "A bottle that shines", OneReelBrief__duration=8))
    comfyui.make(film("first_last_frame", "A bottle adrift", OneReelBrief__scene_count=1))
    submits = [each for each in google.requests if each.path.endswith(":predictLongRunning")]
    sent = [submit.json["instances"][0] for submit in submits]
    assert [("image" in one, "lastFrame" in one) for one in sent] == [
        (True, False),
        (True, False),
        (True, True),
    ]


def test_each_scene_has_a_picture_of_its_own_or_all_share(comfyui, google, buying):
    Image.new("RGB", (320, 180), "navy").save(comfyui.input / "example.png")
    Image.new("RGB", (320, 180), "teal").save(comfyui.input / "example_last.png")
    graph = film("first_last_frame", "A bottle that was found twice")
    # No film is cut here, and nothing is rendered.
    graph = {key: graph[key] for key in ("1", "2", "4", "9", "10")}
    inputs = graph["4"]["inputs"]
    two = {"image1": ["9", 0], "image2": ["10", 0]}
    graph["20"] = {"class_type": "ImageBatch", "inputs": two}
    graph["21"] = {"class_type": "PreviewAny", "inputs": {"source": ["4", 0]}}
    inputs["screenplay"] = ["2", 0]
    del inputs["last_frame"]

    def sent() -> list[dict[str, Any]]:
        submits = [each for each in google.requests if each.path.endswith(":predictLongRunning")]
        instances = [(each.json["instances"][0], each.json["parameters"]) for each in submits]
        google.requests.clear()
        return [instance | parameters for instance, parameters in instances]

    inputs["first_frame"] = ["20", 0]
    comfyui.make(graph)
    first, second = (each["image"]["bytesBase64Encoded"] for each in sent())
    assert first != second

    graph["22"] = {"class_type": "ImageBatch", "inputs": {"image1": ["20", 0], "image2": ["9", 0]}}
    inputs["first_frame"] = ["22", 0]
    run = comfyui.run(graph)
    assert run.error == "There are 3 first frames for 2 scenes: connect one for all, or 2."
    assert sent() == []

    del inputs["first_frame"]
    inputs.update(references=["20", 0], samples=2)
    # As packets: ComfyUI would hold 4 GB of their frames.
    saved = {"video": ["4", 2], "filename_prefix": "further", "format": "auto", "codec": "auto"}
    graph["23"] = {"class_type": "SaveVideo", "inputs": saved}
    further = comfyui.make(graph).outputs["23"]["images"]
    assert [(len(each["referenceImages"]), each["sampleCount"]) for each in sent()] == [(2, 2)] * 2
    assert [frames(comfyui.output / each["filename"]) for each in further] == [8 * 24] * 2


def test_a_rehearsal_is_free_and_only_what_was_approved_is_bought(comfyui, google, buying):
    graph = film("rehearse_then_buy", "A clockmaker mends the town clock")
    comfyui.make(graph)
    assert charged(google) == 0
    # An unchanged rehearsal runs nothing but its Price Card.
    cached = {graph[key]["class_type"] for key in comfyui.make(graph).cached}
    assert {"OneReelShootWithVeo", "OneReelRenderCut", "OneReelSaveFilm"} <= cached
    (edits,) = nodes_of(graph, "OneReelEditScenes").values()
    edits["inputs"]["edits"] = "2 approved: true"
    comfyui.make(graph)
    assert len(google.world.charges) == 1
    edits["inputs"]["edits"] = "2 approved: true\n1 approved: true\n1 prompt: Another picture."
    run = comfyui.run(graph)
    assert run.error.startswith("Nothing was bought, because scenes differ from the rehearsal: s01")
    assert len(google.world.charges) == 1


def test_while_buying_is_off_no_request_leaves(comfyui, google, not_buying):
    run = comfyui.run(film("veo_film", "A glassblower at dawn"))
    assert "Buying is off, so nothing was sent" in run.error
    assert not [event for event in google.requests if event.method == "POST"]


def test_the_menu_says_what_is_not_reached_and_what_retires(comfyui, google, not_buying):
    rows = comfyui.private / "models.toml"
    soon = datetime.now(UTC).date() + timedelta(days=9)
    rows.write_text(
        '["an-express-model"]\nrenderer = "veo"\nsource = "a test"\ndoors = ["express"]\n'
        'tasks = ["text"]\ndurations = [4]\naspects = ["16:9"]\nresolutions = ["720p"]\n'
        'sound = "always"\n\n'
        f'["veo-3.1-lite-generate-001"]\nretires = {soon}\n'
        'successor = "veo-3.1-fast-generate-001"\n',
        "utf-8",
    )

    def menu() -> list[str]:
        info = comfyui.get("object_info/OneReelShootWithVeo")["OneReelShootWithVeo"]
        kind, options = info["input"]["required"]["model"]
        return options["options"] if kind == "COMBO" else kind

    try:
        # A look that is a while ago is followed by another, for which nobody waits.
        deadline = time.monotonic() + 60
        while not any("an-express-model" in entry for entry in menu()):
            assert time.monotonic() < deadline
            time.sleep(1)
        entries = {entry.split(" ")[0]: entry for entry in menu()}
    finally:
        rows.unlink()
    assert entries["an-express-model"].endswith("(not reached yet: add a key or a project)")
    assert entries["veo-3.1-lite-generate-001"].endswith(
        f"(retires on {soon}, then veo-3.1-fast-generate-001)"
    )
    assert entries["veo-3.1-generate-001"] == "veo-3.1-generate-001"
    assert not [event for event in google.requests if event.method == "POST"]


def test_gemini_writes_once_for_its_price(comfyui, google, buying):
    graph = film("gemini_film", "A cartographer of streets that are not there")
    first = read_screenplay(comfyui.film(comfyui.make(graph)).with_suffix(".screenplay.json"))
    assert first.writer == "gemini:gemini-3.8-flash"
    (writer,) = nodes_of(graph, "OneReelWriteScriptGemini")
    assert len(written(google)) == 1
    with Ledger.open(Home(comfyui.private, comfyui.output / "onereel")) as ledger:
        spending = ledger.spendings()[0]
    assert (spending.what, spending.film_id) == ("script", first.brief.film_id)
    assert spending.charged
    # A restart forgets what ComfyUI remembers; the script is kept.
    free = {"free_memory": True, "unload_models": True}
    requests.post(f"{comfyui.url}/free", json=free, timeout=60).raise_for_status()
    comfyui.make(graph)
    assert len(written(google)) == 1
    graph[writer]["inputs"]["seed"] = 7
    comfyui.make(graph)
    assert len(written(google)) == 2


def test_gemini_asks_nobody_while_buying_is_off(comfyui, google, not_buying):
    graph = film("gemini_film", "A cartographer without a purse")
    assert "buying is off" in comfyui.run(graph).error
    assert written(google) == []
    (brief,), (maker,) = nodes_of(graph, "OneReelBrief"), nodes_of(graph, "OneReelMakeFilm")
    del graph[next(iter(nodes_of(graph, "OneReelWriteScriptGemini")))]
    del graph[maker]["inputs"]["screenplay"]
    graph[maker]["inputs"] |= {"brief": [brief, 0], "writer": "best"}
    made = read_screenplay(comfyui.film(comfyui.make(graph)).with_suffix(".screenplay.json"))
    assert made.writer == "ollama:llama3.2:latest"
    assert "Gemini did not write it: " in made.notes[0]


def test_the_models_of_the_key_are_a_menu(comfyui, google):
    def menu() -> list[str]:
        node = comfyui.get("object_info/OneReelWriteScriptGemini")["OneReelWriteScriptGemini"]
        kind, options = node["input"]["required"]["model"]
        found: list[str] = options["options"] if kind == "COMBO" else kind
        return found

    deadline = time.monotonic() + 60
    while "gemini-4-argon" not in menu():
        assert time.monotonic() < deadline
        time.sleep(1)
    assert menu()[0] == "gemini-3.8-flash"
    assert not any("tts" in name or "omni" in name for name in menu())


def written(google: Google) -> list[Any]:
    return [each for each in google.requests if each.path.endswith("GenerateContent")]


def made_at_once(idea: str, **choices: object) -> tuple[Workflow, Workflow]:
    """Make Film on a brief, and its inputs."""
    graph = film("ollama_film", idea)
    del graph[next(iter(nodes_of(graph, "OneReelWriteScriptOllama")))]
    (brief,), (maker,) = nodes_of(graph, "OneReelBrief"), nodes_of(graph, "OneReelMakeFilm")
    inputs = graph[maker]["inputs"]
    del inputs["screenplay"]
    inputs.update(brief=[brief, 0], **choices)
    return graph, inputs


def test_a_workflow_from_before_paid_takes_still_makes_its_film(comfyui, google, not_buying):
    graph, inputs = made_at_once("A weaver finds her colour")
    for name in ("renderer_model", "on_missing", "scenes"):
        inputs.pop(name, None)
    assert frames(comfyui.film(comfyui.make(graph))) > 100
    assert charged(google) == 0


def test_make_film_buys_what_is_approved(comfyui, google, buying):
    graph, inputs = made_at_once(
        "A weaver loses her colour", renderer="veo", scenes="approved scenes"
    )
    comfyui.make(graph)
    assert charged(google) == 0
    inputs["scenes"] = "every scene"
    comfyui.make(graph)
    assert len(google.world.charges) == 2
