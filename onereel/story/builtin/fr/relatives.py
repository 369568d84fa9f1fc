"""Where the main verb follows a French relative clause, and whether it can be told without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .clauses import infinitive_at, is_verb
from .lexicon import lexicon, singular_of
from .nouns import is_number, word_in

__all__ = ["Main", "main_after", "points_back"]

_OBJECTS = ("le", "la", "les", "l'", "lui", "leur", "y", "en")
_BACK = ("elle", "elles", "lui", "eux", "celle", "celui", "celles", "ceux")
"""Words that point back into the relative clause."""
_AUXILIARIES = ("a", "ont", "est", "sont", "n'a", "n'ont", "n'est", "ne", "s'est", "y")
_OPENERS = ("quand", "lorsque", "si", "comme", "car", "o\u00f9", "dont", "tandis", "pendant")
_ADJECTIVES = (
    "calme",
    "vide",
    "libre",
    "sauvage",
    "double",
    "compl\u00e8te",
    "court",
    "s\u00e8che",
)
"""Forms of verbs that are adjectives more often."""
_SUBJECTS = ("il", "elle", "ils", "elles", "on", "je", "tu", "nous", "vous")
_PARTICIPLE = r"(?:fait|crit|uit)$"
_FUTURE = r"r(?:a|ont)$"


@dataclass(frozen=True)
class Main:
    """The main predicate begins at `at`; `free` if it says all without the relative clause."""

    at: int
    free: bool


def main_after(clause: Sequence[str], *, plural: bool, own_subject: bool) -> Main | None:
    """Find the main predicate behind a relative clause.

    Args:
        clause: what follows the relative pronoun: "ne sait pas nager sauve un inconnu".
        plural: the number of the main subject.
        own_subject: whether the clause has a subject of its own, as behind "que" and "dont".

    Returns:
        None when nothing but the relative clause is there.
    """
    index = _own_verb(clause) if own_subject else _past_clitics(clause)
    if index < 0:
        return None
    index = _past_verb(clause, index)
    pending, simple = 0, True
    while index < len(clause):
        low = clause[index].lower()
        joins = low in ("et", "ou", "mais", "puis") and _predicate_at(clause, index + 1, None)
        if joins or _opens(low):
            pending, simple = pending + 1, False
        elif pending and (low in _SUBJECTS or _predicate_at(clause, index, None)):
            index = _past_clitics(clause, index + (low in _SUBJECTS))
            index, pending = _past_verb(clause, index), pending - 1
            continue
        elif _predicate_at(clause, index, plural):
            return Main(index, simple and not points_back(clause[index:]))
        index += 1
    return None


def _opens(low: str) -> bool:
    """Whether a word begins a clause inside the relative clause."""
    return low in _OPENERS or word_in(low, "relatives", "asking") or low[:3] == "qu'"


def _own_verb(clause: Sequence[str]) -> int:
    """Where the verb of a clause with its own subject stands; -1 when none is seen."""
    for index in range(1, len(clause)):
        if _predicate_at(clause, index, None) or (index == 1 and clause[0].lower() in _SUBJECTS):
            return _past_clitics(clause, index)
    return 0 if clause and re.match(r"(?:il|elle|on)s?$", clause[0].lower()) else -1


def _past_clitics(clause: Sequence[str], index: int = 0) -> int:
    while index < len(clause) - 1 and word_in(clause[index], "clitics"):
        index += 1
    return index


def _past_verb(clause: Sequence[str], index: int) -> int:
    """Behind the verb at `index`, its adverbs, and the participle of a past tense."""
    past = clause[index].lower() in _AUXILIARIES if index < len(clause) else False
    index += 1
    while index < len(clause) and word_in(clause[index], "adverbs"):
        index += 1
    return index + 1 if past else index


def _predicate_at(words: Sequence[str], at: int, plural: bool | None) -> bool:
    """Whether a finite verb, or the pronouns in front of one, stands at `at`."""
    if at >= len(words):
        return False
    low, before = words[at].lower(), words[at - 1].lower() if at else ""
    if low in ("ne", "se") or low[:2] in ("n'", "s'"):
        following = words[at + 1] if low in ("ne", "se") and at + 1 < len(words) else low
        return not infinitive_at([following], 0)
    # "n'ecrit plus trouve": an adverb, but an adjective in "la seule porte".
    adverb = word_in(before, "adverbs") and not (at > 1 and word_in(words[at - 2], "determiners"))
    tied = word_in(before, "determiners", "prepositions") or is_number(before)
    if tied or (word_in(before, "prenominal") and not adverb):
        return False
    if low in _OBJECTS and at + 1 < len(words):
        verb = words[at + 1].lower()
        return is_verb(verb, plural=plural) and (
            low in ("lui", "y") or _is_pronoun(words, at, verb)
        )
    if low[:2] == "l'":
        return is_verb(low, plural=plural) and _is_pronoun(words, at, low[2:])
    return _is_finite(words, at, plural)


def _is_pronoun(words: Sequence[str], at: int, verb: str) -> bool:
    """Whether "la" in front of "cherche" is no article: no article follows a noun."""
    if verb not in lexicon().nouny and singular_of(verb) not in lexicon().gender:
        return True
    if word_in(verb, "times"):
        return False
    before = words[at - 1].lower() if at else ""
    if before == ",":
        return True
    noun = singular_of(before) in lexicon().gender or (
        at > 1 and word_in(words[at - 2], "determiners")
    )
    return noun and words[at].lower() != "en"


def _is_finite(words: Sequence[str], at: int, plural: bool | None) -> bool:
    low = words[at].lower()
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    new = word_in(after, "determiners") or is_number(after) or after[:2] == "l'"
    new = new and (after != "du" or low not in _ADJECTIVES)
    if not is_verb(low, plural=plural):
        known = singular_of(low) in lexicon().gender or low in lexicon().infinitives
        many = low.endswith("ront")
        return re.search(_FUTURE, low) is not None and not known and plural in (None, many)
    if low in _ADJECTIVES or word_in(low, "times"):
        return new
    if re.search(_PARTICIPLE, low):
        return new or word_in(after, "adverbs")
    # "rend visite", "fait preuve": a noun without an article belongs to the verb before it.
    return (
        new
        or low in _AUXILIARIES
        or low not in lexicon().nouny
        or not (at and is_verb(words[at - 1]))
    )


def points_back(main: Sequence[str]) -> bool:
    """Whether the main clause has a pronoun that needs the relative clause: "la cherche"."""
    low = [word.lower() for word in main]
    if any(word in _BACK for word in low):
        return True
    for index, word in enumerate(low):
        if word in ("ne", "se") or word[:2] == "n'":
            continue
        following = main[index + 1 :]
        if word in ("le", "la", "les", "leur", "y", "en") and following:
            bare = following[0].lower()
            if (index == 0 and is_verb(bare)) or bare in lexicon().infinitives - set(
                lexicon().gender
            ):
                return True
            if index == 1 and low[0] == "ne":
                return True
        elif word[:2] == "l'" and (
            (is_verb(word) and index < 2) or word[2:] in lexicon().infinitives
        ):
            return True
    return low[0][:2] == "l'"
