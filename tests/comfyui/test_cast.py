"""A cast, through the graph and over HTTP: characters made, kept, found in scenes."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any

import pytest
from PIL import Image

from .client import ComfyUI, Workflow
from .panel import Panel

SCRIPT = {
    "title": "The kite",
    "brief": {"idea": "A kite", "duration": 8},
    "scenes": [
        {"id": "s01", "prompt": "Mia runs along the pier.", "narration": "A kite.", "duration": 4},
        {"id": "s02", "prompt": "The harbour at dawn", "narration": "The sea.", "duration": 4},
    ],
}


@pytest.fixture(scope="module")
def panel(comfyui: ComfyUI) -> Panel:
    return Panel(comfyui)


def png(colour: str, size: tuple[int, int] = (96, 128)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def cast_graph(name: str, *, keep: bool = False, saved: str = "", size: int = 96) -> Workflow:
    def node(kind: str, **inputs: Any) -> dict[str, Any]:
        return {"class_type": kind, "inputs": inputs}

    return {
        "1": node("OneReelLoadScreenplay", text=json.dumps(SCRIPT), file="none"),
        "2": node("EmptyImage", width=size, height=128, batch_size=2, color=0x336699),
        "3": node(
            "OneReelCharacter",
            name=name,
            description="a girl with red braids",
            role="lead",
            voice="",
            pictures=["2", 0],
            keep=keep,
        ),
        "4": node("OneReelCast", screenplay=["1", 0], saved=saved, character_2=["3", 0]),
        "5": node(
            "OneReelSplitScenes",
            screenplay=["4", 0],
            resolution="480p",
            fps=24,
            frame_rule="any",
            seed=0,
        ),
        "6": node("PreviewImage", images=["5", 10]),
        "7": node("PreviewAny", source=["5", 11]),
        "8": node("PreviewAny", source=["5", 1]),
        "9": node("PreviewAny", source=["4", 0]),
    }


def test_a_character_is_in_the_scenes_that_name_it(comfyui: ComfyUI):
    run = comfyui.wait(comfyui.queue(cast_graph("Mia")))
    assert run.status == "success"
    # Of the first scene its two pictures, which are one and the same; of the second a grey square.
    assert len(run.outputs["6"]["images"]) == 2
    assert run.outputs["7"]["text"] == ["1.0", "0.0"]
    assert run.outputs["8"]["text"][0].startswith(
        "Mia runs along the pier. Mia: a girl with red braids"
    )
    cast = json.loads(run.outputs["9"]["text"][0])
    assert [scene["cast"] != [] for scene in cast["scenes"]] == [True, False]
    assert cast["cast"][0]["name"] == "Mia"


def test_what_cannot_be_cast_is_said_in_a_sentence(comfyui: ComfyUI):
    for graph, sentence in (
        (cast_graph(" "), "Give the character a name"),
        (cast_graph("Mia", size=20), "This picture has only 20 x 128 pixels"),
        (cast_graph("Mia", saved="Nobody Known"), "The library has no character called Nobody"),
    ):
        assert sentence in comfyui.wait(comfyui.queue(graph)).error


def test_a_kept_character_is_in_the_library_and_found_by_name(comfyui: ComfyUI, panel: Panel):
    name = f"Mia {uuid.uuid4().hex[:6].upper()}"
    assert comfyui.wait(comfyui.queue(cast_graph(name, keep=True))).status == "success"
    kept = {each["name"]: each for each in panel.get("/characters")["characters"]}[name]
    assert (kept["role"], len(kept["pictures"])) == ("lead", 1)
    assert panel.ask("GET", kept["pictures"][0]["thumbnail"]).content[:3] == b"\xff\xd8\xff"
    graph = cast_graph("Somebody Else", saved=name)
    run = comfyui.wait(comfyui.queue(graph))
    cast = json.loads(run.outputs["9"]["text"][0])["cast"]
    assert {each["name"] for each in cast} == {name, "Somebody Else"}
    # A change of the library is seen by the very same graph.
    panel.ask("PATCH", f"/characters/{kept['id']}", json={"description": "a grown woman"})
    again = comfyui.wait(comfyui.queue(graph))
    assert "a grown woman" in again.outputs["9"]["text"][0]


def test_characters_over_http(panel: Panel):
    name = f"Holt {uuid.uuid4().hex[:6].upper()}"
    made = panel.post("/characters", {"name": name, "description": "a tall man"}, status=201)
    path = f"/characters/{made['id']}"
    assert panel.get(path) == made
    panel.refused("/characters", {"name": name.lower()}, 400)
    for colour in ("teal", "navy"):
        header = {"Content-Type": "image/png"}
        added = panel.ask("POST", f"{path}/pictures", data=png(colour), headers=header)
        assert added.status_code == 200, added.text
    teal, navy = (each["id"] for each in added.json()["pictures"])
    turned = panel.ask("PATCH", path, json={"name": f"Captain {name}", "pictures": [navy, teal]})
    assert [each["id"] for each in turned.json()["pictures"]] == [navy, teal]
    assert turned.json()["also"] == [name]
    small = panel.ask(
        "POST", f"{path}/pictures", data=png("red", (8, 8)), headers={"Content-Type": "image/png"}
    )
    assert small.status_code == 400
    assert "only 8 x 8 pixels" in small.json()["detail"]
    assert panel.ask("DELETE", path).status_code == 204
    assert panel.ask("GET", path).status_code == 404


def test_a_film_is_cast_and_its_cast_taken_back(panel: Panel):
    name = f"Mia{uuid.uuid4().hex[:6].upper()}"
    mia = panel.post("/characters", {"name": name, "description": "a girl"}, status=201)
    script = json.loads(json.dumps(SCRIPT).replace("Mia", name))
    film = panel.post("/films", {"screenplay": script, "action": "none"}, status=202)
    answer = panel.ask("PUT", f"/films/{film['id']}/cast", json={"characters": [mia["id"]]})
    assert answer.status_code == 200, answer.text
    view = answer.json()
    assert [each["name"] for each in view["cast"]] == [name]
    assert [scene["cast"] for scene in view["scenes"]] == [[mia["id"]], []]
    back = panel.post(f"/films/{film['id']}/undo", {})
    assert (back["cast"], back["scenes"][0]["cast"]) == ([], [])
    strange = panel.ask("PUT", f"/films/{film['id']}/cast", json={"characters": ["abc"]})
    assert strange.status_code == 404


def test_a_film_made_with_options_has_its_cast(panel: Panel):
    name = f"Mia{uuid.uuid4().hex[:6].upper()}"
    panel.post("/characters", {"name": name, "description": "a girl"}, status=201)
    view = panel.made(f"{name} finds a kite", action="write", options={"cast": "*"})
    assert name in {each["name"] for each in view["cast"]}
    assert any(scene["cast"] for scene in view["scenes"])
