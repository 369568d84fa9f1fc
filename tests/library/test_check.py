"""Reel checks: what a viewer would stumble over is found, and what is meant is not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from onereel.cut.check import check_reel
from onereel.cut.plan import Caption, Captions, Clip, Cut, PlacedLine
from onereel.errors import Cancelled, ReplaceMedia
from onereel.film import make_film
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.work import Cancel
from tests.footage import RATE, picture

FPS = 24
Times = Sequence[tuple[float, float]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def film(
    path: Path,
    *,
    seconds: float = 12,
    frozen: Times = (),
    black: Times = (),
    sound: NDArray[np.float32] | None = None,
) -> Path:
    """A film of three scenes of 4 s, with what is wrong with it."""
    if sound is None:
        sound = tone(seconds)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=FPS, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        track = file.add_stream("aac", rate=RATE)
        for start in range(0, len(sound), 1024):
            part = np.tile(sound[start : start + 1024], (2, 1))
            heard = AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            heard.sample_rate, heard.pts, heard.time_base = RATE, start, Fraction(1, RATE)
            file.mux(track.encode(heard))
        file.mux(track.encode(None))
        shown = 0
        for number in range(round(seconds * FPS)):
            time = number / FPS
            shown = shown if _within(time, frozen) else number
            image = picture(shown, 1, 320, 180)
            if _within(time, black):
                image[:] = 0
            frame = VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def _within(time: float, stretches: Times) -> bool:
    return any(start <= time < end for start, end in stretches)


def tone(seconds: float, *, gain: float = 0.2, silent: Times = ()) -> NDArray[np.float32]:
    time = np.arange(round(seconds * RATE)) / RATE
    samples = gain * np.sin(2 * np.pi * 330 * time)
    for start, end in silent:
        samples[(time >= start) & (time < end)] = 0
    return np.clip(samples, -1, 1).astype(np.float32)


def plan(**clip: Any) -> Cut:
    clips = tuple(
        Clip(
            scene_id=f"s{number}",
            take_id=str(number),
            media=f"takes/{number}.mp4",
            start=4 * (number - 1),
            source_out=4,
            **{"made_by": "veo", **clip},
        )
        for number in (1, 2, 3)
    )
    lines = tuple(
        PlacedLine(scene_id=f"s{number}", media="lines/a.flac", start=4 * number - 3, duration=2)
        for number in (1, 2, 3)
    )
    return Cut(width=320, height=180, clips=clips, lines=lines)


def found(path: Path, cut: Cut, home: Home, **more: Any) -> list[tuple[str, str]]:
    return [(each.scene, each.words) for each in check_reel(path, cut, home=home, **more)]


def test_a_good_film_has_no_findings(home: Home, tmp_path: Path):
    assert found(film(tmp_path / "film.mp4"), plan(), home) == []


def test_a_frozen_picture_is_found_with_its_scene_and_moment(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", frozen=[(5.0, 6.2)])
    (finding,) = check_reel(path, plan(), home=home)
    assert finding.scene == "s2"
    assert finding.at == pytest.approx(5.0, abs=0.15)
    assert finding.words in ("frozen 1.1 s", "frozen 1.2 s", "frozen 1.3 s")


def test_a_freeze_at_the_end_of_the_film_is_found(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", frozen=[(10.5, 12)])
    ((scene, words),) = found(path, plan(), home)
    assert scene == "s3"
    assert words.startswith("frozen 1.")


def test_what_is_meant_to_stand_still_is_no_finding(home: Home, tmp_path: Path):
    still = film(tmp_path / "still.mp4", frozen=[(4.0, 8.0)])
    assert found(still, plan(made_by=""), home) == []
    assert found(still, plan(draft=True), home) == []
    assert [scene for scene, _ in found(still, plan(), home)] == ["s2"]


def test_a_held_frame_says_that_the_clip_is_too_short(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", frozen=[(6.8, 8.0)])
    held = plan()
    first, second, third = held.clips
    second = second.replace(source_out=Fraction("2.8"), hold=Fraction("1.2"))
    ((scene, words),) = found(path, held.replace(clips=(first, second, third)), home)
    assert scene == "s2"
    assert words.startswith("held for 1.")


def test_black_is_found_but_a_fade_is_not(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", black=[(0, 0.5), (8.5, 9.5)])
    cut = plan()
    faded = cut.clips[0].replace(transition="fade", overlap=Fraction(1, 2))
    cut = cut.replace(clips=(faded, *cut.clips[1:]))
    ((scene, words),) = found(path, cut, home)
    assert scene == "s3"
    assert words in ("black 0.9 s", "black 1.0 s", "black 1.1 s")


def test_a_lost_voice_is_found(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", sound=tone(12, silent=[(4.5, 7.5)]))
    assert found(path, plan(), home) == [("s2", "its voice cannot be heard")]


def test_a_long_silence_is_found_where_nobody_was_to_speak(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", sound=tone(12, silent=[(7.5, 11.5)]))
    cut = plan()
    ((scene, words),) = found(path, cut.replace(lines=cut.lines[:2]), home)
    assert scene == "s2"
    assert words in ("nothing is heard for 4.0 s", "nothing is heard for 3.9 s")


def test_clipped_sound_is_found(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", sound=tone(12) + loud(9.0))
    findings = found(path, plan(), home)
    assert findings
    assert set(findings) == {("s3", "the sound is clipped")}


def loud(at: float) -> NDArray[np.float32]:
    burst = np.zeros(12 * RATE, np.float32)
    begin = round(at * RATE)
    wave = np.sign(np.sin(2 * np.pi * 50 * np.arange(RATE // 5) / RATE)).astype(np.float32)
    burst[begin : begin + len(wave)] = 1.5 * wave
    return burst


def test_missing_captions_are_found(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4")
    items = tuple(Caption(text="Hello", start=start, end=start + 2) for start in (1, 9))
    burned = plan().replace(captions=Captions(mode="burned", items=items))
    assert found(path, burned, home) == [("s2", "its captions are missing")]
    soft = plan().replace(captions=Captions(mode="soft", items=items))
    assert found(path, soft, home) == [("s1", "the film's captions are missing")]


def test_a_scene_that_nobody_speaks_in_is_found(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4")
    cut = plan()
    cut = cut.replace(lines=cut.lines[:1])
    play = Screenplay(
        title="Sea",
        brief=Brief(idea="The sea"),
        scenes=(
            Scene(id="s1", narration="The sea."),
            Scene(id="s2", narration="Nobody looks up."),
            Scene(id="s3"),
        ),
    )
    assert found(path, cut, home, screenplay=play) == [
        ("s2", "its narration is not spoken"),
        ("s3", "has no narration"),
    ]


def test_a_film_is_watched_once(home: Home, tmp_path: Path):
    path = film(tmp_path / "film.mp4", frozen=[(5.0, 6.2)])
    first = check_reel(path, plan(), home=home)
    stopped = Cancel()
    stopped.request()
    assert check_reel(path, plan(), home=home, cancel=stopped) == first
    with pytest.raises(Cancelled):
        check_reel(path, plan(draft=True), home=home, cancel=stopped)


def test_a_damaged_film_is_said_in_words(home: Home, tmp_path: Path):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"not a film")
    with pytest.raises(ReplaceMedia, match=r"film\.mp4 is damaged"):
        check_reel(path, plan(), home=home)


def test_a_rehearsal_that_stands_still_on_purpose_has_no_findings(home: Home, tmp_path: Path):
    scenes = tuple(
        Scene(
            id=f"s{number}",
            narration="The sea is calm tonight, and nobody looks up.",
            prompt="The empty sea at night",
            camera="static",
            transition=transition,
        )
        for number, transition in enumerate(("fade", "cut", "dissolve"), 1)
    )
    play = Screenplay(title="Sea", brief=Brief(idea="The sea", duration=12), scenes=scenes)
    made = asyncio.run(
        make_film(
            play,
            tmp_path / "film.mp4",
            options=FilmOptions(resolution="480p"),
            work=Work(home),
        )
    )
    assert check_reel(made.reel.path, made.cut, home=home, screenplay=made.screenplay) == ()
