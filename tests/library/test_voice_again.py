"""Narrating a film again: nothing moves but what was edited, and a recording is preferred."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from onereel.errors import ReviseScreenplay
from onereel.home import Home
from onereel.library.edits.changes import read_changes
from onereel.library.edits.editing import apply
from onereel.library.edits.revision import Version
from onereel.library.timed import timed
from onereel.options import FilmOptions
from onereel.settings import Settings
from onereel.story.brief import Brief
from onereel.story.screenplay import Recording, Scene, Screenplay
from onereel.values import FPS, Value, frames
from onereel.voice.collect import collect_line
from onereel.voice.line import Line
from onereel.voice.narrate import Narration, narrate
from onereel.voice.retime import TOLERANCE
from onereel.voice.timing import BREATH, LEAST_BREATH
from onereel.work import Progress

WORDS = (
    "The old keeper climbs the stairs.",
    "He has kept the light for forty years.",
    "",
    "Tonight, a storm is coming from the north.",
    "The light goes on.",
)
LONG = (
    "The river begins as a thread of water between two stones. It runs through the dark forest,"
    " past the mill, under the bridge of the old town and on. By evening it has reached the sea!"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path, media=tmp_path / "media")


def screenplay(*narrations: str, **brief: object) -> Screenplay:
    return Screenplay(
        title="Light",
        brief=Brief(idea="A lighthouse", **brief),
        scenes=tuple(
            Scene(id=f"s{i:02}", narration=narration, prompt="A lighthouse.", duration=5)
            for i, narration in enumerate(narrations, 1)
        ),
    )


def edited(film: Screenplay, *changes: dict[str, object]) -> Screenplay:
    after = apply(read_changes(list(changes)), Version(screenplay=film)).version.screenplay
    assert after
    return after


def durations(film: Screenplay) -> dict[str, Fraction]:
    return {scene.id: scene.duration for scene in film.scenes}


@pytest.mark.parametrize(
    "film",
    [
        screenplay(*WORDS, duration=Fraction(30)),
        screenplay(*WORDS, duration=Fraction(14)),
        screenplay(*WORDS, duration=Fraction(12)),
        screenplay(*WORDS, duration=Fraction(40)),
        screenplay(*WORDS, "", "", duration=Fraction(21)),
        screenplay(*WORDS, duration=Fraction(2051, 100), exact=True),
        screenplay(WORDS[0], LONG, "", duration=Fraction(25)),
        screenplay("", "", duration=Fraction(7)),
    ],
)
def test_narrating_again_changes_nothing(home: Home, film: Screenplay):
    first = narrate(film, home=home, voice="espeak")
    assert narrate(first.screenplay, home=home, voice="espeak") == first
    read_back = Screenplay.from_json(first.screenplay.to_json())
    assert narrate(read_back, home=home, voice="espeak") == first


@pytest.mark.parametrize("length", [30, 13])
def test_an_edit_moves_no_other_scene(home: Home, length: int):
    film = narrate(
        screenplay(*WORDS, duration=Fraction(length)), home=home, voice="espeak"
    ).screenplay
    before = durations(film)
    for change in (
        {"op": "set", "scene": "s02", "fields": {"narration": "He has kept it."}},
        {"op": "set", "scene": "s02", "fields": {"narration": f"{WORDS[1]} {WORDS[1]}"}},
        {"op": "set", "scene": "s02", "fields": {"narration": ""}},
        {"op": "remove", "scene": "s02"},
        {"op": "set", "scene": "s02", "fields": {"duration": 7}},
        {"op": "move", "scene": "s02", "to": 4},
    ):
        after = narrate(edited(film, change), home=home, voice="espeak")
        found = durations(after.screenplay)
        assert {**before, "s02": 0} == {**found, "s02": 0}
        assert after.notes == ()
        assert narrate(after.screenplay, home=home, voice="espeak") == after


def test_new_words_get_the_time_that_they_need(home: Home):
    film = narrate(screenplay(*WORDS), home=home, voice="espeak").screenplay
    words = "He has kept the light for forty years, and so did his father."
    change = {"op": "set", "scene": "s02", "fields": {"narration": words}}
    after = narrate(edited(film, change), home=home, voice="espeak")
    line, scene = after.line("s02"), after.screenplay.scene("s02")
    assert line
    assert scene
    assert line.duration + LEAST_BREATH <= scene.duration <= line.duration + 1


def test_a_duration_that_the_voice_does_not_fit_into_gives_way(home: Home):
    film = narrate(screenplay(*WORDS), home=home, voice="espeak").screenplay
    short = edited(film, {"op": "set", "scene": "s02", "fields": {"duration": 1}})
    after = narrate(short, home=home, voice="espeak")
    line, scene = after.line("s02"), after.screenplay.scene("s02")
    assert line
    assert scene
    assert 0 <= scene.duration - line.duration - LEAST_BREATH < Fraction(1, 24)


def test_another_voice_times_the_whole_film_anew(home: Home):
    film = narrate(screenplay(*WORDS, duration=Fraction(20)), home=home, voice="espeak").screenplay
    slower = narrate(film, home=home, voice="espeak", speed=0.9)
    assert slower.screenplay.duration == 20
    assert durations(slower.screenplay) != durations(film)
    shorter = edited(film, {"op": "remove", "scene": "s03"})
    assert shorter.target == shorter.duration < 20
    again = narrate(shorter, home=home, voice="espeak", speed=0.95).screenplay
    assert abs(again.duration - shorter.duration) < Fraction(1, 24)


SPARSE = tuple(map(Fraction, ("4.5", "3", "2", "4.5", "8")))
"""Seconds that the scenes of `WORDS` are planned to last: too long for the first and the last two
lines."""


def planned(*lengths: Fraction) -> Screenplay:
    film = screenplay(*WORDS, duration=sum(SPARSE))
    pairs = zip(film.scenes, lengths, strict=True)
    return film.replace(scenes=[scene.replace(duration=each) for scene, each in pairs])


def heard(home: Home) -> set[Path]:
    return set((home.media / "lines").glob("*.flac"))


def longer(narration: Narration, own: Narration) -> dict[str, Fraction]:
    """How many times as long as at its voice's own pace each line lasts."""
    pairs = zip(narration.lines, own.lines, strict=True)
    return {line.scene_id: line.duration / before.duration for line, before in pairs}


