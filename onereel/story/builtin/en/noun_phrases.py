"""Whether words between two bounds can be nothing but an English noun phrase, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .clauses import MODALS
from .cutting import ADVERBS, STATED, is_adverb
from .deeds import TIME_NOUNS
from .kinds import is_being, is_counted, kinds_of
from .lexicon import base_of, is_participle, is_verb, lexicon, past_base, word_set
from .naming import is_done
from .nouns import ARTICLES, DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word, singular
from .phrase import NOT_NAMED
from .runs import ORDERING, Run

__all__ = ["UNNAMED", "noun_phrase"]

UNNAMED = NOT_NAMED | TIME_NOUNS
UNNAMED |= word_set(
    "lot bit kind sort piece pair couple number home january february march april june july august"
    " september october november december tuesday wednesday thursday minute"
    " old olds"
    " gram kilo litre liter watt degree cm km kg pro beginner dummy kid north south east west"
)
_DEGREES = word_set("better best more less worse most least")
_WEATHER = word_set("rain snow hail fog mist frost")
"""Verbs that nobody is told to do: "rain on the roof"."""
_ASKING = word_set("do does did")
_LONGEST = 5


def noun_phrase(run: Run) -> list[Run]:
    """The run, where it can be nothing but a noun phrase with a head to name."""
    words = run.words
    if run.lead in NUMBERS and words[0].endswith(("hundredth", "thousandth", "millionth")):
        return []  # "the ten thousandth tree"
    while len(words) > 1 and words[-1].islower() and _trails(words[-1], words[-2]):
        words = words[:-1]  # "paints the door blue"
    if not 1 <= len(words) <= _LONGEST:
        return []
    *front, head = words
    name, led = head[:1].isupper(), bool(run.lead)
    kinds = kinds_of(head, first=run.first and not front)
    unnamed = UNNAMED - ({"kid"} if run.first else set())  # "kids on bikes", but "for kids"
    if {head.lower(), singular(head)} & (unnamed | DETERMINERS) and not (head == "I" and front):
        return []
    doing = bool(front) and head.endswith("ing") and "v" in kinds  # "coral bleaching"
    # "the dam would hold": between an article and a modal stands a noun.
    forced = run.lead in ARTICLES and not front and run.after in MODALS and kinds == "v"
    # "does noise-cancelling work": what is asked of is named, whatever it is.
    forced = forced or (run.first and run.before in _ASKING and "-" in head)
    if not (name or doing or forced) and "n" not in kinds and (kinds or not led):
        return []
    after = [*words[1:], ""]
    if not all(_describes(word, after[at], led=led) for at, word in enumerate(front)):
        return []
    nouns = ["n" in kinds_of(each) and "a" not in kinds_of(each) for each in words]
    nouns = [noun and not each.endswith("'s") for noun, each in zip(nouns, words, strict=True)]
    degrees = (kinds_of(each) == "a" or each in _DEGREES for each in words[1:])
    if any(noun and degree for noun, degree in zip(nouns, degrees, strict=False)):
        return []  # "brew better coffee"
    if not led and front and {"v", "r"} <= set(kinds):
        return []  # "prices of olive oil double"
    verbal = not led and not name and is_verb(words[0].lower()) and head not in _WEATHER
    # "train derails"
    verbal = verbal and not (kinds_of(run.after) == "v" and base_of(run.after) is not None)
    asked = run.before in STATED  # "why is rent so high"
    # "say goodbye"
    rare = (
        words[0].lower() in lexicon().sets["doing"] and bool(front) and kinds_of(words[0]) == "nv"
    )
    begins = run.first and not asked and (not front or set(kinds) & {"a", "r"})
    if led and not name and _may_act(run, words):
        return []
    if verbal and (
        begins or (run.first and rare) or not (front or asked or run.before in PREPOSITIONS)
    ):
        return []  # "snow on the roof", "sleep better", "play hide and seek"
    plain = led or front or name or forced or is_plural_word(head)
    # "council scraps plan", "build giant chess set"
    joined = bool(front) and kinds_of(front[-1]) == "n"
    described = set(kinds) & {"a", "r"} and not joined and not (run.headline and run.first)
    if (
        not plain
        and (described or _is_doing(run, head))
        and not (_is_matter(run) and head.lower() in lexicon().sets["mass"])
    ):
        return []  # "is it wrong", "without killing it"
    return [replace(run, words=words, after=run.after if words == run.words else words[-1])]


def _may_act(run: Run, words: Sequence[str]) -> bool:
    """Whether what stands behind a determiner may be a noun and its verb: "the carnival left town",
    "(in) the city rings" where no other word of the clause can be the verb."""
    for at, (before, word) in enumerate(pairwise(words), 1):
        low, last = word.lower(), at == len(words) - 1
        if before.endswith("'s") or "n" not in kinds_of(before) or "a" in kinds_of(before):
            continue
        if not last and past_base(low) is not None and low[-2:] != "ed" and not is_counted(low):
            return True
        alone = last and not run.acted and run.after in (".", ",")
        if alone and base_of(low) is not None and not is_plural_word(before):
            return True
    return False


def _is_matter(run: Run) -> bool:
    """Whether what may be an adjective stands where only a noun does: "plastic in the Arctic"."""
    return run.before == "of" or (run.first and run.after in PREPOSITIONS)


def _is_doing(run: Run, head: str) -> bool:
    """Whether an -ing is part of what is done: "without killing it", "listens for breathing"."""
    lone = run.first or run.before in ("of", "about", "without", "and", ",", "is", "are")
    return head.endswith("ing") and (run.after not in ".,and" or not lone)


def _trails(word: str, before: str) -> bool:
    if word == "home":  # "walks home", but "a retirement home"
        return "n" not in kinds_of(before) or is_plural_word(before) or is_being(before)
    kinds = kinds_of(word)
    if word.endswith("ing") and kinds == "v" and is_being(before):
        return True  # "an old dog sleeping (in the sun)"
    return word in ADVERBS or (kinds != "" and set(kinds) <= {"a", "r"})


def _describes(word: str, after: str, *, led: bool) -> bool:
    if is_adverb(word) and is_done(after):
        return True  # "freshly roasted coffee"
    if not word[:1].islower() or "-" in word or word.endswith("'s") or word in ORDERING | NUMBERS:
        return True
    kinds = kinds_of(word)
    if word.endswith(("ed", "ing")) or is_participle(word):
        return True
    if led and word.endswith("est") and "a" in kinds:
        return True  # "the softest hoodie"
    return bool(set(kinds) & {"a", "n"}) or (led and not kinds)
