"""What a French idea begins with: a brand, when it happens, or what leads to its thing."""

from __future__ import annotations

from collections.abc import Sequence

from ..cleaning import join
from .nouns import is_known, is_name, word_in

__all__ = ["INSIDES", "brand", "front", "lead"]

_LEADS = ("quand", "lorsque", "depuis", "pendant", "si", "un", "une", "ce", "cet", "cette")
_LONGEST_BRAND, _LONGEST_TITLE = 3, 6
INSIDES = (
    "pas",
    "traces",
    "coulisses",
    "c\u0153ur",
    "entrailles",
    "d\u00e9couverte",
    "secrets",
    "monde",
    "pays",
)
"""What a film goes into: the thing itself stands behind it."""


def brand(words: Sequence[str], *, sold: bool = False) -> str:
    """The name that an idea begins with: "Lumo, la lampe qui ..."; "" without one.

    What is `sold` may be called by a word that means something.
    """
    title = list(words[: words.index(",")]) if "," in words[1:_LONGEST_TITLE] else []
    called = [word for word in title[1:] if not word_in(word, "prepositions", "determiners")]
    if sold and words[0].lower() in ("le", "la", "les") and called and all(map(is_name, called)):
        return join(title)  # "Le Petit Atelier, r\u00e9paration de jouets"
    if sold and words[0].lower() in ("mon", "ma", "mes") and called and all(map(is_name, called)):
        return join([words[0].capitalize(), *title[1:]])
    if "," not in words[1 : _LONGEST_BRAND + 1]:
        return ""
    if (is_known(words[0]) and not sold) or word_in(
        words[0], "openers", "times", "adverbs", "function", "prenominal", "promises"
    ):
        return ""
    comma = words.index(",", 1)
    behind = words[comma + 1].lower() if comma + 1 < len(words) else ""
    # "Verveine & Cie, savons": what has two words with capitals is called so.
    described = word_in(behind, "determiners") or behind[:2] == "l'" or (sold and comma > 1)
    named = all(is_name(word) or word == "&" for word in words[:comma])
    return join(list(words[:comma])) if described and named else ""


def front(words: Sequence[str]) -> int:
    """Where the subject of a statement begins: behind "un soir d'hiver," or "en 1944,"."""
    if "," not in words[1:12]:
        return 0
    comma = words.index(",", 1)
    first, second = words[0].lower(), words[1].lower()
    since = word_in(first, "numbers") or first.isdigit()
    since = since and word_in(second, "times") and word_in(words[2], "prepositions")
    day = first in ("le", "la", "chaque") and any(word_in(word, "times") for word in words[1:3])
    timely = (
        day or since or first in _LEADS[:5] or (first in _LEADS[5:] and word_in(second, "times"))
    )
    led = (
        (word_in(first, "prepositions") and first not in ("du", "des"))
        or timely
        or word_in(first, "times", "openers")
    )
    return comma + 1 if led and comma + 1 < len(words) else 0


def lead(words: Sequence[str]) -> int:
    """Where the thing begins behind "dans les coulisses (du)" or "au c\u0153ur (de)", with its
    article left in "du"; 0 where nothing leads to it."""
    low = [word.lower() for word in words[:4]]
    led = low[:1] in (["dans"], ["au"], ["aux"], ["\u00e0"], ["sur"])
    at = next((k for k, word in enumerate(low) if k and word in INSIDES), 0)
    return at + 1 if led and at and at + 1 < len(words) else 0
