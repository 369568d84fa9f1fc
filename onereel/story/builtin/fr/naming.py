"""What a French film calls its idea, where a name is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .bits import is_adjective
from .lexicon import lexicon, singular_of
from .nouns import is_known, is_name, is_verb, keeps_article, word_in
from .phrases import (
    Phrase,
    bare_phrase,
    described,
    describes,
    is_most,
    is_participle,
    phrase_at,
    pointed,
    stretched,
    titled,
    whole_name,
)

__all__ = [
    "Name",
    "brand",
    "front",
    "is_certain",
    "is_joined",
    "is_ware",
    "is_yours",
    "name_at",
    "name_of",
    "proper_at",
]

_LONGEST_BRAND = 3
_LONGEST = 3
_LONGEST_CROWD = 7
_NEAR = 5
_LEADS = ("quand", "lorsque", "depuis", "pendant", "si", "un", "une", "ce", "cet", "cette")
_VERBAL = ("ne", "se", "a", "ont", "est", "sont", "va", "vont", "y", "en", ",", "lui", "me", "te")


@dataclass(frozen=True)
class Name:
    """How the film names what it is about."""

    text: str
    plural: bool = False
    person: bool = False
    brand: bool = False
    place: bool = False
    weak: bool = False
    """Whether it says little without what it is of: "l'histoire (du drapeau)"."""


def front(words: Sequence[str]) -> int:
    """Where the subject of a statement begins: behind "un soir d'hiver," or "en 1944,"."""
    if "," not in words[1:12]:
        return 0
    comma = words.index(",", 1)
    first, second = words[0].lower(), words[1].lower()
    since = word_in(first, "numbers") or first.isdigit()
    since = since and word_in(second, "times") and word_in(words[2], "prepositions")
    day = first in ("le", "la", "chaque") and any(word_in(word, "times") for word in words[1:3])
    timely = (
        day or since or first in _LEADS[:5] or (first in _LEADS[5:] and word_in(second, "times"))
    )
    led = (
        (word_in(first, "prepositions") and first not in ("du", "des"))
        or timely
        or word_in(first, "times", "openers")
    )
    return comma + 1 if led and comma + 1 < len(words) else 0


def brand(words: Sequence[str]) -> str:
    """The name that an idea begins with: "Lumo, la lampe qui ..."; "" without one."""
    if "," not in words[1 : _LONGEST_BRAND + 1]:
        return ""
    if is_known(words[0]) or word_in(words[0], "openers", "times", "adverbs", "function"):
        return ""
    comma = words.index(",", 1)
    behind = words[comma + 1].lower() if comma + 1 < len(words) else ""
    described = word_in(behind, "determiners") or behind[:2] == "l'"
    named = all(is_name(word) for word in words[:comma])
    return join(list(words[:comma])) if described and named else ""


def proper_at(words: Sequence[str], at: int) -> tuple[str, int]:
    """The proper name at `at` and where it ends: "Ana Ruiz", "le Fournil de L\u00e9a"."""
    end = at
    if word_in(words[at], "determiners") and at + 1 < len(words) and is_name(words[at + 1]):
        end = at + 1
    elif words[at].lower()[:2] != "l'" and not is_name(words[at]):
        return "", at
    first = end
    while end < len(words) and (is_name(words[end]) or _joins(words, end, first)):
        end += 1
    text, low = join(list(words[at:end])), words[at].lower()
    alone = end == at + 1 and at == 0 and not words[at].isupper() and low[:2] != "l'"
    known = low in lexicon().names or word_in(low, "towns")
    # The first word of an idea has its capital from its place.
    return ("", at) if end == at or (alone and not known) else (text, end)


def _has_common(text: str) -> bool:
    """Whether a common word stands in a name that has no article: "\u00d4 temps"."""
    first, *rest = text.split()
    small = ("de", "du", "des", "la", "le", "les", "et")
    return first[:1].isupper() and any(word[:1].islower() and word not in small for word in rest)


def _joins(words: Sequence[str], at: int, first: int) -> bool:
    joint = words[at].lower() in ("de", "du", "des", "la", "le") and at > first
    return joint and any(is_name(word) for word in words[at + 1 : at + 3])


def name_at(words: Sequence[str], at: int, *, longest: int = _LONGEST) -> Name | None:
    """The sure name of what stands at `at`, where a noun phrase begins, at most `longest` words."""
    if at >= len(words):
        return None
    text, end = proper_at(words, at)
    while text and end < len(words) and describes(words, end):
        text, end = f"{text} {words[end]}", end + 1
    if text:
        behind = words[end].lower() if end < len(words) else ","
        sure = behind in _VERBAL or is_verb(behind) or behind[:2] in ("n'", "s'")
        sure = sure or word_in(behind, "prepositions") or is_participle(behind)
        first = lexicon().names.get(words[at].lower())
        others = behind == "," and at + 2 < len(words) and is_name([*words, ""][end + 1])
        thing = is_known(words[at]) and first is None and not word_in(words[at], "determiners")
        thing = thing and not word_in(text, "towns")
        sure = sure and not (others or thing or _has_common(text))
        alone = " " not in text and not word_in(text, "towns") and first is None
        sure = sure and not (alone and "'" not in text)
        many = words[at].lower() in ("les", "des")
        return Name(text, plural=many, person=first is not None) if sure else None
    if len(words) == 1 and word_in(words[0], "months"):
        return Name(words[0])
    phrase = phrase_at(words, at) or (bare_phrase(words[at:]) if at == 0 else None)
    if phrase is None or is_joined(words, phrase.end):
        return None
    if not phrase.determiner and stretched(words, phrase) < len(words):
        # "Zoom sur Marie Curie" is about no zoom: a bare noun is sure only where it is all.
        return None
    if at and word_in(phrase.head, "times") and phrase.determiner in ("le", "la", "l'"):
        # "Au jardin, le soir" says when.
        return None
    person = phrase.head in lexicon().persons
    whole = whole_name(words, phrase)
    behind = [*words[stretched(words, phrase) :], ","][0]
    weak = word_in(phrase.head, "relational") and (is_participle(behind) or not is_verb(behind))
    weak = weak and " " in whole
    if whole and (weak or len(re.findall(r"\w+", whole)) <= longest):
        return Name(whole, phrase.plural, person, weak=weak)
    if whole:
        # No scene has room for "la piscine municipale de Vannes" each time.
        whole = pointed(phrase, described(words, phrase), short=True)
        return Name(whole, phrase.plural, person) if whole else None
    more = described(words, phrase)
    behind = words[phrase.end + len(more)].lower() if phrase.end + len(more) < len(words) else ","
    known = phrase.determiner in ("le", "la", "l'") and not word_in(phrase.head, "relational")
    if known and word_in(behind, "prepositions") and behind not in ("de", "du", "des", "entre"):
        # "La photosynth\u00e8se en dessin anim\u00e9" is no other photosynthesis.
        return Name(join([titled(phrase), *more]), person=person) if titled(phrase) else None
    again = pointed(phrase, more) if _is_restricted(words, phrase) else ""
    return Name(again, phrase.plural, person) if again else None


def is_joined(words: Sequence[str], at: int) -> bool:
    """Whether something else stands beside it: "un cur\u00e9 (et une ath\u00e9e) dansent"."""
    for word in words[at : at + _NEAR]:
        if word in ("et", "ou", "&"):
            return True
        if is_verb(word) or word == "," or word_in(word, "relatives"):
            return False
    return False


def _is_restricted(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether what follows only says which one is meant, so that "ce" and the noun name it."""
    if phrase.determiner == "" and word_in(phrase.head, "relational"):
        return False
    if phrase.determiner in ("un", "une", "des", "") or phrase.determiner.isdigit():
        return True
    if word_in(phrase.determiner, "numbers"):
        return True
    end = stretched(words, phrase)
    behind = words[end].lower() if end < len(words) else ","
    if word_in(phrase.head, "relational") or behind == "entre":
        return False
    return (
        word_in(behind, "prepositions", "relatives") or behind[:3] == "qu'" or is_most(words, end)
    )


