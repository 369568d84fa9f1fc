"""The noun phrase that a Spanish idea begins with, where it is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .bare import THESE, bare_head
from .bits import is_series
from .lexicon import lexicon, plain, word_set
from .mentions import RELATIONAL
from .naming import Head, lists_things, named_at, unnamed_at
from .nouns import (
    BEFORE,
    COUNTED,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    is_being,
    is_either,
    is_known_noun,
    is_person,
    singular,
)
from .things import TIMES, VAGUE, Thing, only_for, thing_at
from .verbs import is_finite

__all__ = ["front", "head_at"]

_LONGEST, _LONGEST_PAIR = 9, 12
_BARE = 2
"""Words of a noun that has only its article."""
_NEAR = 5
_CROWDS = word_set("pueblo equipo banda barrio ciudad vecindario publico")
_KIN = word_set(
    "hijo hija padre madre hermano hermana esposo esposa marido nieto nieta sobrino sobrina primo"
    " prima novio novia viuda viudo yerno suegra suegro due\u00f1o due\u00f1a jefe jefa"
)
"""Persons who are somebody's."""
_WOMEN = word_set("hermanas amigas madres gemelas ellas hijas mujeres enemigas novias t\u00edas")
_POINTS = word_set("vez momento hora segundo minuto")
"""Times that are no time to tell of."""
_MINDED = word_set(
    "descubrir querer so\u00f1ar decidir saber aprender buscar encontrar recordar perder recibir"
    " escribir intentar creer esperar viajar amar temer olvidar hablar contar guardar"
)
"""What only somebody does."""
_FRONT = word_set(
    "cuando mientras si cada hoy ayer ma\u00f1ana desde durante tras seg\u00fan aunque"
    " despu\u00e9s antes"
)


def front(words: Sequence[str]) -> int:
    """Where the subject begins: behind "en Bilbao," or "cuando llueve,"."""
    if "," not in words[1:12]:
        return 0
    comma = words.index(",", 1)
    low = [word.lower() for word in words[:3]]
    timed = any(plain(word) in TIMES for word in low)
    led = low[0] in PREPOSITIONS | _FRONT or timed
    return comma + 1 if led and comma + 1 < len(words) else 0


def head_at(words: Sequence[str], at: int = 0) -> Head | None:
    """The head of the noun phrase that begins at `at`; None where any word of it is unsure."""
    if at >= len(words):
        return None
    if is_series(words):
        found = _common(words, at)
        tells = found is not None and found.animate and lists_things(words, found.end)
        return found if tells else None
    found = _compared(words[at:]) or (None if at else _those(words))
    if found is not None:
        return found
    found = unnamed_at(words, at) or named_at(words, at) or _common(words, at)
    listed = found is not None and found.animate and lists_things(words, found.end)
    if (
        found is None
        or (_joins(words, found.end) and not listed)
        or len(found.text.split()) > _LONGEST
    ):
        return None
    return found


def _those(words: Sequence[str]) -> Head | None:
    """ "Los que limpian las oficinas (al alba)": whom only their clause names."""
    led = 1 if words[0].lower() == "quienes" else 2
    if led > 1 and (words[0].lower() not in ("los", "las") or words[1:2] != ["que"]):
        return None
    form = lexicon().forms.get([*words, "", ""][led].lower())
    thing = thing_at(words, led + 1) if form is not None and len(words) > led + 1 else None
    if form is None or not form.plural:
        return None
    end = thing.end if thing is not None else len(words)
    closed = end == len(words) or words[end] == "," or words[end].lower() in PREPOSITIONS
    if not closed or end > _LONGEST or "," in words[:end]:
        return None
    text = join([words[0].lower(), *words[1:end]])
    return Head(text, end, True, True, short=text)


def _joins(words: Sequence[str], at: int) -> bool:
    """Whether a second thing follows: "un perro y un gato", "caf\u00e9, pan y silencio"."""
    if at < len(words) and words[at].lower() in ("y", "e", "&", "o", "u", "ni", "contra"):
        # "Los salineros de C\u00e1diz y su lucha" are about them.
        owned = words[at].lower() == "y" and [*words, ""][at + 1].lower() in ("su", "sus")
        other = [*words, "", ""][at + 2]
        act = any(is_finite(word) for word in words[at + 3 :])
        return not (owned and not act and not (is_person(other) or is_being(other)))
    listed = at < len(words) and words[at] == ","
    if listed and at + 1 < len(words):
        noun = words[at + 1].lower() in DETERMINERS or is_known_noun(words[at + 1])
        # "Calcetines, c\u00f3modos y lavables" are no other thing.
        return noun and any(word in ("y", "e", "o", "u") for word in words[at + 2 : at + 4])
    for word in words[at : at + _NEAR]:
        if is_finite(word) or word in (",", "que", "donde"):
            return False
        if word in ("y", "e"):
            return True
    return False


