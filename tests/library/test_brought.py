"""What a film maker brings along: clips, stills, recordings and music, as edits."""

import asyncio
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from onereel.errors import ChooseFilm, ReloadFilm, ReplaceMedia, ReviseScreenplay
from onereel.film import make_film
from onereel.home import Home
from onereel.library.brought import bring_music, bring_to_scene
from onereel.library.edits.changes import read_changes
from onereel.library.edits.foreseeing import Kept, foresee
from onereel.library.films import Films
from onereel.options import FilmOptions
from onereel.settings import Settings
from onereel.shoot.draft import shoot_draft
from onereel.shoot.takes import Takes
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.narrate import narrate


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def films(home: Home) -> Iterator[Films]:
    opened = Films.open(home, Settings.load(home))
    yield opened
    opened.close()


@pytest.fixture
def film_id(films: Films) -> str:
    screenplay = Screenplay(
        title="Test",
        brief=Brief(idea="A test", duration=6),
        scenes=(
            Scene(id="s01", prompt="a cat", narration="A cat walks by.", duration=Fraction(3)),
            Scene(id="s02", prompt="a dog", duration=Fraction(3)),
        ),
    )
    return films.create(screenplay, options=FilmOptions(resolution="480p")).film.id


def written(films: Films, film_id: str) -> Screenplay:
    screenplay = films.get(film_id).revision.screenplay
    assert screenplay
    return screenplay


