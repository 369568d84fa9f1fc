import zipfile
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote

import av
import numpy as np
import opentimelineio as otio
import pytest

from onereel.cut.cards import add_cards
from onereel.cut.otio import to_otio
from onereel.cut.otio_files import write_otio, write_otioz
from onereel.cut.overlays.caption_place import overlays_floor
from onereel.cut.overlays.presenting import Presenting
from onereel.cut.plan import Caption, Captions, Cut
from onereel.cut.presenter import add_presenter, keep_presenter_picture
from onereel.cut.render import render
from onereel.errors import ReplaceMedia
from tests.footage import make_clip

from .sound_media import RATE, clip, clip_file, line, new_cut, new_home, noise, sound_file


@pytest.fixture
def home(tmp_path):
    return new_home(tmp_path)


def frames(item):
    span = item.trimmed_range()
    assert span.start_time.rate == span.duration.rate == 24
    return span.start_time.value, span.duration.value


def test_the_cut_is_read_back_with_the_same_ranges(home, tmp_path):
    one = clip_file(home, "takes/one.mp4", 4, noise(4))
    two = clip_file(home, "takes/t w o.mp4", 4)
    voice = sound_file(home, "lines/a.flac", noise(2, rate=22_050, channels=1), 22_050)
    song = sound_file(home, "music/song.flac", noise(3))
    cut = new_cut(
        [
            clip(0, 0, Fraction(7, 2), one, source_in=Fraction(1, 2), gain_db=-6.0),
            clip(1, Fraction(5, 2), 4, two, transition="dissolve", overlap=Fraction(1, 2)),
            clip(2, Fraction(13, 2), 4, one, speed=2, hold=1, transition="fade", overlap=1),
        ],
        [line(0, Fraction(1, 4), Fraction(44_099, 22_050), voice), line(1, 3, 2, voice)],
        song,
        title="A film",
        captions=Captions(items=(Caption(text="Hello\nthere", start=1, end=2),)),
    )
    path = write_otio(cut, tmp_path / "out" / "reel.otio", home)
    timeline = otio.adapters.read_from_file(str(path))
    assert timeline.name == "A film"
    assert [track.name for track in timeline.tracks] == [
        "Picture",
        "Clip sound",
        "Narration",
        "Music",
    ]
    picture, sound, narration, music = timeline.tracks
    kinds = [type(item).__name__ for item in picture]
    assert kinds == ["Clip", "Transition", "Clip", "Transition", "Clip", "Clip"]
    clips = list(picture.find_clips())
    assert [frames(item) for item in clips] == [(12, 60), (0, 96), (0, 48), (95, 24)]
    starts = [picture.range_of_child(item).start_time.value for item in clips]
    assert starts == [0, 60, 156, 204]
    assert picture.duration().value == cut.duration * 24
    fades = [(picture[n].in_offset.value, picture[n].out_offset.value) for n in (1, 3)]
    assert fades == [(0, 12), (0, 24)]
    assert clips[2].effects[0].time_scalar == 2
    assert isinstance(clips[3].effects[0], otio.schema.FreezeFrame)
    assert clips[0].metadata["onereel"]["gain_db"] == -6
    assert clips[1].media_reference.target_url == "../media/takes/t%20w%20o.mp4"
    assert clips[1].media_reference.available_range.duration.value == 96
    for item in clips:
        assert not item.media_reference.target_url.startswith("/")
    spoken = list(narration.find_clips())
    placed = [narration.range_of_child(item) for item in spoken]
    assert [span.start_time.value for span in placed] == [RATE // 4, 3 * RATE]
    assert [span.duration.value for span in placed] == [round(44_099 * RATE / 22_050), 2 * RATE]
    assert {span.duration.rate for span in placed} == {RATE}
    assert music.duration().value == cut.duration * RATE
    assert len(list(music.find_clips())) == 4
    assert sound.kind == otio.schema.TrackKind.Audio
    marks = {mark.name: mark.marked_range for mark in picture.markers}
    assert list(marks) == ["s0", "s1", "s2", "Hello there"]
    assert (marks["Hello there"].start_time.value, marks["Hello there"].duration.value) == (24, 24)


def test_cards_stand_in_the_time_line_where_they_stand_in_the_film(home, tmp_path):
    for number in range(2):
        make_clip(home.path(f"takes/{number}.mp4"), frames=96, size=(320, 180))
    clips = [clip(number, 4 * number, 4, f"takes/{number}.mp4") for number in range(2)]
    bare = Cut(title="The Light", width=320, height=180, clips=tuple(clips))
    cut = add_cards(bare, show="title and end", end="The End\nonereel.example")
    timeline = otio.adapters.read_from_file(str(write_otio(cut, tmp_path / "film.otio", home)))
    picture, cards, _ = timeline.tracks
    assert (cards.name, cards.kind) == ("Cards", otio.schema.TrackKind.Video)
    shown = list(cards.find_clips())
    assert [type(item).__name__ for item in cards] == ["Clip", "Gap", "Clip"]
    words = [item.media_reference for item in shown]
    assert [each.generator_kind for each in words] == ["Title", "Title"]
    assert [each.parameters["text"] for each in words] == ["The Light", "The End\nonereel.example"]
    with_cards = light(render(cut, tmp_path / "cards.mp4", home=home).path)
    without = light(render(bare, tmp_path / "bare.mp4", home=home).path)
    pairs = zip(with_cards, without, strict=True)
    darkened = [number for number, (dark, bright) in enumerate(pairs) if dark < bright - 2]
    placed: list[int] = []
    for span in map(cards.range_of_child, shown):
        placed += range(int(span.start_time.value), int(span.end_time_exclusive().value))
    assert placed == darkened
    assert timeline.duration().value == picture.duration().value == len(with_cards)


def test_presenters_stand_over_the_picture_where_and_when_they_are_seen(home, tmp_path):
    for number in range(4):
        make_clip(home.path(f"takes/{number}.mp4"), frames=120, size=(320, 180))
    make_clip(home.path("presenters/head.mp4"), frames=36, size=(160, 90))
    face = keep_presenter_picture(np.full((300, 200, 3), 255, np.uint8), home=home)
    voice = sound_file(home, "lines/a.flac", noise(4, channels=1))
    takes = [clip(0, 0, 4, "takes/0.mp4"), clip(1, 4, 4, "takes/1.mp4")]
    takes.append(clip(2, 8, 4, "takes/2.mp4", transition="dissolve", overlap=Fraction(1, 2)))
    takes.append(clip(3, 12, 4, "takes/3.mp4", transition="dissolve", overlap=Fraction(1, 2)))
    # A line that has the clip start anew, one that it outlasts, one of a picture.
    lines = [line(0, Fraction(1, 4), Fraction(13, 4), voice), line(1, 5, 1, voice)]
    bare = Cut(width=320, height=180, clips=takes, lines=(*lines, line(2, 8, 3, voice)))
    cut = add_presenter(bare, "presenters/head.mp4", scenes="1-2", place="side panel")
    cut = add_presenter(cut, face, scenes="3", corner="top left", size=1.5)
    timeline = otio.adapters.read_from_file(str(write_otio(cut, tmp_path / "film.otio", home)))
    assert [track.name for track in timeline.tracks][:2] == ["Picture", "Presenter"]
    track = timeline.tracks[1]
    shown: dict[int, tuple[str, int]] = {}
    for item in track.find_clips():
        start, length = track.range_of_child(item).start_time.value, frames(item)[1]
        first, held = frames(item)[0], bool(item.effects)
        for frame in range(int(length)):
            source = 0 if "png" in item.media_reference.target_url else first + (not held) * frame
            shown[int(start) + frame] = item.media_reference.target_url, int(source)
    presenting = Presenting(cut, home=home, floor=overlays_floor(cut))
    drawn: dict[int, tuple[str, int]] = {}
    for frame in range(int(cut.duration * 24)):
        for overlay in presenting.overlays(Fraction(frame, 24)):
            _, name, number, *_ = overlay.key.split(":")
            drawn[frame] = name, int(number)
    presenting.close()
    assert shown.keys() == drawn.keys()
    assert [at for at in shown if shown[at][1] != drawn[at][1]] == []
    assert len({(shown[at][0], drawn[at][0]) for at in shown}) == 2
    assert {url for url, _ in shown.values()} == {f"media/{face}", "media/presenters/head.mp4"}
    # It comes and goes with the scenes' dissolves.
    fades = [item for item in track if isinstance(item, otio.schema.Transition)]
    assert [(fade.in_offset.value, fade.out_offset.value) for fade in fades] == [(0, 12), (12, 0)]
    panel, circle = (list(track.find_clips())[at].metadata["onereel"] for at in (0, -1))
    assert (panel["place"], circle["place"]) == ("side panel", "corner circle")
    assert (circle["corner"], circle["size"], circle["moves"]) == ("top left", 1.5, True)
    white = render(cut.replace(lines=()), tmp_path / "film.mp4", home=home)
    with av.open(str(white.path)) as film:
        frame = list(film.decode(video=0))[9 * 24].to_ndarray(format="gray")
    box = circle["box"]
    middle = frame[:, box["x"] + box["width"] // 2] > 235
    assert abs(np.flatnonzero(middle)[0] - box["y"]) <= 2
    assert abs(np.flatnonzero(middle)[-1] - box["y"] - box["height"]) <= 2
    # Of an upright picture most of what is too much is cut off below.
    assert circle["crop"] == pytest.approx({"left": 0, "top": 1 / 15, "width": 1, "height": 2 / 3})
    assert circle["scale"] == pytest.approx(box["width"] / 200)


def light(path):
    """How light each frame of a film is in its corner, which no letters reach."""
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="gray")[:20, -20:].mean() for frame in film.decode(video=0)]


