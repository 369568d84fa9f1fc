"""A sentence that is told as the user wrote it, and the phrases of it that are safe to name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clauses import ANYBODY, MODALS, RELATIVES, base_of_gerund, find_verb
from .clean import join
from .lexicon import base_of, lexicon, past_base, word_set
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    is_plural_word,
    lowered,
    singular,
)
from .statements import NARRATORS

__all__ = [
    "concern",
    "focus",
    "headline_subject",
    "opening_of",
    "phrases",
    "said",
]

_BOUNDS = PREPOSITIONS | word_set(
    "what neither either worth and or but so because when while if that which who whose where why"
    " how too is are was were has have had does do did can could will would must should may"
    " might than then won't can't don't doesn't isn't aren't couldn't wouldn't didn't wasn't hasn't"
    " haven't , ; : ."
)
_LEADS = ARTICLES | NUMBERS | POSSESSIVES | word_set("this these those")
_OPENING = ARTICLES | POSSESSIVES | (NUMBERS - {"one"})
_NOT_NAMED = word_set(
    "past dark distance end beginning middle air things thing"
    " decades centuries minutes seconds weeks months thousands hundreds dozens millions"
    " percent tonnes tons metres meters kilometres miles euros dollars pounds million billion"
    " people weekend week month tonight today tomorrow i we you he she it they them him her"
    " ways steps tips tricks reasons us me nobody everybody somebody everyone someone nothing"
    " everything something anything one two all most day night time way world century"
    " year years days hours last first"
)
_PLACING = word_set("in on of at to from across near through between")
_THEIRS = word_set("his her its their")
_OURS = POSSESSIVES - _THEIRS
_LINKS = word_set("when while if because but and so that who which where ,")
_LARGE = word_set("hundred thousand million billion dozen")
_LACKING = word_set("without no not never")
_STATING = word_set("is are was were has have will can must")
_CONCERNING = word_set("for against about over")
_PARTICLES = word_set("out up down off away back")
_BECOMING = word_set("become becomes became be being called named")
_SINCE = word_set("before after until since as than")
_ADVERBS = word_set("only always never still secretly suddenly")
_HERE = word_set("there here again now too")
_TIED = word_set("though although but because while when where so until and who which")
_LONGEST = 4
_LONGEST_SAID = 24


def said(premise: str) -> str:
    """The sentence itself; nothing, if it is too long to be said again."""
    text = premise.rstrip(".!? ,;:")
    return f"{text[:1].upper()}{text[1:]}" if len(text.split()) <= _LONGEST_SAID else ""


def opening_of(said: str) -> str:
    """Its main clause, where another is only tied on: "..., though nobody has seen a ship"."""
    first, comma, rest = said.partition(", ")
    tied = rest.split()[0].lower() in _TIED if comma and rest.split() else False
    words = first.split()
    return first if tied and len(words) > 3 and find_verb(lowered(words), 1) is not None else ""


def focus(words: Sequence[str]) -> str:
    """A noun phrase of the sentence whose two ends are certain; "" if there is none.

    What a clear verb acts on comes first ("car-free Sundays"), then its subject ("the oceans"),
    then what stands behind the last preposition ("Main Street").
    """
    if not words:
        return ""
    objects, subjects, others = phrases(words)
    bare = [each for each in (headline_subject(words, plans=False),) if each]
    found = [*objects[:1], *bare, *subjects[:1], *others[-1:]]
    return found[0] if found else ""


def phrases(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The noun phrases whose ends are certain: objects, subjects, those behind prepositions."""
    objects: list[str] = []
    subjects: list[str] = []
    others: list[str] = []
    into, chunk, before = subjects, list[str](), ""
    words = lowered(words) if words else []
    for word, after in zip([*words, "."], [*words[1:], ".", "."], strict=True):
        low = word.lower()
        # Right behind an article there is no verb: "the vanished choir".
        described = low[-2:] == "ed" or low in lexicon().sets["adjective"]
        bare = len(chunk) == 1 and (described or chunk[0] in _OPENING)
        begun = bool(chunk) and not (bare and chunk[0] in _LEADS)
        # "Ms Delgado, 84, runs her first marathon"
        resumed = not chunk and before == "," and base_of(low) is not None
        resumed = resumed and after.lower() not in (_BOUNDS - _LEADS)
        begun = begun and not (low in _ADVERBS and chunk[0] in _LEADS and len(chunk) == 1)
        verb = resumed or (begun and (_is_clear_verb(low) or _acts(low, after)))
        if low == "past" and len(chunk) == 1 and chunk[0] in _LEADS:
            chunk.append(word)  # "her past calls every Friday"
            continue
        adverb = begun and low in _ADVERBS | ANYBODY
        if low in _BOUNDS or verb or low in _LEADS or adverb:
            infinitive = before == "to" and bool(chunk) and _may_be_verb(chunk[0])
            # Behind "that" there is no subject, but a verb: "a teapot that whistles".
            skipped = infinitive or low == "of" or before in _LACKING | RELATIVES | _BECOMING
            # In front of a preposition or the end a plural is no verb.
            closed = low in PREPOSITIONS | {".", ","} and before not in _SINCE
            phrase = "" if skipped else _phrase(chunk, subject=into is subjects, closed=closed)
            if low in (",", "and") and into is subjects and "'s " not in phrase:
                phrase = ""  # one of several that a list names
            # "Zoo in Prague welcomes": the plural may be the verb.
            name = any(word[:1].isupper() for word in chunk)
            if before in _PLACING and phrase and name:
                phrase = ""  # where something happens is not what it is about
            if phrase:
                into.append(phrase)
            acted = chunk[-1].lower() if chunk and low in _LEADS else ""
            doing = acted.endswith("ing") and before in _STATING | {"been"}
            if doing or (before in MODALS and _may_be_verb(acted)):
                into = objects  # "has been repainting the road signs", "should never text your ex"
            chunk = [low] if low in _LEADS else []
            if verb:
                into = objects
            elif low not in _LEADS:
                behind = others if low in PREPOSITIONS - {"like", "as"} else []
                into = subjects if low in _LINKS else behind
            # Behind "who sold" the shadow is no subject of the clause.
            before = (acted or before) if low in _LEADS else low
        else:
            chunk.append(word)
    return objects, subjects, others


