"""Ideas about something: a task, a product, an event, a list, or a bare noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .bare import articled
from .clauses import RELATIVES, base_of_gerund, find_verb, to_present
from .clean import join
from .heads import PARTS_OF, core_end, head_end
from .lexicon import word_set
from .nouns import (
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    called,
    lowered,
    noun,
)
from .statements import is_event
from .told import concern, focus, headline_subject, said

__all__ = [
    "Topic",
    "asked",
    "does_of",
    "named",
    "told",
    "topic_slots",
]

_ORDINALS = word_set("last first only best worst most least")
_LONGEST_WHOLE = 14
_LONGEST_SHORT = 6


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
    task: str = ""
    """What to do, in the base form: "learn to juggle in a week"."""
    does: str = ""
    """What a product does: "follows the sun"."""
    tag: str = ""
    """What a brand's product is: "the lamp that follows the sun"."""
    whom: str = ""
    """Whom it is for: "campers"."""
    said: str = ""
    """A sentence that is told as it was written."""
    focus: str = ""
    """A noun phrase of that sentence: "the nets"."""
    tags: frozenset[str] = frozenset()


def told(words: Sequence[str], premise: str) -> Topic:
    """A sentence nobody needs to take apart: it is said as it was written."""
    text = _with_comma(said(premise))
    named_as = focus(words) or headline_subject(words) or concern(words)
    if base_of_gerund(words[0].lower()) is not None:
        # "Writing letters at night" is no sentence: it is named whole, as nothing has to agree.
        end = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), len(words))
        named_as = join([words[0].lower(), *words[1:end]]) if end <= _LONGEST_SHORT else named_as
    return Topic("", said=text, focus=named_as, tags=frozenset({"told"}))


def asked(question: str, *, ask: str = "") -> Topic:
    """A question whose subject is not plain; it is asked as it was written."""
    tags = frozenset() if ask else frozenset({"asked"})
    words = re.findall(r"[\w'-]+", question or ask)
    return Topic("", question=question, ask=ask, focus=focus(words), tags=tags)


def named(words: Sequence[str]) -> Topic:
    """A noun phrase: long at first, without its tail from then on."""
    words = lowered(words)
    ranked = words[0] == "top" and words[1:2] != [] and (words[1] in NUMBERS or words[1].isdigit())
    if (
        ranked
        or words[0] in _ORDINALS
        or (words[0].endswith("est") and words[0] not in ("forest", "honest"))
    ):
        words = ["the", *words]  # "last bus to the coast"
    done = words[1:2] and base_of_gerund(words[1].lower()) is not None and not words[0].istitle()
    if done and [*words, ",", ","][2].lower() in PREPOSITIONS | {","} and words[0].isalpha():
        text = join(words[:2])  # "chimney sweeping across the Lake District"
        return Topic(join(words), short=text, tags=frozenset({"bare"}))
    end = core_end(words)
    end = next((at for at in range(2, end) if words[at] in ("explained", "told")), end)
    if len(called(words[:end])) > end:
        words, end = ["a", *articled(words)], end + 1
    whole = join(words if len(words) <= _LONGEST_WHOLE else words[:end])
    if is_event(words):
        return Topic(whole, short=f"that {words[1].lower()}")
    core = words[1:end] if words[0] == "all" and words[1:2] == ["the"] else words[:end]
    described = noun(core[: head_end(core)], words)
    short = join(core)
    if core[0].lower() in ("a", "an") and len(core) > 1:
        short = join(["this" if core[1].lower() in PARTS_OF else "the", *core[1:]])
    elif core[0].lower() == "one" and len(core) > 1:
        short = join(["the", *core[1:]])
    elif re.search(r" and (?:an?|one) ", join(core)):
        both = join(["the" if word in ("a", "an", "one") else word for word in core])
        short = both if both.startswith("the ") else f"the {both}"  # "four hikers and a mountain"
    elif core[0].lower() in NUMBERS or core[0].isdigit():
        short = f"these {join(core)}"
    elif len(core) < len(words) and core[0].islower() and core[0].lower() not in DETERMINERS:
        short = f"{'these' if described.plural else 'this'} {join(core)}"
    topic = Topic(whole, short=short, plural=described.plural, pronoun=described.pronoun[:3])
    if not described.animate and not described.plural:
        topic = replace(topic, pronoun=("it", "it", "its"))
    bare = core[0].islower() and core[0] not in DETERMINERS | NUMBERS and not described.plural
    return replace(
        topic,
        whom=_whom(words),
        does=does_of(words, plural=topic.plural),
        tags=frozenset({"bare"}) if bare else frozenset(),
    )


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


def does_of(words: Sequence[str], *, plural: bool) -> str:
    """The predicate in "the lamp that follows the sun"."""
    at = next((i for i, word in enumerate(words) if i and word.lower() in ("that", "which")), 0)
    predicate = to_present(words[at + 1 :], plural=plural) if at else None
    return join(predicate) if predicate and len(predicate) <= 10 else ""


def _with_comma(clause: str) -> str:
    """Set the comma that people leave out: "when the last bee dies everything changes"."""
    words = clause.split()
    if not words or words[0].lower() not in ("when", "if", "while") or "," in clause:
        return clause
    verb = find_verb(words[1:], 1)
    at = verb.index + 2 if verb is not None else 0
    main = word_set("everything everyone nobody nothing the a all he she they it we you my our")
    rest = words[at:]
    object_of_it = bool(rest) and rest[0] in DETERMINERS and find_verb(rest, 1) is None
    if 0 < at < len(words) and object_of_it:
        return clause  # "when grandma rides a skateboard"
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
        "said": topic.said,
        "focus": topic.focus,
        "task": topic.task,
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
    }
