"""What a German list counts: "Sieben Tipps gegen Lampenfieber"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..cleaning import join, words_of
from .cases import decline, nominative
from .lexicon import lexicon
from .lookup import look_up
from .nouns import Noun, read_noun
from .parts import things
from .phrases import adjective_like

__all__ = ["Count", "is_bare_list", "itemised", "named_items", "read_count"]

_LONGEST_ITEM = 6

_POINT = Noun("der", (), "Punkt", gender="m", kind="thing")
"""What an item is called where the counted noun has no singular that is sure."""
_FRONT = ("die", "der", "das", "meine", "unsere")
_WORDS = ("the", "whom", "which", "these", "these_a", "these_d", "which_a")
_FORMS = {
    "m": ("der", "den", "dem", "dieser", "diesen", "diesem", "welchen"),
    "f": ("die", "die", "der", "diese", "diese", "dieser", "welche"),
    "n": ("das", "das", "dem", "dieses", "dieses", "diesem", "welches"),
}


@dataclass(frozen=True)
class Count:
    """A list that an idea announces."""

    items: int
    """How many; 0 where the idea leaves it open."""
    item: Noun
    """What each item is called: "Tipp"."""
    about: bool
    """Whether it counts mere things to say about a subject, which then is what the idea is of."""
    rest: tuple[str, ...]
    """The words of the idea without the number."""
    announced: str
    """The whole, with the number in words: "die fuenf groessten Irrtuemer"."""
    counted: str
    """The whole without the number: "Tipps gegen Lampenfieber"."""

    @property
    def slots(self) -> Mapping[str, str]:
        """What patterns say of the list, and of an item with pronouns of its gender."""
        whole = {"announced": self.announced, "counted": self.counted}
        if self.about:
            return whole
        words = dict(zip(_WORDS, _FORMS[self.item.gender], strict=True))
        nominative, accusative, dative = (
            decline(self.item, case).partition(" ")[2] for case in ("nom", "acc", "dat")
        )
        return {
            **whole,
            **words,
            "item": nominative,
            "this_item": f"{words['these']} {nominative}",
            "this_item_a": f"{words['these_a']} {accusative}",
            "this_item_d": f"{words['these_d']} {dative}",
        }


def read_count(words: Sequence[str]) -> Count | None:
    """Read the counted noun at the start of an idea; None where nothing is counted."""
    items, at, kept = 0, 0, list[str]()
    while at < len(words) - 1 and words[at] not in lexicon().lists["things_counted"]:
        word = words[at].lower()
        value = _value(word)
        if value and not items:
            items = value
        elif word in _FRONT or (not items and word == "top" and _value(words[at + 1].lower())):
            kept += [words[at]] if word != "top" else []
        elif (words[at][:1].islower() or (not at and not look_up(word))) and adjective_like(word):
            kept.append(words[at])
        elif not at and is_bare_list(words):
            break
        elif not kept and not items:
            return None
        else:
            break
        at += 1
    head = words[at] if at < len(words) else ""
    if not (2 <= items <= 20):
        items = 0
    superlative = any(word.endswith(("sten", "\u00dften", "besten")) for word in kept)
    best = superlative and kept[0].lower() in ("die", "meine", "unsere")
    named = best or is_bare_list(words[at:])
    if not (items or named or head in lexicon().lists["things_counted"]):
        return None
    articles = ("ein", "eine", "einen", *lexicon().sets["numbers"])
    # "7 Gr\u00fcnde, ein Tagebuch zu f\u00fchren" are reasons.
    led = head not in lexicon().lists["things_counted"] and words[at + 1 : at + 2] == [","]
    if led and words[at + 2 : at + 3] and words[at + 2] in articles:
        return None  # "Zwei Brueder, ein Traktor" are no list of brothers
    subject = _subject(words[at + 1 :]) if head in lexicon().lists["mere_things"] else None
    return Count(
        items,
        _item(head),
        subject is not None,
        tuple(subject or (*kept, *words[at:])),
        _small(join([_in_words(word) for word in words])),
        _small(join([*kept, *words[at:]])),
    )


def is_bare_list(words: Sequence[str]) -> bool:
    """Whether things in the plural are what a list is of: "Alltagsdinge mit geheimer Funktion"."""
    entries = look_up(words[0]) if words[0][:1].isupper() else ()
    many = bool(entries) and all(
        entry.gender == "p" and entry.singular and entry.kind == "thing" for entry in entries
    )
    goes_on = words[1:2] == [","] or bool(set(words[1:2]) & lexicon().sets["prepositions"])
    return many and goes_on


def itemised(headline: str, premise: str) -> list[str]:
    """The items that an idea names itself, as sentences: "Fuenf Staedte: Wien, Rom und Prag"."""
    pieces = re.split(r",\s+(?:und\s+)?|\s+und\s+", premise.rstrip(".!? "))
    short = len(pieces) > 2 and all(0 < len(each.split()) <= _LONGEST_ITEM for each in pieces)
    counted = short and bool(words_of(headline)) and not premise.endswith("?")
    numbers = lexicon().lists["ones"][1:]
    numbered = [f"Nummer {n}: {each}." for n, each in zip(numbers, pieces, strict=False)]
    return numbered if counted and len(numbered) == len(pieces) else []


def named_items(items: Sequence[str], words: Sequence[str], count: Count | None) -> Count:
    """The list of `items`, with the number that its headline announces only where it is theirs."""
    if count is None:
        whole = join(words)
        return Count(len(items), _POINT, False, tuple(words), whole, whole)
    announced = count.announced if len(items) == count.items else count.counted
    return replace(count, items=len(items), announced=announced)


def _item(head: str) -> Noun:
    """The singular of a counted noun, if there is one that is sure."""
    called = {"Dinge": "Sache", "Sachen": "Sache"}.get(head, "")
    names = {form.singular for form in look_up(called or head) if form.singular}
    known = {
        entry.gender
        for name in names
        for entry in look_up(name)
        if entry.singular == name and entry.gender != "p"
    }
    if len(names) != 1 or len(known) != 1:
        return _POINT
    name, plural = names.pop(), next(form.plural for form in look_up(called or head))
    front = head.lower().removesuffix(plural.lower())
    if not called and front and front != head.lower():
        name = front.capitalize() + name.lower()  # "Radwege" are no other ways
    return Noun("der", (), name, gender=known.pop(), kind="thing")


def _subject(words: Sequence[str]) -> list[str] | None:
    """What a list of mere things goes round: "Dinge, die du ueber Pinguine nicht wusstest"."""
    if "\u00fcber" in words:
        phrase = nominative(words[list(words).index("\u00fcber") + 1 :])
    else:
        many = next((list(words[at + 1 : at + 2]) for at in _of_many(words)), None)
        phrase = many or _named_in(words)
    found = read_noun(phrase) if phrase else None
    return phrase[: found[1]] if phrase and found else None


def _named_in(words: Sequence[str]) -> list[str] | None:
    """The first thing that what is told of mere things names: a greyhound, in "Dinge, die ich gern
    gewusst haette, bevor ich einen Windhund adoptierte"."""
    forms = (decline(noun, "nom") for noun in things(words) if not noun.named)
    return next((form.split() for form in forms if form), None)


def _in_words(word: str) -> str:
    return lexicon().lists["ones"][int(word)] if word.isdigit() and 1 < int(word) < 20 else word


def _small(text: str) -> str:
    """Without the capital of a sentence's start, where a number or article begins the list."""
    first = text.split()[0].lower()
    small = first in lexicon().lists["ones"] or first in (*_FRONT, "alle")
    return text[:1].lower() + text[1:] if small else text


def _value(word: str) -> int:
    ones = lexicon().lists["ones"]
    if word.isdigit():
        return int(word)
    return ones.index(word) if word in ones[2:] else 0


def _of_many(words: Sequence[str]) -> list[int]:
    """Where "von" stands before a plural: "die man von Katzen lernen kann"."""
    return [
        at
        for at, word in enumerate(words[:-1])
        if word == "von" and [entry.gender for entry in look_up(words[at + 1])] == ["p"]
    ]
