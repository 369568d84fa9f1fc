"""German deeds, taken apart: verb, object, purpose, goal, trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..cleaning import join
from .cases import decline, nominative
from .lexicon import lexicon
from .lookup import look_up
from .nouns import Noun, read_noun
from .phrases import adjective_like
from .verbs import looks_finite, with_zu, without_zu

__all__ = ["RELATIVES", "Tale", "is_headline", "is_one_verb", "object_of", "read_deed", "verb_at"]

RELATIVES = frozenset(["der", "die", "das", "den", "dem", "denen", "deren", "dessen"])
"""The pronouns that begin a relative clause."""
_BARE = frozenset(("Fu\u00df", "Hause", "Nacht", "Gericht", "Bord", "Tag", "Mittag"))
"""Nouns that stand behind a preposition without an article: "zu Fuss"."""
_SUBJECTS = frozenset(("ich", "du", "er", "es", "wir", "man", "niemand", "keiner", "jeder", "alle"))
"""Words that begin a clause of their own behind "und"."""
_PURPOSE = frozenset(("um",))
_COUNTER = frozenset(("aber", "doch", "jedoch"))


@dataclass
class Tale:
    """The parts of a tale; an empty string is a part that the idea does not have."""

    hero: Noun
    verb: str = ""
    rest: list[str] = field(default_factory=list)
    clause: str = ""
    """A clause that the deed cannot do without: "davon, Pilot zu werden"."""
    full: str = ""
    goal: str = ""
    """What the hero wants, as an infinitive: "ihren Hund finden"."""
    goal_zu: str = ""
    trouble: str = ""
    aside: str = ""
    """Who the hero is: "eine B\u00e4ckerin aus Wien"."""
    when: str = ""
    whole: str = ""
    """All behind the hero, where no part can stand alone: ", der Wolken sammelt, verliert eine"."""

    @property
    def deed(self) -> str:
        """The predicate, verb first."""
        return join([self.verb, *self.rest]) + (f", {self.clause}" if self.clause else "")


def verb_at(words: Sequence[str], at: int) -> bool:
    """Whether a finite verb may stand here, right behind a subject."""
    if at >= len(words) or not words[at][:1].islower():
        return False
    word = words[at].lower()
    sets = lexicon().sets
    closed = sets["prepositions"] | sets["determiners"] | sets["pronouns"] | sets["conjunctions"]
    if word in closed | sets["adverbs"] | sets["numbers"]:
        return False
    if word in sets["modals"] or looks_finite(word):
        return True
    if word.startswith("ge"):
        return False  # a participle: "Zwillinge im Zoo geboren"
    return word.endswith(("t", "te", "en", "eln", "ern"))


_WISHES = frozenset(
    (
        *("versucht", "versuchen", "versuchte", "beschlie\u00dft", "beschlie\u00dfen", "beschloss"),
        *("hofft", "hoffen", "hoffte", "plant", "planen", "plante", "wagt", "wagen", "wagte"),
        *(
            "tr\u00e4umt",
            "tr\u00e4umen",
            "tr\u00e4umte",
            "w\u00fcnscht",
            "w\u00fcnschen",
            "lernt",
            "lernen",
        ),
        *("verspricht", "versprechen", "schw\u00f6rt", "schw\u00f6ren", "will", "wollen"),
        *("m\u00f6chte", "m\u00f6chten", "hat", "haben", "beginnt", "beginnen"),
    )
)
"""Verbs whose "zu" says what somebody wants; of "brachte mir bei, zu falten" nobody knows."""


def read_deed(tale: Tale, predicate: list[str]) -> None:
    """Take a predicate apart into `tale`: verb, rest, purpose, goal, trouble."""
    segments: list[list[str]] = [[]]
    for word in predicate:
        if word == ",":
            segments.append([])
        else:
            segments[-1].append(word)
    head, *others = [segment for segment in segments if segment]
    tale.full = join(predicate) if len(predicate) <= 30 else ""
    tale.verb, tale.rest = head[0], head[1:]
    for index, segment in enumerate(others):
        first = segment[0].lower()
        if first in _PURPOSE:
            tale.goal, tale.goal_zu = without_zu(segment[1:]), join(segment[1:])
        elif first in _COUNTER:
            tale.trouble = _trouble(segment[1:], tale)
        elif index == 0 and _belongs(segment):
            # "dass der Roman, den sie liest, wahr ist": the clause goes on behind its own.
            nested = first == "dass" and others[1:] and others[1][0].lower() in RELATIVES
            tale.clause = ", ".join(map(join, others)) if nested else join(segment)
            if without_zu(segment) and tale.verb in _WISHES:
                tale.goal, tale.goal_zu = without_zu(segment), join(segment)
    if not tale.goal and tale.verb in (
        "will", "wollen", "m\u00f6chte", "m\u00f6chten", "muss", "m\u00fcssen", "soll", "sollen"
    ) and tale.rest and tale.rest[-1].endswith("n"):  # fmt: skip
        tale.goal, tale.goal_zu = join(tale.rest), with_zu(tale.rest)
    if "zu" in tale.rest[:-1] and without_zu(tale.rest) and not tale.goal:
        at = tale.rest.index("zu")
        tale.goal, tale.goal_zu = join(tale.rest[at + 1 :]), join(tale.rest[at:])


def _belongs(segment: Sequence[str]) -> bool:
    """Whether the deed is broken without this clause."""
    first = segment[0].lower()
    if first in ("dass", "ob") or first in lexicon().sets["questions"] | RELATIVES:
        return True
    if first in ("bis", "weil", "w\u00e4hrend", "ohne", "statt", "und", "obwohl", "als", "wenn"):
        return False
    return bool(without_zu(segment))


def _trouble(words: list[str], tale: Tale) -> str:
    """A main clause behind "aber"; one without a subject gets the hero's name."""
    if not 2 <= len(words) <= 14:
        return ""
    hero = decline(tale.hero, "nom")
    low = words[0].lower()
    sets = lexicon().sets
    if verb_at(words, 0):
        return f"{hero} {join(words)}" if looks_finite(low) else ""
    if low in ("nur", "nicht", "nie", "kein", "keine", "keinen", "auch", "sonst"):
        return ""
    has_verb = any(
        word in sets["modals"] or looks_finite(word) for word in words[1:] if word[:1].islower()
    )
    return join(words) if has_verb else ""


