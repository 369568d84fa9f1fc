"""Spanish ideas about something to do, and those that announce a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .bits import end_of_deed
from .lexicon import plain, word_set
from .nouns import COUNTED, is_plural_word
from .verbs import is_infinitive, starts_deed

__all__ = ["announced", "chore_of"]

_VALUES = {
    word: value
    for value, word in enumerate(
        ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"), 2
    )
}
_MOST_LISTED = 20
_SPANS = word_set(
    "a\u00f1os d\u00edas siglos horas minutos semanas meses kil\u00f3metros metros euros"
    " grados segundos"
)
_LONGEST = 5
_SHORTEST = 2


def announced(words: Sequence[str]) -> int:
    """How many things a list idea announces: "cinco trucos para dormir mejor"; 0 for none.

    A span of time ("30 d\u00edas sin az\u00facar") is no list.
    """
    words = words[1:] if words and words[0].lower() in ("los", "las", "top", "mis") else words
    if len(words) < 2 or words[1].lower() in _SPANS:
        return 0
    if not (words[1].lower() in COUNTED or is_plural_word(words[1])):
        return 0
    first = words[0].lower()
    number = int(first) if first.isdigit() else _VALUES.get(first, 0)
    return number if 2 <= number <= _MOST_LISTED else 0


def chore_of(words: Sequence[str]) -> str:
    """What there is to do, as the idea says it behind "c\u00f3mo", "trucos para" or at once."""
    listed = next((at for at, word in enumerate(words[:3]) if word.lower() in COUNTED), -1)
    if listed >= 0:
        behind = [word.lower() for word in words[listed + 1 : listed + 2]]
        words = words[listed + 2 :] if behind in (["para"], ["de"], ["por"]) else ()
    elif words and words[0].lower() == "c\u00f3mo":
        words = words[1:]
    learning = len(words) > 2 and plain(words[0]) == "aprende" and words[1] == "a"
    words = words[2:] if learning and is_infinitive(words[2]) else words
    if not words or not starts_deed(words):
        return ""
    if len(words) > _LONGEST or "," in words or {"y", "o", "pero", "si", "cuando"} & set(words):
        end = end_of_deed(words, 0)
        words = words[:end] if _SHORTEST <= end <= _LONGEST else ()
    text = join([word.lower() if not at else word for at, word in enumerate(words)])
    yours = any(re.search(r"[aei\u00ed]r(?:se|te|me|nos)$", word) for word in words)
    return "" if yours else text
