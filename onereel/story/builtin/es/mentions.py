"""What a Spanish idea speaks of, thing by thing: all of it that is certain."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ..cleaning import join
from .bits import describes
from .lexicon import infinitive, lexicon, plain, word_set
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
from .things import TIMES, VAGUE, Thing, bare_at, is_common, name_at, only_for, thing_at
from .verbs import is_infinitive, is_ours, is_small

__all__ = [
    "RELATIONAL",
    "series_of",
    "sure_nouns",
    "things_led",
    "things_of",
    "things_owned",
    "within",
]

RELATIONAL = word_set(
    "historia vida secreto arte origen futuro poder principio final importancia valor precio"
    " ciencia magia miedo uso falta diferencia relacion causa efecto numero lista guia problema"
    " receta ruta dia idea sentido razon"
)
"""Nouns that say nothing without what they are of."""
_MEASURES = word_set(
    "litro kilo gramo euro dolar grado metro kilometro centimetro tonelada hectarea punto vez"
    " persona pieza paso vatio por"
)
_NOUN_NEXT = word_set(
    "un una unos unas del al mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta ese"
    " esa cada ning\u00fan ninguna"
)
"""Behind these stands a noun, if no adjective does."""
_BARE = 2
"""Words of a noun that has only its article."""
_MOST, _LONG = 4, 5
_SAYING = word_set("dar hacer tener poner tomar echar coger")
"""Verbs that stand in many sayings: what they take is no thing by itself."""
_LED = ("a", "de", "con", "sin", "en", "por", "sobre", "entre")


def things_of(words: Sequence[str], *, but: Collection[str] = (), start: int = 0) -> list[Thing]:
    """What else an idea speaks of, from `start` on, in its order: things that are certain, none of
    them among the words `but`."""
    found: list[Thing] = []
    at = start
    while at < len(words):
        thing = _telling(words, at)
        heads = {plain(each.noun) for each in found} | {plain(word) for word in but}
        if thing is not None and plain(thing.noun) not in heads:
            found.append(thing)
        at = thing.end if thing is not None else at + 1
    return found[:_MOST]


def things_owned(words: Sequence[str]) -> list[Thing]:
    """What somebody of whom an idea says no more has: "(lo ha olvidado todo, menos) su nombre"."""
    mine = {"su": "mi", "sus": "mis"}
    said = [mine.get(word.lower(), word) for word in words]
    found = [
        replace(thing, text=re.sub("^mi(s?) ", r"su\1 ", thing.text))
        for at, word in enumerate(words)
        if word.lower() in mine and (thing := thing_at(said, at)) is not None
    ]
    return [each for each in found if plain(singular(each.noun)) not in VAGUE | RELATIONAL][:_MOST]


def things_led(words: Sequence[str]) -> list[Thing]:
    """The nouns without an article behind a preposition: "olor a (sal)"; the last resort of an idea
    that names nothing better."""
    found: list[Thing] = []
    for at in range(1, len(words)):
        if words[at - 1].lower() not in _LED or not is_common(words, at, sure=False):
            continue
        whole = thing_at(["el" if gender_of(words[at]) == "m" else "la", *words[at:]], 0)
        kind = list(words[at : at + whole.end - 1]) if whole else [words[at]]  # "ola de calor"
        named = definite(kind) if gender_of(words[at]) else None
        thing = thing_at(named, 0) if named else None
        new = thing is not None and not any(thing.noun in each.text.split() for each in found)
        if thing and new and plain(singular(thing.noun)) not in VAGUE | COUNTED | RELATIONAL:
            found.append(thing)
    return found[:_MOST]


def sure_nouns(words: Sequence[str], *, timely: bool, sold: bool = False) -> list[Thing]:
    """The nouns that the dictionary or the article in front makes certain, each with its definite
    article: what a film can speak of where the grammar of its idea is not sure.

    Those that say when are left out where they are not `timely` enough, and what another thing is
    of where one is `sold`: no "wedding dress" is about the bride.
    """
    vague = (VAGUE - TIMES if timely else VAGUE) | COUNTED | _MEASURES
    found: dict[str, Thing] = {}
    for at, word in enumerate(words):
        bare = singular(word)
        verbal = word.lower() in lexicon().forms or is_infinitive(word) or describes(word)
        led = words[at - 1].lower() if at else ""
        free = words[at - 2].lower() in PREPOSITIONS if at > 1 else False
        beside = at > 0 and (is_known_noun(words[at - 1]) or words[at - 1] in ("de", "segunda"))
        beside = beside and (sold or bool(found))
        # "Aprende franc\u00e9s de camino al trabajo": where and when is not for sale.
        beside = beside or (sold and (led in ("al", "del") or free))
        # "Mi t\u00eda" is no aunt as such, and "madre, ya no tengo fr\u00edo" calls her.
        plain_led = led in ("", ",", "y", "e") and not is_plural_word(word)
        beside = beside or (is_person(word) and (led in POSSESSIVES or plain_led))
        beside = beside or led in ("sin", "a")  # what there is none of, "a mano"
        beside = beside or (led in ("", ",", "y", "e") and is_ours(word))  # "camino solo"
        if beside or [*words, ""][at + 1][:1].isupper():
            continue  # "masa madre", "la calle Lilas"
        article = led in _NOUN_NEXT or (led in ("el", "la", "los", "las") and free)
        told = article or (is_known_noun(word) and not verbal)
        told = told and word.islower() and word.isalpha() and not is_small(word)
        told = told and word not in BEFORE and not is_infinitive(word)
        sure = [led, word] if led in ("un", "una", "unos", "unas") else [word]
        named = definite(sure) if told and (gender_of(word) or len(sure) > 1) else None
        if named is None or bare in vague or plain(word) in vague or bare in found:
            continue
        found[bare] = Thing(join(named), at + 1, word, is_plural_word(word), join(named))
    telling = [each for bare, each in found.items() if bare not in RELATIONAL]
    return (telling or list(found.values()))[:_MOST]


def within(text: str) -> list[Thing]:
    """What a long noun phrase can be called by less, and what it is of: of "the secret life of the
    squids", the squids."""
    words = re.sub(r"\bdel ", "de el ", text).split()
    whole = thing_at(words, 0)
    if whole is None or whole.end < len(words) or whole.text == whole.short:
        return []
    found = things_of(words, start=len(whole.short.split()))
    whose = plain(singular(whole.noun)) in RELATIONAL
    # "El mercado de Navidad de Sevilla" speaks of no "Navidad de Sevilla".
    found = [each for each in found if whose or not re.match("[A-Z].* de ", each.text)]
    brief = whose or len(words) <= _LONG
    short = None if brief else thing_at(whole.short.split(), 0)
    return [short, *found] if short else found


