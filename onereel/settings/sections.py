"""The sections of the settings file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from ..money import dollars
from .fields import Address, Bucket, Cap, ElevenLabsKey, Folder, GoogleKey, Key, Webhook, Zone
from .variables import VARIABLES, key_from_variable, set_variable, text_from_variable, variable

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
    "SetupSettings",
    "SpeechSettings",
    "VoiceEngine",
    "VoiceSettings",
    "WritingSettings",
]

VoiceEngine = Literal[
    "auto", "hibari", "kokoro", "piper", "espeak", "server", "gemini", "elevenlabs"
]
"""Who speaks where a voice does not say it."""

Door = Literal["vertex", "express", "gemini"]
"""Ways to Google's models: a Cloud project with its sign-in, an express key, a Gemini API key."""

_OLLAMA = "http://127.0.0.1:11434"


class _Section(BaseModel):
    # pydantic would print a wrong value beside its complaint, and it may be a key.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _ollama_host() -> str:
    # Ollama's own variable is also what its server listens on, and nobody can connect to 0.0.0.0.
    named = variable(*VARIABLES["ollama.host"])
    return re.sub(r"(?<![\d.])0\.0\.0\.0(?![\d.])", "127.0.0.1", named) or _OLLAMA


class OllamaSettings(_Section):
    """Where the Ollama server is and how patient to be."""

    host: str = Field(default_factory=_ollama_host)
    timeout: float = Field(default=120.0, gt=0, le=3600)
    """Seconds without a byte."""
    api_key: Key = Field(default_factory=key_from_variable("ollama.api_key"))
    """For https://ollama.com, and sent nowhere else."""


class WritingSettings(_Section):
    """Whom the writer "best" asks, and how; who translates for the built-in one."""

    chain: tuple[Literal["gemini", "ollama"], ...] = ("gemini", "ollama")
    """In turn, until one has written; the built-in writer comes last."""
    gemini_model: str = ""
    """Empty: the usual one."""
    ollama_model: str = ""
    """Empty: the first that the server lists."""
    thinking: Literal["auto", "low", "medium", "high"] = "low"
    """How long Gemini thinks before it writes."""
    translator: str = Field(default="", max_length=200)
    """A model of the Ollama server that translates an idea for the built-in writer, where it is in
    another language than the film; empty: nobody."""


class VoiceSettings(_Section):
    """Which engine speaks, and how it says words that it would say wrong."""

    engine: VoiceEngine = "auto"
    folder: Folder = None
    """Where Piper's and Kokoro's voices are; None: in the home, once its settings are loaded."""
    gemini_model: str = Field(default="", max_length=100)
    """Of those that speak; empty: the usual one."""
    lexicon: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """By language tag, what a voice is given for a word."""


class SpeechSettings(_Section):
    """A speech server that speaks OpenAI's API."""

    address: Address = ""
    """Empty: there is none."""
    api_key: Key = SecretStr("")
    model: str = Field(default="tts-1", min_length=1, max_length=200)
    voices: tuple[str, ...] = ()
    """Names, for a server that does not list them."""
    languages: tuple[str, ...] = ()
    """Tags of what it speaks; empty: whatever it is asked for."""
    timeout: float = Field(default=120.0, gt=0, le=3600)
    """Seconds without a byte."""
    price: Annotated[Decimal, Field(ge=0, le=1000)] | None = None
    """Dollars for 1,000 characters, from the settings file only; None: nobody said."""


class ElevenLabsSettings(_Section):
    """ElevenLabs, by key."""

    api_key: ElevenLabsKey = Field(default_factory=key_from_variable("elevenlabs.api_key"))
    model: str = Field(default="", max_length=100)
    """Empty: the usual one."""
    format: Literal["pcm_24000", "pcm_44100", "mp3_44100_128"] = "pcm_24000"
    """Of the sound: 44,100 Hz of PCM are for the larger plans."""
    address: Address = ""
    """Of a gateway or a region; empty: https://api.elevenlabs.io."""
    timeout: float = Field(default=120.0, gt=0, le=3600)
    """Seconds without a byte."""


class CutSettings(_Section):
    """How films are finished."""

    reencode: bool = False
    fonts: tuple[Path, ...] = ()
    """Font files tried after the bundled faces and before the system's."""


