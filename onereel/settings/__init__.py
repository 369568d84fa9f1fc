"""One validated settings object, read from a commented TOML file that only its owner may read."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, PrivateAttr, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from ..errors import ReviseSetting
from ..files import writing
from ..home import Home
from ..secrets import hide, mask_logs
from ..values import in_words
from .sections import (
    BuyingSettings,
    CutSettings,
    Door,
    ElevenLabsSettings,
    GoogleSettings,
    LedgerSettings,
    NotifySettings,
    OllamaSettings,
    ServerSettings,
    SetupSettings,
    SpeechSettings,
    VoiceSettings,
    WritingSettings,
)
from .variables import VARIABLES, set_variable

__all__ = [
    "BuyingSettings",
    "CutSettings",
    "Door",
    "ElevenLabsSettings",
    "GoogleSettings",
    "LedgerSettings",
    "NotifySettings",
    "OllamaSettings",
    "ServerSettings",
    "Settings",
    "SetupSettings",
    "SpeechSettings",
    "VoiceSettings",
    "WritingSettings",
    "settings_file",
    "write_settings",
]

_FILE = "settings.toml"
_VOICES = "voices"
"""The folder of a home that voices are fetched into."""
_TEMPLATE = Path(__file__).with_name("template.toml")
_PREFIX = "ONEREEL_"
_FILE_ONLY = ("buying", "notify", "setup")
_LINES_OF_FILE_ONLY = {"speech": ("price",)}


class Settings(BaseSettings):
    """The settings of one home."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=_PREFIX,
        env_nested_delimiter="__",
        hide_input_in_errors=True,
    )

    ollama: OllamaSettings = Field(default_factory=OllamaSettings)
    writing: WritingSettings = WritingSettings()
    voice: VoiceSettings = VoiceSettings()
    speech: SpeechSettings = SpeechSettings()
    elevenlabs: ElevenLabsSettings = Field(default_factory=ElevenLabsSettings)
    cut: CutSettings = CutSettings()
    google: GoogleSettings = Field(default_factory=GoogleSettings)
    buying: BuyingSettings = BuyingSettings()
    ledger: LedgerSettings = LedgerSettings()
    notify: NotifySettings = NotifySettings()
    setup: SetupSettings = SetupSettings()
    server: ServerSettings = ServerSettings()

    _home: Home | None = PrivateAttr(default=None)
    """Whose file they were read from."""
    _read: BuyingSettings | None = PrivateAttr(default=None)
    """What it said of buying."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave what a caller gives, and of the environment what it may say."""
        return init_settings, _Environment(settings_cls, env_settings)

    @classmethod
    def load(cls, home: Home) -> Self:
        """Read the settings file of `home`; write a commented one on the first start.

        From here on, the secrets in it are masked in logs and errors.

        Raises:
            ReviseSetting: the file is not TOML, or a line of it is wrong.
        """
        path = settings_file(home)
        if path.exists():
            _keep_private(path)
        else:
            write_settings(home, _TEMPLATE.read_text("utf-8"))

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
                file = TomlConfigSettingsSource(settings_cls, path)
                return _Environment(settings_cls, env_settings), file

        try:
            loaded: Self = FromFile()
        except (OSError, UnicodeDecodeError) as error:
            raise ReviseSetting(
                f"{path} cannot be read ({error}); correct it or delete it."
            ) from None
        except tomllib.TOMLDecodeError as error:
            raise ReviseSetting(f"{path} is not valid TOML ({error}); correct that line.") from None
        except SettingsError as error:
            raise ReviseSetting(
                f"A variable that begins with {_PREFIX} is wrong ({error}); correct or unset it."
            ) from None
        except ValidationError as error:
            raise ReviseSetting(_wrong_line(error, path)) from None
        loaded._home, loaded._read = home, loaded.buying
        hide(*loaded.secrets())
        mask_logs()
        if loaded.voice.folder is not None:
            return loaded
        voice = loaded.voice.model_copy(update={"folder": home.private / _VOICES})
        return loaded.model_copy(update={"voice": voice})

    def as_of_now(self) -> Self:
        """These settings with [buying] as the file says it now, if that is another thing than when
        it was read: its owner may have thought better of it.

        Raises:
            ReviseSetting: as `load`.
        """
        if self._home is None:
            return self
        buying = Settings.load(self._home).buying
        return self if buying == self._read else self.model_copy(update={"buying": buying})

    def secrets(self) -> Iterator[str]:
        """Every secret that is set: the keys, and the password of the ledger's address."""
        for _, section in self:
            for name, value in section:
                if isinstance(value, SecretStr) and name != "url":
                    yield value.get_secret_value()
        yield _password(self.ledger.url.get_secret_value())


class _Environment(PydanticBaseSettingsSource):
    """The environment without what only the file may say: what a launcher happens to set must not
    spend money, and neither send nor fetch anything anywhere."""

    def __init__(self, kind: type[BaseSettings], source: PydanticBaseSettingsSource) -> None:
        super().__init__(kind)
        self._source = source

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Required by the base; pydantic asks `__call__` for all fields at once."""
        return self._source.get_field_value(field, field_name)

    def __call__(self) -> dict[str, Any]:
        said = {name: value for name, value in self._source().items() if name not in _FILE_ONLY}
        for section, lines in _LINES_OF_FILE_ONLY.items():
            if isinstance(given := said.get(section), dict):
                said[section] = {name: each for name, each in given.items() if name not in lines}
        return said


def _password(url: str) -> str:
    try:
        return unquote(urlsplit(url).password or "")
    except ValueError:
        # No address at all: it is for the ledger to say so.
        return ""


def _wrong_line(error: ValidationError, path: Path) -> str:
    """Name the line of the file, or the variable that stands in for it."""
    place = [str(part) for part in error.errors(include_url=False)[0]["loc"][:2]]
    ours = _PREFIX + "__".join(place).upper()
    vendors = VARIABLES.get(".".join(place), ())
    with suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        written = tomllib.loads(path.read_text("utf-8")).get(place[0], {})
        if isinstance(written, dict) and place[-1] in written:
            vendors = ()
    if variable := set_variable(ours, *vendors):
        return f"The environment variable {variable}: {in_words(error)}; correct it."
    return f"{path}: {in_words(error)}; correct that line."


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
    for path, mode in ((file, 0o600), (file.parent, 0o700)):
        # What is not ours is its owner's to guard.
        with suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                path.chmod(mode)
