"""Templates of one's own: in the graph, in its menus, and over HTTP."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from .client import ComfyUI, Workflow
from .panel import Panel
from .test_films import brief


@pytest.fixture
def panel(comfyui: ComfyUI) -> Panel:
    return Panel(comfyui)


def node(kind: str, **inputs: object) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def template_graph(**fields: object) -> Workflow:
    wished = {
        "template": "howto",
        "tone": "",
        "look": "",
        "pace": 0,
        "music": "",
        "save_as": "",
        "captions": "the template's",
        "call_to_action": "",
        **fields,
    }
    return {
        **brief(idea="How to bake bread", film_template=["2", 0], duration=24, scene_count=0),
        "2": node("OneReelFilmTemplate", **wished),
        "3": node("OneReelWriteScriptBuiltIn", brief=["1", 0], seed=0),
        "4": node("PreviewAny", source=["3", 0]),
        "5": node("PreviewAny", source=["2", 1]),
    }


def script(comfyui: ComfyUI, graph: Workflow) -> Any:
    run = comfyui.wait(comfyui.queue(graph))
    assert run.status == "success", run.error
    return json.loads(run.outputs["4"]["text"][0])


def test_a_template_with_other_fields_makes_another_film(comfyui: ComfyUI):
    usual = script(comfyui, template_graph())
    assert "film_template" not in usual["brief"], "unchanged, it is the built-in one"
    assert usual["brief"]["template"] == "howto"
    changed = {
        "pace": 3,
        "look": "watercolour",
        "call_to_action": "Bake it now.",
        "music": "a waltz",
    }
    run = comfyui.wait(comfyui.queue(template_graph(**changed)))
    film = json.loads(run.outputs["4"]["text"][0])
    assert run.outputs["5"]["text"] == ["a waltz"]
    assert len(film["scenes"]) == 8 > len(usual["scenes"])
    assert "watercolour" in film["style"]["look"]
    assert film["scenes"][-1]["narration"].endswith("Bake it now.")


def test_its_captions_go_to_add_captions(comfyui: ComfyUI):
    graph = template_graph(template="musicvideo")
    graph["1"]["inputs"] |= {"duration": 8, "aspect": "1:1"}
    graph |= {
        "6": node(
            "OneReelNarrate", screenplay=["3", 0], voice="auto", speed=1.0, seed=0, breath=0.6
        ),
        "7": node("OneReelShootDraft", screenplay=["6", 0], resolution="480p", seed=0),
        "8": node(
            *("OneReelAssembleCut",),
            screenplay=["6", 0],
            takes=["7", 0],
            lines=["6", 1],
            resolution="480p",
            fit="auto",
            on_missing="stop",
            transition_length=0.5,
            clip_gain=-18,
        ),
        "9": node("OneReelAddCaptions", cut=["8", 0], lines=["6", 1], mode=["2", 2]),
        "10": node("PreviewAny", source=["9", 0]),
    }
    run = comfyui.wait(comfyui.queue(graph))
    assert run.status == "success", run.error
    assert (json.loads(run.outputs["10"]["text"][0])["captions"] or {"mode": "off"})[
        "mode"
    ] == "off"


def test_a_kept_template_is_in_every_menu_and_films_are_made_by_it(comfyui: ComfyUI, panel: Panel):
    name = f"mine-{uuid.uuid4().hex[:6]}"
    film = script(comfyui, template_graph(save_as=name, tone="funny", captions="off"))
    assert film["brief"]["template"] == name
    assert name in [each["name"] for each in panel.get("/choices")["templates"]]
    menus = comfyui.get("object_info")
    for kind in ("OneReelBrief", "OneReelFilmTemplate"):
        _, options = menus[kind]["input"]["required"]["template"]
        assert name in options["options"]
    body = {"brief": {"idea": "How to bake bread", "template": name}, "action": "write"}
    # Its workflow brings the template, as plain JSON.
    done = panel.wait(panel.post("/films", body, status=202)["id"])
    assert done["brief"]["template"] == name
    assert done["brief"]["film_template"]["tone"] == "funny"
    assert done["scenes"]
    # Its finished film becomes another one, over HTTP too.
    label = f"Bread \u00e0 la {name}"
    kept = panel.post(f"/films/{done['id']}/template", {"label": label}, status=201)
    assert kept == {"name": f"bread-a-la-{name}", "label": label}
    assert kept["name"] in [each["name"] for each in panel.get("/choices")["templates"]]
    taken = panel.refused(f"/films/{done['id']}/template", {"label": "Story"}, 400)
    assert "a built-in one has" in json.dumps(taken)
    other = template_graph(save_as=name, tone="sad")
    assert f"another template {name} already" in comfyui.wait(comfyui.queue(other)).error
    refused = {**body, "brief": {"idea": "How to bake bread", "template": "opera"}}
    assert "There is no template 'opera'" in json.dumps(panel.refused("/films", refused, 400))


def test_a_template_is_made_of_a_film(comfyui: ComfyUI):
    first = template_graph(pace=3)
    film = script(comfyui, first)
    graph = {
        **template_graph(screenplay=["6", 0]),
        "6": node(
            *("OneReelLoadScreenplay",),
            text=json.dumps(film),
            file="none",
            aspect="16:9",
        ),
    }
    other = script(comfyui, graph)
    assert other["brief"]["film_template"]["name"] == "film"
    assert len(other["brief"]["film_template"]["rhythm"]) == len(film["scenes"])
    begins = [scene["transition"] for scene in film["scenes"]]
    assert [scene["transition"] for scene in other["scenes"]] == begins
