"""German ideas about somebody who does something: the hero, and where the deed begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join
from .cases import decline
from .deeds import RELATIVES, Tale, is_headline, is_one_verb, object_of, read_deed, verb_at
from .lexicon import lexicon
from .lookup import is_dative_plural, look_up
from .mention import introduced, resolve
from .nouns import Noun, read_noun
from .phrases import is_comparative_order
from .relatives import (
    has_own_subject,
    main_at,
    opens_relative,
    standing_alone,
    verbs_first,
    with_commas,
)
from .verbs import is_plural, verb_last

__all__ = ["hero_slots", "read_tale", "told_slots"]

_LONGEST_DEED = 13
_SUBJECTS = {"der": "m", "die": "f", "das": "n"}
"""The relative pronouns that can be a subject, and their gender."""


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    words = list(words)
    fronted = _fronted(words)
    if fronted is not None:
        return fronted
    if words[0].lower() in _not_subjects():
        return None
    if re.fullmatch(r"(?:d|[mds]?ein|kein|ihr|unser)e[mn]", words[0].lower()):
        return None  # "Einen Reifen flicken": no subject, by its case
    found = read_noun(words)
    if found is None or is_comparative_order(words):
        return None
    noun, end = found
    if not noun.det and is_dative_plural(noun.head):
        return None  # "Forschern gelingt ...": the researchers are no subject
    if end < len(words) and words[end].lower() in RELATIVES:
        words = with_commas(words, end)
    if end < len(words) and words[end] == ",":
        return _aside(noun, words, end)
    if end >= len(words):
        if noun.pair and noun.named and not noun.two:
            # "Malte und das Lied": one of the two can want something.
            noun = replace(noun, pair=False, tail="", gender="")
        hero = resolve(noun, plural=noun.plural)
        return Tale(hero) if noun.animate and (noun.det or noun.plural or noun.named) else None
    return _plain(noun, words[end:])


def _not_subjects() -> frozenset[str]:
    sets = lexicon().sets
    return (sets["questions"] | sets["pronouns"] | sets["conjunctions"]) - RELATIVES


_ONE = ("ein", "eine", "das")
"""Articles that an accusative shares with the nominative: "Ein Zimmer streichen"."""


def _plain(noun: Noun, predicate: Sequence[str]) -> Tale | None:
    if not verb_at(predicate, 0):
        return None
    known = {entry.gender for entry in look_up(noun.head)}
    single = (known and "p" not in known) or noun.head.lower() in lexicon().infinitives
    single = single or noun.det in _ONE
    one = not noun.det or noun.det in _ONE
    if single and one and not noun.named and not noun.pair and is_plural(predicate[0]):
        # "Brot backen" says what to do, and nobody who does it.
        return None
    tale = Tale(_numbered(noun, predicate[0]))
    read_deed(tale, list(predicate))
    return tale


def _numbered(noun: Noun, verb: str) -> Noun:
    return resolve(noun, plural=is_plural(verb))


def _fronted(words: list[str]) -> Tale | None:
    """ "In einer Nacht findet ein Fischer ...": place or time, verb, subject, rest."""
    sets = lexicon().sets
    first = words[0].lower()
    if first in sets["prepositions"]:
        found = read_noun(words, 1)
        end = found[1] if found else 0
    elif first in ("eines", "jeden", "jede", "heute", "morgens", "nachts", "abends"):
        found = read_noun(words, 1, tail=False) if first in ("eines", "jeden", "jede") else None
        end = found[1] if found else int(first in sets["adverbs"] and first != "jeden")
    else:
        return None
    if end and words[end : end + 1] == ["um"]:
        end += 2  # "jeden Morgen um vier"
    if not end or not verb_at(words, end):
        return None
    subject = read_noun(words, end + 1, tail=False)
    if subject is None or subject[0].head in sets["time_nouns"]:
        return None  # "laeuft jede Nacht ein Film"
    if words[end + 1].lower() in ("einen", "den", "einem", "dem"):
        return None
    noun, after = subject
    tale = Tale(_numbered(noun, words[end]))
    when = join(words[:end])
    tale.when = when[:1].lower() + when[1:]
    following = words[after:]
    if following and following[0] == ",":
        return None
    read_deed(tale, [words[end], *tale.when.split(), *following])
    return tale


def _aside(noun: Noun, words: list[str], comma: int) -> Tale | None:
    """What a comma brings: a relative clause, or who a name belongs to."""
    rest = words[comma + 1 :]
    if not rest:
        return None
    if noun.named or (not noun.det and not noun.plural):
        inner = read_noun(rest)
        if inner is not None and rest[0].lower() in lexicon().sets["determiners"]:
            return _apposition(noun, rest, inner)
    whole = read_noun(rest)
    if noun.animate and whole is not None and whole[1] == len(rest) and whole[0].det:
        return Tale(noun, aside=whole[0].text)  # "Meine Schwester, die Astronautin"
    return _relative(noun, rest) if opens_relative(rest) else None


def _apposition(name: Noun, rest: list[str], inner: tuple[Noun, int]) -> Tale | None:
    described, end = inner
    after = rest[end:]
    after = after[1:] if after[:1] == [","] else after
    if not described.animate and not verb_at(after, 0):
        return None
    gender = described.gender if described.gender in ("m", "f", "n") else name.gender
    hero = Noun("", (), name.short, gender=gender, kind=described.kind, named=True)
    tale = Tale(hero, aside=described.text)
    if not after:
        return tale
    if opens_relative(after):
        told = _relative(hero, after)
        if told is not None:
            told.aside = described.text
        return told
    if verb_at(after, 0):
        read_deed(tale, after)
        return tale
    return None


def _relative(noun: Noun, clause: list[str]) -> Tale | None:
    """ "der das Lachen verloren hat", perhaps with the main verb behind it."""
    pronoun = clause[0].lower()
    own = {"m": "der", "f": "die", "n": "das", "p": "die"}.get(noun.gender, pronoun)
    if noun.tail and pronoun in _SUBJECTS and pronoun != own:
        return None  # "Kraeuter aus einem Kasten, der passt": the clause is about the box
    main = main_at(clause)
    if not main:
        return _told_as_main(noun, clause[1:], pronoun) if pronoun in _SUBJECTS else None
    plural = is_plural(clause[main])
    hero = noun if noun.named else resolve(noun, plural=plural)
    if not hero.gender and pronoun in _SUBJECTS:
        hero = replace(hero, gender="p" if plural else _SUBJECTS[pronoun])
    tale = Tale(hero)
    predicate = standing_alone(clause[main:], clause[: main - 1])
    if predicate is None:
        tale.whole = f", {join(clause)}"
    else:
        read_deed(tale, predicate)
    return tale


def _told_as_main(noun: Noun, clause: list[str], pronoun: str) -> Tale | None:
    """A relative clause that nothing follows says what the hero does."""
    cut = clause.index(",") if "," in clause else len(clause)
    after = clause[cut + 1 :]
    words = verbs_first(clause[:cut])
    if not words or (not words[1:] and after) or has_own_subject(clause):
        return None
    plural = is_plural(words[0])
    gender = "p" if plural else _SUBJECTS[pronoun]
    hero = noun if noun.named else resolve(noun, plural=plural)
    hero = hero if hero.gender else replace(hero, gender=gender)
    if hero.gender != gender and not noun.named:
        return None
    tale = Tale(hero)
    read_deed(tale, [*words, ",", *after] if after else words)
    tale.full = ""
    return tale


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use; cases are named by their first letter."""
    hero = tale.hero
    simple = bool(tale.verb) and is_one_verb(tale.rest)
    short = len(tale.rest) < _LONGEST_DEED and not is_headline(hero, tale.rest)
    deed = tale.deed if short else ""
    names = lexicon().sets["he"] | lexicon().sets["she"]
    known = not tale.verb or hero.head in names  # "Der alte Tom"
    if known and hero.det in ("der", "die", "das") and hero.adjectives and not hero.pair:
        # "Die letzte Hexe" is not any witch.
        hero = replace(hero, det="")
    thing = object_of(tale)
    clear = thing is not None and decline(thing, "nom") != decline(hero, "nom")
    return {
        "a_hero": introduced(tale.hero),
        "hero": decline(hero, "nom"),
        "hero_a": decline(hero, "acc"),
        "hero_d": decline(hero, "dat"),
        "deed": tale.whole or deed,
        **(told_slots(tale) if simple and short and not tale.whole else {}),
        "full": tale.whole or ("" if is_headline(hero, tale.rest) else tale.full) or deed,
        "goal": tale.goal,
        "goal_zu": tale.goal_zu if tale.goal else "",
        "trouble": tale.trouble,
        "aside": tale.aside,
        "object": decline(thing, "nom") if thing and clear else "",
        "object_a": decline(thing, "acc") if thing and clear else "",
        "object_d": decline(thing, "dat") if thing and clear else "",
    }


def told_slots(tale: Tale) -> dict[str, str]:
    """The deed as a main clause, with its verb in front, and as a subordinate clause."""
    hero = decline(tale.hero, "nom")
    end = f", {tale.clause}" if tale.clause else ""
    # A pronoun goes in front of a full subject: "warum verirrt sich der Hund".
    first = ["sich", hero] if tale.rest[:1] == ["sich"] else [hero]
    return {
        "told_now": f"{join([hero, tale.verb, *tale.rest])}{end}",
        "told_first": f"{join([tale.verb, *first, *tale.rest[len(first) - 1 :]])}{end}",
        "told_last": f"{join([hero, *verb_last(tale.verb, tale.rest)])}{end}",
    }
