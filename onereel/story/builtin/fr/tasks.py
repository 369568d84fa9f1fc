"""French ideas about something to do: an infinitive, told as it was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .bits import end_of_deed
from .nouns import infinitive_at, word_in

__all__ = ["chore_of"]

_LEADING = r"^(?:comment|pourquoi|o\u00f9|quand)$"
_JOINTS = ("quand", "lorsque", "si", "et", "mais", "ou", "puis")


def chore_of(words: Sequence[str], *, longest: int) -> str:
    """What there is to do, as the idea says it behind "comment" or at its start; "" if unsure.

    Long tasks are said whole by the idea itself, and are no slot of a line.
    """
    if re.match(_LEADING, words[0].lower()):
        words = words[1:]
    if not words or not infinitive_at(words, 0):
        return ""
    if len(words) > longest:
        # "Ranger un grenier (en un week-end)"
        end = end_of_deed(words, 0)
        words = words[:end] if 2 < end <= longest else ()
    words = () if any(re.match(r"(?:se$|s')", word.lower()) for word in words) else words
    joined = not words or any(word in _JOINTS or word == "," for word in words)
    if joined or (len(words) == 1 and word_in(words[0], "clitics")):
        return ""
    return join([words[0][:1].lower() + words[0][1:], *words[1:]])
