"""The words the German pack knows: nouns with gender and plural, verbs, and the closed classes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = ["Entry", "Lexicon", "lexicon"]


@dataclass(frozen=True)
class Entry:
    """A form of a noun that the lexicon knows."""

    gender: str
    """m, f or n; p for a plural."""
    kind: str
    """person, animal or thing."""
    singular: str
    plural: str


@dataclass(frozen=True)
class Lexicon:
    """`forms` gives the readings of a lower-case noun form, such as "lehrer": m and p."""

    forms: Mapping[str, tuple[Entry, ...]]
    sets: Mapping[str, frozenset[str]]
    strong: Mapping[str, str]
    """Third persons singular that change their vowel, and their infinitives."""
    infinitives: frozenset[str]
    sharp: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    keep: tuple[str, ...]
    """Letter groups in which ae, oe or ue is no umlaut."""


def _nouns(tables: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[Entry, ...]]:
    forms: dict[str, tuple[Entry, ...]] = {}

    def add(form: str, entry: Entry) -> None:
        forms[form.lower()] = (*forms.get(form.lower(), ()), entry)

    for kind, genders in tables.items():
        for gender, text in genders.items():
            for item in text.split():
                singular, _, plural = item.partition("/")
                plural = singular if plural == "-" else plural
                if gender == "p":
                    add(singular, Entry("p", kind, "", singular))
                    continue
                add(singular, Entry(gender, kind, singular, plural))
                if plural:
                    add(plural, Entry("p", kind, singular, plural))
    return forms


def _pairs(text: str) -> dict[str, str]:
    return {left: right for left, _, right in (item.partition(":") for item in text.split())}


@cache
def lexicon() -> Lexicon:
    """Read the words once."""
    text = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    verbs = tables["verbs"]
    strong = _pairs(verbs["strong"])
    sets = {name: frozenset(words.split()) for name, words in tables["closed"].items()}
    sets["wholes"] = frozenset(("alles", "nichts", "etwas"))
    sets["adjective_nouns"] = frozenset(tables["adjective_nouns"]["words"].split())
    sets["modals"] = frozenset(verbs["modals"].split())
    sets["he"] = frozenset(tables["names"]["m"].split())
    sets["she"] = frozenset(tables["names"]["f"].split())
    return Lexicon(
        MappingProxyType(_nouns(tables["nouns"])),
        MappingProxyType(sets),
        MappingProxyType(strong),
        frozenset(verbs["regular"].split()) | frozenset(strong.values()),
        MappingProxyType(_pairs(tables["spelling"]["sharp"])),
        MappingProxyType({key: tuple(text.split()) for key, text in tables["lists"].items()}),
        tuple(tables["spelling"]["keep"].split()),
    )
