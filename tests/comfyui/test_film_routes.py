"""Films over HTTP: made in ComfyUI's own queue, followed, edited, stopped, downloaded."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import requests
import soundfile
from PIL import Image

from onereel.story.files import load_screenplay
from tests.standins.ollama import OllamaStandIn

from .client import ComfyUI, workflow
from .panel import Panel, View

LONG: dict[str, Any] = {"duration": 8, "aspect": "16:9", "options": {"resolution": "1080p"}}
"""What takes long enough to be looked at, or stopped, while it is made."""


@pytest.fixture(scope="module")
def panel(comfyui: ComfyUI) -> Panel:
    return Panel(comfyui)


@pytest.fixture(scope="module")
def film(panel: Panel) -> View:
    """A rehearsed film of two scenes, for tests that do not change it."""
    return panel.made("A lighthouse keeper finds a message in a bottle")


def codecs(content: bytes) -> list[str]:
    with av.open(io.BytesIO(content)) as container:
        return [stream.codec_context.name for stream in container.streams]


def test_a_film_is_made_and_every_step_of_it_is_told(panel: Panel, comfyui: ComfyUI):
    heard: list[dict[str, Any]] = []
    with comfyui.listening(uuid.uuid4().hex) as messages:
        view = panel.make(f"A baker who counts stars {uuid.uuid4().hex[:6]}")
        assert view["state"] in ("waiting", "working")
        assert view["job"]["action"] == "rehearse"
        for message in messages:
            heard.append(message)
            if message["type"] == "onereel.done" and message["data"]["film"] == view["id"]:
                break
    ours = [each for each in heard if each["type"].startswith("onereel.")]
    of_film = [each for each in ours if each["data"].get("film") == view["id"]]
    kinds = [each["type"].removeprefix("onereel.") for each in of_film]
    assert kinds[0] == "started"
    for kind in ("line", "take"):
        told = [each["data"]["scene"] for each in of_film if each["type"] == f"onereel.{kind}"]
        assert set(told) == {"s01", "s02"}
    assert kinds.count("take") == 2
    assert {"film", "progress"} <= set(kinds)
    steps = [each["data"] for each in of_film if each["type"] == "onereel.progress"]
    assert {"Narrating", "Shooting"} <= {each["stage"] for each in steps}
    fractions = [each["fraction"] for each in steps]
    assert fractions == sorted(fractions)
    made = panel.wait(view["id"])
    assert made["state"] == "done"
    assert [scene["state"] for scene in made["scenes"]] == ["draft", "draft"]
    assert made["reel"]["current"]
    told = panel.get("/events?after=0")["events"]
    assert [each for each in told if each["type"] == "onereel.done"]


def test_its_job_is_an_ordinary_prompt_and_the_film_carries_it(
    film: View, panel: Panel, comfyui: ComfyUI
):
    graph = panel.get(f"/films/{film['id']}/graph")
    assert graph["ran"]
    history = comfyui.get(f"history/{film['job']['id']}")[film["job"]["id"]]
    # ComfyUI writes into a prompt what its nodes' fingerprints are.
    assert {
        key: {name: value for name, value in node.items() if name != "is_changed"}
        for key, node in history["prompt"][2].items()
    } == graph["prompt"]
    kinds = [node["class_type"] for node in graph["prompt"].values()]
    assert kinds[-1] == "OneReelSaveFilm"
    assert history["outputs"]
    content = panel.ask("GET", f"/films/{film['id']}/export/film").content
    with av.open(io.BytesIO(content)) as container:
        carried = json.loads(container.metadata["prompt"])
        assert [node["inputs"] for node in carried.values()] == [
            node["inputs"] for node in graph["prompt"].values()
        ]
    # The very workflow runs from anywhere, and makes nothing anew.
    again = comfyui.make(graph["prompt"])
    assert again.videos


def test_its_parts_can_be_downloaded(film: View, panel: Panel):
    exported = {
        kind: panel.ask("GET", f"/films/{film['id']}/export/{kind}")
        for kind in ("film", "srt", "vtt", "screenplay", "fountain", "otio")
    }
    assert codecs(exported["film"].content)[:2] == ["h264", "aac"]
    assert exported["vtt"].text.startswith("WEBVTT")
    assert "-->" in exported["srt"].text
    screenplay = exported["screenplay"].json()
    assert [scene["id"] for scene in screenplay["scenes"]] == [
        scene["id"] for scene in film["scenes"]
    ]
    written = exported["fountain"]
    assert written.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert load_screenplay(written.text) == load_screenplay(exported["screenplay"].text)
    # The extra that writes it may be missing, and then it is said so.
    assert exported["otio"].status_code in (200, 409)
    if exported["otio"].status_code == 200:
        with zipfile.ZipFile(io.BytesIO(exported["otio"].content)) as bundle:
            clips = [name for name in bundle.namelist() if name.endswith(".mp4")]
            assert len(clips) == len(film["scenes"])
            assert "../" not in bundle.read("content.otio").decode()
    named = exported["film"].headers["Content-Disposition"]
    assert named.startswith('attachment; filename="')
    assert named.endswith('.mp4"')


def test_media_come_by_id_and_in_parts(film: View, panel: Panel):
    video = film["reel"]["video"]
    whole = panel.ask("GET", video)
    assert whole.headers["Content-Type"] == "video/mp4"
    assert len(whole.content) == film["reel"]["size"]
    part = panel.ask("GET", video, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    tail = panel.ask("GET", video, headers={"Range": "bytes=-50"})
    assert (tail.status_code, tail.content) == (206, whole.content[-50:])
    for wrong in (f"bytes={len(whole.content)}-", "bytes=9-3", "bytes=x", "lines=1-2"):
        answer = panel.ask("GET", video, headers={"Range": wrong})
        assert answer.status_code == 416, wrong
        assert answer.headers["Content-Range"] == f"bytes */{len(whole.content)}"
    picture = panel.ask("GET", film["scenes"][0]["thumbnail"])
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"
    line = film["scenes"][0]["line"]
    peaks = panel.get(line["waveform"])["peaks"]
    assert max(peaks) > 0.05
    sound, rate = soundfile.read(io.BytesIO(panel.ask("GET", line["audio"]).content))
    assert Fraction(len(sound), rate) == pytest.approx(line["duration"], abs=0.01)
    assert panel.ask("GET", "/media/" + "0" * 32).status_code == 404
    for suspicious in ("..%2f..%2fsettings.toml", "settings.toml", "%2e%2e"):
        assert panel.ask("GET", f"/media/{suspicious}").status_code == 404


def test_a_key_of_a_request_makes_one_film(panel: Panel):
    key = {"Idempotency-Key": uuid.uuid4().hex}
    brief = {"idea": f"A clockmaker {key['Idempotency-Key']}", "duration": 8}
    body = {"brief": brief, "action": "none"}
    answers = [panel.ask("POST", "/films", json=body, headers=key) for _ in range(2)]
    assert [each.status_code for each in answers] == [202, 202]
    first, second = (panel.get(each.headers["Location"]) for each in answers)
    assert first["id"] == second["id"]
    other = panel.ask(
        "POST",
        "/films",
        json={**body, "action": "none", "brief": {**brief, "duration": 12}},
        headers=key,
    )
    assert other.status_code == 409
    assert panel.post("/films", body)["id"] != first["id"]


def test_films_are_listed_searched_and_paged(panel: Panel):
    word = f"w{uuid.uuid4().hex[:8]}"
    for number in range(3):
        panel.post("/films", {"brief": {"idea": f"{word} film {number}"}, "action": "none"})
    page = panel.get(f"/films?search={word}&limit=2&sort=title")
    rest = panel.get(f"/films?search={word}&limit=2&sort=title&cursor={page['next']}")
    assert len(page["films"]) == 2
    assert len(rest["films"]) == 1
    assert rest["next"] is None
    assert {each["state"] for each in page["films"]} == {"planned"}
    assert panel.ask("GET", "/films?cursor=nonsense").status_code == 400


BAD_FILMS: dict[str, tuple[View, str]] = {
    "nothing": ({}, "brief or a screenplay"),
    "both": ({"brief": {"idea": "A film"}, "screenplay": {"scenes": []}}, "one of them"),
    "no idea": ({"brief": {"idea": "   "}}, "brief.idea"),
    "no words": ({"brief": {"idea": "123 !!"}}, "brief"),
    "too short": ({"brief": {"idea": "A film", "duration": 1}}, "brief"),
    "unknown option": ({"brief": {"idea": "A"}, "options": {"wings": 2}}, "options.wings"),
    "a path": ({"brief": {"idea": "A"}, "output": "/etc/x"}, "output"),
    "an address": ({"brief": {"idea": "A"}, "options": {"host": "http://x"}}, "options.host"),
    "bad ceiling": ({"brief": {"idea": "A"}, "ceiling": "-1"}, "ceiling"),
    "empty screenplay": ({"screenplay": {"scenes": []}}, "scenes"),
    "empty script": ({"screenplay": " "}, "screenplay is empty"),
    "only headings": ({"screenplay": "# Tea\n\n## Hot\n"}, "nothing to say"),
}


@pytest.mark.parametrize("name", BAD_FILMS)
def test_a_film_that_cannot_be_is_one_sentence(name: str, panel: Panel):
    body, words = BAD_FILMS[name]
    problem = panel.refused("/films", body, 400)
    named = [each["name"] for each in problem["fields"]]
    assert words in problem["detail"] or any(each.startswith(words) for each in named), problem


def test_edits_are_undone_and_an_outdated_one_is_refused(panel: Panel):
    view = panel.made("A weaver finds her colour")
    first, second = view["scenes"]
    change = {"op": "set", "scene": first["id"], "fields": {"prompt": "a red boat"}}
    edited = panel.edit(view, change, {"op": "move", "scene": second["id"], "to": 0})
    assert [scene["id"] for scene in edited["scenes"]] == [second["id"], first["id"]]
    assert edited["scenes"][1]["prompt"] == "a red boat"
    assert not edited["reel"]["current"]
    outdated = panel.refused(
        f"/films/{view['id']}/edits", {"revision": view["revision"], "changes": [change]}, 409
    )
    assert outdated["action"]["do"] == "reload"
    undone = panel.post(f"/films/{view['id']}/undo")
    assert [scene["prompt"] for scene in undone["scenes"]] == [
        scene["prompt"] for scene in view["scenes"]
    ]
    assert undone["reel"]["current"]
    redone = panel.post(f"/films/{view['id']}/redo", {"revision": undone["revision"]})
    assert redone["scenes"] == edited["scenes"]
    wrong = {"revision": redone["revision"], "changes": [{"op": "fly", "scene": "s01"}]}
    problem = panel.refused(f"/films/{view['id']}/edits", wrong, 400)
    assert problem["fields"][0]["name"].startswith("changes.0")


def test_one_scene_is_redone_and_no_other(panel: Panel, comfyui: ComfyUI):
    view = panel.made("A glassblower at dawn")
    before = comfyui.made("takes")
    first = view["scenes"][0]
    asked = {"note": "in the rain", "revision": view["revision"]}
    panel.post(f"/films/{view['id']}/scenes/{first['id']}/redo", asked)
    again = panel.wait(view["id"])
    clips = [path for path in comfyui.made("takes") - before if path.suffix == ".mp4"]
    assert len(clips) == 1
    assert again["scenes"][0]["prompt"].endswith("in the rain")
    assert again["undo"] == "Another take of scene 1"
    assert again["undo_said"] == {"code": "edit_redo", "values": {"number": "1"}}
    assert again["scenes"][0]["take_number"] == 2
    assert again["scenes"][0]["take"] != first["take"]
    assert again["scenes"][1] == {**view["scenes"][1], "start": again["scenes"][1]["start"]}
    assert again["reel"]["current"]


def test_what_no_paid_model_shoots_is_redone_as_a_draft_and_not_bought(panel: Panel):
    # Veo shoots nothing from words at 480p.
    view = panel.made("A lamplighter", aspect="16:9", options={"renderer": "veo"})
    first = view["scenes"][0]
    path = f"/films/{view['id']}/scenes/{first['id']}/redo"
    asked = {"revision": view["revision"], "note": "in the rain"}
    problem = panel.refused(path, {**asked, "action": "shoot", "ceiling": "100"}, 400)
    assert "480p" in problem["detail"]
    assert problem["said"] == {"code": "ChooseRenderer", "values": {}}
    kept = panel.film(view["id"])
    assert kept["undo"] == view["undo"]
    assert kept["scenes"] == view["scenes"]
    panel.post(path, {**asked, "revision": kept["revision"]})
    again = panel.wait(view["id"])
    assert [scene["take_number"] for scene in again["scenes"]] == [2, 1]
    assert {scene["state"] for scene in again["scenes"]} == {"draft"}


def test_ones_own_still_and_voice_are_brought_and_played(panel: Panel):
    view = panel.made("A gardener speaks to her roses")
    scene = view["scenes"][0]
    picture = io.BytesIO()
    Image.new("RGB", (640, 360), "crimson").save(picture, "PNG")
    path = f"/films/{view['id']}/scenes/{scene['id']}/clip"
    answer = panel.ask("POST", path, data=picture.getvalue(), headers={"Content-Type": "image/png"})
    assert answer.status_code == 200, answer.text
    taken = answer.json()["scenes"][0]
    assert taken["take"] != scene["take"]
    tone = np.sin(np.arange(48000 * 2) / 48000 * 2 * np.pi * 220) * 0.3
    sound = io.BytesIO()
    soundfile.write(sound, tone, 48000, format="WAV")
    answer = panel.ask("POST", path, data=sound.getvalue(), headers={"Content-Type": "audio/wav"})
    assert answer.status_code == 200, answer.text
    panel.post(f"/films/{view['id']}/run", {"action": "cut"})
    made = panel.wait(view["id"])
    assert made["scenes"][0]["line"]["recorded"]
    assert made["scenes"][0]["line"]["duration"] == pytest.approx(2, abs=0.05)
    content = panel.ask("GET", made["reel"]["video"]).content
    with av.open(io.BytesIO(content)) as container:
        frames = list(container.decode(video=0))
        red, green, _ = frames[24].to_ndarray(format="rgb24").mean(axis=(0, 1))
    assert red > 2 * green
    for body, kind, status in (
        (b"", "image/png", 400),
        (b"no picture at all", "image/png", 400),
        (b"<html>", "text/html", 415),
    ):
        answer = panel.ask("POST", path, data=body, headers={"Content-Type": kind})
        assert answer.status_code == status, answer.text


def test_two_films_wait_in_turn_and_each_can_be_stopped(panel: Panel, comfyui: ComfyUI, film: View):
    first = panel.make(f"A shepherd counts {uuid.uuid4().hex[:6]}", **LONG)
    second, third = (panel.make(f"A shepherd counts {uuid.uuid4().hex[:6]}") for _ in range(2))
    panel.until(first["id"], "running")
    waiting = panel.film(third["id"])["job"]
    assert (waiting["state"], waiting["position"]) == ("waiting", 2)
    # Whoever waits for the end is answered when there was time enough for it, or was not.
    assert panel.get(f"/films/{third['id']}/wait?seconds=0.1")["job"]["state"] == "waiting"
    # As long as the film that was rehearsed before took, for the one between.
    assert waiting["wait"] > 0
    busy = panel.refused(f"/films/{first['id']}/run", {"action": "rehearse"}, 409)
    assert "being worked on" in busy["detail"]
    panel.post(f"/films/{third['id']}/cancel")
    panel.wait(third["id"], "cancelled")
    panel.post(f"/films/{first['id']}/cancel")
    stopped = panel.wait(first["id"], "cancelled")
    assert stopped["state"] == "stopped"
    # Nobody else's prompt was hit.
    panel.wait(second["id"])
    panel.post(f"/films/{third['id']}/resume")
    assert panel.wait(third["id"])["state"] == "done"


def test_a_film_that_is_urgent_goes_first(panel: Panel):
    block = panel.make(f"A miller {uuid.uuid4().hex[:6]}", **LONG)
    panel.until(block["id"], "running")
    names = [("last", 3), ("normal", 2), ("first", 1)]
    films = [
        (panel.make(f"A miller, {name} {uuid.uuid4().hex[:6]}", priority=name)["id"], place)
        for name, place in names
    ]
    found = [(film_id, panel.film(film_id)["job"]["position"]) for film_id, _ in films]
    assert found == films
    for film_id in (block["id"], *(film_id for film_id, _ in films)):
        panel.post(f"/films/{film_id}/cancel")
        panel.wait(film_id, "cancelled")


def test_what_comfyuis_own_queue_throws_out_is_cancelled(panel: Panel, comfyui: ComfyUI):
    block = panel.make(f"A diver {uuid.uuid4().hex[:6]}", **LONG)
    panel.until(block["id"], "running")
    view = panel.make(f"A diver again {uuid.uuid4().hex[:6]}")
    requests.post(f"{comfyui.url}/queue", json={"delete": [view["job"]["id"]]}, timeout=60)
    panel.wait(view["id"], "cancelled")
    comfyui.interrupt()
    panel.wait(block["id"], "cancelled")


def test_a_film_is_written_first_and_shot_later(panel: Panel):
    view = panel.wait(panel.make(f"A painter {uuid.uuid4().hex[:6]}", action="write")["id"])
    assert view["reel"] is None
    assert all(scene["line"] for scene in view["scenes"])
    panel.post(f"/films/{view['id']}/run", {"action": "rehearse"})
    made = panel.wait(view["id"])
    assert [scene["narration"] for scene in made["scenes"]] == [
        scene["narration"] for scene in view["scenes"]
    ]
    assert made["revision"] == view["revision"]


def test_a_screenplay_of_ones_own_is_filmed(panel: Panel):
    scenes = [{"narration": "Nobody came back."}, {"narration": "The sea is calm."}]
    body = {"screenplay": {"title": "Calm", "scenes": scenes}, "options": {"resolution": "480p"}}
    made = panel.wait(panel.post("/films", body)["id"])
    assert [scene["narration"] for scene in made["scenes"]] == [
        "Nobody came back.",
        "The sea is calm.",
    ]
    patched = panel.ask("PATCH", f"/films/{made['id']}", json={"title": "Calmer"})
    assert patched.json()["title"] == "Calmer"
    copy = panel.post(f"/films/{made['id']}/duplicate", status=201)
    assert copy["id"] != made["id"]
    assert [scene["narration"] for scene in copy["scenes"]] == [
        scene["narration"] for scene in made["scenes"]
    ]


def test_a_script_is_filmed(panel: Panel):
    script = "Title: Calm\n\nEXT. SEA - DAY\n\nGrey.\n\nNARRATOR\nThe sea is *calm*.\n"
    made = panel.post("/films", {"screenplay": script, "action": "none"})
    assert made["title"] == "Calm"
    assert made["brief"]["language"] == "en"
    usual = {"language": "de", "aspect": "9:16", "action": "none"}
    german = panel.post("/films", {"screenplay": "Das Meer ist still.", **usual})
    assert (german["brief"]["language"], german["brief"]["aspect"]) == ("de", "9:16")
    assert [(scene["title"], scene["narration"]) for scene in made["scenes"]] == [
        ("EXT. SEA - DAY", "The sea is calm.")
    ]
    assert panel.post("/estimate", {"screenplay": script}, status=200)["scenes"] == 1


def test_a_wish_becomes_changes_that_are_shown_first(panel: Panel):
    view = panel.made("A postman on an island", action="write")
    wish = panel.post(f"/films/{view['id']}/proposals", {"text": "make scene 1 darker"})
    assert wish["changes"]
    assert wish["diff"][0]["scene"] == view["scenes"][0]["id"]
    assert panel.film(view["id"])["revision"] == view["revision"]
    edited = panel.edit(view, *wish["changes"])
    assert edited["revision"] != view["revision"]
    first, second = ({"scene": each["id"]} for each in view["scenes"][:2])
    still = [{"op": "set", **each, "fields": {"camera": "static"}} for each in (first, second)]
    edited = panel.edit(edited, *still)
    directed = panel.post(f"/films/{view['id']}/direct", {"director": "built-in"})
    assert directed["by"] == "built-in"
    assert (second["scene"], "camera") in [
        (each["scene"], each["field"]) for each in directed["diff"]
    ]
    changed = panel.edit(edited, *directed["changes"])
    assert changed["scenes"][1]["camera"] != "static"
    problem = panel.refused(f"/films/{view['id']}/proposals", {"text": "blorb the frobnitz"}, 400)
    assert "darker" in problem["detail"]


def test_a_price_is_known_before_anything_is_written(panel: Panel):
    body = {"brief": {"idea": "A potter", "duration": 16}, "options": {"renderer": "veo"}}
    price = panel.post("/estimate", body)
    assert float(price["at_most"]) > 0
    assert price["quick"]
    assert not price["allowed"]
    assert "settings buying on" in price["why"]
    assert panel.post("/estimate", {"brief": {"idea": "A potter"}})["at_most"] == "0.00"
    assert panel.refused("/estimate", {}, 400)["detail"]


def test_an_idea_in_another_language_than_its_film_says_what_to_do(panel: Panel):
    brief = {"idea": "Ein W\u00e4rter, der sich vor der Dunkelheit f\u00fcrchtet", "language": "fr"}
    said = "The idea is in German, but the film's language is French: set the language to 'de'"
    assert panel.refused("/estimate", {"brief": brief}, 400)["detail"].startswith(said)
    # A language model writes it all the same.
    for writer in ("ollama", "best"):
        assert panel.post("/estimate", {"brief": brief, "options": {"writer": writer}})["scenes"]


OWN = "one scene a run"


def test_a_workflow_of_ones_own_makes_the_film_scene_by_scene(panel: Panel, comfyui: ComfyUI):
    folder = comfyui.private / "workflows"
    folder.mkdir(exist_ok=True)
    (folder / f"{OWN}.json").write_text(json.dumps(workflow("scene_by_scene")), "utf-8")
    broken = {
        "of nobody": {"class_type": "NodeOfNobody", "inputs": {}},
        **workflow("scene_by_scene"),
    }
    (folder / "broken.json").write_text(json.dumps(broken), "utf-8")
    (folder / "nonsense.json").write_text("{", "utf-8")
    listed = {each["name"]: each for each in panel.get("/workflows")["workflows"]}
    assert not listed[OWN]["shipped"]
    assert listed["first_film"]["shipped"]
    assert listed["veo_film"]["paid"]
    assert listed["broken"]["missing"] == ["NodeOfNobody"]
    assert listed["nonsense"]["words"]
    view = panel.make(f"A smith and her bell {uuid.uuid4().hex[:6]}", workflow=OWN)
    made = panel.wait(view["id"])
    assert len(made["scenes"]) == 2
    assert {take["state"] for scene in made["scenes"] for take in scene["takes"]} == {"ready"}
    assert made["reel"]["current"]
    for name, words in (("broken", "NodeOfNobody"), ("nobody's", ""), ("nonsense", "read")):
        brief = {"idea": f"A film of {name}", "duration": 8}
        answer = panel.ask("POST", "/films", json={"brief": brief, "workflow": name})
        assert answer.status_code in (400, 409), answer.text
        assert words in answer.json()["detail"]
    paid = {"brief": {"idea": "A film that costs", "duration": 8}, "workflow": "veo_film"}
    assert "Buying is off" in panel.refused("/films", paid, 409)["detail"]


def test_a_table_of_films_is_priced_and_made_and_goes_on(panel: Panel):
    word = uuid.uuid4().hex[:6]
    table = (
        "idea,duration,scene_count,resolution\n"
        f"A tailor {word},8,2,480p\n"
        f"A cook {word},8,2,480p\n"
        ",8,2,480p\n"
    )
    sent: dict[str, Any] = {"data": table.encode(), "headers": {"Content-Type": "text/csv"}}
    priced = panel.ask("POST", "/batches?preview=true", **sent).json()
    assert [row["state"] for row in priced["rows"]] == ["priced", "priced", "bad"]
    assert priced["at_most"] == "0.00"
    batch = panel.ask("POST", "/batches", **sent)
    assert batch.status_code == 202, batch.text
    films = [row["film"] for row in batch.json()["rows"]]
    assert films[2] is None
    for film_id in films[:2]:
        panel.wait(film_id)
    again = panel.ask("POST", "/batches", **sent).json()
    assert again["id"] == batch.json()["id"]
    assert [row["film"] for row in again["rows"]] == films
    report = panel.get(f"/batches/{again['id']}")
    assert [row["state"] for row in report["rows"]] == ["made", "made", "bad"]
    assert panel.ask("POST", "/batches?action=shoot", **sent).status_code == 409
    assert panel.ask("GET", "/batches/0123456789abcdef").status_code == 404
    wrong = {**sent, "headers": {"Content-Type": "text/plain"}}
    assert panel.ask("POST", "/batches", **wrong).status_code == 415


def test_a_film_is_deleted_with_what_it_made(panel: Panel, comfyui: ComfyUI):
    view = panel.made("A sculptor and his last stone")
    folder = comfyui.output / "onereel" / "films" / view["id"]
    assert list(folder.glob("*.mp4"))
    assert panel.ask("DELETE", f"/films/{view['id']}").status_code == 204
    assert not folder.exists()
    assert panel.ask("GET", f"/films/{view['id']}").status_code == 404
    assert panel.ask("GET", view["reel"]["video"]).status_code == 404
    assert panel.ask("DELETE", f"/films/{view['id']}").status_code == 404
    busy = panel.make(f"A sculptor again {uuid.uuid4().hex[:6]}", **LONG)
    assert panel.ask("DELETE", f"/films/{busy['id']}").status_code == 409
    panel.post(f"/films/{busy['id']}/cancel")
    panel.wait(busy["id"], "cancelled")


def test_music_is_brought_and_plays(panel: Panel):
    tone = np.sin(np.arange(48000 * 4) / 48000 * 2 * np.pi * 440) * 0.3
    sound = io.BytesIO()
    soundfile.write(sound, tone, 48000, format="WAV")
    sent: dict[str, Any] = {"data": sound.getvalue(), "headers": {"Content-Type": "audio/wav"}}
    music = panel.ask("POST", "/music", **sent).json()["music"]
    made = panel.made("A violin in the attic", options={"music": music})
    graph = panel.get(f"/films/{made['id']}/graph")["prompt"]
    assert "OneReelAddSoundtrack" in {node["class_type"] for node in graph.values()}
    for wrong in ("../../../etc/passwd", "music/../../x.flac", "/etc/passwd"):
        body = {"brief": {"idea": "A film"}, "options": {"music": wrong}}
        assert panel.refused("/films", body, 400)["fields"][0]["name"] == "options.music"


def test_what_a_film_needs_is_told_and_nothing_is_fetched(panel: Panel, ollama: OllamaStandIn):
    asked = len(ollama.asked("/api/pull"))
    setup = panel.get("/setup?writer=ollama&model=llama3.2")
    assert setup["free"] > 0
    assert any(part["needed"] for part in setup["parts"])
    assert panel.ask("POST", "/setup/voice-nobody").status_code == 404
    assert panel.ask("DELETE", "/setup/voice-nobody").status_code == 404
    assert len(ollama.asked("/api/pull")) == asked


def test_what_is_not_there_is_not_there(panel: Panel):
    for method, path in (
        ("GET", "/films/0123456789abcdef"),
        ("GET", "/films/nothing"),
        ("GET", "/films/0123456789abcdef/graph"),
        ("GET", "/films/0123456789abcdef/export/film"),
        ("POST", "/films/0123456789abcdef/cancel"),
        ("POST", "/films/0123456789abcdef/resume"),
        ("POST", "/films/0123456789abcdef/undo"),
        ("POST", "/films/0123456789abcdef/duplicate"),
    ):
        assert panel.ask(method, path).status_code == 404, path


def test_no_answer_names_a_folder_of_this_machine(panel: Panel, comfyui: ComfyUI):
    heard = "\n".join(panel.heard)
    for folder in (comfyui.private, comfyui.output):
        assert str(folder) not in heard
    assert str(Path.home()) not in heard


def test_a_film_is_told_again_and_gets_another_shape(panel: Panel):
    view = panel.wait(panel.make("A ferry that is told again", action="write")["id"])
    path, scenes = f"/films/{view['id']}", {scene["id"] for scene in view["scenes"]}
    told = panel.post(f"{path}/scripts", {"template": "trailer", "tone": "funny"})
    assert (told["preview"]["changed"], told["preview"]["again"]) == ([], [])
    assert panel.get(path)["revision"] == view["revision"]
    again = panel.edit(view, *told["changes"])
    assert (again["brief"]["template"], again["brief"]["tone"]) == ("trailer", "funny")
    assert not scenes & {scene["id"] for scene in again["scenes"]}
    tall = panel.ask("PATCH", path, json={"aspect": "9:16"}).json()
    assert (tall["id"], tall["brief"]["aspect"]) == (view["id"], "9:16")
    (card,) = [each for each in panel.get("/films?limit=200")["films"] if each["id"] == view["id"]]
    assert card["aspect"] == "9:16"
    for _ in range(2):
        back = panel.post(f"{path}/undo")
    assert back["brief"] == view["brief"]
    assert {scene["id"] for scene in back["scenes"]} == scenes
    refused = panel.refused(f"{path}/scripts", {"template": "nowhere"}, 400)
    assert "nowhere" in refused["detail"]
