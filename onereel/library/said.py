"""What we say, so that a panel can say it in another language: a code, and the values in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from pydantic import Field

from ..errors import OneReelError
from ..values import Value

__all__ = ["Said", "said_by", "said_of"]

_LONGEST = 1000
"""Characters: what is longer is no sentence of ours alone."""


class Said(Value):
    """A sentence as a code and its values; the English stands beside it.

    A code with a capital letter is a kind of failure: it says what to do, and not the particulars.
    """

    code: str
    values: Mapping[str, str] = Field(default_factory=dict)


@cache
def _sentences() -> tuple[tuple[str, str], ...]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple((code, _pattern(words)) for code, words in tomllib.loads(text).items())


def _pattern(words: str) -> str:
    parts = re.split(r"\{(\w+)\}", words)
    # What stands between two names is to be found as it is.
    named = (f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return "".join(named)


@lru_cache(maxsize=1024)
def said_of(words: str, kind: str = "") -> Said | None:
    """Find the code of an English sentence of ours; that of its `kind` where it has none."""
    if 0 < len(words) <= _LONGEST:
        for code, pattern in _sentences():
            if found := re.fullmatch(pattern, words):
                return Said(code=code, values=found.groupdict())
    return Said(code=kind) if kind else None


def said_by(error: OneReelError) -> Said | None:
    """The code of an error's sentence, or that of its kind."""
    return said_of(error.user_message, type(error).__name__)