def test_lines_that_sound_at_once_get_tracks_of_their_own(home, tmp_path):
    mute = clip_file(home, "takes/mute.mp4", 4)
    voice = sound_file(home, "lines/a.flac", noise(2, channels=1))
    lines = [line(0, 0, 2, voice), line(1, 1, 2, voice), line(2, 2, 2, voice)]
    cut = new_cut([clip(0, 0, 4, mute)], lines)
    timeline = otio.adapters.read_from_string(to_otio(cut, home=home, named=Path.as_uri))
    assert [track.name for track in timeline.tracks] == ["Picture", "Narration", "Narration 2"]
    assert [item.name for item in timeline.tracks[1].find_clips()] == ["s0", "s2"]


def test_a_bundle_brings_the_media_that_its_time_line_names(home, tmp_path):
    one = clip_file(home, "takes/t w o.mp4", 2, noise(2))
    other = clip_file(home, "lines/t w o.mp4", 3)
    cut = new_cut([clip(0, 0, 2, one), clip(1, 2, 3, other), clip(2, 5, 1, one)])
    path = write_otioz(cut, tmp_path / "reel.otioz", home)
    for sent in home.media.rglob("*.mp4"):
        sent.rename(sent.with_suffix(".away"))
    away = tmp_path / "away"
    away.mkdir()
    timeline = otio.adapters.read_from_file(str(path), extract_to_directory=str(away))
    found = [item.media_reference.target_url for item in timeline.tracks[0].find_clips()]
    assert len(set(found)) == 2
    assert found[0] == found[2]
    with zipfile.ZipFile(path) as bundle:
        assert {"version.txt", "content.otio", *map(unquote, found)} == set(bundle.namelist())
    seconds = [av.open(str(away / unquote(url))).duration / av.time_base for url in found]
    assert seconds == pytest.approx([2, 3, 2], abs=0.1)


def test_media_that_cannot_be_read_are_named_and_nothing_is_written(home, tmp_path):
    cut = new_cut([clip(0, 0, 4, "takes/gone.mp4")])
    with pytest.raises(ReplaceMedia, match="gone"):
        write_otio(cut, tmp_path / "reel.otio", home)
    assert not list(tmp_path.glob("*otio*"))
