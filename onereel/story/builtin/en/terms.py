"""The words of an English idea that is quoted: which of them name something, or little."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import MODALS, RELATIVES
from .kinds import GRAMMAR, JOINTS, PASSING, is_counted, kinds_of
from .lexicon import base_of, lexicon, past_base
from .nouns import ARTICLES, POSSESSIVES, is_plural_word

__all__ = ["closes", "is_done_to", "is_name", "is_passing", "is_vague"]


def is_name(word: str) -> bool:
    """Whether our lists have a word as a name."""
    sets = lexicon().sets
    return word.lower() in sets["proper"] | sets["acronym"] | sets["men"] | sets["women"]


def is_passing(word: str, before: str) -> bool:
    """Whether a word stands between those that may be quoted."""
    low = word.lower()
    acted = word.islower() and not is_counted(low) and low[-2:] != "ed" and low[-3:] != "ing"
    if word[:1].isupper() and before[:1].isupper():
        return False  # "Sleep Better Tonight"
    acts = base_of(low) is not None
    bears = acts and before.lower() in RELATIVES  # "a tree that bears keys"
    if before.lower() in RELATIVES | MODALS and (bears or not is_counted(low)):
        return word.islower()
    many = before.islower() and closes(before)
    told = before.lower() in ("i", "you", "we", "they", "he", "she", "it")
    if (before == "to" or many or told) and "v" in kinds_of(low) and not is_counted(low):
        return word.islower()  # "to fall asleep", "two chefs open"
    if before.lower() == "one" and acts:
        return True  # "one travels far"
    kinds = kinds_of(before, first=False) if before else ""
    unknown = bool(before) and not kinds
    plain = "n" in kinds and before.lower() not in lexicon().sets["adjective"]
    somebody = unknown or "p" in kinds or plain
    if somebody and acted and (base_of(low) or past_base(low)):
        return True  # "a shy postman falls", "my drone keeps"
    if low in lexicon().sets["function"] | GRAMMAR | JOINTS | PASSING:
        return True
    if not word.islower() or low.endswith("ing"):
        return False
    acts = bool({low, base_of(low)} & lexicon().sets["doing"]) or kinds_of(word) in ("v", "r", "vr")
    return acts or (past_base(low) is not None and not low.endswith("ed"))


def is_done_to(run: Sequence[str], after: str) -> bool:
    """Whether the last word acts on what follows: "a sweeper share a secret", "rides the bus"."""
    word = run[-1].lower()
    form = base_of(word) is not None or past_base(word) is not None
    acts = form or (len(run) > 1 and "v" in (kinds_of(word) or "v"))
    return acts and after.lower() in ARTICLES | POSSESSIVES and not is_counted(word)


def closes(word: str) -> bool:
    """Whether a plural ends its phrase: "mistakes first-time campers make"."""
    return word.islower() and is_plural_word(word) and "n" in (kinds_of(word) or "n")


def is_vague(word: str, alone: bool) -> bool:
    """Whether a word is no subject, by itself or at the end of others."""
    kinds = kinds_of(word)
    if not kinds or word.endswith("'s"):
        return alone and word.islower()
    described = "a" in kinds or "n" not in kinds
    if word.endswith("ing") and "v" in kinds:
        described = alone  # "deep sea mining", but no film goes round "doing"
    return word.isdigit() or (word.islower() and described and not is_counted(word))
