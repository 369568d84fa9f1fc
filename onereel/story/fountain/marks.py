"""Fountain's marks inside a line: emphasis, backslashes, and exact values in notes."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["cleaned", "escaped", "exact_value", "shown_value", "value_of"]

# Markdown's rule: a mark opens before a letter and closes behind one, on the same line.
_EMPHASIS = [
    rf"(?<!\\){mark}(?=\S)((?:\\.|[^\\\n]){{1,200}}?)(?<=\S)(?<!\\){mark}"
    for mark in (r"\*\*\*", r"\*\*", r"\*")
]
# "snake_case_words" are not underlined.
_UNDERLINE = r"(?<![\\\w])_(?=\S)((?:\\.|[^\\\n]){1,200}?)(?<=\S)(?<!\\)_(?!\w)"
_BACKSLASH = r"\\([!-/:-@\[-`{-~])"
_SPECIAL = r"[\\*_]|\[(?=\[)|(?<=\[)\[|\](?=\])|(?<=\])\]"


def cleaned(text: str) -> str:
    """The text without marks of emphasis, and without the backslashes that protect a mark."""
    for pattern in (*_EMPHASIS, _UNDERLINE, *_EMPHASIS):
        text = re.sub(pattern, r"\1", text)
    return re.sub(_BACKSLASH, r"\1", text)


def escaped(text: str) -> str:
    """The text with backslashes before whatever `cleaned` would take for a mark."""
    return re.sub(_SPECIAL, r"\\\g<0>", text)


def exact_value(value: Any) -> str:
    """A JSON value on one line, plainly where that reads back equal, else as JSON."""
    return value if isinstance(value, str) and _is_plain(value) else _as_json(value)


def shown_value(text: str) -> str:
    """A text for people on one line, with its marks protected where that reads back equal."""
    plain = value_of(text) == text and text == text.strip() and not re.search(r"[\n\r]", text)
    return escaped(text) if plain else _as_json(text)


def _as_json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if "[[" in text or "]]" in text:
        # Lists of lists, bracket by bracket: an escape is for the inside of a string.
        text = " ".join(json.dumps(value, ensure_ascii=False, indent=0).split("\n"))
    # A note ends at its first "]]", and a boneyard begins at "/*" wherever it stands.
    for marks in ("[[", "]]", "/*", "*/"):
        text = text.replace(marks, f"{marks[0]}\\u{ord(marks[1]):04x}")
    return text


def value_of(text: str) -> Any:
    """What `exact_value` wrote; numbers and yes or no stay text, for the field to read."""
    text = text.strip()
    if text[:1] in {'"', "[", "{"}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def _is_plain(text: str) -> bool:
    awkward = re.search(r"[\n\r]|\[\[|\]\]|/\*|\*/|\]$|^[\"\[{]", text)
    return awkward is None and text == text.strip()
