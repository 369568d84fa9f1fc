"""`python -m onereel` as a newcomer runs it: a real process, its exit code and its words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import av
import pytest

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
    result = run(
        tmp_path, "A fox learns to swim", "--duration", "6", "--resolution", "480p", "--scenes", "2"
    )
    assert result.returncode == 0, result.stderr
    path = Path(result.stdout.splitlines()[-1])
    assert path.parent == tmp_path
    with av.open(str(path)) as container:
        assert container.duration / av.time_base == pytest.approx(6, rel=0.05)
    beside = sorted(file.suffixes[-1] for file in tmp_path.glob(f"{path.stem}.*"))
    assert beside == [".json", ".mp4", ".otio", ".srt", ".vtt"]

    screenplay = path.with_suffix(".screenplay.json")
    again = run(
        tmp_path, "--screenplay", str(screenplay), "--resolution", "480p", "--output", "again.mp4"
    )
    assert again.returncode == 0, again.stderr
    assert Path(again.stdout.splitlines()[-1]) == tmp_path / "again.mp4"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "idea is empty"),
        (("",), "idea is empty"),
        (("\U0001f431",), "no words"),
        (("word " * 10_000,), "shorten it"),
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
        (("--screenplay", "missing.json"), "missing.json"),
        (("--screenplay", "text.mp3"), "not valid JSON"),
        (("x", "--screenplay", "text.mp3"), "not both"),
        (("x", "--output", "."), "folder"),
        (("x", "--output", "n" * 250), "too long"),
        (("x", "--output", "n" * 300), "too long"),
        (("x", "--wings"), "--wings"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(tmp_path: Path, words, sentence: str):
    (tmp_path / "text.mp3").write_text("this is not music")
    result = run(tmp_path, *words)
    assert result.returncode == 2, result.stderr
    last = result.stderr.strip().splitlines()[-1]
    assert sentence in last
    assert "Traceback" not in result.stderr
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_newer_screenplay_is_refused_in_words(tmp_path: Path):
    (tmp_path / "new.json").write_text(json.dumps({"version": 99, "title": "x"}))
    result = run(tmp_path, "--screenplay", "new.json")
    assert (result.returncode, "newer OneReel" in result.stderr) == (2, True)


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
