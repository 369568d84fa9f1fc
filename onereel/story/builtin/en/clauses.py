"""The finite verb of an English idea: where it is, and what it becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import (
    base_of,
    gerund,
    guessed_base,
    is_verb,
    lexicon,
    past_base,
    third_person,
    word_set,
)
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word, singular

__all__ = [
    "ANYBODY",
    "MODALS",
    "RELATIVES",
    "Verb",
    "base_of_gerund",
    "find_verb",
    "inflect",
    "to_base",
    "to_present",
]

MODALS = word_set(
    "can could may might must shall should will would can't cannot won't couldn't shouldn't"
)
RELATIVES = word_set("who that which whose whom")
ANYBODY = word_set("nobody somebody everybody anybody everyone someone anyone")
"""Who begins a clause behind a noun: "the night bus nobody gets off"."""
_COPULAS = {
    "is": "is", "are": "are", "was": "is", "were": "are", "has": "has", "have": "have",
    "had": "has", "does": "does", "do": "do", "did": "does", "isn't": "isn't", "aren't": "aren't",
    "doesn't": "doesn't", "don't": "don't", "didn't": "doesn't", "wasn't": "isn't",
    "weren't": "aren't", "hasn't": "hasn't", "haven't": "haven't",
}  # fmt: skip
_PLURAL_COPULAS = {"is": "are", "has": "have", "does": "do", "isn't": "aren't", "doesn't": "don't"}
_ADVERBS = word_set(
    "always never often once still soon finally suddenly secretly just only also even not "
    "together alone again everywhere home away out up down back"
)
_OBJECTS = word_set(
    "him her them it us me you everyone everything nobody nothing someone something that "
    "what how whether if why where who himself herself itself themselves"
)


_WITH_TO = word_set("want try need decide hope plan like love refuse begin start learn promise")
"""Verbs whose past in front of "to" is no passive: "wanted to fly"."""
_PASSIVES = word_set(
    "lost found made left built stuck caught held kept hidden forgotten written born torn taken"
)


@dataclass(frozen=True)
class Verb:
    """A finite verb found at `index`; `form` is its present tense, agreeing with the subject."""

    index: int
    form: str


def inflect(base: str, *, plural: bool) -> str:
    """The present tense of a verb for a third person."""
    if base == "be":
        return "are" if plural else "is"
    return base if plural else third_person(base)


def _starts_something(word: str | None) -> bool:
    """Whether `word` can follow a verb: an object, a complement, an adverb, the end."""
    if word is None:
        return True
    low = word.lower()
    return (
        low in DETERMINERS
        or low in PREPOSITIONS
        or low in NUMBERS
        or low in _ADVERBS
        or low in _OBJECTS
        or low == ","
        or low.endswith(("ly", "ing"))
        or low in ("and", "but", "when", "because", "while")
        or word[:1].isupper()
        or low[:1].isdigit()
    )


def find_verb(words: Sequence[str], start: int, *, plural: bool | None = None) -> Verb | None:
    """Find the finite verb of the subject that begins before `start`.

    Args:
        words: the tokens of the idea; commas are tokens of their own.
        start: the first index that may be the verb.
        plural: the number of the subject, where it is known.
    """
    if not words:
        return None
    sets = lexicon().sets
    determined = words[0].lower() in ("a", "an", "one", "another") or words[0][:1].isupper()
    for index in range(start, len(words)):
        word = words[index].lower()
        before = words[index - 1].lower() if index else ""
        after = words[index + 1] if index + 1 < len(words) else None
        if word in RELATIVES or word in (",", "where"):
            return None
        if _starts_another_phrase(words, index):
            return None
        if word in MODALS:
            return Verb(index, {"could": "can", "couldn't": "can't"}.get(word, word))
        subject_plural = plural if plural is not None else _is_plural(words[:index])
        if word in _COPULAS:
            form = _COPULAS[word]
            return Verb(index, _PLURAL_COPULAS.get(form, form) if subject_plural else form)
        if before in DETERMINERS or before in NUMBERS or before in PREPOSITIONS:
            continue
        if index and words[index][:1].isupper() and (base_of(word) or word) in lexicon().nouny:
            continue  # "The Great Molasses Flood"
        found = _present(word, after, words[:index], subject_plural, determined)
        if found is None:
            found = _past(word, after, subject_plural)
        described = word in sets["adjective"] and word != "so"
        follows = (after or "").lower() in PREPOSITIONS | {"that"}
        if found is None and described and index == start and follows:
            return Verb(index, f"{'are' if subject_plural else 'is'} {words[index]}")
        if found is not None:
            return Verb(index, found)
    return None


def _starts_another_phrase(words: Sequence[str], index: int) -> bool:
    """Whether a second noun phrase begins: "the day the music stopped" has no verb of its own."""
    begins = DETERMINERS | ANYBODY | {"he", "she", "they", "we", "i"}
    if index < 2 or words[index].lower() not in begins:
        return False
    before = words[index - 1].lower()
    return before not in PREPOSITIONS and before not in ("and", "or", ",") and before not in NUMBERS


def _is_plural(words: Sequence[str]) -> bool:
    first = words[0].lower()
    if "and" in words[:-1]:
        return True
    if len(words) == 1 and first in lexicon().sets["men"] | lexicon().sets["women"]:
        return False
    if first in ("a", "an", "one", "this", "every", "each", "another"):
        return False
    if first in NUMBERS or (first.isdigit() and first != "1"):
        return True
    head = list(words)
    for index, word in enumerate(words):
        if index and word.lower() in PREPOSITIONS:
            head = list(words[:index])
            break
    return is_plural_word(head[-1])


def _present(
    word: str, after: str | None, before: Sequence[str], plural: bool, determined: bool
) -> str | None:
    nouny = lexicon().nouny
    if plural:
        fits = is_verb(word) and (is_plural_word(before[-1]) or "and" in before)
        clear = word not in nouny or (_starts_something(after) and after is not None)
        # "twin sisters swap jobs": no plural of a being stands in front of another noun.
        clear = clear or (_are_beings(before[-1]) and after is not None)
        return word if fits and clear else None
    base = base_of(word)
    beings = lexicon().sets["person"] | lexicon().sets["being"]
    if base is None:
        if word not in beings and _unknown_verb(word, after, before[-1], determined):
            return word
        # "a old man walk on the beach": the s went missing in a hurry.
        if is_verb(word) and before[-1].lower() in beings and _starts_something(after):
            return inflect(word, plural=False) if after is not None else None
        return None
    alone = not any(each.lower() in PREPOSITIONS for each in before)
    single = before[0].lower() in ("a", "an") and (len(before) > 2 or before[-1].lower() in beings)
    if single and alone and after:
        return inflect(base, plural=False)  # "an apprentice stops time": no plural behind "an"
    if base in nouny and not (_starts_something(after) and (after is not None or determined)):
        return None
    if after is not None and not _starts_something(after) and not determined and base in nouny:
        return None
    return inflect(base, plural=False)


def _are_beings(word: str) -> bool:
    sets = lexicon().sets
    beings = sets["person"] | sets["being"]
    agents = re.search(r"(?:[^eop]|pp)(?:ers|ists|ians)$", word.lower()) is not None
    return is_plural_word(word) and (agents or bool({word.lower(), singular(word)} & beings))


def _unknown_verb(word: str, after: str | None, before: str, determined: bool) -> bool:
    """Whether a word that no list knows can only be a verb, between a being and an object."""
    ending = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    sets = lexicon().sets
    being = before.lower() in sets["person"] | sets["being"]
    if not ending or after is None or not (being or determined):
        return False
    return after.lower() in DETERMINERS or (being and determined and after.lower() in PREPOSITIONS)


def _past(word: str, after: str | None, plural: bool) -> str | None:
    """A past form becomes present; a participle becomes a passive or a progressive."""
    sets = lexicon().sets
    low = after.lower() if after is not None else ""
    be = "are" if plural else "is"
    if word.endswith("ing") and len(word) > 5 and base_of_gerund(word) is not None:
        return f"{be} {word}"
    if word in lexicon().participle and low in PREPOSITIONS:
        return f"{be} {word}"
    base = past_base(word)
    if base is None:
        return None
    if low == "to" and base in _WITH_TO:
        return inflect(base, plural=plural)
    passive = low == "by" or (low in PREPOSITIONS and base not in sets["intransitive"])
    if passive and (word.endswith("ed") or word in _PASSIVES):
        return f"{be} {word}"
    named = after is not None and after[:1].isupper()
    if named or low in DETERMINERS | _OBJECTS | _ADVERBS | PREPOSITIONS | NUMBERS or not low:
        return inflect(base, plural=plural)
    return None


def base_of_gerund(word: str) -> str | None:
    """The verb of an ing-form that the lexicon knows, or None."""
    stem = word[:-3]
    candidates = [stem, f"{stem}e", stem[:-1], f"{stem[:-1]}ie"]
    return next((base for base in candidates if is_verb(base) and gerund(base) == word), None)


def to_present(words: Sequence[str], *, plural: bool) -> list[str] | None:
    """Bring the verb that `words` begin with into the present; None if there is none."""
    if not words:
        return None
    found = find_verb(["they" if plural else "It", *words], 1, plural=plural)
    if found is None or found.index != 1:
        low = words[0].lower()
        base = base_of(low) or past_base(low) or (low if is_verb(low) else None)
        if base is None:
            return None
        return [inflect(base, plural=plural), *words[1:]]
    return [*found.form.split(), *words[1:]]


def to_base(words: Sequence[str]) -> list[str] | None:
    """Bring the verb that `words` begin with into its base form; None when unsure."""
    if not words:
        return None
    first = words[0].lower()
    if first in ("must", "should", "will", "can", "would", "could", "might", "may"):
        return list(words[1:]) or None
    if first in ("is", "are"):
        return ["be", *words[1:]]
    if first in ("has", "have", "do", "does"):
        return [{"has": "have", "does": "do"}.get(first, first), *words[1:]]
    if is_verb(first):
        return list(words)
    base = base_of(first)
    if base is None and first.endswith("s") and len(first) > 4:
        base = guessed_base(first)
    return [base, *words[1:]] if base else None
