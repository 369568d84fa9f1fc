"""What stands behind a French noun phrase and certainly belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from ..wording import as_far
from .lexicon import lexicon
from .nouns import (
    ends_surely,
    is_infinitive,
    is_known,
    is_name,
    is_number,
    is_participle,
    is_verb,
    word_in,
)
from .phrases import NEW, Phrase, phrase_at, titled

__all__ = [
    "described",
    "describes",
    "is_most",
    "is_object",
    "is_part_of_saying",
    "stretched",
    "whole_name",
]

_ADJECTIVE = (
    r"(?:aire|ique|el|elle|al|ale|aux|eux|euse|if|ive|able|ible|ien|ienne|ain|aine|ois|oise|iste"
    r"|ais|aise|an|ane|in|ine|ant|ante|ent|ente|esque|ier|i\u00e8re|ide|ile|teur|trice)s?$"
)
"""How an adjective behind its noun ends."""


def stretched(words: Sequence[str], phrase: Phrase) -> int:
    """Behind the adjectives and the complements with "de" that belong to a phrase."""
    return as_far(words, phrase.end, _one_more)


def described(words: Sequence[str], phrase: Phrase, *, called: bool = False) -> list[str]:
    """The adjectives behind a phrase: "(la carte) postale".

    Where it is to be `called` by its article, also a name: "(le mur) de Berlin".
    """
    end = phrase.end
    of = [word.lower() for word in words[end : end + 1]]
    if (
        called
        and of == ["de"]
        and end + 1 < len(words)
        and is_name(words[end + 1])
        and not phrase.before
    ):
        return list(words[end : _one_more(words, end)])
    while end < len(words) and not _is_joint(words[end]):
        longer = _one_more(words, end)
        if longer == end or words[longer : longer + 1] in (["et"], ["ou"]):
            break  # "un discours dr\u00f4le et \u00e9mouvant" is no more the one than the other
        end = longer
    return list(words[phrase.end : end])


def _is_joint(word: str) -> bool:
    return word_in(word, "prepositions") or word[:2].lower() == "d'"


def is_most(words: Sequence[str], at: int) -> bool:
    """Whether a superlative stands at `at`: "(les lois) les plus \u00e9tranges"."""
    most = [word.lower() for word in words[at : at + 2]]
    return most[:1] in (["le"], ["la"], ["les"]) and most[-1] in ("plus", "moins", "mieux")


def whole_name(words: Sequence[str], phrase: Phrase) -> str:
    """What the idea itself calls a thing, with all that belongs to it; "" if unsure.

    "la fin des cabines", "le bus scolaire": adjectives and complements with "de" are kept, and what
    stands behind them must be the end, a comma, a clause or a verb. "le pain rassit" is not sure.
    """
    if phrase.determiner in NEW or is_number(phrase.determiner):
        return ""
    end = stretched(words, phrase)
    behind = words[end].lower() if end < len(words) else ","
    loose = word_in(behind, "prepositions", "relatives") or behind[:3] == "qu'"
    loose = loose or is_most(words, end)
    name = titled(phrase) if ends_surely(words, end) and not loose else ""
    return f"{name} {join(list(words[phrase.end : end]))}".strip() if name else ""


def _one_more(words: Sequence[str], at: int) -> int:
    """Behind an adjective or a complement with "de" that stands at `at`; `at` if none does."""
    low = words[at].lower()
    after = words[at + 1] if at + 1 < len(words) else ""
    if low in ("de", "du", "des") or low[:2] == "d'":
        if low[:2] == "d'" and (is_name(words[at]) or is_known(low[2:])):
            return at + 1
        if low[:2] == "d'":
            inner = phrase_at([low[2:], *words[at + 1 :]])
            return at + inner.end if inner is not None and low in ("d'un", "d'une") else at
        if after and is_name(after):
            end = at + 2
            while end < len(words) and is_name(words[end]):
                end += 1
            return end
        inner = phrase_at(words, at + (low == "de")) or None
        if inner is None and low == "de" and after and is_known(after):
            return at + 2
        return inner.end if inner is not None else at
    if is_name(words[at]):
        # "Le t\u00e9lescope James Webb"
        run = words[at - 1].islower() or (is_name(words[at - 1]) and at > 1)
        called = run and "'" not in low and not word_in(low, "determiners")
        return at + 1 if called else at
    return at + 1 if describes(words, at) else at


def describes(words: Sequence[str], at: int) -> bool:
    """Whether the word at `at` certainly is an adjective of the noun in front of it."""
    low = words[at].lower()
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    if re.search(r"(?:eux|euse|plein|pleine)s?$", low) and (
        after in ("de", "du", "des") or after[:2] == "d'"
    ):
        # "Un mensonge vieux de vingt ans"
        return False
    object_follows = word_in(after, "determiners") or is_number(after)
    if object_follows and (f"{low}r" in lexicon().infinitives or low.endswith("ant")):
        return False  # "La gratuit\u00e9 f\u00eate ses deux ans", "une bouteille contenant un plan"
    behind = word_in(after, "prepositions", "adverbs") or after[:2] == "d'"
    behind = behind or after in ("ce", "cet", "cette", "il") or object_follows
    if is_participle(low) and behind:
        # "Un loup aper\u00e7u dans la rue" is this wolf, "une lettre \u00e9crite il y a dix ans"
        # this letter.
        return False
    if word_in(low, "adjectives"):
        return True
    if word_in(low, "times"):
        return False  # "march\u00e9 aux puces (dimanche matin)"
    small = word_in(low, "function", "prepositions", "relatives", "adverbs", "clitics")
    if small or len(low) < 3 or not low.isalpha() or is_verb(low) or is_infinitive(low):
        return False
    if is_known(low) or (len(low) > 3 and re.search(_ADJECTIVE, low)):
        # "Les apprentis boulangers", "le bus scolaire"
        return True
    # "L'effet placebo": what ends the phrase belongs to it, if it is no verb.
    last = at + 1 == len(words) or after == "," or re.match(r"(?:expliqu|racont)\u00e9", after)
    strange = not is_known(re.sub(r"^[ld]'", "", words[at - 1].lower()))  # "l'open data"
    verbal = re.search(r"(?:it|ut|int|a|ent|ont|aient)$", low) is not None
    return bool(last) and (strange or not verbal)


def is_object(words: Sequence[str], at: int) -> bool:
    """Whether the phrase at `at` is what is done something to, or stands beside such: what has a
    preposition before it only says where, how or of what."""
    before = words[at - 1].lower() if at else ","
    acts = is_verb(before) or is_infinitive(before) or is_participle(before)
    whom = before == "\u00e0" and words[at] in ("son", "sa", "ses")  # "\u00e0 son chien"
    return acts or whom or before in (",", "et", "que", "puis")


def is_part_of_saying(words: Sequence[str], at: int, phrase: Phrase | None) -> bool:
    """Whether a thing may make one saying with "avoir" before it: "avoir (des fourmis) dans les
    jambes"."""
    before = words[at - 1].lower() if at else ""
    has = re.match(r"(?:[jn]')?(?:a|ai|as|ont|avait|avoir)(?:-t-.+|-.+)?$", before) is not None
    return has and phrase is not None and len(phrase.noun) == 1 and not phrase.before
