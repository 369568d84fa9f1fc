"""Which words of a German sentence are nouns, as HanTa tags them; its model is loaded on use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any

from .lexicon import lexicon
from .lookup import by_suffix
from .phrases import adjective_like

__all__ = [
    "is_tagged_adjective",
    "is_tagged_infinitive",
    "is_tagged_name",
    "is_tagged_opening",
    "is_tagged_verb",
    "nouns_in",
    "tags_of",
]

_MODEL = "morphmodel_ger.pgz"
_USING = Lock()
_NOUN, _LEADS, _ADJECTIVE = "N", ("ART", "PPOSAT", "APPRART"), "ADJ"
_KNOWN = -22.0
"""The logarithm of a word's likelihood; one whose stem is guessed has -30, one that was seen -8 to
-18."""
_UNTOUCHED = (
    *("prepositions", "pronouns", "conjunctions", "questions", "determiners", "modals"),
    "numbers",
)
"""Sets of words that are no nouns, whatever else they could be."""


@cache
def _tagger() -> Any:
    return import_module("HanTa.HanoverTagger").HanoverTagger(_MODEL)


def _tags(words: Sequence[str]) -> tuple[list[str], list[set[str]]]:
    """The tag of each word in its sentence, and those that it could have elsewhere."""
    with _USING:
        tagger = _tagger()
        found = tagger.tag_sent(list(words), taglevel=1, casesensitive=False)
        each = [tagger.tag_word(word, casesensitive=False) for word in words]
    return [tag for _, _, tag in found], [{tag for tag, _ in others} for others in each]


@lru_cache(maxsize=512)
def tags_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The tag of each word in its sentence, as it is written."""
    with _USING:
        return tuple(str(tag) for _, _, tag in _tagger().tag_sent(list(words), taglevel=1))


def is_tagged_opening(word: str, following: str) -> bool:
    """Whether an adjective begins an idea: "Unterschaetzte Museen"."""
    first, second = tags_of((word, following))
    return first == "ADJ(A)" and second.startswith(_NOUN)


def is_tagged_name(word: str) -> bool:
    """Whether a word in capitals is a name and nothing else: "Venedig"."""
    if not (word[:1].isupper() and word[1:].islower()) or word.lower() in lexicon().infinitives:
        return False
    with _USING:
        found = _tagger().tag_word(word)
    return "NE" in [tag for tag, _ in found[:2]] and not by_suffix(word)


def is_tagged_verb(word: str) -> bool:
    """Whether a word in small letters is a verb before all: "wirken"."""
    if not word.islower():
        return False
    with _USING:
        found = _tagger().tag_word(word)
    return bool(found) and str(found[0][0]).startswith("V")


def is_tagged_adjective(word: str) -> bool:
    """Whether a word in small letters is an adjective that the tagger knows, and before all one."""
    if not word.islower():
        return False
    with _USING:
        found = _tagger().tag_word(word)
    return bool(found) and found[0][0] == "ADJ(A)" and found[0][1] > _KNOWN


def is_tagged_infinitive(word: str) -> bool:
    """Whether a word is likeliest an infinitive, though no list of ours has it: "schaerfen"."""
    if not (word.islower() and word.endswith("n")):
        return False
    with _USING:
        found = _tagger().tag_word(word)
    return "VV(INF)" in [tag for tag, _ in found[:3]]


def nouns_in(words: Sequence[str]) -> list[bool]:
    """Which words of a sentence typed in small letters are nouns; points are words, too."""
    tags, others = _tags(words) if words else ([], [])
    found: list[bool] = []
    led = False
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        goes_on = tags[at + 1] if after else ""
        # "die" behind a comma is more likely a pronoun.
        before = words[at - 1] if at else ""
        leads = before in lexicon().sets["determiners"] or (at > 0 and tags[at - 1] in _LEADS)
        leads = leads and words[at - 2 : at - 1] != [","]
        described = at > 0 and tags[at - 1].startswith(_ADJECTIVE) and not found[at - 1]
        led = leads or (led and described)
        if len(word) == 1 and word.isalpha() and found[-1:] == [True]:
            found.append(True)  # "Vitamin C"
            continue
        behind = found[-1:] == [True]  # "macht Sauerteig sauer"
        found.append(_is_noun(word, tags[at], others[at], after, goes_on, led=led, behind=behind))
    return found


def _is_noun(
    word: str,
    tag: str,
    others: Collection[str],
    after: str,
    goes_on: str,
    *,
    led: bool,
    behind: bool,
) -> bool:
    """Whether the tagger is right, where a word has two readings and stands as it can in one."""
    sets, known = lexicon().sets, word in lexicon().forms
    noun = tag.startswith(_NOUN)
    if not word[:1].isalpha() or any(word in sets[name] for name in _UNTOUCHED):
        return False
    if word.capitalize() in sets["he"] | sets["she"] | sets["of_cities"]:
        return True
    if word in sets["prefixes"] | sets["adverbs"]:
        return noun and known and led  # "ihr Weg", "geht weg"
    acts = goes_on.startswith("VV")
    if not led:
        learnt = word in lexicon().infinitives and after in lexicon().infinitives
        said_of = "ADJ(D)" in others and (acts or (behind and not after))  # "die arm machen"
        spoken = word.endswith("sch") and after in ("lernen", "sprechen", "\u00fcben")
        return (noun and not learnt and not said_of) or spoken
    if noun:
        described = any(each.startswith("ADJ(A") for each in others) and adjective_like(word)
        return not (described and goes_on.startswith(_NOUN))  # "ein alter Fischer"
    if tag.startswith(_ADJECTIVE):
        return known and not goes_on.startswith((_NOUN, _ADJECTIVE, "CARD"))  # "ein Junge, der"
    return known and tag.startswith("VV")  # "ein Floss"
