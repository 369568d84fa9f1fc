"""Presenters in the graph and over HTTP."""

from __future__ import annotations

import io
import json
from typing import Any

import av
import pytest
from PIL import Image

from .client import ComfyUI, Workflow
from .panel import Panel

SCRIPT = {
    "title": "The kite",
    "brief": {"idea": "A kite", "duration": 6},
    "scenes": [
        {"id": "s01", "prompt": "A pier.", "narration": "A kite in the wind.", "duration": 3},
        {"id": "s02", "prompt": "A harbour.", "narration": "The sea is calm.", "duration": 3},
    ],
}


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def graph(*, size: int = 96, spoken: bool = True, **presenter: Any) -> Workflow:
    """A cut with a presenter, looked at; nodes 2 and 3 are a picture, and a clip for each line."""
    narration = {"lines": ["5", 1]} if spoken else {}
    chosen = {
        "place": "corner circle",
        "corner": "bottom right",
        "size": 1.0,
        "scenes": "all",
        "key": "",
        "motion": "pictures",
        "saved": "",
    }
    return {
        "1": node("OneReelLoadScreenplay", text=json.dumps(SCRIPT), file="none"),
        "2": node("EmptyImage", width=size, height=128, batch_size=1, color=0xCC2266),
        "3": node("CreateVideo", images=["2", 0], fps=24.0, audio=["5", 2]),
        "4": node("OneReelCharacter", name="Mia", description="", role="lead", voice=""),
        "5": node(
            "OneReelNarrate", screenplay=["1", 0], voice="auto", speed=1.0, seed=0, breath=0.75
        ),
        "6": node("OneReelShootDraft", screenplay=["5", 0], resolution="480p", seed=0),
        "7": node(
            "OneReelAssembleCut",
            screenplay=["5", 0],
            takes=["6", 0],
            resolution="480p",
            fit="auto",
            on_missing="stop",
            transition_length=0.5,
            clip_gain=-6.0,
            **narration,
        ),
        "8": node("OneReelAddPresenter", cut=["7", 0], **{**chosen, **presenter}),
        "9": node("PreviewAny", source=["8", 0]),
    }


def presenters(comfyui: ComfyUI, wanted: Workflow) -> list[dict[str, Any]]:
    run = comfyui.wait(comfyui.queue(wanted))
    assert run.status == "success", run.error
    found: list[dict[str, Any]] = json.loads(run.outputs["9"]["text"][0])["presenters"]
    return found


def test_a_picture_presents_the_scenes_that_are_named(comfyui: ComfyUI):
    (made,) = presenters(comfyui, graph(picture=["2", 0], scenes="2", place="side panel"))
    assert (made["scenes"], made["place"], made["moves"]) == (["s02"], "side panel", True)


def test_a_clip_of_each_line_is_in_its_scene(comfyui: ComfyUI):
    made = presenters(comfyui, graph(clip=["3", 0], lines=["5", 1]))
    # Pictures of one colour under two voices: two files, each with the scene of its line.
    assert [each["scenes"] for each in made] == [["s01"], ["s02"]]
    assert not any(each["moves"] for each in made)


def test_what_cannot_be_is_said_in_a_sentence(comfyui: ComfyUI):
    for wanted, sentence in (
        (graph(), "Nobody is there to present"),
        (graph(picture=["2", 0], size=20), "only 20 x 128 pixels"),
        (graph(picture=["2", 0], scenes="7"), "no scene 7"),
        (graph(picture=["2", 0], key="grey"), "too grey"),
        (graph(picture=["2", 0], spoken=False), "Nobody speaks in this cut"),
        (graph(character=["4", 0]), "Mia has no picture"),
        (graph(saved="Nobody Known"), "no character called Nobody Known"),
    ):
        assert sentence in comfyui.wait(comfyui.queue(wanted)).error


