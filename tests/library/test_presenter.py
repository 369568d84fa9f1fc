"""Presenters: planned over scenes, drawn over frames, kept clear of captions."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from av.video.frame import VideoFrame
from PIL import Image

from onereel.cast.character import character_of
from onereel.cut.overlays.burn import Burner
from onereel.cut.overlays.caption_place import captions_top
from onereel.cut.overlays.keying import ColourKey, key_code
from onereel.cut.overlays.overlay import Overlay, Stencil
from onereel.cut.overlays.presenting import Presenting
from onereel.cut.overlays.pulse import Pulse
from onereel.cut.plan import Caption, Captions, Clip, Cut, PlacedLine
from onereel.cut.presenter import (
    add_presenter,
    for_lines,
    keep_presenter_file,
    keep_presenter_picture,
    portrait_of,
)
from onereel.cut.render import render
from onereel.errors import BadInput, MatchLists, ReplaceMedia, RevisePresenter
from onereel.home import Home
from onereel.lettering import Lettering
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from tests.footage import frame_prints, heard, make_clip

SIZES = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (360, 360)}
PLACES = ("corner circle", "side panel", "full frame")
FPS = 24
MAGENTA = (255, 0, 255)
LATIN = "She remembered the speed limit on the\nroad and smiled at the old signposts"
JAPANESE = (
    "\u706f\u53f0\u5b88\u306f\u74f6\u306e\u4e2d\u306b\n\u624b\u7d19\u3092\u898b\u3064\u3051\u305f"
)
RATE = 24_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Still clips of every shape, and a line: a second of voice, one of silence, one of voice."""
    folder = tmp_path_factory.mktemp("media")
    for width, height in SIZES.values():
        make_clip(folder / f"{width}x{height}.mp4", size=(width, height), sound=False)
    time = np.arange(3 * RATE) / RATE
    voice = np.sin(2 * np.pi * 180 * time) * 0.3 * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))
    voice[(time > 1) & (time < 2)] = 0
    soundfile.write(folder / "line.flac", voice, RATE)
    return Home(private=folder / "private", media=folder)


def new_cut(shape: str = "16:9", scenes: int = 2, **changes: object) -> Cut:
    width, height = SIZES[shape]
    clips = [
        Clip(
            scene_id=f"s{number:02}",
            take_id="t",
            media=f"{width}x{height}.mp4",
            start=Fraction(4 * number),
            source_out=Fraction(2),
            hold=Fraction(2),
        )
        for number in range(scenes)
    ]
    lines = [
        PlacedLine(scene_id=clip.scene_id, media="line.flac", start=clip.start, duration=3)
        for clip in clips
    ]
    values = {"width": width, "height": height, "clips": clips, "lines": lines, **changes}
    return Cut.model_validate(values)


def burned(cut: Cut, text: str, language: str = "en") -> Cut:
    items = tuple(Caption(text=text, start=clip.start, end=clip.start + 3) for clip in cut.clips)
    return cut.replace(captions=Captions(mode="burned", language=language, items=items))


def picture(
    home: Home, colour: tuple[int, ...] = MAGENTA, size: tuple[int, int] = (200, 300)
) -> str:
    mode = "RGBA" if len(colour) == 4 else "RGB"
    return keep_presenter_picture(np.asarray(Image.new(mode, size, colour)), home=home)


def overlays(cut: Cut, home: Home, floor: float | None = None) -> Presenting:
    return Presenting(cut, home=home, floor=captions_top(cut) if floor is None else floor)


def film(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in file.decode(video=0)]


def reddish(frame: np.ndarray) -> np.ndarray:
    return (frame[..., 0] > 170) & (frame[..., 1] < 90) & (frame[..., 2] > 170)


def test_an_old_cut_has_no_presenter_and_a_new_one_is_read_again():
    old = new_cut()
    data = old.model_dump(mode="json")
    del data["presenters"]
    assert Cut.from_data(data) == old
    new = add_presenter(old, "presenters/a.png", scenes="2", key="green")
    assert Cut.from_json(new.to_json()) == new
    assert new.replace(presenters=()) == old


@pytest.mark.parametrize(
    ("scenes", "found"),
    [
        ("all", ("s00", "s01", "s02", "s03", "s04")),
        ("1, 3-5", ("s00", "s02", "s03", "s04")),
        ("s01; 3", ("s01", "s02")),
        ("2 - 3", ("s01", "s02")),
    ],
)
def test_scenes_are_named_by_number_range_and_id(scenes: str, found: tuple[str, ...]):
    (made,) = add_presenter(new_cut(scenes=5), "presenters/a.png", scenes=scenes).presenters
    assert made.scenes == found


