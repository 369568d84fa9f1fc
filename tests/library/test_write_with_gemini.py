"""Write Script (Gemini) with the real SDK against the stand-in, every fault of its plan."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onereel.errors import (
    AddKey,
    Cancelled,
    ChooseAnotherModel,
    EnterPrice,
    OneReelError,
    RaiseCap,
    RevisePrompt,
    ReviseSetting,
    SwitchOnBuying,
    TryAgain,
    WaitForQuota,
)
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.remote import Patience, Remote
from onereel.settings import (
    BuyingSettings,
    GoogleSettings,
    OllamaSettings,
    Settings,
    WritingSettings,
)
from onereel.shoot.ledger import Ledger, Spending
from onereel.shoot.models.registry import Registry
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Screenplay
from onereel.story.writers.gemini import list_gemini_models, write_with_gemini
from onereel.story.writers.text_model import TextModel
from onereel.work import Cancel, Progress, Report
from onereel.writers import WRITERS
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY

BRIEF = Brief(
    idea="A lighthouse keeper who is afraid of the dark", duration=Fraction(24), scene_count=4
)
FLASH = "gemini-3.8-flash"
PATIENCE = Patience(connect=5, silence=2, call=5, attempts=3, base=0.01, most=0.05)
NARRATIONS = (
    "Every night, Anders counts the stairs aloud.",
    "Ninety-nine steps, and not one of them is lit.",
    "Tonight the lamp goes out while a ship is near.",
    "He climbs in the dark, and the light comes back.",
)
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
    for number, narration in enumerate(NARRATIONS, 1)
]
FILM = {
    "title": "Ninety-Nine Steps",
    "logline": "A keeper who fears the dark must walk through it.",
    "style": "grainy 16 mm film, lantern light",
    "cast": [{"name": "Anders", "description": "sixty, grey beard, yellow coat"}],
    "scenes": SCENES,
}
GOOD = json.dumps(FILM)


class Room:
    """A stand-in, a home, and a writer that works there."""

    def __init__(self, google: Google, folder: Path) -> None:
        self.google = google
        self.home = Home(folder / "private", folder / "media")
        self.heard: list[Report] = []

    def settings(self, *, buying: dict[str, Any] | None = None, **google: Any) -> Settings:
        door = {"gemini_address": self.google.url, "gemini_api_key": GEMINI_KEY, **google}
        return Settings(
            google=GoogleSettings(**door),
            buying=BuyingSettings(**({"on": True} if buying is None else buying)),
            ollama=OllamaSettings(host="http://127.0.0.1:9"),
            writing=WritingSettings(),
        )

    async def write(self, brief: Brief = BRIEF, **more: Any) -> Screenplay:
        """Without the ledger: a key that pays nothing."""
        known = {
            "settings": self.settings().google,
            "model": TextModel(name=FLASH, label=FLASH),
            "remote": Remote(more.pop("patience", PATIENCE)),
            "progress": Progress(self.heard.append),
        }
        return await write_with_gemini(brief, **{**known, **more})

    async def stage(
        self, brief: Brief = BRIEF, settings: Settings | None = None, **told: Any
    ) -> Screenplay:
        """As the stage does it: with the ledger, and kept scripts."""
        work = Work(self.home, settings or self.settings())
        asked = {"model": "", "seed": 0, "remote": Remote(PATIENCE), **told}
        made = await WRITERS["gemini"].run(work, brief=brief, **asked)
        found: Screenplay = made["screenplay"]
        return found

    def bodies(self) -> list[Any]:
        return [r.json for r in self.google.requests if r.path.endswith("GenerateContent")]

    def spent(self) -> tuple[Spending, ...]:
        with Ledger.open(self.home) as ledger:
            return ledger.spendings()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Google() as google:
        yield Room(google, tmp_path)


def check_legal(film: Screenplay, brief: Brief = BRIEF) -> None:
    assert film.duration == brief.duration
    assert all(1 <= scene.duration <= brief.longest_shot for scene in film.scenes)
    assert brief.scene_count in (0, len(film.scenes))
    assert Screenplay.from_json(film.to_json()) == film


async def test_good_answer_becomes_the_screenplay(room: Room) -> None:
    room.google.gemini.texts = [GOOD]
    film = await room.write()
    check_legal(film)
    assert film.writer == "gemini:gemini-3.8-flash"
    assert tuple(scene.narration for scene in film.scenes) == NARRATIONS
    fractions = [report.fraction for report in room.heard]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert len(set(fractions)) > 3


async def test_what_is_asked(room: Room) -> None:
    room.google.gemini.texts = [GOOD]
    known = Registry.load(room.home).text("")
    await room.write(model=known, seed=7, thinking="medium")
    (request,) = room.google.requests
    assert request.path == f"/v1/models/{FLASH}:streamGenerateContent"
    body = request.json
    config = body["generationConfig"]
    assert config["responseMimeType"] == "application/json"
    assert config["responseJsonSchema"]["properties"]["scenes"]["minItems"] == 4
    # What Gemini's structured output does not know, and what is deprecated from 3.6 on.
    assert "maxLength" not in json.dumps(config)
    assert "temperature" not in config
    # The SDK leaves the names inside as they are; Google reads both spellings.
    assert config["thinkingConfig"] == {"thinking_level": "MEDIUM"}
    assert config["seed"] == 7
    assert 16_000 < config["maxOutputTokens"] <= 65_536
    assert "You write short narrated films" in body["systemInstruction"]["parts"][0]["text"]
    assert "exactly 4 scenes" in body["contents"][0]["parts"][0]["text"]


async def test_temperature_only_where_the_model_has_it(room: Room) -> None:
    warmths = []
    for creativity in (0.0, 1.0):
        await room.write(
            BRIEF.replace(creativity=creativity),
            model=Registry.load(room.home).text("gemini-3.5-flash-lite"),
        )
        warmths.append(room.bodies()[-1]["generationConfig"]["temperature"])
    assert warmths[0] < 0.6 < 1.2 < warmths[1]


async def test_the_longer_it_thinks_the_more_room_it_has(room: Room) -> None:
    for thinking in ("low", "auto", "high"):
        await room.write(thinking=thinking)
    configs = [body["generationConfig"] for body in room.bodies()]
    levels = [config.get("thinkingConfig", {}).get("thinking_level") for config in configs]
    assert levels == ["LOW", None, "HIGH"]
    longest = [config["maxOutputTokens"] for config in configs]
    assert sorted(set(longest)) == longest


async def test_a_level_that_the_model_does_not_take_is_left_out(room: Room) -> None:
    only_high = TextModel(name=FLASH, label=FLASH, thinking=("high",))
    await room.write(model=only_high, thinking="low")
    assert "thinkingConfig" not in room.bodies()[0]["generationConfig"]


@pytest.mark.parametrize(
    "text",
    [f"```json\n{GOOD}\n```", f"Here it is:\n{GOOD}", GOOD[:-2], GOOD.replace('"', "'")],
    ids=["fenced", "chatter", "never closed", "single quotes"],
)
async def test_mendable_answer_needs_no_second_request(room: Room, text: str) -> None:
    room.google.gemini.texts = [text]
    film = await room.write()
    assert tuple(scene.narration for scene in film.scenes) == NARRATIONS
    assert len(room.bodies()) == 1


async def test_wrong_answer_is_told_and_asked_again(room: Room) -> None:
    room.google.gemini.texts = [json.dumps({**FILM, "scenes": SCENES[:2]}), GOOD]
    check_legal(await room.write(seed=3))
    first, second = room.bodies()
    assert [turn["role"] for turn in second["contents"]] == ["user", "model", "user"]
    assert "You wrote 2 scenes; write exactly 4." in second["contents"][2]["parts"][0]["text"]
    seeds = [body["generationConfig"]["seed"] for body in (first, second)]
    assert seeds == [3, 4]


async def test_never_a_film_advises_another_model(room: Room) -> None:
    room.google.gemini.texts = ["I am sorry."] * 3
    with pytest.raises(ChooseAnotherModel, match="answered 3 times"):
        await room.write()


async def test_answer_cut_for_its_length_is_told(room: Room) -> None:
    room.google.gemini.texts = [GOOD, GOOD]
    room.google.plan.set([Fault("unfinished", where="outcome")])
    check_legal(await room.write())
    assert "cut off" in room.bodies()[1]["contents"][-1]["parts"][0]["text"]


async def test_model_that_runs_in_circles_is_stopped(room: Room) -> None:
    room.google.gemini.texts = ['{"scenes": [' + " \n" * 60_000, GOOD]
    check_legal(await room.write())
    assert "cut off" in room.bodies()[1]["contents"][-1]["parts"][0]["text"]


@pytest.mark.parametrize(
    "fault",
    [Fault("429", where="text", retry=0.01), Fault("503", where="text")],
    ids=["quota", "overloaded"],
)
async def test_what_was_not_taken_is_asked_again(room: Room, fault: Fault) -> None:
    room.google.gemini.texts = [GOOD]
    room.google.plan.set([fault])
    check_legal(await room.write())
    assert len(room.bodies()) == 2


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault("429", where="text", times=None, retry=0.01), WaitForQuota, "no more requests"),
        (Fault("503", where="text", times=None), TryAgain, "overloaded"),
        (Fault("500", where="text", times=None), TryAgain, "500"),
        (Fault("403", where="text", times=None), AddKey, "settings check"),
        (Fault("404", where="text", times=None), ChooseAnotherModel, "does not have"),
        (Fault("400", where="text", times=None), ChooseAnotherModel, "cannot write this"),
        (Fault("garbage", where="text", times=None), TryAgain, "no answer|broke off"),
        (Fault("truncated", where="text", times=None), TryAgain, "no answer|broke off"),
        (Fault("void", where="text", times=None), TryAgain, "no answer|broke off"),
        (Fault("cut", where="text", times=None), TryAgain, "broke off|no answer"),
        (Fault("reset", where="text", times=None), TryAgain, "broke off"),
        (Fault("disconnect", where="text", times=None), TryAgain, "broke off"),
        (Fault("hang", where="text", times=None), TryAgain, "in time"),
        (Fault("blocked", where="outcome", times=None), RevisePrompt, "SAFETY"),
        (Fault("filtered", where="outcome", times=None), RevisePrompt, "SAFETY"),
        (Fault("empty", where="outcome", times=None), ChooseAnotherModel, "answered 3 times"),
        (Fault("error", where="outcome", times=None), ChooseAnotherModel, "answered 3 times"),
        (Fault("text", where="outcome", times=None), ChooseAnotherModel, "answered 3 times"),
    ],
    ids=lambda value: value.what if isinstance(value, Fault) else "",
)
async def test_failures_say_what_to_do(
    room: Room, fault: Fault, kind: type[OneReelError], words: str
) -> None:
    room.google.plan.set([fault])
    with pytest.raises(kind, match=words) as caught:
        await room.write(patience=replace(PATIENCE, silence=0.3, call=1.0))
    assert GEMINI_KEY not in caught.value.user_message


@pytest.mark.parametrize("what", ["500", "cut", "reset", "hang", "truncated"])
async def test_what_may_have_been_taken_is_not_asked_again(room: Room, what: str) -> None:
    room.google.plan.set([Fault(what, where="text", times=None)])
    with pytest.raises(TryAgain):
        await room.write(patience=replace(PATIENCE, silence=0.3, call=1.0))
    assert len(room.bodies()) == 1


async def test_the_network_goes_in_the_middle_of_the_words(room: Room) -> None:
    room.google.gemini.texts = [GOOD]
    room.google.plan.set([Fault("drip", where="text", seconds=0.01), Fault("cut", where="text")])
    with pytest.raises(TryAgain, match=r"broke off|no answer"):
        await room.write()


async def test_nothing_answers_at_the_address(tmp_path: Path) -> None:
    with Google() as google:
        room = Room(google, tmp_path)
    with pytest.raises(TryAgain, match="cannot be reached"):
        await room.write()
    with pytest.raises(TryAgain, match="cannot be reached"):
        await list_gemini_models(room.settings().google)


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"gemini_api_key": ""}, AddKey, "set gemini-api-key"),
        ({"gemini_api_key": "a-key-that-nobody-issued"}, AddKey, "not valid"),
        ({"gemini_address": "http://example.com"}, ReviseSetting, "https://"),
    ],
    ids=["no key", "wrong key", "address"],
)
async def test_keys_and_addresses(
    room: Room,
    caplog: pytest.LogCaptureFixture,
    changes: dict[str, str],
    kind: type[OneReelError],
    words: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = room.settings(**changes).google
    for asked in (room.write(settings=settings), list_gemini_models(settings)):
        with pytest.raises(kind, match=words):
            await asked
    assert "a-key-that-nobody-issued" not in caplog.text


async def test_key_is_in_no_log_and_no_address(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    room.google.plan.set([Fault("503", where="text")])
    await room.write()
    assert GEMINI_KEY not in caplog.text
    assert not any(GEMINI_KEY in f"{r.path}?{r.query}" for r in room.google.requests)


@pytest.mark.parametrize(
    "fault",
    [Fault("hang", where="text"), Fault("drip", where="text", seconds=600)],
    ids=["before", "within"],
)
async def test_cancel_is_obeyed_while_it_writes(room: Room, fault: Fault) -> None:
    cancel = Cancel()
    room.google.plan.set([fault])
    writing = asyncio.create_task(room.write(cancel=cancel))
    while not room.google.requests:
        await asyncio.sleep(0.02)
    cancel.request()
    with pytest.raises(Cancelled):
        await asyncio.wait_for(writing, 60)


async def test_models_are_listed_without_those_that_do_not_write(room: Room) -> None:
    names = await list_gemini_models(room.settings().google)
    assert FLASH in names
    assert not any(word in name for name in names for word in ("tts", "image", "omni", "banana"))
    asked = [request.query for request in room.google.requests]
    assert all("pageSize=100" in query for query in asked)


async def test_words_are_in_the_ledger_before_they_are_asked_for(room: Room) -> None:
    room.google.gemini.texts = [GOOD]
    await room.stage()
    (spending,) = room.spent()
    assert (spending.what, spending.model) == ("script", FLASH)
    assert spending.film_id == BRIEF.film_id
    assert spending.charged is not None
    assert 0 < spending.charged < spending.ceiling < Decimal("0.10")
    assert "8 answered" in spending.reason


async def test_a_script_that_was_paid_for_is_not_asked_for_again(room: Room) -> None:
    room.google.gemini.texts = [GOOD, json.dumps({**FILM, "title": "Another"})]
    first = await room.stage()
    assert await room.stage() == first
    # Neither switch nor key are needed for what is there.
    off = room.settings(buying={"on": False}, gemini_api_key="")
    assert await room.stage(settings=off) == first
    assert len(room.bodies()) == 1
    assert (await room.stage(seed=1)).title == "Another"
    assert len(room.spent()) == 2


async def test_each_attempt_is_paid_for(room: Room) -> None:
    room.google.gemini.texts = ["no", GOOD]
    await room.stage()
    assert len(room.spent()) == 2


@pytest.mark.parametrize(
    ("fault", "charged"),
    [
        (Fault("429", where="text", times=None, retry=0.01), 0),
        (Fault("403", where="text", times=None), 0),
        (Fault("blocked", where="outcome"), "tokens"),
        (Fault("cut", where="text"), None),
        (Fault("500", where="text"), None),
    ],
    ids=lambda value: value.what if isinstance(value, Fault) else "",
)
async def test_what_a_failure_costs(room: Room, fault: Fault, charged: object) -> None:
    room.google.plan.set([fault])
    with pytest.raises(OneReelError):
        await room.stage()
    (spending,) = room.spent()
    if charged == "tokens":
        assert spending.charged is not None
        assert 0 < spending.charged < spending.ceiling
    else:
        assert spending.charged == charged


async def test_nothing_is_sent_while_buying_is_off(room: Room) -> None:
    with pytest.raises(SwitchOnBuying, match="free-key yes"):
        await room.stage(settings=room.settings(buying={}))
    assert room.bodies() == []
    assert room.spent() == ()


async def test_a_free_key_needs_no_switch_and_no_ledger(room: Room) -> None:
    room.google.gemini.texts = [GOOD]
    check_legal(await room.stage(settings=room.settings(buying={"free_key": True})))
    assert room.spent() == ()


async def test_caps_hold_for_words(room: Room) -> None:
    settings = room.settings(buying={"on": True, "day": "0.01"})
    with pytest.raises(RaiseCap, match="The script can cost up to"):
        await room.stage(settings=settings)
    assert room.bodies() == []


async def test_a_model_whose_price_nobody_knows_is_not_asked(room: Room) -> None:
    with pytest.raises(EnterPrice, match=r'under \["gemini-9"\]'):
        await room.stage(model="gemini-9")
    assert room.bodies() == []
    room.home.private.mkdir(parents=True, exist_ok=True)
    (room.home.private / "models.toml").write_text(
        '["gemini-4-carbon"]\nrates = [{ input = 0.5, output = 0.5 }]\n', "utf-8"
    )
    room.google.gemini.texts = [GOOD]
    assert (await room.stage(model="gemini-4-carbon")).writer == "gemini:gemini-4-carbon"


def test_prices_change_on_their_day(room: Room) -> None:
    flash = Registry.load(room.home).text("")
    old, new = (
        flash.price(prompt=1_000_000, answer=1_000_000, today=day)
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert (old, new) == (Decimal("4.50"), Decimal("9.00"))


def test_a_wrong_row_of_a_text_model_is_named(room: Room) -> None:
    room.home.private.mkdir(parents=True)
    file = room.home.private / "models.toml"
    file.write_text('["gemini-9"]\nwrites = true\nrates = [{ input = 0 }]\n', "utf-8")
    with pytest.raises(ReviseSetting, match="gemini-9"):
        Registry.load(room.home)


def test_options_know_the_writers() -> None:
    assert set(WRITERS) == {"built-in", "ollama", "gemini", "best"}
    assert all(FilmOptions(writer=name).writer == name for name in WRITERS)