def headline_subject(words: Sequence[str], *, plans: bool = True) -> str:
    """What a headline without articles begins with: "the local bakery", "the bus fares".

    `plans` reads what is "to" happen as well.
    """
    original, words = words[0] if words else "", lowered(words)
    for index, word in enumerate(words[: _LONGEST + 1]):
        low, after = word.lower(), [*words, ".", "."][index + 1]
        planned = plans and low == "to" and _may_be_verb(after.lower())
        moves = after.lower() in PREPOSITIONS and base_of(low) in lexicon().sets["intransitive"]
        departs = low.endswith("s") and base_of(low) and after.lower() in _PARTICLES
        many = bool(index) and is_plural_word(words[index - 1]) and low in lexicon().verbs
        stated = plans and low in _STATING
        acts = planned or moves or departs or stated or (plans and many) or _acts(low, after)
        if index and (acts or (_is_clear_verb(low) and low[-2:] != "ed")):
            chunk = words[:index]
            clean = all(
                part.islower() and part.isalpha() and not part.endswith(("ing", "ly", "ed"))
                for part in chunk
            )
            unnamed = set(chunk) & (_NOT_NAMED | _LEADS | _LACKING)
            name = chunk == words[:1] and original[:1].isupper() and low.endswith("s")
            if name and not unnamed and not _is_thing(chunk[0]):
                return original  # "Norway bans"
            return join(["the", *chunk]) if clean and not unnamed else ""
        if low in _BOUNDS or low in _LEADS:
            break
    return ""


def _is_thing(word: str) -> bool:
    sets = lexicon().sets
    things = sets["count"] | sets["person"] | sets["being"] | lexicon().nouny
    return word in things or is_plural_word(word)


def concern(words: Sequence[str]) -> str:
    """What a headline is for or against: "cleaner air"; else its place: "Hollow Creek"."""
    small = DETERMINERS | NUMBERS | POSSESSIVES | (_NOT_NAMED - {"air"}) | _BOUNDS
    for index in range(len(words) - 2, 0, -1):
        low, tail = words[index].lower(), list(words[index + 1 :])
        if low not in _CONCERNING | {"in", "at"} or len(tail) > 3:
            continue
        clean = not any(word.lower() in small for word in tail) and tail[-1].isalpha()
        clean = clean and base_of_gerund(tail[0].lower()) is None and tail[0] != "being"
        names = all(word[:1].isupper() for word in tail)
        if clean and words[0].lower() not in NARRATORS | {"our", "my"}:
            if low not in _CONCERNING or names or len(tail) < 2:
                return join(tail) if names and len(tail) > 1 else ""
            known = is_plural_word(tail[-1]) or tail[0].endswith("er")
            return join(tail if known else ["the", *tail])
    return ""


