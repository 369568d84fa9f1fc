"""The noun phrase that a Spanish idea begins with, where it is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join
from .bits import describes, is_series
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
    definite,
    gender_of,
    is_being,
    is_either,
    is_known_noun,
    is_person,
    is_plural_word,
    singular,
)
from .things import TIMES, VAGUE, Thing, only_for, thing_at
from .verbs import is_finite, is_infinitive, is_small

__all__ = ["front", "head_at"]

_THESE = {"el": "este", "la": "esta", "los": "estos", "las": "estas"}
_LONGEST, _LONGEST_PAIR = 9, 12
_SHORTEST_LABEL = 4
_BARE = 2
"""Words of a noun that has only its article."""
_LEADING = ("de", "por", "contra", "ante", "tras")
"""Prepositions behind a noun that begins a headline, where no verb takes them."""
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
    found = _compared(words[at:])
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
        return None if at else _bare(words)
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
    given = words[0].lower() in _THESE or words[max(end - len(name.split()), 0)].lower() in _THESE
    return f"{_THESE[article]} {rest}" if told and given and article in _THESE else name


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


def _bare(words: Sequence[str]) -> Head | None:
    """A noun without an article that begins an idea: "abejas", "aceite de oliva"."""
    if words[0].lower() in BEFORE and len(words) > 1 and is_known_noun(words[1]):
        found = _bare(words[1:])  # "nuevo sal\u00f3n de t\u00e9"
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
    some = is_person(noun) and is_plural_word(noun) and _acts(words)
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
    if behind in ("de", "del", "y", "e", "o", "u") or (is_finite(noun) and not alone):
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
    text, short = (each.replace(article, _THESE[article], 1) for each in (thing.text, thing.short))
    return Head(text, end, True, True, True, short=short)


def _acts(words: Sequence[str]) -> bool:
    """Whether several do something in front of whom nothing stands: "bomberos rescatan ..."."""
    at = 1
    while at < len(words) and (describes(words[at]) or words[at].endswith("eras")):
        at += 1
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
    return word.isalpha() and len(word) > _SHORTEST_LABEL and closed and not (odd or verbal)


def _names() -> frozenset[str]:
    sets = lexicon().sets
    return sets["names"] | sets["bare_names"] | sets["places"] | sets["nouny"]
