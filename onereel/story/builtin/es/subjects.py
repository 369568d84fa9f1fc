"""What a Spanish film says that it is about: what its idea names for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..cleaning import join
from .clean import words_of
from .heads import front, head_at
from .lexicon import lexicon, plain
from .mentions import things_of
from .naming import SOMEBODY, Head, brand, is_somebody
from .nouns import (
    ARTICLES,
    BEFORE,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    gender_of,
    is_known_noun,
    is_plural_word,
)
from .verbs import is_finite, is_infinitive
from .views import TALES, lowered

__all__ = ["is_premises", "named_head", "offered_in"]

_OFFERED = ("un", "una", "el", "la", "los", "las", "nuestro", "nuestra", "nuestros", "nuestras")
_LONGEST_BRAND, _LONGEST_NAME = 4, 6
_MEASURES = (
    *("g", "kg", "mg", "l", "cl", "ml", "cm", "m", "gramos", "kilos", "litros", "metros"),
    *("vatios", "w", "horas", "minutos", "km", "mm", "pulgadas"),
)
_LONG_THING = 3
"""Words of a thing that says enough without who made it."""
_MEASURE = 2
"""Words in front of a number that belong to its measure."""


def named_head(
    named: str, body: str, words: Sequence[str], *, asked: bool, template: str
) -> Head | None:
    """What the idea is certainly about; None where the film must do with its words."""
    offered = template == "product" and not named
    sold = brand(words_of(f"{named}, {body}") if named else _typed(words), sold=offered)
    if template == "product" and not sold:
        sold = _called(words)
    if named and template == "product" and not sold:
        # "La bicicleta C\u00e9firo: plegable"
        title = lowered(words_of(named))
        ware = _bare_ware(title)
        if ware is not None:
            return ware
        sold = named if len(named.split()) < _LONGEST_BRAND else ""
    behind = [*words, ""][1].lower()
    calls = is_finite(words[0]) and behind in _OFFERED
    calls = calls or (words[0].lower() in lexicon().forms and behind in ("tu", "tus"))
    if template == "product" and calls:
        return head_at(words, 1)  # "regala (un curso de cer\u00e1mica)"
    if sold:
        return Head(sold, len(sold.split()), named=True)
    if asked:
        return None
    if named:
        title = lowered(words_of(named))
        where = template == "news" and plain(named) in lexicon().sets["places"]
        title = lowered(words_of(body)) if where else title  # "Sevilla: bici gratis"
        found = head_at(title) if len(title) > 1 or is_known_noun(title[0]) else None
        found = found if found is not None and (where or _is_whole(title, found.end)) else None
    elif template == "product" and "," in words:
        # "Paraguas invertido, mango curvo, 12 colores"
        plainly = _unmeasured(words[: words.index(",")])
        found = head_at(plainly) or head_at(_kind(plainly)) or head_at(words, front(words))
    else:
        start = 1 if words[0].lower() == "c\u00f3mo" and len(words) > 1 else front(words)
        start = _begun(words) or start
        begun, start = start, _in_front(words, start) if template in TALES else start
        found = head_at(words if template in TALES else _unmeasured(words), start)
        if found is not None and start != begun and found.named:
            found = replace(found, person=True, animate=True)  # whoever finds a room
    if found is not None and found.text in SOMEBODY and template not in TALES:
        return None
    if found is None or (found.own and template not in (*TALES, "product")):
        return None
    if found.own and template != "product" and not is_somebody(found):
        return None
    if template == "product" and not _is_ware(found, words):
        return None
    if template == "product" and not named:
        found = _for_whom(found, words)
    if template == "news" and found.named and not (found.person or named):
        made = _made(words, found.end)
        place = plain(found.text) in lexicon().sets["places"] | lexicon().sets["names"]
        return made if made and (place or len(made.text.split()) > _LONG_THING) else found
    return found


def _kind(words: Sequence[str]) -> Sequence[str]:
    """A ware without what it is made of: "delantal de cocina (de lino lavado)"."""
    of = [at for at, word in enumerate(words) if word.lower() == "de"]
    return words[: of[1]] if len(of) > 1 else words


def _for_whom(head: Head, words: Sequence[str]) -> Head:
    """With whom or what it is for: "comida (para beb\u00e9s)" is no food as such."""
    bare = words[0] != head.text and len(head.text.split()) == 2
    behind = words[head.end : head.end + 3]
    kind = len(behind) > 1 and behind[0] == "para" and is_known_noun(behind[1])
    closed = len(behind) < 3 or behind[2] == ","
    if not (bare and kind and closed) or is_infinitive(behind[1]):
        return head
    text = join([head.text, *behind[:2]])
    return replace(head, text=text, short=text, end=head.end + 2)


def offered_in(sentence: str) -> Head | None:
    """What answers the question of an advertisement: "prueba Silb\u00edn, el llavero que silba"."""
    words = words_of(sentence)
    sold = brand(words[1:], sold=True) if words[1:] else ""
    if sold:
        return Head(sold, len(sold.split()), named=True, short=sold)
    called = head_at(lowered(words))
    if called is not None and words[0] in ("El", "La") and called.text.split()[-1][0].isupper():
        return called  # "El llavero Ping (suena cuando silbas)"
    comma = words.index(",") if "," in words[:_LONGEST_NAME] else 0
    return _bare_ware([words[0].lower(), *words[1:comma]]) if comma > 1 else None


def _begun(words: Sequence[str]) -> int:
    """Where what a lesson is about begins behind "introducci\u00f3n (a)", with its article left in
    "al"."""
    at = 1 if words[0].lower() == "la" else 0
    low = [word.lower() for word in words[at : at + 2]]
    led = low[:1] in (["introducci\u00f3n"], ["iniciaci\u00f3n"]) and low[1:] in (["a"], ["al"])
    return at + 1 + (low[1] == "a") if led and len(words) > at + 2 else 0


def _in_front(words: Sequence[str], start: int) -> int:
    """Where the subject is named of a main clause that has none: "cuando Ada hereda ..., encuentra"
    is about Ada."""
    clause = words[0].lower() in ("cuando", "mientras", "si", "aunque", "tras", "desde")
    form = lexicon().forms.get(words[start].lower()) if start else None
    alone = clause and form is not None and not form.plural and words[1][:1].isupper()
    return 1 if alone and is_finite([*words, "", ""][2]) else start


def _typed(words: Sequence[str]) -> list[str]:
    """With the capital that begins an idea, where a comma follows: it may be a name's."""
    return [words[0][:1].upper() + words[0][1:], *words[1:]] if words[1:2] == [","] else list(words)


