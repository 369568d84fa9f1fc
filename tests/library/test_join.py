"""Join Clips: what was joined, taken apart again."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from onereel.cut.join import join_clips
from onereel.cut.probe import probe
from onereel.errors import Cancelled, MatchLists, ReplaceMedia
from onereel.work import Cancel, Progress
from tests.footage import (
    RATE,
    click,
    frame_prints,
    frame_times,
    heard,
    luma,
    make_clip,
    stamps,
)


def packets(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(**{kind: 0}) if packet.size]


def rising(path: Path) -> bool:
    decoded = [late for _, late in stamps(path)]
    return decoded == sorted(set(decoded)) and all(late <= on for on, late in stamps(path))


def test_equal_clips_are_copied_picture_and_sound(tmp_path: Path):
    clips = [make_clip(tmp_path / f"{n}.mp4", hue=n, frames=40) for n in range(3)]
    film = join_clips(clips, tmp_path / "film.mp4")
    assert packets(film, "video") == [each for clip in clips for each in packets(clip, "video")]
    assert frame_prints(film) == [each for clip in clips for each in frame_prints(clip)]
    assert frame_times(film) == [Fraction(n, 24) for n in range(120)]
    assert rising(film)
    joined = packets(film, "audio")
    known = {each for clip in clips for each in packets(clip, "audio")}
    assert len([packet for packet in joined if packet not in known]) == 0
    assert len(joined) == pytest.approx(5 * RATE / 1024, abs=5)


def test_every_clip_sounds_with_its_picture(tmp_path: Path):
    clips = []
    for n, frames in enumerate((31, 40, 29)):
        tone = click(Fraction(frames, 24), Fraction(1, 2))
        clips.append(make_clip(tmp_path / f"{n}.mp4", hue=1, frames=frames, flash=12, tone=tone))
    film = join_clips(clips, tmp_path / "film.mp4")
    flashes = np.flatnonzero(luma(film) > 200) / 24
    sound = np.abs(heard(film))
    for flash in flashes:
        window = sound[round((flash - 0.2) * RATE) : round((flash + 0.2) * RATE)]
        first = flash - 0.2 + int(np.argmax(window > 0.4 * window.max())) / RATE
        assert first == pytest.approx(flash, abs=0.003)
    assert len(flashes) == 3


@pytest.mark.parametrize("first", ["plain", "hevc", "turned"])
def test_strangers_are_made_to_fit(tmp_path: Path, first: str):
    makers = {
        "plain": {},
        "other": {"options": {"preset": "ultrafast"}},
        "hevc": {"codec": "libx265", "options": {"x265-params": "log-level=none"}},
        "turned": {"size": (90, 160), "turned": 90},
        "large": {"size": (320, 180)},
        "full": {"pix_fmt": "yuv444p"},
        "fast": {"fps": Fraction(30)},
        "mute": {"sound": False},
        "mono": {"rate": 22050, "layout": "mono"},
        "vfr": {"times": [0, 40, 130, 300, 310, 700, 960]},
    }
    names = [first, *(name for name in makers if name != first)]
    clips = [
        make_clip(tmp_path / f"{name}.mp4", hue=n, frames=24, **makers[name])
        for n, name in enumerate(names)
    ]
    film = join_clips(clips, tmp_path / "film.mp4")
    video = probe(film).video
    assert (video.width, video.height) == (160, 90)
    assert rising(film)
    starts = np.cumsum([0.0] + [float(probe(clip).video.duration) for clip in clips])
    assert float(video.duration) == pytest.approx(starts[-1], abs=0.05)
    prints, times = frame_prints(film), frame_times(film)
    plain = names.index("plain")
    begin = times.index(min(times, key=lambda time: abs(float(time) - starts[plain])))
    assert prints[begin : begin + 24] == frame_prints(tmp_path / "plain.mp4")
    sound = heard(film)
    assert len(sound) / RATE == pytest.approx(float(video.duration) + 1, abs=0.1)
    silent = names.index("mute")
    hushed = sound[round((starts[silent] + 0.1) * RATE) : round((starts[silent] + 0.9) * RATE)]
    assert np.abs(hushed).max() < 0.005


def test_silence_fills_where_a_clip_has_no_sound(tmp_path: Path):
    clips = [
        make_clip(tmp_path / "a.mp4", hue=1, frames=24),
        make_clip(tmp_path / "mute.mp4", hue=2, frames=24, sound=False),
        make_clip(tmp_path / "b.mp4", hue=3, frames=24),
    ]
    film = join_clips(clips, tmp_path / "film.mp4")
    sound = heard(film)
    parts = [
        np.abs(sound[round((n + 0.1) * RATE) : round((n + 0.9) * RATE)]).max() for n in range(3)
    ]
    assert parts[0] > 0.05
    assert parts[1] < 0.005
    assert parts[2] > 0.05
    with av.open(str(film)) as file:
        shown = [packet.pts * packet.time_base for packet in file.demux(audio=0) if packet.size]
    assert float(max(np.diff([float(time) for time in shown]))) < 2 * 1024 / RATE


def test_silent_clips_make_a_silent_film(tmp_path: Path):
    clips = [make_clip(tmp_path / f"{n}.mp4", hue=n, frames=24, sound=False) for n in range(2)]
    film = join_clips(clips, tmp_path / "film.mp4")
    assert probe(film).audio is None
    assert probe(film).video.frames == 48


def test_frame_rates_of_copied_clips_are_kept(tmp_path: Path):
    options = {"preset": "ultrafast", "x264-params": "vui-timing=0:force-cfr=0"}
    slow = make_clip(tmp_path / "slow.mp4", frames=24, options=options)
    fast = make_clip(tmp_path / "fast.mp4", frames=30, fps=Fraction(30), options=options)
    film = join_clips([slow, fast], tmp_path / "film.mp4")
    wanted = [Fraction(n, 24) for n in range(24)] + [1 + Fraction(n, 30) for n in range(30)]
    assert frame_times(film) == wanted


@pytest.mark.parametrize("content", [b"", b"no film" * 500])
def test_a_bad_clip_is_named_and_nothing_is_left(tmp_path: Path, content: bytes):
    good = make_clip(tmp_path / "good.mp4", frames=24)
    (tmp_path / "bad.mp4").write_bytes(content)
    with pytest.raises(ReplaceMedia, match=r"bad\.mp4"):
        join_clips([good, tmp_path / "bad.mp4"], tmp_path / "out" / "film.mp4")
    assert not (tmp_path / "out").exists()


def test_no_clips_at_all(tmp_path: Path):
    with pytest.raises(MatchLists, match="no clips"):
        join_clips([], tmp_path / "film.mp4")


def test_stopping_leaves_nothing(tmp_path: Path):
    clips = [make_clip(tmp_path / f"{n}.mp4", hue=n, frames=48) for n in range(2)]
    cancel = Cancel()
    progress = Progress(lambda report: cancel.request() if report.fraction > 0.5 else None)
    with pytest.raises(Cancelled):
        join_clips(clips, tmp_path / "out" / "film.mp4", progress=progress, cancel=cancel)
    assert list((tmp_path / "out").iterdir()) == []
