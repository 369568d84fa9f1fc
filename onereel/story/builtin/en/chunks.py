"""The noun phrases of an English idea of which both ends are certain.

A phrase ends at a word of grammar, or at a verb; a word that may be either is taken for a verb only
where nothing else can stand there, and its phrase for none where two readings are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .clauses import MODALS, RELATIVES
from .clean import join
from .cutting import (
    ADVERBS,
    HELPS,
    STATED,
    begins_order,
    cuts,
    is_adverb,
    is_finite,
    may_hold_verb,
)
from .heads import PARTS_OF
from .kinds import is_being, is_counted, kinds_of
from .lexicon import (
    base_of,
    is_base,
    is_verb,
    lexicon,
    speech,
    word_set,
)
from .naming import named_again
from .noun_phrases import UNNAMED, noun_phrase
from .nouns import (
    PREPOSITIONS,
    is_plural_word,
    lowered,
)
from .phrase import is_clear_verb
from .runs import BREAKS, LEADS, Run, runs_of

__all__ = ["certain_phrases"]

_BEFORE_VERBS = MODALS | word_set(
    "to i we you he she they it who nobody everybody everyone somebody someone something nothing"
    " everything"
)
_CLAUSED = word_set("reason way day night moment time place")
"""Nouns behind which a clause begins without a word of its own."""
_STATING = MODALS | STATED | word_set("has have had do does did")
_ASKED = word_set("do does did")
_TAKES_NOTHING = word_set("work function exist happen occur survive behave matter")
"""Verbs without an object: behind do and its subject, the first of them is the verb."""
_JOINING = word_set("and or versus")
_CONCERNING = word_set("for about of against with without")
_PLACING = word_set("in from at near to of off across around through")
_MAKING = word_set("makes make made keeps turns")
_DOING = word_set("after before by without while")
_INTENDS = word_set("try want need begin learn decide hope refuse agree manage fail tries wants")
_BEGINS = word_set("starts begins keeps stops continues start begin keep stop continue")
_DIFFERENCE = 5
"""Words of "difference between weather and climate"."""


def certain_phrases(
    idea: Sequence[str], *, placed: bool = True, taught: bool = False, sold: bool = False
) -> tuple[str, ...]:
    """The things that an idea surely names, as a film names them again, in its order.

    Args:
        idea: its words, and its commas.
        placed: whether it is about the places, too, that it names: "Provence".
        taught: whether it may begin with what to do: "prune roses".
        sold: whether it begins with a thing, which does nothing: "dog treats for picky eaters".
    """
    plain = [word.lower() for word in idea]
    told = plain[plain[:1] == ["the"] :]
    if told[:2] == ["difference", "between"] and len(told) == _DIFFERENCE and told[3] == "and":
        return (join(["the", *told[:2], *idea[-3:]]),)
    runs = runs_of(lowered(idea) if idea else [])
    runs = [run for at, run in enumerate(runs) if not _adds_deed(run, runs[:at])]
    # A fragment has no verb; a sentence that begins with "every" has one.
    whole = bool({"every", "each"} & set(plain))
    clear = [at for at, word in enumerate(plain) if word in _STATING or is_clear_verb(word)]
    runs = [replace(run, acted=bool(clear) or not whole) for run in runs]
    headline = bool(runs) and not runs[0].lead and any(cuts(runs[0], at) for at in _inner(runs[0]))
    headline = headline and not is_plural_word(runs[0].words[0])
    if runs and _is_called(runs[0]):
        del runs[0]
    if pair := _pair(runs):
        return (pair,)
    done = taught and bool(runs) and runs[0].first and not runs[0].lead
    if done and "v" in speech(runs[0].words[0]) and "a" not in speech(runs[0].words[0]):
        runs[0] = replace(runs[0], words=runs[0].words[1:] or runs[0].words, first=False)
    begun = sold and runs and not (runs[0].lead or runs[0].before)
    if begun and runs[0].after in PREPOSITIONS | {",", "."}:
        return _listed([*noun_phrase(runs[0]), *(p for run in runs[1:] for p in _phrases(run))])
    absent = [
        at for at, run in enumerate(runs) if run.before == "of" and at and _is_none(runs[at - 1])
    ]
    runs = [run for at, run in enumerate(runs) if at not in absent]  # "no sense of taste"
    phrases = [part for run in runs for part in _phrases(replace(run, headline=headline))]
    places = PREPOSITIONS - _CONCERNING
    if not any(part.before not in places or part.first for part in phrases) and not (
        runs and set(runs[0].words) & (UNNAMED | PARTS_OF)
    ):
        # Where something happens is not what it is about, unless nothing else is named.
        asked = idea[0].lower() in ("how", "why", "what", "when")
        return () if (taught or sold) and not asked else _listed(phrases, placed=True)
    if idea[0].lower() in PREPOSITIONS and "," in idea:
        # "In a world without sleep, one girl dreams": she is what it is about.
        main = next((at for at, part in enumerate(phrases) if part.before == ","), 0)
        phrases = [*phrases[main:], *phrases[:main]]
    return _listed(phrases, placed=placed) or _comparisons(runs)


def _is_none(run: Run) -> bool:
    return run.before in ("no", "without")


def _comparisons(runs: Sequence[Run]) -> tuple[str, ...]:
    """What stands between two words that nobody can name: "the difference between a and an"."""
    return tuple(
        f"the {run.words[0]}"
        for run in runs
        if run.lead == "the" and len(run.words) == 1 and run.after == "between"
    )


def _pair(runs: Sequence[Run]) -> str:
    """Two bare nouns that an idea joins and that are one thing: "supply and demand", "the pros and
    cons of remote work"; nothing where more is said of them."""
    if not 2 <= len(runs) <= 3 or runs[0].lead not in ("", "the") or not runs[0].first:
        return ""
    one, other, *whose = runs
    if other.lead or (one.lead and not whose):
        return ""
    both = [*one.words, *other.words]
    joined = other.before in _JOINING and one.after == other.before and not one.before
    nouns = all("n" in (kinds_of(word) or "n") for word in both) and any(map(kinds_of, both))
    if not joined or len(both) != 2 or not nouns:
        return ""
    text = join([one.words[0], other.before, other.words[0]])
    if not whose:
        return text if other.after == "." else ""
    owned = other.after == "of" and whose[0].after == "." and noun_phrase(whose[0])
    lead = [whose[0].lead] if whose[0].lead else []
    return join(["the", text, "of", *lead, *whose[0].words]) if owned else ""


