from fractions import Fraction

import av
import numpy as np
import pytest
import soundfile

from onereel.cut.output import add_sound
from onereel.cut.plan import Loudness, Music
from onereel.cut.sound.aac import encode_aac
from onereel.cut.sound.finish import finish_sound, sound_packets
from onereel.cut.sound.loudness import Level, Limiter, Meter
from onereel.cut.sound.mix import mix_sound
from onereel.cut.soundtrack import add_soundtrack, keep_music, keep_music_file
from onereel.errors import Cancelled, ReplaceMedia
from onereel.work import Cancel, Progress

from .sound_media import (
    RATE,
    clip,
    clip_file,
    found_at,
    line,
    new_cut,
    new_home,
    noise,
    sound_file,
    tone,
)


@pytest.fixture
def home(tmp_path):
    return new_home(tmp_path)


def mixed(cut, home, **more):
    mix = mix_sound(cut, home=home, destination=home.media / "mix.wav", **more)
    samples, rate = soundfile.read(mix.path, dtype="float32")
    assert rate == mix.rate == RATE
    assert samples.shape == (mix.samples, mix.channels) == (round(cut.duration * RATE), 2)
    return mix, samples


def level_of(samples) -> Level:
    meter = Meter()
    for start in range(0, len(samples), RATE):
        meter.push(samples[start : start + RATE].T.astype(np.float32))
    return meter.finish()


def decoded(path):
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return np.concatenate(frames, axis=1).T


def loudness_between(samples, start, end):
    part = samples[round(start * RATE) : round(end * RATE)].astype(np.float64)
    return 10 * np.log10(np.mean(part**2) + 1e-20)


def test_lines_start_at_their_sample_under_clip_sound_and_music(home):
    bed = clip_file(home, "takes/bed.mp4", 4, noise(4, level=0.03, seed=9))
    song = sound_file(home, "music/song.flac", tone(3, 440))
    starts = (Fraction(1, 2), Fraction(4) + Fraction(7, 24))
    lines, voices = [], []
    for number, (start, rate) in enumerate(zip(starts, (48_000, 16_000), strict=True)):
        # What 16 kHz holds, at both rates: the needle is the same sound in the film's rate.
        slow = noise(1.5, seed=number, rate=16_000, channels=1)[:, 0]
        full = np.interp(np.arange(72_000) / 48_000, np.arange(24_000) / 16_000, slow)
        voice = full if rate == 48_000 else slow
        media = sound_file(home, f"lines/{number}.flac", voice, rate)
        lines.append(line(number, start, Fraction(3, 2), media))
        voices.append(full)
    cut = new_cut([clip(0, 0, 4, bed), clip(1, 4, 4, bed)], lines, song)
    _, samples = mixed(cut, home)
    for start, voice in zip(starts, voices, strict=True):
        assert found_at(voice, samples.mean(axis=1), float(start)) == start