def test_a_scene_that_is_not_there_is_refused_before_anything_is_shot(comfyui: ComfyUI):
    wanted = graph(picture=["2", 0], scenes="3", screenplay=["5", 0])
    # A draft that no other test has shot.
    wanted["6"]["inputs"]["seed"] = 77
    run = comfyui.wait(comfyui.queue(wanted))
    assert "The film has no scene 3" in run.error
    executed = run.message("execution_error")["executed"]
    assert "5" in executed or "5" in run.cached
    assert "6" not in executed
    wanted["8"]["inputs"]["scenes"] = "2"
    (made,) = presenters(comfyui, wanted)
    assert made["scenes"] == ["s02"]


def test_make_film_takes_the_colour_to_see_through(comfyui: ComfyUI):
    wanted = {
        "1": node("OneReelLoadScreenplay", text=json.dumps(SCRIPT), file="none"),
        "2": node(
            "OneReelMakeFilm",
            screenplay=["1", 0],
            writer="built-in",
            model="",
            seed=0,
            voice="auto",
            speed=1.0,
            renderer="draft",
            resolution="480p",
            captions="off",
            presenter="Nobody Known",
            presenter_key="#00b140",
        ),
        "3": node("PreviewAny", source=["2", 2]),
    }
    assert "no character called Nobody Known" in comfyui.wait(comfyui.queue(wanted)).error
    wanted["2"]["inputs"]["presenter"] = ""
    wanted["2"]["inputs"]["presenter_scenes"] = "121"
    assert "numbers from 1 to 120" in comfyui.wait(comfyui.queue(wanted)).error
    wanted["2"]["inputs"]["presenter_key"] = "grey"
    assert "too grey" in comfyui.wait(comfyui.queue(wanted)).error


@pytest.fixture(scope="module")
def panel(comfyui: ComfyUI) -> Panel:
    return Panel(comfyui)


def test_a_film_is_presented_by_what_was_brought(comfyui: ComfyUI, panel: Panel):
    file = io.BytesIO()
    Image.new("RGB", (200, 240), (255, 0, 255)).save(file, "PNG")
    header = {"Content-Type": "image/png"}
    brought = panel.ask("POST", "/presenters", data=file.getvalue(), headers=header)
    assert brought.status_code == 200, brought.text
    options = {"presenter": brought.json()["presenter"], "presenter_corner": "top left"}
    view = panel.made("A kite on the pier", aspect="16:9", options=options)
    film = panel.ask("GET", f"/films/{view['id']}/export/film").content
    with av.open(io.BytesIO(film)) as reel:
        frames = [frame.to_ndarray(format="rgb24") for frame in reel.decode(video=0)]
    frame = frames[24]
    height, width = frame.shape[:2]
    red, green, blue = frame[height // 6, height // 6]
    assert red > 200
    assert green < 60
    assert blue > 200
    assert width > height
    for wrong in (
        {"presenter": "Nobody Known"},
        {"presenter": f"presenters/{'0' * 32}.png"},
        {"presenter_key": "grey"},
        {"presenter_scenes": "s01"},
        {"presenter_scenes": "0"},
    ):
        brief = {"idea": "A kite", "duration": 8, "scene_count": 2}
        answer = panel.ask("POST", "/films", json={"brief": brief, "options": wrong})
        assert answer.status_code in (400, 404), answer.text
    there = {"presenter": brought.json()["presenter"], "presenter_scenes": "3"}
    answer = panel.ask("POST", "/films", json={"screenplay": SCRIPT, "options": there})
    assert (answer.status_code, "no scene 3" in answer.text) == (400, True), answer.text
    changes = [{"op": "options", "fields": {"presenter_scenes": "9"}}]
    changed = {"revision": view["revision"], "changes": changes}
    answer = panel.ask("POST", f"/films/{view['id']}/edits", json=changed)
    assert (answer.status_code, "no scene 9" in answer.text) == (400, True), answer.text
