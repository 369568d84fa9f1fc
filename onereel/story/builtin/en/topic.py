"""Ideas about something: a task, a product, an event, a list, or a bare noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .clauses import ANYBODY, RELATIVES, find_verb, to_base, to_present
from .clean import join
from .lexicon import gerund, lexicon, word_set
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    called,
    lowered,
    noun,
)

__all__ = ["Topic", "is_order", "named", "quoted", "read_task", "read_thing", "topic_slots"]

_EVENTS = word_set("day night year moment summer winter morning evening time week hour")
_CLAUSES = word_set("when if because while i we you it he she they there let what this that")
_LONGEST_WHOLE = 12
_LONGEST_CLAIM = 24


@dataclass(frozen=True)
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    """The noun phrase as the user gave it."""
    short: str = ""
    """How the film names it from then on."""
    plural: bool = False
    pronoun: tuple[str, str, str] = ("it", "it", "its")
    ask: str = ""
    """An indirect question: "how volcanoes work"."""
    question: str = ""
    """A direct one."""
    claim: str = ""
    """What the idea says: "cities should plant more trees"."""
    task: str = ""
    """What to do, in the base form: "learn to juggle in a week"."""
    does: str = ""
    """What a product does: "follows the sun"."""
    tag: str = ""
    """What a brand's product is: "the lamp that follows the sun"."""
    whom: str = ""
    """Whom it is for: "campers"."""
    tags: frozenset[str] = frozenset()


def read_thing(words: list[str], premise: str) -> Topic:
    """Read an idea that is no question and about no hero; what cannot be read is quoted."""
    if is_order(words):
        return read_task(words)
    if [word.lower() for word in words[:2]] == ["learning", "to"] and words[2:]:
        return read_task(["learn", *words[1:]])
    branded = _brand(words)
    if branded is not None:
        return branded
    if words[0].lower() in ("imagine", "picture") and len(words) > 2:
        return named(words[1:])
    if words[0].lower() in ("nobody", "everybody", "everyone"):
        return _of_everybody(words, premise)
    if words[0].lower() in ("when", "if", "while"):
        return _conditional(words, premise)
    return _told(lowered(words), premise) if _is_clause(lowered(words)) else named(words)


def _told(words: list[str], premise: str) -> Topic:
    """A clause about a thing is named by its subject: "electric scooters are banned in ..."."""
    clause = quoted(premise)
    first = words[0].lower()
    verb = find_verb(words, 1) if first not in _CLAUSES else None
    if verb is None or "," in words[: verb.index]:
        return clause
    return replace(named(words[: verb.index]), claim=clause.claim)


def _of_everybody(words: Sequence[str], premise: str) -> Topic:
    """ "Nobody remembers the last astronaut": named by what the clause is about."""
    clause = quoted(premise)
    at = next((i for i, word in enumerate(words) if i > 1 and word.lower() in DETERMINERS), 0)
    return replace(named(words[at:]), claim=clause.claim) if at else clause


def _conditional(words: Sequence[str], premise: str) -> Topic:
    """ "When the last bee dies everything changes": named by the subject of its first clause."""
    clause = quoted(premise)
    verb = find_verb(words[1:], 1) if words[1:] and words[1].lower() not in _CLAUSES else None
    if verb is None:
        return clause
    return replace(named(words[1 : verb.index + 1]), claim=clause.claim)


def named(words: Sequence[str]) -> Topic:
    """A noun phrase: long at first, without its tail from then on."""
    words = lowered(words)
    stops = RELATIVES | (PREPOSITIONS - {"of"}) | {",", "and", "where"} | ANYBODY
    end = next((i for i, word in enumerate(words) if i and word.lower() in stops), len(words))
    if words[end : end + 1] == ["and"] and "," not in words:
        later = (i for i in range(end + 1, len(words)) if words[i].lower() in stops)
        end = next(later, len(words))
    if len(called(words[:end])) > end:
        words, end = ["a", *words], end + 1
    core = words[:end]
    whole = join(words if len(words) <= _LONGEST_WHOLE else core)
    if _is_event(words):
        return Topic(whole, short=f"that {words[1].lower()}", tags=frozenset({"event"}))
    if core[-1].lower() in DETERMINERS:
        core = words
    described = noun(core[: _head_end(core)], words)
    short = join(core)
    if core != words and core[0].lower() in DETERMINERS - POSSESSIVES:
        short = noun(core, words).again
    topic = Topic(whole, short=short, plural=described.plural, pronoun=described.pronoun[:3])
    if not described.animate and not described.plural:
        topic = replace(topic, pronoun=("it", "it", "its"))
    return replace(topic, whom=_whom(words), does=_does(words, plural=topic.plural))


