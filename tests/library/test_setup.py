"""Set-up: what is lacking is shown first, and fetched only when somebody asks."""

from __future__ import annotations

import asyncio
import hashlib
import random
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onereel.commands import setup as setup_command
from onereel.errors import Cancelled, ChooseAnotherModel, ChooseFilm, ServiceError, TryAgain
from onereel.home import Home
from onereel.library.setup import Installation, Installations, install, survey
from onereel.library.setup.fetch import Source, begun, fetch
from onereel.library.setup.parts import catalogue
from onereel.options import FilmOptions
from onereel.remote import Patience, Remote
from onereel.settings import OllamaSettings, Settings, settings_file
from onereel.work import Cancel, Progress, Report
from tests.standins.ollama import Cut, Hang, Model, OllamaStandIn, Refuse

DATA = random.Random(1).randbytes(3_000_000)
REMOTE = Remote(Patience(attempts=3, base=0.01, most=0.05, silence=3, failures=100))


class Mirror(ThreadingHTTPServer):
    """A server of one file that honours ranges, and fails on demand."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.data = DATA
        self.asked: list[tuple[str, str]] = []
        self.cut_after: list[int] = []
        """Bytes after which the next answers break off."""
        self.statuses: list[tuple[int, dict[str, str]]] = []
        self.ranges = True
        self.pause = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/voices"


class _Handler(BaseHTTPRequestHandler):
    server: Mirror
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        mirror = self.server
        mirror.asked.append((self.path, self.headers.get("range", "")))
        if mirror.statuses:
            status, headers = mirror.statuses.pop(0)
            self._head(status, {"content-length": "0", **headers})
            return
        first = int(self.headers.get("range", "bytes=0-")[6:].rstrip("-"))
        first = first if mirror.ranges else 0
        body = mirror.data[first:]
        headers = {"content-length": str(len(body))}
        if first:
            whole = len(mirror.data)
            headers["content-range"] = f"bytes {first}-{whole - 1}/{whole}"
        self._head(206 if first else 200, headers)
        cut = mirror.cut_after.pop(0) if mirror.cut_after else len(body)
        try:
            for at in range(0, cut, 100_000):
                time.sleep(mirror.pause)
                self.wfile.write(body[at : min(at + 100_000, cut)])
        except OSError:
            pass
        self.close_connection = cut < len(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def source(mirror: Mirror, **changes: Any) -> Source:
    sha256 = hashlib.sha256(DATA).hexdigest()
    return Source(
        **{"url": f"{mirror.url}/emma.onnx", "size": len(DATA), "sha256": sha256, **changes}
    )


async def test_a_file_is_fetched_whole_and_not_again(mirror: Mirror, tmp_path: Path):
    target = tmp_path / "voices" / "emma.onnx"
    seen: list[Report] = []
    await fetch(source(mirror), target, progress=Progress(seen.append), remote=REMOTE)
    assert target.read_bytes() == DATA
    assert [path.name for path in target.parent.iterdir()] == ["emma.onnx"]
    assert seen[-1].fraction == 1
    assert any(report.note == "3 MB of 3 MB" for report in seen)
    await fetch(source(mirror), target, remote=REMOTE)
    assert len(mirror.asked) == 1


async def test_a_broken_download_goes_on_where_it_stopped(mirror: Mirror, tmp_path: Path):
    target = tmp_path / "emma.onnx"
    mirror.cut_after = [1_000_000, 500_000]
    await fetch(source(mirror), target, remote=REMOTE)
    assert target.read_bytes() == DATA
    starts = [int(asked[6:-1] or 0) for _, asked in mirror.asked]
    assert starts[0] == 0
    assert 900_000 < starts[1] <= 1_000_000
    assert starts[1] + 400_000 < starts[2] <= starts[1] + 500_000


async def test_a_server_without_ranges_starts_again(mirror: Mirror, tmp_path: Path):
    target = tmp_path / "emma.onnx"
    mirror.ranges = False
    mirror.cut_after = [1_000_000]
    await fetch(source(mirror), target, remote=REMOTE)
    assert target.read_bytes() == DATA


async def test_a_stopped_download_goes_on_in_another_process(mirror: Mirror, tmp_path: Path):
    target = tmp_path / "emma.onnx"
    cancel = Cancel()
    mirror.pause = 0.05

    def stop(report: Report) -> None:
        if report.fraction > 0.3:
            cancel.request()

    with pytest.raises(Cancelled):
        await fetch(source(mirror), target, progress=Progress(stop), cancel=cancel, remote=REMOTE)
    assert not target.exists()
    there = begun(target)
    assert 0 < there < len(DATA)
    mirror.pause = 0
    await fetch(source(mirror), target, remote=Remote(REMOTE.patience))
    assert target.read_bytes() == DATA
    assert mirror.asked[-1][1] == f"bytes={there}-"


async def test_another_file_is_thrown_away(mirror: Mirror, tmp_path: Path):
    target = tmp_path / "emma.onnx"
    mirror.data = DATA[:-1] + b"!"
    with pytest.raises(ServiceError, match=r"is not emma\.onnx as OneReel knows it"):
        await fetch(source(mirror), target, remote=REMOTE)
    assert list(tmp_path.iterdir()) == []
    assert len(mirror.asked) == 1


async def test_an_endless_file_fills_no_disk(mirror: Mirror, tmp_path: Path):
    target = tmp_path / "emma.onnx"
    wanted = source(mirror, size=500_000)
    with pytest.raises(TryAgain, match="sent more than"):
        await fetch(wanted, target, remote=REMOTE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("location", ["http://127.0.0.1:1/x", "https://evil.example.com/x", ""])
async def test_nothing_is_fetched_from_elsewhere(location: str, mirror: Mirror, tmp_path: Path):
    mirror.statuses = [(302, {"location": location})] * 6
    with pytest.raises(ServiceError) as caught:
        await fetch(source(mirror, hosts=("*.hf.co",)), tmp_path / "emma.onnx", remote=REMOTE)
    said = caught.value.user_message
    assert "fetches nothing from" in said if location else "in circles" in said


async def test_a_file_that_is_gone_is_said_in_words(mirror: Mirror, tmp_path: Path):
    mirror.statuses = [(503, {}), (404, {})]
    with pytest.raises(ServiceError, match=r"does not have emma\.onnx any more \(404\)"):
        await fetch(source(mirror), tmp_path / "emma.onnx", remote=REMOTE)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path / "hibari"))
    (tmp_path / "private").mkdir()
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def ollama() -> Iterator[OllamaStandIn]:
    with OllamaStandIn() as server:
        yield server


def settings(ollama: OllamaStandIn, home: Home, mirror: Mirror | None = None) -> Settings:
    lines = f'[ollama]\nhost = "{ollama.url}"\n'
    lines += f'[setup]\nmirror = "{mirror.url}"\n' if mirror else ""
    settings_file(home).write_text(lines, "utf-8")
    return Settings.load(home)


def test_voices_are_those_of_the_installed_package():
    from hibari.voices import BASE_URL, VOICES

    others = {name: each for name, each in VOICES.items() if not each.get("bundled")}
    voices = catalogue().voices.values()
    ours = {voice.voice: voice for voice in voices if voice.engine == "hibari"}
    assert set(ours) == set(others)
    for name, voice in ours.items():
        (file,), known = voice.files, others[name]
        assert file.url == BASE_URL + known["file"]
        assert (file.size, file.sha256) == (known["bytes"], known["sha256"])


async def test_the_survey_says_what_is_lacking(ollama: OllamaStandIn, home: Home):
    options = FilmOptions(writer="ollama", model="qwen3:8b", voice="emma")
    found = await survey(options, language="en-GB", home=home, settings=settings(ollama, home))
    lacking = {part.id: part for part in found.lacking}
    assert set(lacking) == {"voice-hibari-emma", "model-qwen3:8b"}
    voice, model = lacking["voice-hibari-emma"], lacking["model-qwen3:8b"]
    assert (voice.size, voice.licence, voice.fetchable) == (7936868, "Apache-2.0", True)
    assert (model.size, model.licence, model.fetchable) == (5_200_000_000, "Apache-2.0", True)
    assert found.free > 0
    others = {part.id: part.state for part in found.parts}
    assert others["model-llama3.2:latest"] == "ready"
    assert ollama.asked("/api/pull") == []


async def test_a_film_of_embedded_parts_lacks_nothing(home: Home):
    nobody = Settings(ollama=OllamaSettings(host="http://127.0.0.1:9"))
    found = await survey(FilmOptions(), language="de", home=home, settings=nobody)
    assert found.lacking == ()
    (service,) = [part for part in found.parts if part.kind == "service"]
    assert not service.needed
    wanted = FilmOptions(writer="ollama", model="llama3.2")
    found = await survey(wanted, language="de", home=home, settings=nobody)
    (service,) = found.lacking
    assert "start Ollama" in service.words


async def test_a_voice_comes_from_the_mirror_and_is_checked(
    ollama: OllamaStandIn, home: Home, mirror: Mirror, tmp_path: Path
):
    mirror.data = bytes(7936868)
    with pytest.raises(ServiceError, match="as OneReel knows it"):
        await install("voice-hibari-emma", settings=settings(ollama, home, mirror))
    assert mirror.asked[0][0] == "/voices/bf_emma.int8.onnx"
    assert list((tmp_path / "hibari").iterdir()) == []


async def test_a_model_is_pulled_with_progress(ollama: OllamaStandIn, home: Home):
    seen: list[Report] = []
    await install("model-qwen3:8b", settings=settings(ollama, home), progress=Progress(seen.append))
    fractions = [report.fraction for report in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert any("of 2.0 GB" in report.note for report in seen)
    assert Model("qwen3:8b") in ollama.models
    await install("model-qwen3:8b", settings=settings(ollama, home))


async def test_a_pull_that_fails_is_said_in_words(ollama: OllamaStandIn, home: Home):
    known = settings(ollama, home)
    with pytest.raises(ChooseAnotherModel, match="no model nobody:latest"):
        await install("model-nobody", settings=known)
    for fault, error in ((Cut(), ServiceError), (Refuse(500, "disk full"), TryAgain)):
        ollama.faults["/api/pull"] = [fault]
        with pytest.raises(error):
            await install("model-qwen3:8b", settings=known)


async def test_a_pull_stops_when_asked(ollama: OllamaStandIn, home: Home):
    ollama.faults["/api/pull"] = [Hang()]
    cancel = Cancel()
    asyncio.get_running_loop().call_later(0.2, cancel.request)
    with pytest.raises(Cancelled):
        await asyncio.wait_for(
            install("model-qwen3:8b", settings=settings(ollama, home), cancel=cancel), 60
        )


@pytest.mark.parametrize(
    "part",
    [
        "",
        "voice-nobody",
        "model-",
        "model-hf.co~evil~model",
        "model-../x",
        "x" * 500,
        "model-registry.example.com~x",
        "service-ollama",
        "model-a b",
    ],
)
async def test_only_parts_have_ids(part: str, ollama: OllamaStandIn, home: Home):
    known = settings(ollama, home)
    with pytest.raises(ChooseFilm, match="can be set up"):
        await install(part, settings=known)
    with pytest.raises(ChooseFilm):
        Installations(home, known).begin(part)
    assert ollama.asked("/api/pull") == []


def test_a_part_is_fetched_once_however_often_it_is_asked_for(ollama: OllamaStandIn, home: Home):
    ollama.pull_pause = 0.05
    heard: list[Installation] = []
    ended = threading.Event()

    def listen(installation: Installation) -> None:
        heard.append(installation)
        if installation.state != "working":
            ended.set()

    running = Installations(home, settings(ollama, home), listen)
    for _ in range(3):
        running.begin("model-qwen3:8b")
    assert ended.wait(60)
    assert len(ollama.asked("/api/pull")) == 1
    (end,) = running.all()
    assert end.state == "ready"
    assert heard[-1] == end
    with pytest.raises(ChooseFilm, match="not being fetched"):
        running.stop("model-qwen3:8b")


def test_a_part_that_is_stopped_says_so(ollama: OllamaStandIn, home: Home):
    ollama.faults["/api/pull"] = [Hang()]
    ended = threading.Event()

    def listen(installation: Installation) -> None:
        if installation.state != "working":
            ended.set()

    running = Installations(home, settings(ollama, home), listen)
    running.begin("model-qwen3:8b")
    running.stop("model-qwen3:8b")
    assert ended.wait(60)
    assert running.all()[0].state == "stopped"
    running.close()


def test_the_command_lists_first_and_fetches_on_request(
    ollama: OllamaStandIn,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("ONEREEL_HOME", str(home.private))
    settings(ollama, home)
    wanted = ["--writer", "ollama", "--writer-model", "qwen3:8b"]
    assert setup_command.main(wanted) == 1
    listed = capsys.readouterr().out
    assert "missing  yes     model-qwen3:8b" in listed
    assert "5.2 GB" in listed
    assert ollama.asked("/api/pull") == []
    assert setup_command.main(["--fetch", "model-qwen3:8b"]) == 0
    assert setup_command.main(wanted) == 0
    with pytest.raises(ChooseFilm):
        setup_command.main(["--fetch", "everything"])
