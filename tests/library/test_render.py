"""Films rendered from Cuts, reopened and measured."""

import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from onereel.cut.plan import Caption, Captions, Clip, Cut, PlacedLine
from onereel.cut.probe import probe
from onereel.cut.render import render
from onereel.errors import Cancelled, OneReelError, ReplaceMedia, ReviseSetting
from onereel.home import Home
from onereel.work import Cancel, Progress
from tests.footage import (
    HEIGHT,
    RATE,
    WIDTH,
    click,
    frame_prints,
    frame_times,
    heard,
    lights,
    luma,
    make_clip,
    stamps,
)

FPS = 24
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Studio:
    home: Home
    output: Path

    def clip(self, name: str, start: object, out: object, **changes: object) -> Clip:
        values = {"scene_id": name, "take_id": name, "media": f"{name}.mp4", "gain_db": -120}
        return Clip.model_validate({**values, "start": start, "source_out": out, **changes})

    def cut(self, *clips: Clip, **changes: object) -> Cut:
        return Cut.model_validate({"width": WIDTH, "height": HEIGHT, "clips": clips, **changes})

    def prints(self, name: str) -> list[str]:
        return frame_prints(self.home.media / f"{name}.mp4")


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media")
    make_clip(folder / "a.mp4", hue=1)
    make_clip(folder / "b.mp4", hue=2)
    make_clip(folder / "plain.mp4", hue=3, b_frames=0)
    make_clip(folder / "one.mp4", hue=4, keyint=999)
    make_clip(folder / "other.mp4", hue=5, options={"preset": "ultrafast", "g": "24"})
    make_clip(folder / "large.mp4", hue=6, frames=24, size=(320, 180))
    make_clip(folder / "upright.mp4", hue=7, frames=24, size=(90, 160))
    make_clip(folder / "turned.mp4", hue=7, frames=24, size=(90, 160), turned=90)
    make_clip(folder / "fast.mp4", hue=8, frames=60, fps=Fraction(30))
    make_clip(folder / "odd.mp4", hue=9, frames=24, pix_fmt="yuv444p")
    make_clip(
        folder / "hevc.mp4",
        hue=10,
        frames=24,
        codec="libx265",
        options={"x265-params": "log-level=none"},
    )
    make_clip(folder / "vfr.mp4", hue=11, times=[0, 100, 140, 300, 500, 700, 900, 960])
    make_clip(folder / "mute.mp4", hue=12, frames=24, sound=False)
    make_clip(folder / "mono.mp4", hue=13, frames=24, rate=22050, layout="mono")
    return folder


@pytest.fixture
def studio(footage: Path, tmp_path: Path) -> Studio:
    return Studio(Home(private=tmp_path / "private", media=footage), tmp_path / "film.mp4")


def steady(path: Path, frames: int) -> None:
    """The picture runs at 24 fps without gaps, and decoding times rise and never run late."""
    assert frame_times(path) == [Fraction(n, FPS) for n in range(frames)]
    stored = stamps(path)
    decoded = [late for _, late in stored]
    assert decoded == sorted(set(decoded))
    assert all(late <= shown for shown, late in stored)
    media = probe(path)
    assert media.video.duration == Fraction(frames, FPS)
    assert media.video.start == 0


def test_clips_that_play_unchanged_are_copied(studio: Studio):
    cut = studio.cut(studio.clip("a", 0, 2), studio.clip("b", 2, 2))
    reel = render(cut, studio.output, home=studio.home)
    assert (reel.frames, reel.copied, reel.duration) == (96, 96, 4)
    steady(studio.output, 96)
    assert frame_prints(studio.output) == studio.prints("a") + studio.prints("b")
    sources = [packets(studio.home.media / name) for name in ("a.mp4", "b.mp4")]
    assert packets(studio.output) == sources[0] + sources[1]


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(video=0) if packet.size]


def test_encoders_mix_in_one_track(studio: Studio):
    cut = studio.cut(studio.clip("a", 0, 2), studio.clip("other", 2, 2), studio.clip("b", 4, 2))
    reel = render(cut, studio.output, home=studio.home)
    assert reel.copied == reel.frames == 144
    steady(studio.output, 144)
    wanted = studio.prints("a") + studio.prints("other") + studio.prints("b")
    assert frame_prints(studio.output) == wanted


