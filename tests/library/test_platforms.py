"""Where films are shown: what each platform takes, covers and plays, and that the films obey it."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from onereel.cut.captions import vtt
from onereel.cut.overlays.placing import box_of
from onereel.cut.plan import Caption, Captions, Clip, Cut, Loudness, Presenter
from onereel.cut.presenter import keep_presenter_picture
from onereel.cut.render import render
from onereel.cut.sound.loudness import Level, Meter
from onereel.errors import ReviseBrief, ReviseSetting
from onereel.film import make_film
from onereel.home import Home
from onereel.library.prices.quick import quick_estimate
from onereel.options import FilmOptions
from onereel.settings import Settings
from onereel.stage import Work
from onereel.story.brief import ASPECTS, Brief
from onereel.story.builtin import write_builtin
from onereel.story.files import load_screenplay
from onereel.story.platforms import (
    RESOLUTIONS,
    Platform,
    every_platform,
    for_platform,
    picture_size,
    platform_of,
    platforms,
    remarks,
)
from onereel.story.settled import settled
from onereel.values import digest
from onereel.voice.narrate import narrate
from tests.footage import lights, make_clip

IDEA = "A lighthouse keeper finds a message in a bottle"
BUNDLED = Path(__file__).parents[2] / "onereel" / "story" / "platforms.toml"
NAMES = ("any", "youtube", "shorts", "tiktok", "reels", "linkedin", "x", "square")
FIGURES = (
    *("resolution", "largest_resolution", "shortest", "longest", "usual_length"),
    *("safe", "loudness", "peak"),
)
COVERED = ("shorts", "tiktok", "reels")
LONG = "She remembered the speed limit on the\nroad and smiled at the old signposts"
OWN = """
[club]
label = "Film Club"
aspect = "1:1"
largest_resolution = "720p"
shortest = 10
longest = 20
safe = { bottom = 0.3, right = 0.25 }
loudness = -23
peak = -3

[tiktok]
longest = 3600
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "private").mkdir()
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def own(home: Home, text: str = OWN) -> Home:
    (home.private / "platforms.toml").write_text(text, "utf-8")
    return home


def of(name: str, home: Home) -> Platform:
    return platforms(home)[name]


def test_the_names_of_old_films_stay_and_every_figure_has_its_source(home: Home):
    assert tuple(platforms(home)) == NAMES
    for name, table in tomllib.loads(BUNDLED.read_text("utf-8")).items():
        figures = {figure for figure in FIGURES if figure in table}
        sources = table.get("sources", {})
        assert figures == set(sources), name
        assert all(re.search(r"\[[DT?]\]", told) for told in sources.values()), name
        assert isinstance(table.get("checked"), date) or not figures, name
    any_platform = of("any", home)
    assert (any_platform.aspect, any_platform.safe, any_platform.loudness) == (None, None, None)
    assert all(each.aspect in (None, *ASPECTS) for each in platforms(home).values())
    assert all(each.resolution in (None, *each.resolutions) for each in platforms(home).values())


def test_a_brief_takes_the_shape_of_its_platform_unless_it_says_one(home: Home):
    def shape(**fields: object) -> tuple[str, str]:
        brief = for_platform(Brief.from_data({"idea": IDEA, **fields}), home)
        return brief.platform, brief.aspect

    assert shape(platform="TikTok") == ("tiktok", "9:16")
    assert shape(platform="youtube shorts") == ("shorts", "9:16")
    assert shape(platform="square") == ("square", "1:1")
    assert shape(platform="linkedin") == ("linkedin", "16:9")
    assert shape(platform="tiktok", aspect="16:9") == ("tiktok", "16:9")
    assert shape() == ("any", "16:9")
    with pytest.raises(ReviseBrief, match=r"no platform 'vine': choose any, youtube.* or square\."):
        shape(platform="vine")


def test_an_old_brief_is_the_same_film_as_before(home: Home):
    brief = Brief(idea=IDEA, platform="tiktok", duration=700)
    saved = json.loads(brief.to_json())
    assert saved["aspect"] == "16:9"
    again = Brief.from_data(saved)
    assert settled(again, home) == again
    assert again.film_id == brief.film_id


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (Fraction(3), ""),
        (Fraction(600), ""),
        (Fraction(29, 10), "TikTok takes films of 3 to 600 s, not of 2.9 s: make it longer, or"),
        (Fraction(600) + Fraction(1, 24), "not of 600.1 s: make it shorter, or choose another"),
    ],
)
def test_what_a_platform_does_not_take_is_said_with_a_way_out(
    seconds: Fraction, said: str, home: Home
):
    sentence = of("tiktok", home).refuses(seconds)
    assert said in sentence
    assert bool(said) == bool(sentence)


