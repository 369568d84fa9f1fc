from __future__ import annotations

import asyncio
import json
import socket
import threading
from fractions import Fraction
from pathlib import Path

import pytest

from onereel.errors import (
    AddKey,
    Cancelled,
    ChooseAnotherModel,
    PullModel,
    ReviseSetting,
    StartOllama,
    TryAgain,
)
from onereel.home import Home
from onereel.settings import OllamaSettings, Settings
from onereel.story.brief import Brief
from onereel.story.looks import looks
from onereel.story.pace import estimate
from onereel.story.screenplay import Screenplay
from onereel.story.writers.ollama import list_models, write_with_ollama
from onereel.work import Cancel, Progress, Report
from tests.standins.ollama import Break, Cut, Hang, Model, OllamaStandIn, Refuse, Say

BRIEF = Brief(
    idea="A lighthouse keeper who is afraid of the dark", duration=Fraction(24), scene_count=4
)
MODEL = "llama3.2"

SCENES = [
    {
        "title": f"Part {number}",
        "description": f"The keeper climbs stair {number}.",
        "narration": narration,
        "prompt": f"An old keeper climbs stone stair {number} with a lamp",
        "camera": "slow push in",
        "mood": "dark",
        "place": "lighthouse",
    }
    for number, narration in enumerate(
        (
            "Every night, Anders counts the stairs aloud.",
            "Ninety-nine steps, and not one of them is lit.",
            "Tonight the lamp goes out while a ship is near.",
            "He climbs in the dark, and the light comes back.",
        ),
        1,
    )
]
FILM = {
    "title": "Ninety-Nine Steps",
    "logline": "A keeper who fears the dark must walk through it.",
    "style": "grainy 16 mm film, lantern light",
    "cast": [{"name": "Anders", "description": "sixty, grey beard, yellow coat"}],
    "scenes": SCENES,
}
GOOD = json.dumps(FILM)


def settings(server: OllamaStandIn, *, timeout: float = 20) -> OllamaSettings:
    return OllamaSettings(host=server.url, timeout=timeout)


def with_scenes(scenes: list[dict[str, str]]) -> str:
    return json.dumps({**FILM, "scenes": scenes})


def check_legal(film: Screenplay, brief: Brief = BRIEF) -> None:
    assert film.duration == brief.duration
    assert all(1 <= scene.duration <= brief.longest_shot for scene in film.scenes)
    assert brief.scene_count in (0, len(film.scenes))
    assert all(scene.prompt for scene in film.scenes)
    assert Screenplay.from_json(film.to_json()) == film


async def write(server: OllamaStandIn, brief: Brief = BRIEF, **options: object) -> Screenplay:
    return await write_with_ollama(brief, settings=settings(server), model=MODEL, **options)


async def test_good_answer_becomes_the_screenplay() -> None:
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        film = await write(server)
    check_legal(film)
    assert film.title == "Ninety-Nine Steps"
    assert film.brief == BRIEF
    assert film.writer == "ollama:llama3.2"
    assert [scene.id for scene in film.scenes] == ["s01", "s02", "s03", "s04"]
    assert [scene.narration for scene in film.scenes] == [s["narration"] for s in SCENES]
    assert film.cast[0].name == "Anders"
    assert all("lantern light" in scene.prompt for scene in film.scenes)


async def test_a_look_that_was_asked_for_takes_the_place_of_the_models() -> None:
    brief = BRIEF.replace(look="watercolour")
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        film = await write(server, brief)
        (request,) = server.asked("/api/chat")
    look = looks()["watercolour"]
    assert f"Look of the whole film: {look.style.in_words()}" in request["messages"][1]["content"]
    assert film.style.replace(sound="") == look.style
    assert all("lantern light" not in scene.prompt for scene in film.scenes)
    assert all(scene.prompt.endswith(look.style.in_words()) for scene in film.scenes)
    assert all(scene.negative_prompt == look.avoid for scene in film.scenes)