@pytest.mark.parametrize("frames", [25, 30, 31, 35, 47])
def test_a_tail_is_cut_off_to_the_frame(studio: Studio, frames: int):
    out = Fraction(frames, FPS)
    cut = studio.cut(studio.clip("a", 0, out), studio.clip("b", out, 2))
    reel = render(cut, studio.output, home=studio.home)
    assert reel.frames == frames + 48
    assert reel.copied >= frames + 48 - 3
    steady(studio.output, frames + 48)
    shown = frame_prints(studio.output)
    kept = reel.copied - 48
    assert shown[:kept] == studio.prints("a")[:kept]
    assert shown[frames:] == studio.prints("b")
    every = list(range(frames))
    assert same_pictures(studio.output, every, studio.home.media / "a.mp4", every)


def test_without_b_frames_every_cut_is_a_copy(studio: Studio):
    cut = studio.cut(studio.clip("plain", 0, Fraction(31, FPS)))
    reel = render(cut, studio.output, home=studio.home)
    assert reel.copied == reel.frames == 31
    assert frame_prints(studio.output) == studio.prints("plain")[:31]


def test_a_clip_that_begins_inside_is_copied_from_the_next_keyframe(studio: Studio):
    cut = studio.cut(studio.clip("a", 0, 2, source_in=HALF))
    reel = render(cut, studio.output, home=studio.home)
    assert (reel.frames, reel.copied) == (36, 24)
    steady(studio.output, 36)
    assert frame_prints(studio.output)[12:] == studio.prints("a")[24:]
    source = list(range(12, 24))
    assert same_pictures(studio.output, list(range(12)), studio.home.media / "a.mp4", source)


def test_a_hold_freezes_the_last_frame(studio: Studio):
    cut = studio.cut(studio.clip("a", 0, 2, hold=HALF), studio.clip("b", Fraction(5, 2), 2))
    reel = render(cut, studio.output, home=studio.home)
    assert (reel.frames, reel.copied) == (108, 96)
    steady(studio.output, 108)
    held = list(range(48, 60))
    assert same_pictures(studio.output, held, studio.home.media / "a.mp4", [47] * 12)
    assert frame_prints(studio.output)[60:] == studio.prints("b")


def test_speed_changes_which_frames_are_shown(studio: Studio):
    cut = studio.cut(studio.clip("a", 0, 2, speed=Fraction(5, 4)))
    reel = render(cut, studio.output, home=studio.home)
    assert (reel.frames, reel.copied) == (39, 0)
    source = [n * 5 // 4 for n in range(39)]
    assert same_pictures(studio.output, list(range(39)), studio.home.media / "a.mp4", source)


def same_pictures(film: Path, at: list[int], clip: Path, source: list[int]) -> bool:
    """Whether the frames show the same, whatever an encoder did to them."""
    left, right = lights(film), lights(clip)
    return all(np.abs(left[n] - right[m]).mean() < 2 for n, m in zip(at, source, strict=True))


def test_a_dissolve_crosses_and_copies_again_from_the_next_keyframe(studio: Studio):
    cut = studio.cut(
        studio.clip("plain", 0, 2),
        studio.clip("b", Fraction(3, 2), 2, transition="dissolve", overlap=HALF),
    )
    reel = render(cut, studio.output, home=studio.home)
    assert (reel.frames, reel.copied) == (84, 36 + 24)
    steady(studio.output, 84)
    assert frame_prints(studio.output)[60:] == studio.prints("b")[24:]
    light = luma(studio.output)
    old, new = (luma(studio.home.media / name) for name in ("plain.mp4", "b.mp4"))
    share = np.arange(1, 13) / 13
    assert light[36:48] == pytest.approx(share * new[:12] + (1 - share) * old[36:], abs=1.5)


def test_a_fade_comes_up_from_black(studio: Studio):
    cut = studio.cut(
        studio.clip("a", 0, 2), studio.clip("b", 2, 2, transition="fade", overlap=HALF)
    )
    render(cut, studio.output, home=studio.home)
    light = luma(studio.output)
    full = luma(studio.home.media / "b.mp4") - 16
    assert light[48:60] == pytest.approx(16 + np.arange(1, 13) / 13 * full[:12], abs=1.5)
    assert light[60:] == pytest.approx(16 + full[12:], abs=1)


def test_a_single_keyframe_is_encoded_from_the_fade_to_its_end(studio: Studio):
    cut = studio.cut(studio.clip("one", 0, 2, transition="fade", overlap=HALF))
    reel = render(cut, studio.output, home=studio.home)
    assert (reel.frames, reel.copied) == (48, 0)
    steady(studio.output, 48)


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("large", 1), ("upright", 1), ("turned", 1), ("fast", 2), ("odd", 1), ("hevc", 1), ("vfr", 1)],
)
def test_a_stranger_is_made_to_fit(studio: Studio, name: str, seconds: int):
    cut = studio.cut(studio.clip("a", 0, 2), studio.clip(name, 2, seconds))
    reel = render(cut, studio.output, home=studio.home)
    frames = 48 + 24 * seconds
    assert (reel.frames, reel.copied) == (frames, 48)
    steady(studio.output, frames)
    video = probe(studio.output).video
    assert (video.width, video.height, video.look.pix_fmt) == (WIDTH, HEIGHT, "yuv420p")
    assert frame_prints(studio.output)[:48] == studio.prints("a")


