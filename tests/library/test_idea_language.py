"""An idea in one language and its film in another, by every writer and in every entrance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onereel.commands.film import main
from onereel.errors import ChooseAnotherModel, ChooseLanguage, PullModel, StartOllama
from onereel.home import Home
from onereel.library.prices.quick import quick_estimate
from onereel.options import FilmOptions
from onereel.settings import (
    BuyingSettings,
    GoogleSettings,
    OllamaSettings,
    Settings,
    WritingSettings,
)
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.builtin.language import other_language
from onereel.story.builtin.packs import packs
from onereel.story.screenplay import Screenplay
from onereel.story.tongues import foreign
from onereel.story.writers.asking import request
from onereel.writers import WRITERS
from tests.standins import Google
from tests.standins.google import GEMINI_KEY
from tests.standins.ollama import OllamaStandIn, Say

GERMAN = "Ein Leuchtturmw\u00e4rter, der sich vor der Dunkelheit f\u00fcrchtet"
FRENCH = "Un gardien de phare qui a peur du noir trouve un message dans une bouteille"
BRIEF = Brief(idea=GERMAN, language="fr", duration=Fraction(24), scene_count=4)
EXPLICITLY = "The idea is in German; title, logline and narration are in fr all the same."
SAID = "The idea is in German, but the film's language is French"
LINES = {
    "fr": (
        "Chaque nuit, le gardien compte les marches de la tour.",
        "Il y en a cent, et pas une qui soit claire.",
        "Une nuit, la lampe meurt dans le vent.",
        "Il monte dans le noir, et la mer est sur le mur.",
    ),
    "de": (
        "Jede Nacht z\u00e4hlt der W\u00e4rter die Stufen und ist nicht froh.",
        "Es sind hundert, und nicht eine ist hell.",
        "Heute geht die Lampe aus, und das Schiff ist nah.",
        "Er steigt mit der Angst auf den Turm.",
    ),
}


def film_in(language: str) -> str:
    scenes = [
        {
            "title": f"Partie {number}",
            "narration": line,
            "prompt": f"An old keeper on stair {number}",
            "description": "",
        }
        for number, line in enumerate(LINES[language], 1)
    ]
    return json.dumps({"title": "La lampe", "scenes": scenes})


class House:
    """Both services and a home."""

    def __init__(self, google: Google, ollama: OllamaStandIn, folder: Path) -> None:
        self.google = google
        self.ollama = ollama
        self.home = Home(folder / "private", folder / "media")

    def settings(self, *, key: str = GEMINI_KEY, host: str = "", **writing: Any) -> Settings:
        return Settings(
            google=GoogleSettings(gemini_address=self.google.url, gemini_api_key=key),
            ollama=OllamaSettings(host=host or self.ollama.url, timeout=2),
            buying=BuyingSettings(on=True),
            writing=WritingSettings(**writing),
        )

    async def write(self, writer: str, *, brief: Brief = BRIEF, **told: Any) -> Screenplay:
        model = {"ollama": {"model": "llama3.2"}, "gemini": {"model": ""}}.get(writer, {})
        work = Work(self.home, self.settings(**told))
        made = await WRITERS[writer].run(work, brief=brief, seed=0, **model)
        found: Screenplay = made["screenplay"]
        assert found.brief == brief
        return found

    def says(self, *answers: str) -> None:
        """What the models of both services answer next."""
        self.google.gemini.texts = list(answers)
        self.ollama.chats = [Say(answer) for answer in answers]

    def asked(self) -> list[str]:
        """The whole conversations, one text each."""
        bodies = [r.json for r in self.google.requests if "enerateContent" in r.path]
        bodies += self.ollama.asked("/api/chat")
        return [json.dumps(body, ensure_ascii=False) for body in bodies]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Google() as google, OllamaStandIn() as ollama:
        yield House(google, ollama, tmp_path)


@pytest.mark.parametrize("writer", ["ollama", "gemini"])
async def test_a_model_is_told_both_languages(house: House, writer: str) -> None:
    house.says(film_in("fr"))
    film = await house.write(writer)
    assert tuple(scene.narration for scene in film.scenes) == LINES["fr"]
    (asked,) = house.asked()
    assert EXPLICITLY in asked
    assert GERMAN in asked


@pytest.mark.parametrize("writer", ["ollama", "gemini"])
async def test_a_model_that_keeps_to_the_ideas_language_is_told(house: House, writer: str) -> None:
    house.says(film_in("de"), film_in("fr"))
    film = await house.write(writer)
    assert tuple(scene.narration for scene in film.scenes) == LINES["fr"]
    assert "The narration is in German; write it in fr." in house.asked()[1]


@pytest.mark.parametrize("writer", ["ollama", "gemini"])
async def test_a_film_in_the_wrong_language_is_refused(house: House, writer: str) -> None:
    house.says(*[film_in("de")] * 3)
    with pytest.raises(ChooseAnotherModel, match="wrote in German, but the film's language is fr"):
        await house.write(writer)


async def test_the_built_in_writer_says_what_to_do(house: House) -> None:
    with pytest.raises(ChooseLanguage) as caught:
        await house.write("built-in")
    assert caught.value.user_message == (
        f"{SAID}: set the language to 'de', write the idea in French, or let Write Script (Ollama)"
        " or Write Script (Gemini) write the film."
    )
    assert house.asked() == []


async def test_a_chain_has_it_written_by_whoever_can(house: House) -> None:
    house.says(film_in("fr"))
    film = await house.write("best")
    assert film.writer == "gemini:gemini-3.8-flash"
    other = BRIEF.replace(film="another")
    film = await house.write("best", brief=other, key="")
    assert film.writer == "ollama:llama3.2:latest"
    with pytest.raises(ChooseLanguage, match=rf"Nobody could.*{SAID}.*write the idea in French"):
        await house.write("best", brief=other, key="", host="http://127.0.0.1:9")


@pytest.mark.parametrize("writer", ["built-in", "best"])
async def test_the_owners_translator_translates_it_first(house: House, writer: str) -> None:
    told = {"translator": "llama3.2", "chain": ()}
    house.says(json.dumps({"idea": FRENCH}))
    film = await house.write(writer, **told)
    assert film.writer == "built-in"
    assert other_language(" ".join(s.narration for s in film.scenes), "fr", packs()) is None
    assert "phare" in " ".join(scene.narration for scene in film.scenes)
    assert f'Ollama (llama3.2) translated the idea from German: "{FRENCH}"' in film.notes
    (asked,) = house.asked()
    assert f"Translate into fr: {GERMAN}" in asked
    assert house.ollama.loaded == {}
    # Once: another seed, or the same film again, tells the same idea.
    assert await house.write(writer, **told) == film
    assert len(house.asked()) == 1


async def test_a_translation_that_is_none_is_told_then_refused(house: House) -> None:
    house.says("no", json.dumps({"idea": GERMAN}), json.dumps({"idea": FRENCH}))
    await house.write("built-in", translator="llama3.2")
    _, second, third = house.asked()
    assert "not JSON" in second
    assert "That is German; write fr." in third
    other = BRIEF.replace(idea=f"{GERMAN} und vor der See")
    house.says(*[json.dumps({"idea": GERMAN})] * 3)
    with pytest.raises(ChooseAnotherModel, match="did not translate the idea into fr"):
        await house.write("built-in", brief=other, translator="llama3.2")


async def test_a_translator_that_is_not_there(house: House) -> None:
    with pytest.raises(StartOllama):
        await house.write("built-in", translator="llama3.2", host="http://127.0.0.1:9")
    with pytest.raises(PullModel, match=r"ollama pull qwen3"):
        await house.write("built-in", translator="qwen3")
    # Who cannot write the film's language needs no translation.
    with pytest.raises(ChooseLanguage, match="cannot write in 'fi'"):
        await house.write("built-in", brief=BRIEF.replace(language="fi"), translator="llama3.2")
    assert house.asked() == []


def test_a_price_asks_no_translator(house: House) -> None:
    options = FilmOptions(writer="built-in", renderer="omni")
    with pytest.raises(ChooseLanguage, match=SAID):
        quick_estimate(BRIEF, options, home=house.home, settings=house.settings())
    settings = house.settings(translator="llama3.2")
    quote = quick_estimate(BRIEF, options, home=house.home, settings=settings)
    assert quote.at_most
    assert house.asked() == []


def test_the_command_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONEREEL_HOME", str(tmp_path))
    words = [GERMAN, "--language", "fr", "--output", str(tmp_path / "film.mp4")]
    assert main(words) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert SAID in said
    assert "write the idea in French" in said
    assert not (tmp_path / "film.mp4").exists()


def test_an_idea_in_the_films_language_is_asked_for_as_ever() -> None:
    assert "all the same" not in request(BRIEF.replace(language="de"))
    assert "all the same" not in request(BRIEF.replace(idea="Fado", language="en"))


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        (GERMAN, "fr", "German"),
        (GERMAN, "de-AT", None),
        (GERMAN, "ja", "German"),
        (FRENCH, "en", "French"),
        (FRENCH, "fi", None),
        ("\u706f\u53f0\u306e\u8a71\u3067\u3059", "ja", None),
        ("\u3068\u3046\u3060\u3044\u306e\u8a71\u3067\u3059", "zh", "Japanese"),
        ("\u706f\u53f0\u306e\u8a71\u3067\u3059", "en", "Japanese"),
        ("\u041c\u0430\u044f\u043a \u0438 \u043c\u043e\u0440\u0435", "uk", None),
        ("\u041c\u0430\u044f\u043a \u0438 \u043c\u043e\u0440\u0435", "pl", "Russian"),
        ("2001", "en", None),
        ("", "en", None),
    ],
)
def test_languages_are_known_where_they_are_plain(
    text: str, language: str, name: str | None
) -> None:
    found = foreign(text, language)
    assert (found and found.name) == name
