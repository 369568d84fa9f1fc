"""A director's pass: counts that improve and never get worse, and scripts that stay whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from onereel.commands.film import main
from onereel.directors import DIRECT, direct
from onereel.errors import RephraseWish
from onereel.home import Home
from onereel.library.chat.directing import as_proposal
from onereel.library.edits.editing import apply
from onereel.library.edits.revision import Version
from onereel.options import FilmOptions
from onereel.settings import BuyingSettings, GoogleSettings, OllamaSettings, Settings
from onereel.shoot.ledger import Ledger
from onereel.stage import Made, Work
from onereel.stages import stages
from onereel.story.bible import Constant
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.directing.counts import counts
from onereel.story.directing.rules import by_rules, script_diff
from onereel.story.screenplay import Scene, Screenplay
from onereel.story.sentences import sentences
from onereel.story.templates.built_in import templates
from onereel.story.writers.answer import CAMERA_MOVES
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY
from tests.standins.ollama import Model, OllamaStandIn, Refuse, Say

IDEAS = {
    "en": "A lighthouse keeper finds a message in a bottle",
    "de": "Ein Uhrmacher repariert die Zeit",
    "es": "Un farero encuentra un mensaje en una botella",
    "fr": "Un gardien de phare trouve un message",
}

LONG = (
    "The keeper climbs up again while winds howl around that tower, and down below him dark water"
    " rises, foams, and falls back from rocks."
)


def script(*scenes: dict[str, Any], language: str = "en", **fields: Any) -> Screenplay:
    made = tuple(
        Scene(**{"id": f"s{number:02d}", "duration": Fraction(5), **scene})
        for number, scene in enumerate(scenes, 1)
    )
    brief = Brief(idea="A keeper", duration=5 * len(scenes), language=language)
    return Screenplay(title="Stairs", brief=brief, scenes=made, **fields)


def spoilt(film: Screenplay, random: Random) -> Screenplay:
    """The film as a careless model might have written it."""
    scenes = list(film.scenes)
    for at, scene in enumerate(scenes):
        other = random.choice(scenes)
        chance = random.random()
        if chance < 0.25:
            scene = scene.replace(camera=scenes[at - 1].camera)
        if random.random() < 0.2:
            scene = scene.replace(narration=f"{scene.narration} {other.narration}".strip())
        if random.random() < 0.2:
            scene = scene.replace(prompt=scenes[at - 1].prompt)
        if random.random() < 0.1:
            scene = scene.replace(narration="")
        if random.random() < 0.1:
            scene = scene.replace(approved=True)
        scenes[at] = scene
    first, last = 0, len(scenes) - 1
    spare = scenes[first].duration - 1
    longest = film.brief.longest_shot - scenes[last].duration
    moved = min(spare, longest, Fraction(2))
    if moved > 0 and first != last:
        scenes[first] = scenes[first].replace(duration=scenes[first].duration - moved)
        scenes[last] = scenes[last].replace(duration=scenes[last].duration + moved)
    return film.replace(scenes=tuple(scenes))


def check_whole(before: Screenplay, after: Screenplay) -> None:
    """Nothing that a director may not touch has changed."""
    assert Screenplay.from_json(after.to_json()) == after
    assert [scene.id for scene in after.scenes] == [scene.id for scene in before.scenes]
    assert after.duration == before.duration
    longest = max(before.brief.longest_shot, *(scene.duration for scene in before.scenes))
    assert all(1 <= scene.duration <= longest for scene in after.scenes)
    for old, new in zip(before.scenes, after.scenes, strict=True):
        if old.approved or old.recording:
            assert new == old
        assert bool(old.narration) == bool(new.narration)


@pytest.mark.parametrize("language", IDEAS)
def test_no_count_is_ever_worse(language: str) -> None:
    random = Random(language)
    better = 0
    for template in templates():
        for seconds in (8, 60):
            for seed in range(2):
                brief = Brief(
                    idea=IDEAS[language],
                    duration=Fraction(seconds),
                    language=language,
                    template=template,
                )
                film = write_builtin(brief, seed=seed)
                for given in (film, spoilt(film, random), spoilt(film, random)):
                    directed = by_rules(given)
                    check_whole(given, directed)
                    assert counts(directed).no_worse_than(counts(given))
                    better += counts(directed) != counts(given)
                    for old, new in zip(given.scenes, directed.scenes, strict=True):
                        assert set(new.narration.split()) <= set(old.narration.split())
                        assert new.camera == old.camera or new.camera in CAMERA_MOVES
    assert better > 20


def test_each_fault_is_mended() -> None:
    once = "Anders counts ninety-nine stairs aloud."
    bad = script(
        {"narration": once, "camera": "static", "prompt": "An old keeper. Static camera."},
        {
            "narration": f"Then he stops. {once}",
            "camera": "static",
            "prompt": "An old keeper. Static camera.",
        },
        {"narration": "He waits.", "camera": "orbit", "prompt": "A lamp"},
        {"narration": LONG, "camera": "aerial", "prompt": "A ship"},
    )
    before, after = counts(bad), counts(by_rules(bad))
    assert (before.repeated_words, before.same_camera, before.same_picture) == (6, 1, 1)
    assert (after.repeated_words, after.same_camera, after.same_picture) == (0, 0, 0)
    assert after.rushed < before.rushed
    second = by_rules(bad).scenes[1]
    assert second.narration == "Then he stops."
    # The prompt goes with the camera that it names.
    assert second.camera.lower() in second.prompt.lower()
    assert "static" not in second.prompt.lower()
    assert by_rules(by_rules(bad)) == by_rules(bad)


def test_a_good_script_stays_as_it_is() -> None:
    film = script(
        {"narration": "Every night Anders climbs.", "camera": "static", "prompt": "Stairs"},
        {"narration": "Tonight the lamp is out.", "camera": "orbit", "prompt": "A lamp"},
    )
    assert by_rules(film) == film


@pytest.mark.parametrize("language", ["ja", "zh", "ar", "hi"])
def test_other_scripts_are_not_broken(language: str) -> None:
    line = {"ja": "\u706f\u53f0\u5b88\u306f\u591c\u3092\u6050\u308c\u308b\u3002"}.get(
        language, "\u064a\u062e\u0627\u0641 \u0645\u0646 \u0627\u0644\u0638\u0644\u0627\u0645."
    )
    film = script(*[{"narration": line, "camera": "static"}] * 3, language=language)
    directed = by_rules(film)
    check_whole(film, directed)
    assert counts(directed).same_camera == 0


def test_a_film_that_was_spoken_keeps_its_pace_and_may_look_otherwise() -> None:
    film = script(
        {"narration": LONG, "camera": "static", "timed_to": "silence"},
        {"narration": "He waits.", "camera": "static", "timed_to": "silence"},
    )
    first, second = by_rules(film).scenes
    assert first == film.scenes[0]
    assert (second.duration, second.camera) == (5, "slow push in")


def test_the_diff_says_each_field_once() -> None:
    film = script({"camera": "static"}, {"camera": "static", "narration": "He waits."})
    diff = script_diff(film, by_rules(film))
    assert diff == ("s02 camera: [-static-]{+slow push in+}",)


class House:
    """Both services and a home."""

    def __init__(self, google: Google, ollama: OllamaStandIn, folder: Path) -> None:
        self.google = google
        self.ollama = ollama
        self.home = Home(folder / "private", folder / "media")

    async def direct(self, film: Screenplay, director: Any, **told: Any) -> Made:
        settings = Settings(
            google=GoogleSettings(
                gemini_address=self.google.url, gemini_api_key=told.pop("key", GEMINI_KEY)
            ),
            ollama=OllamaSettings(host=told.pop("host", self.ollama.url), timeout=2),
            buying=BuyingSettings(on=True),
        )
        work = Work(self.home, settings)
        return await direct(work, screenplay=film, director=director, **told)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Google() as google, OllamaStandIn() as ollama:
        yield House(google, ollama, tmp_path)


FILM = script(
    {"narration": "Every night Anders climbs the stairs.", "prompt": "Stairs", "camera": "static"},
    {"narration": "Tonight the lamp goes out at last.", "prompt": "A lamp", "camera": "static"},
    writer="built-in",
)


def answer(*scenes: dict[str, str], title: str = "The Dark Stairs") -> str:
    given = [
        {"title": "", "description": "", "mood": "dark", "place": "", "camera": "orbit"} | scene
        for scene in scenes
    ]
    return json.dumps({"title": title, "logline": "", "style": "", "cast": [], "scenes": given})


GOOD = answer(
    {"narration": "Every night Anders counts the stairs.", "prompt": "Stone stairs"},
    {"narration": "Tonight the lamp goes out at last.", "prompt": "A lamp, unlit"},
)


@pytest.mark.parametrize("director", ["ollama", "gemini"])
async def test_a_model_goes_over_it(house: House, director: str) -> None:
    house.google.gemini.texts = [GOOD]
    house.ollama.chats = [Say(GOOD)]
    made = await house.direct(FILM, director)
    film = made["screenplay"]
    check_whole(FILM, film)
    assert film.title == "The Dark Stairs"
    assert film.scenes[0].narration == "Every night Anders counts the stairs."
    assert film.writer == "built-in"
    assert film.directed.startswith(f"{director}:")
    assert "s01 narration: [-climbs-]{+counts+}" in made["changes"].splitlines()
    assert made["notes"][0].startswith("Ollama (" if director == "ollama" else "Gemini (")
    assert film.notes == made["notes"]


async def test_the_model_sees_the_film_and_its_faults(house: House) -> None:
    house.ollama.chats = [Say(GOOD)]
    await house.direct(FILM, "ollama")
    asked = house.ollama.asked("/api/chat")[0]["messages"][1]["content"]
    assert "Every night Anders climbs the stairs." in asked
    assert "1 cameras" in asked
    assert "Keep the 2 scenes" in asked


async def test_the_model_sees_what_always_looks_the_same(house: House) -> None:
    house.ollama.chats = [Say(GOOD)]
    lamp = Constant(kind="prop", name="the lamp", description="brass, one cracked pane")
    film = (await house.direct(FILM.replace(bible=(lamp,)), "ollama"))["screenplay"]
    assert film.bible == (lamp,)
    asked = house.ollama.asked("/api/chat")[0]["messages"][1]["content"]
    assert "brass, one cracked pane" in asked


@pytest.mark.parametrize(
    "text",
    [
        answer({"narration": "One.", "prompt": "One"}),
        answer(*[{"narration": "Er steht auf und geht nicht, weil der Turm so alt ist."}] * 2),
        "no",
    ],
    ids=["another count", "another language", "no film"],
)
async def test_another_film_is_not_taken(house: House, text: str) -> None:
    house.ollama.chats = [Say(text)] * 3
    made = await house.direct(FILM, "ollama")
    assert made["screenplay"].scenes == FILM.scenes
    assert made["screenplay"].directed == ""
    assert "Ollama did not direct it:" in made["notes"][0]


async def test_a_narration_that_is_too_long_is_not_taken(house: House) -> None:
    long = answer(
        {"narration": "and " * 60 + "then it was morning.", "prompt": "Stairs"},
        {"narration": "Tonight the lamp goes out at last.", "prompt": "A lamp"},
    )
    house.ollama.chats = [Say(long)] * 3
    film = (await house.direct(FILM, "ollama"))["screenplay"]
    check_whole(FILM, film)
    assert film.scenes[0].narration == FILM.scenes[0].narration
    assert film.scenes[0].camera == "orbit"


async def test_what_is_settled_is_not_taken(house: House) -> None:
    house.ollama.chats = [Say(GOOD)]
    scenes = (FILM.scenes[0].replace(approved=True), FILM.scenes[1])
    film = (await house.direct(FILM.replace(scenes=scenes), "ollama"))["screenplay"]
    assert film.scenes[0] == scenes[0]
    assert film.scenes[1].prompt == "A lamp, unlit"


async def test_a_chain_of_directors_ends_with_the_rules(house: House) -> None:
    house.google.plan.set([Fault("503", where="text", times=None)])
    made = await house.direct(FILM, "best", host="http://127.0.0.1:9")
    film = made["screenplay"]
    assert film.directed == "built-in"
    assert counts(film).same_camera == 0
    said = " ".join(made["notes"])
    assert "Gemini did not direct it:" in said
    assert "Ollama did not direct it:" in said
    assert "The built-in writer directed it and changed 1 field." in said


async def test_a_pass_that_was_paid_for_is_kept(house: House) -> None:
    house.google.gemini.texts = [GOOD]
    first = await house.direct(FILM, "gemini")
    assert await house.direct(FILM, "gemini", key="") == first
    with Ledger.open(house.home) as ledger:
        assert [each.what for each in ledger.spendings()] == ["directing"]


class Careful:
    """A director who sees what he is asked, and no more: he gives each scene another camera and
    another picture than the one before, and strikes sentences that he has read."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, int]] = []
        self.plays: list[str | Refuse] = []

    def for_ollama(self, seen: str, _request: Any) -> Say | Refuse:
        said = self._said(seen)
        return Say(said) if isinstance(said, str) else said

    def for_gemini(self, words: str, _body: Any) -> str:
        said = self._said(words)
        assert isinstance(said, str)
        return said

    def _said(self, seen: str) -> str | Refuse:
        found = re.search(r"Here are scenes (\d+) to (\d+) of", seen)
        begin = seen.index('{"scenes":' if found else '{"title":')
        script, _ = json.JSONDecoder().raw_decode(seen[begin:])
        first = int(found[1]) if found else 1
        self.parts.append((first, first + len(script["scenes"]) - 1))
        if found and self.plays and first > 1:
            play = self.plays.pop(0)
            if play:
                return play
        read: set[str] = set()
        shown = ""
        for number, scene in enumerate(script["scenes"], first):
            lines = sentences(scene["narration"])
            kept = [line for line in lines if line not in read]
            read.update(lines)
            scene["narration"] = " ".join(kept or lines)
            scene["camera"] = CAMERA_MOVES[number % len(CAMERA_MOVES)]
            if scene["prompt"] == shown:
                scene["prompt"] += f" Seen from side {number}."
            shown = scene["prompt"]
        return json.dumps(script)