@pytest.mark.parametrize("scenes", ["9", "0", "3-9", "4-2", "x7", "1-", ""])
def test_a_scene_that_is_not_there_is_said(scenes: str):
    with pytest.raises(RevisePresenter, match=r"numbers (from 1 to 5|such as)"):
        add_presenter(new_cut(scenes=5), "presenters/a.png", scenes=scenes)


def test_scenes_are_counted_as_in_the_screenplay_also_where_one_was_left_out():
    whole = new_cut(scenes=3)
    told = Screenplay(
        title="A film",
        brief=Brief(idea="A kite", duration=12),
        scenes=tuple(Scene(id=clip.scene_id, prompt="A kite.") for clip in whole.clips),
    )
    cut = whole.replace(clips=(whole.clips[0], whole.clips[2]))
    (made,) = add_presenter(cut, "presenters/a.png", screenplay=told, scenes="2-3").presenters
    assert made.scenes == ("s02",)
    assert add_presenter(cut, "presenters/a.png", screenplay=told, scenes="2") == cut


def test_what_cannot_be_is_said(home: Home, tmp_path: Path):
    with pytest.raises(MatchLists, match="Nobody speaks"):
        add_presenter(new_cut(lines=()), "presenters/a.png")
    with pytest.raises(RevisePresenter, match="Nobody is there"):
        for_lines([], [])
    with pytest.raises(MatchLists, match="2 pictures or clips"):
        for_lines(["a", "b"], [])
    with pytest.raises(RevisePresenter, match="Mia has no picture"):
        portrait_of(character_of("Mia"))
    for size in ((1, 1), (20_000, 20_000)):
        with pytest.raises(ReplaceMedia, match=r"This picture has"):
            keep_presenter_picture(np.broadcast_to(np.uint8(0), (*size, 3)), home=home)
    Image.new("1", (20_000, 20_000)).save(tmp_path / "huge.png")
    with pytest.raises(ReplaceMedia, match="at most 40 million"):
        keep_presenter_file(tmp_path / "huge.png", home=home)
    with pytest.raises(ReplaceMedia, match="has no moving picture"):
        keep_presenter_file(home.path("line.flac"), home=home)
    with pytest.raises(ReplaceMedia, match="missing"):
        keep_presenter_file(tmp_path / "none.mp4", home=home)
    (tmp_path / "words.mp4").write_text("no film")
    with pytest.raises(ReplaceMedia, match="damaged"):
        keep_presenter_file(tmp_path / "words.mp4", home=home)


@pytest.mark.parametrize("key", ["grey", "#888", "no colour", "white"])
def test_a_colour_that_cannot_be_keyed_is_said(key: str):
    with pytest.raises(RevisePresenter, match="green"):
        add_presenter(new_cut(), "presenters/a.png", key=key)


def test_a_later_presenter_takes_a_scene_over():
    cut = add_presenter(new_cut(scenes=3), "presenters/a.png")
    cut = add_presenter(cut, "presenters/b.png", scenes="2")
    assert [(each.media, each.scenes) for each in cut.presenters] == [
        ("presenters/a.png", ("s00", "s02")),
        ("presenters/b.png", ("s01",)),
    ]
    assert add_presenter(cut, "presenters/c.png").presenters[0].media == "presenters/c.png"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", SIZES)
def test_captions_are_never_covered(shape: str, place: str, home: Home):
    for text, language in ((LATIN, "en"), (JAPANESE, "ja")):
        cut = burned(add_presenter(new_cut(shape), picture(home), place=place), text, language)
        burner = Burner(cut, Lettering())
        (caption,) = burner.overlays(Fraction(1, 2))
        letters = caption.y + np.nonzero(caption.image[..., 0] > 200)[0].min()
        floor = min(captions_top(cut), burner.top)
        presenting = overlays(cut, home, floor)
        for number in range(FPS):
            (seen,) = presenting.overlays(Fraction(number, FPS))
            rows = seen.y + np.nonzero(seen.image[..., 3])[0]
            columns = seen.x + np.nonzero(seen.image[..., 3])[1]
            assert (rows.min(), columns.min()) >= (0, 0)
            assert columns.max() < cut.width
            # The full frame is the picture itself: captions are drawn upon it.
            assert rows.max() < (cut.height if place == "full frame" else letters)


