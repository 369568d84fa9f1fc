"""The English lexicon and the forms of English verbs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = [
    "UNCHANGED",
    "Lexicon",
    "base_of",
    "gerund",
    "guessed_base",
    "lexicon",
    "past",
    "past_base",
    "third_person",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(text.split())


_VOWELS = "aeiou"
_IRREGULAR_THIRD = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_IRREGULAR_BASE = {form: base for base, form in _IRREGULAR_THIRD.items()}
_LONG_DOUBLING = word_set("begin forget forbid regret admit commit prefer refer kidnap outwit")
_GERUNDS = {"be": "being", "die": "dying", "lie": "lying", "tie": "tying", "see": "seeing"}
UNCHANGED = word_set("bet burst cast cost cut hit hurt let put quit set shut split spread")
_FLEE = ("ee", "ye", "oe")


@dataclass(frozen=True)
class Lexicon:
    """Words by what they are."""

    verbs: frozenset[str]
    nouny: frozenset[str]
    past: Mapping[str, str]
    participle: Mapping[str, str]
    spelling: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """Read `words.toml`."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return Lexicon(
        verbs=frozenset(data["verbs"].split()),
        nouny=frozenset(data["nouny"].split()),
        past=data["past"],
        participle=data["participle"],
        spelling=data["spelling"],
        sets={name: frozenset(words.split()) for name, words in data["sets"].items()},
    )


def third_person(base: str) -> str:
    """The s-form of a verb."""
    if base in _IRREGULAR_THIRD:
        return _IRREGULAR_THIRD[base]
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", base):
        return f"{base}es"
    if re.search(r"[^aeiou]y$", base):
        return f"{base[:-1]}ies"
    return f"{base}s"


def base_of(form: str) -> str | None:
    """The base of an s-form that the lexicon knows, or None."""
    form = form.lower()
    if form in _IRREGULAR_BASE:
        return _IRREGULAR_BASE[form]
    candidates = [form[:-1]] if form.endswith("s") and not form.endswith("ss") else []
    if form.endswith("es"):
        candidates.append(form[:-2])
    if form.endswith("ies"):
        candidates.append(f"{form[:-3]}y")
    return next((base for base in candidates if base in lexicon().verbs), None)


def guessed_base(form: str) -> str:
    """The likely base of an s-form that the lexicon does not know."""
    if re.search(r"[^aeiou]ies$", form):
        return f"{form[:-3]}y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", form):
        return form[:-2]
    return form[:-1]


def past_base(form: str) -> str | None:
    """The base of a past form that the lexicon knows, or None."""
    form = form.lower()
    words = lexicon()
    if form in words.past:
        return words.past[form]
    if not form.endswith("ed"):
        return None
    candidates = [form[:-1], form[:-2]]
    if form.endswith("ied"):
        candidates.append(f"{form[:-3]}y")
    if len(form) > 4 and form[-3] == form[-4]:
        candidates.append(form[:-3])
    return next((base for base in candidates if base in words.verbs), None)


def past(base: str) -> str:
    """The past form of a verb."""
    irregular = next((form for form, each in lexicon().past.items() if each == base), None)
    if irregular is not None:
        return irregular
    if base in UNCHANGED:
        return base
    if base.endswith("e"):
        return f"{base}d"
    if re.search(r"[^aeiou]y$", base):
        return f"{base[:-1]}ied"
    return f"{base}{base[-1] if base in _LONG_DOUBLING or _doubles(base) else ''}ed"


def gerund(base: str) -> str:
    """The ing-form of a verb."""
    if base in _GERUNDS:
        return _GERUNDS[base]
    if base.endswith("e") and not base.endswith(_FLEE):
        return f"{base[:-1]}ing"
    if base in _LONG_DOUBLING or _doubles(base):
        return f"{base}{base[-1]}ing"
    return f"{base}ing"


def _doubles(base: str) -> bool:
    """Whether a verb of one syllable ends in one vowel and one consonant."""
    if len(base) < 3 or base[-1] in f"{_VOWELS}wxy" or base[-2] not in _VOWELS:
        return False
    return len(re.findall(f"[{_VOWELS}]+", base)) == 1 and base[-3] not in _VOWELS
