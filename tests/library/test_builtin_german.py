import itertools
import re
from fractions import Fraction

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin.pack import shots
from onereel.story.builtin.packs import packs
from onereel.story.builtin.writer import write_builtin
from onereel.story.pace import estimate
from onereel.story.screenplay import Screenplay

PACK = packs()["de"]
IDEAS = (
    "Eine Schneiderin n\u00e4ht dem Mond einen Mantel",
    "Warum wandern V\u00f6gel?",
    "Der Brunnen im alten Hof",
    "ein dieb bringt alles zurueck, um seine schwester zu retten",
    "Sal, der Stuhl, der mitw\u00e4chst",
    "Warum Schulen mehr Musik machen sollten",
)
TEMPLATES = ("story", "explainer", "documentary", "product", "listicle", "trailer", "poem", "news")


def film(idea: str, template: str, *, seconds: int = 40, count: int = 0) -> Screenplay:
    brief = Brief(
        idea=idea,
        template=template,
        language="de",
        duration=Fraction(seconds),
        scene_count=count,
    )
    return write_builtin(brief, seed=3)


def words(screenplay: Screenplay) -> list[str]:
    return re.findall(r"\w+", " ".join(scene.narration for scene in screenplay.scenes).lower())


def test_a_hero_is_declined_and_the_deed_can_stand_in_every_place() -> None:
    slots = PACK.analyse("Ein junger L\u00f6we baut ein Boot auf", template="story").slots
    cases = [slots["hero"], slots["hero_a"], slots["hero_d"]]
    assert cases == ["der L\u00f6we", "den L\u00f6wen", "dem L\u00f6wen"]
    assert slots["told_last"] == "der L\u00f6we ein Boot aufbaut"
    assert slots["told_first"] == "baut der L\u00f6we ein Boot auf"


def test_small_letters_and_missing_umlauts_are_repaired() -> None:
    frame = PACK.analyse(IDEAS[3], template="story")
    assert frame.logline == "Ein Dieb bringt alles zur\u00fcck, um seine Schwester zu retten."
    assert frame.slots["goal"] == "seine Schwester retten"


def test_a_question_becomes_an_indirect_one() -> None:
    slots = PACK.analyse(
        "Wie h\u00e4lt eine Br\u00fccke den Sturm aus?", template="explainer"
    ).slots
    assert slots["ask"] == "wie eine Br\u00fccke den Sturm aush\u00e4lt"
    assert slots["topic_d"] == "der Br\u00fccke"


def test_a_noun_of_unknown_gender_keeps_to_forms_that_need_none() -> None:
    slots = PACK.analyse("Ein Quorx tanzt", template="story").slots
    assert (slots["hero"], slots["hero_a"], slots["hero_d"]) == ("unser Quorx", "", "unserem Quorx")


def test_polish_turns_clauses_and_contracts() -> None:
    fog = "Nebel |zieht |in die Bucht |ein"
    assert PACK.polish(fog) == "Nebel zieht in die Bucht ein"
    assert PACK.polish(f"abends <v {fog}>") == "abends zieht Nebel in die Bucht ein"
    assert PACK.polish(f"wenn <e {fog}>") == "wenn Nebel in die Bucht einzieht"
    assert (
        PACK.polish("von dem letzten Zug, von dem alle reden")
        == "vom letzten Zug, von dem alle reden"
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_films_fit_their_time_and_share_little(template: str) -> None:
    films = [film(idea, template) for idea in IDEAS]
    for screenplay in films:
        assert sum(scene.duration for scene in screenplay.scenes) == 40
        for scene in screenplay.scenes:
            said = " ".join((scene.narration, scene.title, scene.description))
            assert not re.search(r"[{}<>|^@\[\]]", said)
            assert not scene.narration or estimate(scene.narration, "de") <= scene.duration
    grams = [{tuple(told[i : i + 5]) for i in range(len(told) - 4)} for told in map(words, films)]
    for one, other in itertools.combinations(grams, 2):
        assert len(one & other) < 0.2 * min(len(one), len(other))


@pytest.mark.parametrize(("count", "seconds"), [(1, 6), (6, 30), (40, 200)])
def test_any_number_of_scenes(count: int, seconds: int) -> None:
    screenplay = film(IDEAS[0], "story", seconds=seconds, count=count)
    assert len({scene.title for scene in screenplay.scenes}) == count
    assert sum(scene.duration for scene in screenplay.scenes) == seconds
    assert screenplay == film(IDEAS[0], "story", seconds=seconds, count=count)


def test_every_shot_named_is_one_that_can_be_shown() -> None:
    for name, theme in PACK.data.themes.items():
        assert set(theme.shots) <= set(shots()[name])


@pytest.mark.parametrize(
    ("idea", "hero", "deed"),
    [
        (
            "Ein Junge, der seinen Hund verloren hat, sucht ihn in der Stadt",
            "ein Junge",
            "sucht seinen Hund in der Stadt",
        ),
        (
            "Ein Brieftr\u00e4ger der einen Brief verloren hat findet ihn im Meer",
            "ein Brieftr\u00e4ger",
            "findet den Brief im Meer",
        ),
        (
            "Eine Frau, die nicht schwimmen kann, muss hinausrudern",
            "eine Frau",
            "muss hinausrudern",
        ),
        (
            "Eine B\u00e4ckerin, deren Ofen kaputt ist, backt ein Brot",
            "eine B\u00e4ckerin",
            "backt ein Brot",
        ),
        (
            "Zwei Schwestern, die sich hassen, m\u00fcssen ein Boot teilen",
            "zwei Schwestern",
            "m\u00fcssen ein Boot teilen",
        ),
        (
            "Ein Junge, der Wolken sammelt, verliert eine",
            "ein Junge",
            ", der Wolken sammelt, verliert eine",
        ),
        (
            "Ein Junge, der ein M\u00e4dchen liebt, geht mit ihr fort",
            "ein Junge",
            ", der ein M\u00e4dchen liebt, geht mit ihr fort",
        ),
        ("Ein Roboter, der tanzen lernen will", "ein Roboter", "will tanzen lernen"),
        (
            "Ein Kind, das seine Stimme verliert und durch den Wald wandert",
            "ein Kind",
            "verliert seine Stimme und wandert durch den Wald",
        ),
    ],
)
def test_the_main_verb_behind_a_relative_clause_is_told(idea: str, hero: str, deed: str) -> None:
    slots = PACK.analyse(idea, template="story").slots
    assert (slots["a_hero"], slots["deed"]) == (hero, deed)