@pytest.mark.parametrize("shape", SIZES)
def test_the_film_shows_letters_above_everything(shape: str, home: Home, tmp_path: Path):
    cut = burned(add_presenter(new_cut(shape, 1), picture(home), place="full frame"), "WORDS")
    render(cut, tmp_path / "film.mp4", home=home)
    shown = film(tmp_path / "film.mp4")[24]
    (caption,) = Burner(cut, Lettering()).overlays(Fraction(1))
    height, width = caption.image.shape[:2]
    patch = shown[caption.y : caption.y + height, caption.x : caption.x + width]
    letters = (caption.image[:height, :width].min(axis=-1) > 240)[: patch.shape[0]]
    assert (patch[letters].min(axis=-1) > 180).mean() > 0.95
    assert reddish(shown).mean() > 0.3


def test_it_grows_by_at_most_two_percent_and_stands_still_in_silence(home: Home):
    cut = add_presenter(new_cut(scenes=1), picture(home), size=2)
    presenting = overlays(cut, home)
    images = [presenting.overlays(Fraction(number, FPS))[0] for number in range(4 * FPS)]
    areas = np.array([each.image[..., 3].sum() / 255.0 for each in images])
    scale = np.sqrt(areas / areas.min())
    assert 1.012 < scale.max() <= 1.02 + 1e-3
    assert np.abs(np.diff(scale)).max() < 0.008
    silent = images[FPS + 5 : 2 * FPS - 5] + images[3 * FPS + 5 :]
    assert len({each.key.rsplit(":", 2)[-2] for each in silent}) == 1
    assert all(np.array_equal(each.image, silent[0].image) for each in silent)


def test_the_pulse_follows_the_voice_without_delay(home: Home):
    pulse = Pulse(home.path("line.flac"), name="line", fps=Fraction(FPS))
    lean = np.array([pulse.lean(frame) for frame in range(-20, 120)])
    assert np.abs(lean).max() <= 1
    assert not lean[:15].any()
    assert not lean[20 + FPS + 5 : 20 + 2 * FPS - 5].any()
    first, second = lean[20 : 20 + FPS], lean[20 + 2 * FPS : 20 + 3 * FPS]
    # Another side after the pause.
    assert (np.sign(first.sum()), np.sign(second.sum())) in {(1, -1), (-1, 1)}


def test_a_silent_line_moves_nobody(tmp_path: Path):
    soundfile.write(tmp_path / "none.flac", np.zeros(RATE), RATE)
    pulse = Pulse(tmp_path / "none.flac", name="line", fps=Fraction(FPS))
    assert not any(pulse.lean(frame) for frame in range(30))


def test_it_tilts_by_at_most_two_degrees(home: Home):
    """A black bar over a white ground: its slope is read off the drawn pixels."""
    ground = np.full((400, 400, 3), 255, np.uint8)
    ground[190:210] = 0
    media = keep_presenter_picture(ground, home=home)
    for place, most in (("corner circle", 2.0), ("side panel", 1.0), ("full frame", 1.0)):
        presenting = overlays(add_presenter(new_cut(scenes=1), media, place=place), home)
        slopes = []
        for number in range(FPS):
            image = presenting.overlays(Fraction(number, FPS))[0].image.astype(float)
            black = np.maximum(image[..., 3] - image[..., 0] - 20, 0)
            middle, reach = image.shape[1] // 2, image.shape[1] // 4
            rows = np.arange(image.shape[0])
            columns = [black[:, at] for at in (middle - reach, middle + reach)]
            heights = [(each @ rows) / each.sum() for each in columns]
            slopes.append(abs(np.degrees(np.arctan2(heights[1] - heights[0], 2 * reach))))
        assert most / 2 < max(slopes) <= most * 1.05


def test_what_has_corners_never_shows_what_lies_beyond_them(home: Home):
    for shape in SIZES:
        cut = add_presenter(new_cut(shape, 1), picture(home), place="full frame")
        presenting = overlays(cut, home)
        for number in range(FPS):
            (seen,) = presenting.overlays(Fraction(number, FPS))
            assert seen.image.shape == (cut.height, cut.width, 4)
            assert seen.image[..., 3].min() == 255


