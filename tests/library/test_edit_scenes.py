from __future__ import annotations

from fractions import Fraction

import pytest

from onereel.errors import ReviseScreenplay, UpdateOneReel
from onereel.story.brief import Brief
from onereel.story.edit import Edits, edit_scenes, read_edits
from onereel.story.screenplay import Scene, Screenplay


def screenplay(*, last: str = "Five.") -> Screenplay:
    words = ("One.", "Two.", "Three.", "Four.", last)
    return Screenplay(
        title="Count",
        brief=Brief(idea="Counting", duration=Fraction(25)),
        scenes=tuple(
            Scene(id=f"s{number:02d}", narration=word, prompt=f"number {number}")
            for number, word in enumerate(words, 1)
        ),
    )


def ids(film: Screenplay) -> list[str]:
    return [scene.id for scene in film.scenes]


def test_no_edits_change_nothing() -> None:
    assert edit_scenes(screenplay(), Edits()) == (screenplay(), ())


def test_typed_edits_are_applied() -> None:
    text = """\
# the opening
1 narration: Once there was one: a small one.
  It was alone.

Scene s02 duration: 7.5
s02 transition: dissolve
3 approved: yes
3 prompt:
drop 4
order 5 3
"""
    film, notes = edit_scenes(screenplay(), read_edits(text, screenplay()))
    assert notes == ()
    assert ids(film) == ["s01", "s02", "s05", "s03"]
    first, second, _, third = film.scenes
    assert first.narration == "Once there was one: a small one. It was alone."
    assert (second.duration, second.transition) == (Fraction(15, 2), "dissolve")
    assert (third.approved, third.prompt) == (True, "")


def test_every_field_can_be_rewritten() -> None:
    values = {
        "title": "T",
        "description": "D",
        "narration": "N",
        "prompt": "P",
        "negative_prompt": "X",
        "duration": "6",
        "camera": "static",
        "place": "cave",
        "mood": "calm",
        "transition": "fade",
        "gain": "-6.0",
        "approved": "true",
        "take": "2",
        "uses": "cave",
        "continues": "yes",
        "frame": "2",
    }
    ours = {"id", "version", "cast", "constant", "recording", "timed_to"}
    assert values.keys() | ours == set(Scene.model_fields)
    text = "\n".join(f"2 {name}: {value}" for name, value in values.items())
    film, _ = edit_scenes(screenplay(), read_edits(text, screenplay()))
    changed = film.scenes[1].model_dump(mode="json")
    read = {"approved": "True", "continues": "True", "uses": "['cave']"}
    assert {name: str(changed[name]) for name in values} == {**values, **read}


def test_partial_order_leaves_the_others_in_place() -> None:
    swapped, _ = edit_scenes(screenplay(), Edits(order=("s04", "s02")))
    assert ids(swapped) == ["s01", "s04", "s03", "s02", "s05"]
    whole, _ = edit_scenes(screenplay(), Edits(order=("s05", "s04", "s03", "s02", "s01")))
    assert ids(whole) == ["s05", "s04", "s03", "s02", "s01"]


def test_edits_survive_json_and_the_same_script_again() -> None:
    edits = read_edits("3 narration: New.\ndrop 1\norder 5 2", screenplay())
    kept = Edits.from_json(edits.to_json())
    assert kept == edits
    assert read_edits(edits.to_json(), screenplay()) == edits
    assert edit_scenes(screenplay(), kept) == edit_scenes(screenplay(), edits)
    assert edit_scenes(screenplay(), kept)[1] == ()


def test_edits_stay_when_the_script_is_written_again() -> None:
    text = "3 narration: New.\ndrop 1"
    anew = screenplay(last="Five, at last.")
    film, notes = edit_scenes(anew, read_edits(text, anew))
    before, _ = edit_scenes(screenplay(), read_edits(text, screenplay()))
    assert notes == ()
    assert film.scenes[:-1] == before.scenes[:-1]
    assert film.scenes[-1].narration == "Five, at last."


def test_edit_of_a_scene_that_is_gone_is_reported() -> None:
    edits = Edits(rewrite={"s09": {"narration": "x"}}, drop=("s08",), order=("s07", "s02"))
    film, notes = edit_scenes(screenplay(), edits)
    assert film == screenplay()
    assert [note.split(" is not")[0] for note in notes] == ["Scene s09", "Scene s08", "Scene s07"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("make it sadder", r"Line 1 of the edits"),
        ("1 narration: Fine.\n\n2 colour: red", "Line 3 of the edits"),
        ("1 id: other", "Line 1"),
        ("1 duration: 99", "scene s01 cannot be used: .*60 s"),
        ("1 duration: soon", "number of seconds"),
        ("1 transition: wipe", "scene s01 cannot be used: transition"),
        ("drop 1 2 3 4 5", "keep at least one"),
        ('{"rewrite": {"s01": {"id": "x"}}}', "'id', which cannot be rewritten"),
        ('{"remove": ["s01"]}', "remove is not a field"),
        ("{1 narration: x", "not valid JSON"),
    ],
)
def test_bad_edits_are_one_sentence(text: str, words: str) -> None:
    with pytest.raises(ReviseScreenplay, match=words) as caught:
        edit_scenes(screenplay(), read_edits(text, screenplay()))
    assert "\n" not in caught.value.user_message


def test_edits_of_a_newer_onereel_ask_for_an_update() -> None:
    with pytest.raises(UpdateOneReel):
        read_edits('{"version": 2}', screenplay())
