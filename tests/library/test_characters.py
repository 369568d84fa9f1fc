"""The characters of a library: kept, changed, cast in films, by the command line too."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from onereel.errors import ChooseCharacter, ReplaceMedia, ReviseCharacter
from onereel.home import Home
from onereel.library.characters import (
    Characters,
    characters_mark,
    open_characters,
    saved_characters,
)
from onereel.settings import Settings
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from tests.library.in_process import Command, command

__all__ = ["command"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def characters(home: Home) -> Iterator[Characters]:
    with open_characters(home, Settings()) as opened:
        yield opened


def drawn(path: Path, *, size: tuple[int, int] = (96, 128), colour: str = "teal") -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def film(*prompts: str) -> Screenplay:
    scenes = [
        Scene(id=f"s{number}", prompt=prompt, duration=Fraction(4))
        for number, prompt in enumerate(prompts, 1)
    ]
    return Screenplay(title="T", brief=Brief(idea="A kite"), scenes=tuple(scenes))


def test_a_character_is_found_again_under_its_old_and_its_new_name(characters):
    mia = characters.add(name=" Mia \n Berg ", description="a girl with red braids")
    assert mia.name == "Mia Berg"
    renamed = characters.change(mia.id, name="Maya")
    assert (renamed.id, renamed.also) == (mia.id, ("Mia Berg",))
    assert characters.called("mia berg") == characters.called("MAYA") == characters.get(mia.id)
    back = characters.change(mia.id, name="Mia Berg")
    assert (back.name, back.also) == ("Mia Berg", ("Maya",))


def test_two_of_one_name_there_are_not(characters):
    characters.add(name="Mia")
    other = characters.add(name="Holt")
    with pytest.raises(ReviseCharacter, match="a character called mia already"):
        characters.add(name="mia")
    with pytest.raises(ReviseCharacter, match="a character called MIA already"):
        characters.change(other.id, name="MIA")
    assert [each.name for each in characters.all()] == ["Holt", "Mia"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Give the character a name"),
        ({"name": "  "}, "Give the character a name"),
        ({"name": "Mia, Holt"}, "without commas"),
        ({"name": "*"}, "Give the character a name"),
        ({"name": "x" * 81}, "has 81 characters; shorten it to 80"),
        ({"name": "Mia", "description": "x" * 1001}, "has 1001 characters; shorten it to 1000"),
        ({"name": "Mia", "role": "king"}, "cannot be used: role"),
        ({"name": "Mia", "age": 9}, "age is not a field it knows"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(characters, fields, sentence):
    with pytest.raises(ReviseCharacter, match=sentence) as caught:
        characters.add(**fields)
    assert "\n" not in caught.value.user_message
    assert characters.all() == ()


def test_a_character_that_includes_itself_is_called_by_its_name_once(characters):
    mia = characters.add(name="Mia", also=("Mia", "", "Mimi", "Mimi"))
    assert mia.also == ("Mimi",)


def test_pictures_are_kept_once_and_ordered_by_the_best(characters, tmp_path):
    mia = characters.add(name="Mia")
    for colour in ("teal", "navy", "teal"):
        mia = characters.add_picture(mia.id, drawn(tmp_path / f"{colour}.png", colour=colour))
    teal, navy = mia.pictures
    assert teal != navy
    turned = characters.change(mia.id, pictures=[navy.pixels, teal.pixels])
    assert turned.pictures == (navy, teal)
    assert characters.change(mia.id, pictures=[navy.pixels]).pictures == (navy,)
    with pytest.raises(ReviseCharacter, match="has no picture"):
        characters.change(mia.id, pictures=[teal.pixels], name="Maya")
    assert characters.get(mia.id).name == "Mia"


def test_another_file_of_the_same_picture_is_the_same_picture(characters, tmp_path):
    mia = characters.add(name="Mia")
    once = characters.add_picture(mia.id, drawn(tmp_path / "a.png"))
    again = characters.add_picture(mia.id, drawn(tmp_path / "b.bmp"))
    assert once.pictures == again.pictures


def test_what_is_clear_lies_on_white(characters, home, tmp_path):
    mia = characters.add(name="Mia")
    Image.new("RGBA", (80, 80), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    (picture,) = characters.add_picture(mia.id, tmp_path / "clear.png").pictures
    with Image.open(home.path(picture.name)) as kept:
        assert np.asarray(kept).min() == 255


def huge(path: Path) -> Path:
    # In black and white: in colours it is drawn for seconds.
    Image.new("1", (20_000, 20_000)).save(path)
    return path


def broken(path: Path) -> Path:
    path.write_bytes(drawn(path.with_suffix(".whole.png")).read_bytes()[:60])
    return path


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: drawn(path, size=(1, 1)), "only 1 x 1 pixels"),
        (lambda path: drawn(path, size=(500, 20)), "only 500 x 20 pixels"),
        (huge, "far too many pixels"),
        (broken, "damaged, or none"),
        (lambda path: path, "damaged, or none"),
    ],
)
def test_a_picture_that_shows_nobody_is_refused(characters, tmp_path, make, sentence):
    mia = characters.add(name="Mia")
    with pytest.raises(ReplaceMedia, match=sentence):
        characters.add_picture(mia.id, make(tmp_path / "mia.png"))
    assert characters.get(mia.id).pictures == ()


def test_a_ninth_picture_is_one_too_many(characters, tmp_path):
    mia = characters.add(name="Mia")
    for number in range(8):
        file = drawn(tmp_path / f"{number}.png", size=(80 + number, 90))
        mia = characters.add_picture(mia.id, file)
    with pytest.raises(ReviseCharacter, match="has 8 pictures; remove one"):
        characters.add_picture(mia.id, drawn(tmp_path / "one_more.png"))


def test_films_cast_by_name_or_everybody_they_name(home, characters):
    mia, holt = characters.add(name="Mia"), characters.add(name="Holt", also=("the captain",))
    characters.add(name="Rufus")
    play = film("Mia runs", "The captain sleeps")
    looked = {"home": home, "settings": Settings()}
    assert saved_characters("", play, **looked) == ()
    assert saved_characters("mia", play, **looked) == (mia,)
    assert saved_characters(f"{holt.id}, Mia", play, **looked) == (holt, mia)
    assert saved_characters("*", play, **looked) == (mia, holt)
    with pytest.raises(ChooseCharacter, match="no character called Zoe; it has Holt, Mia, Rufus"):
        saved_characters("Mia, Zoe", play, **looked)


def test_a_mark_tells_that_the_library_is_another(home, characters):
    before = characters_mark(home, Settings())
    mia = characters.add(name="Mia")
    added = characters_mark(home, Settings())
    characters.change(mia.id, voice="nova")
    assert len({before, added, characters_mark(home, Settings())}) == 3


def test_who_is_removed_is_gone(characters):
    mia = characters.add(name="Mia")
    characters.remove(mia.id)
    for deed in (characters.get, characters.remove):
        with pytest.raises(ChooseCharacter, match="not in the library any more"):
            deed(mia.id)


def test_the_command_line_makes_lists_changes_and_forgets(tmp_path, command: Command):
    environment = {"ONEREEL_HOME": str(tmp_path), "HOME": str(tmp_path)}

    def onereel(*words: str) -> subprocess.CompletedProcess[str]:
        return command(tmp_path, "characters", *words, environment=environment)

    picture = drawn(tmp_path / "mia.png")
    # Nobody is made of a picture that cannot be used, and the next try is not told of a namesake.
    useless = onereel("add", "Mia", "--picture", str(drawn(tmp_path / "x.png", size=(1, 1))))
    assert (useless.returncode, "only 1 x 1 pixels" in useless.stderr) == (2, True)
    words = [sys.executable, "-m", "onereel", "characters", "list"]
    alone = {**environment, "PATH": ""}
    listed = subprocess.run(words, capture_output=True, text=True, check=True, env=alone)
    assert "No characters yet" in listed.stdout
    words = ("--description", "a girl with red braids", "--role", "lead", "--picture", str(picture))
    assert onereel("add", "Mia", *words).returncode == 0
    assert onereel("change", "mia", "--name", "Maya").returncode == 0
    (row,) = onereel("list").stdout.splitlines()[1:]
    assert row.split()[:3] == ["Maya", "lead", "1"]
    refused = onereel("change", "Zoe", "--role", "extra")
    assert (refused.returncode, refused.stderr) == (
        2,
        "The library has no character called Zoe; it has Maya.\n",
    )
    assert onereel("remove", "Mia").returncode == 0
    assert "No characters yet" in onereel("list").stdout