def test_a_turned_clip_stands_upright(studio: Studio):
    render(studio.cut(studio.clip("turned", 0, 1)), studio.output, home=studio.home)
    with av.open(str(studio.output)) as file:
        image = next(file.decode(video=0)).reformat(format="gray").to_ndarray().astype(int)
    # The bar at the left of the stored picture lies along the bottom once it is turned.
    assert image[-6:].mean() > 200
    assert image[: HEIGHT // 2].mean() < 150


def test_an_upright_clip_is_framed_in_black_in_a_wide_film(studio: Studio):
    render(studio.cut(studio.clip("upright", 0, 1)), studio.output, home=studio.home)
    with av.open(str(studio.output)) as file:
        image = next(file.decode(video=0)).reformat(format="gray").to_ndarray()
    assert image[:, :40].mean() < 20
    assert image[:, 60:100].mean() > 30


def test_thirty_frames_become_twenty_four_by_time(studio: Studio):
    render(studio.cut(studio.clip("fast", 0, 2)), studio.output, home=studio.home)
    source = [n * 30 // 24 for n in range(48)]
    assert same_pictures(studio.output, list(range(48)), studio.home.media / "fast.mp4", source)


def test_everything_is_encoded_anew_on_demand(studio: Studio):
    cut = studio.cut(studio.clip("a", 0, 2), studio.clip("b", 2, 2), reencode=True)
    reel = render(cut, studio.output, home=studio.home)
    assert (reel.frames, reel.copied) == (96, 0)
    steady(studio.output, 96)
    every = list(range(48))
    assert same_pictures(studio.output, every, studio.home.media / "a.mp4", every)


def test_burned_captions_change_only_their_frames(studio: Studio):
    captions = Captions(mode="burned", items=(Caption(text="Hello", start=HALF, end=1),))
    cut = studio.cut(studio.clip("plain", 0, 2), captions=captions)
    reel = render(cut, studio.output, home=studio.home)
    assert reel.copied == 12 + 24
    steady(studio.output, 48)
    shown, source = frame_prints(studio.output), studio.prints("plain")
    assert shown[:12] == source[:12]
    assert shown[24:] == source[24:]
    before, after = (lights(path) for path in (studio.home.media / "plain.mp4", studio.output))
    changed = np.abs(after[18] - before[18])
    assert changed[HEIGHT * 2 // 3 :].max() > 60
    assert changed[: HEIGHT // 2].max() < 20


def test_soft_captions_are_a_track_in_their_language(studio: Studio):
    items = (
        Caption(text="Gr\u00fc\u00df dich", start=HALF, end=1),
        Caption(text="zwei\nZeilen", start=1, end=2),
    )
    captions = Captions(mode="soft", language="de", items=items)
    render(studio.cut(studio.clip("a", 0, 2), captions=captions), studio.output, home=studio.home)
    with av.open(str(studio.output)) as file:
        track = file.streams.subtitles[0]
        assert (track.codec_context.name, track.language) == ("mov_text", "deu")
        found = [
            (
                bytes(packet)[2:].decode(),
                packet.pts * packet.time_base,
                packet.duration * packet.time_base,
            )
            for packet in file.demux(track)
            if packet.size > 2
        ]
    assert found == [(item.text, item.start, item.end - item.start) for item in items]


def test_metadata_of_any_name_is_kept(studio: Studio):
    metadata = {"title": "A film", "workflow": '{"nodes": [1, "\u00fc"]}'}
    render(studio.cut(studio.clip("a", 0, 2)), studio.output, home=studio.home, metadata=metadata)
    with av.open(str(studio.output)) as file:
        assert metadata.items() <= file.metadata.items()
    boxes = studio.output.read_bytes()
    assert boxes.index(b"moov") < boxes.index(b"mdat")


def test_a_line_is_heard_when_its_flash_is_seen(studio: Studio):
    make_clip(studio.home.media / "flash.mp4", hue=1, flash=36)
    line = studio.home.media / "line.flac"
    soundfile.write(line, click(Fraction(1), Fraction(1, 4)), RATE)
    placed = PlacedLine(scene_id="flash", media="line.flac", start=Fraction(5, 4) + 2, duration=1)
    cut = studio.cut(studio.clip("a", 0, 2), studio.clip("flash", 2, 2), lines=(placed,))
    render(cut, studio.output, home=studio.home)
    seen = int(np.argmax(luma(studio.output))) / FPS
    sound = np.abs(heard(studio.output))
    first = int(np.argmax(sound > 0.3 * sound.max())) / RATE
    assert seen == 3.5
    assert first == pytest.approx(seen, abs=0.005)


def test_sound_ends_with_the_picture(studio: Studio):
    render(studio.cut(studio.clip("a", 0, Fraction(31, FPS))), studio.output, home=studio.home)
    with av.open(str(studio.output)) as file:
        sound = file.streams.audio[0]
        assert sound.duration * sound.time_base == pytest.approx(31 / 24, abs=1e-4)
        assert sound.start_time == 0


def test_many_clips_of_every_kind_make_one_film(studio: Studio):
    names = ["a", "mute", "one", "mono", "hevc", "plain", "other", "odd", "b"]
    clips = [studio.clip(name, n, 1, gain_db=0) for n, name in enumerate(names)]
    reel = render(studio.cut(*clips), studio.output, home=studio.home)
    assert reel.frames == 24 * len(names)
    assert reel.copied >= 24 * 5
    steady(studio.output, reel.frames)


def test_a_damaged_clip_is_named_and_leaves_nothing(studio: Studio, footage: Path):
    data = bytearray((footage / "b.mp4").read_bytes())
    start = data.index(b"mdat") + 4
    middle = start + (len(data) - start) // 3
    data[middle : middle + 3000] = b"\xff" * 3000
    (footage / "broken.mp4").write_bytes(data)
    cut = studio.cut(
        studio.clip("a", 0, 2), studio.clip("broken", 2, 2), studio.clip("other", 4, 2)
    )
    with pytest.raises(ReplaceMedia, match=r"broken\.mp4"):
        render(cut, studio.output, home=studio.home)
    assert list(studio.output.parent.iterdir()) == []


def test_an_odd_size_is_refused(studio: Studio):
    with pytest.raises(ReviseSetting, match="even"):
        render(studio.cut(studio.clip("a", 0, 2), width=161), studio.output, home=studio.home)


def test_stopping_leaves_nothing(studio: Studio):
    cancel = Cancel()
    progress = Progress(lambda report: cancel.request() if report.fraction > 0.7 else None)
    cut = studio.cut(studio.clip("a", 0, 2), studio.clip("b", 2, 2), reencode=True)
    with pytest.raises(Cancelled):
        render(cut, studio.output, home=studio.home, progress=progress, cancel=cancel)
    assert list(studio.output.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_a_disk_that_refuses_is_said_in_a_sentence(studio: Studio):
    import resource

    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    cut = studio.cut(studio.clip("a", 0, 2), studio.clip("b", 2, 2))
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, old[1]))
        with pytest.raises(OneReelError) as raised:
            render(cut, studio.output, home=studio.home)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert raised.value.user_message
    assert list(studio.output.parent.iterdir()) == []
