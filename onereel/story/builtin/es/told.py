"""Spanish ideas that can only be told as they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .clauses import Verb, find_verb
from .deeds import object_of
from .nouns import BEFORE, DETERMINERS, POSSESSIVES, Gender, is_known_noun, noun
from .phrases import (
    SUBJUNCTIVE,
    first_phrase,
    infinitive_phrase,
    is_first_person,
    is_mine,
    is_we,
    we_do,
    with_subject,
)
from .tasks import task
from .topic import EVENTS, Topic, lowered, named, phrase_end

__all__ = ["LONGEST_ASK", "about", "quote", "spoken_of", "unnamed"]

_LONGEST_TOLD = 24


LONGEST_ASK = 13


def quote(words: Sequence[str], *, ask: str) -> Topic:
    """What nobody can read is told as it was written, and named by a noun phrase in it."""
    if ask:
        doing = we_do(words[1:]) or infinitive_phrase(words[1:])
        phrase = first_phrase(words[1:])
        if doing is not None and phrase is None:
            topic = spoken_of(doing)
            topic.ask = ask if len(words) <= LONGEST_ASK else ""
            return topic
        topic = unnamed("este asunto")
        topic.ask = ask if len(words) <= LONGEST_ASK else ""
        return topic
    words = lowered(list(words))
    if not (len(words) > 2 and _is_participle(words, 2)):
        # "Sal marina recogida a mano" has no verb, whatever "marina" may be elsewhere.
        words = with_subject(words)
    text = join(words)
    first = words[0].lower()
    ours = is_mine(words)
    if first in ("esta", "este", "aquella", "aquel", "cada") and words[1].lower() in EVENTS:
        return about(first_phrase(words[2:]), text)
    if first in DETERMINERS and len(words) > 3 and not ours:
        verb = find_verb(words, 2)
        done = _done_to(words, verb) if verb else []
        if done:
            return about(done, text)
        end = min(verb.start if verb else len(words), phrase_end(words))
        while end > 2 and _is_participle(words, end - 1) and words[end - 2] not in BEFORE:
            # "Una app creada por dos estudiantes" is the app.
            end -= 1
        return about(list(words[:end]) if end > 1 else None, text)
    doing = infinitive_phrase(words)
    if doing is not None and (is_first_person(words) or first_phrase(words) is None):
        topic = spoken_of(doing)
        topic.told = text if len(text.split()) <= _LONGEST_TOLD else ""
        return topic
    phrase = first_phrase(words)
    if phrase and is_we(words[0]) and words.index(phrase[-1]) > len(phrase) + 1:
        # Where we are, and since when, is not what we are.
        phrase = None
    topic = about(phrase, text)
    if first == "si" and topic.told and any(re.search(SUBJUNCTIVE, word) for word in words):
        topic.told, topic.supposed = "", f"y {text}"
    return topic


def spoken_of(words: list[str]) -> Topic:
    """An infinitive that the film speaks of, without telling how it is done."""
    topic = task(words)
    topic.task, topic.tags, topic.doing = "", {"doing"}, True
    return topic


def _done_to(words: Sequence[str], verb: Verb) -> list[str]:
    """What a thing does its deed to is the news: "el ayuntamiento cierra la plaza"."""
    done = object_of(words[verb.start :]).split()
    ours = words[0].lower() in POSSESSIVES or (done and done[0] in POSSESSIVES)
    if not done or ours or any(word[:1].isdigit() for word in done):
        return []
    direct = words[verb.index + 1].lower() not in ("a", "al")
    return done if direct or noun(done).animate else []


def unnamed(name: str) -> Topic:
    """A topic that has no name: a film says its words."""
    gender: Gender = "f" if name.startswith("esta") else "m"
    return Topic(name, name, gender=gender, quoted=True, tags={"quoted"})


def about(subject: list[str] | None, text: str) -> Topic:
    """A topic of which only the noun phrase `subject` was understood; `text` is told as it is."""
    if subject is None:
        topic = unnamed("esta historia")
    else:
        topic = named(subject)
        topic.whole = topic.short
        topic.does = topic.whom = topic.purpose = ""
    if len(text.split()) <= _LONGEST_TOLD:
        topic.told = text
    return topic


def _is_participle(words: Sequence[str], at: int) -> bool:
    """Whether "creada" or "hecho" stands at `at`, and no noun such as "5,2 grados"."""
    made = re.search(r"(?:[ai]d[oa]s?|hech[oa]s?)$", words[at]) is not None
    return (
        made
        and words[at].islower()
        and not (is_known_noun(words[at]) or words[at - 1][:1].isdigit())
    )
