"""Whether an English idea is read without a guess; where it is not, a film quotes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..pack import Frame, Part
from ..verbatim import attributed, verbatim_frame, what_is_sold
from .around import named_in, offered, told_of
from .articles import with_articles
from .clauses import MODALS, RELATIVES
from .clean import title_case, words_of
from .kinds import GRAMMAR, JOINTS, PASSING, is_being, kinds_of
from .lexicon import (
    base_of,
    gerund,
    is_base,
    is_verb,
    lexicon,
    past_base,
    speech,
    word_set,
)
from .nouns import (
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    is_plural_word,
)
from .orders import counts, is_task, is_turned
from .premise import premise_of
from .standing import NOTHING, is_first, is_phrase, stands
from .surely import sure_phrases
from .terms import closes, is_done_to, is_name, is_passing, is_vague
from .whether import BE, DO

__all__ = ["sure"]

_ASKING = (
    r"(?i)what if\b|(?:why|how|what|when|where|who|which)\s"
    r"(?:(?:actually|really|exactly|even)\s)?(?:is|are|was|were|do|does|did|can|could"
    r"|will|would|should|has|have|happens|makes|causes)\b"
)
_ANYBODY = word_set("people things somebody everybody someone everyone kids children adults")
_COUNTS = NUMBERS | word_set("hundreds thousand thousands million dozen dozens")
_TOLD = frozenset(("story", "trailer", "poem", "musicvideo", "news", "documentary"))
"""Templates that teach nothing."""
_LONGEST = {"hero": 30, "asks": 12, "task": 14, "noun": 7, "brand": 12}
"""Words up to which an idea has one clause, and nothing in it stands for another."""


def sure(frame: Frame, idea: str, template: str) -> Frame:
    """The frame itself where every word that a film would inflect is known, else a quoting one."""
    premise, further = premise_of(attributed(idea), template)
    fits = not _is_offered(frame, template) and _is_listed(frame, template)
    words = words_of(premise.replace(": ", ", "))
    if fits and _is_certain(frame, words_of(premise), premise, template):
        return _without_guesses(frame, premise)
    if re.match(_ASKING, premise) and not premise.endswith("?"):
        premise = f"{premise.rstrip('.! ')}?"
    named = named_in(premise, template)
    if not named and template in ("story", "trailer", "poem", "documentary", "musicvideo"):
        # "1962. A submarine. One man says no."
        named = tuple(dict.fromkeys(n for each in further for n in named_in(each, template)))
    name = offered(premise, further) if template == "product" else ""
    if template == "product" and "brand" in frame.tags and " and " in frame.slots["topic"]:
        name = frame.slots["topic"]  # "Nestle and Bloom" is one
        named = tuple(each for each in named if each not in name)
    named = (name, *named) if name else named
    if not named and template in ("story", "trailer", "poem") and (somebody := _somebody(words)):
        named = (somebody,)
    if named and (not frame.items or frame.tags & {"asked", "inquiry"}):
        return told_of(frame, words, premise, template, named)
    asks = frame.logline.endswith("?") and not premise.endswith("?")
    if _is_common_start(words_of(premise) or [premise], premise):
        premise = premise[:1].lower() + premise[1:]
    quoting = verbatim_frame(
        with_articles(premise.rstrip(".! ")) + ("?" if asks else ""),
        further,
        themes=frame.themes,
        passing=is_passing,
        vague=is_vague,
        closed=lexicon().sets["function"] | GRAMMAR | JOINTS | PASSING,
        closes=closes,
        acts=is_done_to,
        numbers=_COUNTS,
        titled=title_case,
    )
    quoting = what_is_sold(quoting, premise) if template == "product" else quoting
    low = [word.lower() for word in words]
    if low[:2] == ["how", "to"] and low[2:] and is_base(low[2]) and len(low) > 3:
        nobody = {quoting.slots["term"], *(part.slots["term"] for part in quoting.parts)}
        if nobody <= _ANYBODY:
            # "How to apologise so that people believe you" is about no people.
            return told_of(frame, words, premise, template, (gerund(low[2]),))
    terms = {quoting.slots["term"].lower(), *(part.slots["term"].lower() for part in quoting.parts)}
    if "asks" in quoting.tags and terms <= _ANYBODY:
        # "Why are some people left-handed" is about no "people".
        return told_of(frame, words, f"{premise.rstrip('?')}?", template, ("this question",))
    return quoting


def _somebody(words: Sequence[str]) -> str:
    """Whom an idea calls by a pronoun alone: "(He) was paid to forget her"."""
    whom = {"he": "him", "she": "her", "they": "them"}.get(words[0].lower() if words else "", "")
    behind = [word.lower() for word in words[1:3]]
    acts = any(word in BE or is_verb(word) or past_base(word) or base_of(word) for word in behind)
    return whom if acts and len(words) > 2 else ""


def _is_common_start(words: Sequence[str], premise: str) -> bool:
    """Whether a capital only begins the idea, and is no part of a name such as "Pocketbee, ..."."""
    first, *rest = words
    headed = rest[:1] == [","] or ":" in premise or bool(rest and rest[0][:1].isupper())
    known = bool(speech(first)) or first.lower() in GRAMMAR | PASSING
    return known and not headed and first[1:].islower() and not is_name(first)


def _is_offered(frame: Frame, template: str) -> bool:
    """Whether a film would teach what perhaps nobody does, or sell somebody."""
    named = "noun" in frame.tags and "brand" not in frame.tags
    sold = template == "product" and bool(frame.tags & {"person", "animate"})
    return named and (template == "howto" or sold)


def _is_listed(frame: Frame, template: str) -> bool:
    """Whether a list has something to list; two lists of places to fill are the same list."""
    return template != "listicle" or bool(frame.tags & {"listed", "announced", "noun", "brand"})


def _without_guesses(frame: Frame, premise: str) -> Frame:
    """A frame whose further things are surely things."""

    words = words_of(premise.replace(": ", ", "))

    def is_thing(part: Part) -> bool:
        texts = tuple(part.slots.values())
        phrases = [text.split() for text in texts]
        plain = all(is_phrase(phrase, premise) and stands(phrase) for phrase in phrases)
        return plain and set(texts) <= set(sure_phrases(texts, words))

    # What a subject is for, or in, is no subject: "ballet for boys".
    round_one = "noun" in frame.tags or "task" in frame.tags
    kept = () if round_one else tuple(part for part in frame.parts if is_thing(part))
    slots = dict(frame.slots)
    if slots.get("part") in NOTHING or ("listed" in frame.tags and not _names_surely(frame, words)):
        slots["part"] = ""
    if frame.kind == "hero" and not is_thing(Part({"part": slots.get("part", "")})):
        slots["part"] = ""
    return replace(frame, slots=slots, parts=kept)


def _names_surely(frame: Frame, words: Sequence[str]) -> bool:
    """Whether what a film goes round is surely a thing of the idea."""
    names = ("part",) if "listed" in frame.tags else ("part", "topic")
    called = (frame.slots.get(name, "") for name in names)
    phrases = tuple(filter(None, called))
    return set(phrases) <= set(sure_phrases(phrases, words))


def _is_certain(frame: Frame, words: Sequence[str], premise: str, template: str) -> bool:
    low = [word.lower() for word in words]
    tags, slots = frame.tags, frame.slots
    ways = slots.get("item", "").startswith("way") and low[0].endswith("ing")
    item = slots.get("item", "").split()
    ours = item[:1] in (["fact"], ["thought"]) and len(item) not in (3, 4)
    if ways or (ours and "announced" not in tags):
        return False  # its items would say nothing of the idea
    mere = item == ["thing"] and slots.get("part") and not slots.get("about")
    if mere and _names_surely(frame, words):
        return False  # "Seven things never to say to a nurse" are about the nurse
    if "announced" in tags:
        return counts(low, item[0])
    if item == ["thing"] and slots.get("part"):
        return False  # "Things only twins understand" are about twins
    if "listed" in tags and "task" not in tags and "," not in words and ":" not in premise:
        return len(words) <= _LONGEST["task"] and counts(low, item[0])
    if frame.kind == "hero":
        done_to = (slots["object"],) if slots.get("object") else ()
        things = set(done_to) <= set(sure_phrases(done_to, words))
        return len(words) <= _LONGEST["hero"] and things and _acts(frame, low)
    if "told" in tags or "," in words or ":" in premise or JOINTS & set(low):
        return "brand" in tags and _is_brand(frame, words)
    if slots.get("task") and template in _TOLD and not low[0].endswith("ing"):
        return low[0] == "how"  # "Forget everything you know": no tale tells how
    if slots.get("task"):
        return len(words) <= _LONGEST["task"] and is_task(slots, low, taught=template == "howto")
    if slots.get("ask") or slots.get("question"):
        plain = len(words) <= _LONGEST["asks"] and is_turned(low, slots["part"].split())
        head = slots["part"].split()[-1:]
        at = low.index(head[0]) + 1 if head and head[0] in low else 0
        # "why are manhole covers round"
        plain = plain and not (low[1] in BE and at and is_plural_word((low[at:] or [""])[0]))
        part = slots["part"].split()
        # "What makes a good apology" is about any, and about no single one, as what does a deed is.
        any_one = bool({"a", "an"} & set(low)) and slots["part"].startswith("the ")
        any_one = any_one and not {"do", "does", "did"} & set(low)
        if "doing" in tags and any(part == [gerund(word)] for word in low if is_base(word)):
            return plain  # "why do we yawn"
        plain = plain and not any_one and is_first(slots["part"], low)
        # Between its two verbs a question has its subject only: "does noise cancelling work".
        part = ["the", *part] if low[1] in BE | set(DO) and part[0] not in DETERMINERS else part
        # What stands there without an article in a whole sentence may do so in another.
        return plain and is_phrase(part, premise) and _names_surely(frame, words)
    if not all(kinds_of(word, first=not at) for at, word in enumerate(words)):
        return False
    if any(word in _COUNTS or word[:1].isdigit() for word in low):
        return False  # a list, whatever else the film is
    # What "who repaired the bells" is about stands in front of it.
    end = next((at for at, word in enumerate(low) if at and word in RELATIVES), len(low))
    if end > _LONGEST["noun"] or not is_phrase(words[:end], premise):
        return False
    part = slots["part"].split()
    if "without" in low and "without" not in part:
        return False
    # "This is a film about night shift": what stands in a sentence needs its article.
    if "brand" not in tags and not stands(slots["whole"].split()):
        return False
    named = is_phrase(part, premise) and is_first(slots["part"], low) and stands(part)
    return named and _names_surely(frame, words)


def _acts(frame: Frame, low: Sequence[str]) -> bool:
    """Whether somebody is surely somebody, and the word behind surely what they do."""
    hero = frame.slots["hero"].split()
    if not frame.tags & {"person", "named"} and not is_being(hero[-1]):
        return False
    head = hero[-1].lower()
    at = low.index(head) + 1 if head in low else 0
    if not at or at >= len(low):
        return False
    at += low[at] in ("who", "that") or low[at].endswith("ly")
    if at >= len(low):
        return False
    wants = low[at] in MODALS - {"cannot"} and "v" in kinds_of(low[min(at + 1, len(low) - 1)])
    at += wants  # "must share one oven"
    led = low[0] in DETERMINERS | NUMBERS or "named" in frame.tags
    ends = JOINTS | RELATIVES | {","}
    end = next((i for i in range(at, len(low)) if low[i] in ends), len(low))
    verb, behind = low[at], low[at + 1 : end]
    objects = bool(behind) and "plural" in frame.tags and is_plural_word(behind[0])
    plain = not behind or objects or behind[0] in DETERMINERS | PREPOSITIONS | NUMBERS | {"to"}
    acts = wants or base_of(verb) is not None or past_base(verb) is not None
    plain = plain or base_of(verb) is not None  # "becomes mayor"
    # "a driver inherits a": nothing but a verb stands there.
    acts = acts or ("single" in frame.tags and bool(behind) and verb.endswith(("s", "ed")))
    acts = acts or ("plural" in frame.tags and bool(behind) and "v" in kinds_of(verb))
    again = (
        kinds_of(word) == "v" and not word.endswith(("ed", "ing")) and before != "to"
        for before, word in pairwise(behind)
    )
    # "starts leaving poems" is no deed of its own.
    goes_on = bool(behind) and behind[0].endswith("ing")
    return led and acts and plain and not goes_on and not any(again)


def _is_brand(frame: Frame, words: Sequence[str]) -> bool:
    """ "Lumo, the lamp that follows the sun"."""
    comma = list(words).index(",") if "," in words else 0
    rest = [word for word in words[comma + 1 :] if word != ","]
    plain = comma == 1 and len(rest) == len(words) - comma - 1 <= _LONGEST["brand"]
    plain = plain and not JOINTS & {word.lower() for word in rest}
    named = bool(rest) and rest[0].lower() in ("a", "an", "the")
    does = frame.slots.get("does", "").split()
    acts = not does or base_of(does[0]) is not None
    return plain and named and acts and all(kinds_of(word) for word in rest)
