"""Re-voice, through the graph and over HTTP: other words, the same clips."""

from __future__ import annotations

import json
import uuid
from typing import Any

from tests.standins.ollama import OllamaStandIn, Say

from .client import ComfyUI, Workflow, workflow
from .panel import Panel


def graph(**extra: Any) -> Workflow:
    first = workflow("first_film", OneReelBrief__duration=8, OneReelBrief__scene_count=2)
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
    film = panel.rehearsed(f"A kite {uuid.uuid4().hex[:6]}")
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
