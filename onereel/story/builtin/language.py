"""Which language an idea is in, and whether the writer has a pack for it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ...errors import ChooseLanguage
from .pack import Pack

__all__ = ["check_language", "pack_for"]

_SIGNS = Path(__file__).with_name("languages.toml")


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
_INSTEAD = "Write Script (Ollama) or Write Script (Gemini) can, and so can a screenplay of your own"


@cache
def _languages() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Names and frequent words of the languages that an idea is checked for."""
    tables = tomllib.loads(_SIGNS.read_text(encoding="utf-8"))
    return {
        code: (table["name"], frozenset(table["words"].split())) for code, table in tables.items()
    }


def pack_for(language: str, packs: Mapping[str, Pack]) -> Pack:
    """Find the pack of an IETF tag such as "en" or "de-DE".

    Raises:
        ChooseLanguage: the built-in writer has no such language.
    """
    pack = packs.get(language.strip().lower().replace("_", "-").split("-")[0])
    if pack is None:
        raise ChooseLanguage(
            f"The built-in writer cannot write in {language.strip() or 'no language'!r}, only in"
            f" {_listed(pack.name for pack in packs.values())}; {_INSTEAD}."
        )
    return pack


def check_language(idea: str, pack: Pack, packs: Mapping[str, Pack]) -> None:
    """Refuse an idea that is plainly in another language than the film's; when unsure, accept.

    Raises:
        ChooseLanguage: it is; the sentence says what would write it.
    """
    found = _foreign_script(idea) or _foreign_words(idea, pack)
    if found is None:
        return
    code, name = found
    if code in packs:
        raise ChooseLanguage(
            f"The idea is in {name}, but the film's language is {pack.name}: set the language to"
            f" {code!r}, or write the idea in {pack.name}."
        )
    raise ChooseLanguage(
        f"The built-in writer cannot write {name}, only"
        f" {_listed(each.name for each in packs.values())}; {_INSTEAD}."
    )


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _foreign_script(idea: str) -> tuple[str, str] | None:
    scripts = Counter(
        unicodedata.name(character, "").split()[0] for character in idea if character.isalpha()
    )
    latin = scripts.pop("LATIN", 0)
    if sum(scripts.values()) <= latin:
        return None
    script = "HIRAGANA" if scripts.get("HIRAGANA") else max(scripts, key=lambda name: scripts[name])
    return script.lower(), _SCRIPTS.get(script, f"the {script.capitalize()} script")


def _foreign_words(idea: str, pack: Pack) -> tuple[str, str] | None:
    words = re.findall(r"[^\W\d_]+", idea.lower())
    own = sum(word in pack.function_words for word in words)
    best, most = None, 0
    for code, (name, signs) in _languages().items():
        hits = len(signs.intersection(words))  # "no perfume, no plastic" is one sign, not two
        if code != pack.code and hits > most:
            best, most = (code, name), hits
    plainly = most >= 2 and most > 2 * own and most * 6 >= len(words)
    return best if plainly else None
