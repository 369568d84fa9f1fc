"""Shoot Stills: what the camera sees, measured on the clips that were written."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from onereel.errors import Cancelled, MatchLists, ReplaceMedia
from onereel.home import Home
from onereel.shoot.stills import Pixels, shoot_stills
from onereel.shoot.stills.beats import changes
from onereel.shoot.stills.focus import subject_of
from onereel.shoot.stills.moves import path_of
from onereel.shoot.takes import Takes
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.line import Line, Word
from onereel.work import Cancel, Progress

FRAME = (848, 480)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def film(*scenes: Scene) -> Screenplay:
    return Screenplay(title="Stills", brief=Brief(idea="Stills"), scenes=scenes)


def scene(name: str = "s01", **changes: Any) -> Scene:
    return Scene(id=name, prompt="a boat", duration=changes.pop("duration", 2), **changes)


def dotted(width: int, height: int, *, at: tuple[float, float], radius: int = 24) -> Pixels:
    """A white dot on dark ground."""
    picture = Image.new("RGB", (width, height), (24, 40, 64))
    x, y = at[0] * width, at[1] * height
    ImageDraw.Draw(picture).ellipse((x - radius, y - radius, x + radius, y + radius), "white")
    return np.asarray(picture)


def flat(colour: tuple[int, int, int], width: int = 400, height: int = 300) -> Pixels:
    return np.full((height, width, 3), colour, np.uint8)


def shot(home: Home, sole: Scene, *pictures: Pixels, **options: Any) -> list[np.ndarray]:
    (take,) = shoot_stills(film(sole), {sole.id: pictures}, home=home, resolution="480p", **options)
    with av.open(str(home.path(take.clip))) as clip:
        return [frame.to_ndarray(format="gray") for frame in clip.decode(video=0)]


def dots(frames: Sequence[np.ndarray]) -> np.ndarray:
    """Where the bright dot is in each frame, in pixels: x and y."""
    found = []
    for frame in frames:
        light = np.clip(frame.astype(float) - 100, 0, None)
        y, x = np.indices(frame.shape)
        found.append(((light * x).sum() / light.sum(), (light * y).sum() / light.sum()))
    return np.array(found)


def line(text: str, starts: Sequence[float]) -> Line:
    words = [
        Word(text=word, start=Fraction(start), end=Fraction(start) + Fraction(1, 5))
        for word, start in zip(text.split(), starts, strict=True)
    ]
    return Line(
        scene_id="s01",
        text=text,
        language="en",
        engine="espeak",
        voice="en",
        audio="lines/x.flac",
        rate=24000,
        samples=24000 * 10,
        words=tuple(words),
    )


def test_a_clip_has_the_format_of_the_paid_models_and_covers_its_scene(home: Home):
    (take,) = shoot_stills(
        film(scene(duration=Fraction(49, 24))),
        {"s01": [dotted(900, 700, at=(0.5, 0.5))]},
        home=home,
        resolution="480p",
    )
    with av.open(str(home.path(take.clip))) as clip:
        video = clip.streams.video[0]
        assert (video.codec_context.name, video.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height, video.average_rate) == (*FRAME, 24)
        packets = [packet for packet in clip.demux(video) if packet.pts is not None]
    assert len(packets) == 49 + 12
    assert [packets[at].is_keyframe for at in (0, 24, 48)] == [True] * 3
    assert (take.state, take.renderer, take.duration) == ("ready", "stills", Fraction(61, 24))


@pytest.mark.parametrize("movement", ["pan left", "pan right"])
def test_a_pan_is_smooth_to_a_fraction_of_a_pixel(home: Home, movement: str):
    frames = shot(home, scene(duration=4), dotted(1400, 480, at=(0.5, 0.5)), movement=movement)
    x, y = dots(frames).T
    steps = np.diff(x)
    assert (steps > 0).all() if movement == "pan left" else (steps < 0).all()
    # Rounding to whole pixels would leave 0.29 beside any smooth way.
    assert 0.5 < np.abs(steps).mean() < 2.0
    time = np.linspace(-1, 1, len(x))
    assert (x - np.polyval(np.polyfit(time, x, 5), time)).std() < 0.1
    assert np.ptp(y) < 0.2


def test_a_push_in_grows_evenly_around_what_is_to_be_seen(home: Home):
    frames = shot(home, scene(duration=4), dotted(1696, 960, at=(0.3, 0.4)), movement="push in")
    areas = np.array([(frame > 140).sum() for frame in frames], float)
    growth = np.sqrt(areas[-1] / areas[0])
    assert 1.08 < growth < 1.12
    middle = (np.array(FRAME) - 1) / 2
    away = np.linalg.norm(dots(frames) - middle, axis=1)
    assert away[-1] < away[0]


def test_static_holds_still(home: Home):
    frames = shot(home, scene(), dotted(848, 480, at=(0.6, 0.5)), movement="static")
    assert np.ptp(dots(frames), axis=0).max() < 0.05


def test_the_scene_s_own_words_move_the_camera(home: Home):
    wide = dotted(1400, 480, at=(0.5, 0.5))
    assert np.diff(dots(shot(home, scene(camera="slow pan left"), wide))[:, 0]).mean() > 0.1
    tall = dotted(848, 900, at=(0.5, 0.5))
    assert np.diff(dots(shot(home, scene(camera="tilt down"), tall))[:, 1]).mean() < -0.1


@pytest.mark.parametrize("at", [(0.2, 0.3), (0.8, 0.7), (0.5, 0.5)])
def test_the_subject_is_found(at: tuple[float, float]):
    noise = np.random.default_rng(1).integers(40, 90, (600, 900, 3)).astype(np.uint8)
    picture = Image.fromarray(noise)
    x, y = at[0] * 900, at[1] * 600
    ImageDraw.Draw(picture).ellipse((x - 60, y - 90, x + 60, y + 90), (220, 120, 40))
    ImageDraw.Draw(picture).rectangle((440, 10, 450, 20), (255, 255, 255))
    assert subject_of(picture) == pytest.approx(at, abs=0.06)


def test_a_picture_without_a_subject_is_looked_at_in_its_middle():
    assert subject_of(Image.new("RGB", (300, 200), (90, 90, 90))) == (0.5, 0.5)


def test_what_is_to_be_seen_stays_in_the_frame():
    for move in ("push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "tilt_down", "static"):
        for picture in ((3000, 1000), (1000, 3000), (640, 640), (100, 57)):
            for focus in ((0.1, 0.1), (0.9, 0.5), (0.5, 0.95)):
                way = path_of(move, picture, FRAME, focus=focus, seconds=5)
                for left, top, right, bottom in (way.start, way.end):
                    assert left >= -1e-6 and top >= -1e-6
                    assert right <= picture[0] + 1e-6 and bottom <= picture[1] + 1e-6
                    assert (right - left) / (bottom - top) == pytest.approx(848 / 480)
                seen = [
                    left <= focus[0] * picture[0] <= right
                    and top <= focus[1] * picture[1] <= bottom
                    for left, top, right, bottom in (way.at(0), way.at(0.5), way.at(1))
                ]
                assert any(seen), (move, picture, focus)


def test_pictures_change_on_words_best_where_a_sentence_begins():
    spoken = line("One two. Three four five six.", [0, 0.6, 2.2, 2.6, 3.6, 4.4])
    (change,) = changes(2, 24 * 6, 24, spoken)
    assert change == round((0.25 + 2.2) * 24)
    assert changes(3, 24 * 6, 24, None) == (48, 96)


@pytest.mark.parametrize("count", [2, 5, 23, 24])
def test_every_picture_is_seen(count: int):
    spoken = line("a b c d", [0, 0.01, 0.02, 0.9])
    found = [0, *changes(count, 24, 24, spoken), 24]
    assert all(end > start for start, end in pairwise(found))


def test_pictures_of_a_scene_follow_one_another_and_dissolve(home: Home):
    frames = shot(
        home,
        scene(duration=3),
        *(flat((20, 20, 20)), flat((120, 120, 120)), flat((220, 220, 220))),
        fade=0.5,
    )
    light = np.array([frame.mean() for frame in frames])
    assert (np.diff(light) > -1).all()
    between = ((light > 45) & (light < 100)).sum()
    assert 6 <= between <= 12
    assert light[12] < 40 and 100 < light[42] < 140 and light[-1] > 200


def test_without_a_fade_pictures_are_cut(home: Home):
    frames = shot(home, scene(), flat((20, 20, 20)), flat((220, 220, 220)), fade=0)
    light = np.array([frame.mean() for frame in frames])
    assert ((light > 45) & (light < 190)).sum() == 0


@pytest.mark.parametrize(
    "pixels",
    [flat((200, 60, 60), 1, 1), flat((200, 60, 60), 10, 3000), flat((200, 60, 60), 3000, 10)],
    ids=["a pixel", "a sliver", "a strip"],
)
def test_a_picture_of_any_shape_fills_the_frame(home: Home, pixels: Pixels):
    for movement in ("pan left", "tilt up", "push in"):
        frames = shot(home, scene(duration=1), pixels, movement=movement)
        assert {frame.shape for frame in frames} == {(480, 848)}
        assert all(np.ptp(frame) < 4 for frame in frames)


def test_the_same_stills_are_not_shot_again_and_others_are(home: Home):
    one, two = dotted(900, 700, at=(0.5, 0.5)), dotted(900, 700, at=(0.5, 0.51))

    def shoot(pixels: Pixels, **options: Any) -> Path:
        (take,) = shoot_stills(
            film(scene(duration=1)), {"s01": [pixels]}, home=home, resolution="480p", **options
        )
        return home.path(take.clip)

    path = shoot(one)
    before = path.stat().st_mtime_ns
    assert shoot(one) == path and path.stat().st_mtime_ns == before
    others = {shoot(two), shoot(one, movement="static"), shoot(one, focus="left")}
    assert len(others | {path}) == 4


def test_a_damaged_clip_is_shot_again(home: Home):
    pictures = {"s01": [dotted(900, 700, at=(0.5, 0.5))]}
    sole = film(scene(duration=1))
    (take,) = shoot_stills(sole, pictures, home=home, resolution="480p")
    home.path(take.clip).write_bytes(home.path(take.clip).read_bytes()[:2000])
    (again,) = shoot_stills(sole, pictures, home=home, resolution="480p")
    assert again == take and Takes(home).has(again)


def test_stopping_leaves_no_half_clip(home: Home):
    cancel = Cancel()
    with pytest.raises(Cancelled):
        shoot_stills(
            film(scene(duration=8)),
            {"s01": [dotted(900, 700, at=(0.5, 0.5))]},
            home=home,
            progress=Progress(lambda report: cancel.request()),
            cancel=cancel,
        )
    assert not [path for path in home.media.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("pictures", "error", "words"),
    [
        ({"s01": []}, ReplaceMedia, "has no picture"),
        ({"s01": [np.zeros((0, 5, 3), np.uint8)]}, ReplaceMedia, "is empty"),
        ({"s01": [np.zeros((5, 5), np.uint8)]}, ReplaceMedia, "is empty"),
        ({"s01": [flat((1, 1, 1), 4, 4)] * 99}, ReplaceMedia, "99 pictures for 48 frames"),
        ({"s09": [flat((1, 1, 1))]}, MatchLists, "no scene 's09'"),
    ],
)
def test_pictures_that_cannot_be_shot(
    home: Home, pictures: dict[str, list[Pixels]], error: type[Exception], words: str
):
    with pytest.raises(error, match=words):
        shoot_stills(film(scene()), pictures, home=home)
    assert not home.media.exists()


def test_a_picture_of_400_megapixels_is_shot_and_a_larger_one_refused(home: Home):
    huge = np.broadcast_to(np.uint8(90), (20_000, 20_001, 3))
    with pytest.raises(ReplaceMedia, match="20001 x 20000 pixels"):
        shoot_stills(film(scene()), {"s01": [huge]}, home=home)
