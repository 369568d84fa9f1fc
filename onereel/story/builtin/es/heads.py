"""The noun phrase that a Spanish idea begins with, where it is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .bits import describes, is_series
from .lexicon import lexicon, plain, word_set
from .nouns import (
    BEFORE,
    COUNTED,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    definite,
    gender_of,
    is_known_noun,
    is_person,
    is_plural_word,
    singular,
)
from .verbs import CLITICS, is_finite, is_infinitive, is_small

__all__ = ["Head", "brand", "front", "head_at", "is_somebody"]

_ONE = word_set("un una el la mi tu nuestro nuestra este esta")
_MANY = word_set("unos unas los las mis tus nuestros nuestras estos estas")
_OWN = POSSESSIVES
_LONGEST = 6
_NEAR = 5
_TIMES = word_set(
    "dia noche ano verano invierno manana tarde momento semana hora mes siglo minuto otono vez"
    " primavera rato madrugada lunes martes miercoles jueves viernes sabado domingo"
)
_VAGUE = _TIMES | word_set(
    "cosa cosas parte resto fin tipo monton par mitad mayoria punto falta forma manera gente mundo"
    " poco hecho caso lado medio top ultima hora millon docena"
)
"""Nouns that name nothing by themselves; without accents."""
_CROWDS = word_set("pueblo equipo banda barrio ciudad vecindario publico")
_RELATIONAL = word_set(
    "historia vida secreto arte origen futuro poder principio final importancia valor precio"
    " ciencia magia miedo uso falta diferencia relacion causa efecto numero lista guia problema"
    " vida receta ruta dia idea sentido razon"
)
"""Nouns that say nothing without what they are of."""
_FRONT = word_set(
    "cuando mientras si cada hoy ayer ma\u00f1ana desde durante tras seg\u00fan aunque"
    " despu\u00e9s antes"
)
_COMPARING = word_set("m\u00e1s menos mejor peor mejores peores")


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
    best: bool = False
    """Whether it is called the best or worst of its kind, which its name leaves out."""


def is_somebody(head: Head | None) -> bool:
    """Whether it can be the hero of a tale."""
    return head is not None and head.animate


def front(words: Sequence[str]) -> int:
    """Where the subject begins: behind "en Bilbao," or "cuando llueve,"."""
    if "," not in words[1:12]:
        return 0
    comma = words.index(",", 1)
    low = [word.lower() for word in words[:3]]
    timed = any(plain(word) in _TIMES for word in low[:2])
    led = low[0] in PREPOSITIONS | _FRONT or timed
    return comma + 1 if led and comma + 1 < len(words) else 0


def brand(words: Sequence[str]) -> str:
    """The name that an idea begins with: "Lumo, la l\u00e1mpara que ..."; "" without one."""
    comma = words.index(",") if "," in words[1:4] else 0
    behind = words[comma + 1].lower() if comma and comma + 1 < len(words) else ""
    named = all(word[:1].isupper() for word in words[:comma])
    known = is_known_noun(words[0]) or is_small(words[0])
    return join(list(words[:comma])) if behind in _ONE | _MANY and named and not known else ""


def head_at(words: Sequence[str], at: int = 0) -> Head | None:
    """The head of the noun phrase that begins at `at`; None where any word of it is unsure."""
    if at >= len(words) or is_series(words):
        return None
    found = _named(words, at) or _common(words, at)
    if found is None or _joins(words, found.end) or len(found.text.split()) > _LONGEST:
        return None
    return found


def _joins(words: Sequence[str], at: int) -> bool:
    """Whether a second thing follows: "un perro y un gato", "caf\u00e9, pan y silencio"."""
    if at < len(words) and words[at].lower() in ("y", "e", "o", "u", "ni", "contra"):
        return True
    listed = at < len(words) and words[at] == ","
    if listed:
        return any(word in ("y", "e", "o", "u") for word in words[at + 2 : at + 4])
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
    end = start + 1
    while end < len(words) and (words[end][:1].isupper() or _goes_on(words, end)):
        end += 1
    first = plain(words[start])
    known = first in sets["names"] | sets["bare_names"]
    place = first in sets["places"]
    several = end > start + 1 and not (is_known_noun(words[start]) or is_small(words[start]))
    shouted = words[start].isupper() and len(words[start]) > 1
    first_word = start == 0
    if not (known or place or several or (led and (not first_word or shouted))):
        return None
    if not led and first_word and not (known or place or several):
        return None
    if known and not place and first_word and is_known_noun(words[0]) and not several:
        return None  # "Alba", "Rosa": a name or a thing
    person = known and not place
    text = join([low, *words[start:end]] if led else list(words[start:end]))
    many = low in ("los", "las")
    return Head(text, end, many, person, person, named=True)


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a name goes on behind a small word: "el Museo (del) Prado"."""
    small = words[at].lower() in ("de", "del", "la", "los")
    return small and any(
        word[:1].isupper() for word in words[at + 1 : at + 2 + (words[at].lower() == "de")]
    )


