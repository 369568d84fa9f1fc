"""What the words around a German noun are: adjectives, owners, capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon
from .lookup import by_suffix, look_up

__all__ = [
    "adjective_like",
    "is_capital",
    "is_comparative_order",
    "is_manner",
    "is_of_city",
    "is_one_adjective",
    "is_term",
    "opens_phrase",
    "owner_size",
]

_ADDRESS = frozenset(
    ("Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Du", "Dir", "Dich")
)
"""Polite pronouns, which have a capital and are no nouns."""
_ADJECTIVES = (
    r"(?:isch|lich|ig|bar|sam|los|voll|haft|t|d|en|neu|gro\u00df|kl?ein|fein|rein|schwarz|wei\u00df"
    r"|braun|gr\u00fcn|blau|grau|gelb|leis|s\u00fc\u00df|sau?r|teu?r|dunkl|warm|d\u00fcnn|sch\u00f6n|grob"
    r"|lang|jung|streng|still|schnell|hell|toll|k\u00fchl|kahl|leer|schwer|klug|flach|dick)e[nrs]?$"
)
"""Endings by which a word that begins an idea is surely an adjective."""
_NOUNS_TOO = frozenset(
    ("Meister", "Geister", "Schwester", "Schwestern", "Beste", "Verwandte", "Bekannte", "Fenster")
)
"""Words that end as adjectives do and begin no phrase."""
_ENDINGS = ("e", "er", "es", "en", "em")


def adjective_like(word: str) -> bool:
    """Whether a lower-case word can be an adjective in front of a noun."""
    low = word.lower()
    sets = lexicon().sets
    closed = sets["prepositions"] | sets["determiners"] | sets["pronouns"] | sets["conjunctions"]
    owner = re.fullmatch(
        r"(?:[mds]?ein|ihr|unser|eur)e[mnrs]?|dessen|deren|denen", low
    )  # "meines Nachbarn"
    return bool(
        low.endswith(_ENDINGS) and len(low) > 3 and not owner and low not in closed | sets["modals"]
    )


def is_one_adjective(word: str) -> bool:
    """Whether a word ends as only adjectives do: "glutenfrei", "handgemacht", "aeltester"."""
    low = word.lower()
    made = r"(?:\w{3}ge\w{3,}t|(?:ver|be|er|ent|zer)\w{3,}(?:en|t))e[nrs]?"
    best = r"\w{2,}(?:st|\u00dft)e[rs]|vegane[rs]?"
    of_nouns = r"\w{3,}(?:frei|fest|los|arm|reich|dicht|neu|fertig)e[nrs]?"
    return re.fullmatch(rf"{made}|{best}|{of_nouns}", low) is not None


def is_manner(words: Sequence[str]) -> bool:
    """Whether an idea begins with how something was made: "Frisch geroesteter Kaffee"."""
    made = r"(?:ge\w+(?:te|ene)|(?:be|ver|er|zer)\w+te|\w+ierte)[rsn]|ge\w{3,}te"
    first, *rest = words[:3]
    known = bool(look_up(first)) or adjective_like(first)
    made_so = len(rest) == 2 and rest[0].islower() and re.fullmatch(made, rest[0]) is not None
    return made_so and not known and rest[1][:1].isupper() and bool(look_up(rest[1]))


def opens_phrase(word: str, following: str) -> bool:
    """Whether the capital at the start of an idea is an adjective's."""
    if word in lexicon().sets["of_cities"]:
        return True
    if word not in _NOUNS_TOO and is_one_adjective(word) and look_up(following):
        return True  # "Glutenfreie Backmischung"
    if word in lexicon().sets["he"] | lexicon().sets["she"] or word.endswith("ie"):
        return False  # "Sophie Scholl"
    many = any(entry.gender == "p" for entry in look_up(following))
    if many and word.endswith("e") and re.search(_ADJECTIVES, word.lower()) and look_up(word):
        return True  # "Feste Shampoos" are no feasts
    unknown = following[:1].isupper() and not look_up(following)
    if unknown and not re.search(_ADJECTIVES, word.lower()):
        return False  # "Kaethe Kollwitz"
    entries = look_up(word)
    if word.endswith("e") and not any(entry.plural for entry in entries) and look_up(following):
        return True  # "Neue Elbbruecke", "Stille Nacht"
    compound = any(word.lower().endswith(entry.singular.lower() or " ") for entry in entries)
    if word.lower() in lexicon().forms or compound or not word.endswith(("e", "es")):
        return not entries
    return not entries or bool(look_up(following))


def is_term(word: str, following: str) -> bool:
    """Whether an adjective is written large in a name: "die Franzoesische Revolution"."""
    large = word[:1].isupper() and word.endswith(("e", "en", "es")) and adjective_like(word)
    known = bool(look_up(word)) and not re.search(r"ische[nrs]?$", word)  # "die Chinesische Mauer"
    return large and not known and following[:1].isupper() and bool(look_up(following))


def is_of_city(word: str, following: str) -> bool:
    """Whether a word in -er says from where a thing is: "die Weimarer Republik"."""
    from_there = re.fullmatch(r"[A-Z\u00c4\u00d6\u00dc][a-z\u00e4\u00f6\u00fc\u00df]{2,}er", word)
    things = [entry for entry in look_up(following) if entry.kind == "thing"]
    own = word.lower() in lexicon().own
    return from_there is not None and following[:1].isupper() and bool(things) and not own


def owner_size(words: Sequence[str]) -> int:
    """How many words in front of a noun are its genitive: "Opas letzter Flug"."""
    first = words[0] if words else ""
    titled = any(entry.kind == "person" and entry.gender != "p" for entry in look_up(first))
    count = 2 if titled and len(words) > 1 and words[1].endswith("s") else 1
    owner = words[count - 1] if words else ""
    if not (owner[:1].isupper() and owner.endswith("s")) or owner.endswith("es"):
        return 0
    known = (*lexicon().forms.get(owner.lower(), ()), *by_suffix(owner))
    if any(entry.gender != "p" or entry.kind != "person" for entry in known):
        return 0
    at = count
    while at < len(words) and words[at][:1].islower() and adjective_like(words[at]):
        at += 1
    noun = at < len(words) and words[at][:1].isupper() and look_up(words[at])
    return count if noun else 0


def is_capital(word: str) -> bool:
    """Whether a word is written as a noun; "3D-Druck" is."""
    if word in _ADDRESS:
        return False
    return word[:1].isupper() or (word[:1].isdigit() and any(c.isupper() for c in word))


def is_comparative_order(words: Sequence[str]) -> bool:
    """Whether a comparative opens something to do: "Schoener scheitern"."""
    first = words[0].lower()
    better = first.endswith("er") and not look_up(first) and len(words) == 2
    return better and words[1].islower() and words[1].endswith("n")