def _listed(phrases: Sequence[Run], *, placed: bool = False) -> tuple[str, ...]:
    """The phrases as they are named again, no head twice."""
    found: list[str] = []
    for at, part in enumerate(phrases):
        named = named_again(part, phrases[at + 1] if at + 1 < len(phrases) else None)
        known = (each for other in found for each in other.lower().split())
        absent = part.before == "without" and not part.lead  # but "without my brother"
        if part.before in ("no", "like", "as", "than") or absent:
            continue
        place = named[:1].isupper() and part.before in _PLACING
        if named and (placed or not place) and part.words[-1].lower() not in known:
            found.append(named)
    return tuple(found)


def _is_called(run: Run) -> bool:
    """Whether an idea may begin with a name ("Ray has painted"), or with whom it speaks to."""
    if run.lead or run.before or len(run.words) > 1:
        return False
    spoken_to = is_being(run.words[0]) and not is_plural_word(run.words[0])
    return run.words[0] in lexicon().sets["noun_names"] or (spoken_to and run.after == ",")


def _adds_deed(run: Run, front: Sequence[Run]) -> bool:
    """Whether what a comma adds may be a deed and no things: "..., ships in May"; and what "and"
    adds to another: "weighs 180 grams and fits in your pocket"."""
    word = run.words[0].lower()
    alone = not run.lead and len(run.words) == 1 and run.after in PREPOSITIONS
    alone = alone and "v" in kinds_of(word)
    acted = any(base_of(each.words[-1]) and not is_counted(each.words[-1]) for each in front)
    also = run.before == "and" and base_of(word) is not None and not is_counted(word) and acted
    return alone and (run.before == "," or also)


