"""Whom and what a Spanish idea calls by a name or a pronoun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .adjectives import end_of_name
from .bits import describes
from .lexicon import lexicon, plain, word_set
from .nouns import NUMBERS, PREPOSITIONS, is_being, is_known_noun, is_person
from .verbs import CLITICS, is_finite, is_infinitive, is_small

__all__ = ["SOMEBODY", "Head", "brand", "is_somebody", "lists_things", "named_at", "unnamed_at"]

_ONE = word_set("un una el la mi tu nuestro nuestra vuestro vuestra este esta")
_AGED = word_set("viejo vieja peque\u00f1o peque\u00f1a joven gran pobre")
_MANY = word_set("unos unas los las mis tus nuestros nuestras vuestros vuestras estos estas")

SOMEBODY = {
    "\u00e9l": "un hombre",
    "ella": "una mujer",
    "ellos": "varias personas",
    "ellas": "dos mujeres",
}
"""Whom an idea calls only by a pronoun, and how a shot prompt says so."""


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


def brand(words: Sequence[str], *, sold: bool = False) -> str:
    """The name that an idea begins with: "Lumo, la l\u00e1mpara que ..."; "" without one.

    What is `sold` and told by what it is has a name, though that be a noun: "Bigotes, el pienso".
    """
    comma = words.index(",") if "," in words[1:4] else 0
    behind = words[comma + 1].lower() if comma and comma + 1 < len(words) else ""
    named = all(word[:1].isupper() for word in words[:comma])
    known = (is_known_noun(words[0]) and not (sold and comma == 1)) or is_small(words[0])
    known = known or plain(words[0]) in lexicon().sets["places"]
    # "Kodo, reloj inteligente": what no list has and a bare noun explains.
    explained = behind in _ONE | _MANY or (sold and comma == 1 and _is_strange(words[0], behind))
    return join(list(words[:comma])) if explained and named and not known else ""


def _is_strange(word: str, behind: str) -> bool:
    """Whether no list has a word, and a noun stands behind its comma."""
    listed = is_finite(word) or is_infinitive(word) or word.lower() in lexicon().forms
    plural = re.search("[aeo]s$", word) is not None  # "T\u00e1peres, fiambreras"
    return is_known_noun(behind) and not (listed or plural or describes(word))


def lists_things(words: Sequence[str], at: int) -> bool:
    """Whether only things follow somebody: "cuatro amigos(, un atraco y ning\u00fan plan)"."""
    behind = words[at + 1 :] if words[at : at + 1] == [","] else []
    return (
        bool(behind)
        and not any(
            is_person(word) or is_being(word) or (word[:1].isupper() and len(word) > 1)
            for word in behind
        )
        and not any(is_finite(word) for word in behind)
    )


def unnamed_at(words: Sequence[str], at: int) -> Head | None:
    """ "Ella vuelve al pueblo": somebody whom the idea calls by a pronoun alone."""
    form = lexicon().forms.get(words[at].lower())
    behind = words[at + 1].lower() if at + 1 < len(words) else ""
    counted = behind in NUMBERS and len(words) == at + 2
    if form is not None and form.plural and not at and (counted or behind in PREPOSITIONS):
        return Head("ellos", 0, True, True, True, short="ellos")  # "Eran siete"
    who, acts = words[at].lower(), at + 1
    while acts < len(words) and words[acts].lower() in CLITICS | {"no", "ya", "nunca"}:
        acts += 1
    if who not in SOMEBODY or acts >= len(words) or words[acts].lower() not in lexicon().forms:
        return None
    return Head(who, at + 1, who.endswith("s"), True, True, short=who)


def named_at(words: Sequence[str], at: int) -> Head | None:
    """ "Lina", "Ana Ruiz", "do\u00f1a Rosa", "la ONU", "Madrid"."""
    sets = lexicon().sets
    low = words[at].lower()
    led = low in ("el", "la", "los", "las", "don", "do\u00f1a")
    start = at + 1 if led else at
    aged = led and low in ("el", "la") and [*words, "", ""][start].lower() in _AGED
    start += aged  # "el viejo Tom\u00e1s"
    if start >= len(words) or not words[start][:1].isupper():
        return None
    if (
        not at
        and not led
        and words[0].endswith(("ado", "ido", "ada", "ida"))
        and words[0].istitle()
    ):
        return None  # "Suspendido el ferry"
    if led and plain(words[start]) in sets["article_towns"]:
        return None  # "La Habana" keeps its capital, and "de El Cairo" is not contracted
    end = end_of_name(words, start + 1)
    first = plain(words[start])
    joint, kind = [*words, "", ""][start + 1 : start + 3]
    aged_so = [*words, "", "", ""][start + 3] == "a\u00f1os"  # "Karim, diecis\u00e9is a\u00f1os"
    beside = joint == "," and (is_person(kind) or aged_so)
    beside = beside or (joint in ("el", "la") and is_known_noun(kind))
    # "To\u00f1o el cangrejo"
    called = beside and not led and (joint != "," or not is_known_noun(first))
    known = first in sets["names"] | sets["bare_names"] or called
    place = first in sets["places"]
    several = end > start + 1 and not (is_known_noun(words[start]) or is_small(words[start]))
    shouted = words[start].isupper() and len(words[start]) > 1
    first_word = start == 0
    # No common word has its capital in the middle: "c\u00f3mo Ferrol reinvent\u00f3 ..."
    acts = not first_word and end == start + 1 and is_finite([*words, ""][end])
    if not (known or place or several or acts or (led and (not first_word or shouted))):
        return None
    if not led and first_word and not (known or place or several):
        return None
    if known and not (place or called or several) and first_word and is_known_noun(words[0]):
        return None  # "Alba", "Rosa": a name or a thing
    adjective = words[end] if end < len(words) else ""
    letter = {"el": "o", "la": "a", "los": "o", "las": "a"}.get(low, "")
    if led and letter and is_known_noun(words[start]) and describes(adjective, gender=letter):
        end += 1  # "la Revoluci\u00f3n francesa"
    person = known and not place
    text = join([low, *words[at + 1 : end]] if led else list(words[start:end]))
    many = low in ("los", "las")
    return Head(text, end, many, person, person, named=True, short=text)
