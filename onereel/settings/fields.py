"""What the lines of the settings file may hold: addresses, keys, caps, folders, time zones."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from .keys import key_of

__all__ = [
    "Address",
    "Bucket",
    "Cap",
    "ElevenLabsKey",
    "Folder",
    "GoogleKey",
    "Key",
    "Webhook",
    "Zone",
    "valid_bucket",
]


def _address(text: str) -> str:
    text = text.strip().rstrip("/")
    if not text:
        return ""
    # Emulators are named without a scheme.
    text = text if "://" in text else f"http://{text}"
    if not _leads_somewhere(text):
        raise ValueError("must be an address such as https://gateway.example.com")
    parts = urlsplit(text)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be an address without a name, a password or a query")
    return text


def _webhook(text: str) -> str:
    text = text.strip()
    if not _leads_somewhere(text) or "@" in urlsplit(text).netloc or urlsplit(text).fragment:
        raise ValueError("must be an address such as https://example.com/hooks/films")
    return text


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def valid_bucket(text: str) -> str:
    """Read a bucket and perhaps a folder in it; an empty text is none.

    Raises:
        ValueError: it is no `gs://` address.
    """
    text = text.strip().rstrip("/")
    if text and not re.fullmatch(r"gs://[a-z0-9][a-z0-9._-]{1,221}(/[^\s/]+)*", text):
        raise ValueError("must be a bucket and perhaps a folder in it, such as gs://my-films/takes")
    return text


def _zone(text: str) -> str:
    try:
        if text:
            ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError("must be a time zone such as Europe/Berlin, or empty") from None
    return text


def _folder(value: object) -> object:
    """Read a folder; an empty text is none."""
    if isinstance(value, str):
        value = Path(value.strip()).expanduser() if value.strip() else None
    if isinstance(value, Path) and not value.is_absolute():
        raise ValueError("must be a whole path, such as /home/me/voices")
    return value


def _key(value: object, owner: str = "") -> object:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return key_of(owner, value) if isinstance(value, str) else value


Address = Annotated[str, AfterValidator(_address)]
"""Of a server; empty: none."""

Webhook = Annotated[str, AfterValidator(_webhook)]
"""Who is told of a film."""

Bucket = Annotated[str, AfterValidator(valid_bucket)]
"""A `gs://` prefix; empty: none."""

Zone = Annotated[str, AfterValidator(_zone)]
"""A time zone by its IANA name; empty: the system's."""

Folder = Annotated[Path | None, BeforeValidator(_folder)]
"""A whole path; an empty text is none."""

Key = Annotated[SecretStr, BeforeValidator(_key)]
"""A key, cleaned of what was pasted with it."""

GoogleKey = Annotated[SecretStr, BeforeValidator(partial(_key, owner="Google"))]
ElevenLabsKey = Annotated[SecretStr, BeforeValidator(partial(_key, owner="ElevenLabs"))]
"""Keys that are not another's."""

_Dollars = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=2)]

# TOML has no word for nothing, and a missing line means the default.
Cap = Annotated[_Dollars | None, BeforeValidator(lambda value: None if value == "none" else value)]
"""Dollars; None: no cap."""
