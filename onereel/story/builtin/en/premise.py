"""What an English idea is about, as a template takes it: without orders, audiences and counts."""

from __future__ import annotations

import re

from .bare import phrase_at
from .clauses import base_of_gerund
from .clean import clean, join, parts, plain_subject, without_steps, words_of
from .kinds import kinds_of
from .lexicon import is_base, is_mass, is_verb, lexicon
from .nouns import DETERMINERS, PREPOSITIONS, is_plural_word

__all__ = ["premise_of"]

_EXPLAINED = frozenset(("explainer", "lesson"))
_ASKED = r"(?i)how (?:do|can|should|would|could|might) (?:i|you|we|one) (?!not\b)(\w.+?)\??$"
_WISHED = (
    r"(?i)(?:i|we)(?:'d| would)? (?:want|like|need|wish) to"
    r" (?:(?:learn|know|find out) (?:how )?(?:to )?)?(\w.+?)[.!]?$"
)
_DONE = frozenset(("howto", "lesson"))
"""Templates in which a doing is something to do."""


def premise_of(idea: str, template: str) -> tuple[str, list[str]]:
    """Clean an idea, and split it into its premise and the user's further sentences."""
    premise, further = parts(clean(idea))
    if template in _EXPLAINED:
        premise = plain_subject(premise)
    if template == "howto":
        premise = _led(re.sub(r"(?i),? step by step[.!]?$", "", premise))
    return (_as_task(without_steps(premise)) if template in _DONE else premise), further


def _led(premise: str) -> str:
    """A guide that begins with what to do, though it may be a noun: "whistle with two fingers"."""
    words = words_of(premise)
    behind = PREPOSITIONS - {"for", "of", "about", "like", "to"}
    does = len(words) > 2 and is_verb(words[0].lower()) and words[1].lower() in behind
    return f"how to {premise[:1].lower()}{premise[1:]}" if does else premise


def _as_task(premise: str) -> str:
    """ "How do I make soap?", "sharpening knives" is how to; a "swimming pool" is no task."""
    asked = re.match(_ASKED, premise)
    if asked:
        # Who asks is told: "how do i train my dog".
        return "how to " + re.sub(r"\bmy\b", "your", asked[1])
    wished = re.match(_WISHED, premise)
    words = words_of(wished[1] if wished else premise)
    base = base_of_gerund(words[0].lower()) if len(words) > 1 else None
    if wished and (base or is_base(words[0].lower())):
        rest = re.sub(r"\bmy\b", "your", join([base or words[0], *words[1:]]))
        return f"how to {rest}"
    thing = phrase_at(words, 1)
    if base is None or not thing or {",", ":"} & set(words) or ":" in premise:
        return premise
    matter = is_mass(thing[-1]) or thing[-1] in lexicon().sets["mass"]
    done = words[1].lower() in DETERMINERS or is_plural_word(thing[-1]) or matter
    done = done or "n" not in (kinds_of(words[1]) or "n")  # "getting rid of fruit flies"
    return f"how to {base} {premise.split(maxsplit=1)[1]}" if done else premise
