"""Whether an English idea states something, or names a thing or a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .clauses import ANYBODY, MODALS, RELATIVES, base_of_gerund, find_verb
from .lexicon import base_of, is_verb, past_base, word_set
from .nouns import ARTICLES, DETERMINERS, NUMBERS, POSSESSIVES, PREPOSITIONS, is_plural_word
from .phrase import runs_on

__all__ = ["NARRATORS", "is_clause", "is_event"]

_THINGS = word_set("everything nothing something anything")
_EVENTS = word_set(
    "day night year moment summer winter spring autumn morning afternoon evening time week weekend"
    " hour minute month season"
)
_CLAUSES = word_set("when if because while i we you it he she they there let what this that")
NARRATORS = word_set("you we they i he she")
"""Who begins a clause behind a noun: "a mattress you can compost"."""


_REPORTING = word_set(
    "rules claims says finds shows warns decides fears hopes reports thinks states insists admits"
    " believes proves reveals suggests argues agrees promises predicts discovers learns"
)
_STILL = word_set("still always never only now")
_COPULAS = word_set("is are was were has have had")


def is_clause(words: Sequence[str]) -> bool:
    """Whether the words are more than a noun phrase, in a way that no other reader knew."""
    first = words[0].lower()
    if first in _CLAUSES | _THINGS or len(words) > 16:
        return True
    if len(words) == 2 and base_of(words[1]) and not is_plural_word(first):
        return True  # "Mayor resigns"
    if len(words) == 2 and words[0].islower() and first not in _CLAUSES | PREPOSITIONS:
        return first in DETERMINERS or first in ("nobody", "everybody", "everyone", "someone")
    if len(words) > 2 and words[-2].lower() in _STILL and base_of(words[-1].lower()):
        return True  # "my grandfather's radio still plays"
    clause = words[2:3] and words[2].lower() in RELATIVES | NARRATORS  # "running shoes you can see"
    if base_of_gerund(first) is not None and words[1:] and is_plural_word(words[1]) and not clause:
        return True  # "reading glasses", "counting sheep": one or many, nobody knows
    always = first in ("every", "each") and words[1:2] and words[1].lower() in _EVENTS
    if always and words[2:3] and words[2].lower() in DETERMINERS:
        return True
    if first in PREPOSITIONS or first in ("nobody", "everybody", "everyone", "someone", "once"):
        return True
    if is_event(words):
        return False
    if runs_on(words) or _acts_on_something(words) or _says_that(words) or _many_act(words):
        return True
    if any(pair in pairwise(words) for pair in (("and", "I"), ("and", "we"))):
        return True
    if _is_told(words):
        return True
    ends = RELATIVES | NARRATORS | ANYBODY
    at = next((i for i, word in enumerate(words) if i and word.lower() in ends), len(words))
    own = next((i for i, word in enumerate(words) if i and word.lower() in POSSESSIVES), 0)
    if own and is_plural_word(words[own - 1]):
        at = min(at, own)  # "things my father taught me"
    if "," in words[:at]:
        after = words[words.index(",") + 1 :]
        return not after or not (
            after[0].lower() in PREPOSITIONS | RELATIVES
            or past_base(after[0].lower()) is not None
            or after[0].lower().endswith("ed")
        )
    verb = find_verb(words[:at], 1) if at > 1 else None
    # "a cup made from coffee grounds", "snow falling on the sea": no sentence of its own.
    return verb is not None and not (
        verb.form.startswith(("is ", "are "))
        and words[verb.index].lower() not in ("is", "are", "left")
    )


def _many_act(words: Sequence[str]) -> bool:
    """Whether many of something act: "Record number of storks return to Alsace"."""
    for at in range(1, min(4, len(words) - 4)):
        if words[at].lower() == "of" and is_plural_word(words[at + 1]):
            verb, after = words[at + 2].lower(), words[at + 3].lower()
            return is_verb(verb) and after in PREPOSITIONS | DETERMINERS
    return False


def _says_that(words: Sequence[str]) -> bool:
    """Whether a clause is reported: "Court rules that rivers may sue"; "rules that bind" are not.

    Behind an article or a number the s-form is a plural.
    """
    for at in range(1, min(4, len(words) - 3)):
        low, before, after = (words[i].lower() for i in (at, at - 1, at + 2))
        reports = low in _REPORTING and words[at + 1].lower() == "that"
        if reports and before not in DETERMINERS | NUMBERS and not is_plural_word(before):
            acts = base_of(after) or past_base(after) or is_verb(after)
            return is_plural_word(after) or not (acts or after in MODALS | _COPULAS)
    return False


def _acts_on_something(words: Sequence[str]) -> bool:
    """Whether a bare noun's s-form has an object: "Court stops demolition of jazz club"."""
    if words[0].lower() in DETERMINERS or is_plural_word(words[0]):
        return False
    behind = PREPOSITIONS | RELATIVES | NARRATORS | {"and", "or", ",", "where", "when", "while"}
    for at in range(1, min(4, len(words) - 1)):
        low, after = words[at].lower(), words[at + 1].lower()
        if low in behind or words[at][:1].isupper():
            return False
        if low.endswith("s") and base_of(low) is not None:
            return after not in behind
    return False


def _is_told(words: Sequence[str]) -> bool:
    """Whether an unknown past verb, or a name in company, makes more than a noun phrase."""
    for index in range(1, len(words) - 1):
        low, after = words[index].lower(), words[index + 1].lower()
        if low in RELATIVES | NARRATORS:
            break
        if words[index - 1][:1].isupper() and words[index].islower() and base_of(low):
            return True  # "Old Pavel repairs watches"
        past = low.endswith("ed") and words[index - 1].lower() not in DETERMINERS | PREPOSITIONS
        if past and after in DETERMINERS:
            return True
    owner = bool({"her", "his"} & {word.lower() for word in words[2:]})
    if owner and len(words) > 3 and base_of(words[1].lower()) and not is_plural_word(words[0]):
        return True  # "Mina swaps lives with her shadow"
    named = words[0][:1].isupper() and words[1:2] == ["and"] and words[2:]
    return bool(named) and words[2].lower() in ARTICLES


def is_event(words: Sequence[str]) -> bool:
    """Whether a time is meant at which something happened: "the day the music stopped"."""
    if len(words) < 4 or words[0].lower() != "the" or words[1].lower() not in _EVENTS:
        return False
    third = words[2]
    links = DETERMINERS | {"when", "that", "we", "i", "he", "she", "they", "it", "everyone"}
    return third.lower() in links or third[:1].isupper()
