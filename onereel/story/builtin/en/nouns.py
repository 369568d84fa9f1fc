"""English noun phrases: what kind they are, and how a film names them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import lexicon

__all__ = [
    "ARTICLES",
    "DETERMINERS",
    "NUMBERS",
    "POSSESSIVES",
    "PREPOSITIONS",
    "Noun",
    "is_plural_word",
    "noun",
]

ARTICLES = frozenset("a an the".split())
POSSESSIVES = frozenset("my your his her its our their".split())
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | frozenset("this that these those some any every each another no all both many few".split())
)
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty fifty hundred".split()
)
PREPOSITIONS = frozenset(
    "about above across after against along among around as at before behind below beneath beside"
    " between beyond by down during for from in inside into like near of off on onto out outside over"
    " past since through throughout to toward towards under underneath until up upon via with within"
    " without".split()
)
_PRONOUNS = {
    "she": ("she", "her", "her", "herself"),
    "he": ("he", "him", "his", "himself"),
    "it": ("it", "it", "its", "itself"),
    "they": ("they", "them", "their", "themselves"),
}
_PERSON_END = re.compile(
    r"(?:[a-z]{2,}(?:ist|ian|eer|maker|keeper|hunter|baker|man|woman|boy|girl)|year-old)s?$"
)


@dataclass(frozen=True)
class Noun:
    """A noun phrase without its relative clause or trailing place.

    `first` names it for the first time ("a 9-year-old"), `again` from then on ("the 9-year-old").
    """

    first: str
    again: str
    head: str
    plural: bool
    person: bool
    animate: bool
    named: bool
    pronoun: tuple[str, str, str, str]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if re.search(r"(?:s|x|z|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_plural_word(word: str) -> bool:
    """Whether a bare noun is plural, by its form and a few exceptions."""
    sets = lexicon().sets
    word = word.lower()
    if word in sets["plural"]:
        return True
    if word in sets["singular"] or word.endswith(("ss", "us", "is", "'s", "\u2019s", "ics")):
        return False
    return word.endswith("s") and len(word) > 3 or word in ("ads", "tvs", "dvds")


def _member(word: str, name: str) -> bool:
    words = lexicon().sets[name]
    return word in words or _singular(word) in words


def noun(words: Sequence[str], context: Sequence[str], *, named: bool = False) -> Noun:
    """Describe the noun phrase `words`.

    Args:
        words: its words, determiner first, head last; at least one.
        context: the whole idea, whose pronouns tell the gender.
        named: whether it is a proper name.
    """
    head = words[-1].lower()
    determiner = words[0].lower()
    plural = not named and _plural(words)
    person = named or _member(head, "person") or _PERSON_END.search(head) is not None
    animate = person or _member(head, "being")
    return Noun(
        first=" ".join(words),
        again=_again(words, named=named),
        head=head,
        plural=plural,
        person=person,
        animate=animate,
        named=named,
        pronoun=_PRONOUNS[_gender(head, determiner, context, plural=plural, person=person)],
    )


def _plural(words: Sequence[str]) -> bool:
    determiner = words[0].lower()
    if determiner in ("a", "an", "one", "this", "that", "every", "each", "another"):
        return False
    if determiner in NUMBERS or determiner in ("these", "those", "both", "many", "few"):
        return True
    if determiner.isdigit() and len(words) > 1:
        return determiner != "1"
    if "and" in [word.lower() for word in words] and determiner not in ("the",):
        return True
    return is_plural_word(words[-1])


def _gender(
    head: str, determiner: str, context: Sequence[str], *, plural: bool, person: bool
) -> str:
    if plural:
        return "they"
    if _member(head, "female"):
        return "she"
    if _member(head, "male"):
        return "he"
    lowered = [word.lower() for word in context]
    for forms in (("she", "her", "hers", "herself"), ("he", "his", "him", "himself")):
        if any(form in lowered for form in forms):
            return forms[0]
    if person:
        return "they"
    return "it"


def _again(words: Sequence[str], *, named: bool) -> str:
    """Name it again: "a 9-year-old" is "the 9-year-old", "two rival bakers" are "the rival bakers"."""
    determiner = words[0].lower()
    if named or determiner in POSSESSIVES or words[0].endswith(("'s", "\u2019s")):
        return " ".join(words)
    rest = list(words)
    if determiner in DETERMINERS or determiner in NUMBERS or determiner.isdigit():
        rest = rest[1:] or rest
    elif is_plural_word(words[-1]):
        return " ".join(words)
    elif not words[0][:1].isupper():
        return " ".join(words)
    if determiner in ("every", "each", "no", "all", "many", "some", "any", "few"):
        return " ".join(words)
    return "the " + " ".join(rest[-3:] if len(rest) > 3 and "and" not in rest else rest)
