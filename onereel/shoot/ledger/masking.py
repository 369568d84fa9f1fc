"""No secret and no media bytes go into the ledger, the journal, receipts or bundles."""

from __future__ import annotations

import re

__all__ = ["masked"]

_LONGEST = 20_000
"""Characters of an answer that are kept."""
_SECRETS = re.compile(
    r"""(?ix)
    (?<=[?&\s"'])(?:key|api_key|apikey|access_token|token|upload_id|x-goog-signature
        |x-goog-credential|signature|googleaccessid)=[^&\s"'<>]+     # signed and keyed addresses
    | \bAIza[\w-]{30,} | \bAQ\.[\w-]{20,} | \bya29\.[\w.-]{10,}      # Google's keys and tokens
    | \bBearer\s+[\w.~+/-]{8,}=*
    | -----BEGIN[ \w]*PRIVATE\ KEY-----.*?(?:-----END[ \w]*PRIVATE\ KEY-----|\Z)
    """,
    re.DOTALL,
)
_MEDIA = re.compile(r"[A-Za-z0-9+/_-]{400,}={0,2}")


def masked(text: str) -> str:
    """Take keys, tokens, signatures and media bytes out of a text, and cut it to 20,000 letters."""
    text = _MEDIA.sub("(media bytes)", text) if len(text) >= 400 else text
    text = _SECRETS.sub("(secret)", text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} (and {len(text) - _LONGEST} more)"
