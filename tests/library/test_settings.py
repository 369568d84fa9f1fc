"""The sections of Google, buying and the ledger: who may say them, and who may read them."""

import json
import logging
import os
import stat
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from onereel.errors import ReviseSetting
from onereel.home import Home
from onereel.secrets import mask
from onereel.settings import BuyingSettings, GoogleSettings, Settings, settings_file
from onereel.settings.variables import VARIABLES

KEY = "AIza" + "Sy0123456789_invented-key-0123456"
OTHER = "invented-other-key-4711"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for names in (*VARIABLES.values(), ("GOOGLE_APPLICATION_CREDENTIALS", "K_SERVICE")):
        for name in names:
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


def write(home: Home, text: str) -> Settings:
    home.private.mkdir(exist_ok=True)
    settings_file(home).write_text(text, "utf-8")
    return Settings.load(home)


def key(settings: Settings) -> str:
    return settings.google.gemini_api_key.get_secret_value()


def test_buying_is_off_and_capped_until_the_owner_says_otherwise(home: Home):
    buying = Settings.load(home).buying
    assert (buying.on, buying.day, buying.film, buying.month) == (False, Decimal(5), None, None)
    assert (buying.lapsed_model, buying.medic, buying.zone) == ("warn", "ask", "")
    assert write(home, "[buying]\non = true\n").buying.day == 5
    assert write(home, '[buying]\non = true\nday = "none"\nfilm = 7.5').buying == BuyingSettings(
        on=True, day=None, film=Decimal("7.5")
    )


@pytest.mark.parametrize("name", ["ONEREEL_BUYING", "onereel_buying", "OneReel_Buying"])
def test_no_variable_switches_buying_on_or_raises_a_cap(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    monkeypatch.setenv(name, json.dumps({"on": True, "day": 1000}))
    for field, value in (("ON", "true"), ("DAY", "1000"), ("FILM", "9"), ("MEDIC", "allow")):
        monkeypatch.setenv(f"{name}__{field}", value)
    for settings in (Settings.load(home), Settings(), write(home, "[buying]\nday = 2\n")):
        assert not settings.buying.on
        assert settings.buying.medic == "ask"
        assert settings.buying.film is None
    assert settings.buying.day == 2


def test_every_line_of_the_template_is_a_default(home: Home):
    Settings.load(home)
    file = settings_file(home)
    before = Settings.load(home).model_dump()
    lines = []
    for line in file.read_text("utf-8").splitlines():
        bare = line.removeprefix("# ")
        value = bare.partition("=")[2].split("#")[0].strip()
        field = bare.partition("=")[0].strip()
        lines.append(bare if value and field.isidentifier() else line)
    assert sum(not line.startswith(("#", "[")) for line in lines if line) > 15
    assert write(home, "\n".join(lines)).model_dump() == before


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_the_file_and_its_folder_are_for_the_owner_only(home: Home):
    def modes() -> tuple[int, int]:
        file = settings_file(home)
        return stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)

    Settings.load(home)
    assert modes() == (0o600, 0o700)
    settings_file(home).chmod(0o644)
    home.private.chmod(0o755)
    Settings.load(home)
    assert modes() == (0o600, 0o700)


