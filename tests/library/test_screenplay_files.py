from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from onereel.cast.character import Character
from onereel.errors import BadInput, ReviseScreenplay, UpdateOneReel
from onereel.story.brief import Brief
from onereel.story.files import LARGEST_FILE, load_screenplay, read_screenplay, save_screenplay
from onereel.story.pace import estimate
from onereel.story.screenplay import Scene, Screenplay, StyleBible

JAPANESE = "\u6708\u304c\u6d77\u306b\u6c88\u3080\u3002"
ARABIC = "\u0644\u0627 \u0623\u062d\u062f \u064a\u0646\u0638\u0631."


def full() -> Screenplay:
    return Screenplay(
        title=JAPANESE,
        logline=ARABIC,
        brief=Brief(idea="The moon and the sea", duration=Fraction(10), language="ja"),
        cast=(Character(name="Moon", description="round"),),
        style=StyleBible(look="ink wash", palette=("#102030", "silver")),
        scenes=(
            Scene(id="open", narration=JAPANESE, duration=Fraction(10, 3), prompt="the moon"),
            Scene(id="end", narration=ARABIC, duration=Fraction(20, 3), transition="dissolve"),
        ),
        writer="built-in",
    )


def test_saved_screenplay_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "film" / "screenplay.json"
    save_screenplay(full(), path)
    assert read_screenplay(path) == full()
    assert JAPANESE in path.read_text("utf-8")
    assert [file.name for file in path.parent.iterdir()] == ["screenplay.json"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_file_of_any_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "screenplay.json"
    path.write_text(full().to_json(), encoding)
    assert read_screenplay(path) == full()
    assert load_screenplay(path.read_text(encoding.replace("-sig", ""))) == full()


def test_minimal_screenplay_is_completed() -> None:
    text = json.dumps(
        {
            "title": "Tea",
            "language": "de",
            "aspect": "9:16",
            "scenes": [
                {"narration": "Das Wasser kocht."},
                {"id": "s01", "description": "A cup on a table", "duration": 3.5},
                {},
            ],
        }
    )
    film = load_screenplay(text)
    assert [scene.id for scene in film.scenes] == ["s01x", "s01", "s03"]
    assert (film.brief.language, film.brief.aspect) == ("de", "9:16")
    assert film.brief.idea == "Tea"
    assert film.brief.duration == film.duration
    assert film.scenes[0].duration >= estimate("Das Wasser kocht.", "de")
    assert film.scenes[1].duration == Fraction(7, 2)
    assert film.scenes[0].prompt == "Das Wasser kocht."
    assert film.scenes[1].prompt == "A cup on a table"
    assert film.writer == "imported"
    assert load_screenplay(film.to_json()) == film


@pytest.mark.parametrize("count", [1, 6, 40, 120])
def test_narration_alone_is_a_film(count: int) -> None:
    scenes = [{"narration": f"{ARABIC} {JAPANESE}"}] * count
    film = load_screenplay(json.dumps({"language": "ar", "scenes": scenes}))
    assert len({scene.id for scene in film.scenes}) == count
    assert all(scene.narration == f"{ARABIC} {JAPANESE}" for scene in film.scenes)


def test_long_scene_widens_the_longest_shot() -> None:
    film = load_screenplay('{"scenes": [{"narration": "Go.", "duration": 30}]}')
    assert film.brief.longest_shot == 30
    assert film.brief.duration == 30


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("{A film about tea", "not valid JSON"),
        ("\ufeff \n", "empty"),
        ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>", "is a PDF"),
        ("{\\rtf1\\ansi A film about tea}", "an RTF document"),
        ("<?xml version='1.0'?><FinalDraft></FinalDraft>", "Final Draft"),
        ("<!DOCTYPE html><p>A film about tea", "a web page"),
        ("A\x00 \x00f\x00i\x00l\x00m", "is no text"),
        ("# Tea\n\n## Hot\n\n## Cold\n", "nothing to say and nothing to show"),
        ("INT. HOUSE - DAY\n\nEXT. GARDEN - DAY\n", "nothing to say and nothing to show"),
        ("Title: Tea\nAuthor: Ann\n", "nothing to say and nothing to show"),
        (
            "INT. HOUSE - DAY\n\nTea.\n\nINT. SHOP - DAY\n\nTea.\n\n[[duration: 99]]",
            r"Scene 2 \(INT\. SHOP - DAY\) cannot be used: a scene lasts 1 to 60 s, not 99 s\.",
        ),
        ("/*\nINT. HOUSE - DAY\n\nTea.\n*/\n\n[[Tea?]]", "nothing to say and nothing to show"),
        ("Tea.\n\n" * 200, "200 shots, and a film has at most 120"),
        ("INT. HOUSE - DAY\n\nTea.\n\n" * 200, "200 shots, and a film has at most 120"),
        ("Tea is hot, and it is good. " * 10_000, "minutes to speak"),
        ("Tea is hot. " * 50_000, "more than a film has room for"),
        ("Aspect: 4:3\n\nTea.", r"brief\.aspect"),
        ("Title: Tea\nDuration: long\n\nTea.", r"brief\.duration: must be a number of seconds"),
        ("INT. HOUSE - DAY\n\n[[duration: 99]]\n\nTea.", "1 to 60 s"),
        ("INT. HOUSE - DAY\n\n[[id: ../tea]]\n\nTea.", "id: may hold letters"),
        ("[1, 2]", "must be a JSON object"),
        ('{"title": "Tea"}', "scenes is missing"),
        ('{"scenes": []}', "scenes"),
        ('{"scenes": {}}', "scenes"),
        ('{"scenes": [7]}', r"scenes\.0"),
        ('{"scenes": [{"narration": 7}]}', r"scenes\.0\.narration"),
        ('{"scenes": [{"narration": "Go.", "duration": "long"}]}', "number of seconds"),
        ('{"scenes": [{"narration": "Go.", "duration": NaN}]}', "number of seconds"),
        ('{"scenes": [{"narration": "Go.", "duration": 99}]}', "1 to 60 s"),
        (
            '{"scenes": [{"narration": "Go.", "colour": "red"}]}',
            r"scenes\.0\.colour is not a field",
        ),
        ('{"scenes": [{"narration": "Go."}], "music": "loud"}', "music is not a field"),
        ('{"scenes": [{"id": "a"}, {"id": "a"}]}', "two scenes have the id 'a'"),
        ('{"scenes": [{"id": "../a"}]}', r"scenes\.0\.id"),
        ('{"scenes": [{"narration": "Go."}], "aspect": "4:3"}', r"brief\.aspect"),
        ('{"scenes": [{"narration": "Go."}], "brief": "short"}', "cannot be used: brief"),
        ('{"scenes": [{"narration": "\\ud800"}]}', "half a character"),
        ('{"scenes": ' + "[" * 100000, "not valid JSON"),
        (json.dumps({"scenes": [{"narration": "Go."}] * 121}), "scenes"),
    ],
)
def test_bad_screenplay_is_one_sentence(text: str, words: str) -> None:
    with pytest.raises(ReviseScreenplay, match=words) as caught:
        load_screenplay(text)
    assert "\n" not in caught.value.user_message


