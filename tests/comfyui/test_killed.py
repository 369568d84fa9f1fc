"""A ComfyUI that is killed or interrupted while it shoots, and what it leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

from tests.comfyui.client import nodes_of, workflow
from tests.reliability.comfy import Machine, films, kill_comfyui
from tests.reliability.keys import leaks_in, leaks_in_files, leaks_on_the_wire, secrets_of
from tests.reliability.killing import Answers, Point, twice, until
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY


def test_films_outlive_their_comfyui_and_no_key_is_left_behind(google: Google, tmp_path: Path):
    google.requests.clear()
    with Machine(tmp_path, google, "--verbose", "DEBUG") as machine:
        # Two films are queued, and the second one is being bought.
        (outcome,) = kill_comfyui([Point(event=18)], machine, google)
        assert outcome.killed
        assert outcome.submitted_twice == 0
        assert not outcome.troubles
        _interrupt_and_go_on(machine, google)
        _fail_with_the_key_in_the_words(machine, google)
        _look_for_keys(machine, google, tmp_path)


def _interrupt_and_go_on(machine: Machine, google: Google) -> None:
    google.reset()
    google.plan.set([Fault("hold", where="submit", event="charged")])
    graphs = films("who interrupts")
    first, second = [machine.comfyui.queue(graph) for graph in graphs]
    until(lambda: google.log.held)
    machine.comfyui.interrupt()
    google.log.go()
    assert machine.comfyui.wait(first).status == "error"
    assert machine.comfyui.wait(second).status == "success"
    answers = Answers()
    machine.finish(graphs, answers)
    assert len(google.charges) == 4
    assert twice(google.charges, answers) == 0
    assert not answers.given


def _fail_with_the_key_in_the_words(machine: Machine, google: Google) -> None:
    google.reset()
    words = f"The key {GEMINI_KEY} and Authorization: Bearer {next(iter(google.world.tokens))}."
    google.plan.set([Fault("400", where="submit", message=words, times=None)])
    (graph,) = films("whose request is refused", count=1)
    run = machine.comfyui.run(graph)
    assert "2 scenes were not shot" in run.error
    assert "***" in run.error


def _look_for_keys(machine: Machine, google: Google, folder: Path) -> None:
    google.plan.set([])
    graph = workflow(
        "veo_film",
        OneReelBrief__duration=8,
        OneReelBrief__scene_count=2,
        OneReelBrief__idea="A baker who counts stars",
    )
    film = machine.comfyui.film(machine.comfyui.make(graph))
    assert film.is_file()
    # Core writes the whole graph into every PNG.
    graph["900"] = {
        "class_type": "EmptyImage",
        "inputs": {"width": 64, "height": 64, "batch_size": 1, "color": 0},
    }
    graph["901"] = {
        "class_type": "SaveImage",
        "inputs": {"images": ["900", 0], "filename_prefix": "still"},
    }
    machine.comfyui.make(graph)
    (still,) = folder.rglob("still_*.png")
    assert b"OneReelShootWithVeo" in still.read_bytes()
    assert nodes_of(graph, "OneReelSaveFilm")
    secrets = secrets_of(google, folder)
    told = {path: json.dumps(machine.comfyui.get(path)) for path in _ROUTES}
    assert "2 scenes were not shot" in told["history"]
    found = [
        *(leak for path, text in told.items() for leak in leaks_in(path, text, secrets)),
        *leaks_in_files(folder, secrets),
        *leaks_on_the_wire(google, opens="bearer"),
    ]
    assert found == []


_ROUTES = ("history", "queue", "object_info", "system_stats")
