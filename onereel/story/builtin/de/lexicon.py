"""The words the German pack knows: nouns with gender and plural, verbs, and the closed classes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..wording import classes

__all__ = ["Entry", "Lexicon", "lexicon"]


class Entry(NamedTuple):
    """A form of a noun that the lexicon knows."""

    gender: str
    """m, f or n; p for a plural."""
    kind: str
    """person, animal or thing."""
    singular: str
    plural: str
    weak: bool = False
    """Whether its accusative is as its plural: "den Planeten"."""


@dataclass(frozen=True)
class Lexicon:
    """`forms` gives the readings of a lower-case noun form, such as "lehrer": m and p."""

    forms: Mapping[str, tuple[Entry, ...]]
    own: frozenset[str]
    """Those of them that `words.toml` has."""
    sets: Mapping[str, frozenset[str]]
    strong: Mapping[str, str]
    """Third persons singular that change their vowel, and their infinitives."""
    infinitives: frozenset[str]
    sharp: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    keep: tuple[str, ...]
    """Letter groups in which ae, oe or ue is no umlaut."""


_Row = tuple[str, str, str, str, bool]
_Forms = dict[str, tuple[_Row, ...]]


class _Readings(Mapping[str, tuple[Entry, ...]]):
    """The readings of forms, made when they are asked for. What is kept are plain tuples of texts,
    at which Python's search for garbage does not look: at 38,000 entries it would, again and again,
    and every answer of ComfyUI's server would wait for it."""

    def __init__(self, rows: _Forms) -> None:
        self._rows = rows

    def __getitem__(self, form: str) -> tuple[Entry, ...]:
        return tuple(map(Entry._make, self._rows[form]))

    def __contains__(self, form: object) -> bool:
        return form in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _add(
    forms: _Forms, nouns: Iterable[str], gender: str, kind: str, *, weak: bool = False
) -> None:
    for item in nouns:
        singular, _, plural = item.partition("/")
        plural = singular if plural == "-" else plural.replace("+", singular)
        found = [(singular, (gender, kind, singular, plural, weak))]
        if gender == "p":
            found = [(singular, ("p", kind, "", singular, False))]
        elif plural:
            found.append((plural, ("p", kind, singular, plural, False)))
        for form, row in found:
            forms[form.lower()] = (*forms.get(form.lower(), ()), row)


def _nouns(tables: Mapping[str, Mapping[str, str]]) -> _Forms:
    own: _Forms = {}
    for kind, genders in tables.items():
        for gender, text in genders.items():
            _add(own, text.split(), gender, kind)
    return own


def _listed(more: str) -> _Forms:
    others: _Forms = {}
    for name, nouns in classes(more).items():
        kind = "person" if "person" in name else "thing"
        _add(others, nouns, name[0], kind, weak="weak" in name)
    return others


def _pairs(text: str) -> dict[str, str]:
    return {left: right for left, _, right in (item.partition(":") for item in text.split())}


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@cache
def lexicon() -> Lexicon:
    """Read `words.toml` and `nouns.txt` once."""
    tables = tomllib.loads(_text("words.toml"))
    verbs, own = tables["verbs"], _nouns(tables["nouns"])
    strong = _pairs(verbs["strong"])
    sets = {name: frozenset(words.split()) for name, words in tables["closed"].items()}
    sets["wholes"] = frozenset(("alles", "nichts", "etwas"))
    sets["adjective_nouns"] = frozenset(tables["adjective_nouns"]["words"].split())
    sets["modals"] = frozenset(verbs["modals"].split())
    sets["he"] = frozenset(tables["names"]["m"].split())
    sets["she"] = frozenset(tables["names"]["f"].split())
    return Lexicon(
        _Readings({**_listed(_text("nouns.txt")), **own}),
        frozenset(own),
        MappingProxyType(sets),
        MappingProxyType(strong),
        frozenset(verbs["regular"].split()) | frozenset(strong.values()),
        MappingProxyType(_pairs(tables["spelling"]["sharp"])),
        MappingProxyType({key: tuple(text.split()) for key, text in tables["lists"].items()}),
        tuple(tables["spelling"]["keep"].split()),
    )
