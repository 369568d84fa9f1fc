"""What else a French idea names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ..cleaning import join, words_of
from .belonging import described, is_object, is_part_of_saying, whole_name
from .bits import is_series
from .lexicon import fold, lexicon, singular_of
from .naming import Name
from .nouns import (
    ends_surely,
    is_infinitive,
    is_known,
    is_name,
    is_number,
    is_participle,
    is_verb,
    word_in,
)
from .phrases import COMPARING, KEPT, Phrase, bare_phrase, phrase_at, pointed, titled

__all__ = ["things_of"]

_MOST = 5
_LONGEST = 6
_SHORT = 3
"""Words of a thing with what it is of: "les quais de la Loire"."""
_SURE = (
    *("un", "une", "des", "mon", "ma", "mes", "notre", "nos", "votre", "vos", "ce", "cet"),
    *("cette", "ces", "ton", "ta", "tes"),
)  # fmt: skip
"""Determiners that are nothing else; "le" and "la" may also be objects of a verb."""
_BEFORE_NAMES = ("\u00e0", "sur", "chez")
_HIDDEN = {"d'un": "un", "d'une": "une"}
_OWNED = (
    "son",
    "sa",
    "ses",
    "mon",
    "ma",
    "mes",
    "ton",
    "ta",
    "tes",
    "votre",
    "vos",
    "notre",
    "nos",
)
"""In a general idea, where they are anybody's: "ton chat" is "le chat"."""
_LIGHT = {"chose", "fois", "foi", "facon", "maniere", "ceux", "celle", "celui", "peu", "sorte"}
_LIGHT |= {"tour", "metier", "carriere", "foule", "moitie"}
_LIGHT |= {"cela", "celles", "personne", "numero", "top", "suite", "lors", "ans", "gens", "gen"}
_LIGHT |= {"litre", "metre", "kilo", "gramme", "kilometre", "euro", "degre", "cause", "lieu"}
_LIGHT |= {"force", "coup", "fond", "cours", "cour", "sein", "bord", "milieu", "rendez-vous"}
_LIGHT |= {"autre", "etre", "avoir", "aller", "faire", "vraiment", "pouvoir", "devoir", "partir"}
_LIGHT |= {
    "travail",
    "service",
    "parole",
    "coin",
    "rue",
    "place",
    "bout",
    "suite",
    "reste",
    "part",
    "sens",
    "sen",
}
_LIGHT |= {"merci", "pardon", "bonjour", "bonsoir", "adieu"}
_LIGHT |= {
    "noir",
    "vide",
    "large",
    "public",
    "secret",
    "direct",
    "doute",
    "neant",
    "grace",
    "profit",
    "faveur",
    "compte",
    "plupart",
    "instant",
    "moment",
    "ca",
    "lecon",
}
"""Words that name nothing, and measures."""
_TITLES = ("mamie", "papi", "tante", "oncle", "tonton", "tata", "monsieur", "madame", "docteur")
_IS = {"est", "sont", "\u00e9tait", "\u00e9taient", "sera", "seront", "fut", "n'est", "c'est"}
_IS |= {"devient", "deviennent", "devenu", "devenue", "deviendra", "suis", "reste", "s'appelle"}
_IS |= {"devenir", "redevenir", "\u00eatre", "rester"}
_NONE = ("plus", "pas", "ni", "sans", "jamais")
_SAYINGS = ("expression", "proverbe", "dicton", "citation", "slogan")
_MEASURES = {"litre", "kilo", "gramme", "verre", "tasse", "trop", "peu", "moin", "moins", "plus"}
_MEASURES |= {"plu", "beaucoup", "assez", "kilometre", "metre", "tonne"}