def test_newer_screenplay_asks_for_an_update() -> None:
    with pytest.raises(UpdateOneReel, match="version 9"):
        load_screenplay('{"version": 9, "scenes": [{"says": "Go."}], "acts": 3}')


def test_file_that_is_no_screenplay(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (LARGEST_FILE + 1))
    binary = tmp_path / "clip.mp4"
    binary.write_bytes(bytes(range(256)) * 9)
    latin = tmp_path / "th\u00e9.fountain"
    latin.write_text("INT. CAF\u00c9 - JOUR\n\nUn th\u00e9.\n", "latin-1")
    renamed = tmp_path / "tea.fountain"
    renamed.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    word = tmp_path / "tea.md"
    word.write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    half = tmp_path / "half.txt"
    half.write_bytes("Tea.".encode("utf-16")[:-1])
    empty = tmp_path / "empty.fountain"
    empty.write_bytes(b"")
    for path, words in (
        (latin, "not a text file in UTF-8"),
        (renamed, "tea.fountain is a PDF; export"),
        (word, "tea.md is a Word document"),
        (half, "not a text file"),
        (empty, "is empty"),
        (large, "larger than 2 MB"),
        (binary, "not a text file"),
        (tmp_path / "gone.json", "cannot be read"),
        (tmp_path, "cannot be read"),
    ):
        with pytest.raises(ReviseScreenplay, match=words):
            read_screenplay(path)
    with pytest.raises(ReviseScreenplay, match="at most"):
        load_screenplay(" " * (LARGEST_FILE + 1))


def test_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "screenplay.json"
    save_screenplay(full(), path)
    blocked = path / "inside.json"
    with pytest.raises(Exception) as caught:
        save_screenplay(full(), blocked)
    assert not isinstance(caught.value, BadInput)
    assert read_screenplay(path) == full()


def test_an_endless_duration_is_refused_at_once():
    with pytest.raises(ReviseScreenplay, match="duration: must be a number of seconds"):
        load_screenplay('{"scenes": [{"narration": "One.", "duration": "1e999999999"}]}')