def _inner(run: Run) -> range:
    return range(1, len(run.words))


def _phrases(run: Run) -> list[Run]:
    """The phrases of a run: one in front of its verb, and one behind it."""
    if run.before in _MAKING | STATED and run.words[1:] and "a" in kinds_of(run.words[-1]):
        run = replace(run, words=run.words[:-1])  # "what makes sourdough sour"
    words = run.words
    if not words:
        return []
    if run.before in _ASKED and words[1:] and words[-1].lower() in _TAKES_NOTHING:
        # "How does a heat pump work in winter?"
        subject = replace(run, words=words[:-1], after=words[-1].lower())
        return [] if may_hold_verb(subject) else noun_phrase(subject)
    if run.before in _ASKED and run.first and not any(map(is_adverb, words)):
        verbs = [at for at in _inner(run) if is_base(words[at]) and "a" not in kinds_of(words[at])]
        ends = LEADS | {"."}  # "does a sewing machine make a stitch"
        ended = bool(verbs) and verbs[-1] == len(words) - 1 and run.after in ends
        if len(verbs) > 1 and verbs[1] == verbs[0] + 1 and not ended:
            return []  # "do credit card points make": its verb may be any of them
    acting = run.before in _BEFORE_VERBS and words[0].islower()
    begins = acting and "v" in kinds_of(words[0]) and not run.lead
    adverbial = run.before in RELATIVES | ADVERBS and not run.lead
    begins = begins or (adverbial and (is_finite(words[0]) or is_base(words[0])))
    # "an app that waters your plants"
    begins = begins or (adverbial and len(words) == 1 and "v" in kinds_of(words[0]))
    begins = begins or (not run.before and not run.lead and begins_order(words, run.after))
    begins = begins or (
        len(words) == 1 and not run.lead and run.after in LEADS and is_finite(words[0])
    )
    # "after pulling child from river"
    doing = run.before in _DOING and not run.lead and kinds_of(words[0]) == "v"
    begins = begins or (doing and words[1:] != () and words[0].endswith("ing"))
    if begins and words[1:] and "a" in kinds_of(words[0]) and is_base(words[1]):
        return []  # "parallel park"
    if begins:
        objects = words[1:]
        if run.after in LEADS and objects[1:] and is_plural_word(objects[-2]):
            # "Who cannot remember faces hunts her brother": what acts on somebody is a verb.
            objects = objects[:-1] if is_finite(objects[-1]) else objects
        return noun_phrase(replace(run, words=objects, before=words[0].lower(), first=False))
    told = next((at for at in _inner(run) if words[at - 1].lower() in _CLAUSED), 0)
    if told and run.lead and "n" in kinds_of(words[told]) and run.after not in BREAKS - _STATING:
        # "the real reason windows are round"
        return _phrases(replace(run, words=words[told:], lead="", before=",", first=False))
    at = next((at for at in _inner(run) if cuts(run, at)), 0)
    if not at and run.after == "to" and words[-1].lower() in _INTENDS:
        at = len(words) - 1  # "two robots on a landfill try to"
    if at and may_hold_verb(replace(run, words=words[:at], after=words[at].lower())):
        return []  # "trains stop early"
    if not at:
        return [] if may_hold_verb(run) else noun_phrase(run)
    front = replace(run, words=words[:at], after=words[at].lower())
    behind = words[at + 1 :]
    acts = is_verb(words[at].lower()) or base_of(words[at].lower()) is not None
    if words[at].lower().endswith("ly") and behind and is_finite(behind[0]):
        acts, behind = True, behind[1:]
    if words[at].lower() in _BEGINS and behind[1:] and behind[0].endswith("ing"):
        behind = behind[1:]  # "starts receiving postcards"
    rest = replace(run, words=behind, lead="", before=words[at].lower(), first=False)
    more = _phrases if words[at].lower() in HELPS else noun_phrase
    # Behind a participle ("a hotel turned prison") may stand anything.
    return [*noun_phrase(front), *(more(rest) if acts else [])]
