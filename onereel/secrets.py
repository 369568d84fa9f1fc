"""Secrets are masked in every text that leaves OneReel: error sentences, logs, receipts."""

from __future__ import annotations

import logging
import re
import threading
from urllib.parse import quote

__all__ = ["MASK", "Masking", "hide", "mask", "mask_logs"]

MASK = "***"
"""What stands in a text where a secret stood."""

_SHORTEST = 6
"""Characters. A shorter "secret" would blot out ordinary words."""

_log = logging.getLogger("onereel")
_lock = threading.Lock()
_known: frozenset[str] = frozenset()

# Forms that carry a secret, whether or not it is one of ours: a header or a field that is named
# like one, the query of an old Google address, the password of a database's address, and Google's
# own two kinds of keys and its access tokens.
_FORMS = (
    r"""(\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic)\s+)[^\s"',;]+""",
    r"""(\bbearer\s+)[\w.~+/-]{16,}=*""",
    r"""(\bx-goog-api-key["']?\s*[:=,]\s*b?["']?)[^\s"',;&]+""",
    r"""(\b(?:private_key|refresh_token|client_secret)["']?\s*[:=]\s*["'])[^"']+""",
    r"""([?&](?:key|api_key|access_token|token)=)[^&\s"'<>)\]]+""",
    r"""(\b[a-z][a-z0-9+.-]*://[^/\s:@"']*:)[^@\s/"']+(?=@)""",
    r"""()\bAIza[\w-]{20,}""",
    r"""()\bAQ\.[\w-]{20,}""",
    r"""()\bya29\.[\w.-]{10,}""",
)


def hide(*secrets: str) -> None:
    """Have `mask` cover these secrets from now on, in this process."""
    global _known
    long_enough = {secret for secret in secrets if len(secret) >= _SHORTEST}
    with _lock:
        _known |= long_enough | {quote(secret, safe="") for secret in long_enough}


def mask(text: str) -> str:
    """Cover every secret in a text."""
    # The longest first: one secret may be the beginning of another.
    for secret in sorted(_known, key=len, reverse=True):
        text = text.replace(secret, MASK)
    for form in _FORMS:
        text = re.sub(form, rf"\g<1>{MASK}", text, flags=re.IGNORECASE)
    return text


class Masking(logging.Filter):
    """Covers secrets in log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message and traceback where a secret is in them; keep them all."""
        message = record.getMessage()
        if (masked := mask(message)) != message:
            record.msg, record.args = masked, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            # Every formatter prints this text, once it is there, instead of the exception itself.
            record.exc_text = mask(record.exc_text)
        if record.stack_info:
            record.stack_info = mask(record.stack_info)
        return True


_masking = Masking()


def mask_logs() -> None:
    """Cover secrets in OneReel's own log, and in whatever the program's handlers write by now."""
    _log.addFilter(_masking)
    for handler in (*_log.handlers, *logging.getLogger().handlers):
        handler.addFilter(_masking)
