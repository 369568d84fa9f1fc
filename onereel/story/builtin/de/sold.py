"""What a German product film offers, where the idea names it by its name or by what is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import words_of
from .cases import decline, nominative
from .lexicon import lexicon
from .lookup import look_up
from .nouns import read_noun
from .quoted import statement
from .topic import Topic, brand, called, named
from .verbs import looks_finite

__all__ = ["sold_by"]

_YOURS = ("dein", "deine", "unser", "unsere", "euer", "eure")
_WHOM = frozenset(("dir", "dich", "euch", "ihnen", "sie", "f\u00fcr"))
_OVER = frozenset((("nie", "wieder"), ("nie", "mehr"), ("schluss", "mit"), ("genug", "von")))
"""What begins a pitch, in front of what it does away with."""
_LONGEST_ANSWER = 4


def sold_by(headline: str, premise: str, further: Sequence[str]) -> Topic | None:
    """What is sold: "Schornsteinfeger Brandt: ...", "Dein neues Lieblingsbuch: ...", "Kein WLAN?
    Probier FunkPlus", "Wir reparieren alte Uhren"; None where the idea is read as any other.

    Args:
        headline: what stands in front of a colon, unless it is a sentence.
        premise: the rest of the first sentence.
        further: the other sentences.
    """
    title = words_of(headline)
    if title and tuple(word.lower() for word in title[:2]) in _OVER:
        goods = named(
            words_of(premise)
        )  # "Schluss mit kalten F\u00fc\u00dfen: beheizbare Einlegesohlen"
        whole = f"{headline}: {premise.rstrip('.! ')}"
        return replace(goods, whole=whole, claim=whole) if goods and goods.noun.gender else None
    if title[:1] and title[0].lower() in _YOURS:
        sold = named(title)
        return replace(sold, whole=sold.noun.text, claim=statement(premise)) if sold else None
    described = any(map(str.islower, title)) and look_up(title[0])
    if described and (sold := named(title)):
        sold.tags.add("brand")  # "Haferriegel von Korn und Co: kein Zucker"
        return replace(sold, whole=premise.rstrip(".! "))
    if len(title) == 2 and title[0] in ("Der", "Die", "Das") and title[1][:1].isupper():
        sold = named(title)  # "Der Kieselbecher: Kaffee, der heiss bleibt"
        if sold and sold.noun.gender:
            sold.tags.add("brand")
            return replace(sold, whole=premise.rstrip(".! "))
    small = premise.split()[0].lower() in lexicon().sets["determiners"]
    coined = len(title) == 1 and not small and "?" not in premise
    if coined or (len(title) > 1 and "," not in premise):
        sold = called(title)
        return replace(sold, whole=premise.rstrip(".! ")) if sold else None
    camel = [word for word in words_of(premise) if re.search(r"[a-z][A-Z]", word)]
    if not headline and len(camel) == 1 and brand(words_of(premise)) is None:
        # "Nie wieder den Schluessel suchen mit FindIt"
        coined_so = called(camel)
        return replace(coined_so, claim=statement(premise)) if coined_so else None
    if not headline and (several := _several(words_of(premise))):
        return replace(several, whole=premise.rstrip(".! "))
    if not headline and (done := _done(words_of(premise), premise)):
        return done
    if further and (own := brand(words_of(further[0]))):
        return replace(own, claim=statement(premise))  # "Nie mehr putzen. Lumo, der Besen, ..."
    return _answer(words_of(further[0])) if further and premise.endswith("?") else None


def _answer(words: Sequence[str]) -> Topic | None:
    """The name that answers a question: "Probier FunkPlus", "Hier kommt Ordnex", "Der KabelKrebs
    haelt deinen Schreibtisch ordentlich"."""
    led = len(words) > 2 and words[0] in ("Der", "Die", "Das")
    acting = [*words[led:], "", ""][:2]
    coined = any(map(str.isupper, acting[0][1:])) or (led and not look_up(acting[0]))
    if acting[0][:1].isupper() and coined and looks_finite(acting[1]):
        return called([acting[0]])
    if led and look_up(acting[0]) and looks_finite(acting[1]):
        return named(list(words[:2]))  # "Das Gew\u00fcrzregal schickt dir ein Curry"
    *front, name = words or [""]
    short = 0 < len(front) < _LONGEST_ANSWER and front[0][:1].isupper()
    camel = any(map(str.isupper, name[1:]))
    coined = name[:1].isupper() and (camel or len(front) == 1 or not look_up(name))
    return called([name]) if short and coined and all(map(str.islower, front[1:])) else None


def _several(words: Sequence[str]) -> Topic | None:
    """Goods whose plural looks like one: "Leuchtsticker f\u00fcr das Kinderzimmer"."""
    entries = look_up(words[0]) if words and words[0][:1].isupper() else ()
    same = {entry.gender for entry in entries} in ({"m", "p"}, {"n", "p"})
    same = same and all(entry.kind == "thing" for entry in entries)
    if not same or len(words) < 2 or words[1].lower() not in lexicon().sets["prepositions"]:
        return None
    sold = named(list(words))
    if sold is not None and sold.noun.plural:
        sold.tags.add("brand")
        return sold
    return None


def _done(words: Sequence[str], premise: str) -> Topic | None:
    """What somebody's work is done to: "alte Uhren" of "Wir reparieren alte Uhren"."""
    low = [word.lower() for word in words]
    if len(words) < 3:
        return None
    if tuple(low[:2]) in _OVER:
        at = 2  # "Nie wieder nasse Socken"
    elif low[0] == "wir" and looks_finite(words[1]):
        at = 2 + (low[2] in _WHOM)
    else:
        return None
    phrase = nominative(list(words[at:]))
    found = read_noun(phrase, tail=False) if phrase else None
    if found is None or not found[0].gender or not decline(found[0], "dat"):
        return None
    return Topic(found[0].text, found[0], claim=statement(premise), tags={"yours"})
