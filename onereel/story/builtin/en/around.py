"""A film of an idea that is said as it was written, and goes round the things it surely names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..pack import Frame, Part
from .chunks import certain_phrases
from .clean import is_introduction, plain_start, words_of
from .frames import UNPLACED, topic_frame
from .kinds import is_being, kinds_of
from .lexicon import base_of, is_verb, speech
from .nouns import DETERMINERS, PREPOSITIONS, is_plural_word
from .statements import NARRATORS
from .surely import chiefly, sure_phrases
from .topic import asked, told

__all__ = ["named_in", "offered", "told_of"]

_OVER = r"(?i)(?:say goodbye|no more|never again|goodbye|forget|tired of|enough of|stop) "
"""What heads a pitch and says what it does away with."""
_OURS = r"Our ((?:[a-z-]+ ){0,2}[a-z-]+) (?:helps?|keeps?|makes?|is|are|will|can)\b"
_TAUGHT = frozenset(("product", "explainer", "lesson", "howto"))
"""Templates whose ideas may say whom the film is for."""


def named_in(premise: str, template: str) -> tuple[str, ...]:
    """What the film of an idea can go round: all that it surely names."""
    head, colon, rest = premise.partition(": ")
    titled = bool(colon) and all(word[:1].isupper() or word == "and" for word in head.split())
    told = rest if titled or (colon and re.match(_OVER, head)) else premise.replace(": ", ", ")
    words = words_of(re.sub(r"\s*\(", ", ", told))
    placed, taught = template not in UNPLACED, template in ("howto", "lesson")
    found = certain_phrases(words, placed=placed, taught=taught, sold=template == "product")
    offered_one, guided = template == "product", template == "howto"
    named = sure_phrases(found, words, sold=offered_one, taught=guided)
    if template in _TAUGHT | {"listicle"}:
        named = chiefly(named, words, sold=offered_one)
    if template in _TAUGHT:
        # Whom it is told, it is not about: "photosynthesis for teachers".
        named = tuple(each for each in named if not _is_whom(each, told)) or named
    if template == "news":
        # Where something happens, no report is about.
        told_in = r"(?i)\b(?:in|at|near|off|from) "
        named = tuple(n for n in named if n.islower() or not re.search(told_in + n, told)) or named
    if template != "product":
        return named
    if brand := _brand(words):
        return (brand,)
    named = tuple(each for each in named if not each.startswith(("your ", "my "))) or named
    aside = (
        r"(?i)\b(?:for|in|within|after|at|from|under|on|by|into) (?:an? |the )?(?:[\w'-]+ ){0,2}"
    )
    there = [each for each in named if re.search(aside + re.escape(each.split()[-1]), told)]
    named = tuple(each for each in named if each not in there) or named
    # What its buyers do, or what it is made of, is not for sale: "for people who hate luggage".
    whom = re.split(r"(?i)\b(?:who|whose|when|where|because|if|that|which)\b", told)[0].lower()
    sale = (e for e in named[1:] if e.startswith("the ") or is_plural_word(e.split()[-1]))
    named = (*named[:1], *(each for each in sale if each.split()[-1].lower() in whom))
    sold = head if titled else _yours(head) if colon else ""
    named = tuple(each for each in named if not (sold and each.startswith("your ")))
    return (sold, *named) if sold else named


def _brand(words: Sequence[str]) -> str:
    """The name that an idea begins with, where it does something: "BrightPath Tutoring helps"."""
    end = next((at for at, word in enumerate(words) if not word[:1].isupper()), 0)
    name = words[:end]
    coined = any(map(str.isupper, name[0][1:])) if name else False
    coined = coined or (bool(name) and not speech(name[0].lower()))
    known = bool(name) and name[0].lower() in DETERMINERS | PREPOSITIONS | NARRATORS
    verb = words[end].lower() if name else ""
    acts = base_of(verb) is not None or (verb[-1:] == "s" and "v" in kinds_of(verb))
    return " ".join(name) if acts and not known and (coined or len(name) > 1) else ""


def _yours(head: str) -> str:
    """What a headline sells as the viewer's: "the notebook" of "Your new favourite notebook"."""
    found = certain_phrases(words_of(head))
    words = found[0].split() if len(found) == 1 else []
    if words[:1] != ["your"]:
        return ""
    described = (at for at, word in enumerate(words) if at and set(kinds_of(word)) & {"a", "r"})
    return " ".join(["the", *words[max(described, default=0) + 1 :]])


