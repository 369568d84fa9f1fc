"""What stands in front of a French idea's colon, and how many things it counts."""

from __future__ import annotations

import re
from dataclasses import replace

from ..cleaning import join, words_of
from .clauses import find_verb
from .nouns import word_in
from .topic import UNNAMED, Topic, named, quoted

__all__ = ["count_of", "counted_tail", "is_brand", "under_headline"]

_COUNTS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_LONGEST_HEADED = 18


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
