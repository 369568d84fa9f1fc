"""Where the main verb follows a German relative clause, and how it is told without the clause."""

from __future__ import annotations

from collections.abc import Sequence

from .deeds import RELATIVES, verb_at
from .lexicon import lexicon
from .nouns import read_noun
from .phrases import adjective_like
from .verbs import finite, infinitive, is_infinitive, looks_finite

__all__ = [
    "has_own_subject",
    "main_at",
    "opens_relative",
    "punctuated",
    "standing_alone",
    "verbs_first",
    "with_commas",
]

_BACK = frozenset(
    ("ihn", "ihm", "ihnen", "sie", "es", "er", "dort", "dorthin", "diesen", "diese", "dieses")
)
"""Words that point back into the relative clause."""
_LONE = frozenset(("eine", "einen", "eines", "eins", "keine", "keinen", "keines", "welche"))
_OBJECTS = {
    **dict.fromkeys(("einen", "den", "seinen", "ihren"), "ihn"),
    **dict.fromkeys(("eine", "die", "seine", "ihre"), "sie"),
    **dict.fromkeys(("ein", "das", "sein", "ihr"), "es"),
}
"""The pronoun for an accusative, by its determiner."""
_DEFINITE = {"einen": "den", "eine": "die", "ein": "das"}


def opens_relative(words: Sequence[str]) -> bool:
    """Whether a relative clause begins here: "deren Ofen", "mit dem niemand"."""
    low = [word.lower() for word in words[:2]]
    if low[:1] and low[0] in lexicon().sets["prepositions"]:
        low = low[1:]
    return bool(low) and low[0] in RELATIVES


def with_commas(words: Sequence[str], at: int) -> list[str]:
    """Set the commas around a relative clause that begins at `at` and was typed without them."""
    clause = list(words[at:])
    if "," in clause:
        return list(words)
    pairs = [
        index
        for index in range(2, len(clause) - 1)
        if all(word.islower() and looks_finite(word) for word in clause[index : index + 2])
    ]
    wanting = clause[-1] in lexicon().sets["modals"] and "".join(clause[-2:-1]).endswith("n")
    if pairs and not (wanting and pairs[0] == len(clause) - 2):  # "die fliegen wollte"
        # "schwimmen kann muss": the pair without an infinitive is the joint.
        sure = (i for i in pairs if not any(_is_infinitive(word) for word in clause[i : i + 2]))
        end = next(sure, pairs[0]) + 1
        return [*words[:at], ",", *clause[:end], ",", *clause[end:]]
    last = clause[-1]
    # "ausraubt"
    ends = looks_finite(last) or (last.endswith("t") and is_infinitive(infinitive(last)))
    return [*words[:at], ",", *clause] if ends else list(words)


def punctuated(words: Sequence[str]) -> list[str]:
    """With the commas of a relative clause that was typed without: of the subject, or at the end.

    "Ein Mann der kocht singt", "Ein Junge findet einen Hut der Wuensche erfuellt".
    """
    found = None if words[0].lower() in lexicon().sets["conjunctions"] else read_noun(words)
    if found is None or found[1] >= len(words) or "," in words:
        return list(words)
    end = found[1]
    if words[end].lower() in RELATIVES:
        return with_commas(words, end)
    last = words[-1]
    plain = verb_at(words, end) and words[end] not in lexicon().sets["modals"]
    if not plain or not last.islower() or not looks_finite(last) or _is_infinitive(last):
        return list(words)
    behind = (at for at in range(end + 2, len(words) - 1) if words[at] in RELATIVES)
    at = next((at for at in behind if words[at - 1][:1].isupper()), 0)
    return [*words[:at], ",", *words[at:]] if at else list(words)


def _is_infinitive(word: str) -> bool:
    return word.endswith("n") and word not in lexicon().sets["modals"]


def main_at(clause: Sequence[str]) -> int:
    """Where the main verb stands: behind the comma that ends the relative clause; else 0."""
    behind = (index for index in range(2, len(clause)) if clause[index - 1] == ",")
    return next((index for index in behind if verb_at(clause, index)), 0)


def standing_alone(main: Sequence[str], clause: Sequence[str]) -> list[str] | None:
    """The main predicate with a noun for a pronoun that the relative clause explains.

    Returns:
        "sucht seinen Hund" for "sucht ihn"; None when only the whole sentence says who is meant.
    """
    words = list(main)
    low = words[1].lower() if len(words) > 1 else ""
    if low in ("ihn", "sie", "es"):
        thing = _accusative(clause, low)
        if not thing:
            return None
        words[1:2] = thing
    return None if any(_points_back(words, index) for index in range(1, len(words))) else words


def _points_back(words: Sequence[str], at: int) -> bool:
    low = words[at].lower()
    after = words[at + 1] if at + 1 < len(words) else ","
    if low == "ihr":
        return not (after[:1].isupper() or adjective_like(after))
    if low in _LONE:
        return not (after[:1].isupper() or adjective_like(after))
    # "davon, Pilot zu werden" announces a clause; a bare "davon" points back.
    correlative = low.startswith(("da", "wor")) and after == "," and at + 2 < len(words)
    adverb = low.startswith(("dar", "dam", "dav", "dag", "dab", "daz", "dah"))
    return low in _BACK or (adverb and low not in ("darf", "dabei") and not correlative)


def _accusative(clause: Sequence[str], pronoun: str) -> list[str]:
    """The one object of the clause that the pronoun can mean, made definite; else nothing."""
    found: list[list[str]] = []
    for index in range(1, len(clause)):
        low = clause[index].lower()
        before = clause[index - 1].lower()
        if _OBJECTS.get(low) != pronoun or before in lexicon().sets["prepositions"]:
            continue
        noun = read_noun(clause, index, tail=False)
        if noun is None or (low in ("ein", "sein", "ihr") and noun[0].adjectives):
            return []
        found.append([_DEFINITE.get(low, low), *clause[index + 1 : noun[1]]])
    return found[0] if len(found) == 1 and "," not in clause else []


def verbs_first(clause: Sequence[str]) -> list[str]:
    """Bring a relative clause, or two joined by "und", into the order of a main clause."""
    for index in range(1, len(clause) - 1):
        if clause[index] in ("und", "oder") and looks_finite(clause[index - 1]):
            first, second = finite(clause[:index]), finite(clause[index + 1 :])
            return [*first, clause[index], *second] if first and second else []
    return finite(clause)


def has_own_subject(clause: Sequence[str]) -> bool:
    """Whether what follows the relative pronoun begins with a nominative: "die der Sturm trug"."""
    low = clause[0].lower() if clause else ""
    if low in ("niemand", "jeder", "jemand", "keiner", "man", "er", "es", "ich", "wir", "du"):
        return True
    noun = read_noun(clause, 0, tail=False)
    return noun is not None and noun[0].gender == "m" and low.endswith(("er", "ein"))
