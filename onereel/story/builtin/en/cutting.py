"""Where a verb stands among the words of a run of an English idea, and where one may."""

from __future__ import annotations

from collections.abc import Sequence

from .kinds import kinds_of
from .lexicon import base_of, is_base, is_verb, lexicon, past_base, word_set
from .naming import is_done
from .nouns import ARTICLES, NUMBERS, POSSESSIVES, PREPOSITIONS, is_plural_word
from .runs import BREAKS, LEADS, Run

__all__ = [
    "ADVERBS",
    "HELPS",
    "PLURALS_IN_FRONT",
    "SINGLE",
    "STATED",
    "begins_order",
    "cuts",
    "is_adverb",
    "is_finite",
    "may_hold_verb",
]

ADVERBS = word_set("only just never always ever also really not still then now")
SINGLE = word_set("a an one each every another")
PLURALS_IN_FRONT = word_set("sports arms sales news goods savings clothes glasses")
"""Plurals that stand in front of another noun: "a sports car"."""
_ASKING = word_set("do does did")
STATED = word_set("is are was were")
_OBJECTS = word_set("itself himself herself themselves him them it us me you")
HELPS = word_set("helps lets makes")
"""Verbs, and no nouns, behind which somebody does something: "helps farmers measure soil"."""


def is_finite(word: str) -> bool:
    """Whether a word can be a finite verb."""
    low = word.lower()
    return base_of(low) is not None or is_verb(low) or past_base(low) is not None


def begins_order(words: Sequence[str], after: str) -> bool:
    """Whether an idea begins with what is to be done, and no noun can be it."""
    kinds = kinds_of(words[0])
    objects = ARTICLES | POSSESSIVES | NUMBERS
    return (
        is_base(words[0])
        and "a" not in kinds
        and ("n" not in kinds or (len(words) == 1 and after in objects))
    )


