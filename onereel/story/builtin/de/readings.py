"""The readings of a German noun that its determiner or its ending leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .cases import bare
from .lexicon import Entry, lexicon
from .lookup import look_up
from .nouns import Noun
from .phrases import adjective_like, owner_size

__all__ = ["Owned", "forms_of", "genitive", "is_form", "led_by", "noun_of", "owned"]


def forms_of(word: str) -> list[Entry]:
    """The readings of a word, also as a dative plural: "Kindern"."""
    known = [entry for entry in look_up(word) if entry.gender != "p" or is_form(word, entry)]
    # "Bergen" is what one does with a treasure, too.
    if word.endswith("n") and (not known or word.lower() in lexicon().infinitives):
        many = [entry for entry in look_up(word[:-1]) if entry.gender == "p"]
        known += [entry for entry in many if is_form(word[:-1], entry)]
    return known


def is_form(word: str, entry: Entry) -> bool:
    """Whether a word is the plural that a reading has, as it stands."""
    return word.lower().endswith(entry.plural.lower()) if entry.plural else True


def noun_of(word: str, entry: Entry) -> Noun:
    """The noun alone: "einem einzigen Tropfen" is no only drop when it comes again."""
    plural = entry.gender == "p"
    dative = plural and not is_form(word, entry) and word.endswith("n")
    head = word[:-1] if dative else word
    return Noun("", (), head, gender=entry.gender, kind=entry.kind)


_ANY = r"(?:einzig|ander|viel|wenig|einig|manch|solch|ganz|halb|eigen|gleich|selb|verschieden)e"
"""Adjectives that say nothing of a thing when it comes again."""


def described(noun: Noun, adjectives: Sequence[str]) -> Noun:
    """The noun with its one adjective, behind an article whose ending is known: a black hole is no
    hole, and "der elfte Stock" no stick."""
    plain = len(adjectives) == 1 and adjectives[0].islower() and adjective_like(adjectives[0])
    told = plain and not re.match(_ANY, adjectives[0])
    return replace(noun, adjectives=tuple(adjectives)) if told else noun


def led_by(
    word: str, allowed: set[str], adjectives: Sequence[str], *, doing: bool, behind: bool
) -> Noun | None:
    """The noun behind a determiner.

    `doing` is one that often stands before an infinitive; `behind` says that a preposition rules.
    """
    entries = forms_of(word)
    fitting = {entry.gender: entry for entry in entries if entry.gender in allowed}
    if set(fitting) == {"m", "p"} and not behind:
        del fitting["p"]  # "verkauft ihren Schatten": what is sold is no dative
    weak = any(entry.gender == "p" and entry.plural == f"{entry.singular}n" for entry in entries)
    if weak and "m" in allowed and not behind and set(fitting) == {"p"}:
        return None  # "seinen Namen": one or many, and his own
    if len(fitting) == 1:
        return described(noun_of(word, next(iter(fitting.values()))), adjectives)
    if entries or len(allowed) != 1 or allowed == {"p"}:
        # "beim Zwiebelschneiden": no plural stands there.
        named = any(entry.gender != "p" or _is_male(entry.singular) for entry in entries)
        infinitive = doing and word.endswith("en") and not named and not adjectives
        return Noun("", (), word, gender="n", kind="thing") if infinitive else None
    if allowed == {"m"} and word.endswith(("en", "n")):
        return None  # perhaps a weak noun's accusative
    return Noun("", (), word, gender=allowed.pop(), kind="thing")


def _is_male(singular: str) -> bool:
    """Whether one of them may be weak, and its dative as its plural: "zum Kometen"."""
    return any(entry.gender == "m" for entry in look_up(singular))


def genitive(word: str) -> Noun | None:
    """The noun of a genitive: "des Regenschirms", "eines Hauses"."""
    for ending in ("es", "s"):
        head = word.removesuffix(ending)
        entries = [entry for entry in look_up(head) if entry.gender in ("m", "n")]
        if head != word and len(entries) == 1 and entries[0].singular[-2:] == head[-2:]:
            return noun_of(head, entries[0])
    return None


_ENDINGS = {"er": "m", "es": "n", "e": "fp"}
"""The genders of a subject without an article whose adjective ends so; "p" is the plural."""


@dataclass(frozen=True)
class Owned:
    """What is somebody's, in its nominative, accusative and dative."""

    forms: tuple[str, ...]
    plural: bool


def owned(words: Sequence[str]) -> Owned | None:
    """What an idea begins with that is somebody's: "Opas alter Traktor"; None where its adjective
    and the dictionary do not say the same."""
    size = owner_size(words)
    at = next((at for at in range(size, len(words)) if words[at][:1].isupper()), size)
    adjectives = tuple(words[size:at])
    ending = next((each for each in _ENDINGS if adjectives and adjectives[0].endswith(each)), "")
    plain = all(adjective_like(word) and word.endswith(ending) for word in adjectives)
    if not size or not ending or not plain or words[at] in lexicon().sets["time_nouns"]:
        return None
    readings = [
        entry
        for entry in look_up(words[at])
        if entry.gender in _ENDINGS[ending]
        and not entry.weak
        and (entry.gender != "p" or is_form(words[at], entry))
    ]
    if len(readings) != 1:
        return None
    noun = Noun("", adjectives, words[at], gender=readings[0].gender, kind=readings[0].kind)
    forms = (f"{' '.join(words[:size])} {bare(noun, case)}" for case in ("nom", "acc", "dat"))
    return Owned(tuple(forms), noun.plural)
