"""The words of a German idea that is quoted: which of them are known, name something, or little."""

from __future__ import annotations

from .lexicon import lexicon
from .lookup import is_dative_plural, look_up
from .phrases import adjective_like
from .verbs import looks_finite

__all__ = ["CLOSED", "SAYING_LITTLE", "closes", "is_passing", "is_vague"]

CLOSED = (
    *("function", "prepositions", "determiners", "pronouns", "adverbs", "conjunctions"),
    *("questions", "modals"),
)
_LITTLE = (
    "werde wirst werdet w\u00fcrde w\u00fcrden "
    "sein ist sind war waren wird werden wurde wurden hat habe haben hatte hatten "
    "kann k\u00f6nnen konnte muss m\u00fcssen musste soll sollen sollte will wollen wollte darf "
    "d\u00fcrfen mag macht machen geht gehen gibt geben l\u00e4sst lassen dinge sachen ding "
    "sache mal viel wenig worden gewesen bist bin hast dr\u00fcber "
)
SAYING_LITTLE = frozenset(_LITTLE.split())
"""Words that an idea may have, and that tell nothing of it."""


def is_passing(word: str, before: str) -> bool:
    """Whether a word stands between those that may be quoted."""
    low = word.lower()
    if before.lower().endswith(("des", "eines")) and low.endswith(("s", "n")):
        return True  # no noun is quoted in its genitive
    forms = lexicon().forms
    stems = [low[: -len(end)] for end in ("s", "es") if low.endswith(end)]
    if low not in forms and any(stem in forms for stem in stems):
        return True  # "Mannes"
    plural = low[:-1] if low.endswith("n") else ""
    if is_dative_plural(word) or (low not in forms and plural in forms):
        return True  # "Sternen"
    if low in SAYING_LITTLE or any(low in lexicon().sets[name] for name in CLOSED):
        return True
    counted = before.lower() in lexicon().sets["numbers"] or before.isdigit()
    owned = before[:1].isupper() and before.endswith("s")  # "Opas letzte Ernte"
    described = adjective_like(low) and not looks_finite(low) and (counted or owned)
    return word[:1].islower() and not described


def is_vague(word: str, alone: bool) -> bool:
    """Whether a word is no subject by itself."""
    return word[:1].islower() or word.isdigit() or word in lexicon().sets["time_nouns"]


def closes(word: str) -> bool:
    """Whether another noun begins another phrase: "sind Tomaten Obst"."""
    return word[:1].isupper() and bool(look_up(word)) and not word.endswith("s")
