"""What a Spanish film is about: a product, an event, or a bare noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..cleaning import join
from .clauses import is_infinitive, starts_clause
from .lexicon import lexicon, plain, word_set
from .nouns import (
    ARTICLES,
    BEFORE,
    COUNTED,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    Gender,
    Noun,
    definite,
    gender_of,
    is_known_noun,
    is_plural_word,
    noun,
)
from .pairs import paired

__all__ = [
    "ASKING",
    "CONJUNCTIONS",
    "EVENTS",
    "LONGEST",
    "LONGEST_SHORT",
    "LONGEST_TOLD",
    "MONTHS",
    "PLACING",
    "QUANTITIES",
    "RELATIONAL",
    "SPANS",
    "WEEKDAYS",
    "Topic",
    "lowered",
    "named",
    "phrase_end",
    "these",
]

ASKING = word_set(
    "c\u00f3mo qu\u00e9 qui\u00e9n qui\u00e9nes cu\u00e1ndo d\u00f3nde cu\u00e1nto"
    " cu\u00e1nta cu\u00e1ntos cu\u00e1ntas cu\u00e1l cu\u00e1les ad\u00f3nde"
)
"""The words that ask."""
CONJUNCTIONS = word_set("si cuando mientras aunque porque como que no")
"""Words with which no name begins."""
EVENTS = word_set("d\u00eda noche a\u00f1o verano invierno ma\u00f1ana tarde momento semana hora")
"""Nouns of time: with a clause or a place behind it, one names an event."""
PLACING = word_set(
    "antes despu\u00e9s dentro fuera cerca lejos encima debajo detr\u00e1s delante alrededor junto"
)
"""Adverbs that say nothing without what stands behind them."""
RELATIONAL = word_set(
    "arte historia secreto vida mundo ruta camino importancia origen futuro poder fin"
    " principio problema d\u00eda noche casa ciudad falta valor precio ciencia magia"
    " miedo sue\u00f1o lengua receta ritmo sonido hora uso muerte nacimiento ca\u00edda"
    " llegada vuelta regreso b\u00fasqueda oficio lenguaje fiesta guerra isla mar cambio"
    " diferencia relaci\u00f3n causa derecho acceso"
    " efecto color olor sabor peso huella voz memoria beneficios ventajas"
)
"""Nouns that say nothing without what they are of."""
MONTHS = word_set(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
WEEKDAYS = word_set(
    "lunes martes mi\u00e9rcoles jueves viernes s\u00e1bado s\u00e1bados domingo domingos"
)
SPANS = word_set("a\u00f1os d\u00edas siglos horas minutos semanas meses kil\u00f3metros")
LONGEST_SHORT = 6
"""Words that a film may name a topic by each time."""
LONGEST_TOLD = 9
"""Words that a topic with a clause may have to be named whole."""
LONGEST = 14
"""Words that a topic may have to be named whole."""


@dataclass
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    short: str = ""
    plural: bool = False
    gender: Gender = ""
    person: bool = False
    name: bool = False
    ask: str = ""
    """An indirect question, which between question marks is a direct one."""
    claim: str = ""
    told: str = ""
    """The idea as the user put it, where the rest of it could not be read."""
    supposed: str = ""
    """What the idea supposes; between question marks it is a question: "y si nadie mintiera"."""
    task: str = ""
    """What to do, in the infinitive."""
    does: str = ""
    tag: str = ""
    whom: str = ""
    purpose: str = ""
    quoted: bool = False
    doing: bool = False
    """Whether the film speaks of an infinitive without telling how it is done."""
    tags: set[str] = field(default_factory=set)


_PARTICIPLE = r"(?:[ai]d[oa]s?|hech[oa]s?|escrit[oa]s?|abiert[oa]s?)$"
QUANTITIES = ("miles", "cientos", "decenas", "millones", "centenares", "docenas")


def these(words: Sequence[str]) -> str:
    """How a film names a crowd again: "miles de personas" are "estas personas"."""
    core = list(words[: phrase_end(words)])
    return join(["estas" if gender_of(core[0]) == "f" else "estos", *core])


def lowered(words: list[str]) -> list[str]:
    """Lower the capital that only starts the idea; names keep theirs."""
    first = words[0]
    if first.lower() in MONTHS:
        return [first.lower(), *words[1:]]
    if any(letter.isupper() for letter in first[1:]):
        return words
    low = first.lower()
    sets = lexicon().sets
    name = plain(low) in sets["bare_names"] | sets["names"]
    if name and first[:1].isupper() and len(words) > 1 and words[1][:1].isupper():
        # "Dolores Ib\u00e1rruri"
        return words
    common = is_plural_word(low) or is_known_noun(low)
    if len(words) == 1 and common and gender_of(low) and not name:
        return [low]
    described = low in BEFORE and len(words) > 1 and words[1][:1].islower()
    small = low in DETERMINERS | NUMBERS | PREPOSITIONS | ASKING | {"lo"}
    if small or described or is_known_noun(low):
        return [low, *words[1:]]
    if first[:1].isupper() and not name:
        follows = [word for word in words[1:] if word.lower() not in ("de", "del", "la", "y")]
        if len(words) > 1 and not all(word[:1].isupper() for word in follows):
            return [low, *words[1:]]
    return words


def phrase_end(words: Sequence[str]) -> int:
    """Where the core of a noun phrase ends: at a preposition, a comma, a relative."""
    for index, word in enumerate(words):
        low = word.lower()
        if index and words[index - 1] == "%":
            continue
        if index and [w.lower() for w in words[index : index + 3]] == ["paso", "a", "paso"]:
            return index
        if index and (low in PLACING or re.match(r"(?:explic|cont)ad[oa]s?$", low)):
            return index
        if index and (
            low in PREPOSITIONS or low in (",", "que", "donde", "cuando", "cuyo", "cuya")
        ):
            after = words[index + 1].lower() if index + 1 < len(words) else ""
            counted = after in NUMBERS or after.isdigit()
            if low in ("de", "del") and after != "que" and not counted:
                head = words[1].lower() if words[0].lower() in DETERMINERS else words[0].lower()
                if (after not in DETERMINERS and low == "de") or (
                    index <= 2 and (head in RELATIONAL or after not in ARTICLES or low == "del")
                ):
                    continue
            return index
    return len(words)


def named(words: list[str]) -> Topic:
    """A noun phrase: whole at first, without its tail from then on."""
    words = lowered(words)
    if words[0] in ("todos", "todas") and len(words) > 2:
        words = words[1:]  # "y todos los espejos" has one word too many, the second time
    first = words[0].lower()
    far = {"el": "aquel", "la": "aquella"}.get(first)
    if far and len(words) > 3 and words[1].lower() in EVENTS and words[2] in ("en", "que"):
        gender: Gender = "m" if far == "aquel" else "f"
        return Topic(join(words), f"{far} {words[1]}", gender=gender, tags={"event"})
    near = {"un": "ese", "una": "esa"}.get(first)
    if near and len(words) > 3 and words[1].lower() in EVENTS and words[2].lower() in PREPOSITIONS:
        gender = "m" if near == "ese" else "f"
        return Topic(join(words), f"{near} {words[1]}", gender=gender, tags={"event"})
    if first == "lo" and len(words) > 2 and words[1] == "que":
        text = join(words)
        return Topic(text, text, gender="m", tags={"clause"})
    if first == "quienes" and len(words) > 1:
        return Topic(join(words), join(words), plural=True, person=True, tags={"clause"})
    share = words[1:4] if first in ("el", "un") else words[:3]
    if share[1:] == ["%", "de"] and share[0][:1].isdigit() and len(words) > 4:
        whose = named(words[words.index("de") + 1 :])
        whose.whole = join(words)
        return whose
    counted = first in NUMBERS or first.isdigit()
    if counted and len(words) > 1 and words[1].lower() in SPANS:
        return Topic(join(words), join(words), plural=True, gender=gender_of(words[1]))
    if first in QUANTITIES and words[1:2] == ["de"] and len(words) > 2:
        return Topic(join(words), these(words[2:]), plural=True, gender=gender_of(words[2]))
    both = paired(words) if len(words) <= 9 else None
    if both is not None:
        return Topic(
            both.first, both.again if len(words) > 7 else both.first, plural=True,
            gender=both.gender, person=both.person, name=both.named,
        )  # fmt: skip
    at = next((i for i, word in enumerate(words) if word in ("y", "e")), 0)
    joined = 0 < at < len(words) - 1 and not PREPOSITIONS & set(words[:at])
    bare = first not in DETERMINERS | NUMBERS | PREPOSITIONS and not first[:1].isdigit()
    if joined and bare and len(words) <= LONGEST_SHORT + 1:
        # "Ciencia y fe" share no article, and are two.
        return Topic(join(words), join(words), plural=True, name=words[0][:1].isupper())
    words = _articled(words)
    first = words[0].lower()
    end = phrase_end(words)
    led = end < len(words) and words[end].lower() in PREPOSITIONS - {"para"}
    if led and end == 2 and words[1].lower() in RELATIONAL:
        # "La vida" alone says nothing of "la vida en el mercado".
        end += 1 + phrase_end(words[end + 1 :])
    if first not in DETERMINERS and words[0][:1].isupper():
        # "Dolores Ib\u00e1rruri vista por sus enemigos"
        small = {"de", "del", "la", "los", "y"}
        lower = (at for at in range(1, end) if words[at].islower() and words[at] not in small)
        end = next(lower, end) if words[1:2] and words[1][:1].isupper() else end
        while end > 1 and words[end - 1] in small:
            end -= 1
    core = words[:end]
    described = noun(core)
    listed = first in ("los", "las") and len(core) > 2 and not described.animate
    if listed and (core[1].lower() in NUMBERS or core[1].isdigit()):
        # No item of "las ocho mejores excusas" is about all eight.
        core = [core[0], *core[2:]]
    name = core[0][:1].isupper() and first not in DETERMINERS
    whole = join(words) if len(words) <= LONGEST else join(core)
    if end < len(words) <= 5 and core[-1].lower() in COUNTED:
        core = words
    counted = first in NUMBERS or first.isdigit()
    short = definite(core) if first in DETERMINERS or counted else core
    tail = words[end].lower() if end < len(words) else ""
    fits = len(words) <= LONGEST_SHORT and tail in PREPOSITIONS - {"para"} and not counted
    chosen = tail == "que" and end + 1 < len(words) and is_infinitive(words[end + 1])
    fits = fits or ((tail == "entre" or chosen) and len(words) <= LONGEST_TOLD)
    if fits or (words[end : end + 2] == ["de", "que"] and len(words) <= LONGEST_TOLD):
        short = definite(words) or words
        end = len(words) if chosen else end
    elif short and len(short) > 2 and re.search(_PARTICIPLE, short[-1]) and tail in PREPOSITIONS:
        short = (
            short[:-2]
            if short[-2] in ("mejor", "peor", "m\u00e1s", "menos", "reci\u00e9n")
            else short[:-1]
        )
    topic = Topic(
        whole, join(short or core), plural=described.plural and not name,
        gender="" if name else described.gender, name=name,
        person=_taken_with_a(described, first) and not name,
    )  # fmt: skip
    _tail(topic, words[end:])
    return topic


def _taken_with_a(described: Noun, first: str) -> bool:
    """Whether verbs take it with "a": a person, and a being that is somebody's own."""
    return described.person or (described.animate and first in POSSESSIVES)


def _articled(words: list[str]) -> list[str]:
    """A bare noun gets its article, where its gender is sure: "abejas" are "las abejas"."""
    first = words[0]
    low = first.lower()
    if low in DETERMINERS | NUMBERS | PREPOSITIONS | MONTHS or first[:1].isupper():
        return words
    if low[:1].isdigit():
        return words
    given = definite(words)
    if given is not None:
        return given
    return words


def _tail(topic: Topic, tail: Sequence[str]) -> None:
    """What the rest of a noun phrase says: what a product does, and for whom or what it is."""
    if not tail:
        return
    low = tail[0].lower()
    if low == "que" and starts_clause(tail[1:]):
        topic.does = join(tail[1:])
    elif low == "para" and len(tail) > 1 and len(tail) <= 8:
        if is_infinitive(tail[1]):
            topic.purpose = join(list(tail[1:]))
        elif tail[1].lower() in DETERMINERS or tail[1].lower() in ("quien", "quienes"):
            topic.whom = join(list(tail[1:]))