def _is_one_clause(words: Sequence[str]) -> bool:
    """Whether no verb follows the one behind "ceux qui": then all of it is a name."""
    later = [
        word for at, word in enumerate(words)
        if at > 3 and is_verb(word) and not word_in(words[at - 1], "determiners", "prepositions")
    ]  # fmt: skip
    return "," not in words and len(words) <= _LONGEST_CROWD and not later


def _is_somebody(words: Sequence[str]) -> bool:
    """Whether a name and a trade begin an idea: "Zin\u00e9dine, \u00e9boueur et po\u00e8te"."""
    return len(words) > 2 and words[1] == "," and words[2].lower() in lexicon().persons


def is_certain(name: Name | None, words: Sequence[str]) -> bool:
    """Whether every word of a name is known, or the idea itself shows what it is.

    An unknown word is a noun where an article stands before it and nothing behind it can belong to
    it: "les dockers du Havre".
    """
    if name is None or name.weak or _is_vague(name.text) or _is_span(name.text, words):
        return False
    if re.match(r"(?:un|une|des) ", name.text):
        return False
    if not _has_noun(name.text) or _goes_on(name.text, words):
        return False
    idea = [word.lower() for word in words]
    text = re.sub(r"(?:(?<=^)|(?<=\s))[ld]'", "", name.text.replace("~", " "))
    for word in text.split():
        low = word.lower()
        small = word_in(low, "determiners", "prepositions", "numbers", "conjunctions", "relatives")
        known = small or is_known(low) or is_adjective(low) or word_in(low, "times", "months")
        if known or word[:1].isupper() or word.isdigit():
            continue
        at = idea.index(low) if low in idea else -1
        led = at > 0 and word_in(idea[at - 1], "determiners") and low[0] != "h"
        behind = idea[at + 1] if at + 1 < len(idea) else ","
        if not (led and (behind == "," or word_in(behind, "prepositions", "relatives"))):
            return False
    return True


