"""German noun phrases: where they end, their gender and their number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lexicon import Entry, lexicon
from .lookup import look_up
from .phrases import (
    adjective_like,
    is_capital,
    is_manner,
    is_of_city,
    is_term,
    opens_phrase,
    owner_size,
)
from .tagging import is_tagged_opening, tags_of

__all__ = [
    "INVARIABLE",
    "Noun",
    "read_noun",
]

_OF_LANDS = ("land", "stadt", "burg", "berg", "dorf", "furt", "heim", "hausen", "ien", "reich")
"""How names end that are no person's."""
INVARIABLE = frozenset(("weniger", "mehr", "genug"))
"""Words in front of a noun that have one form in every case."""
_ONE = ("ein", "mein", "dein", "unser", "euer", "das", "dieses")
"""What stands before one thing only."""
_OWNERS = tuple(f"{own}e{end}" for own in ("mein", "dein", "sein", "ihr", "unser") for end in "rs")


@dataclass(frozen=True)
class Noun:
    """A noun phrase in the nominative; `gender` is "" where the idea leaves it open."""

    det: str
    adjectives: tuple[str, ...]
    head: str
    tail: str = ""
    """What follows the head: "der Stadt", "auf einer Insel"."""
    gender: str = ""
    kind: str = ""
    named: bool = False
    pair: bool = False
    """Two joined by "und"."""
    two: bool = False
    """A pair of which each is one."""

    @property
    def text(self) -> str:
        """The phrase as the user gave it."""
        return " ".join(part for part in (self.short, self.tail) if part)

    @property
    def short(self) -> str:
        """The phrase without what follows its head."""
        return " ".join(part for part in (self.det, *self.adjectives, self.head) if part)

    @property
    def plural(self) -> bool:
        """Whether it is certainly a plural."""
        return self.gender == "p"

    @property
    def animate(self) -> bool:
        """Whether it can want something."""
        return self.kind in ("person", "animal") or (self.named and self.kind != "thing")


def read_noun(words: Sequence[str], at: int = 0, *, tail: bool = True) -> tuple[Noun, int] | None:
    """Read a noun phrase that begins at `at`.

    Returns:
        The phrase and the index behind it; None when there is none.
    """
    sets = lexicon().sets
    start = at
    det = ""
    if not at and words[0].lower() in sets["adverbs"] | sets["questions"]:
        return None
    leads = sets["determiners"] | sets["numbers"] | set(_OWNERS)
    if at < len(words) and (words[at].lower() in leads or words[at].isdigit()):
        det = words[at].lower()
        at += 1
    elif owned := owner_size(words[at:]):
        det = " ".join(words[at : at + owned])
        at += owned
    adjectives: list[str] = []
    if at == start == 0 and is_manner(words):
        adjectives, at = [f"{words[0].lower()} {words[1]}"], 2
    while at + 1 < len(words):
        word = words[at]
        small = word[:1].islower() or (at == start == 0 and _opens(word, words[at + 1]))
        counts = word.isdigit() or (bool(det) and word in sets["numbers"])
        term = bool(det) and is_term(word, words[at + 1])
        city = bool(det) and is_of_city(word, words[at + 1])
        small = small or counts or term or city or word in sets["of_cities"]
        if word == "," and adjectives and adjective_like(words[at + 1]):
            at += 1
            continue
        if not small or not (adjective_like(word) or word in ("sehr", "ganz") or counts):
            break
        if word[:1].isupper() and not words[at + 1][:1].isupper():
            break
        kept = term or city or word in sets["of_cities"]
        adjectives.append(word if kept else word[:1].lower() + word[1:])
        at += 1
    if at >= len(words) or not is_capital(words[at]):
        return None
    if words[at].lower() in sets["prepositions"]:
        return None
    end = at + 1
    # "Warum haben Zebras Streifen?": two nouns, and no name.
    alone = any(entry.gender == "p" and entry.kind != "person" for entry in look_up(words[at]))
    alone = alone and det not in _ONE  # "unser Wecker Aurora"
    # "Wozu braucht der Mensch Schlaf?": somebody, and a thing that is not his name.
    kin = words[at] in sets["called"]  # "Wenn Oma Skateboard faehrt"
    many = any(entry.gender == "p" and entry.kind == "person" for entry in look_up(words[at]))
    being = kin or many or (det and any(e.kind in ("person", "animal") for e in look_up(words[at])))
    known = lexicon().forms.get(words[end].lower(), ()) if end < len(words) else ()
    alone = alone or bool(being and any(entry.kind == "thing" for entry in known))
    # "Wie Island Bananen anbaut": a name, and things.
    things = bool(known) and all(entry.gender == "p" and entry.kind == "thing" for entry in known)
    name = not (det or look_up(words[at])) and not words[at].endswith("s")
    alone = alone or (things and name and tags_of(tuple(words))[at] == "NE")
    # "Wie macht ein Ofen Essen warm?": a thing, and what is no name of it.
    verbal = end < len(words) and words[end].lower() in lexicon().infinitives
    alone = alone or bool(verbal and look_up(words[at]))
    while not alone and end < len(words) and words[end][:1].isupper() and words[end] != ",":
        end += 1
    given = words[at] in sets["he"] | sets["she"] and words[end : end + 1] in (["von"], ["van"])
    end += 2 * (given and words[end + 1 : end + 2] != [] and words[end + 1][:1].isupper())
    head = " ".join(words[at:end])
    found = _described(det, tuple(adjectives), head)
    if not tail:
        return found, end
    return _with_tail(found, words, end)


