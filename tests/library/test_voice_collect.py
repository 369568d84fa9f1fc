from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from onereel.errors import MatchLists, ReplaceMedia, ReviseScreenplay
from onereel.home import Home
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.collect import collect_line, collect_lines
from onereel.voice.engines.known import choose
from onereel.voice.speech import SpeechOptions
from onereel.work import Cancel

TEXT = "Follow the river long enough, and you will find the sea."


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path, media=tmp_path / "media")


def voice(text: str) -> tuple[np.ndarray, int]:
    engine, name = choose("en", "espeak")
    speech = engine.speak(text, SpeechOptions(language="en", voice=name), cancel=Cancel())
    return speech.samples, speech.rate


def play(*narrations: str, **brief: object) -> Screenplay:
    scenes = tuple(Scene(id=f"s{i}", narration=n) for i, n in enumerate(narrations, 1))
    return Screenplay(title="Sea", brief=Brief(idea="The sea", **brief), scenes=scenes)


def test_any_rate_and_channels_become_one_mono_line(home: Home) -> None:
    samples, rate = voice(TEXT)
    silence = np.zeros(rate, np.float32)
    padded = np.concatenate([silence, samples, silence])
    stereo = np.stack([padded, 0.2 * padded])
    scene = Scene(id="s1", narration=TEXT)
    for sound, at in ((padded, rate), (stereo, rate), (stereo.astype(np.float64), 48_000)):
        line = collect_line(scene, sound, at, home=home, language="en-US")
        kept, kept_rate = soundfile.read(home.path(line.audio), always_2d=True)
        assert kept.shape == (line.samples, 1)
        assert kept_rate == line.rate == at
        assert abs(float(line.duration) - len(samples) / at) < 0.15
        assert [word.text for word in line.words] == TEXT.split()
        assert line.words[-1].end <= line.duration
        assert (line.engine, line.language) == ("collected", "en-us")
    twice = collect_line(scene, stereo, rate, home=home, language="en-US")
    assert twice == collect_line(scene, stereo, rate, home=home, language="en-US")


def test_lines_meet_their_scenes_in_order(home: Home) -> None:
    screenplay = play(TEXT, "", "The sea is wide.", duration=Fraction(15))
    narration = collect_lines(screenplay, [voice(TEXT), voice("The sea is wide.")], home=home)
    assert [line.scene_id for line in narration.lines] == ["s1", "s3"]
    assert narration.screenplay.duration == 15
    assert narration.screenplay.scenes[0].duration > narration.lines[0].duration


def test_a_count_that_does_not_match_is_said_in_words(home: Home) -> None:
    with pytest.raises(MatchLists, match="There are 1 sounds for 2 scenes with narration"):
        collect_lines(play(TEXT, "...", TEXT), [voice(TEXT)], home=home)


@pytest.mark.parametrize(
    ("samples", "rate", "message"),
    [
        (np.zeros(24_000), 24_000, "silent"),
        (np.zeros(0), 24_000, "empty"),
        (np.zeros((1, 1, 100)), 24_000, "empty"),
        (np.full(24_000, np.nan), 24_000, "not numbers"),
        (np.ones(24_000), 0, "samples per second"),
        (np.random.default_rng(0).standard_normal(61 * 8000), 8000, "at most 60 s"),
    ],
)
def test_a_sound_without_a_voice(home: Home, samples: np.ndarray, rate: int, message: str) -> None:
    with pytest.raises(ReplaceMedia, match=message):
        collect_line(Scene(id="s1", narration=TEXT), samples, rate, home=home, language="en")
    assert not (home.media / "lines").exists()


def test_a_collected_voice_may_outlast_the_longest_shot_but_not_an_exact_film(home: Home) -> None:
    sound = (np.tile(voice(TEXT)[0], 3), 22_050)
    narration = collect_lines(play(TEXT), [sound], home=home)
    assert narration.screenplay.scenes[0].duration > narration.lines[0].duration > 8
    with pytest.raises(ReviseScreenplay):
        collect_lines(play(TEXT, exact=True), [sound], home=home)