def _common(words: Sequence[str], at: int) -> Head | None:
    thing = thing_at(words, at)
    if thing is None:
        return None if at else bare_head(words)
    noun, low = thing.noun, words[at].lower()
    bare = plain(singular(noun))
    place = bare in lexicon().sets["premises"] and thing.text != thing.short  # "centro de yoga"
    # "El \u00faltimo verano"
    span = bare in TIMES - _POINTS and words[at + 1].lower() in BEFORE and low in ("el", "la")
    if (plain(noun) in VAGUE or bare in VAGUE or noun.lower() in COUNTED) and not (place or span):
        return None
    if bare in RELATIONAL and thing.text == thing.short and len(thing.text.split()) == _BARE:
        return None
    person = is_person(noun) or _has_trade(words, thing)
    being = person or is_being(noun) or _dreams(words, thing.end)
    counted = low in NUMBERS or low.isdigit()
    whose = words[thing.end].lower() if words[thing.end + 1 :] else ""
    if only_for(words, at, thing.end) and not being:
        return None
    if (counted or whose in ("de", "del")) and not being:
        # "5 se\u00f1ales": nobody knows which; "el ciclo (de ...)" is another without its rest.
        return None
    if bare in _KIN and whose in ("de", "del"):
        return None  # "la hija (del carcelero)"
    text, short = (_pointed(each, words, thing.end) for each in (thing.text, thing.short))
    if text.startswith("los ") and is_either(noun) and _WOMEN & {word.lower() for word in words}:
        text, short = f"las{text[3:]}", f"las{short[3:]}"  # "dos esp\u00edas ... son hermanas"
    return Head(
        text,
        thing.end,
        thing.plural,
        person,
        being and bare not in _CROWDS,
        own=low in POSSESSIVES,
        short=text if bare in _KIN else short,
    )


def _dreams(words: Sequence[str], at: int) -> bool:
    """Whether the verb at `at` gives a thing a mind: "un espantap\u00e1jaros (sue\u00f1a)"."""
    form = lexicon().forms.get([*words, ""][at].lower())
    afraid = words[at + 1 : at + 2] == ["miedo"]
    return form is not None and (form.verb in ("so\u00f1ar", "decidir") or afraid)


def _has_trade(words: Sequence[str], thing: Thing) -> bool:
    """Whether a word that no list has is somebody's trade: "una archivera (descubre que ...)"."""
    form = lexicon().forms.get([*words, ""][thing.end].lower())
    trade = re.search("er[oa]s?$", plain(thing.noun)) and not is_known_noun(thing.noun)
    return bool(trade) and form is not None and form.verb in _MINDED


def _pointed(name: str, words: Sequence[str], end: int) -> str:
    """A name that only the clause behind it makes clear: "las mujeres (que reparan redes)" are not
    women as such but these."""
    article, rest = name.split(" ", 1)
    told = end < len(words) and words[end].lower() in ("que", "donde")
    told = told and not re.search(r" del? ", name)  # what it is of tells enough
    given = words[0].lower() in THESE or words[max(end - len(name.split()), 0)].lower() in THESE
    return f"{THESE[article]} {rest}" if told and given and article in THESE else name


def _compared(words: Sequence[str]) -> Head | None:
    """ "(La) diferencia entre virus y bacteria", where nothing else follows."""
    at = 1 if words[0].lower() in ("la", "las") else 0
    noun = words[at : at + 1]
    joined = {"y", "e"} & set(words) and "," not in words and len(words) <= _LONGEST_PAIR
    if words[at + 1 : at + 2] != ["entre"] or plain(noun[0])[:9] != "diferenci" or not joined:
        return None
    many = noun[0].lower().endswith("s")
    text = join(["las" if many else "la", noun[0].lower(), *words[at + 1 :]])
    return Head(text, len(words), many, short=text)
