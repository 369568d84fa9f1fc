"""The English lexicon and the forms of English verbs: our lists, and lemminflect behind them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .wordforms import inflected, inflections, lemmas

__all__ = [
    "UNCHANGED",
    "Lexicon",
    "base_of",
    "gerund",
    "guessed_base",
    "is_base",
    "is_mass",
    "is_odd_plural",
    "is_only_verb",
    "is_participle",
    "is_verb",
    "lexicon",
    "past",
    "past_base",
    "plural_of",
    "speech",
    "third_person",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(text.split())


_IRREGULAR_THIRD = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_IRREGULAR_BASE = {form: base for base, form in _IRREGULAR_THIRD.items()}
UNCHANGED = word_set("bet burst cast cost cut hit hurt let put quit set shut split spread")
_KINDS = {"NOUN": "n", "PROPN": "n", "VERB": "v", "AUX": "v", "ADJ": "a", "ADV": "r"}
_PREFIXED = r"(re|un|de|dis|mis|over|out|pre|under)(\w{3,})"


@dataclass(frozen=True)
class Lexicon:
    """Words by what they are."""

    verbs: frozenset[str]
    """Verbs, most of which can be nouns, too; those that cannot, lemminflect knows."""
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


@cache
def _lemmas(word: str) -> Mapping[str, tuple[str, ...]]:
    return lemmas(word.lower())


@cache
def speech(word: str) -> str:
    """What a word can be, in any of its forms: n, v, a, r; nothing if nobody knows."""
    kinds = {_KINDS[tag] for tag in _lemmas(word)}
    stem = "" if kinds else _stem(word)
    return "v" if stem else "".join(kind for kind in "nvar" if kind in kinds)


def _stem(word: str) -> str:
    """The verb behind a prefix that makes verbs: "pot" of "repot"; nothing in other words."""
    match = re.fullmatch(_PREFIXED, word.lower())
    return match[2] if match and "VERB" in _lemmas(match[2]) else ""


@cache
def is_verb(word: str, *, be: bool = False) -> bool:
    """Whether a word in small letters is a verb in its base form, "be" only where `be` says so."""
    return word in lexicon().verbs or is_only_verb(word) or (be and word == "be")


@cache
def is_only_verb(word: str) -> bool:
    """Whether a base form is a verb and nothing else."""
    if word in lexicon().verbs:
        return word not in lexicon().nouny
    stem = "" if _lemmas(word) else _stem(word)
    return speech(word) == "v" and _lemmas(stem or word)["VERB"] == (stem or word,)


@cache
def is_base(word: str) -> bool:
    """Whether a word can be a verb in its base form, whatever else it is."""
    return word in _lemmas(word).get("VERB", ()) or is_verb(word)


@cache
def is_mass(noun: str, *, strictly: bool = False) -> bool:
    """Whether a noun in the singular can stand without an article, or must: "honey", "music"."""
    plurals = inflections(noun.lower(), "NOUN").get("NNS", ())
    return noun.lower() in (plurals[:1] if strictly else plurals)


@cache
def is_odd_plural(word: str) -> bool:
    """Whether it is a plural that no "s" shows, and nothing else: "criteria", "lice"."""
    found = _lemmas(word)
    return set(found) == {"NOUN"} and word not in found["NOUN"]


def plural_of(noun: str) -> str:
    """The plural of a noun."""
    return inflected(noun, "NNS")[0]


@cache
def is_participle(word: str) -> bool:
    """Whether it is the participle of an irregular verb: "stolen"."""
    bases = _lemmas(word).get("VERB", ())
    return any(word in inflected(base, "VBN") for base in bases if base != word)


def third_person(base: str) -> str:
    """The s-form of a verb."""
    return _form(base, "VBZ")


def _form(base: str, tag: str) -> str:
    stem = "" if _lemmas(base) else _stem(base)
    return base[: len(base) - len(stem or base)] + inflected(stem or base, tag)[0]


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
    return next((base for base in candidates if is_verb(base) and base != "be"), None)


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
        base = _lemmas(form).get("VERB", ("",))[0] if speech(form) == "v" else ""
        return base if base not in ("", form) and form in inflected(base, "VBD") else None
    candidates = [form[:-1], form[:-2]]
    if form.endswith("ied"):
        candidates.append(f"{form[:-3]}y")
    if len(form) > 4 and form[-3] == form[-4]:
        candidates.append(form[:-3])
    return next((base for base in candidates if is_verb(base)), None)


def past(base: str) -> str:
    """The past form of a verb."""
    return _form(base, "VBD")


def gerund(base: str) -> str:
    """The ing-form of a verb."""
    return _form(base, "VBG")