def cuts(run: Run, at: int) -> bool:
    """Whether the word at `at` surely is in no phrase with those in front of it."""
    word, before = run.words[at].lower(), run.words[at - 1].lower()
    kinds, last = kinds_of(run.words[at], first=False), at == len(run.words) - 1
    if before.endswith("'s"):
        return False
    if last and run.after in LEADS and run.words[at - 1][:1].isupper() and is_base(word):
        return word == run.words[at] and at == 1 and run.before == "of"  # "dogs of Moscow ride the"
    if run.before in ("how", "why") and at == last == 1 and run.after == ".":
        return is_finite(word)  # "how photosynthesis works": nothing else can be its verb
    if run.before in _ASKING and not is_adverb(word):
        # "does time fly", but "does a black hole sound like"
        ends = LEADS | {"."}
        if run.after in ends and is_base(run.words[-1]) and "a" not in kinds_of(run.words[-1]):
            return at == len(run.words) - 1  # "does the stock market work"
        later = any(map(is_adverb, run.words[at + 1 :]))  # "do card points actually make"
        return is_base(word) and "a" not in kinds_of(before) and not later
    if is_adverb(word):
        return True
    placed = at == 1 and run.words[0][:1].isupper() and run.before in PREPOSITIONS
    if placed and not last and is_base(word) and word in lexicon().sets["doing"]:
        return True  # "researchers in Kenya find tools"
    if placed and last and run.after == "to" and is_base(word) and run.words[at].islower():
        return True  # "drivers in Glasgow vote to strike"
    if last and run.after in ("up", "out", "down") and is_base(word) and "n" in kinds_of(before):
        return "v" in kinds  # "two bakers in the same street wake up"
    if run.before in STATED and run.first and not is_adverb(word):
        return False  # "why are manhole covers round"
    if before in ADVERBS and "v" in kinds and at > 1:
        return True  # "the radio still plays"
    closing = at == len(run.words) - 2 and run.after in PREPOSITIONS
    if closing and "n" in kinds and is_done(run.words[at + 1]):
        return False  # "taxi lights reflected in puddles"
    done = last and (at > 1 or run.first) and run.after in PREPOSITIONS and is_done(word)
    if done and is_plural_word(before) and not run.lead:
        return True
    if kinds == "v" and word.endswith("ing") and not last and is_plural_word(before):
        return before not in PLURALS_IN_FRONT  # "hands kneading dough"
    if "v" not in kinds or word.endswith("ing") or not run.words[at].islower():
        return False
    if "n" not in kinds_of(before, first=False) and run.words[at - 1].islower():
        return False
    if is_plural_word(before) and before not in PLURALS_IN_FRONT:
        # Behind a plural no noun belongs to its phrase; but what is "court blocks plan"?
        acts = is_finite(word) or (is_base(word) and not last and "n" not in kinds)
        # "firefighters free trapped swan"
        acts = acts or (is_base(word) and not last and is_done(run.words[at + 1]))
        return acts and not (run.first and not run.lead and base_of(before))
    if word.endswith("ed") or past_base(word) is not None:
        return "n" not in kinds
    headlined = run.first and not run.lead and not last
    single = base_of(word) is not None or (
        (kinds == "v" or headlined) and word.endswith("s") and not word.endswith("ss")
    )
    if _shares(run, at) or (word in HELPS and not last):
        return True
    if not single or kinds == "v":
        return single
    # Two phrases meet only at a verb: "village bans leaf blowers", but "power cuts hit".
    behind = run.words[at + 1 : -1]
    others = any(is_finite(other) and "a" not in kinds_of(other) for other in behind)
    others = others or is_verb(run.words[-1].lower())
    bounded = run.after in PREPOSITIONS | {","}
    if not headlined and run.first and last and bounded:
        return base_of(word) in lexicon().sets["intransitive"]  # "city library closes until"
    inside = not last and not others and word not in PLURALS_IN_FRONT
    inside = inside and run.before not in PREPOSITIONS
    acted_on = run.after in LEADS | _OBJECTS or run.after[:1].isdigit()
    return inside or (last and (acted_on or run.lead in SINGLE))


def is_adverb(word: str) -> bool:
    """Whether a word says how something is done, and names nothing."""
    kinds = kinds_of(word)
    return word.endswith("ly") and "r" in kinds and "n" not in kinds


def _shares(run: Run, at: int) -> bool:
    """Whether several do it: "a priest and a bride share a boat"."""
    last = at == len(run.words) - 1 and run.after in LEADS
    return last and run.before in ("and", "or") and is_verb(run.words[at].lower())


def may_hold_verb(run: Run) -> bool:
    """Whether a word may be the verb of the others: "the bus fares"."""
    # "taxi lights reflected", "why are manhole covers round"
    if is_done(run.after) or (run.before in STATED and run.first):
        return False
    plurals = (at for at in range(len(run.words) - 1) if is_plural_word(run.words[at]))
    named = run.words[0][:1].isupper() or run.lead in SINGLE
    if not named and any(run.words[at].lower() not in PLURALS_IN_FRONT for at in plurals):
        return True
    last = run.words[-1].lower()
    if len(run.words) < 2 or not run.words[-1].islower() or "v" not in kinds_of(last):
        return False
    owned = run.words[-2].lower().endswith("'s")
    if owned or (len(run.words) == 2 and "a" in kinds_of(run.words[0])):
        return False  # "old maps", "my father's hands"
    base = base_of(last)
    # Behind a preposition another noun ends the phrase, unless it can do so all by itself.
    moves = base in lexicon().sets["intransitive"]
    ends = run.after in PREPOSITIONS | {".", ","}
    if run.after == "of" or (run.before in PREPOSITIONS and ends and not moves):
        return False
    if ends and is_finite(run.before) and run.before not in BREAKS:
        return False  # "repaints the street signs"
    return base is not None and run.lead not in NUMBERS