def test_scenes_without_it_are_copied_and_the_rest_stays(home: Home, tmp_path: Path):
    cut = new_cut(scenes=2)
    cut = cut.replace(clips=[clip.replace(hold=0, start=2 * n) for n, clip in enumerate(cut.clips)])
    cut = cut.replace(lines=[cut.lines[0]])
    render(cut, tmp_path / "without.mp4", home=home)
    reel = render(add_presenter(cut, picture(home), scenes="1"), tmp_path / "with.mp4", home=home)
    assert (reel.frames, reel.copied) == (96, 48)
    assert frame_prints(tmp_path / "with.mp4")[48:] == frame_prints(tmp_path / "without.mp4")[48:]
    assert np.array_equal(heard(tmp_path / "with.mp4"), heard(tmp_path / "without.mp4"))
    with_it, without = (film(tmp_path / name) for name in ("with.mp4", "without.mp4"))
    for one, other in zip(with_it[:48], without[:48], strict=True):
        apart = np.abs(one - other).max(axis=-1) > 60
        rows, columns = np.nonzero(apart)
        # All that differs is one circle at the lower right.
        assert columns.min() > 0.75 * cut.width
        assert rows.min() > 0.4 * cut.height
        assert reddish(one).sum() > 5000


def test_it_comes_and_goes_with_the_dissolves(home: Home):
    cut = new_cut(scenes=3)
    half = Fraction(1, 2)
    clips = [clip.replace(transition="dissolve", overlap=half) for clip in cut.clips[1:]]
    cut = cut.replace(clips=[cut.clips[0], *clips])
    presenting = overlays(add_presenter(cut, picture(home), scenes="2", place="full frame"), home)

    def opacity(second: Fraction) -> float:
        found = presenting.overlays(second)
        return found[0].image[..., 3].mean() / 255 if found else 0.0

    assert presenting.spans == ((4, 8 + half),)
    rising = [opacity(4 + Fraction(number, FPS)) for number in range(13)]
    falling = [opacity(8 + Fraction(number, FPS)) for number in range(13)]
    assert opacity(Fraction(4) - Fraction(1, FPS)) == 0
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert (rising[0], falling[-1]) == (pytest.approx(1 / 13, abs=0.01), 0)
    assert rising[-1] == opacity(Fraction(6)) == 1


def test_one_that_follows_another_in_the_same_place_covers_it(home: Home):
    cut = new_cut(scenes=2)
    second = cut.clips[1].replace(transition="dissolve", overlap=Fraction(1, 2))
    cut = cut.replace(clips=[cut.clips[0], second])
    for number, colour in (("1", MAGENTA), ("2", (0, 0, 255))):
        cut = add_presenter(cut, picture(home, colour), scenes=number, place="full frame")
    lower, upper = overlays(cut, home).overlays(Fraction(4) + Fraction(1, FPS))
    assert lower.image[..., 3].min() == 255
    assert 0 < upper.image[..., 3].max() < 128


def write(path: Path, codec: str, pix_fmt: str, **options: str) -> Path:
    """A clip of 2 s: an orange disc on a clear or green ground, redder with each frame."""
    inside = np.hypot(*np.mgrid[-64:64, -48:48]) < 36
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 96, 128, pix_fmt
        for attribute in ("color_primaries", "color_trc", "colorspace", "color_range"):
            setattr(stream.codec_context, attribute, 1)
        for number in range(50):
            image = np.zeros((128, 96, 4), np.uint8)
            if pix_fmt == "yuv420p":
                image[:] = (0, 177, 64, 255)
            image[inside] = (100 + 3 * number, 90, 30, 255)
            frame = VideoFrame.from_ndarray(image, format="rgba")
            file.mux(stream.encode(frame.reformat(format=pix_fmt, dst_colorspace=1)))
        file.mux(stream.encode(None))
    return path


