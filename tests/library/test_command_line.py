"""`python -m onereel` as a newcomer runs it: a real process, its exit code and its words."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

from onereel.story.files import read_screenplay
from tests.library.in_process import Command, command

__all__ = ["command"]

ROOT = Path(__file__).parents[2]


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ONEREEL_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    environment |= variables
    return subprocess.run(
        [sys.executable, "-m", "onereel", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
        timeout=300,
    )


def test_one_command_makes_a_film(tmp_path: Path):
    words = ("--duration", "6", "--resolution", "480p", "--scenes", "2", "--look", "Film noir")
    result = run(tmp_path, "A fox learns to swim", *words)
    assert result.returncode == 0, result.stderr
    path = Path(result.stdout.splitlines()[-1])
    assert path.parent == tmp_path
    with av.open(str(path)) as container:
        assert container.duration / av.time_base == pytest.approx(6, rel=0.05)
    beside = sorted(file.suffixes[-1] for file in tmp_path.glob(f"{path.stem}.*"))
    assert beside == [".fountain", ".json", ".mp4", ".otio", ".srt", ".vtt"]

    assert read_screenplay(path.with_suffix(".fountain")) == read_screenplay(
        path.with_suffix(".screenplay.json")
    )
    screenplay = path.with_suffix(".fountain")
    assert read_screenplay(screenplay).style.look.startswith("black and white film noir")
    again = run(
        tmp_path, "--screenplay", str(screenplay), "--resolution", "480p", "--output", "again.mp4"
    )
    assert again.returncode == 0, again.stderr
    assert Path(again.stdout.splitlines()[-1]) == tmp_path / "again.mp4"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "it is empty"),
        (("",), "it is empty"),
        (("\U0001f431",), "it has no words"),
        (("word " * 10_000,), "shorten it"),
        (("x", "--scenes", "0"), "1 to 120 scenes, not 0"),
        (("x", "--scenes", "500"), "1 to 120 scenes"),
        (("x", "--scenes", "many"), "invalid int value"),
        (("x", "--scenes", "40", "--duration", "8"), "40 scenes do not fit into 8 s"),
        (("x", "--duration", "1"), "4 to 3600 s"),
        (("x", "--duration", "10800"), "4 to 3600 s"),
        (("A fox swims", "--language", "tlh"), "tlh"),
        (("A fox swims", "--voice", "nobody"), "nobody"),
        (("A fox swims", "--template", "opera"), "opera"),
        (("A fox swims", "--speed", "-1"), "choose 0.5 to 2"),
        (("x", "--music", "missing.mp3"), "missing.mp3"),
        (("x", "--music", "text.mp3"), "text.mp3"),
        (("x", "--presenter", "missing.png"), "missing.png"),
        (("x", "--presenter", "text.mp3"), "text.mp3"),
        (("x", "--presenter", "Nobody Known"), "Nobody Known"),
        (("x", "--presenter-key", "grey"), "too grey"),
        (("x", "--presenter-scenes", "3-121"), "--presenter-scenes"),
        (("x", "--presenter-scenes", "5-3"), "numbers from 1 to 120"),
        (("--screenplay", "missing.json"), "missing.json"),
        (("--screenplay", "text.mp3"), "not known as a screenplay"),
        (("x", "--screenplay", "text.mp3"), "not both"),
        (("x", "--output", "."), "folder"),
        (("x", "--output", "n" * 250), "too long"),
        (("x", "--output", "n" * 300), "too long"),
        (("x", "--wings"), "--wings"),
        (("A", "fox", "swims"), 'quotation marks: python -m onereel "A fox swims".'),
        (("setings", "check"), "write python -m onereel settings."),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    tmp_path: Path, command: Command, words, sentence: str
):
    (tmp_path / "text.mp3").write_text("this is not music")
    home = {"ONEREEL_HOME": str(tmp_path / "home")}
    result = command(tmp_path, *words, environment=home)
    assert result.returncode == 2, result.stderr
    last = result.stderr.strip().splitlines()[-1]
    assert sentence in last
    assert "Traceback" not in result.stderr
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_newer_screenplay_is_refused_in_words(tmp_path: Path):
    (tmp_path / "new.json").write_text(json.dumps({"version": 99, "title": "x"}))
    result = run(tmp_path, "--screenplay", "new.json")
    assert (result.returncode, "newer OneReel" in result.stderr) == (2, True)
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX file names and locales")
def test_names_that_the_locale_cannot_spell(tmp_path: Path):
    folder = tmp_path / "w\u00eb g"
    folder.mkdir()
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    words = ("A f\u00f6x \udcff swims", "--duration", "4", "--resolution", "480p")
    for name in ("f\u00efn.mp4", "f\udcff.mp4"):
        result = run(folder, *words, "--output", name, **ascii_only)
        assert result.returncode == 0, result.stderr
        assert Path(result.stdout.splitlines()[-1]) == folder / name
        assert (folder / name).is_file()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("last", ["numpy", "onereel.film"])
def test_ctrl_c_stops_with_a_word_even_while_it_loads(tmp_path: Path, last: str):
    # The interpreter interrupts itself where a slow import is under way.
    interrupt = (
        "import runpy, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {last!r}: signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "sys.argv = ['onereel', 'A fox swims']\n"
        "runpy.run_module('onereel', run_name='__main__')\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", interrupt],
        cwd=tmp_path,
        env={**os.environ, "ONEREEL_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (result.returncode, result.stderr) == (1, "Stopped.\n")


def test_a_film_for_a_platform_has_its_shape_and_the_owners_platforms_are_known(tmp_path: Path):
    words = ("A fox swims", "--duration", "5", "--scenes", "1", "--captions", "burned")
    made = run(tmp_path, *words, "--platform", "TikTok", "--resolution", "480p")
    assert made.returncode == 0
    with av.open(made.stdout.strip()) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (480, 848)
    own = tmp_path / "home" / "platforms.toml"
    own.write_text('[club]\nlabel = "Film Club"\nlargest_resolution = "720p"\n', "utf-8")
    for platform, said in {
        "vine": "There is no platform 'vine': choose any, youtube, shorts, tiktok, reels, linkedin,"
        " x, square or club.\n",
        "film club": "Film Club shows films of 480p or 720p, not of 1080p; choose another"
        " --resolution.\n",
    }.items():
        told = run(tmp_path, *words, "--platform", platform, "--resolution", "1080p")
        assert (told.returncode, told.stderr) == (2, said)
    own.write_text("[club]\nlongest = 4\n", "utf-8")
    long = run(tmp_path, *words, "--platform", "club", "--resolution", "480p")
    assert long.returncode == 0
    assert "Club takes films of at most 4 s, not of 5" in long.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_stops_the_film_and_leaves_nothing(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-m", "onereel", "A fox swims", "--output", "fox.mp4"],
        cwd=tmp_path,
        env={**os.environ, "ONEREEL_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not list(tmp_path.glob("home/media/takes/*/.*.mp4")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, words = process.communicate(timeout=60)
    assert (process.returncode, output, words) == (1, "", "Stopped.\n")
    assert [path for path in tmp_path.rglob("*.mp4") if not path.match("takes/*/s*.mp4")] == []
