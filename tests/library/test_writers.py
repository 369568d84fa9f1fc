"""Who writes a film, and who does when the first one cannot: the chain, its account, its prices."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onereel.commands.film import main
from onereel.errors import Cancelled, ChooseLanguage, ReviseBrief
from onereel.film import estimate_film, make_film
from onereel.home import Home
from onereel.library.chat import propose
from onereel.library.edits.revision import Version
from onereel.library.prices.quick import quick_estimate
from onereel.library.setup.survey import survey
from onereel.options import FilmOptions
from onereel.settings import (
    BuyingSettings,
    GoogleSettings,
    OllamaSettings,
    Settings,
    VoiceSettings,
    WritingSettings,
)
from onereel.shoot.ledger import Ledger
from onereel.stage import Made, Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Screenplay
from onereel.work import Cancel
from onereel.writers import WRITERS
from tests.library.test_write_with_gemini import FILM, GOOD
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY
from tests.standins.ollama import Cut, Model, OllamaStandIn, Refuse, Say

BRIEF = Brief(
    idea="A lighthouse keeper who is afraid of the dark", duration=Fraction(24), scene_count=4
)
OTHER = json.dumps({**FILM, "title": "By Ollama"})


class House:
    """Both services, a home, and the chain of writers over them."""

    def __init__(self, google: Google, ollama: OllamaStandIn, folder: Path) -> None:
        self.google = google
        self.ollama = ollama
        self.home = Home(folder / "private", folder / "media")
        google.gemini.texts = [GOOD]
        ollama.chats = [Say(OTHER)]

    def settings(
        self, *, key: str = GEMINI_KEY, host: str = "", on: bool = True, **writing: Any
    ) -> Settings:
        return Settings(
            google=GoogleSettings(gemini_address=self.google.url, gemini_api_key=key),
            ollama=OllamaSettings(host=host or self.ollama.url, timeout=2),
            buying=BuyingSettings(on=on),
            writing=WritingSettings(**writing),
            voice=VoiceSettings(engine="espeak"),
        )

    async def best(
        self, brief: Brief = BRIEF, *, cancel: Cancel | None = None, seed: int = 0, **told: Any
    ) -> Made:
        work = Work(self.home, self.settings(**told), cancel=cancel or Cancel())
        return await WRITERS["best"].run(work, brief=brief, seed=seed)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Google() as google, OllamaStandIn() as ollama:
        yield House(google, ollama, tmp_path)


def told(made: Made) -> str:
    screenplay: Screenplay = made["screenplay"]
    assert Screenplay.from_json(screenplay.to_json()) == screenplay
    assert made["notes"][1:] == screenplay.notes
    return " ".join(made["notes"])


async def test_gemini_writes_where_it_can(house: House) -> None:
    made = await house.best()
    assert made["screenplay"].writer == "gemini:gemini-3.8-flash"
    assert told(made) == "Gemini (gemini-3.8-flash) wrote the script."
    assert house.ollama.requests == []


@pytest.mark.parametrize(
    ("fault", "settings", "why"),
    [
        (None, {"key": ""}, "Gemini needs an API key"),
        (None, {"on": False}, "buying is off"),
        (None, {"key": "nobody-issued-it"}, "not valid"),
        (Fault("429", where="text", times=None, retry=30), {}, "no more requests"),
        (Fault("503", where="text", times=None), {}, "overloaded"),
        (Fault("blocked", where="outcome", times=None), {}, "safety filter"),
        (Fault("cut", where="text", times=None), {}, "broke off|no answer"),
        (Fault("garbage", where="text", times=None), {}, "no answer|broke off"),
        (Fault("text", where="outcome", times=None), {}, "answered 3 times"),
    ],
    ids=["no key", "off", "wrong key", "quota", "busy", "refused", "cut", "html", "no film"],
)
async def test_ollama_writes_where_gemini_cannot(
    house: House, fault: Fault | None, settings: dict[str, Any], why: str
) -> None:
    house.google.plan.set([fault] if fault else [])
    made = await house.best(**settings)
    assert made["screenplay"].writer == "ollama:llama3.2:latest"
    account = told(made)
    assert account.startswith("Ollama (llama3.2:latest) wrote the script. Gemini did not write it:")
    assert re.search(why, account)


@pytest.mark.parametrize(
    "broken", ["down", "no model", "cut", "500", "nonsense", "wrong address"], ids=str
)
async def test_the_built_in_writer_is_always_there(house: House, broken: str) -> None:
    told_settings: dict[str, Any] = {"key": ""}
    match broken:
        case "down":
            told_settings["host"] = "http://127.0.0.1:9"
        case "wrong address":
            told_settings["host"] = "ftp://127.0.0.1"
        case "no model":
            house.ollama.models = ()
        case "cut":
            house.ollama.chats = [Cut(GOOD[:300])]
        case "500":
            house.ollama.chats = [Refuse(500, "boom")]
        case "nonsense":
            house.ollama.chats = [Say("no")] * 3
    made = await house.best(**told_settings)
    assert made["screenplay"].writer == "built-in"
    account = told(made)
    assert "The built-in writer wrote the script." in account
    assert "Gemini did not write it:" in account
    assert "Ollama did not write it:" in account


async def test_a_language_that_none_can_write(house: House) -> None:
    with pytest.raises(ChooseLanguage, match=r"Gemini did.*Ollama did.*built-in writer did"):
        await house.best(BRIEF.replace(language="fi"), key="", host="http://127.0.0.1:9")


async def test_a_brief_that_no_writer_could_use_ends_at_once(house: House) -> None:
    with pytest.raises(ReviseBrief, match="no template"):
        await house.best(BRIEF.replace(template="opera"))
    assert house.ollama.asked("/api/chat") == []


async def test_a_stopped_chain_asks_nobody_else(house: House) -> None:
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled):
        await house.best(cancel=cancel)
    assert house.ollama.asked("/api/chat") == []


async def test_the_owner_orders_the_chain_and_names_the_models(house: House) -> None:
    house.ollama.models = (Model(), Model("qwen3:8b"))
    made = await house.best(chain=("ollama", "gemini"), ollama_model="qwen3:8b")
    assert made["screenplay"].writer == "ollama:qwen3:8b"
    made = await house.best(chain=(), seed=1)
    assert made["screenplay"].writer == "built-in"
    made = await house.best(gemini_model="gemini-4-argon", thinking="high", seed=2)
    assert made["screenplay"].writer == "gemini:gemini-4-argon"


async def test_what_gemini_wrote_once_is_taken_when_it_is_gone(house: House) -> None:
    first = (await house.best())["screenplay"]
    house.google.plan.set([Fault("503", where="text", times=None)])
    assert (await house.best())["screenplay"] == first
    assert house.ollama.asked("/api/chat") == []


async def test_a_chained_film_is_made_and_says_who_wrote_it(house: House, tmp_path: Path) -> None:
    brief = BRIEF.replace(duration=Fraction(8), scene_count=2)
    settings = house.settings(key="", host="http://127.0.0.1:9")
    film = await make_film(
        brief,
        tmp_path / "film.mp4",
        options=FilmOptions(writer="best", resolution="480p"),
        work=Work(house.home, settings),
    )
    assert film.reel.path.is_file()
    assert film.screenplay.writer == "built-in"
    assert "The built-in writer wrote the script." in film.notes


def test_the_command_line_says_who_wrote_it(
    house: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ONEREEL_HOME", str(house.home.private))
    monkeypatch.setenv("ONEREEL_VOICE__ENGINE", "espeak")
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.delenv("GEMINI_API_KEY", raising=False)
    words = [BRIEF.idea, "--writer", "best", "--duration", "8", "--resolution", "480p"]
    assert main([*words, "--output", str(tmp_path / "film.mp4")]) == 0
    said = capsys.readouterr().err
    assert "The built-in writer wrote the script." in said
    assert "Gemini did not write it: Gemini needs an API key" in said
    kept = json.loads((tmp_path / "film.screenplay.json").read_text("utf-8"))
    assert kept["writer"] == "built-in"
    assert len(kept["notes"]) == 2


def quote(house: House, writer: str, **told: Any) -> Any:
    options = FilmOptions(writer=writer)
    return quick_estimate(BRIEF, options, home=house.home, settings=house.settings(**told))


def test_the_price_of_a_script_is_said_before_it_is_asked_for(house: House) -> None:
    script = quote(house, "gemini").script
    assert script.model == "gemini-3.8-flash"
    assert Decimal("0.005") < script.usual < script.at_most < Decimal("0.25")
    assert "ai.google.dev" in script.words
    assert quote(house, "gemini").card.notes == (script.words,)
    both = FilmOptions(writer="gemini", director="gemini")
    twice = quick_estimate(BRIEF, both, home=house.home, settings=house.settings()).script
    assert twice is not None
    assert twice.at_most > 2 * script.at_most
    assert "Where it writes" in quote(house, "best").script.words
    assert quote(house, "built-in").script is None
    assert quote(house, "best", key="").script is None
    assert quote(house, "best", on=False).script is None
    assert house.google.requests == []


async def test_what_a_script_costs_is_never_more_than_was_said(house: House) -> None:
    house.google.gemini.texts = ["no", "no", GOOD]
    at_most = quote(house, "gemini").script.at_most
    await house.best()
    with Ledger.open(house.home) as ledger:
        assert sum(each.ceiling for each in ledger.spendings()) <= at_most


async def test_an_estimate_asks_no_writer_that_costs_money(house: House) -> None:
    options = FilmOptions(writer="gemini", renderer="omni")
    card = await estimate_film(BRIEF, options=options, work=Work(house.home, house.settings()))
    assert card.total
    assert any("The script by gemini-3.8-flash" in note for note in card.notes)
    assert house.google.requests == []


async def test_the_chat_goes_to_the_model_that_wrote_the_film(house: House) -> None:
    film = (await house.best())["screenplay"]
    change = {"op": "set", "scene": "s02", "fields": {"narration": "A dog barks."}}
    house.google.gemini.texts = [json.dumps({"words": "A dog.", "changes": [change]})]
    version = Version(screenplay=film, options=FilmOptions(writer="best"))
    proposal = await propose(
        "give the keeper a dog", version, home=house.home, settings=house.settings()
    )
    assert proposal.by == "gemini:gemini-3.8-flash"
    assert "A dog barks." in [each.after for each in proposal.diff]
    with Ledger.open(house.home) as ledger:
        assert {each.what for each in ledger.spendings()} == {"script", "chat"}


async def test_setup_says_that_gemini_needs_a_key(house: House) -> None:
    for key, state in (("", "missing"), (GEMINI_KEY, "ready")):
        found = await survey(
            FilmOptions(writer="gemini"), home=house.home, settings=house.settings(key=key)
        )
        (part,) = [part for part in found.parts if part.label == "Gemini"]
        assert (part.needed, part.state) == (True, state)
