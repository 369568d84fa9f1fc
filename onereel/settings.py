"""One validated settings object, read from a commented TOML file."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import ReviseSetting
from .files import writing
from .home import Home
from .keys import clean_key
from .secrets import hide
from .values import in_words

__all__ = [
    "BuyingSettings",
    "CutSettings",
    "Door",
    "GoogleSettings",
    "LedgerSettings",
    "OllamaSettings",
    "Settings",
    "VoiceSettings",
    "settings_file",
    "write_settings",
]

Door = Literal["vertex", "express", "gemini"]
"""Ways to Google's models: a Cloud project with its sign-in, an express key, a Gemini API key."""

_FILE = "settings.toml"
_OLLAMA = "http://127.0.0.1:11434"

_TEMPLATE = (Path(__file__).with_name("settings_template.toml")).read_text("utf-8")


class _Section(BaseModel):
    # pydantic would print a wrong value beside its complaint, and it may be a key.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _variable(*names: str) -> str:
    """The first of these environment variables that is set to something."""
    return next((text for name in names if (text := os.environ.get(name, "").strip())), "")


def _ollama_host() -> str:
    # Ollama's own variable is also what its server listens on, and nobody can connect to 0.0.0.0.
    named = _variable("OLLAMA_HOST")
    return re.sub(r"(?<![\d.])0\.0\.0\.0(?![\d.])", "127.0.0.1", named) or _OLLAMA


def _web_address(text: str) -> str:
    if not text:
        return text
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address such as https://gateway.example.com")
    if "@" in parts.netloc or parts.query:
        raise ValueError("must be an address without a name, a password or a query")
    return text.rstrip("/")


def _bucket(text: str) -> str:
    text = text.strip().rstrip("/")
    if text and not re.fullmatch(r"gs://[a-z0-9][a-z0-9._-]{1,221}(/[^\s/]+)*", text):
        raise ValueError("must be a bucket and perhaps a folder in it, such as gs://my-films/takes")
    return text


def _zone(text: str) -> str:
    if text:
        try:
            ZoneInfo(text)
        except (OSError, ValueError):
            raise ValueError("must be a time zone such as Europe/Berlin, or empty") from None
    return text


Key = Annotated[SecretStr, BeforeValidator(clean_key)]
Address = Annotated[str, AfterValidator(_web_address)]
Dollars = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=2)]


class OllamaSettings(_Section):
    """Where the Ollama server is and how patient to be."""

    host: str = Field(default_factory=_ollama_host)
    timeout: float = Field(default=120.0, gt=0, le=3600)
    """Seconds without a byte."""


class VoiceSettings(_Section):
    """Which engine speaks."""

    engine: Literal["auto", "hibari", "espeak"] = "auto"


class CutSettings(_Section):
    """How films are finished."""

    reencode: bool = False
    fonts: tuple[Path, ...] = ()
    """Font files tried after the bundled faces and before the system's."""


class GoogleSettings(_Section):
    """The ways to Google's models. An empty text or key is one that is not set."""

    project: str = Field(default_factory=lambda: _variable("GOOGLE_CLOUD_PROJECT"))
    location: str = Field(
        default_factory=lambda: _variable("GOOGLE_CLOUD_LOCATION") or "us-central1"
    )
    bucket: Annotated[str, AfterValidator(_bucket)] = ""
    """`gs://` prefix that takes are written under, so that no crash can lose one."""
    vertex_address: Address = Field(
        default_factory=lambda: _variable("GOOGLE_VERTEX_BASE_URL"), validate_default=True
    )
    gemini_address: Address = Field(
        default_factory=lambda: _variable("GOOGLE_GEMINI_BASE_URL"), validate_default=True
    )
    storage_address: Address = Field(
        default_factory=lambda: _variable("STORAGE_EMULATOR_HOST"), validate_default=True
    )
    gemini_api_key: Key = Field(
        default_factory=lambda: _variable("GEMINI_API_KEY", "GOOGLE_API_KEY"),
        validate_default=True,
    )
    vertex_api_key: Key = SecretStr("")

    def reach(self) -> frozenset[Door]:
        """The doors that the configured credentials open, as far as can be told without asking."""
        opened = {
            "vertex": bool(self.project) and _signed_in(),
            "express": bool(self.vertex_api_key.get_secret_value()),
            "gemini": bool(self.gemini_api_key.get_secret_value()),
        }
        doors: tuple[Door, ...] = ("vertex", "express", "gemini")
        return frozenset(door for door in doors if opened[door])


