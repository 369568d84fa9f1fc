"""Whole films: from an idea to a file, reopened and measured."""

import asyncio
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from onereel.cut.presenter import keep_presenter_picture
from onereel.errors import Cancelled, ChooseCharacter, InstallFont, RevisePresenter
from onereel.film import Film, make_film
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.shoot.take import Take
from onereel.stage import Work
from onereel.stages import stages
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.line import Line
from onereel.work import Cancel, Progress, Report

IDEA = "A lighthouse keeper finds a message in a bottle"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("home")
    return Home(private=folder / "private", media=folder / "media")


@pytest.fixture(scope="module")
def film(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Film:
    brief = Brief(idea=IDEA, duration=12, scene_count=3)
    path = tmp_path_factory.mktemp("output") / "film.mp4"
    return asyncio.run(
        make_film(brief, path, options=FilmOptions(resolution="480p"), work=Work(home))
    )


def mono(path: Path, rate: int) -> np.ndarray:
    """Decode a file's sound to mono float samples, from presentation time zero."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
    samples = np.zeros(0, np.float32)
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            start = round(float(frame.pts * frame.time_base) * rate)
            for piece in resampler.resample(frame):
                chunk = piece.to_ndarray().reshape(-1)
                if start < 0:
                    chunk, start = chunk[-start:], 0
                samples = np.concatenate([samples, chunk])
    return samples


async def test_the_file_is_h264_aac_and_captions(film: Film):
    with av.open(str(film.reel.path)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert picture.codec_context.name == "h264"
        assert picture.average_rate == 24
        assert sound.codec_context.name == "aac"
        assert sound.rate == 48000
        assert [stream.codec_context.name for stream in container.streams.subtitles] == ["mov_text"]
        count = sum(1 for _ in container.decode(picture))
    assert count == film.cut.duration * 24


async def test_the_film_meets_its_target(film: Film):
    assert abs(film.cut.duration - 12) <= Fraction(12) * Fraction(5, 100)
    assert len(film.takes) == len(film.screenplay.scenes)
    assert all(take.usable for take in film.takes)


async def test_every_line_is_heard_where_the_cut_says(film: Film, home: Home):
    rate = 16000
    mix = mono(film.reel.path, rate)
    for line in film.cut.lines:
        voice = mono(home.path(line.media), rate)[: 2 * rate]
        size = 1 << (len(mix) + len(voice)).bit_length()
        match = np.fft.irfft(np.fft.rfft(mix, size) * np.fft.rfft(voice, size).conj(), size)
        heard = int(np.argmax(match[: len(mix)])) / rate
        assert heard == pytest.approx(float(line.start), abs=0.02)


async def test_captions_say_what_is_spoken(film: Film):
    spoken = " ".join(line.text for line in film.lines).split()
    shown = " ".join(item.text for item in film.cut.captions.items).split()
    assert shown == spoken


async def test_the_same_film_again_shoots_nothing(film: Film, home: Home, tmp_path: Path):
    def made() -> dict[Path, int]:
        files = (path for path in home.media.rglob("*") if path.is_file())
        return {path: path.stat().st_mtime_ns for path in files}

    before = made()
    again = await make_film(
        film.screenplay.brief,
        tmp_path / "again.mp4",
        options=FilmOptions(resolution="480p"),
        work=Work(home),
    )
    assert again.cut == film.cut
    assert made() == before


async def test_another_word_redoes_one_scene(film: Film, home: Home, tmp_path: Path):
    first, *rest = film.screenplay.scenes
    edited = film.screenplay.replace(
        scenes=(first.replace(narration="A gull cries.", prompt="a gull on a rail"), *rest)
    )
    again = await make_film(
        edited, tmp_path / "edited.mp4", options=FilmOptions(resolution="480p"), work=Work(home)
    )
    kept = {line.audio for line in film.lines} & {line.audio for line in again.lines}
    assert len(kept) == len(film.lines) - 1


async def test_progress_tells_what_is_made_never_goes_back_and_ends_at_one(
    home: Home, tmp_path: Path
):
    seen: list[Report] = []
    brief = Brief(idea=IDEA, duration=6, scene_count=2)
    work = Work(home, progress=Progress(seen.append))
    film = await make_film(
        brief, tmp_path / "a.mp4", options=FilmOptions(resolution="480p"), work=work
    )
    made = [report.made for report in seen if report.made]
    written, *_, timed = (each for each in made if isinstance(each, Screenplay))
    assert [scene.narration for scene in written.scenes] == [
        scene.narration for scene in film.screenplay.scenes
    ]
    assert timed == film.screenplay
    assert {each for each in made if isinstance(each, Line)} == set(film.lines)
    assert {each.scene_id: each for each in made if isinstance(each, Take)} == {
        take.scene_id: take for take in film.takes
    }
    fractions = [report.fraction for report in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1)


async def test_a_stopped_film_leaves_nothing_under_its_name(home: Home, tmp_path: Path):
    cancel = Cancel()

    def stop_when_rendering(report: Report) -> None:
        if report.note.startswith("Rendering"):
            cancel.request()

    brief = Brief(idea=IDEA, duration=6, scene_count=2)
    work = Work(home, progress=Progress(stop_when_rendering), cancel=cancel)
    with pytest.raises(Cancelled):
        await make_film(
            brief, tmp_path / "b.mp4", options=FilmOptions(resolution="480p"), work=work
        )
    assert list(tmp_path.iterdir()) == []


async def test_letters_that_cannot_be_burned_in_are_said_before_anything_is_made(tmp_path: Path):
    home = Home(private=tmp_path / "private", media=tmp_path / "media")
    # No machine has fonts for all of these: Medefaidrin, Khitan small script, CJK extension G.
    letters = "Say: \U00016e40 \U00018b00 \U00030000."
    scenes = (Scene(id="s1", narration="Hello."), Scene(id="s2", narration=letters))
    screenplay = Screenplay(title="Old", brief=Brief(idea=IDEA), scenes=scenes)
    with pytest.raises(InstallFont):
        await make_film(
            screenplay,
            tmp_path / "film.mp4",
            options=FilmOptions(captions="burned"),
            work=Work(home),
        )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_each_stage_reads_what_an_earlier_one_made():
    brief = Brief(idea="A kite")
    screenplay = write_builtin(brief, seed=0)
    for source, music in ((brief, False), (screenplay, True)):
        known = {"brief" if source is brief else "screenplay", *(["music"] if music else [])}
        for stage in stages(FilmOptions(cast="*"), source, music=music):
            assert set(stage.wires.values()) <= known
            assert all(hasattr(FilmOptions(), choice) for choice in stage.choices.values())
            known |= set(stage.makes)
        assert {"screenplay", "cut"} <= known


async def test_a_saved_character_presents_the_film(home: Home, tmp_path: Path):
    from onereel.library.characters import open_characters

    Image.new("RGB", (128, 128), "magenta").save(tmp_path / "mia.png")
    with open_characters(home, Work(home).settings) as characters:
        mia = characters.add(name="Mia", description="a girl")
        characters.add_picture(mia.id, tmp_path / "mia.png")
    brief = Brief(idea=IDEA, duration=8, scene_count=2)
    options = FilmOptions(
        resolution="480p", presenter="Mia", presenter_place="side panel", presenter_scenes="1"
    )
    film = await make_film(brief, tmp_path / "film.mp4", options=options, work=Work(home))
    (presenter,) = film.cut.presenters
    assert presenter.scenes == (film.screenplay.scenes[0].id,)
    assert film.reel.copied > 0
    with av.open(str(film.reel.path)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    frame = frames[24]
    magenta = (frame[..., 0] > 200) & (frame[..., 1] < 60) & (frame[..., 2] > 200)
    assert 0.1 < magenta.mean() < 0.3


async def test_a_presenter_who_is_not_there_is_said_before_anything_is_made(home: Home):
    with pytest.raises(ChooseCharacter, match="Nobody Known"):
        await make_film(
            Brief(idea=IDEA, duration=8),
            Path("never.mp4"),
            options=FilmOptions(presenter="Nobody Known"),
            work=Work(home, progress=Progress(lambda *_: pytest.fail("it began"))),
        )


@pytest.mark.parametrize(
    ("narrations", "scenes", "begun"),
    [
        (("A kite in the wind.", "The sea is calm."), "3", ""),
        (("A kite in the wind.", "The sea is calm."), "1-4", ""),
        (("", "..."), "1", ""),
        # How often a long line is split is known once it is spoken.
        (("A kite flies in the wind over the calm sea. " * 4,), "4", "Narrating"),
        (("A kite flies in the wind over the calm sea. " * 4,), "9", ""),
    ],
)
async def test_scenes_that_a_film_has_not_are_said_before_anything_is_shot(
    home: Home, narrations: tuple[str, ...], scenes: str, begun: str
):
    brief = Brief(idea=IDEA, duration=8)
    film = Screenplay(
        title="A film",
        brief=brief,
        scenes=tuple(
            Scene(id=f"s{number}", narration=narration, duration=4)
            for number, narration in enumerate(narrations)
        ),
    )
    picture = keep_presenter_picture(np.zeros((128, 128, 3), np.uint8), home=home)
    options = FilmOptions(presenter=picture, presenter_scenes=scenes)
    told: list[str] = []
    work = Work(home, progress=Progress(lambda report: told.append(report.note)))
    with pytest.raises(RevisePresenter, match=f"no scene {scenes} |Nobody speaks") as refused:
        await make_film(film, Path("never.mp4"), options=options, work=work)
    assert refused.value.user_message.count(". ") == 0
    assert ("Narrating" in told) is bool(begun)
    assert "Shooting" not in told
