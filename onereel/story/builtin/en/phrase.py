"""The words between two bounds of an English sentence, named as known where they surely can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clean import join
from .lexicon import UNCHANGED, base_of, is_verb, lexicon, past_base, word_set
from .nouns import ARTICLES, DETERMINERS, NUMBERS, POSSESSIVES, PREPOSITIONS, is_plural_word
from .nouns import singular as one_of

__all__ = [
    "BOUNDS",
    "LACKING",
    "LEADS",
    "NOT_NAMED",
    "PARTICLES",
    "acts",
    "is_clear_verb",
    "is_known",
    "is_past",
    "is_thing",
    "may_be_verb",
    "phrase_of",
    "runs_on",
]

BOUNDS = PREPOSITIONS | word_set(
    "what neither either worth and or but so because when while if that which who whose where why"
    " how too is are was were has have had does do did can could will would must should may"
    " might than then won't can't don't doesn't isn't aren't couldn't wouldn't didn't wasn't hasn't"
    " haven't , ; : ."
)
LEADS = ARTICLES | NUMBERS | POSSESSIVES | word_set("this these those")
NOT_NAMED = word_set(
    "past dark distance end beginning middle air things thing"
    " decades centuries minutes seconds weeks months thousands hundreds dozens millions"
    " percent tonnes tons metres meters kilometres miles euros dollars pounds million billion"
    " people weekend week month tonight today tomorrow i we you he she it they him her"
    " ways steps tips tricks reasons us me nobody everybody somebody everyone someone nothing"
    " everything something anything one two all most day night time way world century"
    " year years days hours last first"
)
LACKING = word_set("without no not never")
_PRONOUNS = word_set("i we you he she it they me him us them")
PARTICLES = word_set("out up down off away back")
_THEIRS = word_set("his her its their")
_OURS = POSSESSIVES - _THEIRS
_LARGE = word_set("hundred thousand million billion dozen")
_HERE = word_set("there here again now too")
_LONGEST = 4


def is_thing(word: str) -> bool:
    """Whether a word is known as a noun, or plural in form."""
    return is_known(word) or word in lexicon().nouny or is_plural_word(word)


def is_known(word: str) -> bool:
    """Whether a word, or one of what it counts, can only be a noun."""
    sets = lexicon().sets
    low = word.lower()
    return bool({low, one_of(low)} & (sets["count"] | sets["person"] | sets["being"]))


def is_clear_verb(word: str) -> bool:
    """Whether a word can be no noun."""
    base = base_of(word) or past_base(word)
    if one_of(word) in lexicon().sets["being"]:
        return False
    if is_verb(word):
        return word not in lexicon().nouny
    return base is not None and (base not in lexicon().nouny or word.endswith("ed"))


def is_past(word: str, after: str) -> bool:
    """Whether an irregular past ends the phrase in front of it: "the goat won the election".

    In front of another noun it may describe that: "the long lost letters".
    """
    return past_base(word) is not None and after.lower() in BOUNDS | LEADS


def acts(word: str, after: str) -> bool:
    """Whether an s-form is a verb by what follows it: "museum returns stolen bronzes"."""
    object_follows = after.lower() not in BOUNDS and not after.endswith(("ed", "s"))
    object_follows = object_follows and (
        is_known(after) or not may_be_verb(after)
    )  # "power cuts hit three districts"
    return word.endswith("s") and base_of(word) is not None and object_follows


def may_be_verb(word: str) -> bool:
    """Whether a word is a form of a verb, whatever else it is."""
    low = word.lower()
    return is_verb(low) or base_of(low) is not None or past_base(low) is not None


def phrase_of(chunk: Sequence[str], *, subject: bool, end: str, closed: bool = False) -> str:
    """The chunk as known, where nothing in it is a guess: "the oceans" of "the oceans stop".

    Args:
        chunk: the words between two bounds, with the determiner that they begin with.
        subject: whether a verb may follow its noun.
        end: the word that bounds it.
        closed: whether in front of `end` a plural is no verb.
    """
    if not chunk:
        return ""
    lead = chunk[0].lower()
    led = lead in LEADS or (lead[:1].isdigit() and not chunk[-1][:1].isupper())
    rest = _bare(chunk[1:] if led else chunk)
    if len(rest) > 1 and end in PREPOSITIONS and _is_done(rest[-1]):
        rest = rest[:-1]  # "a secret sewn into a coat"
    named = all(word[:1].isupper() for word in rest)
    plural = next((i for i, word in enumerate(rest) if is_plural_word(word)), None)
    if plural is not None and not named:
        size = _size(rest, plural, lead if led else "", subject=subject, closed=closed)
        rest = rest[:size]
    if not _is_sure(rest, led=led) or (end in LEADS and rest[1:] and not (named or _ends(rest))):
        return ""
    if end in LEADS and not led and len(rest) == 1 and base_of(rest[0]):
        return ""  # "and forces three villages to leave"
    if any("'s" in word for word in rest):
        return _owned(rest, lead if led else "")
    if led:
        somebody = lead in ("his", "her") and rest[-1] in lexicon().sets["person"]  # "his wife"
        known = lead in NUMBERS | _THEIRS | {"a", "an"} or lead[:1].isdigit()
        return join(["the" if known and not somebody else lead, *rest])
    return join(rest) if named else _headlined(rest, subject=subject, plural=plural is not None)


def _is_done(word: str) -> bool:
    done = past_base(word) is not None or word.endswith(("ed", "wn"))
    return done and not is_known(word)


def runs_on(words: Sequence[str]) -> bool:
    """Whether a second noun phrase follows, and the first may end in a verb: "the bus hit the"."""
    for at in range(2, len(words)):
        low, before = words[at].lower(), words[at - 1].lower()
        if before in BOUNDS:
            return False
        if low in DETERMINERS and before not in DETERMINERS | NUMBERS:
            head = words[:at]
            led = head[0].lower() in DETERMINERS
            guess = len(head) > 1 + led and not _ends(head) and before not in NOT_NAMED
            return guess or any(past_base(word) or word in UNCHANGED for word in head[1:])
    return False


def _bare(words: Sequence[str]) -> list[str]:
    rest = list(words)
    rest = rest[1:] if rest[:1] and rest[0].lower() in _LARGE else rest
    rest = [word for word in rest if word.lower() != "same"]
    if len(rest) > 1 and rest[-1].lower() in lexicon().sets["adjective"] | PARTICLES | _HERE:
        rest = rest[:-1]  # "paints every door in the village blue"
    return rest


def _size(rest: Sequence[str], plural: int, lead: str, *, subject: bool, closed: bool) -> int:
    """How many words belong to a phrase with a plural in it; 0 where that is a guess."""
    word, last = rest[plural], plural == len(rest) - 1
    single = lead in ("a", "an", "one")
    if single or (plural and (lead or "'s" in rest[0])):
        before = rest[plural - 1].lower() if plural else ""
        if single:  # "a postal drone falls", but "a sports car"
            verb = bool(plural) and (may_be_verb(word) or (last and is_known(before)))
            return plural if verb else 0
        counted = lead in NUMBERS  # "two chess masters"
        if may_be_verb(word) and not counted and not (last and closed and not subject):
            # "the stone heads", "the storm damages": which of the two it is, nobody knows.
            sets = lexicon().sets
            return plural if subject and before in sets["person"] | sets["being"] else 0
    follows = last or may_be_verb(rest[plural + 1]) or rest[plural + 1].endswith("ly")
    return plural + 1 if follows else 0  # "the sports car"


def _ends(rest: Sequence[str]) -> bool:
    """Whether the last word is surely no verb, though another phrase follows at once."""
    return is_known(rest[-1]) and not may_be_verb(rest[-1])


def _is_sure(rest: Sequence[str], *, led: bool) -> bool:
    """Whether every word fits into a noun phrase, and the last is one to name."""
    adjectives = lexicon().sets["adjective"]
    if not 1 <= len(rest) < _LONGEST or rest[-1].lower() in NOT_NAMED | DETERMINERS | adjectives:
        return False  # "is it wrong to wait"
    described = rest
    if led and len(rest) > 1 and (rest[0].endswith(("ed", "ing")) or rest[0] in adjectives):
        described = rest[1:]  # "the lost glove"
    formed = (word for word in described if not is_known(word) or word == "being")
    if any(re.search(r"(?:ed|ing|ly)$", word) or word == "'s" for word in formed):
        return False
    if any(past_base(word) is not None or word in UNCHANGED for word in rest[1:]):
        return False  # "the bus hit"
    if (LACKING | _PRONOUNS) & {word.lower() for word in rest}:
        return False
    return not any(is_clear_verb(word.lower()) for word in described)


def _owned(rest: Sequence[str], lead: str) -> str:
    """ "Grandpa's shed" is named whole; "her father's boat" would lose who she is."""
    if not lead:
        return join(rest) if len(rest) > 1 and "'s" in rest[0] else ""
    kept = "the" if lead in ARTICLES else lead if lead in _OURS else ""  # "the mayor's parrot"
    return f"{kept} {join(rest)}" if kept else ""


def _headlined(rest: Sequence[str], *, subject: bool, plural: bool) -> str:
    """What a headline names without its article."""
    sets = lexicon().sets
    modified = rest[0][:1].isupper() or "-" in rest[0] or rest[0] in sets["adjective"]
    modified = modified or rest[0] in lexicon().participle
    if not plural:
        if subject or not rest[-1].isalpha():
            return ""
        if len(rest) == 1:
            return f"the {rest[0]}" if is_known(rest[0]) else ""  # "Airline loses violin"
        # "Teenager finds Roman coin"
        sure = (modified or rest[0] in lexicon().nouny) and not is_verb(rest[-1])
        return join(["the", *rest]) if sure else ""
    # "Museum returns stolen bronzes": a plural behind other words may be the verb.
    sure = _ends(rest) or (modified and not subject and not may_be_verb(rest[-1]))
    return "" if len(rest) > 1 and not sure else join(["the", *rest])
