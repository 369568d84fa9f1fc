"""What stands behind a Spanish noun: its adjectives and names, and where it surely ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .bits import describes
from .lexicon import lexicon, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_known_noun
from .verbs import CLITICS, is_finite, is_infinitive, is_small

__all__ = ["FIXED", "adjectives_end", "closes", "end_of_name", "ends", "is_participle"]

_CLOSING = word_set(
    "que donde cuando mientras porque pero y e o u ni si como no ya nunca siempre tambi\u00e9n solo"
    " todav\u00eda a\u00fan hoy ayer ma\u00f1ana antes despu\u00e9s cerca lejos dentro fuera junto"
    " detr\u00e1s debajo encima delante alrededor frente rumbo muy"
)
_PARTICIPLE = (
    "(?:[ai\u00ed]d|hech|escrit|rot|abiert|cubiert|muert|puest|vuelt|vist|cercan"
    "|pr\u00f3xim)[oa]s?$"
)
"""Words behind a noun that another phrase goes on from."""
FIXED = word_set("online gratis extra premium light bio eco expr\u00e9s digital")
"""Adjectives that never change."""
_ABROAD = word_set("da do das dos di du van von der of the des le")
"""What stands in the names of other languages: "Costa da Morte"."""


def end_of_name(words: Sequence[str], at: int) -> int:
    """Behind the words with capitals at `at`, and those between: "Museo del Prado"."""
    while at < len(words) and (words[at][:1].isupper() or _goes_on(words, at)):
        at += 1
    return at


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a name goes on behind a small word: "el Museo (del) Prado"."""
    low = words[at].lower()
    small = low in ("de", "del", "la", "los") or (low in _ABROAD and words[at - 1][:1].isupper())
    return small and any(
        word[:1].isupper() for word in words[at + 1 : at + 2 + (words[at].lower() == "de")]
    )


def adjectives_end(words: Sequence[str], at: int, letter: str, *, plural: bool) -> int:
    """Behind the adjectives and names that go with a noun in front of `at`; 0 if one is unsure."""
    while at < len(words) and not closes(words, at):
        low = words[at].lower()
        compared = low in ("m\u00e1s", "menos") and at + 1 < len(words)
        at += compared
        low = words[at].lower()
        if words[at][:1].isupper():
            at += 1
            continue
        odd = is_small(low) or is_infinitive(low) or not low.isalpha() or low.endswith("mente")
        if at == len(words) - 1 and not (is_known_noun(words[at - 1]) or odd or is_finite(low)):
            return at + 1  # "el open data"
        agreed = low in FIXED or (low.endswith("s") == plural and _agrees(low, letter))
        if (
            odd
            or not agreed
            or not (
                compared
                or low in FIXED
                or describes(low, gender=letter)
                or _may_describe(words, at)
            )
        ):
            return 0
        if _is_clause(words, at):
            return at
        at += 1
    return at


def _may_describe(words: Sequence[str], at: int) -> bool:
    """Whether an unknown word between a noun and what closes it is no verb but an adjective."""
    if not closes(words, at + 1) or re.search("[\u00e1\u00e9\u00ed\u00f3]$", words[at]):
        return False
    # "El open data": behind a word that no list has, none is sure to be a verb.
    verbal = is_known_noun(words[at - 1]) and re.search("(?:[ae]n?|[ae]s)$", words[at]) is not None
    behind = words[at + 1].lower() if at + 1 < len(words) else ","
    # A verb would go on: "teje en el balc\u00f3n".
    return not verbal or behind in ("de", "del", "que", ",") or is_finite(behind)


def _is_clause(words: Sequence[str], at: int) -> bool:
    """Whether a participle begins a clause, of which half is no name: "atrapado en un pozo"."""
    behind = words[at + 1].lower() if at + 1 < len(words) else ","
    closed = behind in ("de", "del", "y", "e", "o", "que", "donde", ",") or is_finite(behind)
    return is_participle(words[at]) and not (closed or behind in CLITICS | {"no"})


def is_participle(word: str) -> bool:
    """Whether a word ends like a participle: "hechos", "abierto"."""
    return re.search(_PARTICIPLE, word) is not None


def _agrees(adjective: str, letter: str) -> bool:
    vowel = adjective.rstrip("s")[-1:]
    return not letter or vowel not in "oa" or vowel == letter


def closes(words: Sequence[str], at: int) -> bool:
    """Whether what is at `at` surely does not belong to a noun in front of it."""
    if at >= len(words):
        return True
    low = words[at].lower()
    small = low in PREPOSITIONS | DETERMINERS | NUMBERS | _CLOSING | CLITICS or low == ","
    goes_on = [*words, ""][at + 1].lower() in ("con", "contra", "hacia", "sobre")
    small = small or (goes_on and low in lexicon().forms)  # "mi vecina (habla con ...)"
    again = words[at + 1 : at + 3] in (["a", low], ["por", low])  # "(el aceite) paso a paso"
    return small or again or low.isdigit() or (is_finite(low) and words[at].islower())


def ends(words: Sequence[str], at: int) -> bool:
    """Whether a noun phrase surely ends in front of `at`."""
    return closes(words, at) or _is_clause(words, at)
