"""What kind of word a French word is, as far as the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon, singular_of

__all__ = [
    "ends_surely",
    "infinitive_at",
    "is_infinitive",
    "is_known",
    "is_name",
    "is_number",
    "is_participle",
    "is_verb",
    "keeps_article",
    "lowered",
    "word_in",
]

_ELIDED = r"^(?:[ldjcsntm]|qu|jusqu|lorsqu|puisqu)'"
_POINTING = ("ceux", "celles", "celui", "celle", "certains", "certaines", "chacun", "chacune")
_STOPS = (
    *("et", "ou", "mais", "ni", "car", "donc", "puis", "comme", "quand", "lorsque", "si"),
    *("ne", "se", "me", "te", "nous", "vous", "lui", "y", "en", "il", "elle", "ils", "elles"),
    *("est", "sont", "a", "ont", "va", "vont", "fait", "font", "\u00e9tait", "\u00e9taient"),
    *("avait", "avaient", "peut", "peuvent", "veut", "veulent", "doit", "doivent", "fut", "sera"),
)  # fmt: skip
_DENYING = ("ne", "pas", "plus", "jamais", "rien", "mieux", "bien", "tout")


def word_in(word: str, *names: str) -> bool:
    """Whether `word` is in one of the lexicon's sets of these names."""
    return any(word.lower() in lexicon().sets[name] for name in names)


def is_number(word: str) -> bool:
    """Whether `word` counts something."""
    return word_in(word, "numbers") or word.isdigit()


def is_known(word: str) -> bool:
    """Whether `word` is a noun of the lexicon, in singular or plural."""
    return singular_of(word.lower()) in lexicon().gender


def is_verb(word: str) -> bool:
    """Whether `word` may be a third person that the lexicon knows, with or without a pronoun."""
    low = re.sub(r"^[snlym]'", "", word.lower())
    return low in lexicon().singular or low in lexicon().plural


def is_infinitive(word: str) -> bool:
    """Whether `word` is an infinitive and no noun."""
    low = re.sub(r"^[snlym]'", "", word.lower())
    return low in lexicon().infinitives and low not in lexicon().gender


def infinitive_at(words: Sequence[str], at: int) -> bool:
    """Whether an infinitive, its pronouns and negation included, begins at `at`."""
    start = at
    while at < len(words) and (word_in(words[at], "clitics") or words[at].lower() in _DENYING):
        at += 1
    # "Se coucher" is no noun, "le coucher" is one.
    led = at > start and words[at - 1].lower() in ("se", "me", "te", "lui", "vous")
    led = led and at < len(words) and words[at].lower() in lexicon().infinitives
    return led or (at < len(words) and is_infinitive(words[at]))


def is_name(word: str) -> bool:
    """Whether `word` has the capital of a name: "L\u00e9a", "d'Yeu", "SNCF"."""
    return re.sub(_ELIDED, "", word)[:1].isupper()


def keeps_article(words: Sequence[str]) -> bool:
    """Whether it begins with a town whose article is part of its name: "Le Havre"."""
    low = [word.lower() for word in words[:2]]
    return low[0] in ("le", "la", "les") and word_in(low[-1], "article_towns")


def lowered(words: Sequence[str]) -> list[str]:
    """Lower the capital that only starts the idea; names keep theirs."""
    first, low = words[0], words[0].lower()
    titled = low in lexicon().persons and len(words) > 1 and words[1][:1].isupper()
    small = low in _POINTING or re.match(_ELIDED, low) or (low in lexicon().known and not titled)
    small = small or re.search(r"-(?:t-)?(?:ils?|elles?|on|ce|nous|vous|tu|je)$", low) is not None
    small = small and not word_in(low, "towns", "lands") and low not in lexicon().names
    shouted = len(first) > 1 and first.isupper()
    behind = [word.lower() for word in words[1:3]]
    if "," in words and not word_in(low, "determiners", "prepositions"):
        # "Nuage de Lait, cr\u00e8merie": nothing common has a capital in the middle.
        named = [word for word in words[1 : words.index(",")] if word[:1].isupper()]
        shouted = shouted or any(is_known(word) for word in named)
    shouted = shouted or behind[:1] == ["&"]
    if first[:1].isupper() and behind[:1] == [","] and len(behind) > 1:
        # "Lotus, le matelas": a name that is explained.
        shouted = shouted or behind[1] in ("le", "la", "les") or behind[1][:2] == "l'"
    # No sentence begins with a bare noun: "Napol\u00e9on \u00e9tait-il petit".
    verb = re.sub(r"-(?:t-)?(?:ils?|elles?)$", "", behind[0]) if behind else ""
    acts = is_verb(verb) and not word_in(verb, "prepositions")  # "diff\u00e9rence entre"
    shouted = shouted or (is_known(first) and acts and not is_infinitive(first))
    if not small or shouted or keeps_article(words):
        return list(words)
    return [first[:1].lower() + first[1:], *words[1:]]


def ends_surely(words: Sequence[str], at: int) -> bool:
    """Whether no word at `at` can still belong to the noun phrase in front of it."""
    low = words[at].lower() if at < len(words) else ","
    turned = re.search(r"-(?:t-)?(?:ils?|elles?|on|ce|nous|vous|je|tu)$", low) is not None
    after = words[at + 1] if at + 1 < len(words) else ""
    if f"{low}r" in lexicon().infinitives and (word_in(after, "determiners") or is_number(after)):
        return True  # "(la gratuit\u00e9) f\u00eate ses deux ans"
    small = low == "," or low in _STOPS or low[:2] in ("n'", "s'", "m'", "t'", "d'") or turned
    small = small or word_in(low, "prepositions", "relatives", "determiners", "adverbs")
    return small or low[:3] == "qu'" or is_verb(low) or is_infinitive(low) or is_participle(low)


def is_participle(word: str) -> bool:
    """Whether a word ends like a participle: "rouvert", "expliqu\u00e9e"."""
    return (
        re.search(r"(?:\u00e9|ert|uit|crit|pris|mis|[c\u00e7dlnrtv]u)(?:e?s?)$", word) is not None
    )
