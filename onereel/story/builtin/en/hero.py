"""What a tale tells for certain: whether to trust its reading, and the slots that it fills."""

from __future__ import annotations

from collections.abc import Sequence

from .bare import lacks_article, phrase_at
from .clauses import MODALS
from .lexicon import base_of, lexicon, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word
from .tale import Tale

__all__ = ["hero_slots", "is_certain"]

_STATES = word_set(
    "argue quarrel disagree think believe suspect doubt assume mean consider "
    "is are has have do does was were belong know live seem like refuse disappear vanish die fall"
    " drown faint wake hear see notice realise realize feel smell remember forget survive"
)
"""How somebody is, or what befalls them: nothing that can be dared, tried or begun."""


def _is_state(deed: str) -> bool:
    """Whether the predicate tells how somebody is, or what they cannot do: nothing to do again."""
    first = (deed.split() or [""])[0].lower()
    base = base_of(first) or first
    return first in MODALS - {"must"} or bool({first, base} & _STATES) or first.endswith("n't")


def is_certain(tale: Tale, words: Sequence[str]) -> bool:
    """Whether nothing in this reading is a guess; what is one is better told as it was written."""
    hero, deed = tale.hero, tale.deed
    if {"we", "i", "us", "me"} & {word.lower() for word in words[1:]}:
        return False  # told by somebody who is in it
    if _has_inner_plural(hero.first) or _runs_on(hero.first) or _is_headline(tale, words):
        return False
    if not deed.deed and not tale.extra:
        return hero.animate and "," not in words and "and" not in words[1:]
    return hero.animate


def _is_headline(tale: Tale, words: Sequence[str]) -> bool:
    """Whether articles are missing that nobody can set: "Beekeeper saves swarm from light"."""
    bare = words[0].lower() not in DETERMINERS | NUMBERS and not tale.hero.plural
    if not bare or tale.hero.named or not tale.hero.first.startswith(("a ", "an ")):
        return False
    deed = tale.deed.full.split()
    starts = [1, *(at + 1 for at, word in enumerate(deed) if word.lower() in PREPOSITIONS)]
    phrases = [phrase_at(deed, at) for at in starts]
    return any(lacks_article(each) and not each[0].endswith(("ing", "ly")) for each in phrases)


def _runs_on(phrase: str) -> bool:
    """Whether a verb or another phrase is inside: "the winter our aunt taught the crows"."""
    words = phrase.split(",")[0].lower().split()
    end = next((i for i, word in enumerate(words) if word in PREPOSITIONS), len(words))
    inner = words[1:end]
    if "and" in inner:
        return False
    return any(word in DETERMINERS or word in lexicon().past for word in inner)


def _has_inner_plural(phrase: str) -> bool:
    """Whether a second noun begins in it: "seven mistakes first-time landlords" is no subject."""
    words = phrase.split()
    end = next((i for i, word in enumerate(words) if word.lower() in PREPOSITIONS), len(words))
    inner = words[1 : end - 1]
    return "and" not in words and any(is_plural_word(word) for word in inner if word.islower())


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use."""
    hero, deed = tale.hero, tale.deed
    he, him, his, _ = hero.pronoun
    first = hero.first
    base = "" if _is_state(deed.deed) else deed.base
    return {
        "a_hero": first,
        "hero": hero.again,
        "he": he,
        "him": him,
        "his": his,
        "deed": deed.deed,
        "full": deed.full,
        "deed_base": base,
        "goal": deed.goal,
        "quest": deed.goal or base,
        "trouble": deed.trouble,
        "object": deed.thing if base or deed.goal else "",
        "second": deed.turn,
        "when": tale.when,
        "extra": tale.extra,
    }
