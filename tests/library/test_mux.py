"""Mux Audio: the picture stays, the sound is another."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from onereel.cut.mux import mux_audio
from onereel.cut.probe import probe
from onereel.errors import ReplaceMedia
from tests.footage import RATE, click, frame_prints, heard, make_clip


def tone(seconds: float, pitch: float, rate: int = RATE, level: float = 0.3) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * pitch * time)).astype(np.float32)[None, :]


def loudness_at(samples: np.ndarray, pitch: float) -> float:
    """The amplitude of one pitch in the middle of a sound."""
    part = samples[RATE // 4 : RATE]
    time = np.arange(len(part)) / RATE
    return float(2 * np.abs(np.mean(part * np.exp(-2j * np.pi * pitch * time))))


@pytest.mark.parametrize("seconds", [0.7, 2.0, 5.0])
def test_the_length_of_the_picture_wins(tmp_path: Path, seconds: float):
    clip = make_clip(tmp_path / "clip.mp4", hue=4, frames=37)
    film = mux_audio(clip, tone(seconds, 1000), RATE, tmp_path / "film.mp4")
    assert frame_prints(film) == frame_prints(clip)
    with av.open(str(film)) as file:
        sound = file.streams.audio[0]
        assert float(sound.duration * sound.time_base) == pytest.approx(37 / 24, abs=1e-4)
    samples = heard(film)
    assert np.abs(samples[RATE // 4 : RATE // 2]).max() == pytest.approx(0.3, abs=0.05)
    if seconds < 1:
        assert np.abs(samples[RATE : RATE + RATE // 2]).max() < 0.005


def test_replace_takes_the_old_sound_away_and_mix_keeps_it(tmp_path: Path):
    clip = make_clip(tmp_path / "clip.mp4", hue=4)  # hums at 400 Hz
    new = tone(2, 1000)
    replaced = heard(mux_audio(clip, new, RATE, tmp_path / "replaced.mp4"))
    mixed = heard(mux_audio(clip, new, RATE, tmp_path / "mixed.mp4", mode="mix", gain_db=-6))
    assert loudness_at(replaced, 400) < 0.003
    assert loudness_at(replaced, 1000) == pytest.approx(0.3, rel=0.05)
    assert loudness_at(mixed, 400) == pytest.approx(0.1, rel=0.05)
    assert loudness_at(mixed, 1000) == pytest.approx(0.15, rel=0.05)


def test_a_sum_beyond_full_scale_is_turned_down(tmp_path: Path):
    clip = make_clip(tmp_path / "clip.mp4", hue=4, tone=tone(2, 400, level=0.9)[0])
    film = mux_audio(clip, tone(2, 1000, level=0.9), RATE, tmp_path / "film.mp4", mode="mix")
    samples = heard(film)
    assert np.abs(samples).max() < 1.05
    assert loudness_at(samples, 400) == pytest.approx(0.5, rel=0.1)


@pytest.mark.parametrize(("rate", "channels"), [(22050, 1), (44100, 2), (96000, 1), (48000, 6)])
def test_sound_of_any_rate_arrives_in_time(tmp_path: Path, rate: int, channels: int):
    clip = make_clip(tmp_path / "clip.mp4", sound=False)
    samples = np.tile(click(Fraction(2), Fraction(1, 2), rate), (channels, 1))
    film = mux_audio(clip, samples, rate, tmp_path / "film.mp4")
    sound = np.abs(heard(film))
    assert int(np.argmax(sound > 0.4 * sound.max())) / RATE == pytest.approx(0.5, abs=0.003)
    audio = probe(film).audio
    assert audio is not None
    assert (audio.rate, audio.channels) == (48000, 2)


def test_a_turned_picture_stays_turned(tmp_path: Path):
    clip = make_clip(tmp_path / "clip.mp4", frames=12, turned=90)
    film = mux_audio(clip, tone(1, 440), RATE, tmp_path / "film.mp4")
    assert probe(film).video.rotation == 90
    assert frame_prints(film) == frame_prints(clip)


@pytest.mark.parametrize(
    "samples", [np.zeros((2, 0), np.float32), np.full((1, 9), np.nan, np.float32)]
)
def test_what_is_no_sound_is_refused(tmp_path: Path, samples: np.ndarray):
    clip = make_clip(tmp_path / "clip.mp4", frames=12)
    with pytest.raises(ReplaceMedia, match="sound"):
        mux_audio(clip, samples, RATE, tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()
