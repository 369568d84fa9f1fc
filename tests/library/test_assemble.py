"""From scenes, takes and lines to a Cut."""

from fractions import Fraction
from pathlib import Path

import pytest

from onereel.cut.assemble import FITS, assemble
from onereel.cut.plan import Cut
from onereel.errors import MatchLists, ReplaceMedia, ShootMissing
from onereel.home import Home
from onereel.shoot.take import Take
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.line import Line
from onereel.voice.timing import LEAD
from tests.footage import make_clip

HALF = Fraction(1, 2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("home")
    for frames in (24, 42, 48, 49, 60, 72):
        make_clip(folder / f"{frames}.mp4", frames=frames, sound=False)
    return Home(private=folder, media=folder)


def screenplay(*scenes: Scene) -> Screenplay:
    return Screenplay(title="Test", brief=Brief(idea="A test of cuts"), scenes=scenes)


def scene(name: str, duration: object = 2, **changes: object) -> Scene:
    return Scene.model_validate({"id": name, "duration": duration, **changes})


def take(scene_id: str, frames: int, **changes: object) -> Take:
    values = {
        "id": f"{scene_id}-{frames}",
        "film_id": "film",
        "scene_id": scene_id,
        "picture_id": "",
        "renderer": "test",
        "clip": f"{frames}.mp4",
        "duration": Fraction(frames, 24),
        "width": 160,
        "height": 90,
        "fps": 24,
    }
    return Take.model_validate({**values, **changes})


def line(scene_id: str, seconds: object) -> Line:
    samples = round(Fraction(str(seconds)) * 24000)
    return Line(
        scene_id=scene_id,
        text="Words.",
        language="en",
        engine="test",
        voice="test",
        audio=f"{scene_id}.flac",
        rate=24000,
        samples=samples,
    )


def without_gaps(cut: Cut) -> bool:
    """Every clip begins where the one before ends, but for the transition that lies over both."""
    return all(
        before.end == after.start + (after.overlap if after.transition == "dissolve" else 0)
        for before, after in zip(cut.clips, cut.clips[1:], strict=False)
    )


def test_scenes_start_when_the_screenplay_says(home: Home):
    play = screenplay(scene("a"), scene("b", Fraction(7, 4)), scene("c", 1))
    takes = [take("c", 24), take("a", 48), take("b", 48)]
    cut = assemble(play, takes, [line("b", 1)], home=home)
    assert [(clip.scene_id, clip.start) for clip in cut.clips] == [
        ("a", 0),
        ("b", 2),
        ("c", Fraction(15, 4)),
    ]
    assert [clip.media for clip in cut.clips] == ["48.mp4", "48.mp4", "24.mp4"]
    assert cut.duration == play.duration
    assert [(place.scene_id, place.start) for place in cut.lines] == [("b", 2 + LEAD)]
    assert [clip.gain_db for clip in cut.clips] == [0, -6, 0]
    assert without_gaps(cut)
    assert Cut.from_json(cut.to_json()) == cut


def test_each_clip_has_its_own_gain(home: Home):
    play = screenplay(scene("a", gain=3), scene("b", gain=-12), scene("c", gain=-120))
    takes = [take(name, 48) for name in "abc"]
    cut = assemble(play, takes, [line("b", 1)], home=home, clip_gain_db=-8)
    assert [clip.gain_db for clip in cut.clips] == [3, -20, -120]


def test_the_size_follows_the_shape(home: Home):
    play = screenplay(scene("a"))
    play = play.replace(brief=play.brief.replace(aspect="9:16"))
    cut = assemble(play, [take("a", 48)], home=home, resolution="1080p")
    assert (cut.width, cut.height) == (1080, 1920)
    odd = assemble(play, [take("a", 48)], home=home, width=161, height=91)
    assert (odd.width, odd.height) == (160, 90)


@pytest.mark.parametrize(
    ("fit", "frames", "expected"),
    [
        # fit, clip's frames for a scene of 48: frames played, speed, frames held, scene's frames
        ("trim", 72, (48, 1, 0, 48)),
        ("trim", 42, (42, 1, 6, 48)),
        ("fill", 60, (60, 1, 0, 60)),
        ("fill", 42, (42, 1, 6, 48)),
        ("hold", 24, (24, 1, 24, 48)),
        ("hold", 60, (48, 1, 0, 48)),
        ("speed", 60, (60, Fraction(5, 4), 0, 48)),
        ("speed", 72, (60, Fraction(5, 4), 0, 48)),
        ("speed", 42, (42, Fraction(7, 8), 0, 48)),
        ("speed", 24, (24, Fraction(4, 5), 18, 48)),
        ("auto", 48, (48, 1, 0, 48)),
        ("auto", 49, (49, 1, 0, 49)),
        ("auto", 60, (48, 1, 0, 48)),
        ("auto", 42, (42, 1, 6, 48)),
        ("auto", 24, (24, Fraction(4, 5), 18, 48)),
    ],
)
def test_fitting(home: Home, fit: str, frames: int, expected: tuple[object, ...]):
    cut = assemble(screenplay(scene("a")), [take("a", frames)], home=home, fit=fit)
    clip = cut.clips[0]
    played, speed, held, total = expected
    assert (clip.source_out * 24, clip.speed, clip.hold * 24) == (played, speed, held)
    assert clip.duration * 24 == cut.duration * 24 == total


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("frames", [24, 42, 49, 60, 72])
def test_a_dissolve_takes_what_tail_there_is_and_holds_the_rest(home: Home, fit: str, frames: int):
    play = screenplay(scene("a"), scene("b", 2, transition="dissolve"), scene("c", 1))
    takes = [take("a", frames), take("b", 48), take("c", 24)]
    cut = assemble(play, takes, home=home, fit=fit)
    first, second, _ = cut.clips
    assert second.overlap == HALF
    assert without_gaps(cut)
    assert first.source_out <= Fraction(frames, 24)
    if fit == "trim":
        assert first.hold == max(Fraction(60 - frames, 24), 0)
        assert cut.duration == play.duration


def test_the_first_scene_has_nothing_to_dissolve_from(home: Home):
    play = screenplay(scene("a", 2, transition="dissolve"), scene("b", 1, transition="fade"))
    cut = assemble(play, [take("a", 48), take("b", 24)], home=home, transition_length=Fraction(2))
    assert [(clip.transition, clip.overlap) for clip in cut.clips] == [("fade", 1), ("fade", HALF)]
    assert cut.duration == 3


def test_the_highest_take_plays(home: Home):
    takes = [take("a", 48, number=2), take("a", 60), take("a", 72, number=3, state="refused")]
    cut = assemble(screenplay(scene("a")), takes, home=home)
    assert cut.clips[0].media == "48.mp4"


def test_drafts_are_marked(home: Home):
    cut = assemble(screenplay(scene("a")), [take("a", 48, state="draft")], home=home)
    assert cut.clips[0].draft


def test_all_missing_scenes_are_named_at_once(home: Home):
    play = screenplay(scene("a"), scene("b"), scene("c"), scene("d"))
    refused = take("c", 48, state="refused", clip="", note="The model saw a brand.")
    with pytest.raises(ShootMissing, match=r"scenes b, c \(The model saw a brand\) and d:"):
        assemble(play, [take("a", 48), refused], home=home)
    cut = assemble(play, [take("a", 48), refused], home=home, on_missing="leave out")
    assert [clip.scene_id for clip in cut.clips] == ["a"]
    assert cut.duration == 2
    with pytest.raises(ShootMissing):
        assemble(play, [refused], home=home, on_missing="leave out")


@pytest.mark.parametrize(
    ("takes", "lines", "sentence"),
    [
        (["a", "b", "x", "y"], [], "takes for scenes x and y, which the screenplay does not have"),
        (["a", "b"], [("z", 1)], "lines for scene z"),
        (["a", "b"], [("a", 1), ("a", 1)], "Scene a has two lines"),
        (["a", "b"], [("a", 1)], "No line for scene b"),
        (["a", "b"], [("a", 3), ("b", 1)], r"line of scene a lasts 3\.0 s and the scene 2\.0 s"),
        (["a", "a", "b"], [], "Scene a has 2 takes numbered 1"),
    ],
)
def test_what_does_not_belong_together_is_said(
    home: Home, takes: list[str], lines: list[tuple[str, int]], sentence: str
):
    play = screenplay(scene("a", narration="One."), scene("b", narration="Two."))
    given = [take(name, (48, 60)[n % 2]) for n, name in enumerate(takes)]
    with pytest.raises(MatchLists, match=sentence):
        assemble(play, given, [line(*each) for each in lines], home=home)


def test_a_long_line_begins_earlier_rather_than_leave_its_scene(home: Home):
    cut = assemble(screenplay(scene("a")), [take("a", 48)], [line("a", "1.9")], home=home)
    assert cut.lines[0].start == Fraction(1, 10)


def test_a_clip_that_vanished_is_named(home: Home, tmp_path: Path):
    with pytest.raises(ReplaceMedia, match=r"gone\.mp4 is missing"):
        assemble(screenplay(scene("a")), [take("a", 48, clip="gone.mp4")], home=home)


def test_an_exact_film_is_not_lengthened_by_its_clips(home: Home):
    asked = Brief(idea="A test of cuts", duration=4, exact=True)
    play = screenplay(scene("a"), scene("b")).replace(brief=asked)
    takes = [take("a", 49), take("b", 60)]
    assert assemble(play, takes, home=home, fit="fill").duration == 4
    assert assemble(play.replace(brief=asked.replace(exact=False)), takes, home=home).duration > 4
