"""Ideas about somebody who does something: hero, deed, goal, object, trouble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join
from .clauses import find_verb, is_verb
from .deeds import Tale, read_deed, starts_predicate
from .lexicon import lexicon, singular_of
from .nouns import Noun, definite, is_name, is_number, lowered, noun, word_in
from .relatives import main_after, points_back

__all__ = ["Tale", "read_tale", "split_lead"]

_NAMING = (
    "nomm\u00e9",
    "nomm\u00e9e",
    "appel\u00e9",
    "appel\u00e9e",
    "surnomm\u00e9",
    "surnomm\u00e9e",
)


_SUBORDINATE = ("quand", "lorsque", "lorsqu'un", "lorsqu'une", "alors", "depuis", "tandis")
"""What begins a clause in front of the main one: "quand la nuit tombe, ..."."""


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    lead, rest = split_lead(list(words))
    if not rest:
        return None
    rest = lowered(rest)
    if word_in(rest[0], "asking", "conjunctions") or rest[0].lower() in (
        "je",
        "nous",
        "vous",
        "tu",
    ):
        return None
    if rest[0].lower() in (
        "ceux",
        "celles",
        "celui",
        "celle",
        "personne",
        "rien",
        "tout",
        "tous",
        "quelqu'un",
        "on",
    ):
        return None
    if rest[0].lower()[:2] in ("j'", "c'", "d'") or _speaks_of_me(rest):
        return None
    tale = _apposition(rest) or _relative(rest) or _plain(rest) or _being(rest)
    if tale is not None and lead:
        tale.lead = lead
    return tale


def _speaks_of_me(words: Sequence[str]) -> bool:
    """Whether somebody speaks of himself: "ma grand-m\u00e8re me manque"."""
    low = [word.lower() for word in words]
    return any(word in ("je", "me", "nous", "moi") or word[:2] in ("j'", "m'") for word in low)


def split_lead(words: list[str]) -> tuple[str, list[str]]:
    """Split off "un soir d'hiver," or "dans un village sans enfants," in front of the subject."""
    if "," not in words[1:11]:
        return "", words
    comma = words.index(",", 1)
    first = words[:comma]
    if first[0].lower() in _SUBORDINATE and len(first) > 2:
        return join(lowered(first)), words[comma + 1 :]
    if word_in(first[1] if len(first) > 2 else "", "times") and "o\u00f9" in first[2:4]:
        return join(lowered(first)), words[comma + 1 :]
    timely = any(word_in(word, "times") for word in first[:3]) and len(first) <= 6
    if (word_in(first[0], "prepositions") or timely) and find_verb(first, 1) == 0:
        more, rest = split_lead(words[comma + 1 :])
        lead = join(lowered(first))
        return f"{lead}, {more}" if more else lead, rest
    return "", words


def _subject(words: Sequence[str], context: Sequence[str]) -> Noun | None:
    """The noun phrase that `words` are."""
    words = list(words)
    if not words or word_in(words[-1], "determiners", "prepositions"):
        return None
    for index, word in enumerate(words):
        if word.lower() in _NAMING and 0 < index < len(words) - 1:
            described = noun(words[:index], context)
            name = noun([w[:1].upper() + w[1:] for w in words[index + 1 :]], context, named=True)
            first = f"{described.first} {word} {name.first}"
            return replace(described, first=first, again=name.first, animate=True, named=True)
    both = _both(words, context)
    if both is not None:
        return both
    if is_name(words):
        return noun(words, context, named=True)
    if not _determined(words):
        if len(words) == 1 and singular_of(words[0].lower()) not in lexicon().gender:
            return noun([words[0][:1].upper() + words[0][1:]], context, named=True)
        if not noun(words, context).plural:
            return None
    return noun(words, context)


def _both(words: Sequence[str], context: Sequence[str]) -> Noun | None:
    """Two subjects: "un hamster et un hibou"."""
    if "et" not in words[1:-1]:
        return None
    at = list(words).index("et")
    pair = [_subject(part, context) for part in (words[:at], words[at + 1 :])]
    if pair[0] is None or pair[1] is None:
        return None
    one, other = pair[0], pair[1]
    return replace(
        one,
        first=f"{one.first} et {other.first}",
        again=f"{one.again} et~{other.again}",
        brief="",
        plural=True,
        gender="f" if one.gender == other.gender == "f" else "m",
        animate=one.animate or other.animate,
    )


def _plain(words: list[str]) -> Tale | None:
    """A subject, then its verb."""
    for start in range(1, min(len(words), 12)):
        at = find_verb(words, start)
        if not at:
            return None
        hero = _subject(words[:at], words)
        if hero is not None and _agrees(words, at, hero):
            tale = Tale(hero)
            _place(tale, words[:at])
            read_deed(tale, words[at:])
            return tale if tale.deed else None
    return None


def _agrees(words: Sequence[str], at: int, hero: Noun) -> bool:
    """Whether the verb at `at` has the subject's number."""
    verb = words[at]
    for step in range(at, min(at + 3, len(words))):
        if is_verb(words[step]):
            verb = words[step]
            break
    else:
        return True
    return is_verb(verb, plural=hero.plural) or hero.named


