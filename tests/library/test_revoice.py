"""Re-voice: other words and another voice over the same pictures, which nobody pays again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from onereel.commands import COMMANDS
from onereel.errors import (
    ApproveShots,
    ChooseAnotherModel,
    ChooseLanguage,
    ReloadFilm,
    ReplaceMedia,
    RevisePresenter,
    ReviseScreenplay,
    TryAgain,
)
from onereel.film import make_film
from onereel.home import Home
from onereel.library.films import Films
from onereel.library.revoicing import price_revoicing, revoice
from onereel.options import FilmOptions
from onereel.revoicing import lend_takes, reused, translated, translator_of
from onereel.settings import BuyingSettings, Settings, VoiceSettings
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.buying.studio import shoot_paid
from onereel.shoot.draft import shoot_draft
from onereel.shoot.order import PaidOptions
from onereel.shoot.takes import Takes
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from tests.standins import Fault, Google
from tests.standins.ollama import OllamaStandIn, Refuse, Say

ENGLISH = (
    "The lighthouse has been dark for years.",
    "Tonight somebody climbs its stairs.",
    "One match, and the lamp remembers.",
    "Out at sea a boat turns.",
    "It comes home without a map.",
    "And the light stays on.",
)
GERMAN = (
    "Der Leuchtturm ist seit Jahren dunkel.",
    "Heute Nacht steigt jemand seine Stufen hinauf.",
    "Ein Streichholz, und die Lampe erinnert sich.",
    "Drau\u00dfen auf See dreht ein Boot um.",
    "Es kommt ohne Karte nach Hause.",
    "Und das Licht bleibt an.",
)
WRITER = "ollama:llama3.2:latest"


def film(count: int = 6, **fields: Any) -> Screenplay:
    scenes = tuple(
        Scene(
            id=f"s{number:02}",
            title=f"Scene {number}",
            narration=text,
            prompt=f"The lighthouse, picture {number}",
            duration=Fraction(4),
        )
        for number, text in enumerate(ENGLISH[:count], 1)
    )
    brief = Brief(idea="A lighthouse", duration=4 * count)
    return Screenplay(
        **{"title": "The Light", "brief": brief, "scenes": scenes, "writer": WRITER, **fields}
    )


def answer(count: int = 6, **changes: str) -> str:
    scenes = [
        {
            "id": f"s{number:02}",
            "title": f"Szene {number}",
            "narration": changes.get(f"s{number:02}", text),
        }
        for number, text in enumerate(GERMAN[:count], 1)
    ]
    return json.dumps({"title": "Das Licht", "logline": "", "scenes": scenes})


class House:
    """Both services and a home."""

    def __init__(self, google: Google, ollama: OllamaStandIn, folder: Path) -> None:
        self.google, self.ollama = google, ollama
        self.home = Home(folder / "private", folder / "media")

    @property
    def settings(self) -> Settings:
        loaded = Settings.load(self.home)
        ollama = loaded.ollama.model_copy(update={"host": self.ollama.url})
        buying = BuyingSettings.model_validate(
            {**loaded.buying.model_dump(), "on": True, "day": Decimal(50)}
        )
        voice = VoiceSettings(engine="espeak")
        return loaded.model_copy(update={"ollama": ollama, "buying": buying, "voice": voice})

    async def translated(self, play: Screenplay, language: str = "de") -> Screenplay:
        writer = translator_of(play)
        return await translated(
            play, language, writer=writer, home=self.home, settings=self.settings
        )


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with Google(latency=0) as google, OllamaStandIn() as ollama:
        google.veo.looks = 0
        for name, value in google.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        yield House(google, ollama, tmp_path)


async def test_words_change_and_pictures_do_not(house: House):
    house.ollama.chats = [Say(answer())]
    play = film()
    spoken = await house.translated(play)
    assert (spoken.title, spoken.brief.language) == ("Das Licht", "de")
    assert tuple(scene.narration for scene in spoken.scenes) == GERMAN
    assert [scene.prompt for scene in spoken.scenes] == [scene.prompt for scene in play.scenes]
    assert [scene.id for scene in spoken.scenes] == [scene.id for scene in play.scenes]
    assert spoken.brief.film_id != play.brief.film_id
    assert spoken.writer == f"{WRITER}, translated by {WRITER}"


async def test_a_long_film_is_translated_in_parts(house: House):
    scenes = tuple(
        Scene(id=f"s{number:02}", narration=f"Line {number}.", prompt="x", duration=Fraction(4))
        for number in range(1, 31)
    )
    play = film(scenes=scenes, brief=Brief(idea="Long", duration=120))
    asked: list[list[str]] = []
    house.ollama.chats = []
    for start in range(0, 30, 12):
        part = scenes[start : start + 12]
        told = [{"id": each.id, "title": "", "narration": f"Zeile {each.id}."} for each in part]
        house.ollama.chats.append(
            Say(json.dumps({"title": f"Teil {start}", "logline": "", "scenes": told}))
        )
    spoken = await house.translated(play)
    asked = [body["messages"][-1]["content"] for body in house.ollama.asked("/api/chat")]
    assert len(asked) == 3
    assert spoken.title == "Teil 0"
    assert [scene.narration for scene in spoken.scenes] == [f"Zeile {s.id}." for s in scenes]


async def test_what_is_missing_or_too_long_is_asked_for_again(house: House):
    endless = "Und dann sagt die Stimme noch sehr viel mehr als in diese Szene passt. " * 3
    short = json.loads(answer())
    del short["scenes"][2]
    house.ollama.chats = [Say(json.dumps(short)), Say(answer(s04=endless)), Say(answer())]
    spoken = await house.translated(film())
    assert tuple(scene.narration for scene in spoken.scenes) == GERMAN
    second, third = (
        body["messages"][-1]["content"] for body in house.ollama.asked("/api/chat")[1:]
    )
    assert "Scene s03 is missing" in second
    assert "The narration of s04 is too long: shorten it by" in third


async def test_a_line_that_stays_too_long_is_better_than_none(house: House):
    endless = "Und dann sagt die Stimme noch sehr viel mehr als in diese Szene passt. " * 3
    house.ollama.chats = [Say(answer(s04=endless))] * 3
    spoken = await house.translated(film())
    assert spoken.scenes[3].narration == endless.strip()


@pytest.mark.parametrize("text", ["no", "{}", '{"scenes": []}', '{"scenes": "x"}'])
async def test_a_model_that_cannot_translate_is_named(house: House, text: str):
    house.ollama.chats = [Say(text)] * 3
    with pytest.raises(ChooseAnotherModel, match=r"llama3\.2:latest did not translate") as caught:
        await house.translated(film())
    assert "\n" not in caught.value.user_message


def test_somebody_has_to_translate():
    with pytest.raises(ChooseLanguage, match="choose Ollama or Gemini"):
        translator_of(film(writer="built-in"))
    assert translator_of(film(writer="built-in"), service="ollama", model="x") == "ollama:x"
    assert translator_of(film(writer=f"gemini:a, translated by {WRITER}")) == "gemini:a"


async def test_a_film_is_not_translated_into_its_own_language(house: House):
    with pytest.raises(ReviseScreenplay, match="is in EN already"):
        await house.translated(film(), "EN")
    assert house.ollama.asked("/api/chat") == []


async def test_three_languages_over_six_bought_scenes_cost_nothing(house: House, tmp_path: Path):
    play = film()
    takes = await shoot_paid(
        play, PaidOptions(renderer="veo"), home=house.home, settings=house.settings
    )
    charges = len(house.google.charges)
    assert charges == 6
    clips = {take.scene_id: house.home.path(take.clip).read_bytes() for take in takes}
    for language in ("de", "fr", "es"):
        house.ollama.chats = [Say(answer())]
        spoken = await house.translated(play, language)
        lent = lend_takes(play, spoken, home=house.home)
        assert len(lent) == 6
        made = await make_film(
            spoken,
            tmp_path / f"{language}.mp4",
            options=FilmOptions(resolution="720p"),
            work=Work(house.home, house.settings),
        )
        assert {take.model for take in made.takes} == {takes[0].model}
        for take in made.takes:
            assert house.home.path(take.clip).read_bytes() == clips[take.scene_id]
        assert tuple(line.text for line in made.lines) == GERMAN
        captions = made.cut.captions
        assert captions.language == language
        said = " ".join(caption.text for caption in captions.items)
        assert " ".join(said.split()) == " ".join(GERMAN)
        with av.open(str(made.reel.path)) as container:
            assert container.duration / av.time_base > 20
    assert len(house.google.charges) == charges


async def test_takes_are_those_of_the_translation(house: House):
    play = film()
    takes = await shoot_paid(
        play, PaidOptions(renderer="veo"), home=house.home, settings=house.settings
    )
    house.ollama.chats = [Say(answer())]
    spoken = await house.translated(play)
    again = reused(takes, spoken)
    assert {take.film_id for take in again} == {spoken.brief.film_id}
    assert [take.clip for take in again] == [take.clip for take in takes]
    with pytest.raises(ReviseScreenplay, match="none of the film's scenes"):
        reused(takes, film(1, scenes=(Scene(id="other", prompt="x"),)))


async def test_a_library_film_becomes_another_with_its_takes(house: House):
    films = Films.open(house.home, house.settings)
    try:
        made = films.create(film()).film
        play = made.revision.screenplay
        await shoot_paid(
            play, PaidOptions(renderer="veo"), home=house.home, settings=house.settings
        )
        house.ollama.chats = [Say(answer())]
        spoken = await revoice(made.id, "de", films=films, home=house.home, settings=house.settings)
        assert spoken.id != made.id
        assert spoken.brief.language == "de"
        assert set(spoken.revision.chosen) == {scene.id for scene in play.scenes}
        for scene in spoken.revision.screenplay.scenes:
            assert Takes(house.home).chosen(spoken.id, scene) is not None
        # The first film may go, with all that was bought for it.
        films.delete(made.id, paid="delete")
        for scene in spoken.revision.screenplay.scenes:
            take = Takes(house.home).chosen(spoken.id, scene)
            assert take is not None
            assert Takes(house.home).plays(take)
    finally:
        films.close()


async def test_the_same_request_makes_one_film_whatever_broke_off_in_between(house: House):
    films = Films.open(house.home, house.settings)
    known: dict[str, Any] = {"films": films, "home": house.home, "settings": house.settings}
    try:
        made = films.create(film()).film
        play = made.revision.screenplay
        await shoot_paid(
            play, PaidOptions(renderer="veo"), home=house.home, settings=house.settings
        )
        house.ollama.chats = [Say(answer())]
        spoken = await revoice(made.id, "de", key="once", **known)
        assert set(spoken.revision.chosen) == {scene.id for scene in play.scenes}
        assert await revoice(made.id, "de", key="once", **known) == spoken
        # Made, and killed before its takes were chosen.
        assert films.undo(spoken.id).revision.chosen == {}
        again = await revoice(made.id, "de", key="once", **known)
        assert (again.id, again.revision.chosen) == (spoken.id, spoken.revision.chosen)
        assert len(house.ollama.asked("/api/chat")) == 1
        with pytest.raises(ReloadFilm, match="came with another request"):
            await revoice(made.id, "fr", key="once", **known)
        assert films.ids() == {made.id, spoken.id}
    finally:
        films.close()


async def test_nothing_is_translated_for_more_than_was_agreed_to(house: House):
    films = Films.open(house.home, house.settings)
    known: dict[str, Any] = {"films": films, "home": house.home, "settings": house.settings}
    try:
        made = films.create(film()).film
        price = price_revoicing(made.id, "de", service="gemini", **known)
        assert price is not None
        assert price.at_most is not None
        for ceiling in (None, price.at_most - Decimal("0.001")):
            with pytest.raises(ApproveShots, match="Translating this costs at most"):
                await revoice(made.id, "de", service="gemini", ceiling=ceiling, **known)
        assert house.google.requests == []
        assert films.ids() == {made.id}
        # The dearest case: every attempt is of no use, but the last.
        endless = "Und dann sagt die Stimme noch sehr viel mehr als in diese Szene passt. " * 3
        house.google.gemini.texts = [answer(s04=endless)] * 2 + [answer()]
        await revoice(made.id, "de", service="gemini", ceiling=price.at_most, **known)
        with open_ledger(house.home, house.settings) as ledger:
            spent = ledger.spendings()
        assert len(spent) == 3
        assert sum(each.ceiling for each in spent) <= price.at_most
        assert price_revoicing(made.id, "de", service="ollama", model="x", **known) is None
    finally:
        films.close()


async def test_a_damaged_take_is_named_before_anything_is_translated_or_made(house: House):
    films = Films.open(house.home, house.settings)
    try:
        made = films.create(film()).film
        play = made.revision.screenplay
        take, *_ = shoot_draft(play, home=house.home, only=[play.scenes[0].id])
        Takes(house.home).path(take).with_suffix(".json").write_text("{", "utf-8")
        house.ollama.chats = [Say(answer())]
        with pytest.raises(ReplaceMedia, match="is damaged; delete that file"):
            await revoice(made.id, "de", films=films, home=house.home, settings=house.settings)
        assert films.ids() == {made.id}
        assert house.ollama.chats
    finally:
        films.close()


async def test_an_unfinished_translation_leaves_no_film(house: House):
    films = Films.open(house.home, house.settings)
    try:
        made = films.create(film()).film
        house.ollama.chats = [Refuse(500, "boom")] * 5
        with pytest.raises(TryAgain):
            await revoice(made.id, "de", films=films, home=house.home, settings=house.settings)
        assert films.ids() == {made.id}
    finally:
        films.close()


async def test_a_translation_that_was_paid_is_not_paid_again(house: House):
    house.google.gemini.texts = [answer()]
    play = film(writer="gemini:gemini-3.8-flash")
    first = await house.translated(play)
    asked = len(house.google.requests)
    house.google.plan.set([Fault("503", where="text", times=None)])
    assert await house.translated(play) == first
    assert len(house.google.requests) == asked


def test_the_command_line_names_what_is_missing(tmp_path: Path):
    script = tmp_path / "film.screenplay.json"
    script.write_text(film(writer="built-in").to_json(), "utf-8")
    with pytest.raises(ChooseLanguage, match="Translating takes a language model"):
        COMMANDS["revoice"]([str(script), "--into", "de"])


def test_the_command_lays_the_music_and_stands_the_presenter_in_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    script, music, face = (tmp_path / name for name in ("a.json", "tune.wav", "face.png"))
    script.write_text(film(1).to_json(), "utf-8")
    hum = np.sin(np.arange(48_000) / 20).astype(np.float32) / 2
    soundfile.write(music, hum, 48_000)
    Image.new("RGB", (64, 64), "teal").save(face)
    monkeypatch.setenv("ONEREEL_HOME", str(tmp_path / "home"))
    words = [str(script), "--into", "de", "--resolution", "480p", "--output", str(tmp_path)]
    words += ["--music", str(music), "--presenter", str(face)]
    with OllamaStandIn() as ollama:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        with pytest.raises(RevisePresenter, match="scene"):
            COMMANDS["revoice"]([*words, "--presenter-scenes", "7"])
        assert ollama.asked("/api/chat") == []
        ollama.chats = [Say(answer(1))]
        assert COMMANDS["revoice"](words) == 0
    made = Path(capsys.readouterr().out.strip())
    line = json.loads(made.with_suffix(".otio").read_text("utf-8"))
    tracks = [track["name"] for track in line["tracks"]["children"]]
    assert tracks == ["Picture", "Presenter", "Clip sound", "Narration", "Music"]
