"""Ideas about something: a question, a task, a product, an event, or a bare noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .clauses import MODALS, RELATIVES, find_verb, inflect, to_base, to_present
from .clean import join
from .lexicon import gerund, lexicon
from .nouns import ARTICLES, DETERMINERS, NUMBERS, POSSESSIVES, PREPOSITIONS, is_plural_word, noun

__all__ = ["Topic", "read_topic", "topic_slots"]

_ASKING = frozenset("how why what when where who which".split())
_BE = frozenset("is are was were".split())
_DO = {"do": True, "does": False, "did": None}
_LONGEST_QUOTE = 14


@dataclass
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    """The noun phrase as the user gave it."""
    short: str = ""
    """How the film names it from then on."""
    plural: bool = False
    it: tuple[str, str, str] = ("it", "it", "its")
    ask: str = ""
    """An indirect question: "how volcanoes work"."""
    question: str = ""
    claim: str = ""
    task: str = ""
    """What to do, in the base form: "learn to juggle in a week"."""
    does: str = ""
    """What a product does: "follows the sun"."""
    tag: str = ""
    whom: str = ""
    quoted: bool = False
    tags: set[str] = field(default_factory=set)


def read_topic(words: Sequence[str], premise: str) -> Topic:
    """Read an idea that is about no hero; what cannot be read is quoted."""
    words = list(words)
    first = words[0].lower()
    if first == "how" and len(words) > 2 and words[1].lower() == "to":
        return _task(words[2:])
    if first in _ASKING and len(words) > 1:
        return _asked(words, premise)
    if premise.endswith("?") and len(words) > 1:
        return _yes_or_no(words, premise)
    if _is_order(words):
        return _task(words)
    branded = _brand(words)
    if branded is not None:
        return branded
    if _is_clause(words):
        return _quote(words, premise)
    return _named(words)


def _numbered(topic: Topic, phrase: Sequence[str]) -> Topic:
    head = [word for word in phrase]
    for index, word in enumerate(head):
        if index and (word.lower() in PREPOSITIONS | RELATIVES | {",", "to"}):
            head = head[:index]
            break
    if not head:
        return topic
    described = noun(head, head)
    topic.plural = described.plural
    if described.plural:
        topic.it = ("they", "them", "their")
    elif described.person and described.pronoun[0] in ("he", "she"):
        topic.it = (described.pronoun[0], described.pronoun[1], described.pronoun[2])
    return topic


def _named(words: list[str]) -> Topic:
    """A noun phrase: long at first, without its tail from then on."""
    words = _lowered(words)
    core = list(words)
    for index, word in enumerate(words):
        low = word.lower()
        if index and (low in RELATIVES or low == "," or low in PREPOSITIONS and low != "of"):
            core = words[:index]
            break
    whole = join(words) if len(words) <= 12 else join(core)
    if words[0].lower() == "the" and len(words) > 3 and _event(words):
        topic = Topic(whole, short=f"that {words[1]}", tags={"event"})
        return topic
    if core == words or len(core) == 1 and core[0].lower() in DETERMINERS:
        short = whole
    else:
        again = noun(core, words)
        short = again.again if core[0].lower() in DETERMINERS else join(core)
    for_whom = next((i for i, word in enumerate(words) if i and word.lower() == "for"), 0)
    topic = _numbered(Topic(whole, short=short), words)
    if for_whom and len(words) - for_whom <= 7:
        topic.whom = join(words[for_whom + 1 :])
    relative = next(
        (i for i, word in enumerate(words) if i and word.lower() in ("that", "which")), 0
    )
    if relative:
        predicate = to_present(words[relative + 1 :], plural=topic.plural)
        topic.does = join(predicate) if predicate else ""
    return topic


def _event(words: Sequence[str]) -> bool:
    return words[1].lower() in (
        "day",
        "night",
        "year",
        "moment",
        "summer",
        "winter",
        "morning",
        "time",
        "week",
    )


def _lowered(words: list[str]) -> list[str]:
    """Lower the capital that only starts the idea; names and acronyms keep theirs."""
    first = words[0]
    low = first.lower()
    bare = low.removesuffix("'s")
    sets = lexicon().sets
    if (
        bare in sets["acronym"]
        or bare in sets["proper"]
        or first == "I"
        or any(c.isupper() for c in first[1:])
    ):
        return words
    if (
        low in DETERMINERS | NUMBERS | PREPOSITIONS | _ASKING
        or low in sets["person"] | sets["being"]
    ):
        return [low, *words[1:]]
    rest = [
        word for word in words[1:] if word != "," and word.lower() not in ("of", "and", "the", "in")
    ]
    titled = bool(rest) and all(word[:1].isupper() or word[:1].isdigit() for word in rest)
    if titled or first.endswith("'s") and not bare.endswith("s") and bare not in sets["person"]:
        return words
    return [low, *words[1:]]


def _asked(words: list[str], premise: str) -> Topic:
    """A question, direct or indirect."""
    word, second = words[0].lower(), words[1].lower()
    direct = premise.endswith("?") or second in _BE | MODALS | set(_DO)
    question = f"{premise[:1].upper()}{premise[1:].rstrip('.!? ')}?" if direct else ""
    if second in _DO:
        return _asked_do(words, question)
    if word in ("what", "who") and second in _BE:
        rest = _lowered(words[2:]) if len(words) > 2 else []
        if not rest or rest[0].lower() in PREPOSITIONS or rest[0].lower() == "it":
            return _quote(words, premise, question=question)
        topic = _named(rest)
        topic.question, topic.ask = question, join([word, *rest, words[1].lower()])
        topic.ask = topic.ask if len(rest) <= 7 else ""
        return topic
    if second in _BE | MODALS:
        return _asked_be(words, question)
    if word in ("what", "who", "which") and (direct or word != "what"):
        topic = _quote(words, premise, question=question)
        topic.ask = join([word, *words[1:]])
        return topic
    return _indirect(words, question)


def _asked_do(words: list[str], question: str) -> Topic:
    """ "How do volcanoes work?": how volcanoes work."""
    plural = _DO[words[1].lower()]
    rest = words[2:]
    at = next(
        (i for i in range(1, len(rest)) if rest[i].lower() in lexicon().verbs
         and rest[i - 1].lower() not in DETERMINERS | PREPOSITIONS | NUMBERS
         and (i + 1 == len(rest) or not rest[i + 1].lower() in lexicon().verbs)),
        0,
    )  # fmt: skip
    if not at or rest[0].lower() in ("i", "we", "you", "it", "they", "people"):
        topic = _quote(words, question, question=question)
        if at and plural is not False and plural is not None:
            topic.ask = join([words[0].lower(), *rest])
        return topic
    subject = _lowered(rest[:at])
    topic = _named(subject)
    topic.question = question
    if plural is not None:
        topic.plural = plural
        verb = rest[at].lower() if plural else inflect(rest[at].lower(), plural=False)
        topic.ask = join([words[0].lower(), *subject, verb, *rest[at + 1 :]])
        _agree(topic)
    return topic


def _asked_be(words: list[str], question: str) -> Topic:
    """ "Why is the sky blue?": why the sky is blue. Only where the subject plainly ends."""
    rest = words[2:]
    if not rest:
        return _quote(words, question, question=question)
    size = _subject_size(rest)
    if not size:
        return _quote(words, question, question=question)
    subject = _lowered(rest[:size])
    topic = _named(subject)
    topic.question = question
    topic.plural = words[1].lower() in ("are", "were") or topic.plural
    topic.ask = join([words[0].lower(), *subject, words[1].lower(), *rest[size:]])
    _agree(topic)
    return topic


def _subject_size(rest: Sequence[str]) -> int:
    """How many words the subject of an inverted question has; 0 when unsure."""
    adjectives = lexicon().sets["adjective"]
    if rest[0].lower() in ("we", "i", "you", "it", "they", "there"):
        return 0
    for index in range(1, len(rest)):
        word = rest[index].lower()
        ends = (
            word in adjectives
            or word in PREPOSITIONS - {"of"}
            or word.endswith("ing")
            or word in lexicon().verbs
            and rest[index - 1].lower() not in DETERMINERS
            or word == "so"
        )
        if ends and rest[index - 1].lower() not in DETERMINERS:
            return index
    return 2 if rest[0].lower() in ARTICLES and len(rest) == 3 else 0


def _indirect(words: list[str], question: str) -> Topic:
    """ "why cities should plant more trees", "how tides work"."""
    verb = find_verb(words[1:], 1)
    if verb is None:
        plural_at = next(
            (i for i in range(2, len(words)) if words[i].lower() in lexicon().verbs
             and is_plural_word(words[i - 1])), 0,
        )  # fmt: skip
        if not plural_at:
            return _quote(words, join(words), question=question)
        end = plural_at
    else:
        end = verb.index + 1
    subject = _lowered(words[1:end])
    if subject[0].lower() in ("we", "i", "you", "they", "it"):
        topic = _quote(words, join(words), question=question)
        topic.ask = join([words[0].lower(), *words[1:]])
        topic.ask = re.sub(r"\bi\b", "I", topic.ask)
        return topic
    topic = _named(subject)
    topic.ask = join([words[0].lower(), *subject, *words[end:]])
    topic.question = question
    if words[0].lower() == "why":
        topic.claim = join([*subject, *words[end:]])
    _agree(topic)
    return topic


def _agree(topic: Topic) -> None:
    if topic.plural:
        topic.it = ("they", "them", "their")


def _yes_or_no(words: list[str], premise: str) -> Topic:
    question = f"{premise[:1].upper()}{premise[1:].rstrip('.!? ')}?"
    return _quote(words, premise, question=question)


def _is_order(words: Sequence[str]) -> bool:
    """Whether an idea tells somebody to do something: "Learn to juggle in a week"."""
    first = words[0].lower()
    if first not in lexicon().verbs or len(words) < 2:
        return False
    second = words[1].lower()
    follows = second in DETERMINERS | PREPOSITIONS | NUMBERS | {
        "to",
        "better",
        "more",
        "how",
        "less",
        "better",
    }
    if first in lexicon().nouny:
        return second in DETERMINERS or second in ("to", "better", "more", "less")
    return follows or second.endswith("s") or len(words) == 2


def _task(words: list[str]) -> Topic:
    base = [words[0].lower(), *words[1:]]
    if base[0] not in lexicon().verbs:
        doing = f"the art of {base[0]}" if len(base) == 1 else "this craft"
        return Topic(doing, short=doing, task=join(base), tags={"task"})
    doing = [gerund(base[0]), *base[1:]]
    short = join(doing)
    if (
        base[0] == "learn"
        and len(base) > 2
        and base[1].lower() == "to"
        and base[2].lower() in lexicon().verbs
    ):
        doing = [gerund(base[2]), *base[3:]]
        short = doing[0] if len(doing) > 3 else join(doing)
        whole = join(["learning", *base[1:]])
        return Topic(whole, short=short, task=join(base), tags={"task"})
    if len(doing) > 4:
        at = next(
            (i for i, word in enumerate(doing) if i > 1 and word.lower() in PREPOSITIONS),
            len(doing),
        )
        short = join(doing[:at]) if at <= 5 else doing[0]
    return Topic(join(doing), short=short, task=join(base), tags={"task"})


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, the lamp that follows the sun"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or rest[0].lower() not in ARTICLES | POSSESSIVES or name[0].lower() in DETERMINERS:
        return None
    name = [word if word[:1].isupper() else word.capitalize() for word in name]
    described = _named(rest)
    topic = Topic(f"{join(name)}, {described.whole}", short=join(name), tags={"brand"})
    topic.tag, topic.does, topic.whom = described.whole, described.does, described.whom
    return topic


def _is_clause(words: Sequence[str]) -> bool:
    """Whether the words are more than a noun phrase, in a way that no other reader knew."""
    first = words[0].lower()
    if first in (
        "when",
        "if",
        "because",
        "while",
        "i",
        "we",
        "you",
        "it",
        "there",
        "let",
        "what",
        "imagine",
    ):
        return True
    if "," in words or len(words) > _LONGEST_QUOTE:
        return True
    if words[0].lower() == "the" and len(words) > 3 and _event(words):
        return False
    at = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), len(words))
    return find_verb(words[:at], 1) is not None if at > 1 else False


def _quote(words: Sequence[str], premise: str, *, question: str = "") -> Topic:
    """What nobody can read is named, and told once as it was written."""
    text = premise.rstrip(".!? ")
    topic = Topic("the question" if question else "this idea", question=question, quoted=True)
    topic.short = topic.whole
    topic.tags.add("quoted")
    if not question and len(words) <= 24:
        topic.claim = text[:1].lower() + text[1:] if not text[:2] in ("I ", "I'") else text
    return topic


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use."""
    it, them, its = topic.it
    return {
        "whole": topic.whole,
        "topic": topic.short or topic.whole,
        "it": it,
        "them": them,
        "its": its,
        "ask": topic.ask,
        "question": topic.question,
        "claim": topic.claim,
        "task": topic.task,
        "does": topic.does,
        "does_base": join(to_base(topic.does.split()) or []) if topic.does else "",
        "tag": topic.tag,
        "whom": topic.whom,
    }
