"""Spanish ideas about somebody who does something: the hero, and where the deed begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join
from .clauses import find_verb, is_infinitive, starts_clause
from .deeds import Tale, read_deed
from .lexicon import lexicon, plain, word_set
from .nouns import (
    BEFORE,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    Gender,
    Noun,
    gender_of,
    is_known_noun,
    is_plural_word,
    noun,
)
from .pairs import paired
from .relatives import RELATIVES, main_after, own_verb, points_back
from .topic import PLACING, QUANTITIES, these

__all__ = ["read_tale"]

_NAMING = word_set("llamado llamada llamados llamadas")
_TIMES = word_set(
    "noche d\u00eda ma\u00f1ana tarde madrugada invierno verano oto\u00f1o primavera"
    " medianoche siglo a\u00f1o navidad domingo s\u00e1bado lunes martes mi\u00e9rcoles"
    " jueves viernes alba amanecer anochecer"
)
_NO_NAMES = word_set("si cuando mientras aunque porque como tras desde")
_NOBODY = word_set("nadie alguien todos todas quien nada algo yo t\u00fa ella ellos ellas")

_BEFORE_QUE = PREPOSITIONS | {"el", "la", "los", "las", "lo"}
"""What may stand between a noun and "que": "a la que nadie escucha"."""


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    lead, words = _lead(list(words))
    if not words:
        return None
    tale = _apposition(words) or _relative(words) or _plain(words) or _being(words)
    if tale is not None and lead and tale.deed:
        tale.when = lead
        tale.full = tale.full and f"{tale.full} {lead}" if _short(tale, lead) else tale.full
    return tale


def _short(tale: Tale, lead: str) -> bool:
    return "," not in tale.full and len(tale.full.split()) + len(lead.split()) < 14


def _lead(words: list[str]) -> tuple[str, list[str]]:
    """Split off "una noche de invierno," or "en un pueblo sin lluvia" in front of the subject."""
    first = words[0].lower()
    if "," in words[1:9]:
        comma = words.index(",", 1)
        timely = any(word.lower() in _TIMES for word in words[:comma])
        if first in PREPOSITIONS | PLACING or (first in DETERMINERS and timely):
            lead = join(words[:comma])
            if words[comma + 1].lower() not in RELATIVES:
                return lead[:1].lower() + lead[1:], words[comma + 1 :]
    if first in ("en", "durante", "desde", "bajo"):
        for index in range(3, min(9, len(words) - 2)):
            starts = words[index].lower() in ("un", "una", "dos", "tres")
            free = words[index - 1].lower() not in PREPOSITIONS | {"y", "que"}
            if starts and free and _plain(words[index:]):
                lead = join(words[:index])
                return lead[:1].lower() + lead[1:], words[index:]
    return "", words


def _subject(words: Sequence[str]) -> Noun | None:
    """The noun phrase that `words` are, with "llamado X" where it is."""
    words = list(words)
    for index, word in enumerate(words):
        if word.lower() in _NAMING and 0 < index < len(words) - 1:
            described = noun(words[:index])
            name = [part[:1].upper() + part[1:] for part in words[index + 1 :]]
            first = join([words[0].lower(), *words[1 : index + 1], *name])
            return Noun(
                first, join(name), described.head, described.gender,
                described.plural, described.person, True, True,
            )  # fmt: skip
    if (
        not words
        or words[-1].lower() in DETERMINERS | PREPOSITIONS | {"y", "e"}
        or words[-1] == ","
    ):
        return None
    pair = paired(words)
    if pair is not None:
        return pair
    if words[0].lower() in QUANTITIES and words[1:2] == ["de"] and len(words) > 2:
        crowd = noun(words[2:])
        first = join([words[0].lower(), *words[1:]])
        return replace(crowd, first=first, again=these(words[2:]), plural=True)
    if _is_name(words):
        return noun(words, named=True)
    found = noun(words)
    first = words[0].lower()
    if first in DETERMINERS or first in NUMBERS or first.isdigit():
        return _lowered(found)
    return _with_article(found, words)


def _lowered(found: Noun) -> Noun:
    first = found.first[:1].lower() + found.first[1:]
    return Noun(first, found.again[:1].lower() + found.again[1:], *_rest(found))


def _rest(found: Noun) -> tuple[str, Gender, bool, bool, bool, bool]:
    return (found.head, found.gender, found.plural, found.person, found.animate, found.named)


def _with_article(found: Noun, words: list[str]) -> Noun | None:
    """A headline's bare noun gets its article: "cient\u00edficos" are "unos cient\u00edficos"."""
    gender = gender_of(found.head)
    if not gender or not (is_known_noun(found.head) or found.person):
        return None
    article = {("m", True): "unos", ("f", True): "unas", ("m", False): "un", ("f", False): "una"}
    phrase = [article[gender, found.plural], words[0].lower(), *words[1:]]
    return noun(phrase)


