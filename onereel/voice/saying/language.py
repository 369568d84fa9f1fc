"""What a language writes short, as data: abbreviations, units, money, dates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from ...values import Value

__all__ = ["Language", "language_of"]

_FOLDER = Path(__file__).parent


class Counting(Value):
    """How the noun behind a number is known."""

    feminine_endings: tuple[str, ...]
    no_nouns: tuple[str, ...]
    """Words behind a number that are not what is counted."""


class Ordinals(Value):
    """Words around a number with a full stop that make it an ordinal, and its form by them."""

    oblique: tuple[str, ...]
    weak: tuple[str, ...]
    nouns: tuple[str, ...]


class Roman(Value):
    """How Roman numerals are read."""

    counted: tuple[str, ...]
    """Words behind which they are mere numbers."""
    named: str
    """How a ruler's is read, by the forms of numbers."""
    named_until: int
    """The highest that is read so; those above are mere numbers."""
    dotted: bool = False
    """Whether a ruler's has a full stop."""
    queens: tuple[str, ...] = ()
    """Names of women."""
    rulers: tuple[str, ...] = ()
    """Names behind which a single letter is a number, and genitives are known."""
    titles: tuple[str, ...] = ()
    """Words that may stand before a ruler's name."""
    queen: str = ""
    """How a woman's is read, where it is not as a man's."""
    after: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """By case, the words before a name that ask for it."""
    cases: Mapping[str, tuple[str, str]] = Field(default_factory=dict)
    """By case, how a man's is read, and a woman's."""


class Signs(Value):
    """What single signs are called."""

    address: Mapping[str, str]
    sum: Mapping[str, str]
    plus: str
    """Before the code of a country."""
    more: str
    """A plus behind a number."""
    by: str
    """Between the sides of a thing."""
    times: str
    """How "3x" is said, from {number}."""
    per: str
    lengths: Mapping[str, tuple[str, str]]
    """Feet and inches, one and many of them."""
    dial: tuple[str, ...] = ()
    """Words before the number of three digits that somebody is to call."""


class Language(Value):
    """The table of a language."""

    decimal: str
    groups: str
    """The marks between groups of three digits."""
    point: str
    minus: str
    to: str
    """Between two numbers."""
    and_: str = Field(alias="and")
    of: str = ""
    """Between words of `of_after` and what they count; `elided` is that before a vowel."""
    elided: str = ""
    of_after: tuple[str, ...] = ()
    feminine: tuple[str, ...] = ()
    """Nouns of `units` and `money` that are feminine."""
    years: tuple[int, int]
    """Whole numbers of four digits that are read as years, from the first to the second."""
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    dates: str
    rules: Mapping[str, str]
    """CLDR's rule set of each form of numbers."""
    titles: Mapping[str, str]
    """Short only before a name."""
    after_name: Mapping[str, str] = Field(default_factory=dict)
    before_number: Mapping[str, str]
    abbreviations: Mapping[str, str]
    finals: tuple[str, ...]
    """Those that often end a sentence, whose full stop is theirs."""
    units: Mapping[str, tuple[str, str]]
    """One of it, many of it."""
    money: Mapping[str, tuple[str, str, str, str]]
    """One, many, and of its hundredths one, many, where these are named."""
    scales: Mapping[str, str]
    parts_behind: bool = True
    """Whether the hundredths of money are named behind whole ones, and not only alone."""
    fractions: Mapping[str, str]
    nths: Mapping[str, tuple[str, str]]
    """One and many of a whole's parts, by how many there are."""
    mixed: str
    """A whole number and a fraction, from {whole} and {part}."""
    half: str
    """The fraction of one half there."""
    counting: Counting | None = None
    ordinals: Ordinals | None = None
    roman: Roman
    signs: Signs


@cache
def language_of(tag: str) -> Language | None:
    """The table of a language tag such as "de-at", if there is one."""
    base = tag.partition("-")[0]
    file = _FOLDER / f"{base}.toml"
    if base not in ("en", "de", "es", "fr"):
        return None
    return Language.model_validate(tomllib.loads(file.read_text("utf-8")))
