"""Stills by Gemini through the graph: drawn once, for the price that was said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import requests

from tests.standins import Fault, Google

from .client import ComfyUI, Workflow, nodes_of, workflow

NODE = "OneReelDrawScenesGemini"
PRICE = Decimal("0.0504")


@pytest.fixture(autouse=True)
def stand_in(google: Google) -> Iterator[Google]:
    google.reset()
    google.requests.clear()
    yield google


def board(idea: str, **widgets: Any) -> Workflow:
    """The storyboard alone, about an idea of its own."""
    short = {"OneReelBrief__duration": 6, "OneReelBrief__scene_count": 2}
    told = {f"{NODE}__{name}": value for name, value in widgets.items()}
    graph = workflow("storyboard_film", OneReelBrief__idea=idea, **short, **told)
    kept = {key: graph[key] for key in ("1", "2", "3", "4", "5", "7", "8")}
    for key in ("7", "8"):
        kept[key]["inputs"]["screenplay"] = ["5", 0]
    kept["20"] = {"class_type": "PreviewImage", "inputs": {"images": ["7", 0]}}
    return kept


def pictures(google: Google) -> list[Any]:
    return [one for one in google.requests if one.path.endswith(":generateContent")]


def forget(comfyui: ComfyUI) -> None:
    """What a restart of ComfyUI forgets."""
    free = {"free_memory": True, "unload_models": True}
    requests.post(f"{comfyui.url}/free", json=free, timeout=60).raise_for_status()


def test_a_film_is_drawn_once(comfyui: ComfyUI, google: Google, buying: None):
    short = {"OneReelBrief__duration": 6, "OneReelBrief__scene_count": 2}
    graph = workflow("storyboard_film", OneReelBrief__idea="Mia and a painted door", **short)
    run = comfyui.make(graph)
    (film,), (drawing,) = nodes_of(graph, "OneReelSaveFilm"), nodes_of(graph, NODE)
    assert run.outputs[film]["images"][0]["filename"].endswith(".mp4")
    (told,) = run.outputs[drawing]["text"]
    assert "cost at most $0.1008, $0.0504 each" in told
    assert [charge.amount for charge in google.charges] == [PRICE] * 2
    forget(comfyui)
    graph["1"]["inputs"]["film"] = "the same film in another workflow"
    run = comfyui.make(graph)
    assert run.outputs[drawing]["text"] == ["2 pictures are there already."]
    assert len(google.charges) == 2


def test_an_estimate_sends_nothing_and_nothing_behind_it_runs(comfyui: ComfyUI, google: Google):
    run = comfyui.make(board("Mia and the price of paint", estimate=True))
    assert "2 pictures by Nano Banana 2.1 (2K) cost at most $0.1008" in run.outputs["7"]["text"][0]
    assert "20" not in run.outputs
    assert pictures(google) == []


def test_nothing_is_drawn_while_buying_is_off(comfyui: ComfyUI, google: Google):
    run = comfyui.run(board("Mia without a purse"))
    assert "Buying is off, so nothing was sent" in run.error
    assert pictures(google) == []


def test_a_refused_scene_is_named_or_left_to_the_draughtsman(
    comfyui: ComfyUI, google: Google, buying: None
):
    google.plan.set([Fault("filtered", where="outcome", times=None, nth=2)])
    graph = board("Mia and what may not be shown")
    run = comfyui.run(graph)
    assert run.error.startswith("1 scene was not drawn. s0")
    assert "The safety filter of gemini-nano-banana-2.1 refused this shot" in run.error
    assert len(google.charges) == 1
    graph["7"]["inputs"]["on_missing"] = "leave out"
    run = comfyui.make(graph)
    assert len(run.outputs["20"]["images"]) == 1
    assert len(run.outputs["8"]["images"]) == 1
    # Queued again, what is missing is tried again.
    google.plan.set([])
    assert len(comfyui.make(graph).outputs["20"]["images"]) == 2
    assert len(google.charges) == 2


def test_the_menu_says_where_no_price_is_known(comfyui: ComfyUI):
    kind, options = comfyui.get(f"object_info/{NODE}")[NODE]["input"]["required"]["model"]
    entries = options["options"] if kind == "COMBO" else kind
    assert entries == ["gemini-nano-banana-2.1", "gemini-3-pro-image (price not known)"]
