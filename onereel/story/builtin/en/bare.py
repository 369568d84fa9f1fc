"""English nouns that lack an article, as in headlines, and where it belongs."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import lexicon
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word

__all__ = ["articled", "is_bare_thing", "lacks_article", "phrase_at"]


def articled(words: Sequence[str]) -> list[str]:
    """With the article of each countable thing behind a preposition: "stuck in a tunnel"."""
    found: list[str] = []
    for at, word in enumerate(words):
        found.append(word)
        if at and word.lower() in PREPOSITIONS and is_bare_thing(phrase_at(words, at + 1)):
            found.append("a")
    return found


def phrase_at(words: Sequence[str], at: int) -> list[str]:
    """The words from `at` to the next preposition, comma or conjunction."""
    stops = PREPOSITIONS | {",", "and", "or", "but", "who", "that", "which", "when", "while"}
    end = next((i for i in range(at, len(words)) if words[i].lower() in stops), len(words))
    return list(words[at:end])


def is_bare_thing(phrase: Sequence[str]) -> bool:
    """Whether it is one countable thing without an article: "swimming pool"."""
    sets = lexicon().sets
    known = sets["person"] | sets["being"] | sets["count"]
    return lacks_article(phrase) and phrase[-1] in known


def lacks_article(phrase: Sequence[str]) -> bool:
    """Whether a noun phrase in the singular has no determiner."""
    if not phrase or phrase[0].lower() in DETERMINERS | NUMBERS or phrase[0][:1].isdigit():
        return False
    if any(word.endswith("'s") for word in phrase):
        return False
    return not is_plural_word(phrase[-1]) and phrase[-1].islower() and phrase[0].islower()
