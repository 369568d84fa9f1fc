"""English questions that ask whether, and what all questions have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .clauses import MODALS, base_of_gerund
from .clean import join
from .lexicon import is_verb, lexicon, past, word_set
from .nouns import ARTICLES, DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word, lowered
from .offers import read_task
from .topic import Topic, asked, named

__all__ = [
    "BE",
    "DO",
    "INVERTED",
    "LONGEST_PREDICATED",
    "VAGUE",
    "asked_of_us",
    "asks",
    "direct_question",
    "read_yes_or_no",
    "subject_size",
]

BE = word_set("is are was were")
DO = {"do": True, "does": False, "did": None}
INVERTED = BE | MODALS | set(DO)
"""What a question begins with that asks whether."""
VAGUE = word_set("i we you it they he she people there this that")
_MADE = word_set(
    "made born built done grown known found lost sold bought kept held paid told won fed cut"
    " written drawn chosen frozen broken worn blown"
)
"""Participles that end a question: "How is glass made?"."""
LONGEST_PREDICATED = 5
_NO_VERBS = DETERMINERS | PREPOSITIONS | word_set("really all still always never ever only even")
_SAID_AGAIN = word_set("there i we you it they he she this that everyone anybody anyone somebody")
"""Subjects of one word, behind which the predicate must begin."""


def asks(words: Sequence[str]) -> bool:
    """Whether it is a question, with or without its mark: "is cracking your knuckles bad"."""
    low = [word.lower() for word in words[:2]]
    if len(words) < 4 or low[0] not in BE | MODALS | set(DO):
        return False
    if low[0] in DO and low[1] in ("not", "nothing"):
        return False  # "Do not answer the phone"
    surely = BE | set(DO) | {"should", "would", "could"}
    many = is_plural_word(low[1]) and not low[1].endswith("ers")  # "can openers for lefties"
    return low[0] in surely or low[1] in VAGUE | DETERMINERS or many


def direct_question(premise: str) -> str:
    """The idea with the capital and the mark of a question."""
    return f"{premise[:1].upper()}{premise[1:].rstrip('.!? ')}?"


def asked_of_us(word: str, rest: list[str], question: str, *, plural: bool | None) -> Topic:
    """ "Why do we dream?" is about dreaming."""
    ask = join([word, *rest]) if plural else ""
    doing = rest[1:]
    if plural is None and doing and is_verb(doing[0].lower()):
        ask = join([word, rest[0], past(doing[0].lower()), *doing[1:]])
    if word in ("what", "who", "which"):
        return asked(question, ask=ask)
    inner = base_of_gerund(doing[1].lower()) if len(doing) > 1 else None
    if inner is not None and doing[0].lower() in ("start", "begin", "stop", "keep", "like", "love"):
        doing = [inner, *doing[2:]]  # "when did people start wearing shoes?"
    base = doing[0].lower() if doing else ""
    # Behind "do we" even a word that no list knows is a verb: "Why do we blush?".
    acts = is_verb(base) or (plural and base.isalpha() and base not in _NO_VERBS)
    if acts and base and len(doing) <= 4:
        about = read_task(doing)
        return replace(about, ask=ask, question=question, task="", tags=frozenset({"doing"}))
    return asked(question, ask=ask)


def subject_size(rest: Sequence[str]) -> int:
    """How many words the subject of an inverted question has; 0 when unsure."""
    if rest[0].lower() in VAGUE:
        return 0
    ends = lexicon().sets["adjective"] | (PREPOSITIONS - {"of"}) | {"so", "be", "have"}
    for index in range(1, len(rest)):
        word, before = rest[index].lower(), rest[index - 1].lower()
        verb = is_verb(word) and word not in lexicon().nouny
        if word in ARTICLES and before not in PREPOSITIONS | DETERMINERS:
            return index  # "is glass a liquid?"
        if (word in ends or word.endswith("ing") or verb) and before not in DETERMINERS:
            return index
    bare = rest[0].lower() not in DETERMINERS | NUMBERS | lexicon().sets["adjective"]
    if len(rest) == 2 and bare:
        # "How is glass made?", "why are flamingos pink?": one word each.
        return 1
    last = rest[-1].lower()
    predicate = last in lexicon().sets["adjective"] or last.endswith("ed") or last in _MADE
    short = 3 <= len(rest) <= LONGEST_PREDICATED
    return len(rest) - 1 if rest[0].lower() in ARTICLES and short and predicate else 0


def read_yes_or_no(words: list[str], premise: str) -> Topic:
    """ "Is time travel possible?": named by its subject, where that plainly ends."""
    question, rest = direct_question(premise), words[1:]
    if words[0].lower() in MODALS and rest and rest[0].lower() in ("we", "you", "i"):
        about = asked_of_us("whether", rest, question, plural=True)
        return replace(about, ask="", tags=about.tags | {"asked"})
    inverted = words[0].lower() in INVERTED and len(rest) > 1
    if not inverted or rest[0].lower() in _SAID_AGAIN:
        return asked(question)
    size = subject_size(rest) or int(is_plural_word(rest[0]))
    led = size == 2 and rest[0].lower() in DETERMINERS
    if not size or (not led and any(is_verb(word.lower()) for word in rest[1:size])):
        return asked(question)
    subject = named(lowered(rest[:size]))
    return replace(subject, question=question, tags=subject.tags | {"asked"})