def _is_event(words: Sequence[str]) -> bool:
    """Whether a time is meant at which something happened: "the day the music stopped"."""
    if len(words) < 4 or words[0].lower() != "the" or words[1].lower() not in _EVENTS:
        return False
    third = words[2]
    links = DETERMINERS | {"when", "that", "we", "i", "he", "she", "they", "it", "everyone"}
    return third.lower() in links or third[:1].isupper()


def _head_end(core: Sequence[str]) -> int:
    """The end of the words that decide the number: those in front of "of"."""
    return next((i for i, word in enumerate(core) if i and word.lower() in PREPOSITIONS), len(core))


def _whom(words: Sequence[str]) -> str:
    """The people in "a lantern for campers"."""
    at = next((i for i, word in enumerate(words) if i and word.lower() == "for"), 0)
    people = list(words[at + 1 :])
    if not at or not 1 <= len(people) <= 6:
        return ""
    end = next((i for i, w in enumerate(people) if i and w.lower() in PREPOSITIONS | RELATIVES), 6)
    described = noun(people[:end], people)
    agents = people[:end][-1].lower().endswith(("ers", "ors", "ists", "parents", "pets", "owners"))
    return join(people) if described.animate or agents else ""


def _does(words: Sequence[str], *, plural: bool) -> str:
    """The predicate in "the lamp that follows the sun"."""
    at = next((i for i, word in enumerate(words) if i and word.lower() in ("that", "which")), 0)
    predicate = to_present(words[at + 1 :], plural=plural) if at else None
    return join(predicate) if predicate and len(predicate) <= 10 else ""


def is_order(words: Sequence[str]) -> bool:
    """Whether an idea tells somebody to do something: "Learn to juggle in a week"."""
    first = words[0].lower()
    if first not in lexicon().verbs or len(words) < 2:
        return False
    second = words[1].lower()
    degrees = ("to", "better", "more", "less")
    if first in lexicon().nouny:
        return second in ARTICLES | POSSESSIVES or second in degrees
    follows = second in DETERMINERS | PREPOSITIONS | NUMBERS or second in degrees
    return follows or second == "how" or second.endswith("s") or len(words) == 2


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
    if base[0] == "learn" and base[1:2] == ["to"] and base[2].lower() in lexicon().verbs:
        doing = [gerund(base[2].lower()), *base[3:]]
    stops = PREPOSITIONS | {"without", "and", "so", "before"}
    end = next((i for i, word in enumerate(doing) if i and word.lower() in stops), len(doing))
    short = doing if len(doing) <= 3 else doing[:end] if end <= 5 else doing[:1]
    return Topic(join(whole), short=join(short), task=join(base), tags=tags)


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, the lamp that follows the sun"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or rest[0].lower() not in ARTICLES | POSSESSIVES:
        return None
    if name[0].lower() in DETERMINERS | PREPOSITIONS | NUMBERS:
        return None
    name = [word if word[:1].isupper() else word.capitalize() for word in name]
    described = named(rest)
    return replace(
        described,
        whole=f"{join(name)}, {described.whole}",
        short=join(name),
        plural=False,
        pronoun=("it", "it", "its"),
        tag=described.whole,
        tags=frozenset({"brand"}),
    )


def _is_clause(words: Sequence[str]) -> bool:
    """Whether the words are more than a noun phrase, in a way that no other reader knew."""
    first = words[0].lower()
    if first in _CLAUSES or len(words) > 14:
        return True
    if _is_event(words):
        return False
    at = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), len(words))
    return at > 1 and find_verb(words[:at], 1) is not None


def quoted(premise: str, *, question: str = "", ask: str = "") -> Topic:
    """What nobody can read is told once, as it was written, and then called "the idea"."""
    text = premise.rstrip(".!? ")
    whole = "this question" if question or ask else "this thought"
    short = "the question" if question or ask else "the thought"
    claim = ""
    if not question and not ask and len(text.split()) <= _LONGEST_CLAIM:
        claim = text if text.startswith(("I ", "I'")) else text[:1].lower() + text[1:]
    claim = _with_comma(claim)
    tags = frozenset({"quoted"})
    return Topic(whole, short=short, question=question, ask=ask, claim=claim, tags=tags)


def _with_comma(clause: str) -> str:
    """Set the comma that people leave out: "when the last bee dies everything changes"."""
    words = clause.split()
    if not words or words[0] not in ("when", "if", "while") or "," in clause:
        return clause
    verb = find_verb(words[1:], 1)
    at = verb.index + 2 if verb is not None else 0
    main = word_set("everything everyone nobody nothing the a all he she they it we you my our")
    if 0 < at < len(words) and words[at] in main and words[at - 1] not in ("is", "are"):
        return f"{' '.join(words[:at])}, {' '.join(words[at:])}"
    return clause


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use."""
    it, them, its = topic.pronoun
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
        "does_base": join(to_base(topic.does.split()) or []),
        "tag": topic.tag,
        "whom": topic.whom,
    }
