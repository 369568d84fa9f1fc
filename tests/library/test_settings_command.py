"""`python -m onereel settings` as its owner runs it: real processes, a real terminal."""

import os
import select
import stat
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from onereel.home import Home
from onereel.settings.variables import VARIABLES
from onereel.shoot.ledger.budget import Caps
from onereel.shoot.ledger.ledger import Ledger
from onereel.shoot.shot import Shot
from tests.library.in_process import Command, command
from tests.standins import Google

__all__ = ["command"]

ROOT = Path(__file__).parents[2]
KEY = "AIza" + "Sy0123456789_invented-key-0123456"


def environment(folder: Path, **variables: str) -> dict[str, str]:
    taken = {name for names in VARIABLES.values() for name in names}
    bare = {name: value for name, value in os.environ.items() if name not in taken}
    usual = {"ONEREEL_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    return {**bare, **usual, "OLLAMA_HOST": "127.0.0.1:9", **variables}


def shell(
    folder: Path, *words: str, given: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        [sys.executable, "-m", "onereel", "settings", *words],
        cwd=folder,
        env=environment(folder, **variables),
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return _sane(result)


def _sane(result: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert KEY not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result


@pytest.fixture
def run(command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """As `shell`, but in this process, without what its environment says of keys and servers."""
    for names in VARIABLES.values():
        for name in names:
            monkeypatch.delenv(name, raising=False)

    def one(
        folder: Path, *words: str, given: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        usual = environment(folder, **variables)
        return _sane(command(folder, "settings", *words, given=given, environment=usual))

    return one


def written(folder: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((folder / "home" / "settings.toml").read_text("utf-8"))


def test_a_piped_key_is_cleaned_kept_listed_and_forgotten(tmp_path: Path):
    result = shell(tmp_path, "set", "gemini-api-key", given=f' "{KEY}"\r\n')
    assert (result.returncode, result.stderr) == (0, "")
    assert written(tmp_path)["google"] == {"gemini_api_key": KEY}
    file = tmp_path / "home" / "settings.toml"
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    lines = dict(line.split("  ", 1) for line in shell(tmp_path, "list").stdout.splitlines())
    assert {name: state.strip() for name, state in lines.items()} == {
        "gemini-api-key": "set",
        "vertex-api-key": "not set",
        "ollama-api-key": "not set",
        "speech-api-key": "not set",
        "elevenlabs-api-key": "not set",
        "google-project": "not set",
        "google-location": "not set",
        "google-bucket": "not set",
    }
    assert shell(tmp_path, "unset", "gemini-api-key").returncode == 0
    assert written(tmp_path)["google"] == {}
    assert "gemini-api-key  not set" not in shell(tmp_path, "list", GEMINI_API_KEY=KEY).stdout
    still = shell(tmp_path, "unset", "gemini-api-key", GEMINI_API_KEY=KEY)
    assert "variable GEMINI_API_KEY still sets it" in still.stdout


@pytest.mark.skipif(os.name == "nt", reason="POSIX terminals")
def test_a_key_typed_at_a_terminal_is_not_echoed(tmp_path: Path):
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "onereel", "settings", "set", "vertex-api-key"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    while b"vertex-api-key: " not in seen:
        assert select.select([ours], [], [], 30)[0], seen
        seen += os.read(ours, 1024)
    os.write(ours, f"{KEY}\n".encode())
    while select.select([ours], [], [], 30)[0]:
        try:
            seen += os.read(ours, 1024)
        except OSError:  # Linux ends a closed terminal so
            break
    assert process.wait(30) == 0
    os.close(ours)
    assert KEY.encode() not in seen
    assert b"vertex-api-key is set in" in seen
    assert written(tmp_path)["google"] == {"vertex_api_key": KEY}


@pytest.mark.parametrize(
    ("words", "given", "sentence"),
    [
        (("set", "gemini-api-key", KEY), "", "run `python -m onereel settings set gemini-api-key`"),
        (("set", "gemini-api-key", "--", KEY), "", "A value is never an argument"),
        (("set", f"gemini-api-key={KEY}"), "", "A value is never an argument"),
        (("set", KEY), "", "with one of gemini-api-key"),
        ((KEY,), "", "no word it knows"),
        (("set", "gemini-api-key", f"--key={KEY}"), "", "no word it knows"),
        (("buying", KEY), "", "no word it knows"),
        (("buying", "on", "--day", KEY), "", "--day takes a number of dollars"),
        (("set",), "", "NAME"),
        (("set", "gemini-api-key"), " \n", "Nothing was given"),
        (("set", "gemini-api-key"), f"{KEY[:9]} {KEY[9:]}", "no space or line break inside"),
        (("set", "gemini-api-key"), f"{KEY[:9]}\n{KEY[9:]}", "no space or line break inside"),
        (("set", "gemini-api-key"), "YOUR_API_KEY", "placeholder"),
        (("set", "gemini-api-key"), "sk-proj-" + "4" * 40, "a key of OpenAI; paste one of Google"),
        (("set", "vertex-api-key"), "sk_" + "4" * 48, "a key of ElevenLabs; paste one of Google"),
        (("set", "elevenlabs-api-key"), KEY, "a key of Google; paste one of ElevenLabs"),
        (("set", "google-bucket"), "my-films", "must be a bucket"),
        (("set", "google-project"), "two words", "no name of Google Cloud's"),
        (("buying", "off", "--day", "7"), "", "Caps go with"),
        (("buying", "on", "--day", "0"), "", "--day takes a number"),
        (("buying", "on", "--month", "nan"), "", "--month takes a number"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    tmp_path: Path, run: Command, words: tuple[str, ...], given: str, sentence: str
):
    result = run(tmp_path, *words, given=given)
    assert (result.returncode, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert KEY[:12] not in result.stderr
    if (tmp_path / "home").exists():
        assert not any(written(tmp_path).values())


def test_buying_is_switched_on_with_a_first_cap_and_off_again(tmp_path: Path, run: Command):
    assert run(tmp_path, "buying", "on").stdout == "on, for at most $5 a day.\n".replace(
        "5", "5.00"
    )
    assert written(tmp_path)["buying"] == {"on": True, "day": 5}
    words = ("--day", "20", "--film", "7.50", "--month", "$100")
    result = run(tmp_path, "buying", "on", *words)
    assert result.stdout == "on, for at most $7.50 a film, $20.00 a day, $100.00 a month.\n"
    assert written(tmp_path)["buying"] == {"on": True, "day": 20, "film": 7.5, "month": 100}
    assert run(tmp_path, "buying", "off").returncode == 0
    assert written(tmp_path)["buying"] == {"on": False, "day": 20, "film": 7.5, "month": 100}
    assert "$7.50 a film, $20.00 a day" in run(tmp_path, "buying", "on").stdout
    none = run(tmp_path, "buying", "on", "--day", "none", "--film", "none", "--month", "none")
    assert none.stdout == "on, without any cap.\n"


def test_the_owners_own_words_in_the_file_stay(tmp_path: Path, run: Command):
    run(tmp_path, "list")
    file = tmp_path / "home" / "settings.toml"
    text = file.read_text("utf-8").replace(
        "[google]\n", "[google]\n# my own words, \u00fcber alles\n"
    )
    file.write_text(text, "utf-8")
    run(tmp_path, "set", "google-project", given="films\n")
    run(tmp_path, "buying", "on")
    after = file.read_text("utf-8")
    assert [line for line in after.splitlines() if line not in text.splitlines()] == [
        'project = "films"',
        "on = true",
        "day = 5",
    ]
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []
    assert written(tmp_path)["google"] == {"project": "films"}


def test_a_section_that_is_missing_is_made(tmp_path: Path, run: Command):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text('[voice]\nengine = "espeak"\n', "utf-8")
    assert run(tmp_path, "buying", "on").returncode == 0
    assert written(tmp_path) == {"voice": {"engine": "espeak"}, "buying": {"on": True, "day": 5}}


def test_a_broken_file_is_named_before_a_key_is_asked_for(tmp_path: Path, run: Command):
    (tmp_path / "home").mkdir()
    file = tmp_path / "home" / "settings.toml"
    for text in ("[google", "[google]\nwings = 1\n"):
        file.write_text(text, "utf-8")
        result = run(tmp_path, "set", "gemini-api-key", given=KEY)
        assert (result.returncode, str(file) in result.stderr) == (2, True)
        assert file.read_text("utf-8") == text


def test_check_says_what_is_there_one_line_each(tmp_path: Path):
    result = shell(tmp_path, "check")
    lines = {line[7:].partition(": ")[0]: line for line in result.stdout.splitlines()}
    assert {name: line[:5].strip() for name, line in lines.items()} == {
        "home": "ok",
        "settings": "ok",
        "models": "ok",
        "Veo": "off",
        "Omni": "off",
        "Ollama": "off",
        "speech server": "off",
        "ElevenLabs": "off",
        "Gemini as a writer": "off",
        "disk": "ok",
        "memory": "ok",
        "buying": "off",
        "ledger": "off",
    }
    assert result.returncode == 0
    assert str(tmp_path / "home") in lines["home"]
    assert "settings set gemini-api-key" in lines["Omni"]
    assert "buying on" in lines["buying"]


def test_check_asks_each_service_whether_it_takes_the_key(tmp_path: Path, run: Command):
    run(tmp_path, "set", "google-bucket", given="gs://onereel-takes/films")
    with Google() as google:
        reached = google.environment(tmp_path)
        result = run(tmp_path, "check", **reached)
        lines = {line[7:].partition(": ")[0]: line for line in result.stdout.splitlines()}
        assert result.returncode == 0
        assert f"ok     Omni: Gemini API: {google.url[7:]} takes the key." in lines["Omni"]
        assert "takes the sign-in" in lines["Veo"]
        assert "gs://onereel-takes/films" in lines["Veo"]
        assert google.charges == ()

        wrong = {"GEMINI_API_KEY": KEY, "GOOGLE_VERTEX_BASE_URL": "http://127.0.0.1:9"}
        result = run(tmp_path, "check", **{**reached, **wrong})
        lines = {line[7:].partition(": ")[0]: line for line in result.stdout.splitlines()}
        assert result.returncode == 1
        assert lines["Omni"].startswith("wrong")
        assert "API key not valid" in lines["Omni"]
        assert lines["Veo"].startswith("wrong")
        assert "127.0.0.1:9 cannot be reached" in lines["Veo"]


def test_check_reads_the_ledger_where_there_is_one(tmp_path: Path, run: Command):
    home = Home(private=tmp_path / "home", media=tmp_path / "media")
    shot = Shot(renderer="veo", model="veo-3.1-generate-001", prompt="x", duration=4)
    with Ledger.open(home) as ledger:
        ledger.plan(shot, film_id="f", scene_id="s1", picture_id="p", asked="a")
        lease = ledger.lease(shot.key)
        assert lease is not None
        caps = Caps(day=Decimal(5))
        attempt = ledger.reserve(lease, ceiling=Decimal("1.6"), caps=caps, film_id="f")
        line = run(tmp_path, "check").stdout.splitlines()[-1]
        assert line == (
            "ok     ledger: $0.00 spent today and $1.60 set aside, $0.00 spent this month."
        )
        ledger.move(lease, attempt.id, "submitting")
        ledger.move(lease, attempt.id, "unknown", reason="the connection broke")
        lease.release()
    result = run(tmp_path, "check")
    assert result.returncode == 1
    assert "wrong  ledger: $0.00 spent today and $1.60 set aside" in result.stdout
    assert "1 of unknown outcome: see `python -m onereel ledger list`." in result.stdout


def test_check_names_what_is_wrong(tmp_path: Path, run: Command):
    result = run(tmp_path, "check", GEMINI_API_KEY="your-api-key-here")
    assert result.returncode == 1
    assert "wrong  GEMINI_API_KEY: it is set, but that is a placeholder" in result.stdout
    # A key of another service is not sent to this one, wherever it stands.
    result = run(tmp_path, "check", GEMINI_API_KEY=f"sk-proj-{'k' * 30}")
    assert "GEMINI_API_KEY: it is set, but this is a key of OpenAI; paste one of" in result.stdout
    assert "off    Omni: " in result.stdout
    settings = tmp_path / "home" / "settings.toml"
    kept = settings.read_text("utf-8")
    settings.write_text(kept.replace("[google]", f'[google]\ngemini_api_key = "hf_{"k" * 30}"', 1))
    refused = run(tmp_path, "check")
    assert "this is a key of Hugging Face; paste one of Google" in refused.stderr + refused.stdout
    settings.write_text(kept, "utf-8")
    (tmp_path / "home" / "models.toml").write_text("[veo", "utf-8")
    result = run(tmp_path, "check")
    assert result.returncode == 1
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("wrong")]
    assert "models.toml is not valid TOML" in line


def test_settings_is_a_command_and_not_an_idea(tmp_path: Path):
    result = shell(tmp_path, "--help")
    assert result.returncode == 0
    assert "python -m onereel settings" in result.stdout