def _called(words: Sequence[str]) -> str:
    """The name with an article that a comma divides from what it is: "el Peque\u00f1o Taller"."""
    comma = words.index(",") if "," in words[2:6] else 0
    small = ("de", "del", "la", "los", "las", "y")
    title = [word for word in words[1:comma] if word not in small]
    named = bool(title) and all(word[:1].isupper() for word in title)
    if words[0].lower() in ("mi", "mis", "tu", "tus") and named:
        return join([words[0].capitalize(), *words[1:comma]])
    led = words[0].lower() in ("el", "la")
    return join([words[0].lower(), *words[1:comma]]) if led and named else ""


def _bare_ware(title: Sequence[str]) -> Head | None:
    """What is for sale in front of a colon, with what it is called: "centro de yoga Las Lilas"."""
    called = next((k for k in range(2, len(title)) if title[k][:1].isupper()), len(title))
    for end in (len(title), called):
        ware = head_at(title[:end])
        goes_on = [*title, ""][ware.end] if ware is not None else ""
        whole = ware is not None and (ware.end == end or goes_on in ("para", "con", "sin", "en"))
        if ware is not None and whole and not ware.person:
            more = list(title[end:])
            if ware.end < end and goes_on in ("para", "sin"):
                # "Masa (para tortitas) en botella"
                behind = range(ware.end + 1, len(title))
                stop = next((k for k in behind if title[k].lower() in PREPOSITIONS), len(title))
                more = list(title[ware.end : stop])
            text = join([ware.text, *more])
            return Head(text, len(title), ware.plural, short=text)
    return None


