"""Edits of a film's words and wishes: what holds for all of them, and the sentence for each that
cannot be made."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onereel.cast.character import Character
from onereel.errors import ReviseScreenplay
from onereel.library.edits.changes import MOST_CHANGES, Change, Rewrite, read_changes
from onereel.library.edits.editing import apply
from onereel.library.edits.revision import Version
from onereel.library.edits.rewriting import FIELDS
from onereel.options import FilmOptions
from onereel.story.brief import ASPECTS, MOST_SCENES, Brief
from onereel.story.builtin.writer import write_builtin
from onereel.story.screenplay import Scene, Screenplay, StyleBible

IDS = ["s01", "s02", "s03", "s04"]


def version(*narrations: str, **fields: Any) -> Version:
    narrations = narrations or ("One two three.", "Four five.", "", "Six seven eight nine.")
    return Version(
        screenplay=Screenplay(
            title="Count",
            brief=Brief(idea="Counting", duration=len(narrations) * 4),
            scenes=tuple(
                Scene(
                    id=f"s{number:02d}",
                    title=f"Scene {number}",
                    narration=text,
                    prompt=f"The number {number}.",
                    duration=Fraction(4),
                    **fields,
                )
                for number, text in enumerate(narrations, 1)
            ),
        )
    )


def edited(before: Version, *changes: dict[str, Any]) -> Version:
    return apply(read_changes(list(changes)), before).version


def scenes(found: Version) -> tuple[Scene, ...]:
    assert found.screenplay
    return found.screenplay.scenes


def ids(found: Version) -> list[str]:
    return [scene.id for scene in scenes(found)]


def refused(before: Version, change: dict[str, Any]) -> str:
    with pytest.raises(ReviseScreenplay) as raised:
        edited(before, change)
    return raised.value.user_message


a_scene = st.sampled_from([*IDS, "s01.2", "s05", "nobody"])
text = st.text(max_size=40)
fields = st.fixed_dictionaries(
    {},
    optional={
        **{name: text for name in FIELDS if name not in ("duration", "transition")},
        "duration": st.one_of(st.integers(-5, 100), st.floats(0, 70), text),
        "transition": st.sampled_from(["cut", "dissolve", "fade", "wipe"]),
        "approved": st.booleans(),
        "id": text,
    },
)
a_change = st.one_of(
    st.fixed_dictionaries({"op": st.just("set"), "scene": a_scene, "fields": fields}),
    st.fixed_dictionaries({"op": st.just("move"), "scene": a_scene, "to": st.integers(0, 6)}),
    st.fixed_dictionaries({"op": st.just("remove"), "scene": a_scene}),
    st.fixed_dictionaries(
        {"op": st.just("add"), "after": st.one_of(st.just(""), a_scene), "fields": fields}
    ),
    st.fixed_dictionaries({"op": st.just("split"), "scene": a_scene, "at": st.integers(0, 5)}),
    st.fixed_dictionaries({"op": st.just("merge"), "scene": a_scene}),
    st.fixed_dictionaries(
        {
            "op": st.just("approve"),
            "scenes": st.lists(a_scene, min_size=1, max_size=3),
            "approved": st.booleans(),
        }
    ),
    st.fixed_dictionaries({"op": st.just("choose"), "scene": a_scene, "take": text}),
    st.fixed_dictionaries({"op": st.just("redo"), "scene": a_scene, "note": text}),
    st.fixed_dictionaries({"op": st.just("title"), "title": text}),
    st.fixed_dictionaries({"op": st.just("look"), "look": text}),
    st.fixed_dictionaries({"op": st.just("shape"), "aspect": st.sampled_from(ASPECTS)}),
    st.fixed_dictionaries(
        {
            "op": st.just("options"),
            "fields": st.dictionaries(
                st.sampled_from([*FilmOptions.model_fields, "other"]),
                st.one_of(text, st.integers(), st.sampled_from(["soft", "veo", "720p"])),
                max_size=3,
            ),
        }
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(a_change, min_size=1, max_size=3), max_size=8))
def test_whatever_is_done_to_a_film_it_stays_one(edits: list[list[dict[str, Any]]]):
    found = version()
    every_id = set(ids(found))
    for edit in edits:
        before = found
        try:
            done = apply(read_changes(edit), found, taken=every_id)
        except ReviseScreenplay as refusal:
            assert refusal.user_message.endswith(".")
            continue
        found = done.version
        assert done.label
        assert not set(done.made) & every_id
        assert set(ids(found)) <= set(ids(before)) | set(done.made)
        every_id |= set(done.made)
        assert Version.model_validate_json(found.model_dump_json()) == found
        assert set(found.chosen) <= set(ids(found))
        screenplay = found.screenplay
        assert screenplay
        assert 1 <= len(screenplay.scenes) <= MOST_SCENES
        assert screenplay.brief.film_id == before.screenplay.brief.film_id
        longer = screenplay.duration - before.screenplay.duration
        assert screenplay.target - before.screenplay.target == longer or screenplay.target == 1


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["s01", "s02", "s04"]), st.integers(1, 3))
def test_merging_takes_back_a_split(scene: str, at: int):
    before = version()
    try:
        split = edited(before, {"op": "split", "scene": scene, "at": at})
    except ReviseScreenplay:
        return
    after = edited(split, {"op": "merge", "scene": scene})
    assert ids(after) == ids(before)
    for old, new in zip(scenes(before), scenes(after), strict=True):
        kept = {"narration", "prompt", "title", "description", "negative_prompt"}
        assert old.model_dump(include=kept) == new.model_dump(include=kept)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(IDS), st.integers(0, 3))
def test_moving_keeps_the_others_in_order(scene: str, to: int):
    after = edited(version(), {"op": "move", "scene": scene, "to": to})
    assert ids(after).index(scene) == to
    assert [each for each in ids(after) if each != scene] == [each for each in IDS if each != scene]
    assert set(scenes(after)) == set(scenes(version()))


@pytest.mark.parametrize("name", ["title", "description", "narration", "prompt", "camera"])
def test_a_scene_that_shows_something_else_is_not_approved(name: str):
    before = version(approved=True)
    after = edited(before, {"op": "set", "scene": "s02", "fields": {name: "new"}})
    assert [scene.approved for scene in scenes(after)] == [True, False, True, True]
    same = edited(before, {"op": "set", "scene": "s02", "fields": {"transition": "fade"}})
    assert all(scene.approved for scene in scenes(same))
    again = edited(before, {"op": "redo", "scene": "s02"})
    assert [scene.approved for scene in scenes(again)] == [True, False, True, True]


def test_a_note_joins_what_the_renderer_is_asked_for():
    once = edited(version(), {"op": "redo", "scene": "s01", "note": "darker, at night"})
    scene = scenes(once)[0]
    assert (scene.prompt, scene.take) == ("The number 1. darker, at night", 2)
    bare = version().replace(
        screenplay=version().screenplay.replace(
            scenes=[Scene(id="s01", description="A hill", duration=4)]
        )
    )
    scene = scenes(edited(bare, {"op": "redo", "scene": "s01", "note": "In rain."}))[0]
    assert (scene.prompt, scene.description) == ("", "A hill. In rain.")


def test_another_take_lets_go_of_the_chosen_one():
    chosen = edited(version(), {"op": "choose", "scene": "s01", "take": "abc"})
    assert chosen.chosen == {"s01": "abc"}
    assert edited(chosen, {"op": "redo", "scene": "s01"}).chosen == {}
    assert edited(chosen, {"op": "choose", "scene": "s01", "take": ""}).chosen == {}
    assert edited(chosen, {"op": "remove", "scene": "s01"}).chosen == {}
    for keeps in (
        {"op": "split", "scene": "s01", "at": 1},
        {"op": "move", "scene": "s01", "to": 3},
        {"op": "set", "scene": "s01", "fields": {"title": "x", "narration": "x", "duration": 9}},
        {"op": "set", "scene": "s02", "fields": {"prompt": "x"}},
    ):
        assert edited(chosen, keeps).chosen == chosen.chosen
    for lets_go in ({"prompt": "x"}, {"camera": "x"}, {"negative_prompt": "x"}, {"mood": "x"}):
        assert edited(chosen, {"op": "set", "scene": "s01", "fields": lets_go}).chosen == {}


def test_new_words_last_as_long_as_they_take_to_say():
    words = "This narration is a good deal longer than it was before, and so is the scene."
    after = edited(version(), {"op": "set", "scene": "s02", "fields": {"narration": words}})
    assert 4 < scenes(after)[1].duration < 8
    assert after.screenplay.target == after.screenplay.duration
    both = {"narration": words, "duration": 2}
    after = edited(version(), {"op": "set", "scene": "s02", "fields": both})
    assert scenes(after)[1].duration == 2


def test_a_script_without_spaces_is_joined_without_one():
    after = edited(version("\u96e8\u3002", "\u98a8\u3002"), {"op": "merge", "scene": "s01"})
    assert scenes(after)[0].narration == "\u96e8\u3002\u98a8\u3002"


LONG = " ".join(["This is a rather long sentence about nothing."] * 3)


@pytest.mark.parametrize(
    ("before", "change", "said"),
    [
        (version(), {"op": "set", "scene": "s09", "fields": {}}, "no scene 's09' any more"),
        (version(), {"op": "set", "scene": "s01", "fields": {"id": "x"}}, "no field 'id'"),
        (version(), {"op": "set", "scene": "s01", "fields": {"duration": 99}}, "1 to 60 s"),
        (version(), {"op": "set", "scene": "s01", "fields": {"title": 3}}, "must be text"),
        (version(), {"op": "set", "scene": "s01", "fields": {"transition": "x"}}, "transition"),
        (version(), {"op": "move", "scene": "s01", "to": 4}, "place from 0 to 3"),
        (version("One."), {"op": "remove", "scene": "s01"}, "at least one scene"),
        (version(), {"op": "merge", "scene": "s04"}, "the last one"),
        (version(LONG, LONG), {"op": "merge", "scene": "s01"}, "shorten what they say"),
        (version(), {"op": "split", "scene": "s01", "at": 3}, "has 3 words"),
        (version(), {"op": "split", "scene": "s01", "at": 0}, "has 3 words"),
        (version(), {"op": "split", "scene": "s03", "at": 1}, "too few words"),
        (version(), {"op": "add", "after": "s09"}, "no scene 's09'"),
        (version(), {"op": "add", "after": "s01"}, "Say what the new scene shows"),
        (version(*["One."] * 120), {"op": "add", "fields": {"prompt": "x"}}, "at most 120 scenes"),
        (
            version(*["One two."] * 120),
            {"op": "split", "scene": "s05", "at": 1},
            "at most 120 scenes",
        ),
        (version(), {"op": "approve", "scenes": ["s01", "s09"]}, "no scene 's09'"),
        (version(), {"op": "approve", "scenes": []}, "at least 1"),
        (version(), {"op": "choose", "scene": "s09", "take": "x"}, "no scene 's09'"),
        (version(), {"op": "options", "fields": {"sped": 1}}, "no option 'sped'"),
        (version(), {"op": "options", "fields": {"renderer": "wan"}}, "renderer"),
        (version(), {"op": "options", "fields": {"music": "/etc/passwd"}}, "music"),
        (version(), {"op": "options", "fields": {"speed": 9}}, "choose 0.5 to 2"),
        (version(), {"op": "options", "fields": {"seed": -1}}, "seed: must be at least 0"),
        (version(), {"op": "title", "title": " "}, "at least one word"),
        (version(take=999), {"op": "redo", "scene": "s01"}, "cannot be shot again"),
        (Version(), {"op": "title", "title": "x"}, "no scenes yet"),
        (Version(), {"op": "remove", "scene": "s01"}, "no scenes yet"),
        (version(), {"op": "fly"}, "cannot be used"),
        (version(), {"op": "move", "scene": "s01", "to": -1}, "cannot be used"),
        (version(), {"op": "remove", "scene": "s01", "more": 1}, "not a field"),
        (version(), {}, "cannot be used"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    before: Version, change: dict[str, Any], said: str
):
    sentence = refused(before, change)
    assert said in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("data", [None, 3, "x", {}, [], [3], [[]], [{}] * (MOST_CHANGES + 1)])
def test_what_is_no_list_of_changes_is_refused(data: object):
    with pytest.raises(ReviseScreenplay, match="cannot be used"):
        read_changes(data)


def test_options_may_change_before_anything_is_written():
    after = edited(Version(), {"op": "options", "fields": {"renderer": "veo", "speed": 0.9}})
    assert (after.options.renderer, after.options.speed) == ("veo", 0.9)


def test_several_changes_are_made_or_none():
    good = {"op": "remove", "scene": "s01"}
    bad = {"op": "remove", "scene": "s01"}
    with pytest.raises(ReviseScreenplay):
        edited(version(), good, bad)


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ([{"op": "set", "scene": "s02", "fields": {"prompt": "x"}}], "New prompt of scene 2"),
        ([{"op": "remove", "scene": "s03"}], "Removed scene 3"),
        ([{"op": "approve", "scenes": ["s01", "s02"]}], "Approved 2 scenes"),
        ([{"op": "remove", "scene": "s03"}, {"op": "title", "title": "x"}], "2 changes"),
        ([{"op": "set", "scene": "s02", "fields": {}}], "New nothing of scene 2"),
    ],
)
def test_an_edit_is_named_in_words(changes: list[dict[str, Any]], label: str):
    assert apply(read_changes(changes), version()).label == label


def test_a_new_cast_shows_in_the_scenes_that_name_it_and_takes_their_approval_and_takes():
    scenes = [
        Scene(id="s01", prompt="Mia runs", approved=True),
        Scene(id="s02", prompt="A gull", approved=True),
    ]
    play = version().screenplay.replace(scenes=tuple(scenes))
    film = Version(screenplay=play, chosen={"s01": "a" * 32, "s02": "b" * 32})
    mia = {"id": "a1", "name": "Mia", "description": "a girl with red braids"}
    edited = apply(read_changes([{"op": "cast", "characters": [mia]}]), film)
    first, second = edited.version.screenplay.scenes
    assert [each.character for each in first.cast] == ["a1"]
    assert (first.approved, second.approved, second.cast) == (False, True, ())
    assert edited.version.chosen == {"s02": "b" * 32}
    assert edited.label == "New cast"
    nobody = apply(read_changes([{"op": "cast", "characters": []}]), edited.version)
    assert nobody.version.screenplay.scenes[0].cast == ()
    assert nobody.version.screenplay.cast == ()


def test_every_kind_of_change_is_tried_here():
    tried = {"set", "move", "remove", "add", "split", "merge", "approve", "choose", "options"}
    kinds = Change.__args__[0].__args__  # type: ignore[attr-defined]
    assert {kind.model_fields["op"].default for kind in kinds} == tried | {
        *(
            "title",
            "redo",
            "record",
            "cast",
            "voice",
            "bible",
            "accept frames",
            "look",
            "platform",
            "shape",
            "rewrite",
        )
    }


def test_a_person_gets_a_voice_and_a_scene_is_split_with_its_speakers():
    talk = version("ANNA: One *two* three. BEN: Four five.")
    people = (Character(name="Anna"), Character(name="Ben"))
    before = talk.replace(screenplay=talk.screenplay.replace(cast=people))
    after = edited(before, {"op": "voice", "person": "Ben", "voice": " de+f2 "})
    assert [each.voice for each in after.screenplay.cast] == ["", "de+f2"]
    assert after.made_of != before.made_of
    assert "choose Anna or Ben" in refused(before, {"op": "voice", "person": "Zoe"})
    assert "no cast" in refused(talk, {"op": "voice", "person": "Anna"})
    # Word 3 of what is written is "three.": "ANNA:" counts as one there.
    parts = scenes(edited(before, {"op": "split", "scene": "s01", "at": 3}))
    assert [each.narration for each in parts] == [
        *("Anna: One *two*", "Anna: three.\nBen: Four five.")
    ]
    assert "Nothing is said" in refused(before, {"op": "split", "scene": "s01", "at": 1})


def test_another_look_keeps_what_was_chosen_and_takes_approvals_back() -> None:
    before = version(approved=True).replace(chosen={"s02": "a" * 32})
    after = edited(before, {"op": "look", "look": "watercolour"})
    assert after.chosen == before.chosen
    assert not any(scene.approved for scene in scenes(after))
    assert all("watercolour" in scene.prompt for scene in scenes(after))
    assert after.screenplay
    assert after.screenplay.brief == before.screenplay.brief  # type: ignore[union-attr]
    assert edited(after, {"op": "look", "look": "watercolour"}) == after
    assert "Name a look" in refused(before, {"op": "look", "look": "  "})


def test_another_shape_is_of_the_same_film_and_back_it_is_the_first_again():
    before = version(approved=True)
    after = edited(before, {"op": "shape", "aspect": "9:16"})
    assert before.screenplay and after.screenplay
    assert after.screenplay.brief.aspect == "9:16"
    assert after.screenplay.brief.film_id == before.screenplay.brief.film_id
    assert not any(scene.approved for scene in scenes(after))
    assert after.made_of != before.made_of
    back = edited(after, {"op": "shape", "aspect": "16:9"})
    assert back.screenplay and back.screenplay.brief == before.screenplay.brief
    assert back.made_of == before.made_of


def test_another_platform_brings_its_shape():
    before = version(approved=True).replace(chosen={"s02": "a" * 32})
    after = edited(before, {"op": "platform", "platform": "shorts", "aspect": "9:16"})
    assert before.screenplay and after.screenplay
    brief = after.screenplay.brief
    assert (brief.platform, brief.aspect) == ("shorts", "9:16")
    assert brief.film_id == before.screenplay.brief.film_id
    assert after.chosen == before.chosen
    assert not any(scene.approved for scene in scenes(after))
    # In the same shape every scene is as it was.
    wide = edited(before, {"op": "platform", "platform": "youtube"})
    assert all(scene.approved for scene in scenes(wide))
    back = edited(after, {"op": "platform", "platform": "any", "aspect": "16:9"})
    assert back.screenplay and back.screenplay.brief == before.screenplay.brief


def test_another_script_is_of_the_same_film_with_scenes_of_its_own():
    before = version()
    assert before.screenplay
    mia = Character(id="a1", name="Mia", description="a girl")
    cast = before.screenplay.replace(cast=(mia,), style=StyleBible(look="in red"))
    before = before.replace(screenplay=cast, chosen={"s01": "a take"})
    told = write_builtin(
        Brief(idea="Counting", duration=16, template="trailer", tone="funny"), seed=3
    )
    change = Rewrite(screenplay=told)
    after = apply([change], before, taken=["s05"]).version
    assert after.screenplay
    brief = after.screenplay.brief
    assert (brief.template, brief.tone) == ("trailer", "funny")
    assert brief.film_id == before.screenplay.brief.film_id
    assert not {*ids(after), *after.chosen} & {*IDS, "s05"}
    assert [scene.narration for scene in scenes(after)] == [
        scene.narration for scene in told.scenes
    ]
    assert after.screenplay.style.look == "in red"
    assert all("n red" in scene.prompt for scene in scenes(after))
    assert mia in after.screenplay.cast
