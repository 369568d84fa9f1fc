"""What makes one way to fill a scene better than another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .grammar import Filled
from .pack import Frame
from .patterns import parts_of
from .wording import listed_words, opening, sentences_of, words_of

__all__ = ["Spoken", "cost"]

_UNNAMED = 1.0  # more than any other fault costs
_OFTENEST = 2
"""How often one film says a long phrase of the idea, where it can name a part of it instead."""
_LONG_PHRASE = 5
_OCCASION, _ITEM = r"\{(?:n|when|about|timely)\}", r"\{item\w*\}"
_MARKS = r"[\u201c\u201e\u00ab]"
_QUOTED = 1.5
"""What a line with quotation marks costs in a film that has enough of them."""
_UNNEEDED = 2.5
"""What it costs where the film has a thing to speak of without quoting: more than silence."""
_STALE = 0.15
"""What it costs a scene to say nothing of the idea that no other has said."""
_FIXED = 1.0
"""What it costs a scene if all its 5-grams are those of other films."""


@dataclass
class Spoken:
    """What a film has said so far."""

    said: set[str] = field(default_factory=set)
    """Its sentences."""
    openings: list[str] = field(default_factory=list)
    """How they begin, in order."""
    told: list[str] = field(default_factory=list)
    """The long phrases of the idea that they tell."""
    words: set[str] = field(default_factory=set)
    """Its words behind the first scene, which says the whole idea."""
    quoting: int = 0
    """How many of its lines have quotation marks."""
    most_quoting: int = 2
    """How many of those it has before another way to say it is better."""
    items: set[str] = field(default_factory=set)
    """What its numbered lines say, whatever number or occasion stands before it."""

    def is_worn(self, line: Filled) -> bool:
        """Whether it says once too often what the idea says."""
        long = (each for each in line.told if len(each.split()) >= _LONG_PHRASE)
        return any(
            sum(each in past or past in each for past in self.told) >= _OFTENEST for each in long
        )

    def is_said_of_another(self, line: Filled) -> bool:
        """Whether another number of the list is the very same, at another occasion at most."""
        return _of_item(line.pattern) in self.items

    def choose(self, line: Filled) -> None:
        """Remember what a line tells, and what it says of its number."""
        self.told += line.told
        self.quoting += _quotes(line)
        if core := _of_item(line.pattern):
            self.items.add(core)

    def note(self, text: str) -> None:
        """Remember the sentences of a scene."""
        if self.said:
            self.words |= words_of(text)
        for sentence in sentences_of(text):
            self.said.add(sentence)
            self.openings.append(opening(sentence))


def _quotes(line: Filled) -> bool:
    """Whether a line quotes the idea in a film that is about no quotation."""
    return "{quote}" not in line.pattern and re.search(_MARKS, line.text) is not None


@lru_cache(maxsize=4096)
def _of_item(pattern: str) -> str:
    """What a pattern says of a list's item; empty where it is of none."""
    if "{n}" not in pattern:
        return ""
    body = re.sub(_OCCASION, "", parts_of(pattern)[2])
    return " ".join(re.findall(r"\w+", re.sub(_ITEM, "item", body)))


def cost(lines: Sequence[Filled], frame: Frame, spoken: Spoken, *, closeness: float = 1.0) -> float:
    """Lower is better: stale openings, words that come twice, words of any film, none of the idea.

    Args:
        lines: what the scene would say.
        frame: the idea.
        spoken: what the film said before.
        closeness: how much it counts to say more than one word of the idea.
    """
    text = " ".join(line.text for line in lines)
    found = _unsaid(text, frame, spoken, closeness=closeness)
    recent = spoken.openings[-3:]
    for sentence in sentences_of(text):
        begins = opening(sentence)
        found += 0.12 * (begins in recent)
        recent = [*recent, begins][-3:]
    words = listed_words(text)
    named = [word for word in words if len(word) > 4 and word in frame.keywords]
    found += 0.25 * (len(named) > len(set(named)))
    content = [word for word in words if len(word) > 4 and word not in frame.keywords]
    found += 0.2 * (len(content) > len(set(content)))
    parts = [line.part for line in lines if line.part]
    found += 0.3 * (len(parts) - len(set(parts)))
    told_before = list(spoken.told)
    for told in (told for line in lines for told in line.told):
        times = sum(told in before or before in told for before in told_before)
        found += 0.3 * min(times, 2) - 0.35 * (told not in told_before)
        told_before.append(told)
    enough = spoken.quoting >= spoken.most_quoting
    quoted = _QUOTED if "quoted" in frame.tags else _UNNEEDED
    found += quoted * enough * sum(map(_quotes, lines))
    found += _FIXED * sum(line.fixed for line in lines) / max(len(words) - 4, 1)
    return found + 0.08 * (len(lines) - 1)


def _unsaid(text: str, frame: Frame, spoken: Spoken, *, closeness: float) -> float:
    """What a scene owes the idea: the first one all of it, the others a word, better three, and
    one that no scene behind the first has said."""
    keywords, words = frame.keywords, words_of(text)
    if not words & keywords:
        return _UNNAMED
    if not spoken.said:
        whole = keywords & words_of(frame.logline) or keywords
        return closeness * 0.8 * len(whole - words) / len(whole)
    new = keywords & words - spoken.words
    return closeness * (0.1 * (3 - min(len(words & keywords), 3)) + _STALE * (not new))
