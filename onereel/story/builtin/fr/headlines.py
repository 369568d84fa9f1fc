"""What stands in front of a French idea's colon, and how many things it counts."""

from __future__ import annotations

import re
from dataclasses import replace

from ..cleaning import join, words_of
from .clauses import find_verb
from .nouns import word_in
from .topic import UNNAMED, Topic, named, quoted

__all__ = ["count_of", "counted_tail", "is_brand", "under_headline", "without_event"]

_COUNTS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_LONGEST_HEADED = 18
_EVENT = (
    r" (?:suspendu|interrompu|annul\u00e9|report\u00e9|ferm\u00e9|menac\u00e9|rouvert|bloqu\u00e9"
    r"|supprim\u00e9|maintenu|retrouv\u00e9|inaugur\u00e9|condamn\u00e9|ravag\u00e9|d\u00e9truit"
    r"|priv\u00e9|touch\u00e9|prolong\u00e9|relanc\u00e9|perturb\u00e9|\u00e9vacu\u00e9"
    r"|interdit|frapp\u00e9|sauv\u00e9|\u00e9chou\u00e9|aper\u00e7u|vol\u00e9|abattu|cambriol\u00e9|incendi\u00e9|attaqu\u00e9|endommag\u00e9|livr\u00e9|r\u00e9colt\u00e9|fabriqu\u00e9|dessin\u00e9|imprim\u00e9|cousu)e?s?\b"
)
"""Participles that tell in a headline what has happened, or how wares come."""


def under_headline(headline: str, topic: Topic, premise: str) -> Topic:
    """A title that names what follows it: "gr\u00e8ve \u00e0 Lyon : les bus sont rares"."""
    words = words_of(headline)
    if not words or "brand" in topic.tags or topic.question:
        return topic
    if "task" in topic.tags and not premise.split()[0].endswith("ez"):
        return topic
    if find_verb(words, 1) or word_in(words[0], "pronouns", "clitics"):
        cited = f"{quoted(headline).short} : {topic.claim or topic.whole}"
        topic.tags.add("headed")
        return replace(topic, claim=cited) if topic.claim else replace(topic, whole=cited)
    above = named(words)
    below = topic.claim or premise.rstrip(".!? ")
    if above.short == join(words) and "name" not in above.tags:
        topic.tags.add("headed")
        led = f"{headline} : {below}"
        return replace(topic, claim=led) if topic.claim else replace(topic, whole=led)
    if above.short.startswith("\u00ab"):
        return topic
    if topic.short.startswith("\u00ab") or below == UNNAMED:
        return replace(above, claim="")
    if topic.claim:
        return replace(above, claim=below, tags=above.tags | {"claim"})
    whole = f"{above.whole} : {below}"
    if len(whole.split()) > _LONGEST_HEADED:
        return above
    return replace(above, whole=whole, tags=above.tags | {"headed"})


def without_event(name: str) -> str:
    """A name without what a headline says of it: "la liaison vers l'\u00eele suspendue"."""
    words = name.split()
    event = re.search(_EVENT, name)
    at = len(name[: event.start()].split()) if event else 0
    return join(words[:at]) if at > 1 or (at == 1 and name[:2] == "l'") else name


def is_brand(headline: str, words: list[str]) -> bool:
    """Whether a title is the name of what follows: "Lumo : la lampe qui suit le soleil"."""
    title_words = headline.split()
    described = word_in(words[0], "determiners") or words[0][:2].lower() == "l'"
    return described and len(title_words) <= 3 and all(word[:1].isupper() for word in title_words)


def counted_tail(premise: str) -> tuple[str, str]:
    """Split off how many things a list has: "choisir son v\u00e9lo : 6 crit\u00e8res"."""
    tail = r"((?:(?:nos|mes|les) )?(\w+)(?: \w+){1,3})"
    match = re.match(rf"^(.+?)\s*(?::|,|\ben)\s*{tail}$", premise.rstrip(".!? "))
    if match is None or len(match[1].split()) < 2 or not count_of(match[3]):
        return premise, ""
    return match[1], match[2]


def count_of(word: str) -> int:
    """A count from 2 to 20; 0 for other words."""
    low = word.lower()
    if low.isdigit():
        return int(low) if 2 <= int(low) <= 20 else 0
    return _COUNTS.index(low) + 2 if low in _COUNTS else 0
