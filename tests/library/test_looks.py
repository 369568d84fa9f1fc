from __future__ import annotations

import json

import pytest
from PIL import ImageColor

from onereel.errors import ReviseBrief
from onereel.library.batch.filling import filled
from onereel.shoot.draft.look import look_of as drafted
from onereel.shoot.prompting import optimise
from onereel.story.brief import Brief
from onereel.story.builtin.writer import write_builtin
from onereel.story.files import load_screenplay
from onereel.story.fountain.writing import to_fountain
from onereel.story.looks import look_named, look_of, looks, restyled
from onereel.story.screenplay import Scene, Screenplay, StyleBible
from onereel.story.split import split_scenes
from onereel.story.templates.template import MOODS

IDEA = "A lighthouse keeper finds a message in a bottle"
BRIEF = Brief(idea=IDEA)


def written(look: str) -> Screenplay:
    return write_builtin(BRIEF.replace(look=look), seed=3)


def test_films_from_before_there_were_looks_keep_their_ids() -> None:
    assert BRIEF.film_id == "592acfc27d79252f"
    told = {"duration": "12.5", "aspect": "9:16", "template": "explainer", "film": "two"}
    assert Brief(idea="Why bees dance", **told).film_id == "4097572a1847e910"
    assert "look" not in json.loads(BRIEF.to_json())
    other = BRIEF.replace(look="noir")
    assert other.film_id != BRIEF.film_id
    assert Brief.from_json(other.to_json()) == other


def test_a_look_is_one_line_and_no_treatment() -> None:
    assert Brief(idea=IDEA, look="  oil \n  painting ").look == "oil painting"
    with pytest.raises(ReviseBrief, match="look: must have at most 300"):
        Brief.from_data({"idea": IDEA, "look": "x" * 301})


@pytest.mark.parametrize("name", looks())
def test_every_look_says_all_of_its_style(name: str) -> None:
    look = looks()[name]
    assert look.label
    assert look.avoid
    assert all((look.style.look, look.style.light, look.style.lens))
    assert len(look.style.palette) >= 3
    for colour in look.style.palette:
        words = colour.split()
        ends = ["".join(words[start:]) for start in range(len(words))]
        assert any(end in ImageColor.colormap for end in ends), colour
    assert look_of(BRIEF.replace(look=look.label.upper())) == look


@pytest.mark.parametrize("name", looks())
def test_the_writer_shoots_every_scene_in_the_look(name: str) -> None:
    look = looks()[name]
    film = written(name)
    assert film.style.replace(sound="") == look.style
    assert film.style.sound
    for scene in film.scenes:
        assert look.style.in_words().casefold() in scene.prompt.casefold()
        assert scene.negative_prompt.endswith(look.avoid)


def test_another_look_tells_the_same_story() -> None:
    usual, noir = written(""), written("noir")
    for one, other in zip(usual.scenes, noir.scenes, strict=True):
        told = ("narration", "duration", "camera", "place", "mood", "description")
        assert [getattr(one, name) for name in told] == [getattr(other, name) for name in told]
        assert one.prompt != other.prompt


def test_a_look_may_be_in_words_of_ones_own() -> None:
    film = written("grainy VHS, teal and orange")
    assert film.style.look == "grainy VHS, teal and orange"
    assert (film.style.light, film.style.lens, film.style.palette) == ("", "", ())
    assert all("rainy VHS, teal and orange" in scene.prompt for scene in film.scenes)


def test_the_draft_follows_colours_and_night() -> None:
    grey = drafted(written("noir").scenes[0], written("noir"))
    assert grey.mood == "night"
    drive = BRIEF.replace(idea="A night drive through neon rain")
    road, dawn = (
        Scene(id=name, prompt=words, mood="joyful")
        for name, words in (("s1", "A wet road."), ("s2", "A road at dawn."))
    )
    film = Screenplay(title="A", brief=drive, scenes=(road, dawn))
    assert [drafted(scene, film).mood for scene in film.scenes] == ["night", "joyful"]
    colours = (grey.palette.top, grey.palette.horizon, grey.palette.near, grey.palette.accent)
    assert all(max(colour) - min(colour) < 1 for colour in colours)
    own = written("everything in red")
    assert drafted(own.scenes[0], own).palette.middle[0] > max(
        drafted(own.scenes[0], own).palette.middle[1:]
    )


