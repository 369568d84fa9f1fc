"""Keys as people paste them: cleaned of what came along, or refused."""

from __future__ import annotations

import re
from typing import Any

from pydantic import SecretStr

__all__ = ["clean_key"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_QUOTES = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"
_ASSIGNMENT = re.compile(r"(?:export\s+|set\s+|\$env:)?[A-Za-z][A-Za-z0-9_]*\s*=\s*(?=\S)")
_PLACEHOLDER = re.compile(
    r"<.*>|\[.*\]|\{.*\}|\$\w+|%\w+%|x{6,}|\*{3,}|.*\b(?:your|my|the|api|paste|insert|enter)[_-]"
    r"?(?:\w*[_-])*(?:key|here)\b.*",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 16, 512


def clean_key(value: Any) -> Any:
    """Take a key out of what was pasted: spaces, line ends, quotes, `NAME=`, invisible characters.

    An empty text stays empty; what is no text is left to others to refuse.

    Raises:
        ValueError: what is left cannot be a key. The words never repeat it.
    """
    if isinstance(value, SecretStr):
        return SecretStr(clean_key(value.get_secret_value()))
    if not isinstance(value, str):
        return value
    key = _bare(value)
    if not key:
        return key
    if _PLACEHOLDER.fullmatch(key):
        raise ValueError("that is a placeholder; paste the key itself")
    if re.search(r"\s", key):
        raise ValueError("a key has no space or line break in it; copy it again, alone")
    if not key.isascii() or not key.isprintable():
        raise ValueError("a key has only plain letters, digits and signs; copy it again, alone")
    if "://" in key or "@" in key:
        raise ValueError("that is an address, not a key")
    if not re.fullmatch(r"[\w.~+/=:-]+", key):
        raise ValueError("a key has only letters, digits and the signs - _ . ~ + / = :")
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise ValueError(f"a key has {_SHORTEST} to {_LONGEST} characters, not {len(key)}")
    return key


def _bare(text: str) -> str:
    text = _INVISIBLE.sub("", text).strip()
    text = _ASSIGNMENT.sub("", text, count=1) if _ASSIGNMENT.match(text) else text
    return text.strip().strip(_QUOTES).strip()
