"""Storyboards: a frame a scene, on pages that can be read, and a PDF."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from onereel.errors import InstallFont, MatchLists, ReplaceMedia
from onereel.home import Home
from onereel.shoot.draft import shoot_draft
from onereel.shoot.storyboard import (
    draw_frames,
    draw_pages,
    picture_of,
    pictures_on_disk,
    save_pdf,
)
from onereel.story.brief import ASPECTS, Brief
from onereel.story.builtin import write_builtin
from onereel.story.platforms import picture_size
from onereel.story.screenplay import Screenplay


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def film(count: int = 3, *, aspect: str = "16:9", **fields: object) -> Screenplay:
    brief = Brief(
        idea="A lighthouse keeper finds a message in a bottle",
        scene_count=count,
        duration=count * 4,
        aspect=aspect,
        **fields,
    )
    return write_builtin(brief, seed=0)


def sum_of_ink(page: Image.Image, box: tuple[int, int, int, int]) -> int:
    return int((np.asarray(page.crop(box).convert("L")) < 128).sum())


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_scene_has_a_frame_in_the_films_shape(aspect):
    play = film(4, aspect=aspect)
    frames = list(draw_frames(play))
    assert [frame.scene for frame in frames] == list(play.scenes)
    assert {frame.picture.size for frame in frames} == {picture_size(aspect, "480p")}
    assert all(np.unique(np.asarray(frame.picture)).size > 20 for frame in frames)


def test_a_drawing_is_what_its_draft_shows(home):
    written = film(1)
    # An orbit would have moved what is near by then.
    scene = written.scenes[0].replace(camera="static", prompt="A lighthouse keeper on the quay.")
    play = written.replace(scenes=[scene])
    (frame,) = draw_frames(play, resolution="480p", seed=7)
    (take,) = shoot_draft(play, home=home, resolution="480p", seed=7)
    shot = picture_of(home.path(take.clip), at=play.scenes[0].duration / 2)
    # Below the slate, above the bar.
    box = (0, 240, 848, 470)
    drawn, filmed = (np.asarray(each.crop(box), np.float64) for each in (frame.picture, shot))
    assert np.abs(drawn - filmed).mean() < 4
    other = next(iter(draw_frames(play, seed=8)))
    assert np.abs(drawn - np.asarray(other.picture.crop(box), np.float64)).mean() > 1


def test_given_pictures_fill_the_frame_and_the_rest_is_drawn():
    play = film(2)
    red = Image.new("RGBA", (300, 900), "red")
    frames = list(draw_frames(play, {play.scenes[1].id: red}))
    assert frames[1].picture.size == frames[0].picture.size
    assert frames[1].picture.getcolors() == [(848 * 480, (255, 0, 0))]
    with pytest.raises(MatchLists, match="a picture of scene s99"):
        list(draw_frames(play, {"s99": red}))


@pytest.mark.parametrize(
    ("aspect", "count", "pages"), [("16:9", 7, 2), ("9:16", 6, 2), ("1:1", 10, 1)]
)
def test_pages_hold_all_scenes(aspect, count, pages):
    play = film(count, aspect=aspect)
    made = list(draw_pages(play, draw_frames(play)))
    assert [page.size for page in made] == [(1754, 1240)] * pages
    # Title and paper.
    assert all(sum_of_ink(page, (70, 30, 900, 80)) > 200 for page in made)
    assert all(page.getpixel((3, 3)) == (255, 255, 255) for page in made)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_line_of_the_longest_shot_is_read_to_its_end(aspect):
    """Its last words are ink: pages that differ in these alone differ."""
    words = (
        "The keeper climbs the stairs of the old lighthouse one last time, and nobody but the sea"
        " has ever thanked him for forty years of"
    )
    (scene,) = film(1, aspect=aspect).scenes
    plays = [
        film(1, aspect=aspect).replace(scenes=(scene.replace(narration=f"{words} {end}."),))
        for end in ("light", "faith")
    ]
    red = {scene.id: Image.new("RGB", (90, 90), "red")}
    one, other = (next(draw_pages(play, draw_frames(play, red))) for play in plays)
    assert one.tobytes() != other.tobytes()


def test_a_script_without_a_face_is_named_before_anything_is_written(tmp_path):
    play = film(1)
    scene = play.scenes[0].replace(title="\U00018b00")
    with pytest.raises(InstallFont):
        save_pdf(
            tmp_path / "board.pdf",
            draw_pages(play.replace(scenes=(scene,)), draw_frames(play.replace(scenes=(scene,)))),
            title="Light",
        )
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_has_all_pages(tmp_path):
    play = film(13)
    # POSIX names are bytes of no certain encoding.
    path = tmp_path / "board \udcff.pdf"
    save_pdf(path, draw_pages(play, draw_frames(play)), title="Light")
    written = path.read_bytes()
    assert "Light".encode("utf-16-be") in written
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == 3


def test_what_was_shot_stands_for_its_scene_while_it_shows_the_same(home):
    play = film(2)
    shoot_draft(play, home=home, resolution="480p", seed=0, only=[play.scenes[0].id])
    assert set(pictures_on_disk(play, home=home)) == {play.scenes[0].id}
    other = play.scenes[0].replace(prompt="Something else entirely")
    changed = play.replace(scenes=(other, play.scenes[1]))
    assert pictures_on_disk(changed, home=home) == {}


def test_a_clip_without_a_picture_is_refused(tmp_path):
    (tmp_path / "broken.mp4").write_bytes(b"no film")
    with pytest.raises(ReplaceMedia, match=r"broken\.mp4 shows no picture"):
        picture_of(tmp_path / "broken.mp4", at=Fraction(1))


def test_the_command_line_draws_one_and_shoots_nothing(tmp_path):
    command = [sys.executable, "-m", "onereel", "A kite", "--scenes", "2", "--duration", "8"]
    environment = {"ONEREEL_HOME": str(tmp_path / "home"), "PATH": "", "HOME": str(tmp_path)}
    made = subprocess.run(
        [*command, "--storyboard", str(tmp_path / "board")],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.strip().endswith("board.pdf")
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")
    assert list(tmp_path.rglob("*.mp4")) == []
