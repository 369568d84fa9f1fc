"""The slots that French patterns about a topic use."""

from __future__ import annotations

import re

from ..cleaning import join
from .clauses import infinitive_at
from .nouns import word_in
from .topic import Topic

__all__ = ["topic_slots"]

_LONGEST_NAME = 8
_LONGEST_CHORE = 5
_CIRCUMSTANCES = ("sans", "pour", "avant", "apr\u00e8s", "quand", "pendant", "afin", ",")


def _alone(topic: Topic) -> str:
    """The question as it stands alone, without its mark."""
    if topic.question.startswith("Et si "):
        return ""
    if topic.question:
        return topic.question[:1].lower() + topic.question[1:].rstrip("? \u00a0")
    return "" if re.match(r"(?:si|s'|ce) ?", topic.ask) else topic.ask


def _brief(name: str) -> str:
    """A long name without its last complements: no scene has room for nine words each time."""
    words = name.split()
    while len(re.findall(r"\w+", " ".join(words))) > _LONGEST_NAME:
        cuts = [
            at
            for at, word in enumerate(words)
            if at > 1 and (word_in(word, "prepositions") or word[:2].lower() == "d'")
        ]
        fixed = {"que", "qui", "o\u00f9", "dont", "entre", "et", "\u00ab"} & set(words)
        fixed |= {word for word in words if word.startswith("qu'") or "~" in word}
        if not cuts or fixed or infinitive_at(words, cuts[-1] + 1) or words[0] == "l'art":
            break
        cut = words[cuts[-1]]
        if cut[:2].lower() == "d'" and infinitive_at([cut[2:]], 0):
            break
        words = words[: cuts[-1]]
    return join(words)


def _chore(task: str) -> str:
    """A long task without its circumstances: "lire une carte", of "... sans se perdre"."""
    words = task.split()
    if len(words) <= _LONGEST_CHORE:
        return task
    cuts = [at for at, word in enumerate(words) if at > 1 and word in _CIRCUMSTANCES]
    return join(words[: cuts[0]]).rstrip(",") if cuts else task


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use; a task is named by its verb alone."""
    art = "task" in topic.tags and topic.short.startswith("l'art d")
    return {
        "whole": "" if art else topic.whole,
        "topic": "" if art else _brief(topic.short or topic.whole),
        "son": "leur" if topic.plural else "son",
        "sa": "leur" if topic.plural else "sa",
        "ask": topic.ask,
        "asked": _alone(topic),
        "question": topic.question,
        "fact": topic.claim,
        "said": topic.said,
        "how": topic.how,
        "task": topic.task,
        "chore": _chore(topic.task),
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
    }
