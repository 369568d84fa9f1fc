"""Proofs that need further ComfyUIs or minutes; not a part of the suite.

python -m pytest tests/comfyui/further.py -s

`$COMFY_CLI` names the `comfy` of an environment that has comfy-cli in it (pip install comfy-cli);
else the one on the path is asked, and where there is none its proof is left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import av
import pytest
import requests
from PIL import Image
from sqlalchemy import create_engine, text

from tests import postgres
from tests.standins import Google
from tests.standins.ollama import OllamaStandIn

from .client import BUYING, ComfyUI, Workflow, nodes_of
from .host import find, running
from .panel import Panel

PACK = Path(__file__).resolve().parents[2]
EXAMPLES = PACK / "example_workflows"
OLD = Path(__file__).with_name("first_release")
PAID = {"veo_film", "omni_film", "image_to_video", "first_last_frame", "rehearse_then_buy"}
CLI = os.environ.get("COMFY_CLI") or shutil.which("comfy")

needs_cli = pytest.mark.skipif(CLI is None, reason="needs comfy-cli")


@pytest.fixture(scope="module")
def bought(comfyui: ComfyUI, google: Google) -> Iterator[Google]:
    """The stand-in, while buying is on."""
    Panel(comfyui).get("/settings")
    for name, colour in (("example.png", "navy"), ("example_last.png", "teal")):
        Image.new("RGB", (320, 180), colour).save(comfyui.input / name)
    with comfyui.settings(BUYING):
        yield google


def shortened(graph: Workflow) -> Workflow:
    """A film of two scenes."""
    for node in nodes_of(graph, "OneReelBrief").values():
        node["inputs"] |= {"duration": 8, "scene_count": 2}
    return graph


def read(path: Path) -> Workflow:
    graph: Workflow = json.loads(path.read_text("utf-8"))
    return graph


def seconds(path: Path) -> float:
    with av.open(str(path)) as container:
        assert container.duration
        return container.duration / av.time_base


@pytest.mark.parametrize("path", sorted(OLD.glob("*.json")), ids=lambda path: path.stem)
def test_a_workflow_of_the_first_release_runs(path: Path, comfyui: ComfyUI, bought: Google):
    # Scene by scene: as often as there are scenes, and once to cut.
    for _ in range(3 if path.stem == "scene_by_scene" else 1):
        run = comfyui.make(shortened(read(path)))
    assert seconds(comfyui.film(run)) > 2


def comfy(*words: str, folder: Path) -> str:
    """What `comfy` prints; it must end well."""
    assert CLI
    environment = {**os.environ, "HOME": str(folder), "DO_NOT_TRACK": "1"}
    ran = subprocess.run(
        [CLI, "--skip-prompt", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=300,
        check=False,
    )
    print("$ comfy", *words, "\n" + ran.stdout + ran.stderr)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@needs_cli
@pytest.mark.parametrize(
    "path", sorted((EXAMPLES / "api").glob("*.json")), ids=lambda path: path.stem
)
def test_comfy_cli_runs_the_shipped_workflows_and_fetches_the_film(
    path: Path, comfyui: ComfyUI, bought: Google, tmp_path: Path
):
    place = ("--host", "127.0.0.1", "--port", comfyui.url.rpartition(":")[2])
    films: list[Path] = []
    # Scene by scene: as often as there are scenes, and once to cut.
    for _ in range(12 if path.stem == "scene_by_scene" else 1):
        ran = comfy("run", "--workflow", str(path), "--wait", *place, folder=tmp_path)
        told = json.loads(ran.splitlines()[-1])["data"]
        if told["outputs"]:
            words = ("download", told["prompt_id"], "--where", "local", "--out-dir", "made")
            comfy(*words, folder=tmp_path)
            films = [each for each in (tmp_path / "made").rglob("*.mp4") if seconds(each) > 2]
            break
    assert films
    print(f"{films[0].name}: {films[0].stat().st_size} bytes, {seconds(films[0]):.2f} s")


def surroundings(google: Google, ollama: OllamaStandIn, folder: Path) -> dict[str, str]:
    """The environment of a ComfyUI."""
    return {
        **google.environment(folder),
        "ONEREEL_OLLAMA__HOST": ollama.url,
        "ONEREEL_VOICE__ENGINE": "espeak",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


@contextmanager
def second(
    first: ComfyUI, google: Google, ollama: OllamaStandIn, folder: Path, *options: str
) -> Iterator[ComfyUI]:
    """Another ComfyUI on the home and the output folder of the first."""
    found = find()
    assert found
    environment = {**surroundings(google, ollama, folder), "ONEREEL_HOME": str(first.private)}
    options = ("--output-directory", str(first.output), *options)
    with running(found, folder / "base", *options, environment=environment) as other:
        yield other


def test_two_comfyuis_on_one_home_buy_nothing_twice_and_see_each_others_films(
    comfyui: ComfyUI, bought: Google, ollama: OllamaStandIn, tmp_path: Path
):
    first = Panel(comfyui)
    with second(comfyui, bought, ollama, tmp_path, "--multi-user") as other:
        then = Panel(other)
        bought.reset()
        # The very same film in both queues at once: one buys each take, the other waits for it.
        idea = f"A potter and her bowl, seen twice {uuid.uuid4().hex[:6]}"
        graph = shortened(read(EXAMPLES / "api" / "veo_film.json"))
        for node in nodes_of(graph, "OneReelBrief").values():
            node["inputs"]["idea"] = idea
        waiting = [(each, each.queue(graph)) for each in (comfyui, other)]
        runs = [each.wait(prompt) for each, prompt in waiting]
        assert [run.status for run in runs] == ["success", "success"]
        assert len(bought.world.charges) == 2
        # A film that one makes is seen by the other, and cannot be worked on by both.
        body = {"brief": {"idea": idea, "duration": 8, "scene_count": 2}}
        view = first.post("/films", {**body, "options": {"resolution": "1080p"}})
        first.until(view["id"], "running")
        seen = then.film(view["id"])
        assert seen["job"]["state"] == "running"
        busy = then.refused(f"/films/{view['id']}/run", {"action": "rehearse"}, 409)
        assert "being worked on" in busy["detail"]
        made = first.wait(view["id"])
        assert then.film(view["id"])["reel"] == made["reel"]
        assert then.ask("GET", made["reel"]["video"]).status_code == 200
        # An edit that was made in one is undone in the other; an outdated one is refused.
        change = {"op": "set", "scene": made["scenes"][0]["id"], "fields": {"mood": "tense"}}
        first.edit(made, change)
        outdated = {"revision": made["revision"], "changes": [change]}
        assert then.refused(f"/films/{view['id']}/edits", outdated, 409)
        assert then.post(f"/films/{view['id']}/undo")["scenes"] == made["scenes"]
        # And each makes films of its own at the same time.
        pair = [panel.make(f"A mill {uuid.uuid4().hex[:6]}") for panel in (first, then)]
        for panel, film in zip((first, then), pair, strict=True):
            panel.wait(film["id"])
        bills = first.get("/budget")["spent_today"]
        assert Decimal(bills) == Decimal(then.get("/budget")["spent_today"])


def test_a_second_comfyui_that_is_killed_is_found_out(
    comfyui: ComfyUI, bought: Google, ollama: OllamaStandIn, tmp_path: Path
):
    first = Panel(comfyui)
    with second(comfyui, bought, ollama, tmp_path) as other:
        then = Panel(other)
        film = then.make(
            f"A long mill {uuid.uuid4().hex[:6]}", aspect="16:9", options={"resolution": "1080p"}
        )
        then.until(film["id"], "running")
        other.kill()
        other.start()
        deadline = time.monotonic() + 60
        while first.film(film["id"])["job"]["state"] == "running":
            assert time.monotonic() < deadline
            time.sleep(0.3)
        assert first.film(film["id"])["job"]["problem"]["action"]["do"] == "resume"
        first.post(f"/films/{film['id']}/resume")
        assert first.wait(film["id"])["reel"]


def test_with_several_users_films_are_the_houses(
    bought: Google, ollama: OllamaStandIn, comfyui: ComfyUI, tmp_path: Path
):
    """ComfyUI keeps workflows and settings by user; films, money and keys are of the server."""
    found = find()
    assert found
    environment = surroundings(bought, ollama, tmp_path)
    with running(found, tmp_path / "base", "--multi-user", environment=environment) as house:
        users = [
            requests.post(f"{house.url}/users", json={"username": name}, timeout=60).json()
            for name in ("Ada", "Grace")
        ]
        panel = Panel(house)
        view = panel.make("A loom that remembers")
        panel.wait(view["id"])
        for user in users:
            mine = {"comfy-user": user}
            seen = panel.ask("GET", f"/films/{view['id']}", headers=mine).json()
            assert seen["reel"]["current"]
            listed = panel.ask("GET", "/films", headers=mine).json()["films"]
            assert [each["id"] for each in listed] == [view["id"]]
        graph = shortened(read(EXAMPLES / "api" / "first_film.json"))
        assert house.make(graph).videos
        assert (house.private / "settings.toml").is_file()
        assert not list((tmp_path / "base" / "user").glob("*/onereel*"))


def drivers(folder: Path) -> Path:
    """The driver of PostgreSQL that these tests have, for a ComfyUI that may have none."""
    found = find_spec("psycopg")
    assert found and found.origin
    # With psycopg_binary, its libraries, and the versions of both.
    for part in Path(found.origin).parents[1].glob("psycopg*"):
        (folder / part.name).symlink_to(part)
    return folder


def test_a_film_is_kept_in_postgresql(bought: Google, ollama: OllamaStandIn, tmp_path: Path):
    private = tmp_path / "base" / "user" / "__onereel"
    libraries = tmp_path / "libraries"
    private.mkdir(parents=True)
    libraries.mkdir()
    with postgres.server() as server:
        address = postgres.database(server)
        (private / "settings.toml").write_text(f'{BUYING}[ledger]\nurl = "{address}"\n', "utf-8")
        found = find()
        assert found
        environment = {
            **surroundings(bought, ollama, tmp_path),
            "PYTHONPATH": str(drivers(libraries)),
        }
        bought.reset()
        with running(found, tmp_path / "base", environment=environment) as house:
            panel = Panel(house)
            film = panel.made(
                "A lockkeeper", aspect="16:9", options={"renderer": "veo", "resolution": "720p"}
            )
            change = {"op": "set", "scene": "s01", "fields": {"mood": "tense"}}
            assert panel.edit(film, change)["revision"] != film["revision"]
            assert panel.post(f"/films/{film['id']}/undo")["scenes"] == film["scenes"]
            wish = {"action": "shoot", "scenes": "every", "ceiling": "10"}
            panel.post(f"/films/{film['id']}/run", wish)
            made = panel.wait(film["id"])
            assert {scene["state"] for scene in made["scenes"]} == {"ready"}
            charged = sum(charge.amount for charge in bought.world.charges)
            assert Decimal(panel.get("/budget")["spent_today"]) == charged > 0
        engine = create_engine(address)
        with engine.connect() as connection:
            jobs = connection.execute(text("SELECT action, state FROM jobs ORDER BY queued")).all()
            takes = connection.execute(text("SELECT state FROM takes")).all()
        engine.dispose()
        assert [tuple(row) for row in jobs] == [("rehearse", "done"), ("shoot", "done")]
        assert [tuple(row) for row in takes] == [("settled",), ("settled",)]
    assert not list(private.glob("*.sqlite"))