def object_of(tale: Tale) -> Noun | None:
    """The accusative object of the deed, if its article shows that it is one."""
    if tale.verb in lexicon().lists["copulas"]:
        return None
    for index, word in enumerate(tale.rest):
        low = word.lower()
        before = tale.rest[index - 1].lower() if index else ""
        if low not in ("einen", "den", "eine", "die", "ein", "das"):
            continue
        if before in lexicon().sets["prepositions"]:
            continue
        found = read_noun(tale.rest, index, tail=False)
        if found is None or found[0].head in lexicon().sets["time_nouns"]:
            continue
        noun = found[0]
        gender = {"einen": "m", "den": "m", "eine": "f", "ein": "n", "das": "n"}.get(low)
        if low == "die":
            gender = noun.gender or ""
        if gender not in ("m", "f", "n", "p") or " " in noun.head:
            return None
        head = noun.head
        if gender == "m" and head.endswith(("en", "n")) and low in ("einen", "den"):
            # "einen Drachen": the nominative would need the lexicon's word for sure.
            head = (nominative([low, head]) or [low, head])[-1]
            if head == noun.head and all(entry.gender != "m" for entry in look_up(head)):
                return None
        return Noun("ein", (), head, gender=gender, kind="thing")
    return None


def is_one_verb(rest: Sequence[str]) -> bool:
    """Whether no second verb is joined to the first by "und", or by "zu" to its participle."""
    if rest[-2:-1] == ["zu"] and rest[-3:-2] and rest[-3].endswith(("t", "en")):
        return False  # "hat aufgehoert zu traeumen"
    for index, word in enumerate(rest[:-1]):
        if word == "als" and index and rest[index - 1].endswith("er"):
            return False  # "macht gluecklicher als Fernsehen": the comparison stays behind its verb
        if word not in ("und", "oder"):
            continue
        # "und niemand spricht mit ihr": a clause of its own.
        further = [each for each in rest[index + 2 :] if each[:1].islower()]
        if rest[index + 1] in _SUBJECTS and further:
            return False  # "und es passt nicht durch die T\u00fcr"
        if verb_at(rest, index + 1) or any(map(looks_finite, further)):
            return False
    return True


def is_headline(hero: Noun, rest: Sequence[str]) -> bool:
    """Whether articles are missing, as newspapers write: "Forscher finden neue Kaeferart"."""
    if hero.det or hero.named:
        return False
    if not rest and not hero.plural:
        return True
    for index, word in enumerate(rest):
        if not word[:1].isupper():
            continue
        first = index
        while first and adjective_like(rest[first - 1]):
            first -= 1
        before = rest[first - 1].lower() if first else ""
        if before in lexicon().sets["determiners"] or word in _BARE:
            continue
        entries = look_up(word)
        if not entries and first < index and rest[index - 1].endswith(("es", "er")):
            return True
        if not entries and first == index == 0 and not word.endswith(("n", "s", "er")):
            return True
        if entries and all(entry.gender != "p" and entry.plural for entry in entries):
            return True
    return False