def _common(words: Sequence[str], at: int) -> Head | None:
    low = words[at].lower()
    counted = low in NUMBERS or (low.isdigit() and low != "1")
    if low not in _ONE | _MANY and not counted:
        return _bare(words) if not at else None
    place = at + 1
    while place < len(words) and words[place].lower() in BEFORE:
        place += 1
    if place >= len(words) or not words[place].islower() or not words[place].isalpha():
        return None
    noun = words[place]
    plural = low in _MANY or counted
    if plural != (is_plural_word(noun) or (plural and noun.endswith("s"))):
        return None
    behind = words[place + 1].lower() if place + 1 < len(words) else ","
    closed = behind == "," or behind in PREPOSITIONS or behind in ("que", "donde")
    if not is_known_noun(noun):
        odd = is_small(noun) or is_finite(noun) or is_infinitive(noun) or len(noun) < 3
        if odd or not closed or counted:
            return None
    bare = plain(singular(noun))
    if plain(noun) in _VAGUE or bare in _VAGUE or noun.lower() in COUNTED:
        return None
    end = _end(words, place)
    if bare in _RELATIONAL and (end == place + 1 or end - at > _LONGEST - 1):
        return None
    best = bool(_COMPARING & {word.lower() for word in words[at : end + 3]})
    core = [word.lower() if index == 0 else word for index, word in enumerate(words[at:end])]
    named = definite(core)
    if named is None or (best and "m\u00e1s" in core):
        return None
    person = is_person(noun)
    animate = (person or bare in lexicon().sets["being"]) and bare not in _CROWDS
    return Head(join(named), end, plural, person, animate, own=low in _OWN, best=best)


def _bare(words: Sequence[str]) -> Head | None:
    """A noun without an article that begins an idea: "abejas", "aceite de oliva"."""
    noun = words[0]
    if not is_known_noun(noun) or is_person(noun) or is_infinitive(noun) or not gender_of(noun):
        return None
    alone = len(words) == 1
    if any(letter.isupper() for letter in noun[1:]) or (plain(noun) in _VAGUE and not alone):
        return None
    end = _end(words, 0)
    behind = words[end].lower() if end < len(words) else ","
    closed = behind in PREPOSITIONS | {",", "que", "donde"}
    finite = noun.lower() in lexicon().forms and end < len(words)
    if not closed or finite or noun.lower() in COUNTED:
        return None
    if plain(singular(noun)) in _RELATIONAL and not alone and end == 1:
        return None
    core = [noun.lower(), *words[1:end]]
    named = definite(core)
    if named is None or len(named) == len(core):
        return None
    return Head(join(named), end, is_plural_word(noun), is_person(noun), is_person(noun))


def _end(words: Sequence[str], noun: int) -> int:
    """Behind the adjectives, names and bare complements with "de" that belong to a noun."""
    gender = gender_of(words[noun])
    letter = {"m": "o", "f": "a"}.get(gender, "")
    end = noun + 1
    while end < len(words):
        low = words[end].lower()
        after = words[end + 1] if end + 1 < len(words) else ""
        if (
            words[end].islower() and describes(low, gender=letter) and not is_known_noun(low)
        ) or words[end][:1].isupper():
            end += 1
        elif low == "de" and after and after.islower() and is_known_noun(after):
            deed = is_infinitive(after) or is_small(after)
            if deed:
                break
            end += 2
        elif low in ("de", "del") and after[:1].isupper():
            end += 2
        else:
            break
    behind = words[end].lower() if end < len(words) else ""
    cut = behind in PREPOSITIONS | NUMBERS | CLITICS and end > noun + 1
    if (
        cut
        and describes(words[end - 1])
        and plain(words[end - 1]).endswith(
            ("ado", "ada", "ido", "ida", "ados", "adas", "idos", "idas")
        )
    ):
        # "Un perro atrapado en un pozo": half of a participle's clause is no name.
        end -= 1
    return end
