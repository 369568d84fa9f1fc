"""How a film names again what an English idea names."""

from __future__ import annotations

import re

from .clauses import base_of_gerund
from .clean import join
from .heads import PARTS_OF
from .kinds import is_counted, kinds_of
from .lexicon import (
    is_mass,
    is_participle,
    lexicon,
    plural_of,
    word_set,
)
from .nouns import (
    POSSESSIVES,
    is_plural_word,
)
from .runs import Run

__all__ = ["is_done", "named_again"]

_OURS = word_set("my our your")
_ABSTRACT = r"\w{2}(?:tion|sion|ity|ness|ism|ment|cy|ance|ence|ship|hood|sis|ics|logy|graphy|ing)$"
_IDIOMATIC = word_set("on at by under in off from below above")
_ASKING = word_set("do does did")
_CLAUSED = word_set("time day night morning year week month moment")
"""Nouns behind which a clause begins without a word of its own."""
_WHY = word_set("do did are were why how can will")
_STATES = word_set(
    "hurry rush row minute while moment nutshell mess mood trance second flash pinch"
    " panic way sense word sentence"
)
"""What one is, or is told, "in a ...", and is no thing: "when you are in a hurry"."""
_WITH_ARTICLES = word_set(
    "Sea Ocean River Canal Gulf Desert Strait Peninsula Valley Mountains Islands"
)
"""Last words of names that a headline robs of their article."""
_ODD_PLURALS = word_set("women men children people kids")
_ANYBODYS = word_set("everybody's everyone's nobody's anybody's somebody's someone's anyone's")
_WHICH = word_set("who whose whom which that")
_FAMILY = word_set(
    "grandma grandmother grandpa grandfather grandad granddad granny gran nan nana mother father"
    " mum mom mummy dad daddy auntie aunt uncle"
)


def named_again(run: Run, behind: Run | None) -> str:
    """The phrase as a film names it from its second line on."""
    words, head = list(run.words), run.words[-1]
    if run.after == "of":
        joined = (
            behind is not None and behind.before == "of" and behind.lead not in POSSESSIVES - _OURS
        )
        if joined and behind is not None:
            words += ["of", *([behind.lead] if behind.lead else []), *behind.words]
        elif head.lower() in PARTS_OF:
            return ""
    elif head.lower() in PARTS_OF:
        return ""
    if run.lead in _OURS:
        return join([run.lead, *words])
    if "own" in words and _is_kin(head):
        return ""  # "her own brother" is nobody's own behind "the"
    if words[0].lower() in _ANYBODYS:
        return ""  # "against everybody's advice"
    words = [word for word in words if word not in ("own", "same", "different", "other")]
    if run.lead in ("every", "each") and words[0] in _CLAUSED and len(run.words) > 1:
        return ""  # "every time Walter sneezes"
    if run.lead in ("every", "each"):
        words = [*words[: len(run.words) - 1], plural_of(head), *words[len(run.words) :]]
    if run.before == "in" and run.lead == "a" and head in _STATES:
        return ""
    if run.lead == "some" and run.before in _WHY and is_plural_word(head):
        return join(words)  # "why do some songs ..." is about songs
    if run.lead:
        return join(["the", *words])
    if run.first and run.before in _ASKING and "-" in head:
        return join(words)
    owned = any(word.endswith("'s") for word in words)  # "Mount Everest's garbage problem"
    owned = owned and (words[0][:1].isupper() or words[0].removesuffix("'s") in _FAMILY)
    # "women's football" is anybody's.
    owned = owned or words[0].removesuffix("'s") in _ODD_PLURALS
    named = head[:1].isupper() or (owned and not run.lead)
    if run.first and base_of_gerund(words[0].lower()) is not None:
        return join(words)  # "planting garlic" is nothing that there is one of
    if words[1:] and head.endswith("ing") and "n" not in kinds_of(head):
        return join(words)  # "quantum computing"
    loosely = re.search(_ABSTRACT, head) is not None or bool(run.before)
    mass = is_mass(head, strictly=run.headline or not loosely)
    ends = bool(run.before) or run.after == "."
    mass = mass or (ends and head.lower() in lexicon().sets["mass"])
    alone = not (run.lead or words[1:] or named or is_plural_word(head) or is_counted(head.lower()))
    if alone and run.before in _IDIOMATIC:
        return ""  # "on board", "in love"
    compound = len(words) > 1 and kinds_of(words[-2])[:1] == "n" and "a" not in kinds_of(words[-2])
    counted = "n" in kinds_of(head) and (head.endswith("ing") or is_counted(head.lower()))
    if words[1:] and is_done(words[0]) and counted and run.before.endswith("s"):
        return join(["the", *words])  # "finds lost Turner painting"
    if mass and compound and not (named or run.headline or run.first or is_plural_word(head)):
        return ""  # "at a fish and chip shop" has lost its article
    if words[1:] and head in _WITH_ARTICLES:
        return join(["the", *words])  # "stranded in Baltic Sea"
    if run.after in _WHICH and is_plural_word(head) and not named:
        return join(["the", *words])  # "women who fought the fires" are not all women
    if named or is_plural_word(head) or mass:
        return join(words)
    # In a whole sentence what lacks its article belongs to the verb: "changes course".
    sure = run.headline or run.before in ("", ",")
    # "hikers rescue stranded llama", "neighbours open secret door"
    found = len(words) > 1 and (is_done(words[0]) or is_counted(head.lower()) or compound)
    return join(["the", *words]) if sure or found else ""


def _is_kin(word: str) -> bool:
    sets = lexicon().sets
    return word in sets["female"] | sets["male"] | sets["title"]


def is_done(word: str) -> bool:
    """Whether a word says what was done to a thing: "stranded", "stolen"."""
    return word.endswith("ed") or is_participle(word)