def _is_name(words: Sequence[str]) -> bool:
    if words[0].lower() in DETERMINERS | NUMBERS or words[0][:1].isdigit():
        return False
    if words[0].lower() in RELATIVES | _NO_NAMES | BEFORE:
        return False
    known = plain(words[0]) in lexicon().sets["bare_names"]
    if len(words) == 1 and known and words[0][:1].isupper():
        return True
    if is_known_noun(words[0]) or (len(words) == 1 and is_plural_word(words[0])):
        return False
    small = ("de", "la", "del", "los", "y", "von", "el")
    if len(words) > 1 and is_plural_word(words[0]) and words[1].lower() in small and not known:
        # "Investigadores de la Universidad"
        return False
    return all(word[:1].isupper() or word.lower() in small for word in words)


def _plain(words: Sequence[str]) -> Tale | None:
    """A subject, then its verb."""
    words = list(words)
    first = words[0].lower()
    determined = first in DETERMINERS | NUMBERS or first in QUANTITIES or first.isdigit()
    if first in _NOBODY:
        return None
    called = words[0][:1].isupper() and plain(first) in lexicon().sets["bare_names"]
    if not (determined or called) and (
        starts_clause(words) or is_infinitive(first) or first in PREPOSITIONS
    ):
        return None
    at = 2 if determined else 1
    while at < len(words):
        guess = noun(words[:at]) if words[:at] else None
        name = not determined and _is_name([words[0][:1].upper() + words[0][1:]])
        plural = False if name and guess else guess.plural if guess else None
        if "y" in [word.lower() for word in words[1:8]]:
            plural = None
        verb = find_verb(words, at, plural=plural)
        break
    else:
        return None
    if verb is None:
        return None
    phrase = words[: verb.start]
    if not determined and len(phrase) == 1 and not is_known_noun(phrase[0]):
        # "mia encuentra una puerta": a lone word in front of a verb is a name, typed in a hurry.
        phrase = [phrase[0][:1].upper() + phrase[0][1:]]
    hero = _subject(phrase)
    if hero is None:
        return None
    if verb.form.plural and not hero.plural:
        both = paired(phrase, deep=True)
        if both is None and not hero.named:
            return None
        hero = both or Noun(hero.first, hero.again, hero.head, hero.gender, True, hero.person,
                    hero.animate, hero.named)  # fmt: skip
    tale = Tale(hero)
    read_deed(tale, words[verb.start :])
    return tale if tale.deed else None


