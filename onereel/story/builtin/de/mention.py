"""How a German noun is mentioned for the first time."""

from __future__ import annotations

import re

from .lexicon import lexicon
from .lookup import look_up
from .nouns import Noun

__all__ = ["countable", "introduced"]

_ABSTRACT = r"(?:ung|heit|keit|schaft|t\u00e4t|ion|ie|ik|enz|anz)$"


def countable(noun: Noun) -> bool:
    """Whether the lexicon knows a plural of this singular: "Kuh", but not "Milch"."""
    if noun.head in lexicon().sets["abstract"] or re.search(_ABSTRACT, noun.head):
        return False
    return any(entry.gender == noun.gender and entry.plural for entry in look_up(noun.head))


def introduced(noun: Noun) -> str:
    """The phrase at its first mention: "Kuh" of a headline becomes "eine Kuh"."""
    if noun.det or noun.named or noun.plural or noun.pair:
        return noun.text
    if noun.head in lexicon().sets["unique"] and noun.gender:
        article = {"m": "der", "f": "die", "n": "das"}[noun.gender]
        return f"{article} {noun.text}"
    if not countable(noun):
        return noun.text
    return f"{'eine' if noun.gender == 'f' else 'ein'} {noun.text}"