def careless_film() -> Screenplay:
    """75 scenes as a model without a director might have written them."""
    brief = Brief(idea=IDEAS["en"], duration=Fraction(600), scene_count=75)
    bible = (Constant(kind="prop", name="the lamp", description="brass, one cracked pane"),)
    film = spoilt(write_builtin(brief, seed=3), Random(75))
    scenes = list(film.scenes)
    # Each act that a small model reads is short, and one of them has to say something twice.
    spoken = (at for at, each in enumerate(scenes) if each.narration and at + 1 < len(scenes))
    first = next(at for at in spoken if not scenes[at + 1].approved)
    twice = f"{scenes[first + 1].narration} {scenes[first].narration}".strip()
    scenes[first + 1] = scenes[first + 1].replace(narration=twice)
    return film.replace(scenes=tuple(scenes), bible=bible, writer="x")


SMALL = Model(context_length=4096, capabilities=("completion",))


@pytest.mark.parametrize("director", ["built-in", "ollama", "gemini"])
async def test_a_long_film_gets_better_and_stays_whole(house: House, director: str) -> None:
    careful, given = Careful(), careless_film()
    house.ollama.models = (SMALL,)
    house.ollama.writes = careful.for_ollama
    house.google.gemini.writes = careful.for_gemini
    film = (await house.direct(given, director))["screenplay"]
    check_whole(given, film)
    assert film.directed.startswith(director)
    before, after = counts(given), counts(film)
    print(f"{director}: {before.in_words()} -> {after.in_words()}")
    assert after.no_worse_than(before)
    assert after.repeated_words < before.repeated_words
    assert after.same_camera < before.same_camera
    assert after.same_picture < before.same_picture
    assert after.rushed < before.rushed
    if director == "gemini":
        assert careful.parts == [(1, 75)]
    if director == "ollama":
        # Every scene once, in order, each act within the context.
        assert [n for a, b in careful.parts for n in range(a, b + 1)] == list(range(1, 76))
        asked = house.ollama.asked("/api/chat")
        assert {request["options"]["num_ctx"] for request in asked} == {4096}
        for request, seen in zip(asked, house.ollama.seen, strict=True):
            assert all(message["content"] in seen for message in request["messages"])
        second = house.ollama.seen[1]
        assert f'The whole film: "{given.title}"' in second
        assert "The scenes before them, as they will be shot:" in second
        assert "the lamp: brass, one cracked pane." in second
        # It is told how the act before became.
        last = film.scenes[careful.parts[0][1] - 1]
        assert f"| camera: {last.camera}" in second


