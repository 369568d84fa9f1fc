"""Whether a German idea is read without a guess; where it is not, a film quotes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join, spelled_out, straightened, words_of
from ..pack import Frame, Part
from ..verbatim import attributed, verbatim_frame, what_is_sold
from .clean import as_task, clean, marked, parts
from .hints import ANYBODY
from .lexicon import lexicon
from .lookup import look_up
from .nameless import as_question, as_statement, is_named, made_to, turned
from .phrases import adjective_like
from .relatives import punctuated
from .settled import MORE_NUMBERS, does, is_certain
from .spoken import spoken_of
from .terms import CLOSED, SAYING_LITTLE, closes, is_passing, is_vague
from .verbs import is_infinitive, looks_finite

__all__ = ["sure"]

_LONGEST_NAMED = 3
_OPENING = frozenset(("ist", "sind", "war", "waren", "hat", "haben", "hast", "gibt", "bist"))
"""Verbs with which a question begins that needs no question word."""
_STATES = frozenset(("Lust", "Gold", "Zeit", "M\u00fche", "Ahnung", "Bock", "Schluss", "Hause"))
"""Nouns that nobody speaks of alone."""
_OWN = frozenset(("ich", "wir", "mich", "mir", "uns"))


def sure(frame: Frame, idea: str, template: str) -> Frame:
    """The frame itself where every word that a film would inflect is known, else a quoting one."""
    idea = attributed(idea)
    cleaned = clean(idea)
    premise = as_task(parts(cleaned)[0], template)
    typed = straightened(spelled_out(idea, conjunction="und"), drop="\u201f^~")
    small = typed == typed.lower() and len(typed.split()) > 1
    room = template != "listicle" or _is_short(frame)
    room = room and not _is_offered(frame, template)
    # No number is for "mein Vater", where he told of money.
    room = room and not (template == "listicle" and frame.slots.get("topic", "")[:4] == "mein")
    if room and is_certain(frame, words_of(premise), premise, idea, template):
        return _headlined(frame, premise) if template == "news" else frame
    text = cleaned if small else typed
    low = typed.lower()
    thing = bool(look_up(low)) or not adjective_like(low)
    if typed.isalpha() and low not in lexicon().infinitives and thing:
        text = typed[:1].upper() + typed[1:]
    premise, _, further = parts(marked(text))
    premise = as_task(premise, template)
    fixed = punctuated(words_of(premise))
    if len(fixed) > len(words_of(premise)):
        premise = join(fixed)
    head, colon, rest = premise.partition(": ")
    if colon and any(map(looks_finite, rest.split()[1:4])):
        premise = f"{head}: {rest[:1].upper()}{rest[1:]}"
    front = premise.split()
    sets = lexicon().sets
    behind = sets["pronouns"] | sets["determiners"]  # "wie man einen Reifen flickt"
    asks = front[0].lower() in sets["questions"] and front[1:2] != []
    # "Wie bringe ich ihm bei, ...", "Woher wei\u00df ein Aufzug, ..."
    asked_by = front[2:3] != [] and front[2].lower() in ("ich", "du", "er", "man", "wir", "ihr")
    asked_by = asked_by or (front[1:2] != [] and front[1].islower() and does(front[1]))
    asks = asks and front[1].lower() not in behind and (asked_by or "," not in premise)
    # "wie Impfungen wirken"
    indirect = front[1:] and front[1][:1].isupper() and does(front[-1].rstrip(".?!"))
    asks = asks and not indirect
    told = front[0].lower() in sets["questions"]  # "warum wir Dinge aufschieben"
    opens = sets["modals"] | _OPENING
    asks = asks or (front[0].lower() in opens and len(front) > 2) or _begins_with_verb(front)
    asks = asks or (frame.logline.endswith("?") and not told)
    if template != "listicle" or "," in premise or ":" in premise:
        direct = asks or premise.endswith("?")
        # "Wie bekomme ich mein Kind dazu, Gem\u00fcse zu essen?" is about no vegetables.
        made = premise.lower().startswith("wie ") and re.search(r"\bda(?:zu|von), ", premise)
        if direct and made and (task := made_to(frame, premise)):
            return task
        if direct and made:
            question = premise.rstrip(".!? ") + "?"
            return as_question(replace(frame, slots={"idea": question}, title=question))
        named = spoken_of(frame, premise, words_of(premise), asks=direct, template=template)
        if named is not None:
            return named
    asks = asks and not premise.endswith("?")
    quoting = verbatim_frame(
        premise + ("?" if asks else ""),
        further,
        themes=frame.themes,
        passing=is_passing,
        vague=is_vague,
        numbers=sets["numbers"] | MORE_NUMBERS,
        titled=str,
        closed=SAYING_LITTLE.union(*(sets[name] for name in CLOSED)),
        closes=closes,
        led=False,
    )
    # "Was ich gern fr\u00fcher gewusst h\u00e4tte" has no word to come back to.
    terms = [quoting.slots["term"], *(part.slots["term"] for part in quoting.parts)]
    direct = asks or premise.endswith("?")
    if set(terms) <= sets["time_nouns"] and (
        named := spoken_of(frame, premise, words_of(premise), asks=direct, template=template)
    ):
        return named  # "was man f\u00fcr eine Woche in den Bergen braucht" is about no week
    if terms[1:] and terms[0] == front[0] and _is_order(terms[0]):
        others = quoting.parts[1:]
        quoting = replace(quoting, slots={**quoting.slots, "term": terms[1]}, parts=others)
        terms = terms[1:]
    if any(is_named(term) for term in terms):
        # "Menschen" are nobody, and "4 Gr\u00fcnde" no thing, where the idea has another word.
        empty = ANYBODY | _STATES
        kept = [term for term in terms if term not in empty and not term[:1].isdigit()] or terms
        others = tuple(Part({"term": term}) for term in kept[1:])
        quoting = replace(quoting, slots={**quoting.slots, "term": kept[0]}, parts=others)
    quoting = what_is_sold(quoting, premise) if template == "product" else quoting
    nameless = template != "product" and not any(map(is_named, terms))
    if nameless and "asks" in quoting.tags:
        return as_question(quoting)
    if not nameless or "open" not in frame.tags:
        return quoting
    if question := turned(premise):
        slots = {**quoting.slots, "idea": question}
        return as_question(replace(quoting, slots=slots, title=question))
    own = "asked" in frame.tags and template != "poem" and not premise.endswith("?")
    return as_statement(frame, premise) if own and _OWN & set(premise.lower().split()) else frame


def _headlined(frame: Frame, premise: str) -> Frame:
    """The frame of a headline, which leaves out articles that a sentence needs: no report says that
    "die Bienen Londoner Bus belagern"."""
    led = premise.split()[0].lower() in lexicon().sets["determiners"]
    bare = {name: "" for name in ("told_first", "told_last", "told_now") if name in frame.slots}
    return frame if led or not bare else replace(frame, slots={**frame.slots, **bare})


def _is_order(word: str) -> bool:
    """Whether an idea begins with what to do, and with no noun: "Probier", "Reserviere"."""
    base = f"{word.lower().removesuffix('e')}en"
    return base in lexicon().infinitives and not look_up(word)


def _begins_with_verb(words: Sequence[str]) -> bool:
    """Whether a sentence without its mark asks: "lohnen sich Balkonkraftwerke"."""
    first, *rest = words
    low = first.lower()
    finite = low.endswith(("en", "t", "te", "ten")) and (looks_finite(low) or is_infinitive(low))
    finite = finite and low not in lexicon().forms
    return finite and rest[1:] != [] and rest[0] in ("sich", "es", "man", "wir", "ich", "du")


def _is_offered(frame: Frame, template: str) -> bool:
    """Whether a film would teach what perhaps nobody does, or sell somebody."""
    named = frame.kind == "topic" and not frame.tags & {"brand", "task", "asked"}
    sold = template == "product" and bool(frame.tags & {"person", "animate"})
    return named and (template == "howto" or sold)


def _is_short(frame: Frame) -> bool:
    """Whether each item of a list has room for what the list is about."""
    named = frame.slots.get("topic") or frame.slots.get("hero") or ""
    return "listed" in frame.tags or len(named.split()) <= _LONGEST_NAMED
