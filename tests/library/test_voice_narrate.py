import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from onereel.errors import Cancelled, ChooseVoice, ReviseScreenplay, StorageError
from onereel.home import Home
from onereel.story.brief import MOST_SCENES, Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.values import FPS, whole_frames
from onereel.voice.narrate import Narration, narrate
from onereel.voice.timing import BREATH, LEAD, LEAST_BREATH
from onereel.work import Cancel, Progress, Report

SIX = (
    "The old lighthouse keeper climbs the stairs, one last time.",
    "He has kept the light for forty years. Nobody ever thanked him!",
    "Tonight, a storm is coming from the north.",
    "A boat is out there, and it cannot see the rocks.",
    "",
    "The light goes on.",
)
LONG = (
    "The river begins as a thread of water between two stones. It runs through the dark forest,"
    " past the mill, under the bridge of the old town and on. By evening it has reached the sea!"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path, media=tmp_path / "media")


def screenplay(*narrations: str, planned: Fraction = Fraction(5), **brief: object) -> Screenplay:
    return Screenplay(
        title="Light",
        brief=Brief(idea="A lighthouse", **brief),
        scenes=tuple(
            Scene(
                id=f"s{i:02}",
                title=f"Scene {i}",
                narration=narration,
                prompt="A lighthouse at night.",
                camera="slow push in",
                transition="dissolve",
                duration=planned,
            )
            for i, narration in enumerate(narrations, 1)
        ),
    )


def check(narration: Narration, home: Home) -> None:
    """What holds for every narration: files measured, words inside, scenes whole frames."""
    for line in narration.lines:
        scene = narration.screenplay.scene(line.scene_id)
        assert scene is not None
        samples, rate = soundfile.read(home.path(line.audio), always_2d=True)
        assert samples.shape == (line.samples, 1)
        assert rate == line.rate
        assert scene.duration >= line.duration + LEAST_BREATH > line.duration + LEAD
        assert 0.5 < np.abs(samples).max() * 2 < 2
        assert np.flatnonzero(np.abs(samples) > 0.003)[0] / rate < 0.05
        assert "".join(w.text for w in line.words).replace(" ", "") == line.text.replace(" ", "")
        assert all(a.start <= a.end <= b.start for a, b in pairwise(line.words))
        assert line.words[0].start >= 0
        assert line.words[-1].end <= line.duration
    for scene in narration.screenplay.scenes:
        assert (scene.duration * FPS).denominator == 1
        assert 1 <= scene.duration <= narration.screenplay.brief.longest_shot


