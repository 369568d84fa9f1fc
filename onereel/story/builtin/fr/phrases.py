"""The first noun phrase of a clause, for ideas that no other reader understands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clauses import infinitive_at, is_verb
from .lexicon import elides, gender_of, lexicon, singular_of
from .nouns import is_number, word_in

__all__ = ["first_phrase", "owned_by_nobody", "phrase_end"]


_LONGEST = 6
_ABOUT = (
    *("enqu\u00eate", "l'enqu\u00eate", "loi", "livre", "film", "d\u00e9bat", "rapport", "dossier"),
    *("\u00e9tude", "l'\u00e9tude", "article", "vue", "impact", "l'impact", "effet"),
)
"""Nouns that say nothing without what they are "sur"."""
_DEGREES = ("plus", "moins", "mieux", "si", "toujours", "jamais", "souvent", "encore", "pas")
_HIDDEN = {"d'un": "un", "d'une": "une", "au": "le", "aux": "les", "du": "le"}


def first_phrase(words: Sequence[str]) -> list[str]:
    """The first noun phrase with an article among `words`; empty when there is none."""
    for index, word in enumerate(words):
        low = word.lower()
        starts = word_in(low, "determiners") and low not in (
            "tout",
            "tous",
            "leur",
            "aucun",
            "le",
            "la",
            "les",
        )
        starts = starts or (low in ("le", "la", "les") and not _object_pronoun(words, index))
        starts = (
            starts
            or is_number(low)
            or (low[:2] == "l'" and singular_of(low[2:]) in lexicon().gender)
        )
        after = words[index + 1].lower() if index + 1 < len(words) else ""
        starts = starts and not (low == "ce" and re.match(r"(?:qui|que|dont)$|qu'", after))
        if low in _HIDDEN:
            starts, word = True, _HIDDEN[low]
        if not starts or (index + 1 >= len(words) and low[:2] != "l'"):
            continue
        end = index + 1
        while end < len(words) and end - index < 5 and not _ends_phrase(words, index, end):
            end += 1
        between = end < len(words) and words[end].lower() == "entre" and len(words) - index < 10
        if between or _tail_fits(words, index, end):
            end = len(words)
        head = next(
            (part for part in words[index + 1 : end] if not word_in(part, "prenominal", "numbers")),
            "",
        )
        if word_in(head, "times") or head == "fois":
            continue
        while end > index + 1 and word_in(words[end - 1], "prepositions"):
            end -= 1
        if end > index + 1 or low[:2] == "l'":
            return owned_by_nobody([word, *words[index + 1 : end]])
    return []


def _tail_fits(words: Sequence[str], start: int, end: int) -> bool:
    """Whether what is left is a short complement: "la vie \u00e0 Paris"."""
    tail = words[end:]
    if not 2 <= len(tail) <= 3 or len(words) - start > _LONGEST:
        return False
    places = ("\u00e0", "au", "aux", "en", "sans", "sous", "sur", "dans", "contre")
    free = not any(is_verb(word) or infinitive_at([word], 0) for word in tail[1:])
    return tail[0].lower() in places and free


def owned_by_nobody(phrase: Sequence[str]) -> list[str]:
    """The phrase with an article for "son", "sa" or "ses", whose owner the film does not name."""
    first, rest = phrase[0].lower(), list(phrase[1:])
    if first == "ses":
        return ["les", *rest]
    gender = gender_of(rest[0]) if first in ("son", "sa") else ""
    if not gender:
        return list(phrase)
    if elides(rest[0]):
        return [f"l'{rest[0]}", *rest[1:]]
    return ["le" if gender == "m" else "la", *rest]


def _object_pronoun(words: Sequence[str], index: int) -> bool:
    if index + 2 >= len(words) and not (index and word_in(words[index - 1], "pronouns")):
        return False
    following = words[index + 1] if index + 1 < len(words) else ""
    return (
        is_verb(following) and following.lower() not in lexicon().nouny
    ) or following.lower() in (lexicon().infinitives - set(lexicon().gender))


def _ends_phrase(words: Sequence[str], start: int, at: int) -> bool:
    low = words[at].lower()
    if at == start + 1 and words[start][:2].lower() != "l'":
        return False
    if (
        word_in(
            low, "prepositions", "relatives", "conjunctions", "adverbs", "clitics", "determiners"
        )
        or low == ","
    ):
        return not (
            low == "de" and at + 1 < len(words) and not word_in(words[at + 1], "determiners")
        )
    if words[at - 1].lower() in ("de", "en") and low in lexicon().nouny:
        # "Le droit de vote"
        return False
    past = low.endswith(("ait", "aient")) and singular_of(low) not in lexicon().gender
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    # "Le pain rassit plus vite": what an adverb follows is a verb, if an unknown one.
    behind = singular_of(words[at - 1].lower()) in lexicon().gender
    past = past or (following in _DEGREES and behind)
    return (
        (is_verb(low) and not _adjective(words, at))
        or past
        or ("-" in low and low.split("-")[-1] in ("il", "elle", "ils", "elles", "on"))
    )


def _adjective(words: Sequence[str], at: int) -> bool:
    """Whether what looks like a verb describes the noun in front: "la marche rapide"."""
    return at + 1 == len(words) and words[at].lower() in lexicon().nouny


def phrase_end(words: Sequence[str]) -> int:
    """Where a noun phrase meets "pour", "avec" and the like."""
    loose = (
        *("pour", "avec", "sans", "dans", "sur", "qui", "que", "par", "depuis", "pendant", "sous"),
        *("apr\u00e8s", "avant", "chez", "d\u00e8s", "jusqu'\u00e0", "jusqu'au", "jusqu'en", ","),
    )
    about = ("sur",) if any(singular_of(word) in _ABOUT for word in words[:3]) else ()
    return next(
        (i for i, word in enumerate(words) if i and word in loose and word not in about),
        len(words),
    )
