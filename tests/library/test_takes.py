from __future__ import annotations

import weakref
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from onereel.errors import Cancelled, MatchLists, ReplaceMedia
from onereel.home import Home
from onereel.shoot.collect import collect_clip, collect_frames
from onereel.shoot.kept import kept_take, kept_takes, next_number
from onereel.shoot.takes import Takes
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.work import Cancel

SCENE = Scene(id="s01", prompt="a boat")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def gradient(count: int, width: int = 64, height: int = 48) -> Iterator[np.ndarray]:
    for number in range(count):
        frame = np.zeros((height, width, 3), np.uint8)
        frame[..., 0] = np.linspace(0, 255, width)
        frame[..., 1] = number * 8 % 256
        yield frame


def collected(home: Home, count: int = 12, **changes: object):
    options = {"fps": Fraction(24), "film_id": "film", "home": home, "renderer": "wan", **changes}
    return collect_frames(SCENE, gradient(count), **options)  # type: ignore[arg-type]


def files(home: Home) -> list[str]:
    return sorted(path.name for path in home.media.rglob("*") if path.is_file())


def test_frames_become_a_take(home: Home) -> None:
    take = collected(home, fps=Fraction(16))
    assert (take.width, take.height, take.fps, take.duration) == (64, 48, 16, Fraction(12, 16))
    assert (take.number, take.renderer, take.sound) == (1, "wan", False)
    with av.open(str(home.path(take.clip))) as clip:
        video = clip.streams.video[0]
        assert (video.codec_context.name, video.pix_fmt, video.average_rate) == (
            "h264",
            "yuv420p",
            16,
        )
        frames = [frame.to_ndarray(format="rgb24") for frame in clip.decode(video)]
    assert len(frames) == 12
    wanted = list(gradient(12))[6].astype(int)
    assert np.abs(frames[6].astype(int) - wanted).mean() < 6
    assert Takes(home).find("film", "s01", SCENE.picture_id) == (take,)
    assert len(files(home)) == 2


def test_odd_sizes_are_made_even(home: Home) -> None:
    frames = gradient(3, width=33, height=21)
    take = collect_frames(SCENE, frames, fps=Fraction(24), film_id="film", home=home, renderer="x")
    assert (take.width, take.height) == (34, 22)


def test_sound_is_brought_to_the_pictures_length(home: Home) -> None:
    tone = np.sin(np.arange(8000) / 20).astype(np.float32) * 0.3
    take = collected(home, 24, audio=(tone[None], 16_000))
    with av.open(str(home.path(take.clip))) as clip:
        audio = clip.streams.audio[0]
        assert (audio.rate, audio.layout.name) == (48_000, "stereo")
        sound = np.concatenate([f.to_ndarray() for f in clip.decode(audio)], axis=1)
    assert take.sound
    assert abs(sound.shape[1] - 48_000) <= 2048
    assert np.abs(sound[:, 4000:20_000]).max() > 0.2
    assert np.abs(sound[:, 30_000:44_000]).max() < 0.01


def test_frames_are_encoded_as_they_come(home: Home) -> None:
    alive: list[int] = []

    def frames() -> Iterator[np.ndarray]:
        for frame in gradient(40):
            alive.append(1)
            weakref.finalize(frame, alive.pop)
            assert len(alive) <= 3
            yield frame

    collect_frames(SCENE, frames(), fps=Fraction(24), film_id="f", home=home, renderer="x")


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [np.zeros((8, 8), np.uint8)],
        [np.zeros((8, 8, 3), np.float32)],
        [np.zeros((8, 8, 3), np.uint8), np.zeros((8, 10, 3), np.uint8)],
    ],
)
def test_frames_that_are_no_pictures(home: Home, frames: list[np.ndarray]) -> None:
    with pytest.raises(ReplaceMedia):
        collect_frames(SCENE, frames, fps=Fraction(24), film_id="f", home=home, renderer="x")
    assert files(home) == []


def test_stopping_keeps_nothing(home: Home) -> None:
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled):
        collected(home, cancel=cancel)
    assert files(home) == []


def test_a_clip_is_copied_byte_for_byte(home: Home, tmp_path: Path) -> None:
    made = collected(home)
    source = tmp_path / "from elsewhere.mp4"
    source.write_bytes(home.path(made.clip).read_bytes())
    take = collect_clip(SCENE, source, film_id="other film!", home=home, number=2, renderer="ltx")
    assert home.path(take.clip).read_bytes() == source.read_bytes()
    assert (take.duration, take.fps, take.number) == (Fraction(1, 2), 24, 2)
    assert Takes(home).find("other film!", "s01") == (take,)


