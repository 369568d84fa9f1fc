"""A storyboard, through the graph and as a download."""

from __future__ import annotations

import uuid
from typing import Any

from .client import ComfyUI, Workflow, workflow
from .panel import Panel


def board(comfyui: ComfyUI, **extra: Any) -> Workflow:
    graph = workflow("first_film", OneReelBrief__duration=6, OneReelBrief__scene_count=2)
    kept = {key: graph[key] for key in ("1", "2")}
    told = {"screenplay": ["2", 0], "resolution": "480p", "seed": 0, "filename_prefix": "boards/b"}
    return {**kept, "9": {"class_type": "OneReelStoryboard", "inputs": {**told, **extra}}}


def test_a_storyboard_is_drawn_and_saved(comfyui: ComfyUI):
    graph = board(comfyui)
    graph["10"] = {"class_type": "PreviewImage", "inputs": {"images": ["9", 1]}}
    run = comfyui.wait(comfyui.queue(graph))
    assert run.status == "success"
    assert len(run.outputs["9"]["images"]) == 1
    assert len(run.outputs["10"]["images"]) == 2
    (pdf,) = (comfyui.output / "boards").glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_pictures_that_do_not_match_the_scenes_are_refused(comfyui: ComfyUI):
    graph = board(comfyui, images=["10", 0])
    size = {"width": 64, "height": 64, "batch_size": 1, "color": 255}
    graph["10"] = {"class_type": "EmptyImage", "inputs": size}
    assert "0 scenes and 1 images" in comfyui.wait(comfyui.queue(graph)).error


def test_a_storyboard_stays_in_the_output_folder(comfyui: ComfyUI):
    run = comfyui.wait(comfyui.queue(board(comfyui, filename_prefix="../../outside")))
    assert "inside ComfyUI's output folder" in run.error


def test_a_films_storyboard_can_be_downloaded_before_it_is_shot(comfyui: ComfyUI):
    panel = Panel(comfyui)
    film = panel.wait(panel.make(f"A kite {uuid.uuid4().hex[:6]}", action="write")["id"])
    answer = panel.ask("GET", f"/films/{film['id']}/export/storyboard")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith('.storyboard.pdf"')
    assert answer.content.startswith(b"%PDF")
