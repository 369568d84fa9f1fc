"""Measuring media files by their packets."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import PictureType

from onereel.cut.probe import probe
from onereel.errors import ReplaceMedia
from tests.footage import make_clip


def test_a_clip_is_measured_exactly(tmp_path: Path):
    media = probe(make_clip(tmp_path / "clip.mp4", frames=48, keyint=24))
    video = media.video
    assert (video.codec, video.width, video.height) == ("h264", 160, 90)
    assert (video.fps, video.constant, video.frames) == (24, True, 48)
    assert (video.start, video.duration) == (0, 2)
    assert [key * video.time_base for key in video.keyframes.tolist()] == [0, 1]
    assert video.look.pix_fmt == "yuv420p"
    assert media.audio is not None
    assert (media.audio.rate, media.audio.channels) == (48000, 2)


def test_b_frames_leave_fewer_places_to_cut(tmp_path: Path):
    plain = probe(make_clip(tmp_path / "plain.mp4", b_frames=0)).video
    assert plain.reorder == 0
    assert plain.boundaries.all()
    shuffled = probe(make_clip(tmp_path / "shuffled.mp4", b_frames=2)).video
    assert shuffled.reorder >= 1
    assert not shuffled.boundaries.all()
    assert shuffled.boundaries[[0, 24, 48]].all()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_rotation_in_the_index_is_the_rotation_of_frames(tmp_path: Path, turned: int):
    video = probe(make_clip(tmp_path / "clip.mp4", frames=6, turned=turned)).video
    assert video.rotation == video.look.rotation == turned


def test_a_changing_frame_rate_is_seen(tmp_path: Path):
    times = [0, 40, 130, 160, 300, 340, 500]
    video = probe(make_clip(tmp_path / "clip.mp4", times=times)).video
    assert not video.constant
    assert [round(float(at * video.time_base) * 1000) for at in video.pts.tolist()] == times
    assert [video.frame_at(Fraction(ms, 1000)) for ms in (0, 39, 131, 299, 9999)] == [0, 0, 2, 3, 6]


def test_open_groups_are_not_clean_starts(tmp_path: Path):
    options = {"preset": "veryfast", "x264-params": "open-gop=1:bframes=2:keyint=12:scenecut=0"}
    video = probe(make_clip(tmp_path / "clip.mp4", frames=48, options=options)).video
    cuts = [key for key in video.clean.tolist() if video.boundaries[key]]
    with av.open(str(tmp_path / "clip.mp4")) as file:
        intra = sum(frame.pict_type == PictureType.I for frame in file.decode(video=0))
    assert intra > len(cuts) >= 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "broken.mp4 is empty"),
        (b"not a film at all" * 99, "broken.mp4 is damaged or not a video"),
        (None, "broken.mp4 is missing"),
    ],
)
def test_what_is_no_video_is_named(tmp_path: Path, content: bytes | None, sentence: str):
    path = tmp_path / "broken.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReplaceMedia, match=sentence) as raised:
        probe(path)
    assert str(tmp_path) not in raised.value.user_message


def test_a_file_cut_short_is_named(tmp_path: Path):
    whole = make_clip(tmp_path / "whole.mp4", frames=72)
    with (
        av.open(str(whole)) as source,
        av.open(
            str(tmp_path / "front.mp4"), "w", container_options={"movflags": "faststart"}
        ) as file,
    ):
        stream = file.add_stream_from_template(source.streams.video[0], opaque=True)
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                file.mux(packet)
    data = (tmp_path / "front.mp4").read_bytes()
    for share in (0.2, 0.8):
        short = tmp_path / "short.mp4"
        short.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(ReplaceMedia, match=r"short\.mp4"):
            probe(short)


def test_sound_alone_is_no_clip(tmp_path: Path):
    path = tmp_path / "sound.m4a"
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("aac", rate=48000)
        frame = av.AudioFrame.from_ndarray(
            np.zeros((2, 1024), np.float32), format="fltp", layout="stereo"
        )
        frame.sample_rate = 48000
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    with pytest.raises(ReplaceMedia, match="no moving picture"):
        probe(path)


def test_a_picture_that_nothing_here_decodes_is_named(tmp_path: Path):
    path = make_clip(tmp_path / "clip.mp4", frames=6)
    data = path.read_bytes()
    place = data.rindex(b"avc1")
    path.write_bytes(data[:place] + b"zqzq" + data[place + 4 :])
    with pytest.raises(ReplaceMedia, match=r"picture of the file clip\.mp4 is in a format"):
        probe(path)