class GoogleSettings(_Section):
    """The ways to Google's models. What is empty is not set."""

    gemini_api_key: GoogleKey = Field(default_factory=key_from_variable("google.gemini_api_key"))
    vertex_api_key: GoogleKey = SecretStr("")
    """An express key, where there is no project."""
    project: str = Field(default_factory=text_from_variable("google.project"))
    location: str = Field(
        default_factory=lambda: text_from_variable("google.location")() or "us-central1"
    )
    bucket: Bucket = ""
    """`gs://` prefix that takes are written under, so that no crash can lose one."""
    vertex_address: Address = Field(
        default_factory=text_from_variable("google.vertex_address"), validate_default=True
    )
    """Of a gateway; empty: Google's own."""
    gemini_address: Address = Field(
        default_factory=text_from_variable("google.gemini_address"), validate_default=True
    )
    storage_address: Address = Field(
        default_factory=text_from_variable("google.storage_address"), validate_default=True
    )

    def reach(self) -> frozenset[Door]:
        """The doors that the configured credentials open, as far as can be told without asking."""
        doors: list[Door] = []
        if self.project and _signed_in():
            doors.append("vertex")
        if self.vertex_api_key.get_secret_value():
            doors.append("express")
        if self.gemini_api_key.get_secret_value():
            doors.append("gemini")
        return frozenset(doors)


def _signed_in() -> bool:
    """Whether `google.auth.default` would find credentials, by the places where it looks.

    The file of the variable; gcloud's own; a machine or a container of Google's.
    """
    if named := variable("GOOGLE_APPLICATION_CREDENTIALS"):
        return Path(named).is_file()
    if folder := variable("CLOUDSDK_CONFIG"):
        gcloud = Path(folder)
    elif os.name == "nt":
        gcloud = Path(variable("APPDATA")) / "gcloud"
    else:
        gcloud = Path("~/.config/gcloud").expanduser()
    if (gcloud / "application_default_credentials.json").is_file():
        return True
    return bool(set_variable("GCE_METADATA_HOST", "K_SERVICE")) or _on_google_machine()


def _on_google_machine() -> bool:
    # As google.auth.compute_engine._metadata does.
    try:
        name = Path("/sys/class/dmi/id/product_name").read_text("ascii", "replace")
    except OSError:
        return False
    return name.strip().startswith("Google")


class BuyingSettings(_Section):
    """Whether paid models may be used, and for how much. Read from the settings file only."""

    on: bool = False
    film: Cap = None
    """Dollars that one film may cost; None: no cap of its own."""
    day: Cap = Decimal(5)
    month: Cap = None
    zone: Zone = ""
    """Of the days and months; empty: the system's."""
    free_key: bool = False
    """Whether the Gemini key is of Google's free tier: its words and stills cost nothing."""
    lapsed_model: Literal["warn", "replace"] = "warn"
    medic: Literal["ask", "allow"] = "ask"

    def in_words(self) -> str:
        """Say whether paid models may be used, and for how much."""
        if not self.on:
            return "off; `python -m onereel settings buying on` switches it on."
        caps = (("a film", self.film), ("a day", self.day), ("a month", self.month))
        words = [f"{dollars(cap)} {period}" for period, cap in caps if cap is not None]
        return f"on, for at most {', '.join(words)}." if words else "on, without any cap."

    def words_in_words(self) -> str:
        """Say whether a paid model may write."""
        if self.free_key:
            return "Gemini writes free of charge, by what the owner says of the key."
        return "Gemini's words cost money: they need buying switched on, and count in its caps."


class NotifySettings(_Section):
    """Who hears that a film is done or stuck. Read from the settings file only."""

    webhooks: tuple[Webhook, ...] = Field(default=(), max_length=8)
    secret: SecretStr = SecretStr("")
    """Signs what is sent, as Standard Webhooks does; empty: nothing is signed."""
    timeout: float = Field(default=10.0, ge=1, le=60)
    """Seconds for one message."""


class SetupSettings(_Section):
    """Where models and voices are fetched from. Read from the settings file only."""

    mirror: Address = ""
    """Holds the files of `library/setup/voices.toml` under their own names; empty: their makers'
    addresses."""


class LedgerSettings(_Section):
    """Where takes and money are written down."""

    url: SecretStr = SecretStr("")
    """Of a database as SQLAlchemy writes it, perhaps with a password; empty: SQLite in the home."""
    lease: float = Field(default=60.0, ge=1, le=3600)
    """Seconds of silence after which a process that works on a take counts as crashed."""


class ServerSettings(_Section):
    """Who may ask OneReel for something over HTTP, and how often."""

    guard: Literal["auto", "on", "off"] = "auto"
    """Whether a token and rate limits are asked for; auto: of whoever comes from beyond this
    computer."""
    token: SecretStr = SecretStr("")
    """What lets others in; `python -m onereel settings token` makes it."""
    per_minute: int = Field(default=600, ge=1, le=100_000)
    """Requests of one client."""
    resume: bool = False
    """Whether films that a restart of ComfyUI broke off go on by themselves."""
