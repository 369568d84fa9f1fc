"""A cast in a film: who is found in which scene, and what each model is told of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from onereel.cast.character import Character
from onereel.cast.finding import recast, seen_in, with_cast
from onereel.cast.picture import Picture, keep_picture
from onereel.errors import ReviseCharacter
from onereel.home import Home
from onereel.settings import BuyingSettings, Settings
from onereel.shoot.buying.opening import open_ledger, order_film
from onereel.shoot.buying.studio import shoot_paid
from onereel.shoot.order import PaidOptions
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from tests.standins import Google

VEO = PaidOptions(renderer="veo")
LITE = PaidOptions(renderer="veo", model="veo-3.1-lite-generate-001")
OMNI = PaidOptions(renderer="omni")

PROMPTS = (
    "Mia runs along the pier",
    "The harbour at dawn",
    "Captain Holt lowers the sail",
    "Mia and Captain Holt look at the map",
    "A gull on a post",
    "Rufus barks at the tide",
    "Rufus, Holt and Mia's kite in the wind",
    "Waves on the breakwater",
    "Captain Holt asleep in the cabin",
    "Mia and Rufus share a sandwich",
    "The lighthouse turns on",
    "They all wave from the deck",
)
WHO = {
    "s01": ("Mia",),
    "s03": ("Captain Holt",),
    "s04": ("Mia", "Captain Holt"),
    "s06": ("Rufus",),
    "s07": ("Mia", "Rufus", "Captain Holt"),
    "s09": ("Captain Holt",),
    "s10": ("Mia", "Rufus"),
}
"""Leads first, then as they are named."""


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with Google(latency=0) as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def settings(home, google, tmp_path, monkeypatch) -> Settings:
    google.reset()
    google.veo.looks = 0
    google.requests.clear()
    for name, value in google.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    loaded = Settings.load(home)
    buying = BuyingSettings.model_validate(
        {**loaded.buying.model_dump(), "on": True, "film": Decimal(90), "day": Decimal(90)}
    )
    return loaded.model_copy(update={"buying": buying})


def film(*prompts: str, aspect: str = "16:9") -> Screenplay:
    scenes = [
        Scene(id=f"s{number:02}", prompt=prompt, duration=Fraction(4))
        for number, prompt in enumerate(prompts, start=1)
    ]
    return Screenplay(
        title="The kite", brief=Brief(idea="A kite", aspect=aspect), scenes=tuple(scenes)
    )


def portrait(home: Home, shade: int) -> Picture:
    return keep_picture(np.full((64, 48, 3), (shade, 60, 90), np.uint8), home=home)


def three(home: Home) -> tuple[Character, ...]:
    return (
        Character(
            id="a1",
            name="Mia",
            role="lead",
            description="a girl of nine with red braids",
            pictures=(portrait(home, 10), portrait(home, 20)),
        ),
        Character(
            id="b2",
            name="Captain Holt",
            description="a tall man with a white beard",
            pictures=(portrait(home, 30),),
        ),
        Character(id="c3", name="Rufus", role="extra", pictures=(portrait(home, 40),)),
    )


def png(home: Home, picture: Picture) -> bytes:
    return home.path(picture.name).read_bytes()


def test_everybody_is_found_where_the_pictures_name_them(home):
    play = with_cast(film(*PROMPTS), three(home))
    cast = {each.id: each.name for each in play.cast}
    found = {
        scene.id: tuple(cast[each.character] for each in scene.cast)
        for scene in play.scenes
        if scene.cast
    }
    assert found == {
        **WHO,
        "s07": ("Mia", "Captain Holt", "Rufus"),
    }


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("Will", "Will opens the door", True),
        ("Will", "It will rain", False),
        ("Rose", "A rose in a vase", False),
        ("the old robot", "The old robot wakes", True),
        ("Anna", "Annas Hund wartet", True),
        ("Anna", "Annabel waits", False),
        ("\u5065\u592a", "\u5065\u592a\u304c\u8d70\u308b", True),
        ("Zo\u00e9", "Zo\u00e9, seule", True),
        ("J.R.", "J.R. grins (badly)", True),
        ("Mara Voss", "Voss closes the file", True),
    ],
)
def test_a_name_is_a_word(name, words, found):
    scene = Scene(id="s1", prompt=words)
    assert bool(seen_in(scene, [Character(id="a1", name=name)])) is found


def test_a_surname_that_two_share_means_neither():
    cast = [Character(id="a1", name="Mara Voss"), Character(id="b2", name="Nils Voss")]
    seen = seen_in(Scene(id="s1", prompt="Voss and Nils talk"), cast)
    assert [each.name for each in seen] == ["Nils Voss"]


def test_what_is_said_counts_only_where_the_picture_names_nobody():
    cast = [Character(id="a1", name="Mia"), Character(id="b2", name="Holt")]
    said = Scene(id="s1", prompt="A hand lets go", narration="Mia never came back.")
    both = said.replace(prompt="Holt at the window")
    assert [each.name for each in seen_in(said, cast)] == ["Mia"]
    assert [each.name for each in seen_in(both, cast)] == ["Holt"]


def test_a_narrator_is_not_seen():
    cast = [Character(id="a1", name="Mia", role="narrator")]
    assert seen_in(Scene(id="s1", prompt="Mia's kite"), cast) == ()


def test_a_cast_takes_the_place_of_the_writers_people():
    play = film("Mia runs").replace(cast=(Character(name="mia", description="a girl"),))
    (mia,) = with_cast(play, [Character(id="a1", name="Mia")]).cast
    assert (mia.id, mia.description) == ("a1", "a girl")


def test_two_of_one_name_are_refused():
    with pytest.raises(ReviseCharacter, match="Two characters are called Mia"):
        with_cast(film("x"), [Character(id="a1", name="Mia"), Character(id="b2", name="mia")][::-1])


def test_new_words_find_other_people(home):
    play = with_cast(film("Mia runs", "Mia rests"), three(home))
    first, second = play.scenes
    changed = play.replace(scenes=(first.replace(prompt="Rufus runs"), second))
    recasted = recast(changed)
    assert [each.character for each in recasted.scenes[0].cast] == ["c3"]
    assert recasted.scenes[1] == second


async def test_each_model_is_sent_the_right_references_in_the_right_order(home, settings, google):
    mia, holt, rufus = three(home)
    play = with_cast(film(*PROMPTS), (mia, holt, rufus))
    await shoot_paid(play, VEO, home=home, settings=settings)
    sent = [each.json for each in google.requests if each.path.endswith(":predictLongRunning")]
    by_prompt = {each["instances"][0]["prompt"].split(".")[0]: each for each in sent}
    wanted = {
        "s01": [mia.pictures[0], mia.pictures[1]],
        "s03": [holt.pictures[0]],
        "s04": [mia.pictures[0], holt.pictures[0], mia.pictures[1]],
        "s06": [rufus.pictures[0]],
        "s07": [mia.pictures[0], holt.pictures[0], rufus.pictures[0]],
        "s09": [holt.pictures[0]],
        "s10": [mia.pictures[0], rufus.pictures[0], mia.pictures[1]],
    }
    assert len(by_prompt) == len(PROMPTS)
    for scene in play.scenes:
        body = by_prompt[scene.prompt]
        references = body["instances"][0].get("referenceImages", [])
        pictures = [base64.b64decode(each["image"]["bytesBase64Encoded"]) for each in references]
        assert pictures == [png(home, each) for each in wanted.get(scene.id, [])]
        assert body["parameters"]["durationSeconds"] == (8 if pictures else 4)
    (seventh,) = [each for each in by_prompt if each.startswith("Rufus, Holt")]
    assert by_prompt[seventh]["instances"][0]["prompt"] == (
        "Rufus, Holt and Mia's kite in the wind."
        " Mia: a girl of nine with red braids, as in reference picture 1."
        " Captain Holt: a tall man with a white beard, as in reference picture 2."
        " Rufus: as in reference picture 3."
    )


def test_omni_takes_more_and_lite_takes_words(home, settings):
    play = with_cast(film(*PROMPTS), three(home))
    (order,) = order_film(play, OMNI, home=home, settings=settings, only=["s07"])
    assert len(order.shot.references) == 4
    assert order.shot.cast == (
        "Mia (lead): reference pictures 1 and 4",
        "Captain Holt (supporting): reference picture 2",
        "Rufus (extra): reference picture 3",
    )
    (order,) = order_film(play, LITE, home=home, settings=settings, only=["s07"])
    assert (order.shot.task, order.shot.references) == ("text", ())
    assert "Mia: a girl of nine with red braids. Captain Holt: a tall" in order.shot.prompt
    assert order.shot.cast[2] == (
        "Rufus (extra): in words, Veo 3.1 Lite (preview) takes no reference pictures"
    )


async def test_omni_is_sent_every_reference_in_the_order_of_its_words(home, settings, google):
    mia, holt, rufus = three(home)
    play = with_cast(film(*PROMPTS), (mia, holt, rufus))
    await shoot_paid(play, OMNI, home=home, settings=settings)
    sent = [each.json for each in google.requests if each.path.endswith("/interactions")]
    assert len(sent) == len(PROMPTS)
    of_person = {"Mia": mia, "Captain Holt": holt, "Rufus": rufus}
    for scene in play.scenes:
        (body,) = [each for each in sent if scene.prompt in json.dumps(each)]
        parts = [part for step in body["input"] for part in step["content"]]
        pictures = [base64.b64decode(part["data"]) for part in parts if part["type"] == "image"]
        people = [of_person[name] for name in WHO.get(scene.id, ())]
        first = [each.pictures[0] for each in sorted(people, key=(mia, holt, rufus).index)]
        further = [each for person in people for each in person.pictures[1:]]
        assert pictures == [png(home, each) for each in (*first, *further)]


async def test_a_new_picture_shoots_only_the_scenes_with_its_person_again(home, settings, google):
    mia, holt, rufus = three(home)
    play = with_cast(film(*PROMPTS), (mia, holt, rufus))
    await shoot_paid(play, VEO, home=home, settings=settings)
    assert len(google.charges) == len(PROMPTS)
    older = holt.replace(pictures=(portrait(home, 99),))
    changed = with_cast(play, [older])
    await shoot_paid(changed, VEO, home=home, settings=settings)
    assert len(google.charges) == len(PROMPTS) + 4
    with_holt = {scene.id for scene in changed.scenes if "Holt" in scene.prompt}
    again = [
        scene.id
        for scene, before in zip(changed.scenes, play.scenes, strict=True)
        if scene.picture_id != before.picture_id
    ]
    assert set(again) == with_holt


async def test_a_renamed_character_is_found_again_and_nothing_is_bought_twice(
    home, settings, google
):
    play = with_cast(film(*PROMPTS), three(home))
    await shoot_paid(play, VEO, home=home, settings=settings)
    mia = play.cast[0].renamed("Maya")
    renamed = with_cast(play, [mia])
    assert [each.name for each in renamed.cast] == ["Maya", "Captain Holt", "Rufus"]
    assert [scene.picture_id for scene in renamed.scenes] == [
        scene.picture_id for scene in play.scenes
    ]
    await shoot_paid(renamed, VEO, home=home, settings=settings)
    assert len(google.charges) == len(PROMPTS)


async def test_who_is_shown_by_what_stays_in_the_ledger(home, settings, google):
    play = with_cast(film("Mia runs"), three(home))
    (take,) = await shoot_paid(play, VEO, home=home, settings=settings)
    with open_ledger(home, settings) as ledger:
        assert ledger.find(take.id).shot.cast == ("Mia (lead): reference pictures 1 and 2",)
    receipt = home.path(take.clip).with_suffix(".receipt.json").read_text("utf-8")
    assert "Mia (lead): reference pictures 1 and 2" in receipt
