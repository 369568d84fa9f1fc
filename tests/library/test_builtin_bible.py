"""The continuity bible of the built-in writer: what the idea says, in its words, and no more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from onereel.story.bible import KINDS
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.looks import look_of
from onereel.story.screenplay import Scene, Screenplay
from onereel.story.split import split_scenes
from onereel.story.templates.template import BUILT_IN

ROCKETS = {
    "en": ("A lighthouse keeper builds a rocket out of junk", "rocket", "out of junk"),
    "de": (
        "Ein Leuchtturmw\u00e4rter baut eine Rakete aus Schrott",
        "Rakete",
        "aus Schrott",
    ),
    "fr": ("Un gardien de phare construit une fus\u00e9e", "fus\u00e9e", ""),
}
NIGHTS = {
    "en": "A dog finds a map at midnight",
    "de": "Ein Hund findet um Mitternacht eine Karte",
    "es": "Un perro encuentra un mapa a medianoche",
    "fr": "Un chien trouve une carte \u00e0 minuit",
}


def film(idea: str, language: str = "en", **more: object) -> Screenplay:
    return write_builtin(
        Brief(idea=idea, language=language, duration=Fraction(60), **more)  # type: ignore[arg-type]
    )


def shown(play: Screenplay) -> list[tuple[Scene, str]]:
    return [(shot.scene, shot.prompt) for shot in split_scenes(play)]


@pytest.mark.parametrize("language", ROCKETS)
def test_a_thing_is_told_as_far_as_the_idea_says_what_it_is(language: str) -> None:
    idea, thing, made = ROCKETS[language]
    play = film(idea, language)
    found = next(each for each in play.bible if each.name == thing)
    assert (found.kind, found.description) == ("prop", made)
    uses = [thing in scene.uses for scene in play.scenes]
    assert sum(uses) > 1
    for scene, prompt in shown(play):
        speaks = thing.casefold() in f"{scene.narration} {scene.prompt}".casefold()
        assert (thing in scene.uses) == speaks
        told = bool(made) and thing in scene.uses
        assert (f"{thing}: {made}" in prompt) == told
        # What nobody described makes no picture another one.
        assert bool(scene.constant) == told


@pytest.mark.parametrize("language", NIGHTS)
def test_the_light_that_an_idea_names_is_the_whole_film_s(language: str) -> None:
    play = film(NIGHTS[language], language)
    light = next(each for each in play.bible if each.kind == "light")
    assert light.name in NIGHTS[language]
    assert "night" in play.style.light
    for scene, prompt in shown(play):
        assert light.name in scene.uses
        assert f"Light, {light.name}: {light.description}" in prompt
        assert "sunlight" not in prompt
        assert "daylight" not in prompt


def test_a_look_keeps_its_own_light() -> None:
    play = film(NIGHTS["en"], look="watercolour")
    look = look_of(play.brief)
    assert look is not None
    assert play.style.light == look.style.light
    assert not [each for each in play.bible if each.kind == "light"]


@pytest.mark.parametrize(
    "idea",
    [
        "a thief returns everything he ever stole to win back his sister",
        "He sings at dawn and dances at dusk",
        "Why do rivers bend?",
        "A builder makes a boat out of the ruins of a church and sails away",
    ],
)
def test_what_an_idea_does_not_say_for_sure_is_not_told(idea: str) -> None:
    assert not [each for each in film(idea).bible if each.description]


@pytest.mark.parametrize("template", BUILT_IN)
def test_a_bible_is_the_same_each_time_and_known_to_its_scenes(template: str) -> None:
    language = list(ROCKETS)[BUILT_IN.index(template) % len(ROCKETS)]
    idea = ROCKETS[language][0]
    play = film(idea, language, template=template)
    assert play == film(idea, language, template=template)
    names = {each.name for each in play.bible}
    assert all(set(scene.uses) <= names for scene in play.scenes)
    assert all(each.kind in KINDS for each in play.bible)
    assert Screenplay.from_json(play.to_json()) == play