@pytest.mark.parametrize("content", [b"", b"not a clip at all", b"RIFF\x24\x00\x00\x00WAVEfmt "])
def test_a_clip_that_is_none_is_refused(home: Home, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(content)
    with pytest.raises(ReplaceMedia, match=r"clip\.mp4"):
        collect_clip(SCENE, source, film_id="film", home=home, renderer="x")
    assert files(home) == []


def test_takes_are_found_by_scene_and_picture(home: Home) -> None:
    takes = Takes(home)
    first = collected(home, 4)
    second = collected(home, 5, number=2)
    longer = Scene(id="s01-b", prompt="a boat")
    other = collect_frames(
        longer, gradient(6), fps=Fraction(24), film_id="film", home=home, renderer="x"
    )
    assert takes.find("film", "s01") == (first, second)
    assert takes.find("film", "s01-b") == (other,)
    assert takes.find("film", "s01", "another picture") == ()
    assert takes.find("nothing", "s01") == ()
    home.path(first.clip).unlink()
    assert takes.find("film", "s01") == (second,)
    assert not takes.has(first)
    assert takes.has(second)


def test_a_chosen_take_stays_chosen(home: Home) -> None:
    takes = Takes(home)
    first, second = collected(home, 4), collected(home, 5, number=2)
    assert takes.chosen("film", SCENE) is None
    takes.choose(SCENE, second)
    assert Takes(home).chosen("film", SCENE) == second
    takes.choose(SCENE, first)
    assert Takes(home).chosen("film", SCENE) == first
    assert takes.chosen("another film", SCENE) is None
    assert takes.find("film", "s01") == (first, second)


def test_a_choice_is_of_the_scene_as_it_was(home: Home) -> None:
    takes = Takes(home)
    take = collected(home)
    takes.choose(SCENE, take)
    for changed in (SCENE.replace(take=2), SCENE.replace(prompt="a ship")):
        assert takes.chosen("film", changed) is None
    assert takes.chosen("film", SCENE.replace(narration="Ahoy.", approved=True)) == take
    takes.choose(SCENE.replace(take=2), take)
    assert takes.chosen("film", SCENE.replace(take=2)) == take
    longer = SCENE.replace(duration=SCENE.duration + 1)
    takes.choose(SCENE, take)
    assert takes.chosen("film", longer) == take
    rewritten = SCENE.replace(prompt="a ship")
    takes.choose(rewritten, take)
    assert (takes.chosen("film", rewritten), takes.chosen("film", SCENE)) == (take, None)
    draft = take.replace(state="draft")
    for stranger, other in ((SCENE.replace(id="s02"), take), (longer, draft), (rewritten, draft)):
        with pytest.raises(MatchLists, match=rf"scene {stranger.id}\b.* choose one"):
            takes.choose(stranger, other)
    takes.unchoose("film", rewritten)
    assert takes.chosen("film", rewritten) is None


def test_a_damaged_choice_is_named(home: Home) -> None:
    takes = Takes(home)
    take = collected(home)
    takes.choose(SCENE, take)
    pin = home.path(take.clip).with_name("s01.chosen.json")
    pin.write_text(pin.read_text()[:-5])
    with pytest.raises(ReplaceMedia, match=pin.name):
        takes.chosen("film", SCENE)


def film_of(scene: Scene) -> Screenplay:
    return Screenplay(title="A boat", brief=Brief(idea="a boat"), scenes=(scene,))


def test_the_take_that_a_scene_plays(home: Home) -> None:
    screenplay = film_of(SCENE)
    film_id = screenplay.brief.film_id
    first = collected(home, 4, film_id=film_id)
    second = collected(home, 5, film_id=film_id, number=2)
    assert kept_take(screenplay, SCENE, home=home) == second
    Takes(home).choose(SCENE, first)
    assert kept_takes(screenplay, home=home) == (first,)
    for wanted, take, following in ((2, second, 3), (3, None, 3), (7, None, 7)):
        again = SCENE.replace(take=wanted)
        assert kept_take(film_of(again), again, home=home) == take
        assert next_number(screenplay, again, home=home) == following


def test_a_damaged_take_is_named(home: Home) -> None:
    take = collected(home)
    card = home.path(take.clip).with_suffix(".json")
    card.write_text("{")
    with pytest.raises(ReplaceMedia, match=card.name):
        Takes(home).find("film", "s01")
