"""Who speaks in a script that has no Cast: found by the names that stand before what is said.

    ANNA: Who is there?
    BEN: Only me.

Names in capitals are people where there are two of them, or one comes again; others where there are
two and one comes again. "Monday: rain" and "STEP 2: stir" are no speeches.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

__all__ = ["CUE", "speakers_of"]

CUE = r"([^:()]{1,60}?)\s*(?:\([^()]*\))?\s*:(?:\s+(.+))?"
"""A name before a colon, perhaps with how it is said, and the words behind it."""
_MOST_WORDS = 4
_SMALL = {"of", "the", "de", "del", "di", "du", "der", "von", "van", "la", "le", "el", "and", "&"}
_WORD = r"[^\W\d_][\w'\u2019.-]*"
_NUMBERED = (
    r"(?i)(?:host|speaker|person|guest|voice|narrator|guard|man|woman|boy|girl|sprecher(?:in)?|gast"
    r"|mann|frau|stimme|persona|voz|invitad[oa]|hombre|mujer|personne|voix|invit\u00e9e?|homme"
    r"|femme)\s?\d{1,2}"
)
_LABELS = frozenset(
    word
    for words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).values()
    for word in words
)


def speakers_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The people whose names stand before these lines, in order, as each is first written."""
    cues = (re.fullmatch(CUE, line.strip(), re.DOTALL) for line in lines)
    names = [" ".join(cue[1].split()) for cue in cues if cue]
    names = [name for name in names if _names_somebody(name)]
    loud = [name for name in names if name.isupper()]
    plain = [name for name in names if not name.isupper()]
    people = {*loud} if len(loud) > 1 else set[str]()
    people |= {*plain} if 1 < len(set(plain)) < len(plain) else set()
    found = {name.upper(): name for name in reversed(names) if name in people}
    return tuple(found[name] for name in dict.fromkeys(map(str.upper, names)) if name in found)


def _names_somebody(name: str) -> bool:
    if re.fullmatch(_NUMBERED, name):
        return True
    words = name.split()
    if not words or len(words) > _MOST_WORDS or words[0].casefold().rstrip(".") in _LABELS:
        return False
    return words[0] not in _SMALL and all(
        word in _SMALL or (word[0].isupper() and re.fullmatch(_WORD, word)) for word in words
    )