async def test_an_act_that_fails_is_gone_on_with(house: House) -> None:
    careful, given = Careful(), careless_film()
    house.ollama.models = (SMALL,)
    house.ollama.writes = careful.for_ollama
    careful.plays = [Refuse(500, "boom")]
    made = await house.direct(given, "ollama")
    assert made["screenplay"].scenes == given.scenes
    assert "did not direct it" in made["notes"][0]
    film = (await house.direct(given, "ollama"))["screenplay"]
    check_whole(given, film)
    # The first act's answer was kept.
    assert careful.parts.count(careful.parts[0]) == 1


async def test_an_act_that_is_another_film_is_not_taken(house: House) -> None:
    careful, given = Careful(), careless_film()
    house.ollama.models = (SMALL,)
    house.ollama.writes = careful.for_ollama
    careful.plays = [answer({"narration": "One.", "prompt": "One"})] * 3
    made = await house.direct(given, "ollama")
    assert made["screenplay"].scenes == given.scenes
    assert "made another film of it" in made["notes"][0]


async def test_a_model_with_no_room_for_a_scene_is_refused_in_words(house: House) -> None:
    house.ollama.models = (Model(context_length=1024, capabilities=("completion",)),)
    made = await house.direct(FILM, "ollama")
    assert made["screenplay"].scenes == FILM.scenes
    assert "keeps 1024 tokens in mind" in made["notes"][0]
    assert house.ollama.asked("/api/chat") == []


