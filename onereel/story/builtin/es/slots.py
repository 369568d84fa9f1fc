"""The slots that Spanish patterns use."""

from __future__ import annotations

import re

from ..cleaning import join
from .clauses import is_infinitive
from .deeds import Tale, is_willed
from .lexicon import word_set
from .nouns import PREPOSITIONS
from .topic import LONGEST_SHORT, Topic

__all__ = ["brief", "hero_slots", "topic_slots"]

_LONGEST_DOING = 5
_SPAN = r" en (?:una?|dos|tres|\d+) (?:mes|semana|d\u00eda|hora|minuto|a\u00f1o)e?s?$"
_THESE = (["este"], ["esta"], ["estos"], ["estas"])
_OWN = word_set("su sus suyo suya suyos suyas s\u00ed \u00e9l ella ellos ellas le les lo que")
_CIRCUMSTANCES = (
    "en",
    "con",
    "por",
    "sin",
    "para",
    "antes",
    "despu\u00e9s",
    "cuando",
    "mientras",
    "durante",
    ",",
)


def brief(name: str, longest: int = LONGEST_SHORT) -> str:
    """A long name without its last complements: no scene has room for nine words each time."""
    words = name.split()
    while len(words) > longest:
        cuts = [at for at, word in enumerate(words[:-1]) if at > 1 and word in PREPOSITIONS]
        fixed = {"que", "entre", "y"} & set(words)
        if not cuts or fixed or is_infinitive(words[cuts[-1] + 1]):
            break
        words = words[: cuts[-1]]
    return join(words)


def _chore(task: str) -> str:
    """A long task without its circumstances: "cruzar un lago", of "... sin que se hunda"."""
    head, _, tail = task.partition(", ")
    if tail and tail.split()[0].lower() in PREPOSITIONS:
        task = head
    task = re.sub(
        r" en (?:una?|dos|tres|\d+) (?:mes|semana|d\u00eda|hora|minuto|a\u00f1o)(?:e?s)?$", "", task
    )
    words = task.split()
    if len(words) <= _LONGEST_DOING:
        return task
    cuts = [
        at for at, word in enumerate(words)
        if at > 1 and (word in _CIRCUMSTANCES or words[at + 1 : at + 2] in _THESE)
    ]  # fmt: skip
    return join(words[: cuts[0]]).rstrip(",") if cuts else task


def topic_slots(topic: Topic, question: str) -> dict[str, str]:
    """The slots that patterns about a topic use; without a sure name, its own words must do."""
    doing = topic.whole if topic.doing else ""
    named = not (topic.quoted or doing or topic.task)
    unsure = topic.name and "brand" not in topic.tags
    a = "a " if topic.person else ""
    whole = topic.whole if named else ""
    short = brief(topic.short or topic.whole) if named else ""
    return {
        "whole": whole,
        "topic": short,
        "al_whole": "" if unsure or not named else f"{a}{whole}",
        "al_topic": "" if unsure or not named else f"{a}{short}",
        "doing": _chore(doing),
        "ask": topic.ask,
        "question": question,
        "claim": topic.claim,
        "told": topic.told,
        "task": topic.task,
        "chore": _chore(topic.task),
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
        "purpose": topic.purpose,
    }


def _impersonal(quest: str) -> str:
    """A quest that anybody may have: none with "su" or "se" in it, which mean the hero."""
    words = quest.split()
    own = _OWN & set(words) or any(is_infinitive(word) and word.endswith("se") for word in words)
    return "" if own else quest


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use; `al_...` have the personal "a" where it is due."""
    hero = tale.hero
    # "Observa el buzo" is wrong of a person, "observa al buzo" of a thing.
    sure = hero.animate
    a = "a " if hero.animate else ""
    base = tale.base if is_willed(tale) else ""
    first, again = (re.sub("^Do(n|\u00f1a) ", r"do\1 ", name) for name in (hero.first, hero.again))
    return {
        "a_hero": first,
        "hero": again,
        "al_a_hero": f"{a}{first}" if sure else "",
        "al_hero": f"{a}{again}" if sure else "",
        "le": "les" if hero.plural else "le",
        "deed": tale.deed,
        "full": tale.full,
        "goal": tale.goal,
        "quest": tale.goal or base,
        "feat": _impersonal(tale.goal or base),
        "trouble": tale.trouble,
        "object": tale.thing,
        "al_object": "" if tale.personal else tale.thing,
        "when": tale.when,
        "extra": tale.extra,
    }
