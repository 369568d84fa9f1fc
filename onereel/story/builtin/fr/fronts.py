"""What a French idea begins with: a brand, when it happens, or what leads to its thing."""

from __future__ import annotations

from collections.abc import Sequence

from ..cleaning import join
from .nouns import is_known, is_name, is_verb, word_in

__all__ = ["BEGINNINGS", "INSIDES", "brand", "front", "lead", "told_short"]

_LEADS = ("quand", "lorsque", "depuis", "pendant", "si", "un", "une", "ce", "cet", "cette")
_WHEREFORE = ("faute", "gr\u00e2ce", "suite", "face", "hors", "lors", "quant")
"""What leads to a reason with "de" or "\u00e0": "faute de chauffeurs, ..."."""
_LONGEST_BRAND, _LONGEST_TITLE = 3, 6
_ADJUNCTS = (
    *("pour", "afin", "pendant", "quand", "lorsque", "mais", "parce"),
    "tandis",
)
"""What leads to something without which a clause is whole."""
_CLAUSE, _MOST_SAID = 3, 22
"""Words behind a verb that make a clause, and of all that is said of a long idea at once."""
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
BEGINNINGS = ("introduction", "initiation", "d\u00e9buts")
"""What a lesson is, in front of "\u00e0" and what it is about."""


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
    # "Kodo, montre connect\u00e9e": what no list has and a bare noun explains.
    described = described or (sold and is_known(behind) and not words[0].endswith(("s", "x")))
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
    led = first in _WHEREFORE and (
        second in ("de", "\u00e0", "au", "aux", "du") or second[:2] == "d'"
    )
    led = led or (
        (word_in(first, "prepositions") and first not in ("du", "des"))
        or timely
        or word_in(first, "times", "openers")
    )
    return comma + 1 if led and comma + 1 < len(words) else 0


def told_short(words: Sequence[str], start: int) -> str:
    """The main clause that begins at `start` in a long idea, without when, what for and what else;
    "" where its end is not certain."""
    acts = next(
        (
            at
            for at in range(start + 1, len(words))
            if is_verb(words[at]) and not word_in(words[at - 1], "determiners", "prepositions")
        ),
        len(words),
    )
    for at in range(acts + _CLAUSE, min(len(words), start + _MOST_SAID)):
        second = words[at] == "et" and word_in([*words, ""][at + 1], "clitics")
        if second or words[at].lower() in _ADJUNCTS or words[at] == ",":
            return join(list(words[start:at]))
    return ""


def lead(words: Sequence[str]) -> int:
    """Where the thing begins behind "dans les coulisses (du)", "au c\u0153ur (de)" or "initiation
    (au)", with its article left in "du"; 0 where nothing leads to it."""
    low = [word.lower() for word in words[:4]]
    led = low[:1] in (["dans"], ["au"], ["aux"], ["\u00e0"], ["sur"])
    at = next((k for k, word in enumerate(low) if k and word in INSIDES), 0)
    begun = next((k for k, word in enumerate(low[:2]) if word.removeprefix("l'") in BEGINNINGS), -1)
    if low[begun + 1 : begun + 2] in (["\u00e0"], ["au"], ["aux"]) and begun >= 0:
        return begun + 2 if low[begun + 1] == "\u00e0" and begun + 2 < len(words) else begun + 1
    return at + 1 if led and at and at + 1 < len(words) else 0
