"""What a German list counts: "Sieben Tipps gegen Lampenfieber"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .cases import nominative
from .lexicon import lexicon
from .lookup import look_up
from .nouns import read_noun
from .phrases import adjective_like
from .verbs import finite, infinitive, with_zu

__all__ = ["Count", "read_count"]

_LONGEST_TAIL = 6
_ADVICE = ("tips", "reasons", "mistakes")


@dataclass(frozen=True)
class Count:
    """A list that an idea announces."""

    items: int
    """How many; 0 where the idea leaves it open."""
    kind: str
    """tips, reasons or mistakes; "such" where only the count says what; else things."""
    label: str
    """What each item is called: "Tipp"."""
    tail: str
    """What it is for: "gegen Lampenfieber", ", im Winter zu schwimmen"."""
    rest: tuple[str, ...]
    """The words of the idea without the number."""
    announced: str
    """The whole, with the number in words: "die fuenf groessten Irrtuemer"."""
    among: str
    """What each item is one of, in the genitive: "der schoensten Doerfer"."""
    counted: str
    """The words from the counted noun on: "Tipps gegen Lampenfieber"."""


def read_count(words: Sequence[str]) -> Count | None:
    """Read the counted noun at the start of an idea; None where nothing is counted."""
    items, at, kept = 0, 0, list[str]()
    while at < len(words) - 1 and words[at] not in lexicon().lists["things_counted"]:
        word = words[at].lower()
        value = _value(word)
        if value and not items:
            items = value
        elif word in ("die", "der", "das") or (words[at][:1].islower() and adjective_like(word)):
            kept.append(words[at])
        elif not kept and not items:
            return None
        else:
            break
        at += 1
    head = words[at] if at < len(words) else ""
    kind = next((kind for kind in _ADVICE if head in lexicon().lists[kind]), "")
    if not (2 <= items <= 20):
        items = 0
    superlative = any(word.endswith(("sten", "\u00dften", "besten")) for word in kept)
    best = superlative and kept[0].lower() == "die"
    if not kind and not items and not best:
        return None
    articles = ("ein", "eine", "einen", *lexicon().sets["numbers"])
    if words[at + 1 : at + 2] == [","] and words[at + 2 : at + 3] and words[at + 2] in articles:
        return None  # "Zwei Brueder, ein Traktor" are no list of brothers
    label = next((entry.singular for entry in look_up(head) if entry.singular), head)
    after = words[at + 1 :]
    subject = None if kind else _subject(after)
    vague = best or (not subject and head in lexicon().lists["things_counted"])
    relative = after[:1] == [","]
    return Count(
        items,
        kind or ("such" if vague or (relative and not subject) else "things"),
        label,
        _tail(after),
        tuple(subject or (*kept, *words[at:])),
        join([_in_words(word) for word in words]),
        _among(kept[1:] if best else kept, words[at:]),
        "" if kept and kept[0].lower() in ("die", "der", "das") else join([*kept, *words[at:]]),
    )


def _among(kept: Sequence[str], counted: Sequence[str]) -> str:
    """ "der seltsamen Berufe, die es nicht mehr gibt": what each item is one of."""
    if not all(word.endswith(("e", "en")) for word in kept):
        return ""
    weak = [f"{word}n" if word.endswith("e") else word for word in kept]
    return join(["der", *weak, *counted])


def _subject(words: Sequence[str]) -> list[str] | None:
    """What a list of mere things goes round: "Dinge, die du ueber Pinguine nicht wusstest"."""
    if "\u00fcber" in words:
        phrase = nominative(words[list(words).index("\u00fcber") + 1 :])
    else:
        phrase = next((list(words[at + 1 : at + 2]) for at in _of_many(words)), None)
    found = read_noun(phrase) if phrase else None
    return phrase[: found[1]] if phrase and found else None


def _in_words(word: str) -> str:
    return lexicon().lists["ones"][int(word)] if word.isdigit() and 1 < int(word) < 20 else word


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


def _tail(words: Sequence[str]) -> str:
    """What follows the counted noun, if it is short and says what for."""
    words = list(words)
    if words[:1] == [","]:
        clause = words[1:]
        if clause[:1] and clause[0].lower() in ("warum", "weshalb", "wie") and len(clause) > 3:
            zu = _done(clause[2:]) if clause[1].lower() == "man" else ""
            return f", {zu}" if zu else ""
        return f", {join(clause)}" if _ends_in_zu(clause) and len(clause) <= 8 else ""
    if not words or words[0].lower() not in lexicon().sets["prepositions"] or "," in words:
        return ""
    return join(words) if len(words) <= _LONGEST_TAIL else ""


def _done(predicate: Sequence[str]) -> str:
    """ "im Winter schwimmen sollte" becomes "im Winter zu schwimmen"."""
    words = list(predicate)
    if words[-1] in lexicon().sets["modals"] and words[-2:-1] and words[-2].endswith("n"):
        return with_zu(words[:-1])
    ordered = finite(words)
    base = infinitive(ordered[0]) if ordered else ""
    return with_zu([*words[:-1], base]) if base and ordered[-1] == words[-2] else ""


def _ends_in_zu(clause: Sequence[str]) -> bool:
    return len(clause) > 1 and (clause[-2] == "zu" or "zu" in clause[-1][2:-3])