def test_a_film_that_is_too_long_is_told_before_anything_is_paid_for(home: Home):
    brief = Brief(idea=IDEA, platform="shorts", aspect="9:16", duration=200)
    quote = quick_estimate(brief, FilmOptions(), home=home, settings=Settings())
    assert [
        note for note in quote.card.notes if "YouTube Shorts takes films of at most 180 s" in note
    ]
    fits = quick_estimate(brief.replace(duration=60), FilmOptions(), home=home, settings=Settings())
    assert fits.card.notes == ()
    screenplay = write_builtin(brief.replace(platform="any", duration=12, scene_count=2))
    club = screenplay.replace(brief=screenplay.brief.replace(platform="club"))
    narration = narrate(club, home=own(home, OWN.replace("longest = 20", "longest = 11")))
    assert "Film Club takes films of 10 to 11 s" in narration.notes[-1]
    assert narration.screenplay.brief == club.brief


def test_a_platform_that_is_not_known_here_is_said_and_filmed_as_for_anywhere(home: Home):
    brief = Brief(idea=IDEA, platform="club")
    assert platform_of(brief, home).name == "any"
    (told,) = remarks(brief, Fraction(30), home)
    assert "'club'" in told
    assert "platforms.toml" in told
    text = json.dumps({"brief": {"platform": "club"}, "scenes": [{"narration": "Hello."}]})
    screenplay = load_screenplay(text)
    assert settled(screenplay, home) == screenplay
    assert settled(screenplay, own(home)).brief.aspect == "1:1"


def test_the_owner_adds_a_platform_and_corrects_one(home: Home):
    known = platforms(own(home))
    assert tuple(known) == (*NAMES, "club")
    club, tiktok = known["club"], known["tiktok"]
    assert (club.label, club.resolutions, club.checked) == ("Film Club", RESOLUTIONS[:2], None)
    assert (tiktok.longest, tiktok.checked, tiktok.safe) == (3600, None, of("tiktok", home).safe)
    assert for_platform(Brief(idea=IDEA, platform="Film club"), home).aspect == "1:1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[club]\nsafe = { bottom = 0.9 }", r"\[club\] safe.bottom: must be at most 0.4"),
        ("[club]\nshape = '1:1'", r"\[club\] shape is not a field it knows"),
        ("[club]\nshortest = 9\nlongest = 5", "shortest must not be more than longest"),
        ("[any]\nlongest = 5", r"\[any\] is no platform"),
        ("[Film Club]", "not valid TOML"),
        ("longest = 5", r"longest belongs to no platform; write a line such as \[vimeo\]"),
        ("['My Club']\nlongest = 5", r"\[My Club\] name"),
    ],
)
def test_a_wrong_line_of_the_owner_is_named_and_spoils_no_menu(text: str, said: str, home: Home):
    own(home, text)
    with pytest.raises(ReviseSetting, match=said):
        platforms(home)
    assert tuple(each.name for each in every_platform(home)) == NAMES
    assert platform_of(Brief(idea=IDEA), home).name == "any"


def covered(cut: Cut) -> NDArray[np.bool_]:
    """The pixels that the film's platform covers."""
    assert cut.safe
    mask = np.zeros((cut.height, cut.width), bool)
    rows, columns = np.arange(cut.height)[:, None], np.arange(cut.width)[None]
    mask |= (rows < cut.safe.top * cut.height) | (rows >= (1 - cut.safe.bottom) * cut.height)
    mask |= (columns < cut.safe.left * cut.width) | (columns >= (1 - cut.safe.right) * cut.width)
    return mask


def still_cut(home: Home, name: str, size: tuple[int, int], **changes: object) -> Cut:
    width, height = size
    home.media.mkdir(exist_ok=True)
    clip = home.media / f"{width}x{height}.mp4"
    if not clip.exists():
        make_clip(clip, size=size, frames=6, sound=False)
    clips = (Clip(scene_id="s1", take_id="t", media=clip.name, start=0, source_out=Fraction(1, 4)),)
    aspect = "9:16" if width < height else "1:1" if width == height else "16:9"
    safe = of(name, home).safe_in(aspect)
    return Cut.model_validate(
        {"width": width, "height": height, "clips": clips, "safe": safe, **changes}
    )


def written(home: Home, cut: Cut, text: str) -> NDArray[np.bool_]:
    """Where the burned caption changed the first frame so that it is seen."""
    items = (Caption(text=text, start=Fraction(0), end=Fraction(1, 4)),)
    plain, burned = home.media / "plain.mp4", home.media / "burned.mp4"
    render(cut, plain, home=home)
    render(cut.replace(captions=Captions(mode="burned", items=items)), burned, home=home)
    # The shadow fades out softly; letters and their outlines differ by more.
    return np.abs(lights(burned)[0] - lights(plain)[0]) > 60


@pytest.mark.parametrize("name", COVERED)
@pytest.mark.parametrize("text", ["Hello", LONG])
def test_burned_captions_are_where_the_platform_covers_nothing(name: str, text: str, home: Home):
    cut = still_cut(home, name, (360, 640))
    seen = written(home, cut, text)
    assert seen.sum() > 100
    assert not (seen & covered(cut)).any()
    # Not far from it either: they stand at the bottom of what is free.
    bottom = np.nonzero(seen.any(axis=1))[0].max()
    assert cut.safe
    assert bottom > (1 - cut.safe.bottom) * cut.height - 0.06 * cut.height


