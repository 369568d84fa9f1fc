"""One validated settings object, read from a commented TOML file."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import ReviseSetting
from .files import writing
from .home import Home
from .values import in_words

__all__ = ["CutSettings", "OllamaSettings", "Settings", "VoiceSettings"]

_FILE = "settings.toml"
_OLLAMA = "http://127.0.0.1:11434"

_TEMPLATE = """\
# OneReel's settings. Lines that begin with # show the defaults; remove the # to change one.
# Environment variables win over this file: ONEREEL_OLLAMA__HOST, ONEREEL_VOICE__ENGINE, ...

[ollama]
# host = "http://127.0.0.1:11434"   # where Ollama listens; OLLAMA_HOST is honoured too
# timeout = 120                     # seconds without a token before OneReel gives up

[voice]
# engine = "auto"                   # auto, hibari or espeak

[cut]
# reencode = false                  # true: encode every frame anew, for old players
# fonts = []                        # font files for scripts that no bundled face covers
"""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _ollama_host() -> str:
    # Ollama's own variable is also what its server listens on, and nobody can connect to 0.0.0.0.
    named = os.environ.get("OLLAMA_HOST", "").strip()
    return re.sub(r"(?<![\d.])0\.0\.0\.0(?![\d.])", "127.0.0.1", named) or _OLLAMA


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


class Settings(BaseSettings):
    """The settings of one home."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="ONEREEL_", env_nested_delimiter="__"
    )

    ollama: OllamaSettings = Field(default_factory=OllamaSettings)
    voice: VoiceSettings = VoiceSettings()
    cut: CutSettings = CutSettings()

    @classmethod
    def load(cls, home: Home) -> Self:
        """Read the settings file of `home`; write a commented one on the first start.

        Raises:
            ReviseSetting: the file is not TOML, or a line of it is wrong.
        """
        path = home.private / _FILE
        if not path.exists():
            with writing(path) as temporary:
                temporary.write_text(_TEMPLATE, "utf-8")

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
                return env_settings, TomlConfigSettingsSource(settings_cls, path)

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
        return loaded
