"""What the hero of an English idea does: a predicate, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .bare import articled, is_bare_thing, lacks_article, phrase_at
from .clauses import ANYBODY, MODALS, RELATIVES, find_verb, to_base, to_present
from .clean import join
from .lexicon import is_verb, lexicon, past_base, word_set
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    Noun,
)

__all__ = ["TIME_NOUNS", "Deed", "is_time", "read_deed"]

_JOINTS = word_set("but until because when while before after so although though and")
_WISHES = word_set("want wish hope long yearn need dream try decide plan struggle learn")
_SAYING = word_set(
    "say claim think believe know hear swear insist tell admit realize fear deny feel"
)
_WHOSE = word_set("that he she they it i we you there")
_TIMES = r"(?i)^(?:at|in|on|during|one|every|before|after|last|this)\b"
TIME_NOUNS = word_set(
    "night day morning evening midnight noon dawn dusk winter summer spring autumn week year"
    " christmas weekend afternoon sunrise sunset monday sunday saturday friday"
)
_NOUNS_IN_ING = word_set(
    "king ring wing string spring thing painting building wedding morning evening sibling earring"
)
_LONGEST_DEED = 11
_LONGEST_OBJECT = 5


@dataclass(frozen=True)
class Deed:
    """The parts of a predicate; an empty string is a part that it does not have."""

    deed: str = ""
    """A finite predicate in the present: "builds a rocket out of junk"."""
    full: str = ""
    """The deed with its purpose."""
    base: str = ""
    """The deed in the base form."""
    goal: str = ""
    """What it is for, in the base form: "find her missing dog"."""
    trouble: str = ""
    """A clause that stands against it."""
    thing: str = ""
    """Its short object, made definite: "the rocket"."""
    turn: str = ""
    """A second deed: "finds a boy asleep in a boat"."""


def is_time(phrase: str) -> bool:
    """Whether a prepositional phrase says when."""
    words = phrase.lower().split()
    if not words or re.match(_TIMES, phrase) is None:
        return False
    # "one winter night", "in 1910", "every night at 3"
    return len(words) <= 8 and any(
        word in TIME_NOUNS or re.fullmatch(r"\d{3,4}s?", word) for word in words
    )


def read_deed(predicate: list[str], hero: Noun) -> Deed:
    """Take a predicate, finite verb first, apart."""
    if _is_said(predicate):
        return Deed()
    cut = next((at for at in range(1, len(predicate)) if _is_joint(predicate, at)), len(predicate))
    head, tail = predicate[:cut], predicate[cut:]
    while tail and tail[0] == ",":
        tail = tail[1:]
    trouble = _trouble(tail[1:], hero) if tail and tail[0].lower() == "but" else ""
    turn = _second(tail, hero) if tail and tail[0].lower() == "and" else ""
    full = head + _circumstance(tail)
    head = _with_article(head)
    full = _with_article(full)
    goal, head = _goal(head)
    if len(head) > _LONGEST_DEED:
        head = _shortened(head)
    base = to_base(head)
    return Deed(
        deed=join(head),
        full=join(full if len(full) <= 2 * _LONGEST_DEED else head),
        base=join(base) if base else "",
        goal=join(goal),
        trouble=trouble,
        thing=_object(head),
        turn=turn,
    )


def _is_said(predicate: Sequence[str]) -> bool:
    """Whether somebody only says what is so: "my sister (says she drowned)" is no wish of hers."""
    verb = to_base(list(predicate[:1]))
    behind = predicate[1].lower() if len(predicate) > 1 else ""
    return bool(verb and verb[0] in _SAYING and behind in _WHOSE)


def _with_article(head: list[str]) -> list[str]:
    """Give bare nouns their articles: "meets wolf in forest"; all that lack one, or none."""
    known = lexicon()
    ends = PREPOSITIONS | _JOINTS
    thing = head[1 : next((i for i in range(2, len(head)) if head[i].lower() in ends), len(head))]
    described = frozenset(known.participle) | known.sets["adjective"]
    if not is_bare_thing(thing) or any(word not in described for word in thing[:-1]):
        return head
    behind = [phrase_at(head, at + 1) for at in range(2, len(head)) if _is_small(head[at])]
    if any(lacks_article(each) and not is_bare_thing(each) for each in behind):
        return head  # what is unknown stays as it was written, and the rest with it
    return [head[0], "a", *articled(head[1:])]


def _is_small(word: str) -> bool:
    return word.lower() in PREPOSITIONS


def _circumstance(tail: list[str]) -> list[str]:
    """A short clause of time or cause in the present: "after a bridge collapses"."""
    links = ("after", "before", "when", "until", "because", "while")
    if not tail or tail[0].lower() not in links or any(map(_is_past, tail)):
        return []
    return tail[: tail.index(",")] if "," in tail else tail


def _is_joint(words: Sequence[str], at: int) -> bool:
    """Whether another clause begins here; an "and" between nouns is no joint."""
    word = words[at].lower()
    if word == "so":
        return at + 1 < len(words) and words[at + 1].lower() == "that"
    if word in ("before", "after", "until"):
        verb = find_verb(words[at + 1 :], 1) if at + 2 < len(words) else None
        # "after secret recording" has no verb of its own.
        return verb is not None and words[at + 1 + verb.index][-3:] != "ing"
    if word == "and":
        rest = words[at + 1 :]
        return bool(rest) and (to_present(rest, plural=False) is not None or _has_verb(rest))
    return word in _JOINTS or word == ","


def _has_verb(words: Sequence[str]) -> bool:
    return len(words) > 1 and find_verb(words, 1) is not None


def _goal(head: list[str]) -> tuple[list[str], list[str]]:
    """Split a wish or a purpose off: what is wished for, and what is left of the deed."""
    if head[0].lower() in ("must", "should") and len(head) > 1:
        return head[1:], head
    at = next(
        (
            index
            for index in range(1, len(head) - 1)
            if head[index].lower() == "to" and is_verb(head[index + 1].lower(), be=True)
        ),
        0,
    )
    if not at or RELATIVES & {word.lower() for word in head[:at]}:
        return [], head
    base = to_base(head)
    before = head[at - 1].lower()
    if base and base[0] in _WISHES and at <= 2:
        return head[at + 1 :], head
    if at == 1 or before in ("how", "has", "have", "what", "where", "going", "about", "able"):
        return [], head
    if base and base[0] in ("teach", "help", "ask", "tell", "force", "get", "teaches"):
        return [], head
    if before in ("afraid", "ready", "allowed", "unable", "forced", "refuses", "is", "are"):
        return [], head
    return head[at + 1 :], head[:at] if at > 2 else head


def _trouble(words: list[str], hero: Noun) -> str:
    """A clause behind "but"; one without a subject gets the hero's name."""
    if "," in words:
        words = words[: words.index(",")]
    if not words or len(words) > 12 or any(_is_past(word) for word in words[1:]):
        return ""
    present = to_present(words, plural=hero.plural)
    if present and words[0].lower() not in DETERMINERS:
        return f"{hero.again} {join(present)}"
    return join(words) if _has_verb(words) else ""