@pytest.mark.parametrize("engine", ["hibari", "espeak"])
def test_a_film_lasts_what_was_asked_for(home: Home, engine: str) -> None:
    seen: list[Report] = []
    narration = narrate(
        screenplay(*SIX), home=home, voice=engine, progress=Progress(listener=seen.append)
    )
    check(narration, home)
    assert narration.screenplay.duration == 30
    assert [line.scene_id for line in narration.lines] == ["s01", "s02", "s03", "s04", "s06"]
    assert narration.line("s05") is None
    assert narration.notes == ()
    assert {line.engine for line in narration.lines} == {engine}
    fractions = [report.fraction for report in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert Scene.from_json(narration.screenplay.scenes[0].to_json()).duration > 0


def test_a_line_is_spoken_once(home: Home) -> None:
    # Planned so short that nobody speaks slower.
    short = Fraction(1)
    first = narrate(screenplay(*SIX, planned=short), home=home)
    files = {path: path.stat().st_mtime_ns for path in (home.media / "lines").iterdir()}
    assert len(files) == 10
    assert narrate(screenplay(*SIX, planned=short), home=home) == first
    assert {path: path.stat().st_mtime_ns for path in files} == files
    changed = ("The keeper is gone.", *SIX[1:])
    second = narrate(screenplay(*changed, planned=short), home=home)
    new = set((home.media / "lines").iterdir()) - set(files)
    assert {path.name for path in new} == {
        Path(second.lines[0].audio).name,
        Path(second.lines[0].audio).with_suffix(".json").name,
    }
    assert [line.audio for line in second.lines[1:]] == [line.audio for line in first.lines[1:]]


@pytest.mark.parametrize("damage", ["truncated", "empty", "other", "no sidecar", "bad sidecar"])
def test_a_damaged_line_is_made_anew(home: Home, damage: str) -> None:
    (line,) = narrate(screenplay("The light goes on."), home=home).lines
    sound = home.path(line.audio)
    sidecar = sound.with_suffix(".json")
    whole = sound.read_bytes()
    if damage == "truncated":
        sound.write_bytes(whole[: len(whole) // 2])
    elif damage == "empty":
        sound.write_bytes(b"")
    elif damage == "other":
        soundfile.write(sound, np.zeros(100), 8000, format="FLAC")
    elif damage == "no sidecar":
        sidecar.unlink()
    else:
        sidecar.write_text("{")
    assert narrate(screenplay("The light goes on."), home=home).lines == (line,)
    assert sound.read_bytes() == whole
    assert json.loads(sidecar.read_text("utf-8"))["samples"] == line.samples


def test_what_the_sound_depends_on_names_its_file(home: Home) -> None:
    play = screenplay("The light goes on.")
    options = [
        {},
        {"voice": "espeak"},
        {"voice": "espeak:English (Scotland)"},
        {"speed": 1.1},
        {"seed": 1},
    ]
    names = {narrate(play, home=home, **option).lines[0].audio for option in options}
    assert len(names) == len(options)


def test_a_long_line_becomes_further_scenes(home: Home) -> None:
    narration = narrate(screenplay(SIX[0], LONG, SIX[2]), home=home)
    check(narration, home)
    scenes = narration.screenplay.scenes
    assert [scene.id for scene in scenes] == ["s01", "s02", "s02.2", "s03"]
    texts = [scene.narration for scene in scenes[1:3]]
    assert " ".join(texts) == LONG
    assert texts[0].endswith("stones.")
    assert [scene.transition for scene in scenes[1:3]] == ["dissolve", "cut"]
    assert scenes[1].title == "Scene 2"
    assert scenes[1].prompt != scenes[2].prompt
    assert all(scene.camera.startswith("slow push in") for scene in scenes[1:3])
    assert [line.scene_id for line in narration.lines] == [scene.id for scene in scenes]
    again = narrate(narration.screenplay, home=home)
    assert again.screenplay == narration.screenplay


def test_a_sentence_too_long_by_itself_is_cut_at_its_clauses_then_between_words(
    home: Home,
) -> None:
    clauses = narrate(
        screenplay(
            "Past the mill and the tall dark trees, under the bridge of the old town, the river"
            " runs on to the harbour and its ships.",
            longest_shot=Fraction(4),
            duration=Fraction(8),
        ),
        home=home,
    )
    check(clauses, home)
    assert [scene.narration[-6:] for scene in clauses.screenplay.scenes][:2] == ["trees,", " town,"]
    breathless = narrate(
        screenplay(" ".join(["river"] * 40), longest_shot=Fraction(4), duration=Fraction(20)),
        home=home,
    )
    check(breathless, home)
    assert len(breathless.screenplay.scenes) > 3
    assert sum(len(scene.narration.split()) for scene in breathless.screenplay.scenes) == 40


def test_the_voice_hurries_a_little_before_the_film_overruns(home: Home) -> None:
    natural = narrate(screenplay(*SIX[:4]), home=home)
    spoken = sum(line.duration for line in natural.lines)
    tight = Fraction(int((spoken + 4 * LEAST_BREATH) * 91), 100)
    faster = narrate(screenplay(*SIX[:4], duration=tight), home=home)
    check(faster, home)
    assert tight <= faster.screenplay.duration <= tight * Fraction(105, 100)
    ratio = spoken / sum(line.duration for line in faster.lines)
    assert 1.01 < ratio < 1.14
    assert faster.notes == ()


def test_words_are_kept_when_they_overrun(home: Home) -> None:
    narration = narrate(screenplay(*SIX[:4], duration=Fraction(8)), home=home)
    assert [scene.narration for scene in narration.screenplay.scenes] == list(SIX[:4])
    (note,) = narration.notes
    assert "s more than the 8 s planned" in note
    with pytest.raises(ReviseScreenplay, match="more than the 8 s"):
        narrate(screenplay(*SIX[:4], duration=Fraction(8), exact=True), home=home)


def test_pauses_stretch_no_further_than_a_shot(home: Home) -> None:
    narration = narrate(screenplay(*SIX[:2], duration=Fraction(30)), home=home)
    assert [scene.duration for scene in narration.screenplay.scenes] == [8, 8]
    assert "14.0 s less than the 30 s" in narration.notes[0]
    with pytest.raises(ReviseScreenplay, match="2 scenes of at most 8 s make 16"):
        narrate(screenplay(*SIX[:2], duration=Fraction(30), exact=True), home=home)


@pytest.mark.parametrize("duration", [19, 22, Fraction(251, 10), 33])
def test_exact_is_exact(home: Home, duration: Fraction) -> None:
    play = screenplay(*SIX, duration=Fraction(duration), exact=True)
    narration = narrate(play, home=home, voice="espeak")
    check(narration, home)
    assert narration.screenplay.duration == whole_frames(Fraction(duration))


def test_scenes_without_a_word_keep_their_planned_length(home: Home) -> None:
    silent = screenplay("", "...", "\U0001f30a", duration=Fraction(15))
    narration = narrate(silent, home=home)
    assert narration == Narration(silent)
    assert not (home.media / "lines").exists()
    shorter = narrate(screenplay("", "", duration=Fraction(6)), home=home)
    assert [scene.duration for scene in shorter.screenplay.scenes] == [3, 3]
    unspoken = screenplay("", language="xx-none", duration=Fraction(5))
    assert narrate(unspoken, home=home).lines == ()


def test_arabic_and_japanese(home: Home) -> None:
    arabic = "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643 \u0641\u064a \u0628\u064a\u062a."
    kana = "\u3068\u3046\u304d\u3087\u3046\u306f\u304a\u304a\u304d\u3044\u3067\u3059\u3002"
    kanji = "\u6771\u4eac\u306f\u5927\u304d\u3044\u3067\u3059\u3002"
    for language, text in (("ar", arabic), ("ja", kana), ("ja", kanji)):
        narration = narrate(screenplay(text, language=language, duration=Fraction(6)), home=home)
        check(narration, home)
        assert bool(narration.notes) == (text == kanji)


def test_too_many_words_for_any_film(home: Home) -> None:
    with pytest.raises(ReviseScreenplay, match=f"more than {MOST_SCENES} scenes of at most 8 s"):
        narrate(screenplay("word " * 10_000), home=home)
    with pytest.raises(ReviseScreenplay, match=f"more than {MOST_SCENES} scenes"):
        narrate(screenplay("one. " * 2_500), home=home, voice="espeak")


def test_a_single_word_may_outlast_the_shortest_shot(home: Home) -> None:
    play = screenplay("Incomprehensibilities!", longest_shot=1, duration=Fraction(4))
    narration = narrate(play, home=home)
    (scene,) = narration.screenplay.scenes
    assert scene.duration >= narration.lines[0].duration + LEAST_BREATH


def test_more_breath_means_longer_scenes(home: Home) -> None:
    one = screenplay(*SIX[:2], duration=Fraction(12))
    wide = narrate(one, home=home, breath=Fraction(3))
    assert wide.screenplay.duration == narrate(one, home=home, breath=BREATH).screenplay.duration


def test_a_speed_no_voice_has(home: Home) -> None:
    with pytest.raises(ChooseVoice, match="choose 0"):
        narrate(screenplay("Hi."), home=home, speed=9)


def test_narrating_stops_when_asked(home: Home) -> None:
    cancel = Cancel()

    def stop(report: Report) -> None:
        if report.fraction > 0.2:
            cancel.request()

    with pytest.raises(Cancelled):
        narrate(screenplay(*SIX), home=home, progress=Progress(listener=stop), cancel=cancel)
    assert not [path for path in (home.media / "lines").iterdir() if path.name.startswith(".")]


def test_a_folder_in_the_way_is_named(home: Home) -> None:
    home.media.mkdir(parents=True)
    (home.media / "lines").write_text("a file")
    with pytest.raises(StorageError, match="lines"):
        narrate(screenplay("The light goes on."), home=home)
