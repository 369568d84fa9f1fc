"""Whether a German idea is read without a guess; where it is not, a film quotes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join, spelled_out, straightened, words_of
from ..pack import Frame, Part
from ..verbatim import attributed, verbatim_frame, what_is_sold
from .clean import as_task, clean, parts
from .counting import is_bare_list
from .crafts import order
from .hints import ANYBODY
from .lexicon import lexicon
from .lookup import agrees, by_suffix, is_dative_plural, look_up
from .nameless import as_question, as_statement, is_named, made_to
from .phrases import adjective_like, is_of_city, is_one_adjective
from .relatives import punctuated
from .spoken import spoken_of
from .tagging import is_tagged_adjective, is_tagged_name, is_tagged_verb
from .terms import CLOSED, SAYING_LITTLE, closes, is_passing, is_vague
from .verbs import is_infinitive, looks_finite

__all__ = ["sure"]

_LONGEST = {"hero": 24, "asked": 10, "task": 10, "noun": 7}
"""Words up to which an idea has one clause, and nothing in it stands for another."""
_LONGEST_NAMED = 3
_OPENING = frozenset(("ist", "sind", "war", "waren", "hat", "haben", "hast", "gibt", "bist"))
"""Verbs with which a question begins that needs no question word."""
_STATES = frozenset(("Lust", "Zeit", "M\u00fche", "Ahnung", "Bock", "Schluss", "Hause"))
"""Nouns that nobody speaks of alone."""
_TOLD = frozenset(("story", "trailer", "poem", "musicvideo", "news", "documentary"))
"""Templates that teach nothing."""
_OWN = frozenset(("ich", "wir", "mich", "mir", "uns"))
_MORE_NUMBERS = frozenset(
    (
        *("dreizehn", "vierzehn", "f\u00fcnfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
        *("vierzig", "f\u00fcnfzig", "hunderte", "tausende", "million", "millionen", "dutzend"),
    )
)


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
    if room and _is_certain(frame, words_of(premise), premise, idea, template):
        return frame
    text = cleaned if small else typed
    low = typed.lower()
    thing = bool(look_up(low)) or not adjective_like(low)
    if typed.isalpha() and low not in lexicon().infinitives and thing:
        text = typed[:1].upper() + typed[1:]
    premise, _, further = parts(text)
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
    asked_by = asked_by or (front[1:2] != [] and front[1].islower() and _acts(front[1]))
    asks = asks and front[1].lower() not in behind and (asked_by or "," not in premise)
    # "wie Impfungen wirken"
    indirect = front[1:] and front[1][:1].isupper() and _acts(front[-1].rstrip(".?!"))
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
        numbers=sets["numbers"] | _MORE_NUMBERS,
        titled=str,
        closed=SAYING_LITTLE.union(*(sets[name] for name in CLOSED)),
        closes=closes,
        led=False,
    )
    quoting = what_is_sold(quoting, premise) if template == "product" else quoting
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
    nameless = template != "product" and not any(map(is_named, terms))
    if nameless and "asks" in quoting.tags:
        return as_question(quoting)
    if not nameless or "open" not in frame.tags:
        return quoting
    own = "asked" in frame.tags and template != "poem" and not premise.endswith("?")
    return as_statement(frame, premise) if own and _OWN & set(premise.lower().split()) else frame


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


def _is_certain(frame: Frame, words: Sequence[str], premise: str, idea: str, template: str) -> bool:
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
    if "single" in tags and _is_many(frame.slots.get("topic", "")):
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
    counted = low & (sets["numbers"] | _MORE_NUMBERS) or any(word[:1].isdigit() for word in words)
    if counted and "task" not in tags:
        return False
    if "asked" in tags or frame.slots.get("question"):
        turned = frame.slots.get("ask", "").split()
        plain = bool(turned[2:] and frame.slots.get("topic")) and _acts(turned[-1])
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


def _acts(word: str) -> bool:
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
