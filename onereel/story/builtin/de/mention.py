"""How a German noun is mentioned: with which article first, and in which number."""

from __future__ import annotations

import re
from dataclasses import replace

from ..pack import Frame
from .lexicon import lexicon
from .lookup import look_up
from .nouns import Noun

__all__ = ["briefly", "countable", "introduced", "resolve"]

_ABSTRACT = r"(?:ung|heit|keit|schaft|t\u00e4t|ion|ie|ik|enz|anz)$"


_LONG = 28
"""Letters of a name that fills a scene by itself."""


def briefly(frame: Frame) -> Frame:
    """The frame of a long thing, which is told whole once and named by its noun from then on: "die
    Bienenwachskerzen" of "die Bienenwachskerzen von der Insel R\u00fcgen"."""
    if len(frame.slots.get("topic", "")) <= _LONG or frame.kind != "topic" or frame.items:
        return frame
    prepositions = lexicon().sets["prepositions"]
    slots = dict(frame.slots)
    for name in ("topic", "topic_a", "topic_d"):
        words = slots[name].split()
        noun = next((at for at, word in enumerate(words) if word[:1].isupper()), len(words))
        end = next((at for at in range(noun, len(words)) if words[at] in prepositions), None)
        doing = words[noun].lower().endswith(tuple(lexicon().infinitives))
        if doing or "\u201e" in slots[name] or "," in slots[name] or "und" in words or end is None:
            return frame
        slots[name] = " ".join(words[:end])
    return replace(frame, slots=slots)


def countable(noun: Noun) -> bool:
    """Whether the lexicon knows a plural of this singular: "Kuh", but not "Milch"."""
    if noun.head in lexicon().sets["abstract"] or re.search(_ABSTRACT, noun.head):
        return False
    return any(entry.gender == noun.gender and entry.plural for entry in look_up(noun.head))


def introduced(noun: Noun) -> str:
    """The phrase at its first mention: "Kuh" of a headline becomes "eine Kuh"."""
    if noun.det or noun.named or noun.plural or noun.pair:
        return noun.text
    if noun.gender and (noun.head in lexicon().sets["unique"] or " " in noun.head):
        article = {"m": "der", "f": "die", "n": "das"}[noun.gender]
        return f"{article} {noun.text}"
    if not countable(noun):
        return noun.text
    return f"{'eine' if noun.gender == 'f' else 'ein'} {noun.text}"


def resolve(noun: Noun, plural: bool) -> Noun:
    """Use what the verb says about the number of its subject."""
    if noun.gender and noun.gender != "p" and plural and not noun.named and not noun.det:
        return replace(noun, gender="p")
    counted = noun.det in lexicon().sets["numbers"] or noun.det.isdigit()
    if noun.gender == "p" and not plural and not (noun.pair or counted or noun.det == "die"):
        others = [entry for entry in look_up(noun.head) if entry.gender != "p"]
        return replace(noun, gender=others[0].gender if others else "")
    if not noun.gender and not noun.det and noun.adjectives:
        # "Schwarze Quarks": an adjective in -e stands in front of a plural or a feminine.
        return replace(noun, gender="p" if plural or noun.head.endswith(("er", "en", "s")) else "f")
    if not noun.gender and plural:
        return replace(noun, gender="p")
    if not noun.gender and noun.det == "die":
        return replace(noun, gender="f")
    if not noun.gender and not noun.det and not noun.adjectives:
        return replace(noun, named=True)
    return noun