def test_a_line_that_leaves_its_own_scene_silent_is_spoken_slower_and_no_other(home: Home):
    own = narrate(planned(*[Fraction(1)] * 5), home=home, voice="espeak")
    film = narrate(planned(*SPARSE), home=home, voice="espeak")
    times = longer(film, own)
    assert film.line("s02") == own.line("s02")
    assert all(1 < times.pop(scene) <= Fraction("1.12") for scene in ("s01", "s04", "s05"))
    assert times == {"s02": 1}
    assert film.screenplay.duration == own.screenplay.duration == sum(SPARSE)
    for plan, scene in zip(SPARSE, film.screenplay.scenes, strict=True):
        line, before = film.line(scene.id), own.line(scene.id)
        if line and before and line != before:
            assert line.duration + BREATH <= plan
            assert line.duration + LEAST_BREATH <= scene.duration
            assert line.text == before.text
            share = line.duration / before.duration
            for word, then in zip(line.words, before.words, strict=True):
                assert abs(word.end - then.end * share) < Fraction(1, 8)
    assert narrate(film.screenplay, home=home, voice="espeak") == film
    # Who prices the film finds it measured.
    for speed in (1, 0.95):
        options = FilmOptions(voice="espeak", speed=speed)
        known = timed(film.screenplay, options, home=home, settings=Settings())
        assert known.measured == (speed == 1)
        assert len(known.lines) == (4 if speed == 1 else 0)


def test_an_edit_speaks_no_other_scene_anew_however_slow_that_is(home: Home):
    plan = planned(*SPARSE)
    film = narrate(plan, home=home, voice="espeak")
    before = heard(home)
    words = "Tonight, another storm is coming from the south."
    other = [each.replace(narration=words) if each.id == "s04" else each for each in plan.scenes]
    again = narrate(plan.replace(scenes=other), home=home, voice="espeak")
    assert {line.scene_id for line in again.lines if line not in film.lines} == {"s04"}
    # At its voice's own pace, and then slower, which an engine may have overdone once.
    assert 2 <= len(heard(home) - before) <= 3
    before = heard(home)
    change = {"op": "set", "scene": "s04", "fields": {"narration": words}}
    after = narrate(edited(film.screenplay, change), home=home, voice="espeak")
    assert {line.scene_id for line in after.lines if line not in film.lines} == {"s04"}
    assert {**durations(after.screenplay), "s04": 0} == {**durations(film.screenplay), "s04": 0}
    assert heard(home) == before


def test_whoever_set_a_speed_or_spoke_it_himself_gets_no_other_pace(home: Home):
    film = planned(*SPARSE)
    asked = narrate(film, home=home, voice="espeak", speed=0.95)
    before = heard(home)
    assert len(before) == len(asked.lines)
    recorded = recording(home, film, "s05", 2)
    change = {"op": "record", "scene": "s05", "recording": recorded.model_dump(mode="json")}
    line = narrate(edited(film, change), home=home, voice="espeak").line("s05")
    assert line
    assert line.audio == recorded.audio