async def test_request_carries_schema_context_and_budget() -> None:
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        await write(server, seed=7)
        asked = server.asked("/api/chat")
    assert len(asked) == 1
    (request,) = asked
    scenes = request["format"]["properties"]["scenes"]
    assert (scenes["minItems"], scenes["maxItems"]) == (4, 4)
    assert request["stream"] is True
    assert request["think"] is False
    assert request["options"]["seed"] == 7
    prompt = sum(len(message["content"]) for message in request["messages"]) / 4
    assert request["options"]["num_ctx"] > prompt + len(GOOD) / 4
    assert "exactly 4 scenes" in request["messages"][1]["content"]


async def test_context_grows_with_the_film_and_stays_within_the_models() -> None:
    long = Brief(idea="A year on a farm", duration=Fraction(120), scene_count=24)
    sizes = []
    for brief, limit in ((BRIEF, 131072), (long, 131072), (long, 12288)):
        model = Model(context_length=limit)
        with OllamaStandIn(models=(model,)) as server:
            check_legal(await write(server, brief), brief)
            (request,) = server.asked("/api/chat")
            sizes.append(request["options"]["num_ctx"])
    assert sizes[0] < sizes[2] == 12288 < sizes[1]


async def test_model_with_too_short_a_context_is_told_before_it_writes() -> None:
    with OllamaStandIn(models=(Model(context_length=2048),)) as server:
        with pytest.raises(ChooseAnotherModel, match="longer context"):
            await write(server, Brief(idea="A year on a farm", duration=Fraction(300)))
        assert server.asked("/api/chat") == []


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```\nLet me know if you want changes!",
        f'<think>\nFour scenes {{"scenes": []}} ...\n</think>\n{GOOD}',
        f"So the film is about the dark.\n</think>{GOOD}",
        f"Here is your screenplay:\n\n{GOOD}\n\nI hope it {{helps}}.",
        GOOD.replace("}]}", "},],}").replace('"dark"', '"dark",'),
        json.dumps({"screenplay": FILM}),
        json.dumps(FILM, indent=2).replace('aloud."', 'aloud.\n"'),
        GOOD.replace('"', "'"),
        GOOD[:-2],
        json.dumps({**FILM, "Title": FILM["title"], "mood_board": [1, 2]}),
    ],
    ids=[
        "fenced",
        "fenced with chatter",
        "think tags",
        "only the end of thinking",
        "extra text",
        "trailing comma",
        "wrapped",
        "raw newline in a string",
        "single quotes",
        "brackets never closed",
        "unknown fields",
    ],
)
async def test_mendable_answer_needs_no_second_request(text: str) -> None:
    with OllamaStandIn(chats=[Say(text)]) as server:
        film = await write(server)
        assert len(server.asked("/api/chat")) == 1
    check_legal(film)
    assert [scene.narration for scene in film.scenes] == [s["narration"] for s in SCENES]


async def test_fields_that_can_be_filled_in_are() -> None:
    scenes = [{"narration": s["narration"], "description": s["description"]} for s in SCENES]
    scenes[0]["camera"] = None  # type: ignore[assignment]
    scenes[1]["mood"] = ["dark", "cold"]  # type: ignore[assignment]
    with OllamaStandIn(chats=[Say(json.dumps({"scenes": scenes, "cast": ["Anders"]}))]) as server:
        film = await write(server)
        assert len(server.asked("/api/chat")) == 1
    check_legal(film)
    assert film.title == "A lighthouse keeper who is afraid"
    assert film.scenes[0].prompt == "The keeper climbs stair 1."
    assert film.scenes[1].mood == "dark, cold"
    assert film.cast[0].name == "Anders"


async def test_missing_narration_is_told_to_the_model() -> None:
    broken = [dict(scene) for scene in SCENES]
    del broken[2]["narration"]
    with OllamaStandIn(chats=[Say(with_scenes(broken)), Say(GOOD)]) as server:
        film = await write(server)
        first, second = server.asked("/api/chat")
    assert film.scenes[2].narration == SCENES[2]["narration"]
    assert len(second["messages"]) == len(first["messages"]) + 2
    assert "Scene 3 has no narration." in second["messages"][-1]["content"]
    assert second["options"]["seed"] != first["options"]["seed"]
    assert second["options"]["num_ctx"] == first["options"]["num_ctx"]


@pytest.mark.parametrize("wrong", [2, 3, 7], ids=["two", "three", "seven"])
async def test_wrong_scene_count_is_told_then_made_right(wrong: int) -> None:
    scenes = (SCENES * 2)[:wrong]
    with OllamaStandIn(chats=[Say(with_scenes(scenes))] * 3) as server:
        film = await write(server)
        asked = server.asked("/api/chat")
    check_legal(film)
    assert [request["think"] for request in asked] == [False, False, True]
    assert f"You wrote {wrong} scenes; write exactly 4." in asked[1]["messages"][-1]["content"]
    told = " ".join(scene.narration for scene in film.scenes)
    assert told == " ".join(scene["narration"] for scene in scenes)


async def test_free_scene_count_takes_what_the_model_chose() -> None:
    free = BRIEF.replace(scene_count=0)
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        film = await write(server, free)
        assert len(server.asked("/api/chat")) == 1
    check_legal(film, free)
    assert len(film.scenes) == 4


async def test_one_scene_for_a_long_film_is_told_in_more() -> None:
    brief = Brief(idea="The sea at night", duration=Fraction(60))
    with OllamaStandIn(chats=[Say(with_scenes(SCENES[:1]))] * 3) as server:
        film = await write(server, brief)
    check_legal(film, brief)
    assert len(film.scenes) == brief.fewest_scenes


async def test_narration_over_its_time_is_told_then_cut_at_a_sentence() -> None:
    long = [dict(scene) for scene in SCENES]
    long[1]["narration"] = " ".join(
        f"Step number {word} creaks under his boot." for word in ("one", "two", "three", "four")
    )
    with OllamaStandIn(chats=[Say(with_scenes(long))] * 3) as server:
        film = await write(server)
        told = server.asked("/api/chat")[1]["messages"][-1]["content"]
    check_legal(film)
    assert "The narration of scene 2 takes" in told
    assert "shorten it by" in told
    kept = film.scenes[1].narration
    assert kept.startswith("Step number one creaks under his boot.")
    assert kept.endswith("boot.")
    assert estimate(kept, "en") < BRIEF.longest_shot


async def test_one_endless_sentence_is_kept_and_reported() -> None:
    long = [dict(scene) for scene in SCENES]
    long[1]["narration"] = "and " * 60 + "then it was morning."
    notes: list[Report] = []
    with OllamaStandIn(chats=[Say(with_scenes(long))] * 3) as server:
        film = await write(server, progress=Progress(notes.append))
    check_legal(film)
    assert film.scenes[1].narration.endswith("morning.")
    assert "The narration of scene 2 is one sentence" in notes[-1].note


async def test_durations_of_the_model_are_ignored() -> None:
    wrong = [{**scene, "duration": 99} for scene in SCENES]
    with OllamaStandIn(chats=[Say(with_scenes(wrong))]) as server:
        check_legal(await write(server))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am sorry, I cannot help with that.",
        '{"film": 3}',
        '{"scenes": []}',
        "[[[[{{{{",
        "{" * 2000,
    ],
    ids=["empty", "refusal", "other object", "no scenes", "garbage", "braces"],
)
async def test_answer_without_a_film_is_retried_then_another_model_is_advised(text: str) -> None:
    with OllamaStandIn(chats=[Say(text), Say(GOOD)]) as server:
        assert (await write(server)).title == "Ninety-Nine Steps"
        retry = server.asked("/api/chat")[1]["messages"]
        assert all(message["content"].strip() for message in retry)
    with (
        OllamaStandIn(chats=[Say(text)] * 3) as server,
        pytest.raises(ChooseAnotherModel, match=r"llama3\.2 answered 3 times"),
    ):
        await write(server)
        asked = server.asked("/api/chat")
        assert [request["think"] for request in asked] == [False, False, True]
        assert server.loaded == {}


async def test_answer_cut_for_its_length_is_told() -> None:
    with OllamaStandIn(chats=[Say(GOOD[:600], done_reason="length"), Say(GOOD)]) as server:
        film = await write(server)
        told = server.asked("/api/chat")[1]["messages"][-1]["content"]
    check_legal(film)
    assert "cut off" in told


async def test_model_that_runs_in_circles_is_stopped() -> None:
    with OllamaStandIn(chats=[Say('{"scenes": [' + "\n" * 60000, piece=500), Say(GOOD)]) as server:
        assert (await write(server)).title == "Ninety-Nine Steps"
        assert "cut off" in server.asked("/api/chat")[1]["messages"][-1]["content"]


async def test_thinking_is_heard_but_not_read() -> None:
    notes: list[Report] = []
    good = Say(GOOD, thinking="Should I name the keeper? " * 8)
    with OllamaStandIn(chats=[Say(""), Say(""), good]) as server:
        film = await write(server, progress=Progress(notes.append))
    check_legal(film)
    assert any("Thinking" in report.note for report in notes)


async def test_model_that_refuses_think_is_asked_without() -> None:
    with OllamaStandIn(models=(Model(refuses_think=True),), chats=[Say(GOOD)]) as server:
        check_legal(await write(server))
        first, second = server.asked("/api/chat")
    assert "think" in first
    assert "think" not in second


@pytest.mark.parametrize("capabilities", [("completion",), None], ids=["plain", "old server"])
async def test_model_that_cannot_think_gets_three_attempts(
    capabilities: tuple[str, ...] | None,
) -> None:
    model = Model(capabilities=capabilities)
    with OllamaStandIn(models=(model,), chats=[Say("no"), Say("no"), Say(GOOD)]) as server:
        check_legal(await write(server))


async def test_tokens_are_shown_as_progress() -> None:
    heard: list[Report] = []
    with OllamaStandIn(chats=[Say(GOOD, piece=8)]) as server:
        await write(server, progress=Progress(heard.append))
    fractions = [report.fraction for report in heard]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert len(set(fractions)) > 50
    assert any("Writing scene 3 of about 4" in report.note for report in heard)


async def test_refining_keeps_the_better_version() -> None:
    better = json.dumps({**FILM, "title": "The Dark Stairs"})
    with OllamaStandIn(chats=[Say(GOOD), Say(better)]) as server:
        film = await write(server, refine=True)
        second = server.asked("/api/chat")[1]
    check_legal(film)
    assert film.title == "The Dark Stairs"
    assert "Ninety-Nine Steps" in second["messages"][-2]["content"]


@pytest.mark.parametrize(
    "second", [Say("nothing to add"), Refuse(500, "boom"), Cut(GOOD[:300])], ids=repr
)
async def test_failed_refining_keeps_the_first_version(second: Say | Refuse | Cut) -> None:
    with OllamaStandIn(chats=[Say(GOOD), second]) as server:
        assert (await write(server, refine=True)).title == "Ninety-Nine Steps"


async def test_model_is_unloaded_and_gone_at_the_end() -> None:
    with OllamaStandIn(chats=[Say(GOOD)], lingers=2) as server:
        await write(server)
        (unload,) = server.asked("/api/generate")
        assert unload["keep_alive"] == 0
        assert server.loaded == {}
        assert len(server.asked("/api/ps")) == 3


async def test_model_stays_when_asked_to() -> None:
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        await write(server, unload=False)
        assert list(server.loaded) == ["llama3.2:latest"]
        assert server.asked("/api/generate") == []


async def test_film_survives_a_server_that_cannot_unload(caplog: pytest.LogCaptureFixture) -> None:
    faults = {"/api/generate": [Refuse(500, "busy")]}
    with OllamaStandIn(chats=[Say(GOOD)], faults=faults) as server:
        check_legal(await write(server))
    assert "still holds" in caplog.text


async def test_server_down_says_start_ollama(caplog: pytest.LogCaptureFixture) -> None:
    with OllamaStandIn() as server:
        gone = settings(server)
    with pytest.raises(StartOllama, match="start Ollama") as caught:
        await write_with_ollama(BRIEF, settings=gone, model=MODEL)
    assert gone.host in caught.value.user_message
    with pytest.raises(StartOllama):
        await list_models(gone)
    assert "still holds" not in caplog.text


async def test_server_that_hangs_up_at_once_says_try_again() -> None:
    with (
        OllamaStandIn(faults={"/api/show": [Cut()]}) as server,
        pytest.raises(TryAgain, match="broke off"),
    ):
        await write(server)


async def test_something_else_at_the_address() -> None:
    ready = socket.create_server(("127.0.0.1", 0))

    def greet() -> None:
        for _ in range(3):
            connection, _ = ready.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n<html>hello"
                )

    thread = threading.Thread(target=greet, daemon=True)
    thread.start()
    host = f"http://127.0.0.1:{ready.getsockname()[1]}"
    with pytest.raises(StartOllama, match="not as Ollama does"):
        await write_with_ollama(BRIEF, settings=OllamaSettings(host=host), model=MODEL)
    with pytest.raises(StartOllama, match="not as Ollama does"):
        await list_models(OllamaSettings(host=host))
    thread.join(5)
    ready.close()


@pytest.mark.parametrize("host", ["http://127.0.0.1:99999", "ftp://127.0.0.1", "http://[::1"])
async def test_bad_address_says_which_setting(host: str) -> None:
    with pytest.raises(ReviseSetting, match=r"\[ollama\]"):
        await write_with_ollama(BRIEF, settings=OllamaSettings(host=host), model=MODEL)


async def test_missing_model_says_what_to_pull() -> None:
    with OllamaStandIn() as server, pytest.raises(PullModel, match="`ollama pull qwen3:8b`"):
        await write_with_ollama(BRIEF, settings=settings(server), model="qwen3:8b")
        with pytest.raises(PullModel):
            await write_with_ollama(BRIEF, settings=settings(server), model="")


@pytest.mark.parametrize("hang", [Hang(), Hang(GOOD[:400])], ids=["at once", "in the middle"])
async def test_hang_ends_with_the_time_out(hang: Hang) -> None:
    with (
        OllamaStandIn(chats=[hang]) as server,
        pytest.raises(TryAgain, match=r"nothing for 0\.5 s"),
    ):
        await write_with_ollama(BRIEF, settings=settings(server, timeout=0.5), model=MODEL)


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (Cut(), "broke off"),
        (Cut(GOOD[:500]), "broke off"),
        (Cut(GOOD[:500], politely=True), "broke off"),
        (Refuse(500, "llama runner process has terminated"), "llama runner"),
        (Refuse(503, "server busy, please try again"), "server busy"),
        (Break(GOOD[:300]), "CUDA error"),
    ],
    ids=["cut at once", "cut midway", "ended midway", "500", "503", "error in the stream"],
)
async def test_broken_service_says_try_again(behaviour: Cut | Refuse | Break, words: str) -> None:
    with OllamaStandIn(chats=[behaviour]) as server, pytest.raises(TryAgain, match=words):
        await write(server)


async def test_model_too_big_and_model_that_cannot_chat() -> None:
    memory = "model requires more system memory (5.6 GiB) than is available (3.1 GiB)"
    with (
        OllamaStandIn(chats=[Refuse(500, memory)]) as server,
        pytest.raises(ChooseAnotherModel, match="smaller model"),
    ):
        await write(server)
    with (
        OllamaStandIn(models=(Model(capabilities=("embedding",)),)) as server,
        pytest.raises(ChooseAnotherModel, match="does not support chat"),
    ):
        await write(server)


async def test_server_that_wants_a_sign_in() -> None:
    with (
        OllamaStandIn(chats=[Refuse(401, "unauthorized")]) as server,
        pytest.raises(AddKey, match="ollama signin"),
    ):
        await write(server)


@pytest.mark.parametrize(
    "behaviour", [Hang(), Hang(GOOD[:300]), Say(GOOD, piece=4, pause=0.05)], ids=repr
)
async def test_cancel_is_obeyed_while_it_writes(behaviour: Hang | Say) -> None:
    cancel = Cancel()
    with OllamaStandIn(chats=[behaviour]) as server:
        writing = asyncio.create_task(write(server, cancel=cancel))
        while not server.asked("/api/chat"):
            await asyncio.sleep(0.02)
        cancel.request()
        with pytest.raises(Cancelled):
            await asyncio.wait_for(writing, 60)
        assert len(server.asked("/api/chat")) == 1
        assert len(server.asked("/api/generate")) == 1


async def test_cancel_before_the_start_sends_no_chat() -> None:
    cancel = Cancel()
    cancel.request()
    with OllamaStandIn() as server, pytest.raises(Cancelled):
        await write(server, cancel=cancel)
        assert server.asked("/api/chat") == []


async def test_models_are_listed_without_those_that_cannot_write() -> None:
    models = (Model("qwen3:8b"), Model("nomic-embed-text:latest", family="nomic-bert"), Model())
    with OllamaStandIn(models=models) as server:
        assert await list_models(settings(server)) == ("qwen3:8b", "llama3.2:latest")
    with OllamaStandIn(models=()) as server:
        assert await list_models(settings(server)) == ()
    with (
        OllamaStandIn(faults={"/api/tags": [Refuse(500, "boom")]}) as server,
        pytest.raises(TryAgain, match="boom"),
    ):
        await list_models(settings(server))


async def test_key_of_ollama_com_stays_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", "secret")
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        await write(server)
        assert server.requests
        assert not any("secret" in str(request.headers) for request in server.requests)


async def test_proxy_is_not_asked_for_a_local_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        check_legal(await write(server))


def test_host_falls_back_to_ollamas_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    assert OllamaSettings().host == "http://127.0.0.1:11434"
    monkeypatch.setenv("OLLAMA_HOST", "0.0.0.0:11500")
    assert OllamaSettings().host == "127.0.0.1:11500"
    assert OllamaSettings(host="http://studio:1").host == "http://studio:1"
    monkeypatch.setenv("OLLAMA_HOST", "10.0.0.0")
    assert OllamaSettings().host == "10.0.0.0"


def test_settings_file_and_variables_name_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(private=tmp_path, media=tmp_path / "media")
    monkeypatch.setenv("OLLAMA_HOST", "studio:1")
    assert Settings.load(home).ollama.host == "studio:1"
    (tmp_path / "settings.toml").write_text('[ollama]\nhost = "http://file:2"\n', "utf-8")
    assert Settings.load(home).ollama.host == "http://file:2"
    monkeypatch.setenv("ONEREEL_OLLAMA__HOST", "http://variable:3")
    assert Settings.load(home).ollama.host == "http://variable:3"


@pytest.mark.parametrize(
    ("language", "narration"),
    [
        ("ja", "\u706f\u53f0\u5b88\u306f\u591c\u3092\u6050\u308c\u308b\u3002"),
        (
            "ar",
            "\u064a\u062e\u0627\u0641 \u0645\u0646 \u0627\u0644\u0638\u0644\u0627\u0645.",
        ),
    ],
)
async def test_other_scripts_survive_the_stream(language: str, narration: str) -> None:
    brief = BRIEF.replace(language=language)
    text = json.dumps(
        {**FILM, "scenes": [{**scene, "narration": narration} for scene in SCENES]},
        ensure_ascii=False,
    )
    with OllamaStandIn(chats=[Say(text, piece=3)]) as server:
        film = await write(server, brief)
    check_legal(film, brief)
    assert all(scene.narration == narration for scene in film.scenes)


async def test_half_a_character_does_not_reach_the_file() -> None:
    text = GOOD.replace("Every night", "Every night \\ud83d")
    with OllamaStandIn(chats=[Say(text)]) as server:
        film = await write(server)
    check_legal(film)
    assert film.to_json().encode()


async def test_two_writers_at_once_and_one_per_event_loop() -> None:
    with OllamaStandIn() as server:
        films = await asyncio.gather(write(server, unload=False), write(server, unload=False))
        assert films[0] == films[1]
        other = await asyncio.to_thread(lambda: asyncio.run(write(server)))
    assert other == films[0]


async def test_small_context_retries_without_the_earlier_answer() -> None:
    models = (Model(context_length=3072),)
    with OllamaStandIn(models=models, chats=[Say(with_scenes(SCENES[:2])), Say(GOOD)]) as server:
        check_legal(await write(server, refine=True))
        asked = server.asked("/api/chat")
    assert [len(request["messages"]) for request in asked] == [2, 2]
    assert "You wrote 2 scenes; write exactly 4." in asked[1]["messages"][1]["content"]


async def test_a_model_keeps_places_and_things_the_same() -> None:
    bible = [
        {"kind": "place", "name": "The lamp room", "description": "round, of brass", "wearer": ""},
        {"kind": "wardrobe", "name": "the coat", "description": "an oilskin", "wearer": "Anders"},
        {"kind": "wardrobe", "name": "THE COAT", "description": "of wool", "wearer": ""},
        {"kind": "smell", "name": "salt", "description": "sharp", "wearer": ""},
        {"kind": "prop", "name": "the letter", "description": "", "wearer": ""},
        "a lantern",
    ]
    scenes = [{**each, "uses": ["The Coat", "salt", "a ship"]} for each in SCENES]
    told = json.dumps({**FILM, "bible": bible, "scenes": scenes})
    with OllamaStandIn(chats=[Say(told)]) as server:
        film = await write(server)
        schema = server.asked("/api/chat")[0]["format"]
    assert [(each.name, each.wearer) for each in film.bible] == [
        ("The lamp room", ""),
        ("the coat", "Anders"),
    ]
    assert all(scene.uses == ("the coat",) for scene in film.scenes)
    assert schema["properties"]["bible"]["maxItems"] < 20
    uses = schema["$defs"]["AnswerScene"]["properties"]["uses"]
    assert uses["maxItems"] < 20
    assert uses["items"]["maxLength"] < 100


@pytest.mark.parametrize("bible", [None, {}, "none", [None, 3, []], [{"name": None}]])
async def test_a_bible_that_is_none_does_no_harm(bible: object) -> None:
    told = json.dumps({**FILM, "bible": bible})
    with OllamaStandIn(chats=[Say(told)]) as server:
        film = await write(server)
    check_legal(film)
    assert film.bible == ()


async def test_schema_bounds_what_a_model_may_repeat() -> None:
    with OllamaStandIn(chats=[Say(GOOD)]) as server:
        await write(server)
        schema = server.asked("/api/chat")[0]["format"]
    parts = [schema, *schema["$defs"].values()]
    texts = [f for part in parts for f in part["properties"].values() if f.get("type") == "string"]
    assert len(texts) == 16
    # llama.cpp refuses a grammar that repeats anything 2000 times.
    assert all("enum" in field or 0 < field["maxLength"] < 2000 for field in texts)
    assert schema["properties"]["cast"]["maxItems"] < 20
    assert all(set(part["required"]) == set(part["properties"]) for part in parts)