def _relative(words: list[str]) -> Tale | None:
    """A subject, a relative clause, and perhaps the main verb after that."""
    at = next((i for i, word in enumerate(words) if i and word.lower() in RELATIVES), 0)
    start = at
    while start and words[start - 1].lower() in _BEFORE_QUE:
        start -= 1
    subject, pronoun, clause = words[:start], words[start : at + 1], words[at + 1 :]
    if subject[-1:] == [","] and "," in clause:
        subject = subject[:-1]
    if not subject or not clause or "," in subject:
        return None
    first = words[0].lower()
    if first in PREPOSITIONS or starts_clause(words) or find_verb(subject, 2) is not None:
        return None
    hero = _subject(subject)
    if hero is None:
        return None
    own_subject = [word.lower() for word in pronoun] != ["que"] or not starts_clause(clause)
    begin = own_verb(clause) if own_subject else 0
    own_subject = own_subject and (begin != 0 or len(pronoun) > 1)
    main = main_after(clause, begin, plural=hero.plural) if begin >= 0 else None
    if main is None and own_subject:
        return None
    tale = Tale(hero)
    if main is None:
        read_deed(tale, clause)
        return tale if tale.deed else None
    aside, rest = clause[: main.at], clause[main.at :]
    aside = aside[:-1] if aside[-1] == "," else aside
    if main.free:
        told = join([*pronoun, *aside])
        tale.extra = "" if own_subject else told.removeprefix("que ")
        tale.hero = Noun(f"{hero.first} {told}", hero.again, *_rest(hero))
        read_deed(tale, rest)
    else:
        # "que pierde su sombra la busca": only the whole says what "la" is.
        tale.deed = tale.full = join([*pronoun, *aside, *rest])
    return tale if tale.deed else None


def _apposition(words: list[str]) -> Tale | None:
    """A name, a comma, and who that is: "Marta, una panadera de C\u00e1diz, ..."."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or not _is_name(name):
        return None
    if rest[0].lower() not in ("un", "una", "el", "la"):
        return _described(name, rest)
    if "," in rest:
        second = rest.index(",")
        described, tail = rest[:second], rest[second + 1 :]
        if tail and points_back(tail) and find_verb([*name, *tail], 1) is not None:
            told = f", {join(described)}, {join(tail)}"
            return Tale(noun(name, named=True), deed=told, full=told)
        tale = _plain([*name, *tail]) if tail else None
    else:
        described, tale = rest, None
    inner = _relative(described) or _being(described)
    only = rest[0].lower() in ("el", "la") and "que" in [word.lower() for word in described]
    if tale is None and inner is not None and only:
        # "La primera mujer que vol\u00f3" is not the first woman.
        told = join([described[0], *described[1:]])
        inner = Tale(replace(inner.hero, first=told))
    if inner is None or not (inner.hero.animate or tale is not None):
        return None
    person = inner.hero
    if tale is None:
        tale = inner
        tale.extra = ""
    first = f"{join(name)}, {join(described) if inner is not tale else person.first},"
    tale.hero = Noun(first, join(name), person.head, person.gender, person.plural, person.person,
                     person.animate, True)  # fmt: skip
    return tale


def _described(name: list[str], rest: list[str]) -> Tale | None:
    """A name, who that is, without an article, and a deed: "Carmen, jubilada, ..."."""
    second = rest.index(",") if "," in rest else 0
    tale = _plain([*name, *rest[second + 1 :]]) if second and rest[second + 1 :] else None
    gender = gender_of(rest[0])
    if tale is None or not rest[0].islower() or rest[0].lower() in PREPOSITIONS or not gender:
        return None
    first = f"{join(name)}, {join(rest[:second])},"
    tale.hero = replace(tale.hero, first=first, gender=gender, person=True)
    return tale


def _being(words: Sequence[str]) -> Tale | None:
    """Only a being: "una farera en la tormenta"."""
    words = list(words)
    if "," in words:
        comma = words.index(",")
        if {"y", "e"} & set(words[comma:]) and words[comma + 1].lower() in DETERMINERS:
            # "Una hacker, un cura y un robo" are three.
            return None
        words = words[:comma]
    if not words:
        return None
    at = next((i for i, word in enumerate(words) if word.lower() == "que"), len(words))
    if {"y", "e"} & set(words[:at]) and paired(words[:at]) is None:
        return None
    first = words[0].lower()
    if first not in DETERMINERS | NUMBERS and not first.isdigit():
        return None
    hero = _subject(words[:at])
    return Tale(hero) if hero is not None and hero.animate else None
