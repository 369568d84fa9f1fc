"""English ideas that are no question: something to do, a brand, a thing, or a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .clauses import base_of_gerund, find_verb
from .clean import join
from .lexicon import gerund, is_base, is_verb, lexicon, word_set
from .listing import head_of_list
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    is_plural_word,
    lowered,
    singular,
)
from .phrase import PARTICLES
from .statements import is_clause, is_event
from .topic import Topic, does_of, named, told

__all__ = ["DEGREES", "ORDERS", "is_order", "read_task", "read_thing"]

ORDERS = word_set("save stay keep get feel look make find build become cook bake read write speak")
"""Verbs that begin an order, whatever follows: "Stay warm"."""
_INVITATIONS = word_set(
    "come join visit call order buy try rent swap book claim download subscribe register donate win"
)
"""Orders that invite: what they say is not for learning."""
DEGREES = word_set("to better more less")
_BEST = word_set("best worst top")
_DESCRIBING = word_set(
    "long cool clean clear slow dry warm own complete live light open free mean express lost felt"
    " separate perfect found welcome bear bore narrow empty better faint still blind"
)
"""Verbs that are as often adjectives: "long winter nights"."""


def read_thing(words: list[str], premise: str) -> Topic:
    """Read an idea that is no question and about no hero; what cannot be read is told as it is."""
    if [word.lower() for word in words[:2]] == ["do", "not"]:
        return told(words, premise)
    branded = _brand(words)
    if branded is not None:
        return branded
    if words[0].lower() in _INVITATIONS and words[1:] and words[1].lower() != "to":
        return told(words, premise)
    if is_order(words):
        return read_task(words)
    if [word.lower() for word in words[:2]] == ["learning", "to"] and words[2:]:
        return read_task(["learn", *words[1:]])
    base = base_of_gerund(words[0].lower())
    if len(words) > 2 and words[1].lower() == "your" and words[0][-1] != "s":
        return read_task(words)  # "Book your next haircut": nothing else begins so
    objects = PREPOSITIONS | DETERMINERS | {"home", "together", "alone"}
    if base is not None and len(words) > 1 and words[1].lower() in objects:
        return read_task([base, *words[1:]])
    if words[0].lower() in ("imagine", "picture") and len(words) > 2:
        return named(words[1:])
    first = words[0] if words[1:2] == ["and"] else lowered(words)[0]
    if words[0].lower() in ("never", "always", "don't", "stop"):
        return told(words, premise)  # an order that names no deed to begin with
    if is_event(words) and "," in words and find_verb(words[words.index(",") + 1 :], 1):
        return told(words, premise)  # "The night the river froze, we walked to Denmark"
    best = words[0].lower() in _BEST and head_of_list(words) != ""
    sold = _described(words)
    if sold:
        return named(sold)
    clause = not best and is_clause([first, *lowered(words)[1:]])
    return told(words, premise) if clause else named(words)


def _described(words: list[str]) -> list[str]:
    """The thing of "Olive wood sunglasses, light and tough": nothing where a verb may be in it."""
    thing = words[: words.index(",")] if "," in words else []
    if not thing:
        return []
    plain = all(word.islower() and word.isalpha() for word in thing[1:])
    rest = words[len(thing) + 1 :]
    said_of = len(rest) == 3 and rest[1] == "and" and all(map(str.islower, rest))
    return lowered(thing) if said_of and plain and is_plural_word(thing[-1]) else []


def is_order(words: Sequence[str]) -> bool:
    """Whether an idea tells somebody to do something: "Learn to juggle in a week"."""
    first = words[0].lower()
    if not is_base(first) or len(words) < 2:
        return False
    second = words[1].lower()
    if not is_verb(first):
        return second in ARTICLES | POSSESSIVES  # "patch a tube"
    if first in ORDERS and not second.endswith("s") and second not in ("and", "or", "of"):
        return True
    if first in lexicon().nouny:
        return second in ARTICLES | POSSESSIVES | PARTICLES or second in DEGREES
    if first not in _DESCRIBING and not second.endswith("s") and second not in ("and", "or"):
        return True
    follows = second in DETERMINERS | PREPOSITIONS | NUMBERS or second in DEGREES
    return (
        follows
        or second == "how"
        or second.endswith("s")
        or (
            len(words) == 2 and second not in lexicon().sets["mass"]  # "dry ice"
        )
    )


def read_task(words: Sequence[str]) -> Topic:
    """Something to do, in the base form; the film speaks of doing it."""
    base = [words[0].lower(), *words[1:]]
    if base[0] == "do" and words[1:] and words[1].lower() in PREPOSITIONS:
        # "Things to do on a rainy Sunday": the doing needs its object again.
        base.insert(1, "something")
    tags = frozenset({"task", "doing"})
    # Behind "how to" even a word that no list knows is a verb, unless it is an adverb.
    if base[0].endswith("ly") or base[0] in ("not", "never", "always", "better", "best"):
        return Topic("this craft", short="this craft", task=join(base), tags=tags)
    whole = [gerund(base[0]), *base[1:]]
    doing = whole
    if base[0] == "learn" and base[1:2] == ["to"] and is_verb(base[2].lower()):
        doing = [gerund(base[2].lower()), *base[3:]]
    stops = PREPOSITIONS | {"without", "and", "so", "before"}
    # "getting rid of fruit flies" is no getting rid.
    stops -= {"of"} if doing[2:3] == ["of"] else set()
    end = next((i for i, word in enumerate(doing) if i and word.lower() in stops), len(doing))
    short = doing if len(doing) <= 3 else doing[:end] if end <= 5 else doing[:1]
    return Topic(join(whole), short=join(short), task=join(base), tags=tags)


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, the lamp that follows the sun"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    coined = any(letter.isupper() for letter in name[0][1:]) or (
        len(name) == 1 and name[0][:1].isupper() and "," not in rest and not is_clause(rest)
    )
    if not rest or not (coined or rest[0].lower() in ARTICLES | POSSESSIVES):
        return None
    if len(name) > 2 and is_clause(name):
        return None  # "We were never told: the village under the reservoir"
    if len(name) == 1 and is_plural_word(name[0]) and singular(name[0]) in _beings():
        return None  # "Pigeons: heroes of two world wars"
    led = len(name) > 1 and name[0] == "The" and name[1][:1].isupper()  # "The Wanderlamp"
    if any(word.lower() in DETERMINERS | PREPOSITIONS | NUMBERS for word in name[led:]):
        return None
    name = [word if word[:1].isupper() or word == "and" else word.capitalize() for word in name]
    name = ["the", *name[1:]] if led else name
    described = named(rest)
    return replace(
        described,
        whole=f"{join(name)}, {described.whole}",
        short=join(name),
        plural=False,
        pronoun=("it", "it", "its"),
        tag=described.whole,
        does=does_of(lowered(rest), plural=False),
        tags=frozenset({"brand"}),
    )


def _beings() -> frozenset[str]:
    sets = lexicon().sets
    return sets["count"] | sets["person"] | sets["being"]
