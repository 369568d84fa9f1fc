"""An answer as a receipt may keep it: without media bytes and secrets."""

from __future__ import annotations

import binascii
import json
from typing import Any

from ...errors import TryAgain
from ...google.told import one_line

__all__ = ["decoded", "receipt"]

_LONG = 2000
"""Characters: no word of a service is that long, but every clip is."""


def receipt(answer: Any) -> str:
    """Write an answer as JSON; long texts, which are media, are replaced by their length."""
    return json.dumps(_without_media(answer), ensure_ascii=False)


def _without_media(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_media(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_media(item) for item in value]
    if isinstance(value, str):
        return f"({len(value)} characters)" if len(value) > _LONG else one_line(value)
    return value


def decoded(data: str) -> bytes:
    """Decode the base64 of a clip.

    Raises:
        TryAgain: it is none; another look may bring it whole.
    """
    try:
        return binascii.a2b_base64(data, strict_mode=True)
    except (binascii.Error, ValueError):
        raise TryAgain("A clip came damaged; run again to fetch it again.") from None