def _relative(words: list[str]) -> Tale | None:
    """A subject, a relative clause, and perhaps the main verb after that."""
    at = next((i for i, word in enumerate(words) if _relates(word)), 0)
    if not at:
        return None
    start = at - 1 if word_in(words[at - 1], "prepositions") else at
    subject, clause = words[:start], words[at + 1 :]
    if subject[-1:] == [","] and "," in clause:
        subject = subject[:-1]
    own_subject = words[at].lower() != "qui" or start < at
    pronoun = words[start : at + 1]
    if words[at][:3].lower() == "qu'":
        clause, pronoun = [words[at][3:], *clause], ["qu'"]
    if "," in subject or not subject or not clause or find_verb(subject, 1):
        return None
    hero = _subject(subject, words)
    if hero is None or not (own_subject or starts_predicate(clause)):
        return None
    if hero.again.count(" ") > 3:
        hero = replace(hero, again=definite(subject))
    tale = Tale(hero)
    _place(tale, subject)
    main = main_after(clause, plural=hero.plural, own_subject=own_subject)
    if main is not None and clause[main.at - 1] == ",":
        del clause[main.at - 1]
        main = replace(main, at=main.at - 1)
    if main is None and own_subject:
        return None
    if main is None:
        read_deed(tale, clause)
        if not own_subject and re.match(r"(?:les?|la)$|l'", words[0].lower()):
            # "Le robot qui voulait pleurer" is a title: nothing happens in it.
            tale.hero = replace(hero, first=_closed([*subject, *pronoun, *clause]))
            tale.deed = tale.full = tale.act = tale.base = ""
            return tale
    elif main.free:
        tale.extra = "" if own_subject else join(clause[: main.at])
        aside = _closed([*pronoun, *clause[: main.at]])
        tale.hero = replace(hero, first=f"{hero.first} {aside}")
        read_deed(tale, clause[main.at :])
    else:
        # "qui a perdu son ombre la cherche": only the whole says what "la" is.
        tale.deed = tale.full = _closed([*pronoun, *clause])
    return tale if tale.deed else None


def _closed(words: Sequence[str]) -> str:
    return join(list(words)).replace("qu' ", "qu'")


def _relates(word: str) -> bool:
    return word_in(word, "relatives") or word[:3].lower() == "qu'"


def _apposition(words: list[str]) -> Tale | None:
    """A name, a comma, and who that is: "Mia, une boulang\u00e8re qui ..."."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = [word[:1].upper() + word[1:] for word in words[:comma]], words[comma + 1 :]
    if not rest or not is_name(name) or is_name(rest[:1]):
        return None
    described, tail = rest, []
    if "," in rest:
        second = rest.index(",")
        described, tail = rest[:second], rest[second + 1 :]
    if not described:
        return None
    if tail and starts_predicate(tail) and points_back(tail):
        told = f", {join(described)}, {join(tail)}"
        return Tale(noun(name, words, named=True), deed=told, full=told)
    inner = None
    if word_in(described[0], "determiners") or not is_number(described[0]):
        inner = _relative(described) or _being(described)
    tale = _plain([*name, *tail]) if tail else inner
    if tale is None or not (tail or inner):
        return None
    known = inner.hero if inner else noun(name, words, named=True)
    if known is None or (inner is not None and not inner.hero.animate and not tail):
        return None
    hero = noun(name, words, named=True)
    aside = inner.hero.first if inner and not tail else join(described)
    gender = known.gender or hero.gender
    tale.hero = replace(hero, first=f"{join(name)}, {aside},", head=known.head, gender=gender)
    return tale


def _being(words: list[str]) -> Tale | None:
    """Only a being, perhaps somewhere: "un gardien de phare dans la temp\u00eate"."""
    whole = list(words)
    if "," in words:
        words = words[: words.index(",")]
        if any(is_verb(word) for word in whole[len(words) :]) and not _relates(
            whole[len(words) + 1]
        ):
            # "Lucie, Paul et le chien partent": somebody does something, but not the first alone.
            return None
    at = next((i for i, word in enumerate(words) if word_in(word, "relatives")), len(words))
    hero = _subject(words[:at], words)
    if hero is None or not hero.animate or find_verb(words[:at], 1):
        return None
    if (
        hero.named
        and " " not in hero.again
        and hero.first.split()[0].lower() not in lexicon().names
    ):
        return None
    if not hero.named and not _determined(words):
        return None
    tale = Tale(replace(hero, first=join(whole if len(whole) <= 16 else words)))
    _place(tale, words[:at])
    return tale


def _determined(words: Sequence[str]) -> bool:
    return word_in(words[0], "determiners") or is_number(words[0]) or words[0][:2] == "l'"


def _place(tale: Tale, phrase: Sequence[str]) -> None:
    """A place behind the subject: "un gardien dans la temp\u00eate"."""
    at = next((i for i, word in enumerate(phrase) if i > 1 and word_in(word, "places")), 0)
    if at and phrase[at].lower() not in ("\u00e0", "au", "aux"):
        tale.where = join(list(phrase[at:]))
