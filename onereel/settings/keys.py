"""Keys as people paste them: cleaned of what came along, or refused."""

from __future__ import annotations

import re

__all__ = ["clean_key", "key_of"]

_INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
_QUOTES = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"
_ASSIGNMENT = r"(?:export +|set +|\$env:)?[A-Za-z][A-Za-z0-9_]{2,60} ?= ?(?=\S)"
_PLACEHOLDER = r"<.*>|\[.*\]|\{.*\}|\$\w+|%\w+%|[Xx]+|\*+|\.+"
_BEGINS = {"your", "my", "the", "paste", "insert", "enter", "put", "replace"}
_SHORTEST, _LONGEST = 16, 512
_OWNERS = {
    "AIza": "Google",
    "sk-ant-": "Anthropic",
    "sk-or-": "OpenRouter",
    "sk-": "OpenAI",
    "sk_": "ElevenLabs",
    "hf_": "Hugging Face",
    "gsk_": "Groq",
    "xai-": "xAI",
    "r8_": "Replicate",
}
"""By what their keys begin with, the longer first."""


def clean_key(text: str) -> str:
    """Take a key out of what was pasted: spaces, line ends, quotes, `NAME=`, invisible characters.

    An empty text stays empty.

    Raises:
        ValueError: what is left cannot be a key. The words never repeat it.
    """
    key = _bare(text)
    if not key:
        return ""
    if _is_placeholder(key):
        raise ValueError("that is a placeholder; paste the key itself")
    if re.search(r"\s", key):
        raise ValueError("a key has no space or line break inside; copy it again, alone")
    if "://" in key or "@" in key:
        raise ValueError("that is an address, not a key")
    if not re.fullmatch(r"[A-Za-z0-9._~+/=:-]+", key):
        raise ValueError("a key has only letters, digits and the signs . _ ~ + / = : -")
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise ValueError(f"a key has {_SHORTEST} to {_LONGEST} characters, not {len(key)}")
    return key


def key_of(owner: str, text: str) -> str:
    """Take a key of a service out of what was pasted; where nobody is named, of any.

    Raises:
        ValueError: what is left cannot be a key, or by its beginning it is another's.
    """
    key = clean_key(text)
    found = next((other for begin, other in _OWNERS.items() if key.startswith(begin)), "")
    if owner and found and found != owner:
        raise ValueError(f"this is a key of {found}; paste one of {owner}")
    return key


def _bare(text: str) -> str:
    text = re.sub(_INVISIBLE, "", text).strip()
    text = re.sub(_ASSIGNMENT, "", text, count=1) if re.match(_ASSIGNMENT, text) else text
    return text.strip().strip(_QUOTES).strip()


def _is_placeholder(key: str) -> bool:
    words = re.split(r"[^a-z]+", key.lower())
    asks = words[0] in _BEGINS and words[-1] in {"key", "here"}
    return asks or bool(re.fullmatch(_PLACEHOLDER, key))