def _made(words: Sequence[str], at: int) -> Head | None:
    """What a town or a body does its deed to: "Bilbao estrena (su primer puente)" is news of it."""
    if at + 1 >= len(words) or not is_finite(words[at]):
        return None
    said = list(words)
    owned = at + 1 if words[at + 1].lower() in ("su", "sus") else 0
    if owned:
        noun = next((w for w in words[owned + 1 :] if w.lower() not in BEFORE), "")
        one = {"m": "el", "f": "la"}.get(gender_of(noun), "su")
        said[owned] = {"el": "los", "la": "las"}.get(one, "sus") if is_plural_word(noun) else one
    thing = next(iter(things_of(said, start=at + 1)), None)
    close = thing is not None and said[at + 1].lower() in ARTICLES
    if thing is None or not close:
        return None
    # Of its first bridge the town has only one.
    text = join([word for word in thing.text.split() if word not in BEFORE])
    return Head(text, thing.end, thing.plural, short=text)


def _unmeasured(words: Sequence[str]) -> list[str]:
    """The words without a measure: "terremoto (de magnitud 5,2)", "termo (de 750 ml)"."""
    sized = next((k for k, pair in enumerate(pairwise(words)) if k and _is_size(*pair)), 0)
    if sized:
        led = words[sized - 1].lower() == "de"
        return _unmeasured([*words[: sized - led], *words[sized + 2 :]])
    at = next((k for k in range(2, len(words)) if words[k][:1].isdigit()), 0)
    led = at > _MEASURE and words[at - _MEASURE].lower() == "de"
    return [*words[: at - _MEASURE], *words[at + 1 :]] if led else list(words)


def _is_size(number: str, unit: str) -> bool:
    return number[:1].isdigit() and unit.lower() in _MEASURES


def _is_whole(title: Sequence[str], end: int) -> bool:
    """Whether nothing stands behind `end` but where it is: "huelga de basureros (en Lugo)"."""
    where = [word[:1].isupper() for word in title[end:]]
    return end == len(title) or (title[end].lower() in ("en", "de") and all(where[1:]))


def _is_ware(head: Head, words: Sequence[str]) -> bool:
    """Whether a thing surely is for sale: its maker calls it ours, or it begins the idea without
    an article; a brand is read before."""
    ours = re.match(r"(?:[nv]uestr[oa]s?|tus?) ", head.text) is not None
    bare = words[0].lower() not in DETERMINERS | NUMBERS
    bare = bare or words[0] == head.text
    led = words[0].lower() in ("un", "una", "el", "la") and not head.plural
    behind = words[head.end].lower() if head.end < len(words) else ","
    # "La primera bici plegable", "una app que te avisa"
    bare = bare or (led and behind in PREPOSITIONS | {",", "que"} and not _is_worst(words))
    return ours or (bare and not head.named and not head.person)


def _is_worst(words: Sequence[str]) -> bool:
    return not {"peor", "peores"}.isdisjoint(words)


def is_premises(head: Head, words: Sequence[str]) -> bool:
    """Whether it is a place to go to: "nuestra panader\u00eda"; no coffee that is weighed."""
    named = [plain(word) for word in head.text.split()[:3]]
    weighed = any(_is_size(one, unit) for one, unit in pairwise([*words, ""]))
    listed = not lexicon().sets["premises"].isdisjoint(named)
    return listed and not (head.plural or weighed)