def test_every_mood_of_a_template_has_its_colours() -> None:
    scenes = tuple(Scene(id=mood, prompt="A road.", mood=mood) for mood in MOODS)
    film = Screenplay(title="A", brief=BRIEF, scenes=scenes)
    plain = [scene.id for scene in scenes if drafted(scene, film).mood == "calm"]
    assert plain == ["calm"]


def test_a_script_without_a_style_takes_the_look() -> None:
    film = load_screenplay("One.\n\nTwo [a red boat].", usual={"look": "watercolour"})
    look = looks()["watercolour"]
    assert film.style == look.style
    assert film.brief.look == "watercolour"
    assert all(scene.prompt.endswith(look.style.in_words()) for scene in film.scenes)
    assert all(scene.negative_prompt == look.avoid for scene in film.scenes)


def test_a_screenplay_with_a_style_keeps_it_and_its_film() -> None:
    film = written("")
    assert load_screenplay(film.to_json(), usual={"look": "noir"}) == film
    page = load_screenplay("Look: grey\nLanguage: en\n\nINT. A - DAY\n\nHi.", usual={"look": "oil"})
    assert (page.style.look, page.brief.look) == ("grey", "")


@pytest.mark.parametrize("look", ["", "noir", "grainy VHS"])
def test_fountain_reads_back_the_look_and_the_style(look: str) -> None:
    film = written(look)
    assert load_screenplay(to_fountain(film), form="fountain") == film
    plain = Screenplay(
        title="A", brief=BRIEF.replace(look=look), scenes=(Scene(id="s1", prompt="A boat."),)
    )
    assert load_screenplay(to_fountain(plain), form="fountain") == plain


def test_a_style_stands_behind_a_prompt_once() -> None:
    style = StyleBible(look="ink", palette=("red",))
    assert style.added_to("A boat.") == "A boat. ink, red"
    assert style.added_to("A boat. Ink, red.") == "A boat. Ink, red."
    assert style.added_to("") == "ink, red"
    film = Screenplay(title="A", brief=BRIEF, style=style, scenes=(Scene(id="s1", prompt="Sea"),))
    assert split_scenes(film)[0].prompt == "Sea. ink, red"


def test_a_workflows_brief_loses_a_look_that_nobody_asks_for() -> None:
    workflow = {"1": {"class_type": "OneReelBrief", "inputs": {"idea": "x", "look": "noir"}}}
    assert filled(workflow, BRIEF)["1"]["inputs"]["look"] == ""
    assert filled(workflow, BRIEF.replace(look="oil"))["1"]["inputs"]["look"] == "oil"


@pytest.mark.parametrize("before", ["", "noir", "grainy teal VHS"])
@pytest.mark.parametrize("after", ["watercolour", "clay", "everything in red"])
def test_another_look_takes_the_place_of_the_one_it_has(before: str, after: str) -> None:
    film = written(before)
    look = look_named(after)
    assert look
    made = restyled(film, look)
    assert made.style.in_words() == look.style.in_words()
    assert made.style.sound
    for old, new in zip(film.scenes, made.scenes, strict=True):
        said = new.prompt.casefold()
        assert look.style.in_words().casefold() in said
        assert film.style.in_words().casefold() not in said
        assert said.count(look.style.look.casefold()) == 1
        assert new.replace(prompt=old.prompt, negative_prompt=old.negative_prompt) == old
        avoided = {each.strip() for each in new.negative_prompt.split(",")}
        assert {each.strip() for each in look.avoid.split(",")} - {""} <= avoided
        # What every film avoids is still avoided.
        assert "watermark" in avoided


def test_an_optimised_prompt_says_the_other_look_where_it_said_the_first() -> None:
    film = written("noir")
    scene = film.scenes[0].replace(prompt="Rain on a street")
    whole = optimise(film.replace(scenes=(scene,))).screenplay
    made = restyled(whole, looks()["watercolour"]).scenes[0].prompt
    assert not any(
        part and part in made.casefold() for part in (film.style.look, film.style.lens)
    ), made
    style = looks()["watercolour"].style
    assert all(part in made.casefold() for part in (style.look, style.light, style.lens)), made


def test_a_scene_without_a_prompt_says_the_look_too() -> None:
    film = written("")
    bare = film.replace(scenes=(film.scenes[0].replace(prompt=""),))
    made = restyled(bare, looks()["noir"]).scenes[0].prompt
    assert looks()["noir"].style.look in made
    assert bare.scenes[0].description in made