def _has_noun(text: str) -> bool:
    """Whether a name is more than an adjective: "le petit dernier" is not."""
    words = re.sub(r"(?:(?<=^)|(?<=\s))[ld]'", "", text.replace("~", " ")).split()
    return any(not word_in(word, "determiners", "prenominal", "prepositions") for word in words)


def _goes_on(text: str, words: Sequence[str]) -> bool:
    """Whether more belongs to a name: "cette cr\u00e8me indice (50)", "ce temps (des cerises)"."""
    last = text.replace("~", " ").split()[-1]
    at = words.index(last) + 1 if last in words else len(words)
    behind = words[at] if at < len(words) else ""
    whose = behind.lower() in ("de", "du", "des") or behind[:2].lower() == "d'"
    # "Ce maire" will do for "le maire de S\u00e8te".
    somewhere = behind[2:3].isupper() or [*words, "", ""][at + 1][:1].isupper()
    whose = whose and (last[:1].isupper() or not somewhere)
    return whose or (behind[:1].isdigit() and not last.isdigit())


def _is_vague(text: str) -> bool:
    """Whether its noun is what lists count ("ces raisons") or says when ("ce soir-l\u00e0")."""
    nouns = [word for word in text.split() if not word_in(word, "determiners", "prenominal")]
    dated = any(word.endswith(("-l\u00e0", "-ci")) for word in nouns)
    return dated or (bool(nouns) and word_in(nouns[0], "list_words"))


def _is_span(text: str, words: Sequence[str]) -> bool:
    """Whether some time begins an idea ("une journ\u00e9e avec Ali"), or "Le Havre"."""
    led = word_in(words[0], "determiners", "numbers") and words[0].lower() not in ("le", "la", "l'")
    return keeps_article(words) or (led and _times(words[1:2]) and words[1] in text)


def _times(words: Sequence[str]) -> bool:
    return any(
        singular_of(word.lower()) in (*lexicon().sets["times"], "journ\u00e9e") for word in words
    )


def is_yours(name: Name) -> bool:
    """Whether a name says whose own a thing is: only tales speak so of what is not theirs."""
    owners = r"(?:mon|ma|mes|ton|ta|tes|notre|nos|votre|vos) "
    return re.match(owners, name.text) is not None


def is_ware(name: Name) -> bool:
    """Whether a thing surely is for sale: its maker calls it by a name, or calls it ours."""
    return name.brand or re.match(r"(?:notre|nos) ", name.text) is not None


def name_of(words: Sequence[str], *, longest: int = _LONGEST) -> Name | None:
    """The sure name of an idea that asks nothing."""
    sold = brand(words)
    if sold:
        return Name(sold, person=words[0].lower() in lexicon().names, brand=True)
    if len(words) > 1 and words[0].isdigit() and word_in(words[1], "months"):
        return Name(f"le {join(words[:2])}")
    known = words[0].lower() in lexicon().names or word_in(words[0], "towns")
    if is_name(words[0]) and ((known and len(words) == 1) or _is_somebody(words)):
        return Name(words[0], person=len(words) > 1)
    if words[0].lower() in ("ceux", "celles") and words[1:2] == ["qui"] and _is_one_clause(words):
        return Name(join([words[0].lower(), *words[1:]]), plural=True)
    at = front(words)
    if words[0].lower() in ("\u00e0", "pour") and len(words) > 1:
        # "\u00c0 mon petit fr\u00e8re" is for him.
        phrase = phrase_at(words, 1)
        if phrase is not None and phrase.determiner in ("mon", "ma", "mes"):
            return Name(titled(phrase), phrase.plural)
    return name_at(words, at, longest=longest)