def told_of(
    frame: Frame, words: Sequence[str], premise: str, template: str, named: Sequence[str]
) -> Frame:
    """The frame of an idea that is said as it was written, and goes round what it surely names."""
    asks = frame.slots.get("question") or ("asked" in frame.tags and frame.logline)
    if not asks and premise.endswith("?"):
        asks = f"{premise[:1].upper()}{premise[1:]}"
    if template == "product":
        premise = re.sub(r": (?=(?:an?|the|your|our) )", ", ", premise, count=1)
    again = asked(asks) if asks else told(words, premise)
    if template == "listicle":
        # No number is for "my dad", where he taught about money.
        named = sorted(named, key=lambda each: each.startswith(("my ", "our ")))
        named = [each for each in named if not each.startswith(("my ", "our "))] or named
    if template in ("news", "story", "trailer"):
        # "Scientists discover ..." is of those scientists.
        named = [f"the {each}" if _is_bare(each) else each for each in named]
    elif template in ("explainer", "lesson"):
        # What happens to "your brain" happens to the brain.
        named = [re.sub("^your ", "the ", each) if asks else each for each in named]
        # "How does noise-cancelling work in my headphones" is about no headphones of ours.
        named = [each for each in named if not each.startswith(("my ", "our "))] or named
    spoken = topic_frame(replace(again, focus=named[0]), premise, template, headline="")
    slots = {**spoken.slots, **_called(named[0]), "topic": ""}
    if template == "listicle" and asks:
        slots |= {name: frame.slots[name] for name in ("item", "thing", "things")}
    elif template == "listicle":
        del slots["item"]  # its numbers ask for what to think of the thing itself
    counts = bool(asks) or template != "listicle"
    titled = ":" in premise or "brand" in frame.tags
    titled = titled or (frame.kind == "hero" and frame.title.lower() in premise.lower())
    return replace(
        spoken,
        slots=slots,
        subject=frame.subject if "brand" in frame.tags else spoken.subject,
        title=frame.title if titled else spoken.title,
        tags=(spoken.tags - {"plural", "single"} - (set() if counts else {"listed"}))
        | ({"somebody"} if named[0] in ("him", "her", "them") else set())
        | {"parted", "plural" if _is_many(named[0]) else "single"},
        keywords=spoken.keywords | _nouns_of(named),
        themes=frame.themes,
        given=frame.given,
        items=frame.items,
        parts=tuple(Part(_called(each), _is_many(each)) for each in named[1:]),
    )


def offered(premise: str, further: Sequence[str]) -> str:
    """What a product's question is answered with: "Plately sends you ...", "Clip on a Findlet";
    nothing, where it asks nothing."""
    brought = is_introduction(" ".join(further[:1]))
    asked = premise.rstrip(". ").endswith("?") or brought
    words = words_of(plain_start(further[0])) if further and asked else []
    known = DETERMINERS | PREPOSITIONS | NARRATORS
    for at, word in enumerate(words):
        if (
            word[:1].isupper()
            and word.lower() not in known
            and not is_verb(word.lower())
            and (words[1:] or brought)
        ):
            end = next((i for i in range(at, len(words)) if not words[i][:1].isupper()), len(words))
            led = at > 0 and words[at - 1].lower() in ("a", "an", "the")
            return " ".join([*["the"][: int(led)], *words[at:end]])
    ours = re.match(_OURS, further[0]) if asked and further else None
    return f"our {ours[1]}" if ours else ""


def _is_bare(phrase: str) -> bool:
    first = phrase.split()[0]
    many = _is_many(phrase) or first == "new"
    return many and first.islower() and first not in DETERMINERS


def _is_many(phrase: str) -> bool:
    """Whether a phrase is a plural: "the parts of a flower", "the cat and the dog"."""
    words = phrase.split()
    if len(words) == 1 and phrase[:1].isupper():
        return False  # "Leeds"
    end = next((at for at, word in enumerate(words) if at and word in PREPOSITIONS), len(words))
    return "and" in words[:end] or is_plural_word(words[end - 1])


def _called(phrase: str) -> dict[str, str]:
    """The slots that name a thing."""
    it, them, its = ("they", "them", "their") if _is_many(phrase) else ("it", "it", "its")
    return {"part": phrase, "focus": phrase, "it": it, "them": them, "its": its}


def _is_whom(phrase: str, told: str) -> bool:
    """Whether it is somebody behind "for"."""
    head = phrase.split()[-1].lower()
    somebody = is_being(head) or head.endswith(("ers", "ors", "ists", "ians", "ents"))
    return somebody and re.search(rf"\bfor (?:the )?{re.escape(phrase)}\b", told) is not None


def _nouns_of(phrases: Sequence[str]) -> frozenset[str]:
    """The nouns that phrases end in."""
    return frozenset(phrase.split()[-1].lower() for phrase in phrases)