def test_captions_of_another_shape_and_of_any_platform_stand_as_before(home: Home):
    for name, size in (("tiktok", (360, 360)), ("any", (360, 640)), ("linkedin", (640, 360))):
        cut = still_cut(home, name, size)
        assert cut.safe is None
        rows, columns = np.nonzero(written(home, cut, LONG))
        assert abs(columns.min() + columns.max() - size[0]) <= 4
        assert rows.max() < (0.8 if size == (360, 640) else 0.94) * size[1]


def test_soft_captions_beside_the_film_stand_where_burned_ones_would(home: Home):
    items = (Caption(text="Hello", start=Fraction(0), end=Fraction(1, 4)),)
    cut = still_cut(home, "tiktok", (360, 640), captions=Captions(items=items))
    cue = re.search(r" line:([\d.]+)% position:([\d.]+)% size:([\d.]+)%$", vtt(cut), re.M)
    assert cue
    line, position, size = map(float, cue.groups())
    assert cut.safe
    assert position + size / 2 <= 100 * (1 - cut.safe.right)
    assert position - size / 2 >= 100 * cut.safe.left
    assert line + 100 * 2 * 1.35 * 0.058 * 360 / 640 <= 100 * (1 - cut.safe.bottom)
    assert "line:" not in vtt(cut.replace(safe=None))


@pytest.mark.parametrize("name", COVERED)
@pytest.mark.parametrize("place", ["corner circle", "side panel"])
@pytest.mark.parametrize("corner", ["bottom right", "bottom left", "top right", "top left"])
def test_a_presenter_stands_clear_of_captions_and_of_the_platform(
    name: str, place: str, corner: str, home: Home
):
    presenter = {"media": "presenters/a.png", "scenes": ("s1",), "place": place, "corner": corner}
    cut = still_cut(home, name, (360, 640))
    captions = Captions(
        mode="burned", items=(Caption(text=LONG, start=Fraction(0), end=Fraction(1, 4)),)
    )
    picture = keep_presenter_picture(np.full((200, 200, 3), 255, np.uint8), home=home)
    shown = Presenter.model_validate({**presenter, "media": picture, "moves": False})
    plain, presented = home.media / "plain.mp4", home.media / "presented.mp4"
    render(cut, plain, home=home)
    render(cut.replace(presenters=(shown,), captions=captions), presented, home=home)
    both = np.abs(lights(presented)[0] - lights(plain)[0]) > 60
    assert both.sum() > 500
    assert not (both & covered(cut)).any()
    only = home.media / "only.mp4"
    render(cut.replace(captions=captions), only, home=home)
    words = np.abs(lights(only)[0] - lights(plain)[0]) > 60
    assert box_of(shown, cut, float(np.nonzero(words.any(axis=1))[0].min())).height > 16
    assert np.array_equal(lights(only)[0][words], lights(presented)[0][words])


def level_of(path: Path) -> Level:
    meter = Meter()
    with av.open(str(path)) as file:
        for frame in file.decode(audio=0):
            meter.push(np.ascontiguousarray(frame.to_ndarray()))
    return meter.finish()


def test_a_film_is_as_loud_as_its_platform_plays_it(home: Home):
    own(home)
    brief = {"idea": IDEA, "duration": 5, "scene_count": 1}
    options, work = FilmOptions(resolution="480p", captions="burned"), Work(home)
    levels, films = {}, {}
    for name in ("linkedin", "youtube", "club"):
        film = asyncio.run(
            make_film(
                Brief.from_data({**brief, "platform": name}),
                home.media.parent / f"{name}.mp4",
                options=options,
                work=work,
            )
        )
        films[name], levels[name] = film, level_of(film.reel.path)
    assert levels["youtube"].integrated == pytest.approx(-14, abs=0.6)
    assert levels["linkedin"].integrated == pytest.approx(-14, abs=0.6)
    assert levels["club"].integrated == pytest.approx(-23, abs=0.6)
    assert levels["club"].peak <= -3
    assert films["youtube"].cut.safe is None
    assert (films["club"].cut.width, films["club"].cut.height) == picture_size("1:1", "480p")
    assert films["club"].cut.safe == of("club", home).safe
    assert any("Film Club takes films of 10 to 20 s" in note for note in films["club"].notes)


def test_an_old_cut_is_read_as_it_was(home: Home):
    cut = still_cut(home, "any", (360, 640))
    data = json.loads(cut.to_json())
    assert "safe" not in data
    assert Cut.from_data(data) == cut
    assert cut.loudness == Loudness(integrated=-14, peak=-1)
    covered_cut = still_cut(home, "tiktok", (360, 640))
    assert Cut.from_json(covered_cut.to_json()) == covered_cut
    assert digest(covered_cut) != digest(cut)