def things_of(words: Sequence[str], start: int, taken: str, *, general: bool) -> list[Name]:
    """Noun phrases from `start` on that the film can speak of, none that is part of `taken`.

    In a `general` idea "un volcan" is any: it is "le volcan" again, not "ce volcan".
    """
    found: list[Name] = []
    weak: list[Name] = []
    known = {_plain(word) for word in taken.replace("~", " ").split()}
    if is_series(words):
        lined = _series(words)
        return [each for each in lined if not known & set(map(_plain, each.text.split()[1:]))]
    at = start
    words = words_of(join(list(words)).replace(":", ","))
    while at < len(words):
        phrase = _phrase(words, at, general=general)
        name, end = _called(words, at) if phrase is None else ("", max(phrase.end, at + 1))
        before = words[at - 1].lower() if at else ""
        if before in _IS or (before in _NONE and words[at].lower() in ("un", "une")):
            at = end  # what somebody is, is nobody else; "plus un bruit" is none
            continue
        if phrase is not None and phrase.head in _SAYINGS:
            # What a saying says is not what the film is about.
            return [Name(titled(phrase))] if titled(phrase) else []
        if phrase is not None:
            found_main = bool(taken or found)
            belongs = phrase.determiner == "des" and at > 0 and is_known(words[at - 1])
            # "Mon grand-p\u00e8re collectionne (des cl\u00e9s)": behind a noun stands its verb.
            acts = (
                at > 1
                and is_verb(words[at - 1])
                and (is_known(words[at - 2]) or words[at - 2].lower() in lexicon().persons)
            )
            belongs = belongs and not acts
            new = phrase.determiner in ("un", "une", "des") or is_number(phrase.determiner)
            new = new and not (general or belongs)
            more = described(words, phrase)
            behind = words[phrase.end + len(more) : phrase.end + len(more) + 1]
            one = word_in(behind[0], "relatives") if behind else False
            compared = at > 0 and words[at - 1] in ("entre", "et")
            any_one = general and phrase.determiner in ("un", "une") and not compared
            if any_one and (found_main or phrase.head in lexicon().persons):
                name = ""
            elif new or one or set(phrase.before) & set(COMPARING):
                name = pointed(phrase, more)
            elif phrase.determiner in KEPT or ends_surely(words, phrase.end + len(more)):
                more = described(words, phrase, called=True)
                whole = whole_name(words, phrase)
                if len(whole.split()) <= _LONGEST and not more:
                    led = phrase.determiner != "l'"
                    more = words_of(whole)[led + len(phrase.text.split()) :]
                name = join([titled(phrase), *more]) if titled(phrase) else ""
            shared = [*behind, ""][0] == "sur" and is_number([*words, "", "", ""][phrase.end + 1])
            if word_in(phrase.head, "relational") or [*behind, ""][0] == "entre" or shared:
                # "Un vol sur trois" is no flight.
                name, end = "", at + 1
        keys = phrase.noun if phrase is not None else name.split()[-1:]
        of = {_plain(word) for word in name.split()[1:] if len(word) > _SHORT}
        if name and not ({_plain(word) for word in keys} | of) & known:
            thing = Name(
                name,
                bool(phrase and phrase.plural),
                place=phrase is None and not _is_somebody(name),
            )
            if not is_part_of_saying(words, at, phrase):
                # Of "leur voiture" each has one.
                beside = is_object(words, at) and words[at] != "leur"
                found += [thing] if not taken or beside else []
            elif not taken:
                weak.append(thing)
            known |= {_plain(word) for word in name.split()}
        at = end
    return (found or weak)[:_MOST]


def _series(words: Sequence[str]) -> list[Name]:
    """The nouns that an idea only lines up: "rue d\u00e9serte, n\u00e9ons, silence"."""
    text = join(list(words))
    pieces = [words_of(piece) for piece in text.split(", ") if words_of(piece)]
    found: list[Name] = []
    for piece in pieces:
        phrase = phrase_at(piece) or bare_phrase(piece)
        if phrase is None or not is_known(phrase.noun[0]):
            continue
        called = list(takewhile(is_name, piece[phrase.end :]))  # "vitamine D"
        name = pointed(phrase) if phrase.determiner else titled(phrase)
        found += [Name(join([name, *called]), phrase.plural)] if name else []
    return found[:_MOST]


def _is_somebody(name: str) -> bool:
    first = name.split()[0].lower()
    return first in lexicon().names or first in lexicon().persons


def _plain(word: str) -> str:
    return fold(_core(word))