def _signed_in() -> bool:
    """Whether Google's application-default credentials would be found, and where google-auth looks.

    See `google.auth.default`: the variable's file, then gcloud's own, then a Google machine.
    """
    if named := _variable("GOOGLE_APPLICATION_CREDENTIALS"):
        return Path(named).is_file()
    if folder := _variable("CLOUDSDK_CONFIG"):
        gcloud = Path(folder)
    elif os.name == "nt":
        gcloud = Path(_variable("APPDATA") or "C:/") / "gcloud"
    else:
        gcloud = Path.home() / ".config" / "gcloud"
    if (gcloud / "application_default_credentials.json").is_file():
        return True
    return bool(_variable("GCE_METADATA_HOST", "K_SERVICE")) or _on_google_machine()


def _on_google_machine() -> bool:
    try:
        name = Path("/sys/class/dmi/id/product_name").read_text("ascii", "replace")
    except OSError:
        return False
    return name.strip().startswith("Google")


class BuyingSettings(_Section):
    """Whether paid models may be used, and for how much. Read from the settings file only."""

    on: bool = False
    film: Dollars | None = None
    """Dollars that one film may cost; None: no cap of its own."""
    day: Dollars | None = Decimal(5)
    month: Dollars | None = None
    zone: Annotated[str, AfterValidator(_zone)] = ""
    """Of the days and months; empty: the system's."""
    lapsed_model: Literal["warn", "replace"] = "warn"
    medic: Literal["ask", "allow"] = "ask"


class LedgerSettings(_Section):
    """Where takes and money are written down."""

    url: SecretStr = SecretStr("")
    """Of a database as SQLAlchemy writes it; empty: SQLite in the private folder."""


class Settings(BaseSettings):
    """The settings of one home."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="ONEREEL_",
        env_nested_delimiter="__",
        hide_input_in_errors=True,
    )

    ollama: OllamaSettings = Field(default_factory=OllamaSettings)
    voice: VoiceSettings = VoiceSettings()
    cut: CutSettings = CutSettings()
    google: GoogleSettings = Field(default_factory=GoogleSettings)
    buying: BuyingSettings = BuyingSettings()
    ledger: LedgerSettings = LedgerSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave only what a caller gives and what the environment may say."""
        return init_settings, _Environment(settings_cls, env_settings)

    @classmethod
    def load(cls, home: Home) -> Self:
        """Read the settings file of `home`; write a commented one on the first start.

        From here on the secrets in it are masked in logs and errors.

        Raises:
            ReviseSetting: the file is not TOML, or a line of it is wrong.
        """
        path = settings_file(home)
        if not path.exists():
            write_settings(home, _TEMPLATE)
        _keep_private(path)

        class FromFile(cls):  # type: ignore[misc, valid-type]
            """Settings whose lowest source is this very file."""

            @classmethod
            def settings_customise_sources(
                cls,
                settings_cls: type[BaseSettings],
                init_settings: PydanticBaseSettingsSource,
                env_settings: PydanticBaseSettingsSource,
                dotenv_settings: PydanticBaseSettingsSource,
                file_secret_settings: PydanticBaseSettingsSource,
            ) -> tuple[PydanticBaseSettingsSource, ...]:
                return (
                    _Environment(settings_cls, env_settings),
                    TomlConfigSettingsSource(settings_cls, path),
                )

        try:
            loaded: Self = FromFile()
        except (OSError, UnicodeDecodeError) as error:
            raise ReviseSetting(
                f"{path} cannot be read ({error}); correct it or delete it."
            ) from None
        except tomllib.TOMLDecodeError as error:
            raise ReviseSetting(f"{path} is not valid TOML ({error}); correct that line.") from None
        except ValidationError as error:
            raise ReviseSetting(f"{path}: {in_words(error)}; correct that line.") from None
        hide(*loaded.secrets())
        return loaded

    def secrets(self) -> Iterator[str]:
        """Every secret that is set."""
        for _, section in self:
            for _, value in section:
                if isinstance(value, SecretStr) and value.get_secret_value():
                    yield value.get_secret_value()


class _Environment(PydanticBaseSettingsSource):
    """The environment without [buying]: a variable that some launcher sets must not spend money."""

    def __init__(self, kind: type[BaseSettings], source: PydanticBaseSettingsSource) -> None:
        super().__init__(kind)
        self._source = source

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """Not used: the whole is taken at once."""
        return self._source.get_field_value(field, field_name)

    def __call__(self) -> dict[str, Any]:
        return {name: value for name, value in self._source().items() if name != "buying"}


def settings_file(home: Home) -> Path:
    """Where the settings of a home are."""
    return home.private / _FILE


def write_settings(home: Home, text: str) -> None:
    """Write the settings file, which only its owner may read.

    Raises:
        StorageError: the disk refused.
    """
    path = settings_file(home)
    with writing(path, private=True) as temporary:
        temporary.write_text(text, "utf-8")
    _keep_private(path)


def _keep_private(file: Path) -> None:
    """Take the file and its folder away from everybody else, where the platform has modes."""
    if os.name == "nt":
        return
    # Of a folder that is not ours, the owner decides.
    for path, mode in ((file, 0o600), (file.parent, 0o700)):
        with suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                path.chmod(mode)