def _opens(word: str, following: str) -> bool:
    """Whether the capital at the start of an idea is an adjective's, as we or the tagger know."""
    if opens_phrase(word, following):
        return True
    known = following[:1].isupper() and bool(look_up(following)) and adjective_like(word)
    return known and word.lower() not in lexicon().own and is_tagged_opening(word, following)


def _described(det: str, adjectives: tuple[str, ...], head: str) -> Noun:
    first, *others = head.split()
    sets = lexicon().sets
    known = look_up(first) if others and look_up(first) else look_up(head.split()[-1])
    if (
        all(entry.gender == "p" for entry in known)
        and not others
        and det not in sets["numbers"]
        and head.lower() in lexicon().infinitives
    ):
        # "Wandern macht gluecklich": an infinitive with a capital is a neuter noun.
        known = (Entry("n", "thing", head, ""),)
    titled = bool(others) and any(entry.kind == "person" for entry in look_up(first))
    titled = titled and first not in sets["unique"]  # "Gemeinde Neudorf"
    if titled and not det and not adjectives:
        # "Opa Karl", "Professor Nuss": a name, with the gender of its first part.
        gender = next((entry.gender for entry in look_up(first) if entry.gender != "p"), "")
        return Noun(det, adjectives, head, gender=gender, kind="person", named=True)
    if head in sets["called"] and not det and not adjectives:
        return Noun(det, adjectives, head, gender=known[0].gender, kind="person", named=True)
    named = not det and not adjectives and (
        first in sets["he"] | sets["she"] or (bool(others) and not look_up(first))
    )  # fmt: skip
    last = look_up(others[-1]) if others else ()
    known_first = first in sets["he"] | sets["she"]
    if named and not known_first and any(entry.kind == "thing" for entry in last):
        # "Null Uhr", "Malte Stern": no article either way, and perhaps nobody.
        return Noun(det, adjectives, head, kind="thing", named=True)
    if named:
        gender = "m" if first in sets["he"] else "f" if first in sets["she"] else ""
        return Noun(det, adjectives, head, gender=gender, kind="person", named=True)
    if not det and not adjectives and f"{head}er" in sets["of_cities"]:
        return Noun(det, adjectives, head, kind="thing", named=True)  # "Hamburg" is no castle
    gender = _gender(det, adjectives, known, head)
    weak = [entry.singular for entry in known if entry.gender == "p" and entry.plural == head]
    if len(weak) == 1 and f"{weak[0]}n" == head and det[-2:] in ("en", "em") and det != "den":
        # "seinen Namen", "einem Gedanken": one, whose accusative looks like many.
        masculine = [entry for entry in look_up(weak[0]) if entry.gender == "m"]
        if masculine:
            head, gender, known = weak[0], "m", tuple(masculine)
    if head in sets["adjective_nouns"]:
        gender = "m" if head.endswith("er") else gender
        return Noun(det, adjectives, head, gender=gender, kind="person")
    fitting = [entry for entry in known if entry.gender == gender]
    # "Ein Totengraeber" is none of the graves that his name ends in.
    kind = fitting[0].kind if fitting else "" if gender else next((e.kind for e in known), "")
    return Noun(det, adjectives, head, gender=gender, kind=kind)


