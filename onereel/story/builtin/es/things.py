"""The noun phrases of a Spanish idea that its own grammar makes certain.

An article says what its noun is: gender, number, and that it is one. What belongs to the noun is
certain where something closes it: a point, a preposition, a verb, the end. Nothing here needs to
know the noun itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from ..wording import as_far
from .adjectives import FIXED, adjectives_end, closes, end_of_name, ends, is_participle
from .bits import describes
from .lexicon import infinitive, lexicon, plain, word_set
from .nouns import (
    BEFORE,
    NUMBERS,
    PREPOSITIONS,
    definite,
    gender_of,
    is_known_noun,
    is_person,
    is_plural_word,
)
from .verbs import is_finite, is_infinitive, is_small

__all__ = ["TIMES", "VAGUE", "Thing", "bare_at", "is_common", "name_at", "only_for", "thing_at"]

TIMES = word_set(
    "dia noche ano verano invierno manana tarde momento semana hora mes siglo minuto otono vez"
    " primavera rato madrugada lunes martes miercoles jueves viernes sabado domingo anos dias"
    " horas noches semanas meses minutos segundo segundos veces"
)
VAGUE = TIMES | word_set(
    "cosa cosas parte resto fin tipo monton par mitad mayoria punto falta forma manera gente mundo"
    " poco hecho caso lado medio top ultima hora millon docena centro paso pasos vuelta traves"
    " favor gracias perdon adios culpa demas"
    " alrededor frente cara rumbo base busca final"
    " principio lugar sitio uno dos ellos todos nadie otro otra otros otras"
    " nivel nochebuena nochevieja reves azar contrario norte sur este oeste"
)
"""Nouns that name nothing by themselves; without accents."""
_SEASONS = word_set("dia noche verano invierno otono primavera")
_SINGLE = {"un": "el", "una": "la", "el": "el", "la": "la"}
_MANY = {"unos": "los", "unas": "las", "los": "los", "las": "las"}
_OWNED = word_set(
    "este esta estos estas mi mis tu tus nuestro nuestra nuestros nuestras vuestro vuestra"
    " vuestros vuestras"
)
_OF_WHAT = word_set("olor sabor miedo amor aroma olores sabores derecho homenaje viaje")
_STATES = word_set(
    "miedo hambre sed sue\u00f1o fr\u00edo calor raz\u00f3n prisa ganas suerte verg\u00fcenza celos"
)
"""What somebody has who is so."""
_HOW = word_set(
    "tanto mucho poco bien mal mejor peor igual juntos juntas solos solas lejos cerca tarde pronto"
    " despacio r\u00e1pido fuerte claro demasiado bastante enseguida"
    " frente rumbo"
)
"""What stands behind a verb and is no noun."""
_HOW_DONE = word_set(
    "memoria verdad repente pie prisa nuevo sobra golpe pronto broma oficio cerca lejos"
    " azul rojo verde negro blanco amarillo gris rosa marr\u00f3n naranja morado"
)
"""What stands behind "de" and says how: "aprender un poema de memoria"."""
_COMPARED = ("m\u00e1s", "menos", "mejor", "peor")
_NO_NOUNS = word_set("mas menos mio mia suyo suya tuyo tuya nuestro nuestra mios mias suyos suyas")
"""What stands behind an article and for something else: "todas las puertas menos (la suya)"."""
_LONGEST, _LONGEST_NOUN = 9, 3


@dataclass(frozen=True)
class Thing:
    """A noun phrase with its definite article, and where the words behind it begin."""

    text: str
    end: int
    noun: str
    plural: bool = False
    short: str = ""
    """The same without what it is of."""


def thing_at(words: Sequence[str], at: int) -> Thing | None:
    """The noun phrase whose article, number or possessive is at `at`; None where any of it is
    unsure."""
    low = {"del": "el", "al": "el"}.get(words[at].lower(), words[at].lower())
    counted = low in NUMBERS or (low.isdigit() and low != "1")
    article = _SINGLE.get(low) or _MANY.get(low)
    if not (article or counted or low in _OWNED) or _is_pronoun(words, at):
        return None
    place = at + 1
    while place < len(words) - 1 and words[place].lower() in BEFORE and not closes(words, place):
        place += 1
    if place < len(words) and article and words[place].lower() in NUMBERS:
        return None
    # Behind "tres" stands a noun, if it is a plural.
    sure = not counted or (place == at + 1 and [*words, ""][place][-1:] == "s")
    if not is_common(words, place, sure=sure):
        return None
    noun = words[place]
    plural = low in _MANY or counted or low.endswith("s")
    # "Un espantap\u00e1jaros": its article says that it is one.
    one = low in _SINGLE and noun.endswith("s") and not is_known_noun(noun[:-1])
    if not one and plural != (is_plural_word(noun) or (plural and noun.endswith("s"))):
        return None
    letter = "o" if article in ("el", "los") else "a" if article else ""
    letter = {"m": "o", "f": "a"}.get(gender_of(noun), "") if plain(noun) in _tonic() else letter
    near = adjectives_end(words, place + 1, letter, plural=plural)
    if not near and low in ("un", "una") and is_known_noun(noun) and _is_beside(words, place + 1):
        # "Un tren fantasma cruza": what is not surely its adjective is left out.
        return Thing(f"{article} {noun}", place + 1, noun, False, f"{article} {noun}")
    end = _complement_end(words, near)
    if end > near > 0 and not ends(words, end):
        # "Jab\u00f3n de Alepo ecol\u00f3gico"
        more = 0 if is_participle(words[end]) else adjectives_end(words, end, letter, plural=plural)
        end = more or end
    if near == 0 or not ends(words, end):
        return None
    # "Una sola caldera" is the boiler.
    core = [low, *(w for w in words[at + 1 : end] if w.lower() not in ("solo", "sola"))]
    compared = set(core) & set(_COMPARED)
    if compared and words[end : end + 1] == ["que"] and core.index(next(iter(compared))) > 1:
        # "Una rana (m\u00e1s peque\u00f1a que una u\u00f1a)"
        core, compared = core[: core.index(next(iter(compared)))], set()
        near = at + len(core)
    if compared and low not in ("el", "la", "los", "las"):
        return None
    named = _named(core, article)
    if named is None or len(named) > _LONGEST:
        return None
    alone = bool({"solo", "sola"} & set(words[at + 1 : place]))
    return Thing(join(named), end, noun, plural, join(named[: near - at - alone]))


def _is_beside(words: Sequence[str], at: int) -> bool:
    """Whether another noun alone stands at `at`, in front of the verb: "tren (fantasma) cruza"."""
    return is_known_noun(words[at]) and at + 1 < len(words) and is_finite(words[at + 1])


def bare_at(words: Sequence[str], at: int) -> Thing | None:
    """A noun without an article behind a verb: "plantar (tomates)"."""
    before = words[at - 1].lower() if at else ""
    if not before or not (is_infinitive(before) or is_finite(before) or _is_first(before)):
        return None
    if at > 1 and words[at - 2].lower() == "se":
        return None  # "se cree perro", "se hace tarde"
    noun = words[at]
    if (noun in _STATES and infinitive(before) == "tener") or infinitive(before) == "pedir":
        return None  # "tiene miedo de la tormenta", "piden prudencia"
    # "Tenemos hipo": what ends a clause behind what we do is no verb again.
    verbal = is_finite(noun) or describes(noun) or noun.endswith("mente") or noun in _HOW
    last = at + 1 == len(words) and _is_first(before) and not verbal
    anybody = is_person(noun) and not (is_finite(before) and is_plural_word(noun))
    if not is_common(words, at, sure=last) or not gender_of(noun) or anybody:
        return None  # "faltan profesores" is of them
    end = _complement_end(words, at + 1)
    if not closes(words, end):
        return None
    named = definite([noun, *words[at + 1 : end]])
    if named is None or len(named) > _LONGEST:
        return None
    return Thing(join(named), end, noun, is_plural_word(noun), join(named[:2]))


def name_at(words: Sequence[str], at: int) -> Thing | None:
    """A name of one or more words in the middle: "en (Salamanca)"."""
    if not at or not words[at][:1].isupper() or words[at - 1][:1].isupper():
        return None
    end = at + 1
    end = end_of_name(words, end)
    before = words[at - 1].lower()
    led = before in ("el", "la", "los", "las", "del", "al")
    clear = words[at].isalpha() and len(words[at]) > 2 and closes(words, end)
    if not clear or not (led or before in PREPOSITIONS):
        return None
    # "El Madrid de 1920" is Madrid still; "el Madrid" would be its club.
    town = plain(words[at]) in lexicon().sets["places"] and end == at + 1
    led = led and not town
    article = {"del": ["el"], "al": ["el"]}.get(before, [before]) if led else []
    name = join([*article, *words[at:end]])
    return Thing(name, end, words[at], before in ("los", "las"), name)


def _named(core: Sequence[str], article: str | None) -> list[str] | None:
    if core[0] in _OWNED:
        return list(core)
    return [article, *core[1:]] if article else definite(core)


def _is_pronoun(words: Sequence[str], at: int) -> bool:
    """Whether "la", "los" or "las" may stand for somebody, in front of a verb: "la mira"."""
    if words[at].lower() not in ("la", "los", "las") or at + 1 >= len(words):
        return False
    if words[at + 1].lower() not in lexicon().forms:
        return False
    before = words[at - 1].lower() if at else ""
    led = before in PREPOSITIONS or is_infinitive(before) or is_finite(before)
    return not (led or is_known_noun(words[at + 1])) and bool(at)


def is_common(words: Sequence[str], at: int, *, sure: bool) -> bool:
    """Whether the word at `at` is a common noun, given that an article makes it `sure`."""
    if at >= len(words) or not words[at].islower() or not words[at].isalpha():
        return False
    word = words[at]
    if word == "ser" and words[at + 1 : at + 2] in (["humano"], ["vivo"], ["querido"]):
        return True
    if len(word) < _LONGEST_NOUN or is_small(word) or plain(word) in _NO_NOUNS:
        return False
    known = is_known_noun(word)
    return known or (sure and not is_infinitive(word))


def _complement_end(words: Sequence[str], at: int) -> int:
    """Behind what a noun in front of `at` is of: "de la sierra", "de cristal", "del Prado"."""
    return as_far(words, at, _one_complement)


def _one_complement(words: Sequence[str], at: int) -> int:
    if at + 1 == len(words):
        return at
    low, after = words[at].lower(), words[at + 1]
    if low in ("de", "del") and after[:1].isupper():
        end = end_of_name(words, at + 2)
        behind = words[end] if end < len(words) else ""
        # "Del Imperio romano"
        adjective = behind.islower() and describes(behind) and not closes(words, end)
        return end + (is_known_noun(words[end - 1]) and adjective and ends(words, end + 1))
    if low == "del":
        inner = thing_at(words, at)
        return inner.end if inner else at
    last = at == len(words) - 2 or words[at - 1].lower() in _OF_WHAT
    if low == "a" and last and is_known_noun(after) and after.islower():
        return at + 2  # "una olla a presi\u00f3n", "el olor a lluvia"
    if low != "de":
        return at
    if after in ("la", "los", "las", "el") and [*words, "", ""][at + 2][:1].isupper():
        return end_of_name(words, at + 3)  # "de la Laguna Negra"
    inner = thing_at(words, at + 1)
    if inner:
        return inner.end
    if is_infinitive(after) and _is_tool(words, at):
        return at + 2
    plainly = after.islower() and after.isalpha() and not (is_small(after) or is_infinitive(after))
    plainly = plainly and after not in _HOW_DONE
    # "L\u00e1mpara de noche" is a kind of lamp; "la gente sale de noche", "toca el piano de noche".
    kind = is_known_noun(words[at - 1]) and plain(after) in _SEASONS
    kind = kind and not any(is_finite(word) for word in words[: at - 1])
    if not plainly or (plain(after) in TIMES and not kind):
        return at
    end = at + 2
    if end + 1 < len(words) and words[end] in ("y", "e"):
        # "De avena y cacao"
        other = words[end + 1]
        beside = other.islower() and other.isalpha() and not (is_small(other) or is_finite(other))
        if beside and ends(words, end + 2):
            return end + 2
    # "De masa madre", "de oliva virgen"
    further = end < len(words) and not is_participle(words[end])
    further = further and (
        _rhymes(words[end], after)
        or describes(words[end])
        or (is_known_noun(words[end]) and _is_told_off(words, end + 1))
        or words[end].lower() in FIXED
    )
    if further and ends(words, end + 1):
        return end + 1
    if is_known_noun(after) or ends(words, end):
        return end
    return at


def _is_told_off(words: Sequence[str], at: int) -> bool:
    """Whether a point, the end or a participle parts what is at `at` from a noun in front of it."""
    return at >= len(words) or words[at] == "," or is_participle(words[at])


def _is_tool(words: Sequence[str], at: int) -> bool:
    """Whether "de" at `at` and its infinitive say what a thing is for: "m\u00e1quina de coser"."""
    behind = words[at + 2].lower() if at + 2 < len(words) else ","
    return is_known_noun(words[at - 1]) and behind in (",", "de", "del", "en", "para", "que")


def _rhymes(word: str, noun: str) -> bool:
    """Whether an unknown word has the end of the noun in front of it: "lana merina"."""
    if is_finite(word) or is_infinitive(word) or is_small(word) or not word.isalpha():
        return False
    one, other = (re.search("[oa]s?$", each) for each in (noun, word))
    return one is not None and other is not None and one[0] == other[0]


def _is_first(word: str) -> bool:
    """Whether it is a verb of ours: "plantamos"."""
    return word.endswith(("amos", "emos", "imos"))


def _tonic() -> frozenset[str]:
    return lexicon().sets["tonic"]


def only_for(words: Sequence[str], at: int, end: int) -> bool:
    """Whether it is all there is for something else: "una sola noche (para salvar la presa)"."""
    alone = at + 1 < len(words) and words[at + 1].lower() in ("solo", "sola")
    return alone and end < len(words) and words[end].lower() == "para"
