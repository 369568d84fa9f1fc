"""Whether every word of a German idea that its film would inflect is settled by the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..pack import Frame
from .counting import is_bare_list
from .crafts import order
from .lexicon import lexicon
from .lookup import agrees, by_suffix, is_dative_plural, look_up, only_many
from .phrases import adjective_like, is_of_city, is_one_adjective
from .tagging import is_tagged_adjective, is_tagged_name, is_tagged_verb
from .verbs import is_infinitive, looks_finite

__all__ = ["MORE_NUMBERS", "does", "is_certain"]

_DIRECTIONS = (" Norden", " S\u00fcden", " Osten", " Westen")
_LONGEST = {"hero": 24, "asked": 10, "task": 10, "noun": 7}
"""Words up to which an idea has one clause, and nothing in it stands for another."""
_TOLD = frozenset(("story", "trailer", "poem", "musicvideo", "news", "documentary"))
"""Templates that teach nothing."""
MORE_NUMBERS = frozenset(
    (
        *("dreizehn", "vierzehn", "f\u00fcnfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
        *("vierzig", "f\u00fcnfzig", "hunderte", "tausende", "million", "millionen", "dutzend"),
    )
)


def is_certain(frame: Frame, words: Sequence[str], premise: str, idea: str, template: str) -> bool:
    """Whether the frame that was read of an idea is settled.

    Args:
        frame: what was read.
        words: the words of the idea's first sentence.
        premise: that sentence, cleaned.
        idea: the idea as it was typed.
        template: the film's.
    """
    tags = frame.tags
    low = {word.lower() for word in words}
    sets = lexicon().sets
    if "listed" in tags:
        items = look_up(frame.slots.get("item", "").split(" ")[-1])
        first = words[0].lower()
        at = next((at for at, word in enumerate(words) if at and word[:1].isupper()), 0)
        acts = any(map(looks_finite, words[at + 1 : at + 2]))  # "Zwei Taxifahrer tauschen"
        best = first in ("die", "meine", "unsere") and any(
            word.lower().endswith("sten") for word in words[1:3]
        )
        # "Tipps gegen Lampenfieber", "Kuriose Gesetze, die es noch gibt"
        best = best or bool(set(words[:2]) & set(lexicon().lists["things_counted"]))
        listed = bool(items) or ("about" in tags and bool(frame.slots.get("topic")))
        best = best or (first == "top" and words[1].isdigit())
        best = best or is_bare_list(words) or (at == 1 and is_bare_list(words[1:]))
        return listed and not acts and (first.isdigit() or first in sets["numbers"] or best)
    if "task" in tags and template in _TOLD and order(words) is not None:
        return False  # "Bau dir ein Floss": what a tale tells somebody to do is no craft
    cases = ("topic", "topic_a", "topic_d", "hero", "hero_a", "hero_d")
    if template != "product" and any("\u201e" in frame.slots.get(name, "") for name in cases):
        return False  # "\u201eVerband und Ministerium\u201c": a case that only quotation marks give
    topic = frame.slots.get("topic", "")
    if "task" in tags and frame.slots.get("task", "").split(" ")[0] == "um":
        return False  # "um um eine Gehaltserh\u00f6hung zu bitten"
    if topic.endswith(_DIRECTIONS):
        return False  # "(findet) ein Kompass Norden"
    if "task" not in tags and "single" in tags and (_is_many(topic) or only_many(topic)):
        return False
    if not agrees(frame.slots.get("topic", "") or frame.slots.get("hero", "")):
        return False
    if frame.kind == "hero":
        return _is_somebody(frame, words) and not _is_of_another(frame)
    if "task" not in tags and frame.slots.get("topic", "").startswith("dies"):
        return False
    if "," in words or ":" in premise or tags & {"open", "quoted", "hinted", "aside"}:
        return "brand" in tags and _is_brand(words)
    if not tags & {"whether", "task"} and _may_be_a_name(words) and premise[:1] == idea[:1]:
        return False
    end = next((at for at, word in enumerate(words) if at and word in sets["prepositions"]), None)
    inside = bool(tags & {"asked", "task"} or frame.slots.get("question"))
    if "task" in tags:
        # Whatever is done, and with what, only its verb is moved.
        large = [word for word in words[1:] if word.istitle()]
        known = all(look_up(word) or is_dative_plural(word) for word in large)
        known = known or is_infinitive(frame.slots.get("task", "").split(" ")[-1])
    else:
        known = _nouns_known(words if inside else words[:end])
    if low & sets["conjunctions"] or not known:
        return False
    counted = low & (sets["numbers"] | MORE_NUMBERS) or any(word[:1].isdigit() for word in words)
    if counted and "task" not in tags:
        return False
    if "asked" in tags or frame.slots.get("question"):
        turned = frame.slots.get("ask", "").split()
        plain = bool(turned[2:] and frame.slots.get("topic")) and does(turned[-1])
        asked = frame.slots.get("question", "").lower().rstrip("?")
        typed = premise.lower().rstrip("?. ")
        plain = plain and (asked in ("", typed) or frame.slots.get("ask", "").lower() == typed)
        return plain and len(words) <= _LONGEST["asked"]
    if "task" in tags:
        return len(words) <= _LONGEST["task"]
    if "claimed" in tags or not frame.slots.get("topic"):
        return False
    small = [word for word in words[1:] if word[:1].islower()]
    closed = sets["prepositions"] | sets["determiners"]
    described = all(word in closed or adjective_like(word) for word in small)
    return described and len(words) <= _LONGEST["noun"]


def does(word: str) -> bool:
    """Whether a word may be what somebody does."""
    return looks_finite(word) or is_tagged_verb(word)


def _is_somebody(frame: Frame, words: Sequence[str]) -> bool:
    """Whether somebody is surely somebody of one gender, and begins the idea."""
    sets = lexicon().sets
    leads = sets["determiners"] | sets["numbers"]  # "zwei Schwestern"
    led = words[0].lower() in leads or words[0] in sets["he"] | sets["she"]
    name = frame.slots["hero"].split()[-1]
    known = "named" in frame.tags or _kind(name) in ("person", "animal")
    end = next((at + 1 for at, word in enumerate(words) if word == name), 0)
    comma = list(words).index(",") if "," in words else len(words)
    begun = 0 < end < comma - 1 and (led and _nouns_known(words[:end]))
    return known and begun and len(words) <= _LONGEST["hero"]


def _is_of_another(frame: Frame) -> bool:
    """Whether what somebody does has a possessive that cannot be theirs, and whose owner is named
    no more: "der Papagei ... spricht mit der Stimme ihres Mannes"."""
    lead = frame.slots["hero"].split()[0].lower()
    hers = "plural" in frame.tags or lead in ("die", "eine", "meine", "unsere", "diese")
    his = lead in ("der", "das", "ein", "mein", "unser", "dieser", "dieses")
    other = "sein" if hers else "ihr" if his else ""
    told = f"{frame.slots.get('deed', '')} {frame.slots.get('object', '')}"
    return bool(other) and re.search(rf"\b{other}(?:e[mnrs]?)?\b", told) is not None


def _may_be_a_name(words: Sequence[str]) -> bool:
    """ "Leisepfote Hundeschuhe"."""
    first, *rest = words
    if not (first[:1].isupper() and adjective_like(first.lower())):
        return False
    if (
        rest
        and look_up(rest[0])
        and not any(map(str.istitle, rest[1:2]))
        and (is_tagged_adjective(first.lower()) or is_one_adjective(first))
    ):
        return False  # "Schwarze Loecher"
    return not look_up(first) or bool(rest and rest[0][:1].isupper())


def _is_many(topic: str) -> bool:
    """Whether a noun without an article may be a plural."""
    words = topic.split()
    return (
        bool(words)
        and words[0][:1].isupper()
        and any(entry.gender == "p" for entry in look_up(words[0]))
    )


def _is_brand(words: Sequence[str]) -> bool:
    """ "Lumo, die Lampe, die der Sonne folgt"."""
    comma = list(words).index(",") if "," in words else 0
    rest = list(words[comma + 1 :])
    article = bool(rest) and rest[0].lower() in ("ein", "eine", "der", "die", "das")
    # What follows the thing stays as it is: "das Katzenklo f\u00fcr Berufst\u00e4tige".
    small = lexicon().sets["prepositions"] | {","}
    end = next((at for at, word in enumerate(rest) if word in small), len(rest))
    return comma == 1 and article and len(rest) <= _LONGEST["hero"] and _nouns_known(rest[:end])


def _kind(word: str) -> str:
    entries = lexicon().forms.get(word.lower(), ()) or look_up(word)
    return entries[0].kind if entries else ""


def _nouns_known(words: Sequence[str]) -> bool:
    """Whether every noun has one gender in the lexicon, by itself or by its last part, or is a name
    behind a preposition."""
    sets = lexicon().sets
    closed = frozenset().union(
        *(sets[name] for name in ("determiners", "prepositions", "questions"))
    )
    for at, word in enumerate(words):
        low = word.lower()
        leads = closed | sets["adverbs"] | sets["numbers"]
        if not word[:1].isupper() or (not at and low in leads):
            continue
        if not at and (adjective_like(word) or low in lexicon().infinitives):
            continue
        if word in sets["he"] | sets["she"] or is_of_city(word, (*words, "")[at + 1]):
            continue
        entries = look_up(word)
        known = bool(entries) and (entries != by_suffix(word) or low in lexicon().forms)
        placed = bool(at) and words[at - 1].lower() in ("in", "aus", "nach", "von", "\u00fcber")
        lead = at
        while lead and adjective_like(words[lead - 1]) and words[lead - 1][:1].islower():
            lead -= 1
        one = len({entry.gender for entry in entries}) == 1
        one = one or bool(lead and words[lead - 1].lower() in sets["determiners"])
        # "Handgemachte G\u00fcrtel": by the ending in front there are several.
        genders = {entry.gender for entry in entries}
        described = at == 1 and words[0][-1:] == "e" and adjective_like(words[0])
        one = one or (described and "p" in genders)
        called = not entries and word.isalpha() and (placed or is_tagged_name(word))
        if not (known and one) and not called:
            return False
    return True
