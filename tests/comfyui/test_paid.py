"""Paid takes inside ComfyUI: bought once, within the caps, and only where the owner allows it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.standins import Google

from .client import ComfyUI, Workflow, nodes_of, workflow

SHORT = {"OneReelBrief__duration": 8, "OneReelBrief__scene_count": 2}


@pytest.fixture(autouse=True)
def stand_in(google: Google) -> Iterator[Google]:
    google.reset()
    google.requests.clear()
    yield google


@pytest.fixture
def buying(comfyui: ComfyUI) -> Iterator[None]:
    yield from _settings(comfyui, "[buying]\non = true\nday = 1000\n")


@pytest.fixture
def not_buying(comfyui: ComfyUI) -> Iterator[None]:
    yield from _settings(comfyui, "")


def _settings(comfyui: ComfyUI, text: str) -> Iterator[None]:
    path = comfyui.private / "settings.toml"
    before = path.read_bytes() if path.exists() else b""
    path.write_text(text, "utf-8")
    yield
    path.write_bytes(before)


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


def test_a_rehearsal_is_free_and_only_what_was_approved_is_bought(comfyui, google, buying):
    graph = film("rehearse_then_buy", "A clockmaker mends the town clock")
    comfyui.make(graph)
    assert charged(google) == 0
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
    assert not [event for event in google.requests if "models" in event.path]


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
