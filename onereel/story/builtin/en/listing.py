"""Ideas that are lists, and what a list about any idea counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clean import words_of
from .lexicon import base_of, is_verb, lexicon, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word, lowered, singular

__all__ = ["WAYS", "announced", "head_of_list", "listed", "tail_count"]

_NUMBERS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_BEFORE = r"(?i)^(?:the\s+|my\s+|our\s+)?(?:top\s+)?"
_LED = DETERMINERS - {"your", "my", "our"}
WAYS = word_set("ways tips tricks steps habits ideas rules methods secrets hacks")
_FARTHEST_HEAD = 4
_ENDS = PREPOSITIONS | DETERMINERS | word_set("who that which to we you i they where when why how")
_LONGEST_TAIL = 3
_LONGEST_CLAUSE = 7


def announced(premise: str) -> int:
    """How many things the idea announces ("7 mistakes every gardener makes"); 0 if it says none."""
    words = re.sub(_BEFORE, "", premise).split()
    first = words[0].lower() if words else ""
    number = int(first) if re.fullmatch(r"\d{1,2}", first) else 0
    if first in _NUMBERS:
        number = _NUMBERS.index(first) + 1
    return number if number > 1 and head_of_list(words[1:], numbered=True) else 0


def tail_count(sentence: str) -> tuple[int, str]:
    """The number and the thing of a sentence that only counts: "Four theories"; else 0."""
    words = sentence.strip(" .:").split()
    number = announced(sentence.strip(" .:")) if len(words) <= _LONGEST_TAIL else 0
    return number, _one(head_of_list(words[1:])) if number else ""


def head_of_list(words: Sequence[str], *, numbered: bool = False) -> str:
    """The plural noun that a list is of: "museums" of "underrated museums in Europe"."""
    for index, word in enumerate(words[:_FARTHEST_HEAD]):
        low = word.lower()
        if low in _ENDS or low == ",":
            return ""
        if is_plural_word(low):
            after = words[index + 1].lower() if index + 1 < len(words) else ""
            if after == "and":
                return ""  # one of "fish and chips" is neither
            if after and is_plural_word(after) and index + 2 == len(words):
                continue
            if index and base_of(low) is not None and low not in ("ways", "steps", "rules"):
                acting = after and after not in _ENDS and not is_plural_word(after)
                if acting and not numbered:
                    return ""  # "my neighbour collects broken clocks"
            # "two pilots share one parachute" is no list of pilots
            objects = words[index + 2 : index + 3]
            acts = is_verb(after) and (
                after not in lexicon().nouny
                or (objects and objects[0].lower() in DETERMINERS | NUMBERS | PREPOSITIONS)
            )
            return "" if acts else low
    return ""


def listed(premise: str, about: str, again: str, task: str) -> dict[str, str]:
    """The slots of a list: `list` is what it is called, `item` one of its things.

    Args:
        premise: the idea.
        about: the noun phrase of an idea that is no list itself.
        again: how the film names that from then on.
        task: what to do, in the base form, where the idea is that.
    """
    words = re.sub(_BEFORE, "", premise.rstrip(".!? ")).split() or [""]
    numbered = words[0].lower() in NUMBERS | set(_NUMBERS) or words[0].isdigit()
    words = (words[1:] if numbered else words) or [""]  # "Seven"
    head = head_of_list(words, numbered=numbered)
    first = words[0].lower()
    best = first.endswith("est") or first in ("best", "worst", "most", "least", "top")
    if premise[:4].lower() == "the " and not numbered and not best:
        head = ""  # "The glassblowers of Murano" are no list
    own = _definite(lowered(words_of(" ".join(words)))) if head else ""
    if task and head not in WAYS:
        own = ""  # "Grow tomatoes on a windowsill" is no list of tomatoes
    if task:
        return {"list": own or f"ways to {task}", "item": "way"}
    if head:
        return {"list": own, "item": _one(head)}
    if about:
        # "The fact about that day that everybody names" has a "that" too many.
        named = re.sub(r"^(?:that|this|these) ", "the ", again or about)
        fact = f"fact about {named}"
        return {
            "list": f"facts about {about}",
            "item": fact if len(fact.split()) <= _LONGEST_CLAUSE else "fact",
        }
    return {}


def _definite(words: Sequence[str]) -> str:
    """ "Best soups" are the best soups."""
    first = words[0].lower()
    superlative = first in ("best", "worst", "most", "least") or (
        first.endswith("est") and len(first) > 4 and first not in ("forest", "honest", "modest")
    )
    text = " ".join(words).replace(" ,", ",")
    return f"the {text}" if superlative else text


def _one(plural: str) -> str:
    """One of the things; of people it is a name, as the lines say "that" of it."""
    one = singular(plural)
    if one in lexicon().sets["person"] or plural == "people":
        return "name"
    return "pick" if one in ("eat", "buy") else one  # "best cheap eats"