def _is_clear_verb(word: str) -> bool:
    """Whether a word can be no noun."""
    base = base_of(word) or past_base(word)
    if singular(word) in lexicon().sets["being"]:
        return False
    if word in lexicon().verbs:
        return word not in lexicon().nouny
    return base is not None and (base not in lexicon().nouny or word.endswith("ed"))


def _acts(word: str, after: str) -> bool:
    """Whether an s-form is a verb by what follows it: "museum returns stolen bronzes"."""
    object_follows = after.lower() not in _BOUNDS and not after.endswith(("ed", "s"))
    return word.endswith("s") and base_of(word) is not None and object_follows


def _phrase(chunk: Sequence[str], *, subject: bool, closed: bool = False) -> str:
    """The chunk as known, up to its first plural: "the oceans" of "the oceans stop"."""
    if not chunk:
        return ""
    lead = chunk[0].lower()
    led = lead in _LEADS or (lead[:1].isdigit() and not chunk[-1][:1].isupper())
    rest = list(chunk[1:] if led else chunk)
    rest = rest[1:] if rest[:1] and rest[0].lower() in _LARGE else rest
    rest = [word for word in rest if word.lower() != "same"]
    if len(rest) > 1 and rest[-1].lower() in lexicon().sets["adjective"] | _PARTICLES | _HERE:
        rest = rest[:-1]  # "paints every door in the village blue"
    plural = next((i for i, word in enumerate(rest) if is_plural_word(word)), None)
    if plural is not None and not all(word[:1].isupper() for word in rest):
        single = lead in ("a", "an", "one")
        # "a postal drone falls", "the orchestra plays": not the plural that it looks like.
        last = closed and not subject and plural == len(rest) - 1
        counted = lead in NUMBERS - {"one"}  # "two chess masters"
        owned = "'s" in rest[0]
        verb = (
            (led or owned)
            and plural
            and (single or (_may_be_verb(rest[plural]) and not (last or counted)))
        )
        if verb and not single and not subject:
            return ""
        rest = rest[:plural] if verb else rest[: plural + 1]
    if rest[-1:] and rest[-1].lower() in lexicon().sets["adjective"]:
        return ""  # "is it wrong to wait"
    if not 1 <= len(rest) < _LONGEST or rest[-1].lower() in _NOT_NAMED | DETERMINERS:
        return ""
    bare = len(rest) > 1 and (
        rest[0].endswith(("ed", "ing")) or rest[0] in lexicon().sets["adjective"]
    )
    described = rest[1:] if led and bare else rest  # "the lost glove"
    sets = lexicon().sets
    things = sets["count"] | sets["person"] | sets["being"]
    formed = (word for word in described if word not in things or word == "being")
    if any(re.search(r"(?:ed|ing|ly)$", word) or word == "'s" for word in formed):
        return ""
    if _LACKING & {word.lower() for word in rest}:
        return ""
    if any(_is_clear_verb(word.lower()) for word in described):
        return ""
    owned = any("'s" in word for word in rest)
    if owned:
        # "Grandpa's shed" is named whole; "her father's boat" would lose who she is.
        whole = len(rest) > 1 and "'s" in rest[0]
        kept = "the" if lead in ARTICLES else lead if lead in _OURS else ""  # "the mayor's parrot"
        articled = f"{kept} {join(rest)}" if kept else ""
        return articled if led else join(rest) if whole else ""
    if led:
        if plural is None and any(past_base(word) is not None for word in rest[1:]):
            return ""
        somebody = lead in ("his", "her") and rest[-1] in lexicon().sets["person"]  # "his wife"
        known = lead in NUMBERS | _THEIRS | {"a", "an"} or lead[:1].isdigit()
        known = known and not somebody
        return join(["the" if known else lead, *rest])
    if all(word[:1].isupper() for word in rest):
        return join(rest)
    if not subject and plural is None and len(rest) == 1 and rest[0] in things:
        return f"the {rest[0]}"  # "Airline loses violin"
    if not subject and plural is None and len(rest) > 1 and rest[-1].isalpha():
        # "Teenager finds Roman coin": a headline leaves the article out.
        modified = rest[0][:1].isupper() or rest[0] in lexicon().sets["adjective"] | lexicon().nouny
        modified = modified or rest[0] in lexicon().participle
        if modified and rest[-1] not in lexicon().sets["adjective"] | lexicon().verbs:
            return join(["the", *rest])
    # "Museum returns stolen bronzes": a plural behind other words may be the verb.
    if plural is None or (len(rest) > 1 and (subject or _may_be_verb(rest[-1]))):
        return ""
    return join(["the", *rest])


def _may_be_verb(word: str) -> bool:
    low = word.lower()
    return low in lexicon().verbs or base_of(low) is not None or past_base(low) is not None
