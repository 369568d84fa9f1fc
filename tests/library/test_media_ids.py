"""Media by id: found, small, heard; and nothing outside of the media folder."""

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from onereel.errors import ChooseFilm, ReplaceMedia
from onereel.home import Home
from onereel.library.cleanup import clean_up
from onereel.library.media import CACHE, PREFIX, SERVED, Media, media_id, media_url


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def media(home: Home) -> Media:
    return Media(home)


def kept(home: Home, name: str, content: bytes = b"x") -> Path:
    path = home.media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def film(path: Path, *, width: int = 960, height: int = 540, seconds: int = 2) -> None:
    """Black for a second, then red."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(24 * seconds):
            picture = np.zeros((height, width, 3), np.uint8)
            picture[..., 0] = 200 if number >= 24 else 0
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())


@pytest.mark.parametrize(
    "name",
    [
        "film_00001_.mp4",
        "takes/0123/s01-abc.mp4",
        "takes/a film's folder/s01.2-\u00e4\u00f6.webm",
        "lines/0a.flac",
        "films/ab/film.vtt",
        "deep/er/still/x.PNG",
    ],
)
def test_an_id_leads_to_its_file_and_says_nothing(home: Home, media: Media, name: str):
    path = kept(home, name)
    assert media.find(media_id(name)) == path
    assert media_url(name) == f"{PREFIX}/{media_id(name)}"
    assert len(media_id(name)) == 32
    assert set(media_id(name)) <= set("0123456789abcdef")
    path.unlink()
    with pytest.raises(ChooseFilm):
        media.find(media_id(name))
    later = kept(home, name, b"again")
    assert media.find(media_id(name)) == later


def test_a_folder_that_comes_later_is_found(home: Home, media: Media):
    kept(home, "takes/one/a.mp4")
    assert media.find(media_id("takes/one/a.mp4"))
    path = kept(home, "takes/two/b.mp4")
    assert media.find(media_id("takes/two/b.mp4")) == path


@pytest.mark.parametrize(
    "wanted",
    [
        *("", ".", "..", "../private/settings.toml", "%2e%2e", "x" * 32, "0" * 32, "0" * 31),
        *("0" * 33, "/etc/passwd", "\x00", "0" * 16 + "/" + "0" * 15, "\u0660" * 32),
    ],
)
def test_what_is_no_id_leads_nowhere(home: Home, media: Media, wanted: str):
    kept(home, "takes/one/a.mp4")
    with pytest.raises(ChooseFilm):
        media.find(wanted)


def test_only_media_inside_the_folder_have_an_id(home: Home, media: Media, tmp_path: Path):
    secret = tmp_path / "private" / "secret.mp4"
    secret.parent.mkdir()
    secret.write_bytes(b"x")
    kept(home, "takes/one/a.mp4")
    (home.media / "takes/one/link.mp4").symlink_to(secret)
    (home.media / "linked").symlink_to(tmp_path / "private")
    names = ["takes/one/link.mp4", "linked/secret.mp4", "../private/secret.mp4"]
    for hidden in ("takes/one/.s01.onereel-x.mp4", "takes/one/a.json", "takes/one/a.receipt.json"):
        kept(home, hidden)
        names.append(hidden)
    for name in (*names, "takes", "takes/one"):
        with pytest.raises(ChooseFilm):
            media.find(media_id(name))


def test_a_thumbnail_shows_the_film_and_not_its_black_beginning(home: Home, media: Media):
    film(home.media / "films/a/film.mp4")
    wanted = media_id("films/a/film.mp4")
    path = media.thumbnail(wanted)
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("JPEG", (480, 270))
        assert np.abs(np.asarray(picture).mean((0, 1)) - (200, 0, 0)).max() < 12
    written = path.stat().st_mtime_ns
    assert media.thumbnail(wanted) == path
    assert path.stat().st_mtime_ns == written
    film(home.media / "films/a/film.mp4", width=540, height=960, seconds=1)
    assert media.thumbnail(wanted) != path
    with Image.open(media.thumbnail(wanted)) as picture:
        assert picture.size == (270, 480)
        assert np.asarray(picture).mean() < 5


def test_a_still_has_a_thumbnail_that_stands_upright(home: Home, media: Media):
    path = home.media / "pictures/a.jpg"
    path.parent.mkdir(parents=True)
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (1000, 500)).save(path, exif=turned)
    with Image.open(media.thumbnail(media_id("pictures/a.jpg"))) as picture:
        assert picture.size == (240, 480)


def test_a_waveform_is_as_loud_as_its_sound(home: Home, media: Media):
    loud = np.concatenate([np.full(24_000, 0.25), np.full(24_000, 1.0), np.zeros(48_000)])
    path = home.media / "lines/a.flac"
    path.parent.mkdir(parents=True)
    soundfile.write(path, loud * np.resize([1, -1], loud.size), 48_000)
    peaks = media.waveform(media_id("lines/a.flac"), count=40)
    assert len(peaks) == 40
    assert peaks[2:8] == pytest.approx([0.25] * 6, abs=0.02)
    assert peaks[12:18] == pytest.approx([1.0] * 6, abs=0.02)
    assert peaks[24:] == pytest.approx([0.0] * 16, abs=0.02)
    assert media.waveform(media_id("lines/a.flac"), count=40) == peaks
    assert len(media.waveform(media_id("lines/a.flac"))) == 200


@pytest.mark.parametrize("content", [b"", b"nothing", b"#EXTM3U\n#EXTINF:5,\n/etc/hostname\n"])
def test_what_is_damaged_is_named(home: Home, media: Media, content: bytes):
    for name in ("takes/one/a.mp4", "pictures/a.png", "lines/a.flac"):
        kept(home, name, content)
    for name in ("takes/one/a.mp4", "pictures/a.png", "lines/a.flac"):
        with pytest.raises(ReplaceMedia):
            media.thumbnail(media_id(name))
        with pytest.raises(ReplaceMedia):
            media.waveform(media_id(name))
    assert not list((home.private / CACHE).rglob("*.*"))


def test_previews_are_cleaned_up(home: Home, media: Media):
    film(home.media / "films/a/film.mp4")
    path = media.thumbnail(media_id("films/a/film.mp4"))
    assert clean_up(home, paid=()).files == ()
    assert clean_up(home, paid=(), days=0).files == (path,)
    assert not path.exists()


def test_every_kind_that_is_served_says_what_it_is():
    assert {kind.partition("/")[0] for kind in SERVED.values()} == {
        *("video", "audio", "image", "text", "application")
    }
