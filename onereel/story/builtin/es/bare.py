"""The noun without an article that a Spanish idea begins with, where it is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join
from .bits import describes
from .lexicon import lexicon, plain
from .mentions import RELATIONAL
from .naming import Head
from .nouns import (
    BEFORE,
    CALENDAR,
    COUNTED,
    PREPOSITIONS,
    definite,
    gender_of,
    is_being,
    is_known_noun,
    is_person,
    is_plural_word,
    singular,
)
from .things import VAGUE, thing_at
from .verbs import is_finite, is_infinitive, is_ours, is_small

__all__ = ["THESE", "bare_head"]

THESE = {"el": "este", "la": "esta", "los": "estos", "las": "estas"}
_SHORTEST_LABEL = 4
_LEADING = ("de", "por", "contra", "ante", "tras")
"""Prepositions behind a noun that begins a headline, where no verb takes them."""


def bare_head(words: Sequence[str]) -> Head | None:
    """A noun without an article that begins an idea: "abejas", "aceite de oliva"."""
    if words[0].lower() in BEFORE and len(words) > 1 and is_known_noun(words[1]):
        found = bare_head(words[1:])  # "nuevo sal\u00f3n de t\u00e9"
        if found and found.person:
            # "Antiguos mineros (que ahora cr\u00edan abejas)"
            texts = (
                each.replace(" ", f" {words[0].lower()} ", 1) for each in (found.text, found.short)
            )
            text, short = texts
            found = replace(found, text=text, short=short)
        return replace(found, end=found.end + 1) if found else None
    if told_which := _told_which(words):
        return told_which
    noun, words = words[0], _unpiled(words)
    if _is_label(words) and not re.search("(?:on|azo|ada|ida)$", plain(noun)):
        return Head(noun, 1, noun.islower() and is_plural_word(noun), short=noun)
    # "Falta de medicamentos": no sentence goes on so behind a verb.
    told = plain(noun) in lexicon().sets["nouny"] or singular(noun) in lexicon().sets["nouny"]
    told = told and len(words) > 1 and (words[1] in _LEADING or describes(words[1]))
    told = told or _is_ware_word(words)
    # "Mujeres camioneras cuentan su oficio"
    some = (is_person(noun) or is_being(noun)) and is_plural_word(noun) and _acts(words)
    if not (is_known_noun(noun) or told) or is_infinitive(noun):
        return None
    if is_person(noun) and not (some or (told and plain(noun) not in lexicon().sets["person"])):
        return None  # "Hervidor de vidrio" is nobody
    alone = len(words) == 1 or told
    if not gender_of(noun):
        return None
    if not (told or some) and is_plural_word(noun) and len(words) > 1 and is_finite(words[1]):
        return None  # "Correos reparte comida": no common subject lacks its article
    vague = plain(noun) in VAGUE - lexicon().sets["premises"]
    behind = [*words, "de"][1]
    if is_ours(noun) and not (behind in ("de", "del", "para") or describes(behind, gender="o")):
        return None  # "camino (solo)": I do
    if any(letter.isupper() for letter in noun[1:]) or (vague and not alone):
        return None
    thing = thing_at(["el" if gender_of(noun) == "m" else "la", noun.lower(), *words[1:]], 0)
    plural = is_plural_word(noun)
    if plural:
        article = "los" if gender_of(noun) == "m" else "las"
        thing = thing_at([article, noun.lower(), *words[1:]], 0)
    if thing is None or noun.lower() in COUNTED:
        return None
    end = thing.end - 1
    behind = words[end].lower() if end < len(words) else ","
    # With more behind it, it may be a label, a brand or a verb.
    if behind in ("de", "del", "y", "e", "o", "u") or (is_finite(noun) and not (alone or some)):
        return None
    if plain(singular(noun)) in RELATIONAL and not alone and thing.text == thing.short:
        return None
    named = definite([noun.lower(), *words[1:end]])
    return Head(join(named), end, plural, short=thing.short) if named else None


def _told_which(words: Sequence[str]) -> Head | None:
    """Those of whom only a clause tells who they are: "mujeres (que dirigen mercados)"."""
    noun = words[0].lower()
    if not (is_person(noun) and is_plural_word(noun) and gender_of(noun)):
        return None
    article = "los" if gender_of(noun) == "m" else "las"
    thing = thing_at([article, noun, *words[1:]], 0)
    end = thing.end - 1 if thing else 0
    if thing is None or [*words, ""][end].lower() not in ("que", "donde"):
        return None
    text, short = (each.replace(article, THESE[article], 1) for each in (thing.text, thing.short))
    return Head(text, end, True, True, True, short=short)


def _acts(words: Sequence[str]) -> bool:
    """Whether several do something in front of whom nothing stands: "bomberos rescatan ..."."""
    at = 1
    while at < len(words) and (describes(words[at]) or words[at].endswith("eras")):
        at += 1
    if words[at : at + 1] in (["de"], ["del"]):
        # "Alumnos de un instituto de C\u00e1diz inventan"
        thing = thing_at(["los", *words], 0) or thing_at(["las", *words], 0)
        at = thing.end - 1 if thing else at
    return at < len(words) and is_finite(words[at]) and lexicon().forms[words[at].lower()].plural


def _is_ware_word(words: Sequence[str]) -> bool:
    """Whether a word that no list has is a noun by what it is of: "coj\u00edn de viaje"."""
    word, joint, of = [*words, "", ""][:3]
    odd = is_small(word) or is_finite(word) or is_infinitive(word) or not word.isalpha()
    strange = word.lower() not in lexicon().forms and plain(word) not in _names()
    noun = is_known_noun(of) or not (is_small(of) or is_finite(of) or is_infinitive(of))
    named = joint == "de" and of.islower() and noun  # "secador de pelo"
    # "Apag\u00f3n en Alicante"
    ending = re.search("(?:on|azo|ada|ida)$", plain(word)) is not None
    named = named or (joint in ("en", "por") and ending)
    named = named or (ending and describes(joint) and not of.isalpha())
    # "Fundas n\u00f3rdicas de lino"
    many = re.search("[oa]s$", word) is not None and describes(joint, gender=word[-2])
    named = named or (many and joint[-1:] == "s" and of in ("de", "para", "con", "sin", ",", ""))
    return len(word) >= _SHORTEST_LABEL and named and strange and not (odd or describes(word))


def _unpiled(words: Sequence[str]) -> Sequence[str]:
    """The first of what somebody lines up as for a search: "mercado central (valencia madrugada)".

    Behind a noun and its adjectives stands no other noun without a word between them.
    """
    for at in range(1, len(words)):
        before, low = words[at - 1].lower(), words[at].lower()
        if not (is_known_noun(before) or describes(before)) or before in PREPOSITIONS:
            return words
        place = plain(low) in lexicon().sets["places"]
        if place or (is_known_noun(low) and not describes(low) and words[at].islower()):
            return words[:at]
    return words


def _is_label(words: Sequence[str]) -> bool:
    """Whether an idea begins with a word that no list has, which is named as it was typed:
    "blockchain para principiantes"."""
    word = words[0]
    odd = is_known_noun(word) or is_small(word) or is_finite(word) or is_infinitive(word)
    verbal = word.lower() in lexicon().forms or describes(word) or plain(word) in _names()
    closed = len(words) == 1 or words[1].lower() in ("para", "en", "sin", "con")
    verbal = verbal or word.endswith("s")  # "T\u00e1pers": several of something
    # "Paseo en bici" has a gender, whichever it is.
    foreign = (
        word[:1].isupper()
        or word.lower() in CALENDAR
        or re.search("[kw]|[^aeiounlrdzs]$", plain(word)) is not None
    )
    plain_enough = word.isalpha() and len(word) > _SHORTEST_LABEL and closed and foreign
    return plain_enough and not (odd or verbal)


def _names() -> frozenset[str]:
    sets = lexicon().sets
    return sets["names"] | sets["bare_names"] | sets["places"] | sets["nouny"]
