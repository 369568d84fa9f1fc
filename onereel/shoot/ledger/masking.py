"""No secret and no media bytes go into the ledger, the journal, receipts or bundles."""

from __future__ import annotations

import re

__all__ = ["masked"]

_LONGEST = 20_000
"""Characters of an answer that are kept."""
_SECRETS = re.compile(
    r"""(?ix)
    (?:(?<=[?&])(?:key|token|signature|upload_id|x-goog-signature|x-goog-credential|googleaccessid)
        |\b(?:x-goog-api-key|authorization|api_?key|access_token|refresh_token|id_token
        |client_secret|private_key))
        ["']?\s*[:=]\s*["']?(?:(?:Bearer|Basic)\s+)?[^\s"',&<>\\]+
    | \bAIza[\w-]{30,} | \bAQ\.[\w-]{20,} | \bya29\.[\w.-]{10,}   # Google's keys and tokens
    | \bBearer\s+[\w.~+/-]{8,}=*
    | -----BEGIN[ \w]*PRIVATE[ ]KEY-----.*?(?:-----END[ \w]*PRIVATE[ ]KEY-----|\Z)
    """,
    re.DOTALL,
)
_MEDIA = re.compile(r"[A-Za-z0-9+/_-]{400,}={0,2}")


def masked(text: str, *, longest: int | None = _LONGEST) -> str:
    """Take keys, tokens, signatures and media bytes out of a text, and cut it short."""
    text = _MEDIA.sub("(media bytes)", text)
    text = _SECRETS.sub("(secret)", text)
    if longest is None or len(text) <= longest:
        return text
    return f"{text[:longest]} (and {len(text) - longest} characters more)"
