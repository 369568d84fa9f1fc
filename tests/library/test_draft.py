from __future__ import annotations

import json
import tomllib
from dataclasses import astuple, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from onereel.cast.character import Character
from onereel.errors import Cancelled, InstallFont, MatchLists
from onereel.home import Home
from onereel.shoot.draft import shoot_draft, studio
from onereel.shoot.draft.ambience import ambience
from onereel.shoot.draft.brush import Canvas
from onereel.shoot.draft.camera import MARGIN, MOVES, view_box
from onereel.shoot.draft.look import look_of
from onereel.shoot.draft.scenery import paint
from onereel.shoot.take import Take
from onereel.shoot.takes import HANDLE, Takes
from onereel.story import builtin
from onereel.story.brief import Aspect, Brief
from onereel.story.screenplay import Scene, Screenplay, StyleBible
from onereel.work import Cancel, Progress, Report

TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text("utf-8"))


def screenplay(
    *scenes: Scene, aspect: Aspect = "1:1", style: StyleBible | None = None
) -> Screenplay:
    brief = Brief(idea="a keeper and her light", aspect=aspect)
    return Screenplay(title="Light", brief=brief, scenes=scenes, style=style or StyleBible())


def scene(**changes: object) -> Scene:
    known = {"id": "s01", "title": "Night", "description": "The sea at night.", "place": "coast"}
    return Scene.model_validate({**known, "duration": 1, **changes})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def pictures(home: Home, take: Take) -> np.ndarray:
    """Gray pictures without slate and progress bar: a band of the lower half."""
    with av.open(str(home.path(take.clip))) as clip:
        frames = [frame.to_ndarray(format="gray") for frame in clip.decode(video=0)]
    height = frames[0].shape[0]
    return np.stack(frames)[:, height // 2 : height - 20].astype(np.float32)


def loudness(home: Home, take: Take) -> float:
    graph = av.filter.Graph()
    with av.open(str(home.path(take.clip))) as clip:
        stream = clip.streams.audio[0]
        source = graph.add_abuffer(template=stream)
        meter = graph.add("ebur128", "metadata=1")
        sink = graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        last = ""
        for frame in clip.decode(stream):
            source.push(frame)
            while True:
                try:
                    last = sink.pull().metadata.get("lavfi.r128.I", last)
                except (av.BlockingIOError, av.EOFError):
                    break
    return float(last)


@pytest.mark.parametrize(
    ("aspect", "size"), [("16:9", (1280, 720)), ("9:16", (720, 1280)), ("1:1", (720, 720))]
)
def test_a_draft_has_the_format_of_veo(home: Home, aspect: Aspect, size: tuple[int, int]) -> None:
    film = screenplay(scene(duration="3/2", camera="push in"), aspect=aspect)
    (take,) = shoot_draft(film, home=home)
    assert take.usable
    assert take.state == "draft"
    assert take.duration == Fraction(3, 2) + HANDLE
    assert (take.width, take.height) == size
    assert take.picture_id == film.scenes[0].picture_id
    with av.open(str(home.path(take.clip))) as clip:
        video, audio = clip.streams.video[0], clip.streams.audio[0]
        assert (video.codec_context.name, video.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height) == size
        assert video.average_rate == video.base_rate == 24
        assert (audio.codec_context.name, audio.rate, audio.layout.name) == ("aac", 48000, "stereo")
        assert abs(audio.duration * audio.time_base - take.duration) < Fraction(1, 20)
        packets = [packet for packet in clip.demux(video) if packet.size]
    times = [packet.pts * packet.time_base for packet in packets]
    assert times == [Fraction(n, 24) for n in range(48)]
    assert [time for time, packet in zip(times, packets, strict=True) if packet.is_keyframe] == [
        0,
        1,
    ]
    assert [packet.dts for packet in packets] == [packet.pts for packet in packets]


def test_1080p(home: Home) -> None:
    (take,) = shoot_draft(screenplay(scene(), aspect="16:9"), home=home, resolution="1080p")
    with av.open(str(home.path(take.clip))) as clip:
        assert (clip.streams.video[0].width, clip.streams.video[0].height) == (1920, 1080)


def test_a_length_between_frames_is_rounded_up(home: Home) -> None:
    (take,) = shoot_draft(screenplay(scene(duration="1.01")), home=home)
    assert take.duration == Fraction(25, 24) + HANDLE
    assert len(pictures(home, take)) == 37


def shift(first: np.ndarray, last: np.ndarray, axis: int) -> int:
    """How far the picture moved, by the best match of its mean profile."""
    a, b = (picture.mean(axis=1 - axis) for picture in (first, last))
    reach = len(a) // 6
    errors = {
        step: float(np.abs(a[reach:-reach] - b[reach + step : len(b) - reach + step]).mean())
        for step in range(-reach, reach + 1)
    }
    return min(errors, key=lambda step: errors[step])


def test_pans_move_the_picture_the_other_way(home: Home) -> None:
    film = screenplay(
        scene(id="l1", camera="slow pan left", place="city"),
        scene(id="r1", camera="pan right", place="city"),
    )
    left, right = (pictures(home, take) for take in shoot_draft(film, home=home))
    assert shift(left[0], left[-1], axis=1) > 8
    assert shift(right[0], right[-1], axis=1) < -8


def test_static_does_not_move_and_push_in_does(home: Home) -> None:
    film = screenplay(scene(id="a", camera="static"), scene(id="b", camera="push in"))
    still, push = (pictures(home, take) for take in shoot_draft(film, home=home))
    # The coder's own noise remains; what moves changes an edge by much more than a step or two.
    assert np.abs(still[-1] - still[0]).max() < 20
    assert np.abs(push[-1] - push[0]).max() > 40


def test_each_move_stays_inside_the_set_and_goes_its_way() -> None:
    width, height = round(1280 * (1 + 2 * MARGIN)), round(720 * (1 + 2 * MARGIN))

    def boxes(name: str, depth: float = 1.0) -> tuple[tuple[float, ...], tuple[float, ...]]:
        path = MOVES[name].path
        for step in range(101):
            left, top, right, bottom = view_box(path(step / 100, depth), width, height)
            assert min(left, top) >= 0
            assert right <= width + 1e-6
            assert bottom <= height + 1e-6
        return tuple(view_box(path(time, depth), width, height) for time in (0.0, 1.0))  # type: ignore[return-value]

    for name in MOVES:
        boxes(name)
    first, last = boxes("push_in")
    assert last[2] - last[0] < first[2] - first[0]
    first, last = boxes("pull_out")
    assert last[2] - last[0] > first[2] - first[0]
    first, last = boxes("tilt_up")
    assert last[1] < first[1]
    first, last = boxes("track_right")
    far_first, far_last = boxes("track_right", 0.0)
    assert last[0] - first[0] > far_last[0] - far_first[0] > 0
    near, far = boxes("orbit"), boxes("orbit", 0.0)
    assert (near[1][0] - near[0][0]) * (far[1][0] - far[0][0]) < 0


@pytest.mark.parametrize(
    ("words", "move"),
    [
        ("slow push in", "push_in"),
        ("Dolly in on her face", "push_in"),
        ("camera pulls back", "pull_out"),
        ("pan", "pan_right"),
        ("whip pan left", "pan_left"),
        ("pan left", "pan_left"),
        ("tilt down", "tilt_down"),
        ("orbit around the statue", "orbit"),
        ("locked-off tripod", "static"),
        ("tracking shot", "track_right"),
        ("drone rises", "crane_up"),
        ("langsame Kamerafahrt", "track_right"),
        ("", "static"),
    ],
)
def test_camera_words(words: str, move: str) -> None:
    shot = scene(camera=words)
    assert look_of(shot, screenplay(shot)).camera == move


def test_place_mood_and_people_are_read_from_the_words() -> None:
    words = {"description": "", "prompt": "close-up of an old woman"}
    shot = scene(place="a bakery", mood="tense, quiet", **words)
    look = look_of(shot, screenplay(shot))
    assert (look.place, look.mood, look.shot, look.people) == ("kitchen", "tense", "close", 1)
    shot = scene(place="", description="The heart of the season", prompt="")
    look = look_of(shot, screenplay(shot))
    assert (look.place, look.people) == ("stage", 0)
    for words, people in (
        ("Two rival bakers beside the stove", 2),
        ("two people on a park path", 2),
        ("the baker and a tray of bread", 1),
        ("a bakery at dawn", 0),
        ("deux boulangers", 2),
        ("eine Bäckerei", 0),
        ("der alte Uhrmacher", 1),
    ):
        shot = scene(place="", description=words, prompt="")
        assert look_of(shot, screenplay(shot)).people == people, words
    two = tuple(Character(name=name) for name in ("Mia", "Tom"))
    shot = scene(place="", description="Mia waves to Tom", prompt="")
    assert look_of(shot, screenplay(shot).replace(cast=two)).people == 2


def test_negative_space_is_not_outer_space() -> None:
    for words, place in (("generous negative space", "stage"), ("a probe in deep space", "space")):
        shot = Scene(id="s1", prompt=words)
        assert look_of(shot, screenplay(shot)).place == place


def test_of_two_words_at_one_place_the_longer_tells() -> None:
    for words, place in (("the town library", "room"), ("the town", "city")):
        shot = Scene(id="s1", description=words)
        assert look_of(shot, screenplay(shot)).place == place


def test_a_films_style_and_its_music_put_nothing_into_a_scene() -> None:
    style = StyleBible(look="hands and tools", lens="50 mm lens", sound="hum; music: harp by a sea")
    prompt = f"Wide shot: a kettle. {style.in_words().capitalize()}."
    shot = Scene(id="s1", prompt=prompt)
    look = look_of(shot, screenplay(shot, style=style))
    assert (look.people, look.place) == (0, "stage")
    assert look_of(shot, screenplay(shot)).people


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_the_shape_of_a_film_is_no_place(aspect: str) -> None:
    film = builtin.write_builtin(
        Brief(idea="Eine B\u00e4ckerin backt Brot", language="de", aspect=aspect)
    )
    assert {look_of(shot, film).place for shot in film.scenes} == {"kitchen"}


def test_it_snows_under_the_sky_and_in_no_room() -> None:
    shot = Scene(id="s1", description="The first snow in the forest")
    look = look_of(shot, screenplay(shot))
    assert (look.place, look.weather) == ("forest", "snow")
    for place, flakes in (("forest", True), ("room", False)):
        dry, snowy = (
            paint(replace(look, place=place, weather=weather), width=160, height=90, seed=3)
            for weather in ("", "snow")
        )
        assert (len(snowy.layers) > len(dry.layers)) == flakes


@pytest.mark.parametrize("size", [(480, 270), (270, 480), (360, 360)])
def test_no_cloud_ends_in_a_straight_line(size: tuple[int, int]) -> None:
    shot = Scene(id="s1", description="Above the clouds")
    look = replace(look_of(shot, screenplay(shot)), place="sky", weather="")
    for seed in range(3):
        for layer in paint(look, width=size[0], height=size[1], seed=seed).layers:
            edge = (np.asarray(layer.mask) > 127).argmax(0)
            flat = np.diff(np.flatnonzero(np.diff(edge, prepend=-1, append=-1)))
            assert flat.max() < 0.12 * size[1], "as wide as two puffs"


def test_the_style_bible_colours_the_set() -> None:
    shot = scene()
    plain = look_of(shot, screenplay(shot)).palette
    green = look_of(shot, screenplay(shot, style=StyleBible(palette=("#0a2a12", "deep green"))))
    assert green.palette.mid[1] > green.palette.mid[2]
    assert plain.mid[1] < plain.mid[2]


@pytest.mark.parametrize(
    ("named", "strongest"),
    [("cobalt", 2), ("jade", 1), ("amber", 0), ("burnt umber", 0), ("copper coin", 0)],
)
def test_colours_that_css_has_no_name_for_colour_the_set(named: str, strongest: int) -> None:
    """Beside them black and white, which alone are a film in black and white."""
    shot = scene(description="The sea.")
    for style in (
        StyleBible(palette=("cast-iron black", named, "flour white")),
        StyleBible(look=f"{named} and white, black shadows"),
    ):
        palette = look_of(shot, screenplay(shot, style=style)).palette
        strong = max(astuple(palette)[:-1], key=np.ptp)
        assert np.argmax(strong) == strongest
        assert np.ptp(strong) > 40


def test_no_film_of_the_writer_is_in_black_and_white_by_chance() -> None:
    for seed in range(60):
        for template in ("lesson", "trailer"):
            brief = Brief(idea="Why the moon has phases", template=template, duration=Fraction(8))
            film = builtin.write_builtin(brief, seed=seed)
            palette = look_of(film.scenes[0], film).palette
            assert any(np.ptp(each) > 20 for each in astuple(palette)), film.style.palette


def test_places_sound_different_and_all_are_quiet(home: Home) -> None:
    film = screenplay(scene(id="a", place="coast"), scene(id="b", place="space station"))
    takes = shoot_draft(film, home=home)
    assert all(-70 < loudness(home, take) < -30 for take in takes)
    spectra = {
        place: np.abs(np.fft.rfft(ambience(place, "", samples=96_000, seed=3)[0]))
        for place in ("sea", "space", "forest", "room", "city", "sky", "stage")
    }
    for name, spectrum in spectra.items():
        for other, against in spectra.items():
            if name < other:
                a, b = (s[:40_000].reshape(400, -1).mean(axis=1) for s in (spectrum, against))
                assert np.corrcoef(a, b)[0, 1] < 0.999, (name, other)


def test_ambience_repeats_by_seed() -> None:
    first, again, other = (ambience("forest", "rain", samples=48_000, seed=s) for s in (1, 1, 2))
    assert first.shape == (2, 48_000)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_same_draft_is_not_drawn_again(home: Home) -> None:
    film = screenplay(scene(id="a"), scene(id="b"))
    first = shoot_draft(film, home=home)
    stamps = [home.path(take.clip).stat().st_mtime_ns for take in first]
    edited = film.replace(scenes=(film.scenes[0], scene(id="b", description="Another sea.")))
    second = shoot_draft(edited, home=home)
    assert second[0] == first[0]
    assert second[1].id != first[1].id
    assert [home.path(take.clip).stat().st_mtime_ns for take in first] == stamps
    assert len({take.id for take in (*first, *shoot_draft(film, home=home, number=2))}) == 4


def test_a_damaged_clip_is_drawn_again(home: Home) -> None:
    film = screenplay(scene())
    (take,) = shoot_draft(film, home=home)
    home.path(take.clip).write_bytes(b"not a film")
    assert shoot_draft(film, home=home) == (take,)
    assert len(pictures(home, take)) == 36


def test_only_some_scenes(home: Home) -> None:
    film = screenplay(scene(id="a"), scene(id="b"))
    assert [take.scene_id for take in shoot_draft(film, home=home, only={"b"})] == ["b"]
    with pytest.raises(MatchLists, match="zz"):
        shoot_draft(film, home=home, only={"zz"})


def test_the_slate_is_written_over_the_top_only(home: Home) -> None:
    long = "A long description of what is to be seen. " * 12
    film = screenplay(scene(id="a", camera="static", description=long, title=long), aspect="16:9")
    (take,) = shoot_draft(film, home=home)
    with av.open(str(home.path(take.clip))) as clip:
        luma = next(clip.decode(video=0)).to_ndarray(format="gray")
    assert (luma[:260] > 215).sum() > 2000
    assert (luma[int(720 * 0.8) : 700] > 235).sum() == 0


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_other_scripts(home: Home, language: str, tmp_path: Path) -> None:
    words = TEXTS[language]
    film = screenplay(scene(title=words, description=words))
    try:
        (take,) = shoot_draft(film, home=home)
    except InstallFont as error:
        # This machine has no such face: then nothing was shot, and the sentence says what to do.
        assert "Noto Sans CJK" in error.user_message
        assert not list(home.media.rglob("*.mp4"))
    else:
        assert take.usable


def test_stopping_leaves_no_half_clip(home: Home) -> None:
    cancel = Cancel()

    def listen(report: Report) -> None:
        cancel.request()

    film = screenplay(scene(id="a", duration=4), scene(id="b", duration=4))
    with pytest.raises(Cancelled):
        shoot_draft(film, home=home, progress=Progress(listen), cancel=cancel)
    assert [path for path in home.media.rglob("*") if path.is_file()] == []


def test_progress_ends_at_one_and_shows_the_pictures(home: Home) -> None:
    reports: list[Report] = []
    takes = shoot_draft(screenplay(scene()), home=home, progress=Progress(reports.append))
    assert tuple(report.made for report in reports if report.made) == takes
    fractions = [report.fraction for report in reports]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert [r.preview.size for r in reports if isinstance(r.preview, Image.Image)] == [(720, 720)]


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (360, 360)])
def test_a_round_arch_is_round_in_every_shape(size: tuple[int, int]) -> None:
    look = look_of(scene(place="nowhere that a word tells", description=""), screenplay(scene()))
    assert look.place == "stage"
    canvas = Canvas(2 * size[0], 2 * size[1], palette=look.palette, rng=np.random.default_rng(1))
    studio.arch(canvas)
    shape = np.asarray(canvas.finish().layers[0].mask)
    arch = shape[:, shape.shape[1] * 2 // 5 :] > 128
    width = arch.sum(axis=1)
    rise = np.argmax(width >= width.max() - 1) - np.argmax(width > 0)
    assert rise / (width.max() / 2) == pytest.approx(0.9, abs=0.2)


@pytest.mark.parametrize("place", ["room", "kitchen", "stage", "sea", "field"])
def test_scenes_at_one_place_are_not_one_picture(place: str) -> None:
    """Sets differ by more than a ridge or a row of books: some are another set, or its mirror."""
    look = replace(look_of(scene(), screenplay(scene())), place=place, people=0, shot="wide")
    sets = [paint(look, width=160, height=90, seed=seed).backdrop for seed in range(8)]
    small = [np.asarray(each.convert("L").resize((16, 9)), float) for each in sets]
    apart = [np.abs(small[0] - other).mean() for other in small[1:]]
    assert max(apart) > 4
    again = paint(look, width=160, height=90, seed=0).backdrop
    assert again.tobytes() == sets[0].tobytes()


@pytest.mark.parametrize("size", [(320, 180), (180, 320)])
def test_a_close_shot_sees_a_part_of_its_set(size: tuple[int, int]) -> None:
    look = replace(look_of(scene(), screenplay(scene())), place="sea", people=0)
    far, near = (
        paint(replace(look, shot=shot), width=size[0], height=size[1], seed=5)
        for shot in ("wide", "close")
    )
    assert near.backdrop.size == far.backdrop.size
    for layer in near.layers:
        assert layer.left >= 0
        assert layer.top >= 0
        assert layer.left + layer.mask.width <= near.backdrop.width
        assert layer.top + layer.mask.height <= near.backdrop.height


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_most_places_of_the_built_in_writer_have_a_set_of_their_own(language: str) -> None:
    folder = Path(builtin.__file__).parent / language
    themes = tomllib.loads((folder / "themes.toml").read_text("utf-8"))
    places = [place for theme in themes.values() for place in theme.get("place", ())]
    film = screenplay(scene()).replace(brief=Brief(idea="x"))
    shots = [Scene(id="s1", place=place) for place in places]
    unknown = [shot.place for shot in shots if look_of(shot, film).place == "stage"]
    assert len(unknown) < 0.2 * len(places), unknown


def test_what_a_scene_does_not_say_the_film_does() -> None:
    film = screenplay(scene(), style=StyleBible(sound="room tone, soft wind"))
    film = film.replace(brief=Brief(idea="The last ferry across the Rhine"))
    assert look_of(Scene(id="s1", place="out in the open"), film).place == "river"


def test_another_take_of_one_scene_leaves_the_others(home: Home) -> None:
    film = screenplay(scene(), scene(id="s02"))
    before = shoot_draft(film, home=home, resolution="480p")
    again = film.replace(scenes=(film.scenes[0], film.scenes[1].replace(take=2)))
    after = shoot_draft(again, home=home, resolution="480p")
    assert after[0] == before[0]
    assert (after[1].number, after[1].picture_id) == (2, before[1].picture_id)
    assert np.abs(pictures(home, after[1]) - pictures(home, before[1])).mean() > 1
    assert shoot_draft(film, home=home, resolution="480p") == before


def test_a_chosen_draft_is_not_drawn_anew(home: Home) -> None:
    film = screenplay(scene(), scene(id="s02"))
    first, other = shoot_draft(film, home=home, resolution="480p")
    Takes(home).choose(film.scenes[0], first)
    chosen, changed = shoot_draft(film, home=home, resolution="480p", seed=5)
    assert chosen == first
    assert changed.id != other.id
    home.path(first.clip).write_bytes(home.path(first.clip).read_bytes()[:-1000])
    (anew, _) = shoot_draft(film, home=home, resolution="480p", seed=5)
    assert anew.id != first.id and Takes(home).has(anew)
