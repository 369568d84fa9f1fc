"""Whether it is certain what an English idea asks, wants done or counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .clauses import ANYBODY, MODALS, RELATIVES
from .kinds import is_being, kinds_of
from .lexicon import is_base, is_verb
from .listing import WAYS
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, singular
from .offers import DEGREES, ORDERS
from .phrase import PARTICLES
from .standing import is_first
from .whether import BE, DO

__all__ = ["counts", "is_task", "is_turned"]

_LONGEST = 7
"""Words up to which a thing has no clause in it."""


def is_turned(low: Sequence[str], part: Sequence[str]) -> bool:
    """Whether a question has one place only where its subject may end: "does a black hole sound
    like" has two, and so has "is the sky dark at night"."""
    if low[1] in BE | MODALS:
        rest = low[2 + (low[2] in DETERMINERS) :]
        end = next((at for at, word in enumerate(rest) if word in PREPOSITIONS), len(rest))
        # Between the verb and a preposition: a noun, and behind it a predicate at most.
        return not (part and "a" in kinds_of(part[-1]) and end > 1 and part[-1] == rest[end - 1])
    if low[1] not in DO:
        return True
    verbs = [
        at
        for at, (before, word) in enumerate(pairwise(low))
        if at > 1
        and is_base(word)
        and before not in DETERMINERS | PREPOSITIONS | NUMBERS
        and kinds_of(before) != "a"
        and (word not in PREPOSITIONS or word == "like")
    ]
    return len(verbs) < 2 or not all(b == a + 1 for a, b in pairwise(verbs[:2]))


def is_task(slots: Mapping[str, str], low: Sequence[str], *, taught: bool) -> bool:
    """Whether there is surely something to do, with something surely called so.

    What is `taught` begins with it, where nothing else can stand in front of the second word.
    """
    task = slots["task"].split()
    told_how = low[:2] == ["how", "to"] or ("to" in low[1:4] and low[low.index("to") - 1] in WAYS)
    # Behind "how to" even a word that nobody knows is what to do.
    does = (
        "v" in kinds_of(task[0])
        or is_verb(task[0])
        or (told_how and task[0].isalpha() and not kinds_of(task[0]))
    )
    does = does and not {"my", "our"} & set(low)
    # "parallel park" is one verb, and nobody knows how it is turned.
    does = does and not (is_verb((task[1:] or [""])[0]) and set("an") & set(kinds_of(task[0])))
    # "harvest moon" is nothing to do.
    orders = told_how or low[0] in ("learn", "learning", "how") or low[0] in ORDERS
    orders = orders or "n" not in kinds_of(low[0]) or low[1] in DETERMINERS
    orders = orders or (low[0].endswith("ing") and low[1] in PREPOSITIONS)  # "skating in Kabul"
    led = low[1] in DEGREES | PARTICLES | PREPOSITIONS or low[1].endswith("ing")
    orders = orders or (taught and is_base(low[0]) and led)  # "sleep better", "set up an office"
    orders = orders or (low[1] == "to" and low[2:3] != [] and low[2] in NUMBERS)  # "count to ten"
    thing = slots["part"].split()[1:]
    led = bool(thing) and thing[0] in DETERMINERS and all(map(kinds_of, thing[1:-1]))
    known = led or all(map(kinds_of, thing)) or (told_how and len(thing) == 1)
    named = not thing or thing[0] in PREPOSITIONS or is_first(slots["part"], low[1:])
    return does and orders and known and named


def counts(low: Sequence[str], item: str) -> bool:
    """Whether an idea is a list of such things, and tells of none what it does."""
    countable = item == "thing" or "n" in kinds_of(item)
    if item not in map(singular, low):
        return countable and len(low) <= _LONGEST and all(map(kinds_of, low))
    return countable and not _goes_on(low, item)


def _goes_on(low: Sequence[str], item: str) -> bool:
    """Whether what is counted does something: "two taxi drivers swap lives"."""
    at = next((at for at, word in enumerate(low) if singular(word) == item), len(low))
    after = low[at + 1] if at + 1 < len(low) else ""
    joined = PREPOSITIONS | DETERMINERS | RELATIVES | ANYBODY | {"to", "", "for", "we", "i", "you"}
    somebody = after == "people" or is_being(after)  # "mistakes people make"
    acts = after not in joined and not somebody and "v" in (kinds_of(after) or "v")
    return at == len(low) or acts