def series_of(words: Sequence[str]) -> list[Thing]:
    """What an idea only lines up, each with its article: "nieve, silencio, la casa"; nothing where
    it says more."""
    pieces = [piece.split() for piece in re.split(r" , (?:[ye] )?| [ye] ", " ".join(words))]
    found = [_alone(piece) for piece in pieces if piece]
    if len(pieces) < 2 or not all(found):
        return []
    # "El subjuntivo, nivel B1": nobody speaks of a level.
    return [each for each in found if each and plain(singular(each.noun)) not in VAGUE]


def _alone(piece: Sequence[str]) -> Thing | None:
    """A piece that is one thing, with or without its article."""
    thing = thing_at(piece, 0)
    if thing is None and is_common(piece, 0, sure=False) and gender_of(piece[0]):
        named = definite(piece)
        thing = thing_at(named, 0) if named else None
        return replace(thing, end=len(piece)) if thing and thing.end == len(piece) + 1 else None
    return thing if thing and thing.end == len(piece) else None


def _telling(words: Sequence[str], at: int) -> Thing | None:
    """The thing at `at`, where it says something by itself."""
    thing = thing_at(words, at) or bare_at(words, at) or name_at(words, at)
    if thing is None or _is_measure(words, at) or _is_said_so(words, at, thing):
        return None
    bare = plain(singular(thing.noun))
    if plain(thing.text.split()[-1]) in TIMES and {plain(each) for each in NUMBERS} & {
        plain(each) for each in thing.text.split()
    }:
        return None  # "a los diecis\u00e9is a\u00f1os"
    if only_for(words, at, thing.end):
        return None
    if words[at].lower() == "al" and bare == "publico":
        return None  # "abre al p\u00fablico"
    if bare in _MEASURES and (words[at].lower() in NUMBERS or words[at].isdigit()):
        return None  # "20 litros"
    if bare in TIMES and thing.text != thing.short:
        # "Un siglo de tranv\u00edas" is about trams.
        of = definite(thing.text.split()[len(thing.short.split()) + 1 :])
        inner = thing_at(of, 0) if of else None
        return replace(inner, end=thing.end) if inner else None
    if plain(thing.noun) in VAGUE | COUNTED or bare in VAGUE | COUNTED:
        return None
    if bare in RELATIONAL and thing.text == thing.short and len(thing.text.split()) == _BARE:
        return None
    if is_person(thing.noun) and not _acts_alone(words, at, thing):
        return None
    return thing


def _is_said_so(words: Sequence[str], at: int, thing: Thing) -> bool:
    """Whether a verb that says little may make one saying with a thing of which no more is told:
    "dar (la vuelta)", "perder (la cabeza)"."""
    before = words[at - 1].lower() if at else ""
    plainly = re.sub("(?<=r)(?:[mts]e|nos|os|l[aeo]s?)+$", "", before)
    alone = thing.text == thing.short and len(thing.text.split()) == _BARE
    owned = words[at].lower() in ("un", "una", "unos", "unas") or words[at].lower() in POSSESSIVES
    return (infinitive(before) or plainly) in _SAYING and alone and not owned


def _is_measure(words: Sequence[str], at: int) -> bool:
    """Whether something else is only as large: "m\u00e1s peque\u00f1a que (una u\u00f1a)"."""
    joint = words[at - 1].lower() if at else ""
    front = {word.lower() for word in words[max(at - 4, 0) : max(at - 1, 0)]}
    more = bool(front & {"m\u00e1s", "menos", "mejor", "peor", "mayor", "menor"})
    return (joint == "que" and more) or (joint == "como" and "tan" in front)


def _acts_alone(words: Sequence[str], at: int, thing: Thing) -> bool:
    """Whether somebody is no half of a pair: in "la luz y un ni\u00f1o encuentra" there is none."""
    behind = words[thing.end].lower() if thing.end < len(words) else ""
    form = lexicon().forms.get(behind)
    beside = thing_at(words, thing.end + 1) if not at and behind in ("y", "e") else None
    both = lexicon().forms.get([*words, ""][beside.end].lower()) if beside else None
    if both is not None and both.plural:
        return True  # "una ni\u00f1a (y un zorro cruzan)"
    if form is not None and form.plural == thing.plural:
        return True
    return not {words[max(at - 1, 0)].lower(), behind} & {"y", "e", "o", "u", "ni"}
