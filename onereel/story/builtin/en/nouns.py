"""English noun phrases: what kind they are, and how a film names them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import base_of, is_odd_plural, is_only_verb, is_verb, lexicon, speech, word_set

__all__ = [
    "ARTICLES",
    "DETERMINERS",
    "NUMBERS",
    "POSSESSIVES",
    "PREPOSITIONS",
    "Noun",
    "called",
    "is_plural_word",
    "lowered",
    "noun",
    "singular",
]

ARTICLES = word_set("a an the")
POSSESSIVES = word_set("my your his her its our their")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | word_set("this that these those some any every each another no all both many few")
)
NUMBERS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred"
)
PREPOSITIONS = word_set(
    "about above across after against along among around as at before behind below "
    "beneath beside between beyond by despite down during for from in inside into like near of "
    "off on onto out outside over past since through throughout to toward towards under "
    "underneath until up upon via with within without"
)
_OWNERS = word_set("nature today tomorrow yesterday winter summer life world city town men women")
_SMALL = word_set("of and the in on at to for a an from by with")
_PRONOUNS = {
    "she": ("she", "her", "her", "herself"),
    "he": ("he", "him", "his", "himself"),
    "it": ("it", "it", "its", "itself"),
    "they": ("they", "them", "their", "themselves"),
}
_PERSON_END = (
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


_ONE_OF = {
    "men": "man", "women": "woman", "children": "child", "mice": "mouse", "teeth": "tooth",
    "feet": "foot", "geese": "goose", "people": "person", "movies": "movie", "cookies": "cookie",
    "zombies": "zombie", "selfies": "selfie", "lives": "life", "leaves": "leaf", "knives": "knife",
    "wolves": "wolf", "shelves": "shelf", "buses": "bus", "heroes": "hero", "potatoes": "potato",
    "tomatoes": "tomato",
}  # fmt: skip


def singular(word: str) -> str:
    """One of a plural noun, in lower case: "mistake" of "mistakes"."""
    low = word.lower()
    if low in _ONE_OF:
        return _ONE_OF[low]
    if low.endswith("ies") and len(low) > 4:
        return f"{low[:-3]}y"
    if re.search(r"(?:thie|wol|cal|el|hal|loa|scar|kni|wi)ves$", low):
        return f"{low[:-3]}{'fe' if low.endswith(('knives', 'wives')) else 'f'}"  # "thieves"
    if re.search(r"(?:ss|x|zz|ch|sh)es$", low):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def is_plural_word(word: str) -> bool:
    """Whether a bare noun is plural, by its form and a few exceptions."""
    sets = lexicon().sets
    word = word.lower()
    if word in sets["plural"]:
        return True
    if word in sets["singular"] or word.endswith(("ss", "us", "is", "'s", "\u2019s", "ics")):
        return False
    if not word.endswith("s"):
        return is_odd_plural(word)
    return len(word) > 3 or word in ("ads", "tvs", "dvds")


def _member(word: str, name: str) -> bool:
    words = lexicon().sets[name]
    return word in words or singular(word) in words


def noun(words: Sequence[str], context: Sequence[str], *, named: bool = False) -> Noun:
    """Describe the noun phrase `words`.

    Args:
        words: its words, determiner first, head last; at least one.
        context: the whole idea, whose pronouns tell the gender.
        named: whether it is a proper name.
    """
    words = called(words) if not named else list(words)
    head = words[-1].lower()
    plural = not named and _plural(words)
    person = named or _member(head, "person") or re.search(_PERSON_END, head) is not None
    animate = person or _member(head, "being")
    return Noun(
        first=" ".join(words),
        again=_again(words, named=named),
        head=head,
        plural=plural,
        person=person,
        animate=animate,
        named=named,
        pronoun=_pronoun(words, context, plural=plural, person=person, named=named),
    )


def lowered(words: Sequence[str]) -> list[str]:
    """Lower the capital that only starts an idea; names, titles and acronyms keep theirs."""
    first, *rest = words
    low = first.lower()
    bare = low.removesuffix("'s")
    sets = lexicon().sets
    if bare in sets["acronym"] | sets["proper"] or first == "I" or any(map(str.isupper, first[1:])):
        return list(words)
    if first.istitle() and low in sets["firms"] and rest and base_of(rest[0]) is not None:
        return list(words)  # "Apple unveils a phone"
    if low in DETERMINERS | NUMBERS | PREPOSITIONS or (rest and is_only_verb(low)):
        return [low, *rest]  # "Learn Italian"
    if low.endswith(("-style", "-inspired", "-era")):
        return list(words)
    if rest[:1] == [","] and rest[1:] and rest[1].lower() in DETERMINERS:
        return list(words)
    narrated = rest[:1] == ["I"]  # "letters I never sent"
    titled = len(rest) > 1 and rest[0][:1].isupper() and not narrated
    if titled and first[:1].isupper() and low not in sets["title"]:
        if rest[0].lower() in sets["title"]:
            return [low, *rest]
        # "Ada Lovelace and ...", "Silk Road caravans"
        return list(words)
    pair = len(rest) == 1 and first[:1].isupper() and rest[0][:1].isupper()  # "Glow Candles"
    owner = low.endswith("'s") and first[:1].isupper() and not _is_common(bare)
    if pair or owner:
        return list(words)
    big = [word for word in rest if word != "," and word.lower() not in _SMALL]
    if (
        big
        and big[0][:1].isupper()
        and (low in sets["title"] or (len(big) == 1 and rest[0] == "of") or first.isupper())
    ):
        return list(words)
    if len(big) > 1 and all(word[:1].isupper() or word[:1].isdigit() for word in big):
        return list(words)
    if bare in sets["men"] | sets["women"]:
        return list(words)
    # "Ines and her brother", "Anna and Ben": the company shows that a name is meant.
    company = rest[1] if rest[:1] == ["and"] and rest[1:] else ""
    if first[:1].isupper() and (company.lower() in POSSESSIVES or company[:1].isupper()):
        return list(words)
    joined = any("n" in speech(low[at:]) for at in range(3, len(low) - 4))  # "cryptocurrency"
    unknown = not (speech(low) or joined or is_plural_word(low))
    if first[:1].isupper() and first.isalpha() and unknown:
        return list(words)  # "Pythagorean theorem"
    return [low, *rest]


def _is_common(word: str) -> bool:
    """Whether a word is surely no name: "grandson's", but not "Pinocchio's"."""
    sets = lexicon().sets
    known = sets["count"] | sets["person"] | sets["being"] | lexicon().nouny | _OWNERS
    return word in known or is_verb(word)


def called(words: Sequence[str]) -> list[str]:
    """A noun phrase with the article that a single countable being needs: "an old fisherman"."""
    words = list(words)
    first = words[0].lower()
    end = next((i for i, word in enumerate(words) if i and word.lower() in PREPOSITIONS), None)
    head = words[:end]
    bare = (
        first not in DETERMINERS | NUMBERS
        and not first[:1].isdigit()
        and not any("'" in word and word[:1].isupper() for word in words)
        and "'" not in words[0]
        and not is_plural_word(head[-1])
        and "and" not in words
    )
    sets = lexicon().sets
    countable = sets["person"] | sets["being"] | sets["count"]
    if bare and head[-1].lower() in countable and head[-1].islower():
        return ["a", *words]
    return words


def _plural(words: Sequence[str]) -> bool:
    determiner = words[0].lower()
    if "and" in words:
        return True
    if determiner in ("a", "an", "one", "this", "that", "every", "each", "another"):
        return False
    if determiner in NUMBERS or determiner in ("these", "those", "both", "many", "few"):
        return True
    if determiner.isdigit() and len(words) > 1:
        return determiner != "1"
    if len(words) > 2 and words[-1][:1].isupper() and words[-2].islower():
        return is_plural_word(words[-2])  # "the river Thames"
    return is_plural_word(words[-1])


def _pronoun(
    words: Sequence[str], context: Sequence[str], *, plural: bool, person: bool, named: bool
) -> tuple[str, str, str, str]:
    """The pronoun; a name of unknown gender stands for itself, as a singular "they" misleads."""
    if named:
        known = (_name_gender(word.lower(), words[0].lower()) for word in words)
        gender = next(filter(None, known), None) or _gender("", context, False, False)
        if gender == "it":
            text = " ".join(words)
            return text, text, f"{text}'s", text
        return _PRONOUNS[gender]
    if any(word.lower() in ("robot", "android", "ai", "AI") for word in words):
        person = False
    return _PRONOUNS[_gender(words[-1].lower(), context, plural, person)]


def _name_gender(name: str, title: str) -> str | None:
    sets = lexicon().sets
    if title in ("mrs", "ms", "queen", "princess", "lady", "aunt", "sister", "mother"):
        return "she"
    if title in ("mr", "king", "prince", "sir", "uncle", "brother", "father"):
        return "he"
    if name in sets["men"]:
        return "he"
    if name in sets["women"] or re.search(r"(?:[^aeiou]|i|e)a$|elle$|ette$", name):
        return "she"
    return None


def _gender(head: str, context: Sequence[str], plural: bool, person: bool) -> str:
    if plural:
        return "they"
    if _member(head, "female"):
        return "she"
    if _member(head, "male"):
        return "he"
    for word in context:
        if word.lower() in ("she", "her", "hers", "herself"):
            return "she"
        if word.lower() in ("he", "his", "him", "himself"):
            return "he"
    if person:
        return "they"
    return "it"


def _again(words: Sequence[str], *, named: bool) -> str:
    """Name it again: "two rival bakers" are "the rival bakers" from then on."""
    determiner = words[0].lower()
    if named and len(words) > 2 and determiner in lexicon().sets["title"]:
        return f"{words[0]} {words[-1]}"
    if named and len(words) == 2 and _name_gender(determiner, ""):
        return words[0]
    if named or determiner in POSSESSIVES or words[0].endswith(("'s", "\u2019s")):
        return " ".join(words)
    rest = list(words)
    if "and" in words:
        # "a cat and a mouse" are "the cat and the mouse" from then on.
        text = " ".join("the" if word in ("a", "an") else word for word in words)
        return text if text.startswith("the ") or not words[0].islower() else f"the {text}"
    if determiner in DETERMINERS or determiner in NUMBERS or determiner.isdigit():
        rest = rest[1:] or rest
    elif is_plural_word(words[-1]):
        return "the " + " ".join(words)
    elif not words[0][:1].isdigit():
        return " ".join(words)
    if determiner in ("every", "each", "no", "all", "many", "some", "any", "few"):
        return " ".join(words)
    return "the " + " ".join(rest[-3:] if len(rest) > 3 and "and" not in rest else rest)