def _called(words: Sequence[str], at: int) -> tuple[str, int]:
    """A proper name within the idea, where it surely takes no other article."""
    low, before = words[at].lower(), words[at - 1].lower() if at else ""
    article = low in ("le", "la") or (low[:2] == "l'" and is_name(words[at]))
    first = at + 1 if low in ("le", "la") else at
    kin = before in _TITLES
    if word_in(before, "determiners"):
        # "Les Martin" are no Martin.
        return "", at + 1
    bare = kin or before in _BEFORE_NAMES or before.endswith("ment") or is_verb(before)
    bare = (bare or low in lexicon().names) and re.match(r"(?i)\w{1,2}'", words[at]) is None
    if not at or first >= len(words) or not is_name(words[first]) or not (article or bare):
        return "", at + 1
    end = first + 1
    while end < len(words) and (
        (is_name(words[end]) and "'" not in words[end][:3])
        or (article and words[end] == "de" and is_name([*words, ""][end + 1]))
    ):
        end += 1
    start = at - 1 if kin and not article else at
    text = join(list(words[start:end]))
    # "Taille M" names no M.
    return (text, end) if ends_surely(words, end) and len(text) > 1 else ("", end)


def _phrase(words: Sequence[str], at: int, *, general: bool) -> Phrase | None:
    """The phrase at `at`, if what it begins with is certainly an article there."""
    low = words[at].lower()
    before = words[at - 1].lower() if at else ""
    if fold(singular_of(before)) in _MEASURES and low[:2] in ("de", "d'"):
        # "Deux litres d'eau", "trop de sucre"
        own = bare_phrase([low[2:] or words[at + 1], *words[at + 1 + (low == "de") :]])
        return replace(own, end=own.end + at + (low == "de")) if own is not None else None
    if low in ("du", "au") and is_number(words[at + 1] if at + 1 < len(words) else ""):
        return None  # "la concierge du 12 garde ..."
    if before == "en" or (before == "\u00e0" and (low == "la" or low[:2] == "l'")):
        # "En l'air", "\u00e0 la nage"
        return None
    sure = is_verb(before) or is_infinitive(before) or is_participle(before)
    sure = (
        sure
        or low in _SURE
        or is_number(low)
        or word_in(before, "prepositions", "conjunctions")
        or before == ","
    )
    article = _HIDDEN.get(low, "") or _without_owner(low, words[at + 1 : at + 3], general=general)
    article = article or ("le" if low == "du" and is_known(before) else "")
    behind = words[at + 2].lower() if at + 2 < len(words) else ""
    inside = behind in ("du", "de", "des") or behind[:2] == "d'"
    article = article or ("le" if low == "au" and not (at or inside) else "")
    told = singular_of(words[at + 1].lower()) if at + 1 < len(words) else ""
    # "Expliqu\u00e9 aux enfants": whom it is for, it is not about.
    listening = told in lexicon().persons
    article = article or ("les" if low == "aux" and not (inside or listening) else "")
    if article:
        words, sure = [*words[:at], article, *words[at + 1 :]], True
    phrase = phrase_at(words, at)
    if phrase is None or phrase.determiner.isdigit():
        return None
    if not is_known(phrase.noun[0]) and not (low in _SURE and ends_surely(words, phrase.end)):
        return None
    if low[:1] == "l" and phrase.noun[0] in lexicon().infinitives:
        return None
    unsure = not sure and (is_verb(phrase.noun[0]) or not (phrase.gender or phrase.plural))
    called = is_name([*words, ""][phrase.end])  # "la tour Eiffel"
    if unsure or word_in(phrase.head, "times") or (fold(phrase.head) in _LIGHT and not called):
        return None
    listed = general and phrase.plural and word_in(f"{phrase.head}s", "list_words")
    return None if listed else phrase


def _without_owner(owner: str, behind: Sequence[str], *, general: bool) -> str:
    """The article of what somebody has, so that "leur vall\u00e9e" is "cette vall\u00e9e"."""
    while behind[1:] and word_in(behind[0], "prenominal"):
        behind = behind[1:]
    base = singular_of(behind[0].lower()) if behind else ""
    gender = lexicon().gender.get(base, "")
    owners = _OWNED if general else ("son", "sa", "ses", "leur", "leurs")
    if (
        owner not in owners
        or not gender
        or base.split("-")[-1] in lexicon().persons | {"fils", "fille"}
    ):
        return ""
    if owner[-1] == "s":
        return "les" if general else "des"
    return {"m": "le" if general else "un", "f": "la" if general else "une"}[gender]


def _core(word: str) -> str:
    """A word without what is elided in front of it."""
    return re.sub(r"(?i)^(?:[ldjcsntm]|qu|jusqu|lorsqu|puisqu)'", "", word)
