import json
from fractions import Fraction

import pytest

from onereel.cut.plan import Clip, Cut
from onereel.errors import ReviseBrief, ReviseScreenplay, UpdateOneReel
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.values import digest, frames, whole_frames

BRIEF = Brief(idea="A cat sails home")


def test_a_document_survives_json():
    play = Screenplay(
        title="Sail",
        brief=BRIEF,
        scenes=(Scene(id="s01", duration=Fraction(25, 24)), Scene(id="s02", duration="5/2")),
    )
    assert Screenplay.from_json(play.to_json()) == play


def test_times_stay_exact_and_readable():
    scene = Scene(id="a", duration=Fraction(25, 24))
    assert json.loads(scene.to_json())["duration"] == "25/24"
    assert json.loads(Scene(id="a", duration=2.5).to_json())["duration"] == 2.5
    assert Scene(id="a", duration=1.1).duration == Fraction(11, 10)


def test_a_value_cannot_be_changed_but_replaced():
    with pytest.raises(ValueError, match="frozen"):
        BRIEF.idea = "another"
    assert BRIEF.replace(duration=12).duration == 12
    with pytest.raises(ValueError, match="it is empty"):
        BRIEF.replace(idea=" ")


def test_frames_are_rounded_up_exactly():
    assert frames(Fraction(1)) == 24
    assert frames(Fraction(1) + Fraction(1, 1_000_000)) == 25
    assert whole_frames(Fraction("1.01")) == Fraction(25, 24)


def test_digest_does_not_depend_on_the_order_of_keys():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        ("{", ReviseScreenplay, "not valid JSON"),
        ("[" * 100_000, ReviseScreenplay, "not valid JSON"),
        ("[]", ReviseScreenplay, "must be a JSON object"),
        ('{"version": 2}', UpdateOneReel, "newer OneReel"),
        ('{"title": "x", "scenes": []}', ReviseScreenplay, "brief is missing"),
        ('{"title": "x", "sceens": []}', ReviseScreenplay, "cannot be used"),
    ],
)
def test_a_bad_document_gets_one_sentence(text, error, sentence):
    with pytest.raises(error, match=sentence) as raised:
        Screenplay.from_json(text)
    assert "\n" not in raised.value.user_message


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"idea": ""}, "it is empty"),
        ({"idea": "\U0001f431\U0001f42d"}, "it has no words"),
        ({"idea": "word " * 10_000}, "shorten it"),
        ({"idea": "x", "duration": 1}, "4 to 3600 s, not 1 s"),
        ({"idea": "x", "duration": 3 * 3600}, "4 to 3600 s, not 10800 s"),
        ({"idea": "x", "duration": "soon"}, "number of seconds"),
        ({"idea": "x", "duration": 8, "scene_count": 40}, "40 scenes do not fit into 8 s"),
        ({"idea": "x", "scene_count": 500}, "1 to 120 scenes"),
        ({"idea": "x", "scene_count": -1}, "1 to 120 scenes"),
        ({"idea": "x", "duration": 60, "scene_count": 2}, "need at least 8 scenes"),
        ({"idea": "x", "duration": 3600}, "allow longer shots"),
        ({"idea": "x", "aspect": "4:3"}, "aspect"),
    ],
)
def test_an_impossible_brief_says_what_to_change(fields, sentence):
    with pytest.raises(ReviseBrief, match=sentence) as raised:
        Brief.from_data(fields)
    assert "\n" not in raised.value.user_message


@pytest.mark.parametrize(
    "endless",
    ["1e999999999", "1e-999999999", "9" * 4000, 10**4000, 1e308, "1/0", "nan", True, None],
)
def test_a_number_beyond_all_time_is_refused_at_once(endless):
    with pytest.raises(ReviseBrief, match="duration: must be a number of seconds"):
        Brief.from_data({"idea": "x", "duration": endless})


def test_every_text_can_be_written_to_a_file():
    brief = Brief(idea="A \ud83d fox\x00 and\x1b[31m the\x07 moon", tone="\udcff")
    assert brief.idea == "A \ufffd fox and[31m the moon"
    assert brief.tone == "\ufffd"
    assert Brief.from_json(brief.to_json().encode()) == brief


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"scenes": "x"}, "scenes: must be a list"),
        ({"scenes": []}, "scenes: must be a list of at least 1, not 0"),
        ({"scenes": [1]}, "scenes.0: must be an object with named fields"),
        ({"scenes": [{"id": "a/b"}]}, "scenes.0.id: may hold letters, digits, dots"),
        ({"title": 5}, "title: must be text"),
        ({"version": "{0}"}, "version: must be a whole number"),
        ({"version": 0}, "version"),
        (
            {"brief": {"idea": "x", "aspect": "4:3"}},
            "brief.aspect: must be '16:9', '9:16' or '1:1'",
        ),
    ],
)
def test_a_wrong_field_is_named_in_plain_words(fields, sentence):
    given = {"title": "x", "brief": {"idea": "x"}, "scenes": [{"id": "a"}], **fields}
    with pytest.raises(ReviseScreenplay, match=sentence):
        Screenplay.from_data(given)


def test_a_newer_version_is_known_by_any_number():
    for version in (2, 2.0, 1.5, 1e300):
        with pytest.raises(UpdateOneReel):
            Brief.from_data({"idea": "x", "version": version})


def test_the_film_id_is_the_hash_of_the_brief():
    assert BRIEF.film_id == Brief.from_json(BRIEF.to_json()).film_id
    assert BRIEF.film_id != BRIEF.replace(film="second").film_id


def test_a_clip_knows_its_length_on_the_time_line():
    clip = Clip(
        scene_id="a",
        take_id="t",
        media="takes/t.mp4",
        start=Fraction(3),
        source_in=Fraction(1),
        source_out=Fraction(5),
        speed=Fraction(2),
        hold=Fraction(1, 2),
    )
    assert clip.end == Fraction("5.5")
    assert Cut(width=320, height=180, clips=(clip,)).duration == clip.end