def clip(path: Path, *, seconds: int = 2, sound: bool = True) -> Path:
    with av.open(str(path), "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=24)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="stereo") if sound else None
        for number in range(24 * seconds):
            picture = np.full((64, 96, 3), number * 5 % 255, np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(video.encode())
        if audio:
            samples = np.zeros((2, 48_000 * seconds), np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 48_000, 0
            container.mux(audio.encode(frame))
            container.mux(audio.encode())
    return path


def voice(path: Path, *, seconds: float = 2) -> Path:
    noise = np.random.default_rng(3).normal(0, 0.1, int(22_050 * seconds))
    soundfile.write(path, noise, 22_050, format="WAV")
    return path


def test_a_clip_becomes_the_chosen_take(films: Films, film_id: str, home: Home, tmp_path: Path):
    # An upload has no name worth believing.
    source = clip(tmp_path / "upload.tmp")
    film = bring_to_scene(film_id, "s01", source, films=films, home=home)
    assert film.undo == "Brought a clip of scene 1"
    scene = written(films, film_id).scenes[0]
    take = Takes(home).chosen(film_id, scene)
    assert take
    assert film.revision.chosen == {"s01": take.id}
    assert (take.renderer, take.state, take.width, take.clip[-4:]) == (
        "brought",
        "ready",
        96,
        ".mp4",
    )
    assert home.path(take.clip).read_bytes() == source.read_bytes()
    drafts = shoot_draft(written(films, film_id), home=home, resolution="480p")
    assert [each.renderer for each in drafts] == ["brought", "draft"]
    films.undo(film_id)
    assert Takes(home).chosen(film_id, scene) is None
    assert shoot_draft(written(films, film_id), home=home, resolution="480p")[0].state == "draft"
    films.redo(film_id)
    assert Takes(home).chosen(film_id, scene) == take


def test_a_clip_stays_chosen_when_the_scene_is_timed_to_its_voice(
    films: Films, film_id: str, home: Home, tmp_path: Path
):
    bring_to_scene(film_id, "s01", clip(tmp_path / "clip.mp4"), films=films, home=home)
    timed = narrate(written(films, film_id), home=home, voice="espeak").screenplay
    assert timed.scenes[0].duration != 3
    films.amend(film_id, 2, timed)
    take = Takes(home).chosen(film_id, written(films, film_id).scenes[0])
    assert take
    assert take.renderer == "brought"


def test_a_still_lasts_as_long_as_its_scene(films: Films, film_id: str, home: Home, tmp_path: Path):
    still = tmp_path / "still"
    Image.new("RGB", (300, 200), (200, 30, 30)).save(still, "PNG")
    bring_to_scene(film_id, "s02", still, films=films, home=home)
    take = Takes(home).chosen(film_id, written(films, film_id).scenes[1])
    assert take
    assert (take.duration, take.width, take.height) == (Fraction(7, 2), 300, 200)
    with av.open(str(home.path(take.clip))) as container:
        frames = [frame.to_ndarray(format="rgb24").mean((0, 1)) for frame in container.decode()]
    assert len(frames) == 84
    assert np.abs(np.array(frames) - (200, 30, 30)).max() < 8


def test_a_recording_becomes_the_voice(films: Films, film_id: str, home: Home, tmp_path: Path):
    film = bring_to_scene(film_id, "s01", voice(tmp_path / "say"), films=films, home=home)
    assert film.undo == "Recorded the voice of scene 1"
    (line,) = narrate(written(films, film_id), home=home, voice="espeak").lines
    assert line.engine == "recorded"
    assert float(line.duration) == pytest.approx(2, abs=0.1)
    films.undo(film_id)
    (line,) = narrate(written(films, film_id), home=home, voice="espeak").lines
    assert line.engine == "espeak"
    with pytest.raises(ReviseScreenplay, match="no narration"):
        bring_to_scene(film_id, "s02", tmp_path / "say", films=films, home=home)
    with pytest.raises(ReplaceMedia, match="at most 60 s"):
        bring_to_scene(film_id, "s01", voice(tmp_path / "long", seconds=70), films=films, home=home)


def test_music_lies_under_the_film(films: Films, film_id: str, home: Home, tmp_path: Path):
    bring_music(film_id, voice(tmp_path / "song"), films=films, home=home)
    version = films.get(film_id).revision
    assert home.path(version.options.music).is_file()
    film = asyncio.run(
        make_film(
            written(films, film_id),
            tmp_path / "film.mp4",
            options=version.options,
            work=Work(home),
        )
    )
    assert film.cut.music
    assert film.cut.music.media == version.options.music
    films.undo(film_id)
    assert films.get(film_id).revision.options.music == ""


def test_a_clip_of_another_shape_is_not_stretched_and_fills_an_upright_film(
    films: Films, film_id: str, home: Home, tmp_path: Path
):
    picture = np.full((64, 96, 3), 90, np.uint8)
    picture[16:48, 32:64] = 230
    source = tmp_path / "wide.mp4"
    with av.open(str(source), "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=24)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        for _ in range(84):
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(video.encode())
    # One comes before the film is for telephones, one afterwards.
    bring_to_scene(film_id, "s01", source, films=films, home=home)
    tiktok = {"op": "platform", "platform": "TikTok"}
    tall = films.edit(film_id, None, read_changes([tiktok]))
    assert (tall.brief.platform, tall.brief.aspect) == ("tiktok", "9:16")
    assert tall.undo == "Another platform"
    assert tall.revision.options.resolution == "1080p", "what the platform shows best"
    films.undo(film_id)
    assert films.get(film_id).revision.options.resolution == "480p"
    smaller = read_changes([{**tiktok, "resolution": "480p"}])
    (kept,) = foresee(film_id, smaller, films, home=home, settings=Settings.load(home)).kept
    assert kept == Kept(scene="s01", way="cropped", share=0.377, enlarged=13.25)
    films.edit(film_id, None, smaller)
    bring_to_scene(film_id, "s02", source, films=films, home=home)
    file = tmp_path / "film.mp4"
    options = films.get(film_id).revision.options
    made = make_film(written(films, film_id), file, options=options, work=Work(home))
    cut = asyncio.run(made).cut
    assert (cut.width, cut.height) == (480, 848)
    assert cut.safe
    with av.open(str(file)) as container:
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    for frame in (frames[12], frames[-12]):
        lit = frame > 160
        across, down = lit.any(0).sum(), lit.any(1).sum()
        assert across == pytest.approx(848 / 2, abs=8)
        assert down == pytest.approx(across, abs=8), "a square stays one"
        assert frame.min() > 60, "it fills the picture"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no media at all",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/hostname\n",
        b"ID3\x04\x00\x00\x00\x00\x00\x00#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nx.ts\n",
        b"ffconcat version 1.0\nfile clip.mp4\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\0\0\0\x20ftypisom" + b"\0" * 400,
        b"RIFF\x24\0\0\0WAVEfmt ",
    ],
)
def test_what_is_no_media_is_refused(
    films: Films, film_id: str, home: Home, tmp_path: Path, content: bytes
):
    file = tmp_path / "upload"
    file.write_bytes(content)
    before = films.get(film_id)
    for bring in (
        lambda: bring_to_scene(film_id, "s01", file, films=films, home=home),
        lambda: bring_music(film_id, file, films=films, home=home),
    ):
        with pytest.raises(ReplaceMedia):
            bring()
    assert films.get(film_id) == before
    assert not list(home.media.rglob("*.*"))


def test_a_picture_that_is_too_large_is_refused(
    films: Films, film_id: str, home: Home, tmp_path: Path
):
    huge = tmp_path / "huge"
    Image.new("1", (8000, 6000)).save(huge, "PNG")
    with pytest.raises(ReplaceMedia, match="8000 x 6000"):
        bring_to_scene(film_id, "s01", huge, films=films, home=home)


def test_a_scene_that_is_not_there_gets_nothing(
    films: Films, film_id: str, home: Home, tmp_path: Path
):
    source = clip(tmp_path / "clip.mp4")
    with pytest.raises(ReviseScreenplay, match="no scene"):
        bring_to_scene(film_id, "s09", source, films=films, home=home)
    with pytest.raises(ReloadFilm):
        bring_to_scene(film_id, "s01", source, films=films, home=home, revision=7)
    with pytest.raises(ChooseFilm):
        bring_to_scene("0" * 16, "s01", source, films=films, home=home)