def test_a_film_meets_its_loudness_and_its_peak(home):
    bed = clip_file(home, "takes/bed.mp4", 3, noise(3, level=0.02, seed=1))
    peaky = noise(3, level=0.01, seed=2)
    peaky[:: RATE // 4] = 0.95
    song = sound_file(home, "music/song.flac", peaky)
    cut = new_cut([clip(0, 0, 3, bed), clip(1, 3, 3, bed)]).replace(
        music=Music(media=song, gain_db=0)
    )
    mix, samples = mixed(cut, home)
    measured = level_of(samples)
    assert measured.integrated == pytest.approx(-14, abs=0.3)
    assert measured.peak <= -2
    assert mix.integrated == pytest.approx(measured.integrated, abs=0.1)
    assert mix.peak == pytest.approx(measured.peak, abs=0.2)


def test_the_encoded_sound_meets_them_too_where_the_codec_overshoots(home):
    mute = clip_file(home, "takes/mute.mp4", 4)
    loud = np.clip(
        noise(4, level=1.0, seed=3) * (np.arange(4 * RATE) % 12_000 < 2_000)[:, None], -1, 1
    )
    song = sound_file(home, "music/song.flac", loud + tone(4, 220, level=0.1))
    cut = new_cut([clip(0, 0, 4, mute)]).replace(music=Music(media=song, gain_db=6))
    finished = finish_sound(cut, home=home, destination=home.media / "sound.m4a")
    measured = level_of(decoded(finished.path)[: finished.samples])
    assert measured.integrated == pytest.approx(-14, abs=0.5)
    assert measured.peak <= -1
    assert [packet.pts for packet in sound_packets(finished.path)][:3] == [-1024, 0, 1024]
    assert list(home.media.glob("*.wav")) == []


def test_no_frame_of_a_voice_is_other_noise_once_it_is_encoded(tmp_path):
    count = 4 * RATE
    spectrum = np.fft.rfft(np.random.default_rng(5).normal(0, 0.2, count))
    spectrum[len(spectrum) // 2 :] = 0
    bursts = np.fft.irfft(spectrum, count) * (np.sin(6 * np.pi * np.arange(count) / RATE) > -0.3)
    wave, encoded = tmp_path / "bursts.wav", tmp_path / "bursts.m4a"
    soundfile.write(wave, np.stack([bursts, bursts], axis=1), RATE, "FLOAT")
    with av.open(str(encoded), "w", format="mp4") as container:
        stream = add_sound(container, RATE, 2)
        for packet in encode_aac(wave):
            packet.stream = stream
            container.mux(packet)
    heard = decoded(encoded)[:count, 0]
    frames = bursts[: count // 1024 * 1024].reshape(-1, 1024)
    error = heard[: frames.size].reshape(frames.shape) - frames
    power = np.mean(frames**2, axis=1)
    loud = power > 1e-3
    assert 10 * np.log10(power[loud] / np.mean(error[loud] ** 2, axis=1)).min() > 15


def test_a_limiter_closes_alike_whether_the_film_passes_whole_or_in_pieces():
    peaks = (np.random.default_rng(1).random(5000) ** 8 * 2).astype(np.float32)
    peaks[0] = peaks[-1] = 2

    def closed(*pieces):
        limiter = Limiter(0.7)
        said = [limiter.push(piece) for piece in (*pieces, np.zeros(limiter.DELAY, np.float32))]
        return np.concatenate(said)[limiter.DELAY :]

    whole = closed(peaks)
    over = 20 * np.log10(np.maximum(peaks / 0.7, 1))
    # A peak's neighbours share its reduction but for what rounding the corner takes away.
    assert whole == pytest.approx(closed(*np.split(peaks, [1, 5, 2000, 4999])), abs=0.01)
    assert np.all(whole > 0.95 * over)


def test_another_loudness_may_be_asked_for(home):
    voice = sound_file(home, "lines/a.flac", noise(2, channels=1))
    mute = clip_file(home, "takes/mute.mp4", 3)
    cut = new_cut([clip(0, 0, 3, mute)], [line(0, 0, 2, voice)], loudness=Loudness(integrated=-23))
    _, samples = mixed(cut, home)
    assert level_of(samples).integrated == pytest.approx(-23, abs=0.3)


@pytest.mark.parametrize("frames", [24, 25, 28, 35])
def test_a_film_of_any_number_of_frames_is_brought_to_loudness(home, frames):
    voice = sound_file(home, "lines/a.flac", noise(1, channels=1))
    mute = clip_file(home, "takes/mute.mp4", frames / 24)
    length = Fraction(frames, 24)
    mix, samples = mixed(new_cut([clip(0, 0, length, mute)], [line(0, 0, 1, voice)]), home)
    assert mix.integrated == pytest.approx(-14, abs=0.3)
    # Whole steps of 100 ms, which any meter of EBU R 128 measures alike.
    whole = np.concatenate([samples, np.zeros((-len(samples) % (RATE // 10), 2))])
    assert level_of(whole).integrated == pytest.approx(-14, abs=0.3)


def test_silence_stays_silent(home):
    mute = clip_file(home, "takes/mute.mp4", 2)
    mix, samples = mixed(new_cut([clip(0, 0, 2, mute)]), home)
    assert mix.integrated is None
    assert mix.peak == -np.inf
    assert not samples.any()


def test_one_line_in_a_long_silence_is_brought_to_loudness(home):
    voice = sound_file(home, "lines/a.flac", noise(2, level=0.003, channels=1))
    mute = clip_file(home, "takes/mute.mp4", 10)
    _, samples = mixed(new_cut([clip(0, 0, 10, mute)], [line(0, 4, 2, voice)]), home)
    assert level_of(samples).integrated == pytest.approx(-14, abs=0.3)
    assert not samples[: 4 * RATE].any()
    assert not samples[7 * RATE :].any()


def test_clip_sound_and_music_step_back_for_the_voice_and_return(home):
    bed = clip_file(home, "takes/bed.mkv", 12, noise(12, level=0.1, seed=1), codec="flac")
    silent_voice = sound_file(home, "lines/a.flac", np.zeros((3 * RATE, 1)))
    quieter = Loudness(integrated=-23)  # which no limiter touches
    cut = new_cut([clip(0, 0, 12, bed)], [line(0, 4, 3, silent_voice)], loudness=quieter)
    _, samples = mixed(cut, home)
    before, under, after = (
        loudness_between(samples, *span) for span in ((1, 3.5), (4.1, 6.9), (8, 11.5))
    )
    assert before - under == pytest.approx(10, abs=0.5)
    assert after == pytest.approx(before, abs=0.3)


def test_a_short_pause_between_two_lines_is_not_filled(home):
    bed = clip_file(home, "takes/bed.mkv", 8, noise(8, level=0.1, seed=1), codec="flac")
    quiet = sound_file(home, "lines/a.flac", np.zeros((2 * RATE, 1)))
    cut = new_cut([clip(0, 0, 8, bed)], [line(0, 2, 2, quiet), line(1, 5, 2, quiet)])
    _, samples = mixed(cut, home)
    assert loudness_between(samples, 4.2, 4.8) == pytest.approx(
        loudness_between(samples, 2.2, 3.8), abs=0.5
    )


def test_a_clip_plays_its_own_part_trimmed_to_the_sample(home):
    sound = noise(6, level=0.1, seed=4)
    whole = clip_file(home, "takes/whole.mkv", 6, sound, codec="flac")
    part = clip(0, 0, Fraction(9, 2), whole, source_in=Fraction(5, 2), hold=Fraction(1))
    _, samples = mixed(new_cut([part]), home)
    needle = sound[round(2.75 * RATE) : round(4.25 * RATE)].mean(axis=1)
    assert found_at(needle, samples.mean(axis=1), 0.25) == Fraction(1, 4)
    assert not samples[2 * RATE :].any()


def test_speed_keeps_the_pitch(home):
    hum = clip_file(home, "takes/hum.mkv", 4, tone(4, 600), codec="flac")
    _, samples = mixed(new_cut([clip(0, 0, 4, hum, speed=2)]), home)
    spectrum = np.abs(np.fft.rfft(samples[RATE // 2 : RATE * 3 // 2, 0]))
    assert len(samples) == 2 * RATE
    assert np.argmax(spectrum) == pytest.approx(600, abs=5)
    assert loudness_between(samples, 1.5, 1.9) > -30


def test_cross_fades_lose_no_power_and_hard_cuts_do_not_click(home):
    one = clip_file(home, "takes/one.mkv", 4, noise(4, level=0.1, seed=1), codec="flac")
    two = clip_file(home, "takes/two.mkv", 4, noise(4, level=0.1, seed=2), codec="flac")
    cut = new_cut(
        [
            clip(0, 0, 4, one),
            clip(1, 3, 4, two, transition="dissolve", overlap=1),
            clip(2, 7, 4, one),
        ]
    )
    _, samples = mixed(cut, home)
    assert loudness_between(samples, 3.1, 3.9) == pytest.approx(
        loudness_between(samples, 1, 2.9), abs=0.5
    )
    assert np.abs(samples[7 * RATE - 3 : 7 * RATE + 3]).max() < 0.02


def test_a_take_that_runs_on_in_the_next_scene_has_no_seam(home):
    hum = clip_file(home, "takes/hum.mkv", 4, tone(4, 300), codec="flac")
    cut = new_cut([clip(0, 0, 2, hum), clip(1, 2, 4, hum, source_in=2)])
    _, samples = mixed(cut, home)
    assert loudness_between(samples, 1.995, 2.005) == pytest.approx(
        loudness_between(samples, 1, 1.5), abs=0.3
    )


def test_a_muted_clip_is_not_heard(home):
    bed = clip_file(home, "takes/bed.mp4", 2, noise(2))
    _, samples = mixed(new_cut([clip(0, 0, 2, bed, gain_db=-120)]), home)
    assert not samples.any()


def test_short_music_is_looped_and_faded(home):
    mute = clip_file(home, "takes/mute.mp4", 6)
    song = sound_file(home, "music/song.flac", noise(1.3, seed=5))
    _, samples = mixed(new_cut([clip(0, 0, 6, mute)], music=song), home)
    quarters = [loudness_between(samples, at, at + 0.25) for at in np.arange(0.75, 3.75, 0.25)]
    assert max(quarters) - min(quarters) < 1
    assert loudness_between(samples, 5.9, 6) < min(quarters) - 10
    assert loudness_between(samples, 0, 0.05) < min(quarters) - 10


def test_a_mix_is_the_same_twice(home):
    bed = clip_file(home, "takes/bed.mp4", 3, noise(3))
    cut = new_cut([clip(0, 0, 3, bed)])
    assert np.array_equal(mixed(cut, home)[1], mixed(cut, home)[1])


@pytest.mark.parametrize("content", [b"", b"this is not a sound" * 50])
def test_media_that_is_no_sound_is_named(home, content):
    mute = clip_file(home, "takes/mute.mp4", 2)
    (home.media / "lines/broken.flac").write_bytes(content)
    cut = new_cut([clip(0, 0, 2, mute)], [line(0, 0, 1, "lines/broken.flac")])
    with pytest.raises(ReplaceMedia, match=r"lines/broken\.flac"):
        mix_sound(cut, home=home, destination=home.media / "mix.wav")
    assert not list(home.media.glob("*mix*"))


def test_a_missing_clip_is_named(home):
    with pytest.raises(ReplaceMedia, match=r"takes/gone\.mp4"):
        mixed(new_cut([clip(0, 0, 2, "takes/gone.mp4")]), home)


def test_stopping_leaves_nothing(home):
    bed = clip_file(home, "takes/bed.mp4", 6, noise(6))
    cancel = Cancel()
    reports = []

    def listener(report):
        reports.append(report)
        cancel.request()

    with pytest.raises(Cancelled):
        mix_sound(
            new_cut([clip(0, 0, 6, bed)]),
            home=home,
            destination=home.media / "mix.wav",
            progress=Progress(listener),
            cancel=cancel,
        )
    assert len(reports) == 1
    assert not list(home.media.glob("*mix*"))


def test_kept_music_is_named_by_its_sound_and_plays(home, tmp_path):
    samples = noise(1, seed=6).T
    name = keep_music(samples, RATE, home=home)
    assert (
        name == keep_music(samples.copy(), RATE, home=home) != keep_music(-samples, RATE, home=home)
    )
    kept, rate = soundfile.read(home.path(name))
    assert rate == RATE
    assert np.allclose(kept.T, samples, atol=1e-5)
    song = tmp_path / "song.mp3"
    with av.open(str(song), "w") as container:
        stream = container.add_stream("mp3", rate=44_100, layout="stereo")
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(noise(2, rate=44_100).T), format="fltp", layout="stereo"
        )
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    name = keep_music_file(song, home=home)
    assert soundfile.info(home.path(name)).duration == pytest.approx(2, abs=0.06)
    whole = home.path(name).read_bytes()
    for damaged in (whole[:-4000], b"", b"no music"):
        home.path(name).write_bytes(damaged)
        assert keep_music_file(song, home=home) == name
        assert home.path(name).read_bytes() == whole
    mute = clip_file(home, "takes/mute.mp4", 2)
    cut = add_soundtrack(new_cut([clip(0, 0, 2, mute)]), name, gain_db=-6)
    assert cut.music == Music(media=name, gain_db=-6)
    assert add_soundtrack(cut, "").music is None
    assert level_of(mixed(cut, home)[1]).integrated == pytest.approx(-14, abs=0.3)


@pytest.mark.parametrize(
    ("samples", "reason"),
    [
        (np.zeros((2, RATE)), "is silent"),
        (np.full((2, 100), 0.1), "shorter than half a second"),
        (np.append(np.full((2, 2 * RATE), 0.1), [[np.nan]] * 2, axis=1), "not sound"),
        (np.zeros((2, 0)), "not sound"),
    ],
)
def test_music_that_cannot_be_heard_is_refused(home, samples, reason):
    with pytest.raises(ReplaceMedia, match=f"music.* {reason}"):
        keep_music(samples, RATE, home=home)
    assert not list(home.path("music").iterdir())


def test_keeping_music_can_be_stopped(home):
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled):
        keep_music(np.full((2, RATE), 0.1), RATE, home=home, cancel=cancel)
    assert not list(home.path("music").iterdir())


def test_a_music_file_that_is_not_audio_is_refused(home, tmp_path):
    page = tmp_path / "page.mp3"
    page.write_text("<html>not found</html>" * 100)
    with pytest.raises(ReplaceMedia, match=r"page\.mp3"):
        keep_music_file(page, home=home)
    mute = clip_file(home, "takes/mute.mp4", 1)
    with pytest.raises(ReplaceMedia, match="no sound"):
        keep_music_file(home.path(mute), home=home)
    assert not list(home.path("music").iterdir())
