"""Whether words of an English idea are surely a noun phrase, and one that stands as it is."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import base_of_gerund
from .clean import words_of
from .kinds import GRAMMAR, PASSING, kinds_of
from .lexicon import is_mass, lexicon, word_set
from .nouns import DETERMINERS, PREPOSITIONS, is_plural_word

__all__ = ["NOTHING", "is_first", "is_phrase", "stands"]

NOTHING = ("this question", "these words", "this offer", "the story")
"""What a film speaks of where its idea names nothing."""
_ORDERING = word_set("first last next best worst other own same second third")


def is_first(part: str, low: Sequence[str]) -> bool:
    """Whether a phrase names what an idea is about, and not where or when that is."""
    end = next((at for at, word in enumerate(low) if at and word in PREPOSITIONS), len(low))
    words = part.lower().split()
    head = next((at for at, word in enumerate(words) if at and word in PREPOSITIONS), len(words))
    return bool(words) and words[head - 1] in low[:end]


def stands(part: Sequence[str]) -> bool:
    """Whether a phrase needs no article: it has one, or is a plural, a name, or a known mass."""
    front = [at for at, word in enumerate(part) if at and word.lower() in PREPOSITIONS]
    own = part[: front[0]] if front else part
    if not own:
        return False
    head = own[-1].lower()
    known = is_mass(head, strictly=True) or head.endswith("ing") or own[-1][:1].isupper()
    known = known or head in lexicon().sets["mass"]
    known = known or head in lexicon().sets["singular"]
    return own[0].lower() in DETERMINERS or is_plural_word(head) or known


def is_phrase(words: Sequence[str], premise: str) -> bool:
    """Whether words can only be a noun phrase, with others behind its prepositions: in front of a
    noun nothing may be a verb but a participle."""
    text = " ".join(words)
    if not words or text in NOTHING:
        return False
    phrases: list[list[str]] = [[]]
    for word in words:
        if word.lower() in PREPOSITIONS:
            phrases.append([])
        else:
            phrases[-1].append(word)
    return all(_is_plain(phrase, premise) for phrase in phrases)


def _is_plain(phrase: Sequence[str], premise: str) -> bool:
    led = bool(phrase) and phrase[0].lower() in DETERMINERS
    rest = list(phrase[led:])
    rest = rest[1:] if rest and rest[0].lower() in _ORDERING else rest
    if not rest or any(word.lower() in GRAMMAR | PASSING for word in rest):
        return False
    *front, head = rest
    name = head[:1].isupper() and not premise.startswith(head)
    if len(front) == 1 and "a" in kinds_of(front[0]) and words_of(premise)[1:] == [head]:
        return "n" in kinds_of(head)  # "compound interest"
    described = all(
        _describes(word, led=led) or (word[:1].isupper() and not premise.startswith(word))
        for word in front
    )
    doing = bool(front) and base_of_gerund(head) is not None  # "noise cancelling"
    return described and (name or doing or "n" in kinds_of(head))


def _describes(word: str, *, led: bool) -> bool:
    kinds = kinds_of(word)
    if word.endswith("'s"):
        return bool(kinds)
    if "v" in kinds and not word.endswith(("ed", "ing")):
        return led and ("n" in kinds or "a" in kinds) and not word.endswith("s")
    return bool(kinds)