def test_the_vendors_variables_are_honoured_and_the_file_wins(
    home: Home, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GOOGLE_API_KEY", OTHER)
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "films")
    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", "europe-west4")
    monkeypatch.setenv("GOOGLE_VERTEX_BASE_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "https://gateway.example")
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", "127.0.0.1:9")
    monkeypatch.setenv("OLLAMA_API_KEY", OTHER)
    settings = Settings.load(home)
    google = settings.google
    assert (key(settings), google.project, google.location) == (OTHER, "films", "europe-west4")
    assert google.vertex_address == "http://127.0.0.1:9"
    assert google.gemini_address == "https://gateway.example"
    assert google.storage_address == "http://127.0.0.1:9"
    assert settings.ollama.api_key.get_secret_value() == OTHER
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    assert key(Settings.load(home)) == KEY
    third = "invented-third-key-0815"
    settings = write(home, f'[google]\ngemini_api_key = " {third} "\nproject = "mine"\n')
    assert (key(settings), settings.google.project) == (third, "mine")
    monkeypatch.setenv("ONEREEL_GOOGLE__GEMINI_API_KEY", KEY)
    assert key(Settings.load(home)) == KEY


def test_another_programs_placeholder_does_not_stop_a_free_film(
    home: Home, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GEMINI_API_KEY", "your-api-key-here")
    assert key(Settings.load(home)) == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[google]\ngemini_api_key = "AIza with spaces in it"', "google.gemini_api_key: a key has"),
        ("[google]\ngemini_api_key = 12345678901234567", "google.gemini_api_key"),
        ('[google]\nbucket = "my-films"', "google.bucket: must be a bucket"),
        ('[google]\nbucket = "gs://My Films"', "google.bucket"),
        ('[google]\nvertex_address = "ftp://x"', "google.vertex_address: must be an address"),
        ('[google]\nvertex_address = "https://me:pw@x"', "without a name, a password"),
        ('[google]\nvertex_address = "https://x:99999"', "must be an address"),
        ("[google]\nwings = 1", "google.wings is not a field"),
        ("[buying]\nday = 0", "buying.day"),
        ("[buying]\nday = -5", "buying.day"),
        ("[buying]\nday = 1.001", "buying.day"),
        ("[buying]\nday = inf", "buying.day"),
        ('[buying]\nday = "lots"', "buying.day"),
        ('[buying]\non = "perhaps"', "buying.on: must be true or false"),
        ('[buying]\nzone = "Mars/Olympus"', "buying.zone: must be a time zone"),
        ('[buying]\nzone = "../etc"', "buying.zone"),
        ('[buying]\nmedic = "always"', "buying.medic"),
    ],
)
def test_a_wrong_line_is_named_and_a_value_never_shown(home: Home, text: str, sentence: str):
    with pytest.raises(ReviseSetting, match=sentence) as raised:
        write(home, text)
    message = raised.value.user_message
    assert str(settings_file(home)) in message
    assert "AIza" not in message
    assert "12345678901234567" not in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GOOGLE_VERTEX_BASE_URL", "ftp://x", "variable GOOGLE_VERTEX_BASE_URL: "),
        (
            "ONEREEL_GOOGLE__GEMINI_API_KEY",
            "two words",
            "variable ONEREEL_GOOGLE__GEMINI_API_KEY: ",
        ),
        ("ONEREEL_OLLAMA__TIMEOUT", "soon", "variable ONEREEL_OLLAMA__TIMEOUT: "),
        ("ONEREEL_CUT", "{", "begins with ONEREEL_ is wrong"),
    ],
)
def test_a_wrong_variable_is_named(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
):
    monkeypatch.setenv(name, value)
    with pytest.raises(ReviseSetting, match=sentence) as raised:
        Settings.load(home)
    assert "two words" not in raised.value.user_message


def test_no_form_of_the_settings_shows_a_secret(home: Home):
    url = "postgresql+psycopg://me:invented-pw@db/films"
    settings = write(
        home,
        f'[google]\ngemini_api_key = "{KEY}"\nvertex_api_key = "{OTHER}"\n[ledger]\nurl = "{url}"',
    )
    assert set(settings.secrets()) == {"", KEY, OTHER, "invented-pw"}
    for text in (repr(settings), str(settings), settings.model_dump_json()):
        assert not any(secret in text for secret in (KEY, OTHER, "invented-pw"))
    assert mask(f"it was {OTHER} with invented-pw at db") == "it was *** with *** at db"


def test_what_is_loaded_is_masked_in_the_log(home: Home, capsys: pytest.CaptureFixture[str]):
    handler = logging.StreamHandler(sys.stderr)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        write(home, f'[google]\ngemini_api_key = "{OTHER}"\n')
        logging.getLogger("onereel").warning("asked with %s", OTHER)
        logging.getLogger("httpx").warning("GET https://g.example/v1?key=%s", KEY)
    finally:
        root.removeHandler(handler)
    assert capsys.readouterr().err == "asked with ***\nGET https://g.example/v1?key=***\n"


def test_the_doors_are_those_of_the_configured_credentials(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    assert GoogleSettings().reach() == frozenset()
    assert GoogleSettings(gemini_api_key=KEY).reach() == {"gemini"}
    assert GoogleSettings(vertex_api_key=KEY).reach() == {"express"}
    credentials = tmp_path / "adc.json"
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(credentials))
    assert GoogleSettings(project="films").reach() == frozenset()
    credentials.write_text("{}")
    assert GoogleSettings(project="films").reach() == {"vertex"}
    assert GoogleSettings().reach() == frozenset()
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    assert GoogleSettings(project="films").reach() == frozenset()
    (tmp_path / "gcloud").mkdir()
    (tmp_path / "gcloud" / "application_default_credentials.json").write_text("{}")
    both = GoogleSettings(project="films", vertex_api_key=OTHER, gemini_api_key=KEY)
    assert both.reach() == {"vertex", "express", "gemini"}
