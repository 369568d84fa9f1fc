"""Who acts in a French tale, where that is certain: a being or a named person at its start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .lexicon import lexicon
from .naming import front, proper_at
from .nouns import infinitive_at, is_name, is_verb, word_in
from .phrases import phrase_at, titled

__all__ = ["Hero", "read_hero"]

_LONGEST_GOAL = 9
_NEAR = 5
_CLAUSES = (",", "et", "mais", "ou", "puis", "car", "quand", "alors", "qui", "que", "dont", "sans")
_WISHES = ("veut", "veulent", "doit", "doivent", "voudrait", "voudraient")
_ABSENT = ("le", "la", "les", "lui", "leur", "y", "en", "ne")
"""Words in front of an infinitive that say nothing where nobody was named."""


@dataclass(frozen=True)
class Hero:
    """Somebody who acts. `first` is how the idea names the hero, `again` how the film does."""

    first: str
    again: str
    gender: str
    plural: bool
    named: bool
    goal: str
    """What the idea itself says that the hero wants, in the infinitive."""
    deed: str
    """What the idea says behind the hero."""

    @property
    def pronoun(self) -> str:
        """The subject pronoun, or "" when the gender is unknown."""
        one = {"m": "il", "f": "elle"}.get(self.gender, "")
        return f"{one}s" if one and self.plural else one


def read_hero(words: Sequence[str]) -> Hero | None:
    """The hero of an idea; None when no being or person certainly is one."""
    at = front(words)
    named = _named(words, at)
    if named is not None:
        return named
    phrase = phrase_at(words, at)
    if phrase is None or _is_joined(words, phrase.end):
        return None
    alive = phrase.head in lexicon().persons or phrase.head in lexicon().beings
    again = titled(phrase)
    if not again or not (alive or _has_mind(words, phrase.end)):
        return None
    first = join(list(words[at : phrase.end]))
    deed = join(list(words[phrase.end :]))
    goal = _goal(words, phrase.end)
    return Hero(first, again, phrase.gender, phrase.plural, named=False, goal=goal, deed=deed)


def _is_joined(words: Sequence[str], at: int) -> bool:
    """Whether somebody else acts too: "un cur\u00e9 (sans foi et une ath\u00e9e) organisent"."""
    for word in words[at : at + _NEAR]:
        if word in ("et", "ou"):
            return True
        if is_verb(word) or word == "," or word_in(word, "relatives"):
            return False
    return False


def _named(words: Sequence[str], at: int) -> Hero | None:
    """ "Lina d\u00e9cide", "mamie Odette apprend", "Lucie et Paul traversent"."""
    kin = words[at].lower() in lexicon().persons and at + 1 < len(words) and is_name(words[at + 1])
    start = at + 1 if kin else at
    text, end = proper_at(words, start)
    names = lexicon().names
    gender = names.get(words[start].lower(), "")
    known = words[start].lower() in names
    if not text or not (known or kin):
        return None
    plural = False
    if words[end : end + 1] == ["et"] and end + 1 < len(words):
        other = words[end + 1].lower()
        if other not in names or not known:
            return None
        text, end, plural = f"{text} et~{words[end + 1]}", end + 2, True
        gender = "f" if gender == names[other] == "f" else "m"
    behind = words[end].lower() if end < len(words) else ","
    if behind in ("et", "ou") or (behind == "," and _is_list(words, end)):
        return None
    if kin:
        gender = gender or (lexicon().gender.get(words[at].lower()) or "")
        text = f"{words[at]} {text}"
    deed = join(list(words[end:])).lstrip(", ")
    return Hero(text, text, gender, plural, named=True, goal=_goal(words, end), deed=deed)


def _is_list(words: Sequence[str], comma: int) -> bool:
    """Whether several names follow each other: "Lucie, Paul et le chien partent"."""
    return comma + 1 < len(words) and is_name(words[comma + 1])


def _has_mind(words: Sequence[str], at: int) -> bool:
    """Whether the verb at `at` gives a thing a mind: "une lampe r\u00eave de la mer"."""
    if at >= len(words):
        return False
    if "amoureux" in words[at:] or "amoureuse" in words[at:]:
        return is_verb(words[at])
    low = words[at].lower()
    verb = lexicon().singular.get(low) or lexicon().plural.get(low)
    return verb is not None and verb in lexicon().sets["minded"]


def _acts(words: Sequence[str], at: int) -> bool:
    """Whether a finite verb may stand at `at`: "(trop vieux pour) naviguer ouvrent une auberge"."""
    led = word_in(words[at - 1], "determiners", "prepositions", "prenominal")
    return is_verb(words[at]) and not led


def _goal(words: Sequence[str], at: int) -> str:
    """The infinitive behind "veut" or "pour", as the idea says it, where it ends the idea."""
    starts = [i + 1 for i in range(at, len(words)) if words[i].lower() == "pour"]
    if at < len(words) and words[at].lower() in _WISHES:
        starts.insert(0, at + 1)
    for start in starts:
        goal = list(words[start:])
        ends = next((i for i, word in enumerate(goal) if word == "pour" and i), len(goal))
        goal = goal[:ends]
        loose = any(word in _CLAUSES or word[:3] == "qu'" for word in goal)
        loose = loose or any(_acts(goal, i) for i in range(1, len(goal)))
        if goal and infinitive_at(goal, 0) and len(goal) <= _LONGEST_GOAL and not loose:
            absent = goal[0].lower() in _ABSENT or goal[0].lower()[:2] in ("l'", "n'", "y'")
            return "" if absent or word_in(goal[-1], "prepositions") else join(goal)
    return ""