async def test_a_scene_that_makes_a_count_worse_is_not_taken(house: House) -> None:
    film = script(
        {"narration": "Every night Anders climbs.", "prompt": "Stairs", "camera": "static"},
        {"narration": "Tonight the lamp is out.", "prompt": "A lamp", "camera": "orbit"},
        writer="built-in",
    )
    house.ollama.chats = [
        Say(
            answer(
                {"narration": "Every night Anders climbs.", "prompt": "Stone stairs"},
                {"narration": "Tonight the lamp is dark.", "prompt": "An unlit lamp"},
            )
        )
    ]
    directed = (await house.direct(film, "ollama"))["screenplay"]
    # Two orbits in a row are worse than none.
    assert [scene.camera for scene in directed.scenes] == ["static", "orbit"]
    assert [scene.prompt for scene in directed.scenes] == ["Stairs", "An unlit lamp"]


def test_a_film_is_directed_once() -> None:
    options = FilmOptions(director="built-in")
    assert DIRECT in stages(options, FILM.brief)
    assert DIRECT in stages(options, FILM)
    assert DIRECT not in stages(options, FILM.replace(directed="built-in"))
    assert DIRECT not in stages(FilmOptions(), FILM.brief)


def test_a_pass_is_a_proposal_that_makes_just_that_film() -> None:
    version = Version(screenplay=FILM, options=FilmOptions())
    directed = by_rules(FILM).replace(directed="built-in")
    proposal = as_proposal(version, directed, ["The built-in writer directed it."])
    assert proposal.by == "built-in"
    assert [(each.scene, each.field) for each in proposal.diff] == [("s02", "camera")]
    edited = apply(proposal.changes, version).version.screenplay
    assert edited is not None
    assert edited.scenes == directed.scenes
    with pytest.raises(RephraseWish, match="directed it"):
        as_proposal(version, FILM, ["The built-in writer directed it and changed nothing."])


def test_the_command_line_shows_the_diff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONEREEL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ONEREEL_VOICE__ENGINE", "espeak")
    source = tmp_path / "stairs.screenplay.json"
    source.write_text(FILM.to_json(), "utf-8")
    words = ["--screenplay", str(source), "--director", "built-in", "--resolution", "480p"]
    assert main([*words, "--output", str(tmp_path / "film.mp4")]) == 0
    said = capsys.readouterr().err
    assert "The built-in writer directed it and changed 1 field." in said
    assert "s02 camera: [-static-]{+slow push in+}" in said
    kept = json.loads((tmp_path / "film.screenplay.json").read_text("utf-8"))
    assert kept["directed"] == "built-in"