KINDS = {
    "vp9.webm": ("libvpx-vp9", "yuva420p", {"crf": "10", "b:v": "0", "auto-alt-ref": "0"}, ""),
    "prores.mov": ("prores_ks", "yuva444p10le", {"profile": "4"}, ""),
    "png.mov": ("png", "rgba", {}, ""),
    "green.mp4": ("libx264", "yuv420p", {"crf": "12"}, "#00b140"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_cut_out_clip_is_seen_through_and_keeps_its_colour(name: str, home: Home, tmp_path: Path):
    codec, pix_fmt, options, key = KINDS[name]
    media = keep_presenter_file(write(tmp_path / name, codec, pix_fmt, **options), home=home)
    cut = add_presenter(new_cut("9:16", 1), media, place="full frame", key=key)
    (seen,) = overlays(cut, home).overlays(Fraction(1))
    height, width = seen.image.shape[:2]
    corner, middle = seen.image[:40, :40], seen.image[height // 2, width // 2].astype(int)
    assert corner[..., 3].max() <= 6
    assert np.abs(middle - (175, 90, 30, 255)).max() <= 12
    # Nothing of the green is left anywhere, nor at the edge.
    colours = seen.image[..., :3].astype(int)
    assert (colours[..., 1] - colours[..., [0, 2]].max(axis=-1)).max() <= 8


def test_a_clip_keeps_time_with_its_line(home: Home, tmp_path: Path):
    media = keep_presenter_file(write(tmp_path / "clip.mov", "png", "rgba"), home=home)
    cut = add_presenter(new_cut("9:16", 1), media, place="full frame")
    late = cut.lines[0].replace(start=Fraction(1, 2))

    def played(cut: Cut, time: Fraction) -> float:
        """Seconds of the clip that are shown, read from its colour."""
        (seen,) = overlays(cut, home).overlays(time)
        height, width = seen.image.shape[:2]
        return (int(seen.image[height // 2, width // 2, 0]) - 100) / 3 / 25

    def at(spoken: Fraction, *times: object) -> list[float]:
        placed = cut.replace(lines=[late.replace(duration=spoken)])
        return [played(placed, Fraction(str(time))) for time in times]

    near = pytest.approx
    assert at(Fraction(2), 0, 0.5, 1.5, 2.5, 3.5) == near([0, 0, 1, 1.96, 1.96], abs=0.05)
    # Shorter line: half a second of grace, then still. Longer: from the beginning again.
    assert at(Fraction(1), 1.5, 1.75, 2, 3) == near([1, 1.25, 1.5, 1.5], abs=0.05)
    assert at(Fraction(3), 2.25, 3, 3.5, 3.75) == near([1.75, 0.5, 1, 1], abs=0.05)
    assert at(Fraction("2.4"), 2.75, 3.5) == near([1.96, 1.96], abs=0.05)


def test_a_clip_is_as_it_is_and_moves_only_when_asked_to():
    for motion, moves in (
        ("pictures", [True, False]),
        ("always", [True] * 2),
        ("never", [False] * 2),
    ):
        made = [
            add_presenter(new_cut(), f"presenters/a.{kind}", motion=motion).presenters[0].moves
            for kind in ("png", "mp4")
        ]
        assert made == moves


def test_a_clip_of_each_line_is_in_its_scene(home: Home):
    cut = new_cut(scenes=3)
    media = {"s00": "presenters/a.mp4", "s02": "presenters/c.mp4"}
    assert [each.scenes for each in add_presenter(cut, media).presenters] == [("s00",), ("s02",)]
    with pytest.raises(RevisePresenter, match="None of the presenter's clips"):
        add_presenter(cut, media, scenes="2")


def test_the_key_leaves_skin_and_white_and_takes_the_colour_off_edges():
    key = ColourKey.of(key_code("#00b140"))
    row = np.array(
        [[(0, 177, 64, 255), (236, 188, 160, 255), (250, 250, 250, 255), (125, 213, 157, 255)]],
        np.uint8,
    )
    out = key.cut_out(row)[0].astype(int)
    assert out[0, 3] == 0
    assert np.array_equal(out[1:3], row[0, 1:3])
    # White mixed half with the key: some of it is seen through, and what is left is not green.
    assert 0 < out[3, 3] < 255
    assert out[3, 1] <= max(out[3, 0], out[3, 2])


def test_premultiplied_overlays_look_like_straight_ones():
    random = np.random.default_rng(3)
    small = random.integers(0, 256, (12, 16, 4), np.uint8)
    image = np.asarray(Image.fromarray(small).resize((96, 72), Image.Resampling.BICUBIC))
    times = image[..., 3:] / 255
    multiplied = np.dstack([np.rint(image[..., :3] * times), image[..., 3]]).astype(np.uint8)
    ground = random.integers(16, 235, (135, 160), np.uint8)
    for x, y in ((10, 6), (11, 7), (-20, -9), (100, 50), (400, 0)):
        frames = [ground.copy(), ground.copy()]
        Stencil(Overlay("a", x, y, image), 160, 90).lay_on(frames[0])
        Stencil(Overlay("b", x, y, multiplied, premultiplied=True), 160, 90).lay_on(frames[1])
        assert np.abs(frames[0].astype(int) - frames[1]).max() <= 3


def test_a_missing_picture_is_said_when_the_film_is_made(home: Home, tmp_path: Path):
    cut = add_presenter(new_cut(scenes=1), f"presenters/{'0' * 32}.png")
    with pytest.raises(BadInput, match="missing or damaged"):
        render(cut, tmp_path / "film.mp4", home=home)
    assert not list(tmp_path.iterdir())
