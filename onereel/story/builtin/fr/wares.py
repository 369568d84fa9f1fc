"""What a French advertisement sells, where that is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ..cleaning import join
from .belonging import described
from .bits import is_adjective
from .fronts import brand
from .naming import Name, is_joined
from .nouns import is_known, is_name, is_participle, word_in
from .phrases import bare_phrase, phrase_at, pointed, titled

__all__ = ["called_kind", "ware_of"]

_LONGEST_LEAD = 3
_LONGEST_WARE, _SHORT_WARE = 5, 3
_YOURS = ("mon", "ma", "mes", "ton", "ta", "tes", "votre", "vos")


def ware_of(words: Sequence[str]) -> Name | None:
    """What the idea of an advertisement begins with, which is for sale: "sac \u00e0 dos"."""
    called = words[0].lower().endswith("ez") and word_in([*words, ""][1], "determiners")
    words = words[1:] if called else words  # "offrez (un stage de poterie)"
    if called and (words[0].lower() in ("le", "la", "les") or words[0][:2].lower() == "l'"):
        return None  # "apprenez (le fran\u00e7ais)": nobody sells all of it
    sold = brand(words, sold=True)
    kind = called_kind(words[: words.index(",")]) if sold else ""
    if kind:
        return Name(kind)
    if sold:
        return Name(sold, brand=True)
    if word_in(words[0], "prepositions") and "," in words[:_LONGEST_LEAD]:
        words = words[words.index(",") + 1 :]  # "Chez Paulette, la cantine du quartier"
    # "Nouveau salon de th\u00e9"
    fresh = word_in(words[0], "prenominal") and is_known([*words, ""][1])
    phrase = phrase_at(words) or bare_phrase(words[1:] if fresh else words)
    words = words[1:] if fresh else words
    if phrase is None or not is_known(phrase.noun[0]) or is_joined(words, phrase.end):
        return None
    ours = phrase.determiner in ("notre", "nos")
    if not ours and word_in(phrase.head, "promises", "times", "relational", "list_words"):
        return None
    if {"pire", "pires"} & set(phrase.before):
        return None
    more = [] if phrase.determiner in _YOURS else described(words, phrase)
    if [*words, ""][phrase.end + len(more)][:1].isdigit():
        more = []  # "cr\u00e8me solaire indice 50"
    more = list(takewhile(is_adjective, more))
    brands = list(takewhile(is_name, words[phrase.end :]))
    if brands and phrase.determiner in ("le", "la", "l'") and len(brands) < _LONGEST_LEAD:
        # "La chaise Ondine, pliable"
        named = join([titled(phrase), *brands])
        return Name(named) if [*words, ","][phrase.end + len(brands)] == "," else None
    first = {"premier", "premi\u00e8re"} & set(phrase.before) and phrase.determiner in ("le", "la")
    text = join([titled(phrase), *more]) if first and titled(phrase) else pointed(phrase, more)
    if len(text.split()) > _LONGEST_WARE:
        # "Nettoyage de tapis \u00e0 domicile"
        text = pointed(replace(phrase, noun=phrase.noun[:_SHORT_WARE]))
    return Name(text, phrase.plural) if text and len(text.split()) <= _LONGEST_WARE else None


def called_kind(title: Sequence[str]) -> str:
    """ "Le vignoble Delorme" of "Vignoble Delorme": a kind, and which one is meant."""
    noun, *rest = [title[0].lower(), *title[1:]]
    described = not rest or is_adjective(rest[0]) or is_participle(rest[0])
    if described or not all(map(is_name, rest)):
        return ""
    kind = bare_phrase([noun])
    return join([titled(kind), *rest]) if kind is not None and titled(kind) else ""
