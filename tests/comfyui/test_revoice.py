"""Re-voice, through the graph and over HTTP: other words, the same clips."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from tests.standins import Google
from tests.standins.ollama import OllamaStandIn, Say

from .client import ComfyUI, Workflow, workflow
from .panel import Panel


def graph(**extra: Any) -> Workflow:
    first = workflow("first_film", OneReelBrief__duration=6, OneReelBrief__scene_count=2)
    made = {key: first[key] for key in ("1", "2", "3", "4")}
    told = {"language": "de", "translator": "who wrote it", "model": ""}
    voiced = {"screenplay": ["3", 0], "takes": ["4", 0], **told, **extra}
    return {
        **made,
        "20": {"class_type": "OneReelReVoice", "inputs": voiced},
        "21": {"class_type": "PreviewAny", "inputs": {"source": ["20", 0]}},
        "22": {"class_type": "PreviewAny", "inputs": {"source": ["20", 1]}},
        "23": {"class_type": "PreviewAny", "inputs": {"source": ["4", 0]}},
    }


def test_a_translation_of_ones_own_gets_the_takes(comfyui: ComfyUI):
    made = graph(translation=["30", 0])
    made["30"] = {"class_type": "OneReelEditScenes", "inputs": {"screenplay": ["3", 0]}}
    made["30"]["inputs"]["edits"] = "1 narration: Guten Morgen."
    run = comfyui.wait(comfyui.queue(made))
    assert run.status == "success"
    spoken = json.loads(run.outputs["21"]["text"][0])
    assert spoken["scenes"][0]["narration"] == "Guten Morgen."
    before, after = (
        [json.loads(text)["clip"] for text in run.outputs[key]["text"]] for key in ("23", "22")
    )
    assert before == after


def test_nobody_translates_what_no_language_model_wrote(comfyui: ComfyUI):
    assert "choose Ollama or Gemini" in comfyui.wait(comfyui.queue(graph())).error


def test_a_film_over_http_becomes_another(comfyui: ComfyUI, ollama: OllamaStandIn):
    panel = Panel(comfyui)
    film = panel.made("A kite", action="write")
    panel.refused(f"/films/{film['id']}/revoice", {"language": "de"}, 400)
    panel.refused(f"/films/{film['id']}/revoice", {"language": "en", "service": "ollama"}, 400)
    scenes = [
        {"id": scene["id"], "title": scene["title"], "narration": f"Satz {scene['number']}."}
        for scene in film["scenes"]
    ]
    ollama.chats = [Say(json.dumps({"title": "Drachen", "logline": "", "scenes": scenes}))]
    body = {"language": "de", "service": "ollama", "model": "llama3.2"}
    spoken = panel.post(f"/films/{film['id']}/revoice", body, status=201)
    assert (spoken["title"], spoken["brief"]["language"]) == ("Drachen", "de")
    told = [scene["narration"] for scene in scenes]
    assert [scene["narration"] for scene in spoken["scenes"]] == told
    panel.post(f"/films/{spoken['id']}/run", {"action": "rehearse"})
    done = panel.wait(spoken["id"])
    assert done["reel"]


def german(film: dict[str, Any], title: str) -> str:
    scenes = [
        {"id": scene["id"], "title": scene["title"], "narration": f"Satz {scene['number']}."}
        for scene in film["scenes"]
    ]
    return json.dumps({"title": title, "logline": "", "scenes": scenes})


def test_a_paid_translation_takes_the_ceiling_that_was_seen(
    comfyui: ComfyUI, google: Google, buying: None
):
    panel = Panel(comfyui)
    film = panel.made("A mill", action="write")
    path = f"/films/{film['id']}/revoice"
    google.reset()
    google.gemini.texts = [german(film, "Die M\u00fchle")]
    body = {"language": "de", "service": "gemini"}
    before = len(google.requests)
    assert "as `ceiling`" in panel.refused(path, body, 409)["detail"]
    told = panel.refused(path, {**body, "ceiling": "0.0001"}, 409)
    assert told["said"]["code"] == "why_dearer_words"
    price = panel.get(f"{path}?language=de&service=gemini")
    assert len(google.requests) == before
    assert 0 < Decimal(price["at_most"]) < 1
    assert price["words"].startswith("The translation by gemini")
    spoken = panel.post(path, {**body, "ceiling": price["at_most"]}, status=201)
    assert spoken["title"] == "Die M\u00fchle"
    bought = panel.get(f"/spendings?film={spoken['id']}")["spendings"]
    others = panel.get("/spendings?limit=1")["spendings"]
    assert {each["what"] for each in (*bought, *others)} == {"translation"}
    assert sum(Decimal(each["ceiling"]) for each in others) <= Decimal(price["at_most"])


def test_a_double_click_makes_one_film(comfyui: ComfyUI, ollama: OllamaStandIn):
    panel = Panel(comfyui)
    film = panel.made("A well", action="write")
    path = f"/films/{film['id']}/revoice"
    assert panel.get(f"{path}?language=de&service=ollama&model=llama3.2")["at_most"] == "0.00"
    ollama.chats = [Say(german(film, "Der Brunnen")), Say(german(film, "Die Quelle"))]
    body = {"language": "de", "service": "ollama", "model": "llama3.2"}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(panel.post, path, body, headers=key) for _ in range(2)]
        made = [each.result() for each in asked]
    assert len(ollama.chats) == 1
    assert made[0]["id"] == made[1]["id"]
    assert panel.post(path, body, headers=key)["id"] == made[0]["id"]
    other = panel.ask("POST", path, json={**body, "language": "fr"}, headers=key)
    assert other.status_code == 409
    assert panel.post(path, body)["id"] != made[0]["id"]