def _second(tail: list[str], hero: Noun) -> str:
    """A second deed behind "and", in the present."""
    words = tail[1:]
    end = next((at for at in range(1, len(words)) if _is_joint(words, at)), len(words))
    words = words[:end]
    if not 2 <= len(words) <= _LONGEST_DEED or words[0].lower() in DETERMINERS:
        return ""
    present = to_present(words, plural=hero.plural)
    return join(present) if present else ""


def _is_past(word: str) -> bool:
    return word.lower() in ("was", "were", "had", "did", "didn't", "wasn't") or (
        past_base(word) is not None and word.lower() in lexicon().past
    )


def _shortened(head: list[str]) -> list[str]:
    """Cut a long deed at its last joint that leaves a whole clause."""
    stops = PREPOSITIONS | RELATIVES | {"and"}
    for at in range(min(_LONGEST_DEED, len(head) - 1), 3, -1):
        if head[at].lower() in stops and head[at - 1].lower() not in stops | DETERMINERS:
            return head[:at]
    return head


def _object(head: Sequence[str]) -> str:
    """The short object right behind the verb, with its article made definite."""
    if head[0].lower() in ("becomes", "become"):
        return ""
    index = 1
    if head[0].lower() in MODALS | {"is", "are"} and len(head) > 2:
        index = 2
    if head[0].lower() in ("is", "are") and (len(head) < 3 or not head[1].endswith("ing")):
        return ""
    if index >= len(head):
        return ""
    determiner = head[index].lower()
    if determiner not in ARTICLES | POSSESSIVES | NUMBERS:
        return ""
    end = index + 1
    while end < len(head) and not (_ends_object(head[end]) and end > index + 1):
        end += 1
    phrase = list(head[index:end])
    if not 2 <= len(phrase) <= _LONGEST_OBJECT or phrase[-1].lower().endswith(("ly", "own")):
        return ""
    if end < len(head) and head[end].lower() == "of":
        return ""
    return join(phrase) if determiner in POSSESSIVES else "the " + join(phrase[1:])


def _ends_object(word: str) -> bool:
    low = word.lower()
    others = (
        "and",
        "or",
        ",",
        "than",
        "too",
        "out",
        "back",
        "together",
        "alone",
        "again",
        "made",
        "up",
    )
    return (
        low in PREPOSITIONS | RELATIVES | DETERMINERS | MODALS | ANYBODY
        or low in others
        or (low.endswith("ing") and low not in _NOUNS_IN_ING)
        or (low.endswith("ed") and len(low) > 4)
    )