def test_no_scene_is_slow_where_the_film_would_be_too_long_by_that(home: Home):
    own = narrate(planned(*[Fraction(1)] * 5), home=home, voice="espeak")
    least = sum(frames(line.duration + LEAST_BREATH) for line in own.lines) + 1 * FPS
    length = least / FPS / (1 + TOLERANCE) + 1 / FPS
    full = narrate(planned(*SPARSE).replace(length=length), home=home, voice="espeak")
    assert full.lines == own.lines
    assert full.screenplay.duration <= length * (1 + TOLERANCE)


def recording(home: Home, film: Screenplay, scene_id: str, seconds: float) -> Recording:
    scene = film.scene(scene_id)
    assert scene
    noise = np.random.default_rng(1).normal(0, 0.1, int(24_000 * seconds)).astype(np.float32)
    line = collect_line(scene, noise, 24_000, home=home, language="en", engine="recorded")
    return Recording(audio=line.audio, text=line.text)


def test_a_recording_is_the_line_while_it_says_the_words(home: Home):
    film = screenplay(*WORDS)
    recorded = recording(home, film, "s02", 3)
    change = {"op": "record", "scene": "s02", "recording": recorded.model_dump(mode="json")}
    with_voice = edited(film, change)
    first = narrate(with_voice, home=home, voice="espeak")
    line = first.line("s02")
    assert line
    assert (line.engine, line.audio) == ("recorded", recorded.audio)
    assert abs(line.duration - 3) < Fraction(1, 10)
    assert "".join(word.text for word in line.words) == WORDS[1].replace(" ", "")
    assert narrate(first.screenplay, home=home, voice="espeak") == first
    other = edited(
        first.screenplay, {"op": "set", "scene": "s02", "fields": {"narration": "Other words."}}
    )
    spoken = narrate(other, home=home, voice="espeak").line("s02")
    assert spoken
    assert spoken.engine == "espeak"
    back = edited(other, {"op": "set", "scene": "s02", "fields": {"narration": WORDS[1]}})
    assert narrate(back, home=home, voice="espeak").line("s02") == line
    removed = edited(back, {"op": "record", "scene": "s02", "recording": None})
    spoken = narrate(removed, home=home, voice="espeak").line("s02")
    assert spoken
    assert spoken.engine == "espeak"


def test_a_long_recording_stays_whole(home: Home):
    film = screenplay(*WORDS)
    recorded = recording(home, film, "s02", 11)
    film = film.replace(
        scenes=[
            each.replace(recording=recorded) if each.id == "s02" else each for each in film.scenes
        ]
    )
    after = narrate(film, home=home, voice="espeak").screenplay
    assert [scene.id for scene in after.scenes] == [scene.id for scene in film.scenes]
    scene = after.scene("s02")
    assert scene
    assert scene.duration > 11


def test_a_recording_whose_file_is_gone_is_spoken_instead(home: Home):
    film = screenplay(WORDS[0])
    recorded = recording(home, film, "s01", 2)
    film = film.replace(scenes=[film.scenes[0].replace(recording=recorded)])
    (line,) = narrate(film, home=home, voice="espeak").lines
    assert line.engine == "recorded"
    home.path(recorded.audio).unlink()
    (line,) = narrate(film, home=home, voice="espeak").lines
    assert line.engine == "espeak"


def test_a_recording_of_other_words_is_refused(home: Home):
    film = screenplay(WORDS[0], WORDS[1])
    recorded = recording(home, film, "s01", 2).model_dump(mode="json")
    with pytest.raises(ReviseScreenplay, match="other words"):
        edited(film, {"op": "record", "scene": "s02", "recording": recorded})
    hostile = {"audio": "lines/../../x.flac", "text": WORDS[0]}
    with pytest.raises(ReviseScreenplay):
        edited(film, {"op": "record", "scene": "s01", "recording": hostile})


def test_a_language_that_nobody_speaks_can_be_recorded(home: Home):
    film = screenplay("Qapla!", language="xx-none", duration=Fraction(4))
    recorded = recording(home, film, "s01", 2)
    film = film.replace(scenes=[film.scenes[0].replace(recording=recorded)])
    (line,) = narrate(film, home=home).lines
    assert line.engine == "recorded"


def test_lines_and_scenes_are_reported_as_they_are_ready(home: Home):
    made: list[Value] = []
    progress = Progress(lambda report: made.append(report.made) if report.made else None)
    film = screenplay(WORDS[0], LONG, "", duration=Fraction(25))
    narration = narrate(film, home=home, voice="espeak", progress=progress)
    *lines, last = made
    assert last == narration.screenplay
    assert {line.scene_id: line for line in lines if isinstance(line, Line)} == {
        line.scene_id: line for line in narration.lines
    }
    assert [line.scene_id for line in lines[:2]] == ["s01", "s02"]
