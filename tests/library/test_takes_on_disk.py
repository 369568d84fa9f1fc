"""Takes on disk: found whole, or not at all."""

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from onereel.errors import OneReelError, ReplaceMedia
from onereel.home import Home
from onereel.shoot.take import Take
from onereel.shoot.takes import Takes, clip_name, film_folder
from onereel.story.screenplay import Scene

RATE = 48_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def takes(home: Home) -> Takes:
    return Takes(home)


def kept(takes: Takes) -> Take:
    take = Take(
        id="1",
        film_id="film",
        scene_id="s01",
        picture_id="p",
        renderer="draft",
        clip=clip_name("film", "s01", "1"),
        duration=Fraction(1),
        width=64,
        height=36,
        fps=24,
    )
    takes.keep(take)
    with av.open(str(takes.path(take)), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=24)
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        audio = container.add_stream("aac", rate=RATE, layout="stereo")
        for number in range(24):
            picture = np.full((36, 64, 3), number * 9, np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture)))
            sound = np.random.default_rng(number).normal(0, 0.1, (2, RATE // 24)).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, number * RATE // 24
            container.mux(audio.encode(frame))
        container.mux(video.encode())
        container.mux(audio.encode())
    return take


def test_a_take_is_there_only_while_its_clip_is_whole(takes: Takes):
    take = kept(takes)
    path = takes.path(take)
    assert takes.has(take)
    assert not takes.has(take.replace(duration=Fraction(2)))
    whole = path.read_bytes()
    for damaged in (whole[:-10], whole[:-1000], whole[: len(whole) // 2], b"", b"no clip"):
        path.write_bytes(damaged)
        assert not takes.has(take)
    path.unlink()
    assert not takes.has(take)


HOSTILE = (
    *("../../secret", "x/../../other/s01-1", "/etc/hosts", "..", "*", "[!a]*", "a\0b", "\ud800"),
    *("a" * 10_000, "a/" * 3000, "..\\secret", "%2e%2e%2f", "s\u043201", "\uff0e\uff0e/x"),
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_names_that_nobody_gave_lead_nowhere(home: Home, takes: Takes, name: str):
    """Clips, takes and films of such names: refused in a sentence, or kept in their own folder."""
    take = kept(takes)
    before = {path: path.read_bytes() for path in home.media.parent.rglob("*") if path.is_file()}
    scene = Scene(id="s01", description="A light")
    told = [take.model_copy(update={field: name}) for field in ("clip", "id", "film_id")]
    for each in told:
        with suppress(OneReelError):
            assert not takes.samples(each)
        with suppress(OneReelError):
            lent = takes.lend(each, "other", scene)
            assert takes.path(lent).parent == film_folder(home, "other")
    assert takes.find("film", name) == takes.find(name, "s01") == ()
    with pytest.raises(ReplaceMedia, match="choose one of its own") as refused:
        home.path(f"{name}/../../../x")
    assert len(refused.value.user_message) < 500
    assert {path: path.read_bytes() for path in before} == before
