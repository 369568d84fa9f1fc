"""Spanish verbs in an idea: infinitives, finite forms, and the pronouns in front of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon, plain, word_set
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    is_known_noun,
)

__all__ = ["CLITICS", "is_finite", "is_infinitive", "is_ours", "is_small", "starts_deed"]

CLITICS = word_set("se lo le les me te nos os")
_SMALL = word_set(
    "y e o u ni pero no que donde cuando si como porque mientras aunque muy"
    " m\u00e1s menos ya nunca ayer hoy ma\u00f1ana anoche ahora aqu\u00ed as\u00ed"
    " entonces siempre tambi\u00e9n a\u00fan todav\u00eda casi jam\u00e1s solo tan"
    " todo todos todas nada nadie algo alguien yo t\u00fa \u00e9l ella ellos ellas"
    " nosotros usted ustedes c\u00f3mo qu\u00e9 qui\u00e9n qui\u00e9nes cu\u00e1ndo"
    " d\u00f3nde cu\u00e1nto cu\u00e1nta cu\u00e1ntos cu\u00e1ntas cu\u00e1l"
    " cu\u00e1les ad\u00f3nde quien quienes cual"
)


def is_infinitive(word: str) -> bool:
    """Whether the lexicon knows the word as an infinitive, perhaps with a pronoun behind it."""
    bare = plain(word)
    written = lexicon().written
    if bare in written or re.search(r"..(?:izar|ificar)(?:se)?$", bare):
        return True
    for ending in ("se", "lo", "la", "los", "las", "le", "les", "me", "te", "nos"):
        if bare.endswith(f"r{ending}") and bare.removesuffix(ending) in written:
            return True
    return False


def is_finite(word: str) -> bool:
    """Whether the lexicon knows the word as a third person, and not as a noun first."""
    return word.lower() in lexicon().forms and not is_known_noun(word)


def is_ours(word: str) -> bool:
    """Whether a word may be what "I" do: "camino"."""
    stem = plain(word.lower())
    found = lexicon().written
    return stem.endswith("o") and any(f"{stem[:-1]}{kind}" in found for kind in ("ar", "er", "ir"))


def is_small(word: str) -> bool:
    """Whether the word names nothing: an article, a preposition, a pronoun, a conjunction."""
    low = word.lower()
    listed = low in DETERMINERS | NUMBERS | PREPOSITIONS | CLITICS | _SMALL
    return listed or low in lexicon().sets["function"]


def starts_deed(words: Sequence[str]) -> bool:
    """Whether an infinitive begins the words, or one that is denied: "no rendirse"."""
    words = words[1:] if words and words[0].lower() == "no" else words
    if not words or is_known_noun(words[0]):
        return False
    # "Desatascar un fregadero": no noun stands bare in front of an article.
    shaped = re.search(r"..[aei]r$", words[0].lower()) is not None
    behind = words[1].lower() if len(words) > 1 else ""
    return is_infinitive(words[0]) or (shaped and behind in ARTICLES | POSSESSIVES)