def _gender(det: str, adjectives: Sequence[str], known: Sequence[Entry], head: str) -> str:
    """The article and the adjectives decide; where they leave it open, the lexicon."""
    sets = lexicon().sets
    # "Hamburger" has one ending for all.
    adjectives = [word for word in adjectives if word not in sets["of_cities"] | INVARIABLE]
    allowed = {"m", "f", "n", "p"}
    if det == "mehr" and known and not any(entry.gender == "p" for entry in known):
        return ""  # "Mehr Zeit"
    if det in sets["numbers"] or det.isdigit() or det in (
        "beide", "viele", "wenige", "mehrere", "einige", "alle", "manche", "mehr"
    ):  # fmt: skip
        return "p"
    if det in ("der", "dieser", "jeder"):
        allowed = {"m"}
    elif det in ("das", "dieses", "jedes"):
        allowed = {"n"}
    elif det in ("eine", "jede"):
        allowed = {"f"}
    elif det[:1].isupper():
        # Behind a genitive the adjective has the ending that an article would have.
        ending = adjectives[-1][-2:] if adjectives else ""
        allowed = {"er": {"m"}, "es": {"n"}}.get(ending, {"f", "p"}) if ending else allowed
    elif det.endswith("e") and det:
        allowed = {"f", "p"}
        if adjectives:
            # "die letzten Giesser", "die letzte Giesserin": the weak ending tells them apart.
            counted = adjectives[0] in sets["numbers"] or adjectives[0].isdigit()
            allowed = {"p"} if counted or adjectives[-1].endswith("en") else {"f"}
            if det in ("eine", "jede"):
                allowed = {"f"}
    elif det:
        allowed = {"m", "n"}
        if adjectives:
            allowed = {"m"} if adjectives[-1].endswith("er") else {"n"}
    elif adjectives:
        allowed = {"er": {"m"}, "es": {"n"}}.get(adjectives[-1][-2:], {"f", "p"})
    fitting = {entry.gender for entry in known} & allowed
    if len(fitting) == 1:
        return fitting.pop()
    if fitting == {"n", "p"} and head.lower() in lexicon().infinitives and not det:
        return "n"
    if not det and fitting in ({"m", "p"}, {"n", "p"}):
        return "p"
    if fitting == {"m", "p"}:
        return "m"
    if len(allowed) == 1:
        return allowed.pop()
    if det == "die" and not fitting and head.endswith(("in", "ung", "heit", "keit", "schaft")):
        return "f"
    if det == "die" and not fitting and head.endswith("er"):
        # Men of a trade; hardly any feminine that the lexicon lacks ends so.
        return "p"
    if "m" in allowed and det and not fitting and re.search(r"[^aeiou]er$", head):
        return "m"
    return ""


def _is_bare_genitive(words: Sequence[str], at: int) -> bool:
    """Whether an adjective begins a genitive without an article: "der Geruch alter Buecher"."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    closed = lexicon().sets["adverbs"] | lexicon().sets["determiners"] | lexicon().sets["numbers"]
    adjective = word[:1].islower() and word.endswith("er") and adjective_like(word)
    return adjective and word not in closed and after[:1].isupper() and bool(look_up(after))


def _with_tail(found: Noun, words: Sequence[str], end: int) -> tuple[Noun, int]:
    """Take in what belongs to the head: genitives, prepositions, "namens", "und"."""
    sets = lexicon().sets
    begin = end
    while end < len(words):
        low = words[end].lower()
        if low in ("namens", "genannt") and end + 1 < len(words):
            inner = read_noun(words, end + 1, tail=False)
        elif low in (
            "der",
            "des",
            "eines",
            "einer",
            *_OWNERS,
        ) or _is_bare_genitive(words, end):
            inner = read_noun(words, end, tail=False)
        elif words[end][:1].isupper() and low.endswith("s") and low not in lexicon().forms:
            # "die Seen Finnlands"
            end += 1
            continue
        elif low in sets["prepositions"] and words[end][:1].islower():
            if words[end + 1 : end + 2] and words[end + 1] in lexicon().lists["nearby"]:
                end += 2
                continue
            inner = read_noun(words, end + 1, tail=False)
        elif low == "als" and end + 2 == len(words) and words[end + 1][:1].isupper():
            end += 2  # "mein erster Tag als Aushilfslehrer"
            continue
        elif low == "und":
            inner = read_noun(words, end + 1, tail=False)
            within = end > begin and words[begin].lower() in sets["prepositions"]
            if (
                inner is not None
                and within
                and ("zwischen" in words[begin:end] or not inner[0].det)
            ):
                # "fuer Vaeter und Kinder", "zwischen Wetter und Klima"
                end = inner[1]
                continue
            first, *others = found.head.split()
            if inner is not None and others and any(e.kind == "thing" for e in look_up(first)):
                # "Werkstatt Kette und Krone": one, whose name has two parts.
                found = replace(found, head=" ".join([found.head, *words[end : inner[1]]]))
                begin = end = inner[1]
                continue
            if inner is not None:
                tail = " ".join(words[begin : inner[1]])
                lone = not (found.det or found.adjectives or found.gender) and inner[0].det
                if lone and found.head.lower().endswith(_OF_LANDS):
                    found = replace(found, kind="thing", named=True)
                elif lone:
                    found = replace(found, kind="person", named=True)
                two = "p" not in (found.gender, inner[0].gender) and inner[0].animate
                return replace(found, tail=tail, gender="p", pair=True, two=two), inner[1]
        else:
            break
        if inner is None:
            break
        end = inner[1]
        if end < len(words) and (words[end] in sets["numbers"] or words[end].isdigit()):
            # "in Haus Nummer neun"
            end += 1
    return replace(found, tail=" ".join(words[begin:end])), end
