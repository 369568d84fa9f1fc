"""Which language a text is in, by its script and its frequent words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["Tongue", "foreign"]

_SIGNS = Path(__file__).with_name("tongues.toml")

_SCRIPTS = {
    "ARABIC": "Arabic",
    "CYRILLIC": "Russian",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
}
_OWN_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ps"), ("ARABIC",)),
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"), ("CYRILLIC",)),
    **dict.fromkeys(("zh", "yue", "cmn"), ("CJK", "BOPOMOFO")),
    "ja": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "ko": ("HANGUL", "CJK"),
    "he": ("HEBREW",),
    "el": ("GREEK",),
    **dict.fromkeys(("hi", "mr", "ne"), ("DEVANAGARI",)),
    "th": ("THAI",),
}
"""The scripts of languages that are not written in Latin letters, as Unicode names letters."""


class Tongue(NamedTuple):
    """A language: its code (that of its script, where only that is known) and English name."""

    code: str
    name: str


def foreign(text: str, language: str, function_words: Collection[str] = ()) -> Tongue | None:
    """The language that a text plainly is in, where that is not `language`; None when unsure.

    Args:
        text: a sentence or more.
        language: an IETF tag such as "en" or "de-DE".
        function_words: of `language`, where more are known than here.
    """
    code = language.strip().lower().replace("_", "-").split("-")[0]
    if code not in _languages() and code not in _OWN_SCRIPTS:
        return None
    own = frozenset(function_words) or (_languages()[code][1] if code in _languages() else set())
    return _foreign_script(text, code) or _foreign_words(text, code, own)


@cache
def _languages() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Names and frequent words of the languages that a text is checked for."""
    tables = tomllib.loads(_SIGNS.read_text(encoding="utf-8"))
    return {
        code: (table["name"], frozenset(table["words"].split())) for code, table in tables.items()
    }


def _foreign_script(text: str, code: str) -> Tongue | None:
    scripts = Counter(
        unicodedata.name(character, "").split()[0] for character in text if character.isalpha()
    )
    own = _OWN_SCRIPTS.get(code, ())
    ours = scripts.pop("LATIN", 0) + sum(scripts.pop(script, 0) for script in own)
    if sum(scripts.values()) <= ours:
        return None
    script = "HIRAGANA" if scripts.get("HIRAGANA") else max(scripts, key=lambda name: scripts[name])
    return Tongue(script.lower(), _SCRIPTS.get(script, f"the {script.capitalize()} script"))


def _foreign_words(text: str, code: str, own_words: Collection[str]) -> Tongue | None:
    words = re.findall(r"[^\W\d_]+", text.lower())
    own = sum(word in own_words for word in words)
    best, most = None, 0
    for other, (name, signs) in _languages().items():
        hits = len(signs.intersection(words))  # "no perfume, no plastic" is one sign, not two
        if other != code and hits > most:
            best, most = Tongue(other, name), hits
    plainly = most >= 2 and most > 2 * own and most * 6 >= len(words)
    return best if plainly else None
