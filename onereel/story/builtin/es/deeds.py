"""What the hero of a Spanish idea does and wants, where its grammar says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .lexicon import lexicon, word_set
from .nouns import is_known_noun
from .verbs import CLITICS, is_finite, is_infinitive, is_small

__all__ = ["acts_at", "goal_of", "told_of", "told_short"]

_AHEAD = word_set("no nunca ya siempre todav\u00eda a\u00fan casi apenas tambi\u00e9n solo")
"""What may stand between somebody and the verb."""
_OURS = word_set(
    "yo t\u00fa mi mis tu tus me te nos os nuestro nuestra nuestros nuestras conmigo contigo"
)
_BREAKS = word_set("y e pero mientras aunque porque hasta cuando sin")
_WISHES = word_set(
    "quiere quieren decide deciden intenta intentan desea desean planea planean debe deben necesita"
    " necesitan pretende pretenden puede pueden busca buscan promete prometen espera esperan"
)
_LED_WISHES = {
    "con": word_set("sue\u00f1a sue\u00f1an"),
    "de": word_set("trata tratan"),
    "que": word_set("tiene tienen"),
}
_LASTING = word_set(
    "ser estar tener temer amar odiar saber conocer poder deber existir creer parecer necesitar"
)
"""Verbs of what is so, of which no film can say that it happens one day."""
_ADJUNCTS = word_set("para durante mientras cuando porque pero hasta aunque")
"""What leads to something without which a clause is whole."""
_CLAUSE, _MOST_SAID = 3, 22
"""Words behind a verb that make a clause, and of all that is said of a long idea at once."""
_LONGEST = 10
_SHORTEST = 2


def told_of(name: str, words: Sequence[str], at: int, *, plural: bool) -> str:
    """The first thing that `name` does in the words from `at` on, in the present tense, as a
    sentence; "" where it is not certain."""
    start = _main_verb(words, at)
    verb = start
    while verb < len(words) and words[verb].lower() in _AHEAD | CLITICS:
        verb += 1
    if verb >= len(words) or not _is_present(words[verb], plural=plural):
        return ""
    clause = list(words[start : _aside(words, verb + 1, _clause_end(words, verb + 1))])
    if not _SHORTEST <= len(clause) <= _LONGEST or {word.lower() for word in clause} & _OURS:
        return ""
    if is_small(clause[-1]):
        return ""  # "entiende lo (que dicen)"
    return join([name, *clause])


def told_short(words: Sequence[str], start: int) -> str:
    """The main clause that begins at `start` in a long idea, without when, what for and what else;
    "" where its end is not certain."""
    acts = next((at for at in range(start, len(words)) if is_finite(words[at])), len(words))
    for at in range(acts + _CLAUSE, min(len(words), start + _MOST_SAID)):
        beside = words[at].lower() in ("y", "e") and _begins_verb(words, at + 1)
        if beside or words[at].lower() in _ADJUNCTS or words[at] == ",":
            return join(list(words[start:at]))
    return ""


def acts_at(words: Sequence[str], at: int) -> int:
    """Where somebody named in front of `at` begins to act: behind "panadero de Lugo,"."""
    if not at or words[at : at + 1] not in ([","], ["el"], ["la"]):
        return 0
    return next((k for k in range(at, len(words)) if is_finite(words[k])), 0)


def goal_of(words: Sequence[str], at: int) -> str:
    """What somebody wants or has to do, in the infinitive; "" where it is not certain."""
    for place in range(at + 1, len(words)):
        if not is_infinitive(words[place]) or is_known_noun(words[place]):
            continue
        if not _is_wished(words, place):
            continue
        end = _aside(words, place, _clause_end(words, place + 1))
        goal = list(words[place:end])
        low = {word.lower() for word in goal}
        about = re.search(r"r(?:l[aeo]s?|me|te|nos|os)$", words[place])
        # "Quiere ser torera": what she will be is nothing beside her.
        odd = bool(low & _OURS or about) or words[place].lower() in ("ser", "convertirse")
        odd = odd or (bool(goal) and is_small(goal[-1]))
        if _SHORTEST <= len(goal) <= _LONGEST and not odd:
            return join(goal)
        return ""
    return ""


def _is_wished(words: Sequence[str], at: int) -> bool:
    before = words[at - 1].lower()
    if before in _WISHES or before == "para":
        return True
    return at > 1 and words[at - 2].lower() in _LED_WISHES.get(before, ())


def _main_verb(words: Sequence[str], at: int) -> int:
    """Where the predicate begins: behind a relative clause of one verb, where there is one."""
    if at >= len(words) or words[at].lower() != "que":
        return at
    first = next((k for k in range(at + 1, len(words)) if is_finite(words[k])), len(words))
    for place in range(first + 1, len(words)):
        low = words[place].lower()
        if low in _BREAKS | {",", "que", "donde", "si", "como"}:
            return len(words)
        if is_finite(low):
            while words[place - 1].lower() in CLITICS | {"no", "nunca"}:
                place -= 1
            return place
    return len(words)


def _is_present(word: str, *, plural: bool) -> bool:
    form = lexicon().forms.get(word.lower())
    later = re.search(r"r(?:\u00e1n?|\u00edan?)$", word.lower())
    lasting = form is not None and form.verb in _LASTING
    return form is not None and not (form.past or later or lasting) and form.plural == plural


def _clause_end(words: Sequence[str], at: int) -> int:
    """Where the clause that goes on at `at` ends."""
    for place in range(at, len(words)):
        low = words[place].lower()
        if low == "," or low in ("pero", "mientras", "aunque", "porque"):
            return place
        if low in ("y", "e") and _begins_verb(words, place + 1):
            return place
    return len(words)


def _aside(words: Sequence[str], at: int, end: int) -> int:
    """Where a purpose or a relative clause begins, without which the deed is told as well."""
    for place in range(at + _SHORTEST, end):
        if words[place].lower() in ("para", "que", "donde") and not is_finite(words[place - 1]):
            return place
    return end


def _begins_verb(words: Sequence[str], at: int) -> bool:
    while at < len(words) and words[at].lower() in _AHEAD | CLITICS:
        at += 1
    return at < len(words) and words[at].lower() in lexicon().forms
