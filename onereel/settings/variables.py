"""The environment variables of other makers that stand in for lines of the settings file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from pydantic import SecretStr

from .keys import key_of

__all__ = [
    "OWNERS",
    "VARIABLES",
    "key_from_variable",
    "set_variable",
    "text_from_variable",
    "variable",
]

VARIABLES: Mapping[str, tuple[str, ...]] = {
    "ollama.host": ("OLLAMA_HOST",),
    "ollama.api_key": ("OLLAMA_API_KEY",),
    "elevenlabs.api_key": ("ELEVENLABS_API_KEY",),
    "google.project": ("GOOGLE_CLOUD_PROJECT",),
    "google.location": ("GOOGLE_CLOUD_LOCATION",),
    # The SDK prefers the second; a key that is named after Gemini is the less ambiguous one.
    "google.gemini_api_key": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    "google.vertex_address": ("GOOGLE_VERTEX_BASE_URL",),
    "google.gemini_address": ("GOOGLE_GEMINI_BASE_URL",),
    "google.storage_address": ("STORAGE_EMULATOR_HOST",),
}
"""Variables as the vendors name them, by the line of the settings file that wins over them."""

OWNERS: Mapping[str, str] = {
    "google.gemini_api_key": "Google",
    "google.vertex_api_key": "Google",
    "elevenlabs.api_key": "ElevenLabs",
}
"""Whose keys lines hold: another's is never sent to them."""


def set_variable(*names: str) -> str:
    """The name of the first of these environment variables that is set to something, or ""."""
    return next((name for name in names if os.environ.get(name, "").strip()), "")


def variable(*names: str) -> str:
    """What the first of these environment variables that is set holds, or ""."""
    return os.environ.get(set_variable(*names), "").strip()


def text_from_variable(line: str) -> Callable[[], str]:
    """What reads the variables of a line, for pydantic to call when the line is missing."""
    return lambda: variable(*VARIABLES[line])


def key_from_variable(line: str) -> Callable[[], SecretStr]:
    """What reads the variables of a line that holds a key; "" where none of them can be one."""

    def read() -> SecretStr:
        try:
            return SecretStr(key_of(OWNERS.get(line, ""), variable(*VARIABLES[line])))
        except ValueError:
            # Another program's "test" must not stop a film that needs no key; `settings check` and
            # the renderer that needs it say what is wrong.
            return SecretStr("")

    return read
