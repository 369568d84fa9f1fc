"""The prompt optimiser: complete, in order, within the length, and never over the user's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from onereel.errors import ReviseScreenplay
from onereel.film import make_film
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.shoot.prompting import MANNERS, optimise
from onereel.stage import Work
from onereel.stages import OPTIMISE, stages
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.screenplay import Scene, Screenplay, StyleBible

STYLE = StyleBible(
    look="grainy 16 mm film",
    light="low sun",
    lens="35 mm lens",
    palette=("rust", "teal"),
    sound="wind over wires; music: slow guitar",
)


def film(*prompts: str, **fields: object) -> Screenplay:
    scenes = tuple(
        Scene(id=f"s{number}", prompt=prompt, approved=True, **fields)
        for number, prompt in enumerate(prompts, 1)
    )
    return Screenplay(title="T", brief=Brief(idea="A door"), style=STYLE, scenes=scenes)


def test_a_bare_prompt_says_all_that_the_film_knows_in_the_models_order():
    play = film(
        "A man walks to a door", camera="slow push in", place="a desert motel", mood="tense"
    )
    (scene,) = optimise(play, "veo").screenplay.scenes
    assert scene.prompt == (
        "A man walks to a door. The place: a desert motel. Camera: slow push in. Lens: 35 mm lens."
        " Light: low sun, tense mood. Style: grainy 16 mm film, rust, teal. Sound: wind over wires."
    )
    assert "watermark" in scene.negative_prompt
    (scene,) = optimise(play, "any").screenplay.scenes
    assert scene.prompt.startswith("Camera: slow push in. A man walks to a door. The place:")
    assert "Sound" not in scene.prompt


def test_what_is_said_already_is_not_said_again():
    said = "He opens it while the camera pushes in slowly, grainy 16 mm film, in low sun."
    (scene,) = optimise(film(said, camera="slow push in"), "omni").screenplay.scenes
    assert scene.prompt == f"{said} Lens: 35 mm lens. Style: rust, teal. Sound: wind over wires."
    assert scene.negative_prompt == ""


@pytest.mark.parametrize("manner", MANNERS)
def test_it_is_done_once(manner):
    once = optimise(film("A man walks to a door", place="a motel"), manner)
    again = optimise(once.screenplay, manner)
    assert (again.screenplay, again.diff) == (once.screenplay, "")


def test_what_was_approved_was_other_words():
    play = film("A man walks to a door", "A dog")
    optimised = optimise(play, "veo", only=["s2"]).screenplay
    assert [scene.approved for scene in optimised.scenes] == [True, False]
    assert optimised.scenes[0] == play.scenes[0]


def test_the_diff_names_the_scene_and_only_what_was_put_in():
    diff = optimise(film("A man walks to a door."), "omni").diff
    assert diff.startswith("s1: {+Lens: 35 mm lens. Light: low sun.")
    assert "[-" not in diff


def test_a_long_prompt_keeps_its_words_and_loses_the_least_important():
    words = "A man walks. " * 220
    play = film(words.strip(), place="a desert motel", camera="slow push in")
    (scene,) = optimise(play, "veo").screenplay.scenes
    assert scene.prompt.startswith(words.strip())
    assert len(scene.prompt) <= 3000
    assert "Camera: slow push in." in scene.prompt
    assert "Sound" not in scene.prompt
    endless = "A man walks. " * 400
    (scene,) = optimise(film(endless.strip()), "veo").screenplay.scenes
    assert scene.prompt == endless.strip()


def test_a_description_stands_in_for_a_prompt_and_nothing_for_both():
    play = film("", description="A gull lands")
    assert optimise(play, "veo").screenplay.scenes[0].prompt.startswith("A gull lands. Lens:")
    with pytest.raises(ReviseScreenplay, match="Scene s1 has no shot prompt"):
        optimise(film(""), "veo")


@pytest.mark.parametrize("seed", range(5))
def test_the_built_in_writers_prompts_grow_little(seed):
    play = write_builtin(Brief(idea="A lighthouse keeper finds a message in a bottle"), seed=seed)
    for before, after in zip(play.scenes, optimise(play, "veo").screenplay.scenes, strict=True):
        assert after.prompt.startswith(before.prompt)
        assert len(after.prompt) < len(before.prompt) + 200


async def test_a_film_that_is_written_has_complete_prompts_and_one_that_is_there_keeps_its_own(
    tmp_path: Path,
):
    home = Home(tmp_path / "private", tmp_path / "media")
    brief = Brief(idea="A lighthouse keeper finds a message", duration=4, scene_count=1)
    options = FilmOptions(resolution="480p", optimise=True)
    made = await make_film(brief, tmp_path / "film.mp4", options=options, work=Work(home))
    bare = write_builtin(brief)
    assert made.screenplay.scenes[0].prompt == optimise(bare, "any").screenplay.scenes[0].prompt
    assert made.screenplay.scenes[0].prompt != bare.scenes[0].prompt
    # What was put in is told, as a director's changes are.
    assert set(optimise(bare, "any").diff.splitlines()) < set(made.notes)
    assert OPTIMISE in stages(options, brief)
    assert OPTIMISE not in stages(options, bare)
    assert OPTIMISE not in stages(FilmOptions(), brief)
    manners = {name: FilmOptions(renderer=name).manner for name in ("draft", "veo", "stills")}
    assert manners == {"draft": "any", "veo": "veo", "stills": "any"}
