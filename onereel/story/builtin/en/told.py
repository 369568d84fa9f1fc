"""A sentence that is told as the user wrote it, and the phrases of it that are safe to name."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import ANYBODY, MODALS, RELATIVES, base_of_gerund, find_verb
from .clean import join
from .lexicon import base_of, is_verb, lexicon, past_base, word_set
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    is_plural_word,
    lowered,
)
from .phrase import (
    BOUNDS,
    LACKING,
    LEADS,
    NOT_NAMED,
    PARTICLES,
    acts,
    is_clear_verb,
    is_past,
    may_be_verb,
    phrase_of,
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

_OPENING = ARTICLES | POSSESSIVES | (NUMBERS - {"one"})
_PLACING = word_set("in on off of at to from across near through between")
_LINKS = word_set("what why how when while if because but and so that who which where ,")
_STATING = word_set("is are was were has have will can must")
_CONCERNING = word_set("for against about over")
_BECOMING = word_set("become becomes became be being called named")
_SINCE = word_set("before after until since as than")
_ADVERBS = word_set("only always never still secretly suddenly")
_TIED = word_set("though although but because while when where so until and who which")
_LONGEST_SUBJECT = 4
_LONGEST_SAID = 60


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
        begun = bool(chunk) and not (bare and chunk[0] in LEADS)
        # "Ms Delgado, 84, runs her first marathon"
        resumed = not chunk and before == "," and base_of(low) is not None
        resumed = resumed and after.lower() not in (BOUNDS - LEADS)
        begun = begun and not (low in _ADVERBS and chunk[0] in LEADS and len(chunk) == 1)
        ends = is_clear_verb(low) or is_past(low, after) or acts(low, after)
        verb = resumed or (begun and ends)
        if low == "past" and len(chunk) == 1 and chunk[0] in LEADS:
            chunk.append(word)  # "her past calls every Friday"
            continue
        adverb = begun and low in _ADVERBS | ANYBODY
        if low in BOUNDS or verb or low in LEADS or adverb:
            infinitive = before == "to" and bool(chunk) and may_be_verb(chunk[0])
            # Behind "that" there is no subject, but a verb: "a teapot that whistles".
            skipped = infinitive or low == "of" or before in LACKING | RELATIVES | _BECOMING
            # In front of a preposition or the end a plural is no verb.
            closed = low in PREPOSITIONS | {".", ","} and before not in _SINCE
            phrase = ""
            if not skipped:
                phrase = phrase_of(chunk, subject=into is subjects, end=low, closed=closed)
            if low in (",", "and") and into is subjects and "'s " not in phrase:
                phrase = ""  # one of several that a list names
            if before == "and" and len(chunk) == 1 and base_of(chunk[0]) and low in PREPOSITIONS:
                phrase = ""  # "finds a letter and sets out"
            # "Zoo in Prague welcomes": the plural may be the verb.
            name = any(word[:1].isupper() for word in chunk)
            if before in _PLACING and phrase and name:
                phrase = ""  # where something happens is not what it is about
            if phrase:
                into.append(phrase)
            acted = chunk[-1].lower() if chunk and low in LEADS else ""
            doing = acted.endswith("ing") and before in _STATING | {"been"}
            if doing or (before in MODALS and may_be_verb(acted)):
                into = objects  # "has been repainting the road signs", "should never text your ex"
            chunk = [low] if low in LEADS else []
            if verb:
                into = objects
            elif low not in LEADS:
                behind = others if low in PREPOSITIONS - {"like", "as"} else []
                into = subjects if low in _LINKS else behind
            # Behind "who sold" the shadow is no subject of the clause.
            before = (acted or before) if low in LEADS else low
        else:
            chunk.append(word)
    return objects, subjects, others


def headline_subject(words: Sequence[str], *, plans: bool = True) -> str:
    """What a headline without articles begins with: "the local bakery", "the bus fares".

    `plans` reads what is "to" happen as well.
    """
    original, words = words[0] if words else "", lowered(words)
    for index, word in enumerate(words[: _LONGEST_SUBJECT + 1]):
        low, after = word.lower(), [*words, ".", "."][index + 1]
        planned = plans and low == "to" and may_be_verb(after.lower())
        moves = after.lower() in PREPOSITIONS and base_of(low) in lexicon().sets["intransitive"]
        departs = low.endswith("s") and base_of(low) and after.lower() in PARTICLES
        many = bool(index) and is_plural_word(words[index - 1]) and is_verb(low)
        stated = plans and low in _STATING
        found = bool(index) and past_base(low) is not None and after.lower() in PREPOSITIONS
        does = (
            found or planned or moves or departs or stated or (plans and many) or acts(low, after)
        )
        if index and (found or does or (is_clear_verb(low) and low[-2:] != "ed")):
            chunk = words[:index]
            clean = all(
                (part.islower() or part == original)
                and part.isalpha()
                and not part.endswith(("ing", "ly", "ed"))
                for part in chunk
            )
            # "Court blocks plan to fell oak": which of them is the verb, nobody knows.
            single = index == 1 or low in _STATING
            clean = clean and (single or not any(map(is_plural_word, chunk[:-1])))
            clean = clean and (single or not any(base_of(part) for part in chunk))
            # "Ray has painted the bridge": a headline would leave the "has" out.
            clean = clean and not (index == 1 and low in ("has", "had") and original.istitle())
            unnamed = set(chunk) & (NOT_NAMED | LEADS | LACKING)
            name = chunk == words[:1] and original[:1].isupper() and low.endswith("s")
            if name and not unnamed and _is_name(original):
                return original  # "Norway bans"
            return join(["the", *chunk]) if clean and not unnamed else ""
        if low in BOUNDS or low in LEADS:
            break
    return ""


def _is_name(word: str) -> bool:
    sets = lexicon().sets
    names = sets["proper"] | sets["men"] | sets["women"] | sets["acronym"]
    return word.lower() in names or any(map(str.isupper, word[1:]))


def concern(words: Sequence[str]) -> str:
    """What a headline is for or against: "cleaner air"; else its place: "Hollow Creek"."""
    small = DETERMINERS | NUMBERS | POSSESSIVES | (NOT_NAMED - {"air"}) | BOUNDS
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
