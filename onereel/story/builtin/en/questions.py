"""English questions, direct and indirect, and lists that count: "5 ways to ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .clauses import MODALS, find_verb, inflect
from .clean import join
from .lexicon import is_verb, past, past_base, word_set
from .nouns import ARTICLES, DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word, lowered
from .offers import read_task, read_thing
from .things import is_nameable
from .topic import Topic, asked, named
from .whether import (
    BE,
    DO,
    LONGEST_PREDICATED,
    VAGUE,
    asked_of_us,
    direct_question,
    read_yes_or_no,
    subject_size,
)

__all__ = ["read_topic"]

_ASKING = word_set("how why what when where who which")
_DEGREES = word_set(
    "long old far fast big much many often deep high tall heavy loud hot cold strong expensive hard"
    " good well soon wide small dangerous large smart rare early late close rich safe thick bright"
)
_ADVERBS = word_set("never always ever still often sometimes usually rarely only even all both")
"""What stands between a subject and its verb, and is neither."""
_HEDGES = word_set("exactly really actually even")
_DENIED = word_set("don't doesn't didn't")
_CLAUSE = word_set("if when because while although")
_LIST_OF_WAYS = (
    r"(?i)^(?:the\s+|my\s+|a\s+)?(?:top\s+)?(?:\w+\s+){0,2}(?:ways?|tips|tricks|steps|habits|ideas|rules)"
    r"\s+(?:to|for learning to)\s+(.+)$"
)


def read_topic(words: list[str], premise: str) -> Topic:
    """Read an idea that is about no hero."""
    task = re.match(_LIST_OF_WAYS, premise.rstrip(".!? "))
    if task is not None:
        return read_task(task[1].split())
    first = words[0].lower()
    if first == "how" and len(words) > 2 and words[1].lower() == "to":
        return read_task(words[2:])
    if first in _ASKING and len(words) > 1 and (first != "when" or premise.endswith("?")):
        return _asked(words, premise)
    if premise.endswith("?") and len(words) > 1:
        return read_yes_or_no(words, premise)
    return read_thing(words, premise)


def _asked(words: list[str], premise: str) -> Topic:
    """A question with a question word; of two in one, only the first is turned."""
    inverted = BE | MODALS | set(DO)
    ends = (i for i in range(2, len(words) - 1) if words[i].lower() == "and")
    second_one = inverted | _ASKING if premise.endswith("?") else inverted
    words = words[: next((i for i in ends if words[i + 1].lower() in second_one), len(words))]
    words = words[:-1] if words[-1] == "," else words
    if words[1].lower() in _HEDGES and len(words) > 2:
        words = [words[0], *words[2:]]  # "What exactly is inflation?"
    # "How do lifts actually work?"
    words = [words[0], *(word for word in words[1:] if word.lower() not in _HEDGES - {"even"})]
    if words[1].lower() in _DENIED:
        # "Why don't planes fall?" asks why planes do not fall.
        words = [words[0], words[1][:-3], *_with_not(words[2:])]
    word, second = words[0].lower(), words[1].lower()
    direct = premise.endswith("?") or second in inverted
    aux = next((i for i in range(2, min(len(words) - 1, 5)) if words[i].lower() in inverted), 0)
    if word == "how" and aux and (second in _DEGREES or second.endswith("ly")):
        return _asked_degree(words, aux, direct_question(premise))
    if word == "what" and second in ("if", "about"):
        return asked(direct_question(premise))
    question = direct_question(premise) if direct else ""
    if second in DO:
        return _asked_do(words, question)
    if word in ("what", "who") and second in BE:
        return _asked_what(words, question)
    if second in BE | MODALS:
        return _asked_be(words, question)
    indirect = join([word, *words[1:]])
    if word in ("what", "who", "which"):
        return _subject_of_event(words, question, indirect)
    return _indirect(words, question)


def _with_not(rest: list[str]) -> list[str]:
    """Put "not" in front of the first verb behind the subject."""
    at = next((i for i in range(1, len(rest)) if is_verb(rest[i].lower())), 0)
    return [*rest[:at], "not", *rest[at:]] if at else rest


def _asked_degree(words: list[str], aux: int, question: str) -> Topic:
    """ "How long does a storm last?": how long a storm lasts."""
    degree, low, rest = join(words[:aux]).lower(), words[aux].lower(), words[aux + 1 :]
    if low in DO:
        return _asked_do([degree, *words[aux:]], question)
    if low in BE and words[1].lower() in ("many", "much"):
        return asked(question, ask=join([degree, *words[aux:]]))
    if low in BE and rest[0].lower() not in VAGUE:
        return replace(named(lowered(rest)), question=question, ask=join([degree, *rest, low]))
    return _asked_be([degree, *words[aux:]], question)


def _asked_do(words: list[str], question: str) -> Topic:
    """ "How do volcanoes work?": how volcanoes work."""
    plural, rest = DO[words[1].lower()], words[2:]
    no_noun = DETERMINERS | PREPOSITIONS | NUMBERS
    at = next(
        (
            index
            for index in range(1, len(rest))
            if is_verb(rest[index].lower())
            and rest[index - 1].lower() not in no_noun
            and (index + 1 == len(rest) or not is_verb(rest[index + 1].lower()))
        ),
        0,
    )
    if rest and rest[0].lower() in VAGUE:
        return asked_of_us(words[0].lower(), rest, question, plural=plural)
    at = at or _after_subject(rest)
    if not at:
        return asked(question)
    denied = rest[at - 1].lower() == "not"
    subject = lowered(rest[: at - denied])
    bare = subject[:-1] if len(subject) > 1 and subject[-1] in _ADVERBS else subject
    topic = replace(named(bare), question=question)
    base = rest[at].lower()
    verb = past(base) if plural is None else inflect(base, plural=plural)
    verb = f"{words[1].lower()} not {base}" if denied else verb
    ask = join([words[0].lower(), *subject, verb, *rest[at + 1 :]])
    return _agreeing(replace(topic, ask=ask), plural=topic.plural if plural is None else plural)


def _after_subject(rest: Sequence[str]) -> int:
    """Where a verb that no list knows must stand: behind the first plural, or at the end."""
    for index in range(len(rest) - 1):
        if is_plural_word(rest[index]) and rest[index + 1].lower() not in PREPOSITIONS:
            return index + 1
    if len(rest) == 2 and rest[0].lower() not in DETERMINERS:
        return 1
    return 2 if len(rest) == 3 and rest[0].lower() in ARTICLES else 0


def _asked_what(words: list[str], question: str) -> Topic:
    """ "What is inflation?": what inflation is."""
    rest = lowered(words[2:]) if len(words) > 2 else []
    rest = rest[: rest.index(",")] if "," in rest else rest
    if not rest or rest[0].lower() in PREPOSITIONS | VAGUE or not is_nameable(join(rest)):
        return asked(question)
    if past_base(rest[0].lower()) is not None or rest[0].lower().endswith(("ed", "ing")):
        return asked(question, ask=join([words[0].lower(), *words[1:]]))  # "what is left of it?"
    topic = replace(named(rest), question=question)
    if len(rest) <= 6 and not any(word.lower() in PREPOSITIONS for word in rest):
        topic = replace(topic, ask=join([words[0].lower(), *rest, words[1].lower()]))
    return topic


def _asked_be(words: list[str], question: str) -> Topic:
    """ "Why is the sky blue?": why the sky is blue. Only where the subject plainly ends."""
    rest = words[2:]
    clause = next((i for i, word in enumerate(rest) if i and word.lower() in _CLAUSE), len(rest))
    # "Where is the deepest lake?" has no other predicate than its place.
    placed = words[0].lower() == "where" and words[1].lower() in BE
    size = (subject_size(rest[:clause]) if rest else 0) or (len(rest) if placed else 0)
    if not size and words[0].lower() == "why" and rest and rest[0].lower() in ARTICLES:
        # "Why is the night sky dark?": a reason is asked of the last word.
        size = clause - 1 if 3 <= clause <= LONGEST_PREDICATED else 0
    if not size:
        return asked(question)
    subject = lowered(rest[:size])
    if any(word.endswith("ly") for word in subject):
        return asked(question)  # "why is everyone suddenly baking"
    topic = replace(named(subject), question=question)
    ask = join([words[0].lower(), *subject, words[1].lower(), *rest[size:]])
    plural = words[1].lower() in ("are", "were") or topic.plural
    return _agreeing(replace(topic, ask=ask), plural=plural)


def _indirect(words: list[str], question: str) -> Topic:
    """ "why cities should plant more trees", "how tides work"."""
    rest = words[1:]
    verb = find_verb(rest, 1)
    end = verb.index if verb is not None else 0
    if not end:
        end = next(
            (
                index
                for index in range(1, len(rest))
                if is_verb(rest[index].lower()) and is_plural_word(rest[index - 1])
            ),
            0,
        )
    indirect = join([words[0].lower(), *rest])
    if not end:
        return asked(question, ask=indirect)
    subject = lowered(rest[:end])
    if subject[0].lower() in VAGUE:
        return asked(question, ask=indirect)
    topic = replace(named(subject), question=question)
    clause = join([*subject, *rest[end:]])
    topic = replace(topic, ask=f"{words[0].lower()} {clause}")
    deed = rest[end + 1 :]
    if (
        words[0].lower() == "why"
        and rest[end].lower() in ("should", "must")
        and is_verb(deed[0].lower())
    ):
        # "why cities should plant more trees" is about planting trees more than about cities.
        about = read_task(deed)
        return replace(about, ask=topic.ask, task="", question=question, tags=frozenset({"doing"}))
    return _agreeing(topic, plural=topic.plural)


def _subject_of_event(words: list[str], question: str, indirect: str) -> Topic:
    """ "What happens when the internet goes down": named by the subject of its clause."""
    at = next((i for i, word in enumerate(words) if i and word.lower() in ("when", "if")), 0)
    topic = asked(question, ask=indirect)
    clause = words[at + 1 :] if at else []
    verb = find_verb(clause, 1) if clause and clause[0].lower() not in VAGUE else None
    if verb is not None:
        subject = named(lowered(clause[: verb.index]))
        topic = replace(subject, question=question, ask=indirect)
    return topic


def _agreeing(topic: Topic, *, plural: bool) -> Topic:
    pronoun = ("they", "them", "their") if plural else topic.pronoun
    return replace(topic, plural=plural, pronoun=pronoun)
