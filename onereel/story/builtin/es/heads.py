"""The noun phrase that a Spanish idea begins with, where it is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..cleaning import join
from .bits import describes, is_series
from .lexicon import lexicon, plain, word_set
from .mentions import RELATIONAL
from .nouns import (
    BEFORE,
    COUNTED,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    definite,
    gender_of,
    is_either,
    is_known_noun,
    is_person,
    is_plural_word,
    singular,
)
from .things import TIMES, VAGUE, Thing, thing_at
from .verbs import is_finite, is_infinitive, is_small

__all__ = ["Head", "brand", "front", "head_at", "is_somebody"]

_ONE = word_set("un una el la mi tu nuestro nuestra este esta")
_MANY = word_set("unos unas los las mis tus nuestros nuestras estos estas")
_THESE = {"el": "este", "la": "esta", "los": "estos", "las": "estas"}
_LONGEST, _LONGEST_PAIR = 9, 12
_SHORTEST_LABEL = 4
_NEAR = 5
_CROWDS = word_set("pueblo equipo banda barrio ciudad vecindario publico")
_KIN = word_set(
    "hijo hija padre madre hermano hermana esposo esposa marido nieto nieta sobrino sobrina primo"
    " prima novio novia viuda viudo yerno suegra suegro due\u00f1o due\u00f1a jefe jefa"
)
"""Persons who are somebody's."""
_WOMEN = word_set("hermanas amigas madres gemelas ellas hijas mujeres enemigas novias t\u00edas")
_MINDED = word_set(
    "descubrir querer so\u00f1ar decidir saber aprender buscar encontrar recordar perder recibir"
    " escribir intentar creer esperar viajar amar temer olvidar hablar contar guardar"
)
"""What only somebody does."""
_FRONT = word_set(
    "cuando mientras si cada hoy ayer ma\u00f1ana desde durante tras seg\u00fan aunque"
    " despu\u00e9s antes"
)


@dataclass(frozen=True)
class Head:
    """What the idea certainly is about, named as a film names it again."""

    text: str
    """With its definite article: "el cartero"."""
    end: int
    """Where the words behind it begin."""
    plural: bool = False
    person: bool = False
    animate: bool = False
    named: bool = False
    own: bool = False
    """Whether it is somebody's: "mi abuelo"."""
    short: str = ""
    """The text without what it is of, by which a tale calls its hero."""


def is_somebody(head: Head | None) -> bool:
    """Whether it can be the hero of a tale."""
    return head is not None and head.animate


def front(words: Sequence[str]) -> int:
    """Where the subject begins: behind "en Bilbao," or "cuando llueve,"."""
    if "," not in words[1:12]:
        return 0
    comma = words.index(",", 1)
    low = [word.lower() for word in words[:3]]
    timed = any(plain(word) in TIMES for word in low[:2])
    led = low[0] in PREPOSITIONS | _FRONT or timed
    return comma + 1 if led and comma + 1 < len(words) else 0


def brand(words: Sequence[str]) -> str:
    """The name that an idea begins with: "Lumo, la l\u00e1mpara que ..."; "" without one."""
    comma = words.index(",") if "," in words[1:4] else 0
    behind = words[comma + 1].lower() if comma and comma + 1 < len(words) else ""
    named = all(word[:1].isupper() for word in words[:comma])
    known = is_known_noun(words[0]) or is_small(words[0])
    known = known or plain(words[0]) in lexicon().sets["places"]
    return join(list(words[:comma])) if behind in _ONE | _MANY and named and not known else ""


def head_at(words: Sequence[str], at: int = 0) -> Head | None:
    """The head of the noun phrase that begins at `at`; None where any word of it is unsure."""
    if at >= len(words) or is_series(words):
        return None
    found = _compared(words[at:])
    if found is not None:
        return found
    found = _named(words, at) or _common(words, at)
    if found is None or _joins(words, found.end) or len(found.text.split()) > _LONGEST:
        return None
    return found


def _joins(words: Sequence[str], at: int) -> bool:
    """Whether a second thing follows: "un perro y un gato", "caf\u00e9, pan y silencio"."""
    if at < len(words) and words[at].lower() in ("y", "e", "&", "o", "u", "ni", "contra"):
        return True
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


def _named(words: Sequence[str], at: int) -> Head | None:
    """ "Lina", "Ana Ruiz", "do\u00f1a Rosa", "la ONU", "Madrid"."""
    sets = lexicon().sets
    low = words[at].lower()
    led = low in ("el", "la", "los", "las", "don", "do\u00f1a")
    start = at + 1 if led else at
    if start >= len(words) or not words[start][:1].isupper():
        return None
    if led and plain(words[start]) in sets["article_towns"]:
        return None  # "La Habana" keeps its capital, and "de El Cairo" is not contracted
    end = start + 1
    while end < len(words) and (words[end][:1].isupper() or _goes_on(words, end)):
        end += 1
    first = plain(words[start])
    joint, kind = [*words, "", ""][start + 1 : start + 3]
    beside = (joint == "," and is_person(kind)) or (joint in ("el", "la") and is_known_noun(kind))
    # "To\u00f1o el cangrejo"
    called = beside and not led and (joint != "," or not is_known_noun(first))
    known = first in sets["names"] | sets["bare_names"] or called
    place = first in sets["places"]
    several = end > start + 1 and not (is_known_noun(words[start]) or is_small(words[start]))
    shouted = words[start].isupper() and len(words[start]) > 1
    first_word = start == 0
    if not (known or place or several or (led and (not first_word or shouted))):
        return None
    if not led and first_word and not (known or place or several):
        return None
    if known and not (place or called or several) and first_word and is_known_noun(words[0]):
        return None  # "Alba", "Rosa": a name or a thing
    person = known and not place
    text = join([low, *words[start:end]] if led else list(words[start:end]))
    many = low in ("los", "las")
    return Head(text, end, many, person, person, named=True, short=text)


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a name goes on behind a small word: "el Museo (del) Prado"."""
    small = words[at].lower() in ("de", "del", "la", "los")
    return small and any(
        word[:1].isupper() for word in words[at + 1 : at + 2 + (words[at].lower() == "de")]
    )


def _common(words: Sequence[str], at: int) -> Head | None:
    thing = thing_at(words, at)
    if thing is None:
        return None if at else _bare(words)
    noun, low = thing.noun, words[at].lower()
    bare = plain(singular(noun))
    place = bare in lexicon().sets["premises"] and thing.text != thing.short  # "centro de yoga"
    if (plain(noun) in VAGUE or bare in VAGUE or noun.lower() in COUNTED) and not place:
        return None
    if bare in RELATIONAL and thing.text == thing.short:
        return None
    person = is_person(noun) or _has_trade(words, thing)
    being = person or bare in lexicon().sets["being"] or _dreams(words, thing.end)
    counted = low in NUMBERS or low.isdigit()
    whose = words[thing.end].lower() if words[thing.end + 1 :] else ""
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
        return replace(found, end=found.end + 1) if found else None
    noun = words[0]
    if _is_label(words):
        return Head(noun, 1, is_plural_word(noun), short=noun)
    # "Falta de medicamentos": no sentence goes on so behind a verb.
    told = plain(noun) in lexicon().sets["nouny"] or singular(noun) in lexicon().sets["nouny"]
    told = told and len(words) > 1 and (words[1] == "de" or describes(words[1]))
    if not (is_known_noun(noun) or told) or is_person(noun) or is_infinitive(noun):
        return None
    alone = len(words) == 1 or told
    if not gender_of(noun):
        return None
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
