"""Who acts in a French tale, where that is certain: a being or a named person at its start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .fronts import front
from .lexicon import lexicon, singular_of
from .naming import is_joined, proper_at
from .nouns import infinitive_at, is_known, is_name, is_verb, word_in
from .phrases import phrase_at, titled

__all__ = ["Hero", "read_hero"]

_LONGEST_GOAL = 9
_NEAR = 6
_GONE = (
    *("mort", "morte", "morts", "mortes", "meurt", "meurent", "mourut", "d\u00e9c\u00e9d\u00e9"),
    *("disparu", "disparue", "disparus", "disparues", "d\u00e9c\u00e9d\u00e9e", "enterr\u00e9"),
    *("dispara\u00eet", "disparaissent", "dispara\u00eetra", "disparait", "s'\u00e9vapore"),
    *("enterr\u00e9e", "manque", "manquent", "enterrement", "deuil", "veuf", "veuve", "tu\u00e9"),
)
_CLAUSES = (",", "et", "mais", "ou", "puis", "car", "quand", "alors", "qui", "que", "dont", "sans")
_WISHES = ("veut", "veulent", "doit", "doivent", "voudrait", "voudraient")
_MEANT = {
    "de": (
        *("d\u00e9cide", "d\u00e9cident", "r\u00eave", "r\u00eavent", "essaie", "essaient"),
        *("tente", "tentent", "jure", "jurent", "promet", "promettent"),
    ),
    "\u00e0": ("cherche", "cherchent"),
}
"""Verbs by what leads to the infinitive of what somebody means to do."""
_NOBODY = {"il": "un homme", "elle": "une femme", "ils": "des gens", "elles": "des femmes"}
"""Whom an idea calls only by a pronoun, and how a shot prompt says so."""
_NOBODYS = (
    *("\u00eatre", "pleuvoir", "neiger", "falloir", "rester", "suffire", "manquer", "exister"),
    *("arriver", "sembler", "venter", "geler", "agir"),
)
"""Verbs whose "il" may be nobody: "il neige"."""
_IS = ("est", "sont", "n'est", "\u00e9tait", "\u00e9taient", "avait", "avaient", "n'avait")
_ELIDED = r"^[snlymt]'"
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
    if any(word.lower() in _GONE for word in words[at : at + _NEAR]):
        # Who is dead goes nowhere; further on, another has died.
        return None
    named = _in_front(words, at) or _unnamed(words, at) or _named(words, at)
    if named is not None:
        return named
    acts = is_verb([*words, ""][at + 1]) or [*words, ""][at + 1] in ("a", "est")
    if word_in(words[at], "kin") and acts:
        # "Mamie veut surfer"
        who, deed = words[at].lower(), join(list(words[at + 1 :]))
        gender = lexicon().gender.get(who, "")
        goal = _goal(words, at + 1)
        return Hero(who, who, gender, plural=False, named=False, goal=goal, deed=deed)
    phrase = phrase_at(words, at)
    if phrase is None or is_joined(words, phrase.end):
        return None
    alive = phrase.head in lexicon().persons or phrase.head in lexicon().beings
    again = join([titled(phrase), *_surname(words, phrase.end)]) if titled(phrase) else ""
    if not again or not (alive or _has_mind(words, phrase.end)):
        return None
    first = join(list(words[at : phrase.end]))
    deed = join(list(words[phrase.end :]))
    goal = _goal(words, phrase.end)
    return Hero(first, again, phrase.gender, phrase.plural, named=False, goal=goal, deed=deed)


def _in_front(words: Sequence[str], at: int) -> Hero | None:
    """ "Quand Ada h\u00e9rite ..., elle d\u00e9couvre": whom the clause in front names."""
    who = words[at].lower()
    if not at or who not in ("il", "elle") or not is_name(words[1]):
        return None
    text, end = proper_at(words, 1)
    gender = "f" if who == "elle" else "m"
    told = lexicon().names.get(words[1].lower(), "") in ("", gender)
    if not text or not told or words[end : end + 1] == ["et"]:
        return None
    deed, goal = join(list(words[at + 1 :])), _goal(words, at + 1)
    return Hero(text, text, gender, plural=False, named=True, goal=goal, deed=deed)


def _unnamed(words: Sequence[str], at: int) -> Hero | None:
    """ "Elle a trois jours pour ...": somebody whom the idea calls by a pronoun alone."""
    who = words[at].lower()
    acts = at + 1
    while acts < len(words) and word_in(words[acts], "clitics"):
        acts += 1
    acting = acts < len(words) and (is_verb(words[acts]) or words[acts].lower() in _IS)
    if who not in _NOBODY or not acting or any(map(_is_somebody, words[:at])):
        return None  # "quand la veuve vend sa maison, elle ...": the widow may be meant
    verb = lexicon().singular.get(re.sub(_ELIDED, "", words[acts].lower()), "")
    if who == "il" and (verb in ("", *_NOBODYS) or words[at + 1].lower() == "y"):
        return None  # "Il neige", "il y a"
    deed = join(list(words[at + 1 :]))
    goal = _goal(words, at + 1)
    gender = "f" if who[0] == "e" else "m"
    return Hero(_NOBODY[who], who, gender, who[-1] == "s", named=False, goal=goal, deed=deed)


def _named(words: Sequence[str], at: int) -> Hero | None:
    """ "Lina d\u00e9cide", "mamie Odette apprend", "Lucie et Paul traversent"."""
    kin = words[at].lower() in lexicon().persons and at + 1 < len(words) and is_name(words[at + 1])
    start = at + 1 if kin else at
    text, end = proper_at(words, start)
    names = lexicon().names
    gender = names.get(words[start].lower(), "")
    known = words[start].lower() in names
    behind = words[start + 1] if start + 1 < len(words) else ","
    if not text and is_name(words[start]) and words[start].lower() not in lexicon().known:
        # No common word begins a sentence bare: "Yanis perd" and "Yanis et Chlo\u00e9" have names.
        trade = behind == "," and [*words, "", ""][start + 2].lower() in lexicon().persons
        acts = trade or (is_verb(behind) and not is_known(behind))
        text, end = (words[start], start + 1) if acts or behind == "et" else ("", start)
        known = acts
    plural = text != "" and words[end : end + 1] == ["et"] and end + 1 < len(words)
    if plural:
        other = words[end + 1]
        if not (is_name(other) and (known or other.lower() in names)):
            return None
        text, end = f"{text} et~{other}", end + 2
        both = {gender, names.get(other.lower(), "")}
        gender, known = "m" if "m" in both else "f" if both == {"f"} else "", True
    if not text or not (known or kin):
        return None
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


def _surname(words: Sequence[str], at: int) -> list[str]:
    """The name behind "le p\u00e8re (No\u00ebl)", who is no other father."""
    led = words[at - 2].lower() in ("le", "la") if at > 1 else False
    return [words[at]] if led and at < len(words) and is_name(words[at]) else []


def _is_somebody(word: str) -> bool:
    base = singular_of(re.sub(_ELIDED, "", word.lower()))
    known = lexicon()
    return base in known.persons | known.beings or base in known.names or word_in(base, "kin")


def _has_mind(words: Sequence[str], at: int) -> bool:
    """Whether the verb at `at` gives a thing a mind: "une lampe r\u00eave de la mer"."""
    if at >= len(words):
        return False
    clause = words[at : words.index(",", at) if "," in words[at:] else len(words)]
    if "amoureux" in clause or "amoureuse" in clause:
        return is_verb(words[at])
    low = words[at].lower()
    verb = lexicon().singular.get(low) or lexicon().plural.get(low)
    return verb is not None and verb in lexicon().sets["minded"]


def _acts(words: Sequence[str], at: int) -> bool:
    """Whether a finite verb may stand at `at`: "(trop vieux pour) naviguer ouvrent une auberge"."""
    led = word_in(words[at - 1], "determiners", "prepositions", "prenominal")
    return is_verb(words[at]) and not led


def _is_meant(words: Sequence[str], at: int) -> bool:
    """Whether what is behind `at` is meant to be done: "(d\u00e9cide de) retrouver"."""
    before, low = words[at - 1].lower(), words[at].lower()
    elided = low in _MEANT["de"] and [*words, ""][at + 1][:2].lower() == "d'"
    return elided or before in _MEANT.get(low, ())


def _goal(words: Sequence[str], at: int) -> str:
    """The infinitive behind "veut" or "pour", as the idea says it, where it ends the idea."""
    starts = [i + 1 for i in range(at, len(words)) if words[i].lower() == "pour"]
    if at < len(words) and words[at].lower() in _WISHES:
        starts.insert(0, at + 1)
    if not starts:
        starts = [i + 1 for i in range(at, len(words)) if _is_meant(words, i)]
    for start in starts:
        goal = list(words[start:])
        if goal and goal[0][:2].lower() == "d'":
            goal[0] = goal[0][2:]
        ends = next((i for i, word in enumerate(goal) if word == "pour" and i), len(goal))
        goal = goal[:ends]
        loose = any(word in _CLAUSES or word[:3] == "qu'" for word in goal)
        loose = loose or any(_acts(goal, i) for i in range(1, len(goal)))
        if goal and infinitive_at(goal, 0) and len(goal) <= _LONGEST_GOAL and not loose:
            absent = goal[0].lower() in _ABSENT or goal[0].lower()[:2] in ("l'", "n'", "y'")
            return "" if absent or word_in(goal[-1], "prepositions") else join(goal)
    return ""
