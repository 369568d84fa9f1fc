"""Ideas about somebody who does something: hero, deed, goal, object, trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..cleaning import join
from .lexicon import lexicon
from .nouns import Noun, decline, look_up, nominative, read_noun, resolve
from .verbs import (
    finite,
    infinitive,
    is_plural,
    looks_finite,
    unfinite,
    verb_last,
    with_zu,
    without_zu,
)

__all__ = ["RELATIVES", "Tale", "hero_slots", "read_tale"]

RELATIVES = frozenset(["der", "die", "das", "den", "dem", "deren", "dessen"])
_PURPOSE = frozenset(("um",))
_COUNTER = frozenset(("aber", "doch", "jedoch"))
_LONGEST_DEED = 13
_PRONOUNS = {
    "m": ("er", "ihn", "ihm"),
    "f": ("sie", "sie", "ihr"),
    "n": ("es", "es", "ihm"),
    "p": ("sie", "sie", "ihnen"),
}


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

    @property
    def deed(self) -> str:
        """The predicate, verb first."""
        return join([self.verb, *self.rest]) + (f", {self.clause}" if self.clause else "")


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    words = list(words)
    fronted = _fronted(words)
    if fronted is not None:
        return fronted
    if words[0].lower() in _not_subjects():
        return None
    found = read_noun(words)
    if found is None:
        return None
    noun, end = found
    if end < len(words) and words[end] == ",":
        return _aside(noun, words, end)
    if end >= len(words):
        hero = resolve(noun, plural=noun.plural)
        return Tale(hero) if noun.animate and (noun.det or noun.plural or noun.named) else None
    return _plain(noun, words[end:])


def _not_subjects() -> frozenset[str]:
    sets = lexicon().sets
    return sets["questions"] | sets["pronouns"] | sets["conjunctions"] - RELATIVES


def _verb_at(words: Sequence[str], at: int) -> bool:
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
    return word.endswith(("t", "te", "en", "eln", "ern"))


def _plain(noun: Noun, predicate: Sequence[str]) -> Tale | None:
    if not _verb_at(predicate, 0):
        return None
    known = {entry.gender for entry in look_up(noun.head)}
    single = (known and "p" not in known) or noun.head.lower() in lexicon().infinitives
    if single and not noun.det and not noun.named and not noun.pair and is_plural(predicate[0]):
        # "Brot backen" says what to do, and nobody who does it.
        return None
    tale = Tale(_numbered(noun, predicate[0]))
    _deed(tale, list(predicate))
    return tale


def _numbered(noun: Noun, verb: str) -> Noun:
    return resolve(noun, plural=is_plural(verb))


def _fronted(words: list[str]) -> Tale | None:
    """ "In einer Nacht findet ein Fischer ...": place or time, verb, subject, rest."""
    sets = lexicon().sets
    first = words[0].lower()
    if first in sets["prepositions"]:
        found = read_noun(words, 1)
        end = found[1] if found else 0
    elif first in ("eines", "jeden", "jede", "heute", "morgens", "nachts", "abends"):
        found = read_noun(words, 1, tail=False) if first in ("eines", "jeden", "jede") else None
        end = found[1] if found else int(first in sets["adverbs"] and first != "jeden")
    else:
        return None
    if not end or not _verb_at(words, end):
        return None
    subject = read_noun(words, end + 1, tail=False)
    if subject is None or words[end + 1].lower() in ("einen", "den", "einem", "dem"):
        return None
    noun, after = subject
    tale = Tale(_numbered(noun, words[end]))
    when = join(words[:end])
    tale.when = when[:1].lower() + when[1:]
    following = words[after:]
    if following and following[0] == ",":
        return None
    _deed(tale, [words[end], *tale.when.split(), *following])
    return tale


def _aside(noun: Noun, words: list[str], comma: int) -> Tale | None:
    """What a comma brings: a relative clause, or who a name belongs to."""
    rest = words[comma + 1 :]
    if not rest:
        return None
    if noun.named or (not noun.det and not noun.plural):
        inner = read_noun(rest)
        if inner is not None and rest[0].lower() in lexicon().sets["determiners"]:
            return _apposition(noun, rest, inner)
    if rest[0].lower() in RELATIVES and rest[0].lower() in ("der", "die", "das"):
        return _relative(noun, rest[1:], rest[0].lower())
    return None


def _apposition(name: Noun, rest: list[str], inner: tuple[Noun, int]) -> Tale | None:
    described, end = inner
    after = rest[end:]
    after = after[1:] if after[:1] == [","] else after
    if not described.animate and not _verb_at(after, 0):
        return None
    gender = described.gender if described.gender in ("m", "f", "n") else name.gender
    hero = Noun("", (), name.short, gender=gender, kind=described.kind, named=True)
    tale = Tale(hero, aside=described.text)
    if not after:
        return tale
    if after[0].lower() in ("der", "die", "das"):
        told = _relative(hero, after[1:], after[0].lower())
        if told is not None:
            told.aside = described.text
        return told
    if _verb_at(after, 0):
        _deed(tale, after)
        return tale
    return None


def _relative(noun: Noun, clause: list[str], pronoun: str) -> Tale | None:
    """ "der das Lachen verloren hat", perhaps with the main verb behind it."""
    if "," in clause:
        cut = clause.index(",")
        clause, after = clause[:cut], clause[cut + 1 :]
    else:
        after = []
    words = finite(clause)
    if not words or (not words[1:] and after):
        return None
    plural = is_plural(words[0])
    gender = "p" if plural else {"der": "m", "die": "f", "das": "n"}[pronoun]
    hero = noun if noun.named else resolve(noun, plural=plural)
    if not hero.gender:
        hero = Noun(hero.det, hero.adjectives, hero.head, hero.tail, gender, hero.kind, hero.named)
    if hero.gender != gender and not noun.named:
        return None
    tale = Tale(hero)
    if _verb_at(after, 0):
        _deed(tale, after)
    else:
        _deed(tale, [*words, ",", *after] if after else words)
        tale.full = ""
    return tale


def _deed(tale: Tale, predicate: list[str]) -> None:
    """Take a predicate apart: verb, rest, purpose, goal, trouble."""
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
            tale.clause = join(segment)
            if without_zu(segment):
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
    if _verb_at(words, 0):
        return f"{hero} {join(words)}" if looks_finite(low) else ""
    if low in ("nur", "nicht", "nie", "kein", "keine", "keinen", "auch", "sonst"):
        return ""
    has_verb = any(
        word in sets["modals"] or looks_finite(word) for word in words[1:] if word[:1].islower()
    )
    return join(words) if has_verb else ""


def _object(tale: Tale) -> Noun | None:
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


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use; cases are named by their first letter."""
    hero = tale.hero
    he, him, to_him = _PRONOUNS.get(hero.gender, ("", "", ""))
    if hero.kind == "person" and hero.gender == "n":
        he = him = to_him = ""
    simple = bool(tale.verb) and not tale.clause and _one_verb(tale.rest)
    rest = tale.rest[len(tale.when.split()) :] if tale.when else tale.rest
    do, do_zu = unfinite(tale.verb, rest) if simple and _willed(tale) else ("", "")
    short = len(tale.rest) < _LONGEST_DEED
    thing = _object(tale)
    clear = thing is not None and decline(thing, "nom") != decline(hero, "nom")
    goal = tale.goal or do
    return {
        "a_hero": hero.text,
        "hero": decline(hero, "nom"),
        "hero_a": decline(hero, "acc"),
        "hero_d": decline(hero, "dat"),
        "he": he,
        "him": him,
        "to_him": to_him,
        "deed": tale.deed if short else "",
        "deed_v": tale.verb if simple and short else "",
        "deed_r": join(tale.rest) if simple and short else "",
        "deed_e": join(verb_last(tale.verb, tale.rest)) if simple and short else "",
        "full": tale.full or (tale.deed if short else ""),
        "goal": tale.goal,
        "goal_zu": tale.goal_zu if tale.goal else "",
        "quest": goal if len(goal.split()) <= 9 else "",
        "quest_zu": (tale.goal_zu or do_zu) if len(goal.split()) <= 9 else "",
        "trouble": tale.trouble,
        "aside": tale.aside,
        "when": tale.when,
        "object": decline(thing, "nom") if thing and clear else "",
        "object_a": decline(thing, "acc") if thing and clear else "",
        "object_d": decline(thing, "dat") if thing and clear else "",
    }


def _willed(tale: Tale) -> bool:
    """Whether the deed is something one sets out to do."""
    base = infinitive(tale.verb)
    return tale.hero.animate and base not in lexicon().sets["unwilled"] and "sich" not in tale.rest


def _one_verb(rest: Sequence[str]) -> bool:
    """Whether no second verb is joined to the first by "und"."""
    for index, word in enumerate(rest[:-1]):
        if word in ("und", "oder") and _verb_at(rest, index + 1):
            return False
    return True
