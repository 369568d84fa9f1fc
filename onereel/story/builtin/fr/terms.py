"""The words of a French idea that say something by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import fold, singular_of
from .nouns import is_infinitive, is_known, is_name, is_verb, word_in

__all__ = ["core", "is_heavy", "is_small", "nouns_worth", "quoted", "words_worth"]

_MOST_WORDS, _FEW = 5, 3
_SHORTEST = 4
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_LIGHT = frozenset(
    [
        *("chose", "fois", "foi", "facon", "maniere", "ceux", "celle", "celui", "celles", "peu"),
        *("sorte", "cela", "personne", "numero", "top", "lors", "etre", "avoir", "aller", "faire"),
        *("vraiment", "pouvoir", "devoir", "autre", "gens", "gen", "meme", "trop", "beaucoup"),
        *("assez", "tres", "comment", "pourquoi", "quand", "combien", "depuis", "jamais", "encore"),
        *("toujours", "aussi", "alors", "ainsi"),
    ]
)
"""Words that say nothing alone."""


def quoted(text: str) -> str:
    """`text` in quotation marks."""
    return f"\u00ab {text} \u00bb"


def words_worth(words: Sequence[str]) -> list[str]:
    """The nouns and names of the idea, in quotation marks; in a very short one any telling word."""
    heavy = [core(word) for word in words if is_heavy(core(word))]
    plain = [word for word in heavy if _is_plain(word)]
    chosen = [word for word in plain if is_known(word) or is_name(word)]
    chosen = [word for word in chosen if not word_in(word, "times")] or chosen
    if not chosen:
        chosen = (plain or heavy) if len(words) < _FEW else []
    found = {fold(singular_of(word)): word for word in chosen}
    return [quoted(word) for word in list(found.values())[:_MOST_WORDS]]


def nouns_worth(words: Sequence[str]) -> list[str]:
    """The words of the idea that are telling nouns and nothing else, each where it stands."""
    cores = [core(word) for word in words]
    return [
        core if is_heavy(core) and core.islower() and _is_noun(words, at, core) else ""
        for at, core in enumerate(cores)
    ]


def _is_noun(words: Sequence[str], at: int, core: str) -> bool:
    if is_known(core):
        return _is_plain(core) or (is_verb(core) and _leads_noun(words, at))
    led = at > 0 and words[at - 1].lower() in ("un", "une")
    return led and _is_plain(core) and core[0] != "h" and core.isalpha()


def _leads_noun(words: Sequence[str], at: int) -> bool:
    """Whether no verb can stand at `at`: "en un an de (voyage)"."""
    while at and word_in(words[at - 1], "prenominal"):
        at -= 1
    led = word_in(words[at - 1], "prepositions") if at else False
    object_too = ("le", "la", "les", "leur", "tout", "en")
    if at > 1 and words[at - 1].lower() in object_too[:3]:
        return word_in(words[at - 2], "prepositions")  # "pour la (marche)"
    small = word_in(words[at - 1], "determiners") if at else False
    return (led or small) and words[at - 1].lower() not in object_too


def _is_plain(word: str) -> bool:
    """Whether a word is no adjective and no verb, as far as the lexicon knows."""
    other = word_in(word, "adjectives", "prenominal")
    return not (other or is_verb(word) or is_infinitive(word))


def is_small(word: str) -> bool:
    """Whether a word names nothing: an article, a preposition, a pronoun."""
    return word_in(word, "function", "determiners", "prepositions", "relatives", "clitics")


def core(word: str) -> str:
    """A word without what is elided in front of it, and without its points."""
    bare = word.strip("\u00ab\u00bb\"'().,;:!? ")
    return re.sub(r"(?i)^(?:[ldjcsntm]|qu|jusqu|lorsqu|puisqu)'", "", bare)


def is_heavy(word: str) -> bool:
    """Whether a word says something alone."""
    low = word.lower()
    small = is_small(low) or word_in(low, "pronouns")
    small = small or word_in(low, "conjunctions", "adverbs", "asking", "openers")
    light = small or word_in(low, "numbers") or len(low) < _SHORTEST or fold(low) in _LIGHT
    light = light or re.search(r"-(?:ils?|elles?|on|ce|vous|nous|tu|je)$", low) is not None
    light = light or fold(singular_of(low)) in _LIGHT
    return not light and re.fullmatch(_WORD, word) is not None
