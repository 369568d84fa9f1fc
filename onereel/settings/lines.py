"""Single lines of the settings file, set and forgotten without opening it; the owner's comments
stay."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from ..errors import ReviseSetting
from ..home import Home
from . import Settings, settings_file, write_settings
from .fields import valid_bucket
from .keys import clean_key, key_of
from .variables import OWNERS, VARIABLES, set_variable

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

__all__ = [
    "LINES",
    "Line",
    "access_token",
    "document_of",
    "is_set",
    "section_of",
    "set_line",
    "unset_line",
    "write_document",
]


def _name(text: str) -> str:
    text = text.strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.:_-]{1,62}", text):
        raise ValueError("that is no name of Google Cloud's, such as my-films-4711 or us-central1")
    return text


@dataclass(frozen=True)
class Line:
    """A line of the settings file that may be set by itself."""

    section: str
    field: str
    clean: Callable[[str], str]
    """Takes what was given; raises ValueError with the reason against it."""

    @property
    def owner(self) -> str:
        """Whose key it holds; empty for anybody's."""
        return OWNERS.get(f"{self.section}.{self.field}", "")

    @property
    def secret(self) -> bool:
        """Whether it holds a key."""
        return self.clean is clean_key

    @property
    def standing_in(self) -> str:
        """The variable that sets it where the file does not; empty where none is set."""
        return set_variable(*VARIABLES.get(f"{self.section}.{self.field}", ()))

    @property
    def winning(self) -> str:
        """The variable that wins over the file; empty where it is not set."""
        return set_variable(f"ONEREEL_{self.section}__{self.field}".upper())


LINES: Mapping[str, Line] = {
    "gemini-api-key": Line("google", "gemini_api_key", clean_key),
    "vertex-api-key": Line("google", "vertex_api_key", clean_key),
    "ollama-api-key": Line("ollama", "api_key", clean_key),
    "speech-api-key": Line("speech", "api_key", clean_key),
    "elevenlabs-api-key": Line("elevenlabs", "api_key", clean_key),
    "google-project": Line("google", "project", _name),
    "google-location": Line("google", "location", _name),
    "google-bucket": Line("google", "bucket", valid_bucket),
}
"""All of them, by the names that the owner calls them by."""


def set_line(home: Home, name: str, given: str) -> None:
    """Clean a value and keep it in the settings file.

    Raises:
        ReviseSetting: it cannot be right, or the file is not.
        StorageError: the disk refused.
    """
    line, document = LINES[name], document_of(home)
    try:
        value = key_of(line.owner, given) if line.secret else line.clean(given)
    except ValueError as error:
        raise ReviseSetting(f"{name} was not set: {error}.") from None
    if not value:
        raise ReviseSetting(
            f"Nothing was given; to forget it, run `python -m onereel settings unset {name}`."
        )
    section_of(document, line.section)[line.field] = value
    write_document(home, document)


def unset_line(home: Home, name: str) -> None:
    """Forget a value.

    Raises:
        ReviseSetting: the file is not right.
        StorageError: the disk refused.
    """
    line, document = LINES[name], document_of(home)
    section_of(document, line.section).pop(line.field, None)
    write_document(home, document)


def is_set(settings: Settings, line: Line) -> bool:
    """Whether the file or a variable sets a line."""
    section = getattr(settings, line.section)
    value = getattr(section, line.field)
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    return bool(text) and (line.field in section.model_fields_set or bool(line.standing_in))


def access_token(home: Home, *, renew: bool = False) -> str:
    """The token that programs and browsers show to be let in; made where there is none.

    Raises:
        ReviseSetting: the file is not right.
        StorageError: the disk refused.
    """
    known = Settings.load(home).server.token.get_secret_value()
    if known and not renew:
        return known
    document = document_of(home)
    made = secrets.token_urlsafe(24)
    section_of(document, "server")["token"] = made
    write_document(home, document)
    return made


def document_of(home: Home) -> TOMLDocument:
    """The settings file with its comments; it must be right before it is edited.

    Raises:
        ReviseSetting: it is not.
    """
    import tomlkit

    Settings.load(home)
    return tomlkit.parse(settings_file(home).read_text("utf-8"))


def section_of(document: TOMLDocument, name: str) -> Any:
    """A section of the file, made where it is missing."""
    import tomlkit

    if name not in document:
        document[name] = tomlkit.table()
    return document[name]


def write_document(home: Home, document: TOMLDocument) -> None:
    """Write the edited file.

    Raises:
        StorageError: the disk refused.
    """
    import tomlkit

    write_settings(home, tomlkit.dumps(document))
