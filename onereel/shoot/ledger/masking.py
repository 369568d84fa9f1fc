"""No secret and no media bytes go into the ledger, the journal, receipts or bundles."""

from __future__ import annotations

import re

from ...secrets import MASK, mask

__all__ = ["masked"]

_LONGEST = 20_000
"""Characters of an answer that are kept."""
_SIGNATURES = r"(?i)([?&](?:signature|x-goog-signature|upload_id)=)[^&\s\"'<>]+"
_MEDIA = r"[A-Za-z0-9+/_-]{400,}={0,2}"


def masked(text: str) -> str:
    """Take keys, tokens, signatures and media bytes out of a text, and cut it short."""
    text = re.sub(_SIGNATURES, rf"\g<1>{MASK}", mask(re.sub(_MEDIA, "(media bytes)", text)))
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]} (and {len(text) - _LONGEST} characters more)"
