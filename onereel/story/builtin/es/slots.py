"""The slots that Spanish patterns about a topic use."""

from __future__ import annotations

from ..cleaning import join
from .clauses import is_infinitive
from .nouns import PREPOSITIONS
from .topic import LONGEST_SHORT, Topic

__all__ = ["topic_slots"]

_LONGEST_SAID = 11
_LONGEST_DOING = 5
_CIRCUMSTANCES = ("sin", "para", "antes", "despu\u00e9s", "cuando", "mientras", "durante", ",")
_PLACES = ("fuera", "lejos", "cerca", "dentro", "encima", "debajo", "delante", "detr\u00e1s")
"""Adverbs with which a complement begins: "fuera del dormitorio"."""


def _brief(name: str, *, doing: bool) -> str:
    """A long name without its last complements: no scene has room for nine words each time."""
    words = name.split()
    while len(words) > (_LONGEST_DOING if doing else LONGEST_SHORT):
        cuts = [at for at, word in enumerate(words) if at > 1 and word in PREPOSITIONS]
        if doing:
            cuts = [at for at in cuts if words[at] not in ("de", "del") or words[at - 1] in _PLACES]
        if cuts and words[cuts[-1] - 1] in _PLACES:
            cuts = [cuts[-1] - 1]
        fixed = {"que", "entre", "y", "\u00ab"} & set(words)
        tied = bool(cuts) and not doing and is_infinitive(words[cuts[-1] + 1])
        if not cuts or fixed or tied or (words[cuts[-1]] in ("de", "del") and doing):
            break
        words = words[: cuts[-1]]
    return join(words)


_LO = {("m", False): "lo", ("f", False): "la", ("m", True): "los", ("f", True): "las"}


def _said(topic: Topic) -> str:
    """The idea in quotation marks, where the film has no other name for it."""
    text = topic.told
    if not topic.quoted or not text or len(text.split()) > _LONGEST_SAID:
        return ""
    return f"\u00ab{text[:1].upper()}{text[1:]}\u00bb"


def _chore(task: str) -> str:
    """A long task without its circumstances: "cruzar un lago", of "... sin que se hunda"."""
    words = task.split()
    if len(words) <= _LONGEST_DOING:
        return task
    cuts = [at for at, word in enumerate(words) if at > 1 and word in _CIRCUMSTANCES]
    return join(words[: cuts[0]]).rstrip(",") if cuts else task


def topic_slots(topic: Topic, question: str) -> dict[str, str]:
    """The slots that patterns about a topic use."""
    unsure = topic.name and "brand" not in topic.tags
    a = "a " if topic.person else ""
    noun_for = "el arte de" if "task" in topic.tags else "el hecho de" if topic.doing else ""
    whole = f"{noun_for} {topic.whole}".strip()
    short = f"{noun_for} {_brief(topic.short or topic.whole, doing=bool(noun_for))}".strip()
    return {
        "whole": whole,
        "topic": short,
        "al_whole": "" if unsure else f"{a}{whole}",
        "al_topic": "" if unsure else f"{a}{short}",
        "lo": "" if not topic.gender else _LO[topic.gender, topic.plural],
        "le": "les" if topic.plural else "le",
        "ask": topic.ask,
        "question": question,
        "claim": topic.claim,
        "told": topic.told,
        "said": _said(topic),
        "task": topic.task,
        "chore": _chore(topic.task),
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
        "purpose": topic.purpose,
    }
