"""What an English word can be: by our own lists, by lemminflect, by its parts and its ending."""

from __future__ import annotations

import re

from .clauses import ANYBODY, MODALS, RELATIVES
from .lexicon import lexicon, speech, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, singular
from .phrase import BOUNDS

__all__ = ["GRAMMAR", "JOINTS", "PASSING", "is_being", "is_counted", "kinds_of"]

JOINTS = word_set("and or but because when while if so than as though although until before after")
"""What joins clauses."""
PASSING = word_set(
    "i me we us you he him she they them it its be been being am not no yes very just only also too"
    " there here then now thing things something anything everything nothing nobody everybody"
    " somebody one ones get gets got getting make makes made making really ever never always"
    " today tomorrow tonight about away out up down off back other others another same such own top"
    " best worst last next first near myself yourself himself herself itself ourselves"
    " themselves mine yours hers ours theirs who whom whose unless whether whereas nor yet else"
    " doing being having going getting instead hence thus therefore however lest once twice please"
    " let lets why whatever whoever whichever wherever whenever however anywhere everywhere nowhere"
    " somewhere"
)
"""Words that name nothing."""
_SURE_END = 6
"""Letters of a last part behind which hardly any word ends by chance."""
_DESCRIBING = ("able", "ible", "less", "ful", "proof", "ish", "ous", "ic", "ical", "onal")
GRAMMAR = BOUNDS | DETERMINERS | PREPOSITIONS | NUMBERS | RELATIVES | MODALS | ANYBODY


def is_being(word: str) -> bool:
    """Whether our own lists have a word as somebody."""
    sets = lexicon().sets
    forms = {word.lower(), singular(word)}
    return bool(forms & (sets["person"] | sets["being"] | sets["men"] | sets["women"]))


def is_counted(word: str) -> bool:
    """Whether our own lists have a word as a thing."""
    sets = lexicon().sets
    return bool({word, singular(word)} & (sets["count"] | sets["person"] | sets["being"]))


def kinds_of(word: str, *, first: bool = True) -> str:
    """What a word can be: n, v, a, r; "g" for grammar, "p" for a name; nothing if nobody knows."""
    low = re.sub(r"'s?$", "", word.lower())
    if low in GRAMMAR | PASSING or low.isdigit():
        return "g"
    found = speech(low)
    if not found and "-" in low:
        found = "a" if all(speech(part) for part in low.split("-")) else ""
    if not found and word[:1].isupper() and not first and word.isalpha():
        return "p"
    for at in range(3, len(low) - 2):  # "raindrop"
        if not found and "n" in speech(low[:at]) and speech(low[at:])[:1] == "n":
            found = "n"
        if not found and len(low) - at >= _SURE_END and speech(low[at:]) == "n":
            found = "n"  # "cryptocurrency"
    if not found and low.endswith(_DESCRIBING):
        found = "a"
    sets = lexicon().sets
    nouns = sets["count"] | sets["person"] | sets["being"] | sets["plural"] | sets["mass"]
    # The dictionary lacks some: "bars", "dams".
    return f"n{found}" if "n" not in found and {low, singular(low)} & nouns else found
