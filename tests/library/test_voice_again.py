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
from onereel.story.brief import Brief
from onereel.story.screenplay import Recording, Scene, Screenplay
from onereel.values import Value
from onereel.voice.collect import collect_line
from onereel.voice.line import Line
from onereel.voice.narrate import narrate
from onereel.voice.timing import LEAST_BREATH
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
    assert lines[0] == narration.lines[0]
