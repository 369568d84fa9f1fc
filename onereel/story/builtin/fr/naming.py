"""What a French film calls its idea, where a name is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .belonging import described, describes, is_most, stretched, whole_name
from .fronts import BEGINNINGS, INSIDES, brand, front, lead
from .lexicon import elides, lexicon
from .nouns import is_known, is_name, is_participle, is_verb, word_in
from .phrases import Phrase, bare_phrase, phrase_at, pointed, titled

__all__ = [
    "Name",
    "is_joined",
    "is_yours",
    "name_at",
    "name_of",
    "proper_at",
]

_LONG = 9
_LONGEST = 3
_LONGEST_PAIR = 11
_LONGEST_WHOLE = 7
_LONGEST_CROWD = 7
_NEAR = 5
_VERBAL = ("ne", "se", "a", "ont", "est", "sont", "va", "vont", "y", "en", ",", "lui", "me", "te")


@dataclass(frozen=True)
class Name:
    """How the film names what it is about."""

    text: str
    plural: bool = False
    person: bool = False
    brand: bool = False
    place: bool = False
    weak: bool = False
    """Whether it says little without what it is of: "l'histoire (du drapeau)"."""


def proper_at(words: Sequence[str], at: int) -> tuple[str, int]:
    """The proper name at `at` and where it ends: "Ana Ruiz", "le Fournil de L\u00e9a"."""
    end = at
    if word_in(words[at], "determiners") and at + 1 < len(words) and is_name(words[at + 1]):
        end = at + 1
    elif words[at].lower()[:2] != "l'" and not is_name(words[at]):
        return "", at
    first = end
    while end < len(words) and (is_name(words[end]) or _joins(words, end, first)):
        end += 1
    text, low = join(list(words[at:end])), words[at].lower()
    alone = end == at + 1 and at == 0 and not words[at].isupper() and low[:2] != "l'"
    known = low in lexicon().names or word_in(low, "towns")
    # The first word of an idea has its capital from its place.
    return ("", at) if end == at or (alone and not known) else (text, end)


def _has_common(text: str) -> bool:
    """Whether a common word stands in a name that has no article: "\u00d4 temps"."""
    first, *rest = text.split()
    small = ("de", "du", "des", "la", "le", "les", "et")
    return first[:1].isupper() and any(word[:1].islower() and word not in small for word in rest)


def _joins(words: Sequence[str], at: int, first: int) -> bool:
    joint = words[at].lower() in ("de", "du", "des", "la", "le") and at > first
    return joint and any(is_name(word) for word in words[at + 1 : at + 3])


def name_at(words: Sequence[str], at: int, *, longest: int = _LONGEST) -> Name | None:
    """The sure name of what stands at `at`, where a noun phrase begins, at most `longest` words."""
    if at >= len(words):
        return None
    joint = words[at].lower() if at else ""
    hidden = {"du": ["le"], "des": ["les"], "de": [], "au": ["le"], "aux": ["les"]}.get(joint)
    if hidden is not None and re.sub("^l'", "", words[at - 1].lower()) in (*INSIDES, *BEGINNINGS):
        return name_at([*hidden, *words[at + 1 :]], 0, longest=longest)
    text, end = proper_at(words, at)
    while text and end < len(words) and describes(words, end):
        text, end = f"{text} {words[end]}", end + 1
    if text:
        behind = words[end].lower() if end < len(words) else ","
        sure = behind in _VERBAL or is_verb(behind) or behind[:2] in ("n'", "s'")
        sure = sure or word_in(behind, "prepositions") or is_participle(behind)
        # "Paris la nuit"
        timed = behind in ("la", "le") and word_in([*words, ""][end + 1], "times")
        sure = sure or (timed and word_in(text, "towns"))
        first = lexicon().names.get(words[at].lower())
        others = behind == "," and at + 2 < len(words) and is_name([*words, "", ""][end + 1])
        thing = is_known(words[at]) and first is None and not word_in(words[at], "determiners")
        thing = thing and not word_in(text, "towns")
        sure = sure and not (others or thing or _has_common(text))
        alone = " " not in text and not word_in(text, "towns") and first is None
        sure = sure and not (alone and "'" not in text)
        many = words[at].lower() in ("les", "des")
        return Name(text, plural=many, person=first is not None) if sure else None
    if len(words) == 1 and word_in(words[0], "months"):
        return Name(words[0])
    phrase = phrase_at(words, at) or (bare_phrase(words[at:]) if at == 0 else None)
    pair = _between(words, at, phrase) if phrase is not None else ""
    if pair and phrase is not None and not phrase.determiner:
        pair = join([titled(phrase), *words[phrase.end :]]) if titled(phrase) else ""
    if phrase is not None and pair:
        return Name(pair, phrase.plural)
    if phrase is None:
        return None
    if is_joined(words, phrase.end):
        # "Les marais salants et le savoir-faire des paludiers": the first comes first.
        end = stretched(words, phrase)
        beside = words[end : end + 1] == ["et"] and phrase_at(words, end + 1) is not None
        definite = phrase.determiner in ("le", "la", "l'", "les") and titled(phrase)
        return Name(join(list(words[at:end])), phrase.plural) if beside and definite else None
    if not phrase.determiner and stretched(words, phrase) < len(words):
        # "Zoom sur Marie Curie" is about no zoom.
        behind = words[phrase.end].lower()
        told = word_in(phrase.head, "relational", "times")
        told = told or (behind == "sur" and word_in(phrase.head, "tellings"))
        told = told or is_verb(behind) or not is_known(phrase.noun[0])
        again = "" if told else pointed(phrase, described(words, phrase))
        return Name(again, phrase.plural) if again else None
    if at and word_in(phrase.head, "times") and phrase.determiner in ("le", "la", "l'"):
        # "Au jardin, le soir" says when.
        return None
    person = phrase.head in lexicon().persons
    whole = whole_name(words, phrase)
    if not whole and phrase.determiner in ("le", "la", "l'", "les"):
        # "L'accord du verbe (avec son sujet)"
        end = stretched(words, phrase)
        led = word_in([*words, ""][end], "prepositions") and end > phrase.end + 1
        whole = join(list(words[at:end])) if led and titled(phrase) else ""
    behind = [*words[stretched(words, phrase) :], ","][0]
    weak = word_in(phrase.head, "relational") and (is_participle(behind) or not is_verb(behind))
    complete = stretched(words, phrase) == len(words)
    weak = weak and " " in whole and not complete
    if complete and whole and len(words) <= _LONGEST_WHOLE and word_in(phrase.head, "relational"):
        return Name(whole, phrase.plural)
    if whole and (weak or len(re.findall(r"\w+", whole)) <= longest):
        return Name(whole, phrase.plural, person, weak=weak)
    if whole:
        # No scene has room for "la piscine municipale de Vannes" each time.
        whole = pointed(phrase, described(words, phrase), short=True)
        return Name(whole, phrase.plural, person) if whole else None
    more = described(words, phrase)
    behind = words[phrase.end + len(more)].lower() if phrase.end + len(more) < len(words) else ","
    known = phrase.determiner in ("le", "la", "l'") and not word_in(phrase.head, "relational")
    if known and word_in(behind, "prepositions") and behind not in ("de", "du", "des", "entre"):
        # "La photosynth\u00e8se en dessin anim\u00e9" is no other photosynthesis.
        return Name(join([titled(phrase), *more]), person=person) if titled(phrase) else None
    again = pointed(phrase, more) if _is_restricted(words, phrase) else ""
    return Name(again, phrase.plural, person) if again else None


def _between(words: Sequence[str], at: int, phrase: Phrase) -> str:
    """ "La diff\u00e9rence entre virus et bact\u00e9rie", where nothing follows; "" elsewhere."""
    definite = phrase.determiner in ("le", "la", "l'", "les") or (at == 0 and not phrase.determiner)
    led = [*words, ""][phrase.end] == "entre" and definite
    short = len(words) - at <= _LONGEST_PAIR and "et" in words and "," not in words
    beside = (
        [list(words[phrase.end + 1 : words.index("et")]), list(words[words.index("et") + 1 :])]
        if short
        else []
    )
    if led and beside and all(len(side) == 1 for side in beside):
        return join(list(words[at:]))  # "entre c'est et s'est"
    acts = any(
        is_verb(words[k]) and not word_in(words[k - 1], "determiners")
        for k in range(phrase.end + 1, len(words))
    )
    return join(list(words[at:])) if led and short and not acts else ""


def is_joined(words: Sequence[str], at: int) -> bool:
    """Whether something else stands beside it: "un cur\u00e9 (et une ath\u00e9e) dansent"."""
    near = words[at : at + _NEAR]
    for k, word in enumerate(near):
        if word in ("et", "ou", "&"):
            # "Livr\u00e9s et mont\u00e9s" is no other thing.
            if 0 < k < len(near) - 1 and is_participle(near[k - 1]) and is_participle(near[k + 1]):
                continue
            return True
        if is_verb(word) or word == "," or word_in(word, "relatives"):
            return False
    return False


def _is_restricted(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether what follows only says which one is meant, so that "ce" and the noun name it."""
    if phrase.determiner == "" and word_in(phrase.head, "relational"):
        return False
    if phrase.determiner in ("un", "une", "des", "") or phrase.determiner.isdigit():
        return True
    if word_in(phrase.determiner, "numbers"):
        return True
    end = stretched(words, phrase)
    behind = words[end].lower() if end < len(words) else ","
    if word_in(phrase.head, "relational") or behind == "entre":
        return False
    return (
        word_in(behind, "prepositions", "relatives") or behind[:3] == "qu'" or is_most(words, end)
    )


def _those(words: Sequence[str]) -> str:
    """ "Ceux qui nettoient les bureaux (\u00e0 l'aube)": whom only their clause names; "" if there
    are none, or if its end is not certain."""
    if words[0].lower() not in ("ceux", "celles") or words[1:2] != ["qui"] or len(words) < 3:
        return ""
    later = [
        at for at, word in enumerate(words)
        if at > 3 and is_verb(word) and not word_in(words[at - 1], "determiners", "prepositions")
    ]  # fmt: skip
    acts = next((at for at in range(2, len(words)) if is_verb(words[at])), 0)
    phrase = phrase_at(words, acts + 1) if acts else None
    end = phrase.end if phrase is not None else len(words)
    behind = [*words, ","][end]
    closed = behind == "," or word_in(behind, "prepositions")
    if phrase is None or not closed or later[:1] == [end]:
        end = len(words) if not later and "," not in words else 0
    return join([words[0].lower(), *words[1:end]]) if 0 < end <= _LONGEST_CROWD else ""


def _is_somebody(words: Sequence[str]) -> bool:
    """Whether a name and a trade or an age begin an idea: "Zin\u00e9dine, \u00e9boueur et
    po\u00e8te", "Karim, seize ans"."""
    explained = len(words) > 2 and words[1] == ","
    return explained and (words[2].lower() in lexicon().persons or words[3:4] == ["ans"])


def _land(word: str) -> Name:
    """A country or region with its article: "les Pyr\u00e9n\u00e9es", "la Bretagne"."""
    many = word.endswith("s")
    name = word[:1].upper() + word[1:]
    if many or not elides(word):
        article = "les" if many else "la" if word.endswith("e") else "le"
        return Name(f"{article} {name}", many)
    return Name(f"l'{name}")


def is_yours(name: Name) -> bool:
    """Whether a name says whose own a thing is: only tales speak so of what is not theirs."""
    owners = r"(?:mon|ma|mes|ton|ta|tes|notre|nos|votre|vos) "
    return re.match(owners, name.text) is not None


def name_of(words: Sequence[str], *, longest: int = _LONGEST) -> Name | None:
    """The sure name of an idea that asks nothing."""
    sold = brand(words)
    if sold:
        return Name(sold, person=words[0].lower() in lexicon().names, brand=True)
    if len(words) > 1 and words[0].isdigit() and word_in(words[1], "months"):
        return Name(f"le {join(words[:2])}")
    known = words[0].lower() in lexicon().names or word_in(words[0], "towns")
    if len(words) == 1 and word_in(words[0], "lands"):
        return _land(words[0])
    if is_name(words[0]) and ((known and len(words) == 1) or _is_somebody(words)):
        return Name(words[0], person=len(words) > 1)
    if those := _those(words):
        return Name(those, plural=True)
    at = front(words) or lead(words)
    where = [*words, "", "", ""][2] in ("\u00e0", "au", "aux", "dans", "chez", "sur")
    if (
        words[0] in ("le", "la")
        and word_in([*words, ""][1], "times")
        and where
        and len(words) < _LONG
    ):
        return Name(join(list(words)))  # "la nuit au march\u00e9 de Rungis"
    if word_in([*words, ""][1], "times") and words[2:3] == ["de"] and len(words) > _LONGEST:
        # "Un si\u00e8cle de tramways" is about trams.
        phrase = bare_phrase(words[_LONGEST:])
        text = titled(phrase) if phrase is not None and phrase.plural else ""
        return Name(text, plural=True) if text else None
    if words[0].lower() in ("\u00e0", "pour") and len(words) > 1:
        # "\u00c0 mon petit fr\u00e8re" is for him.
        phrase = phrase_at(words, 1)
        if phrase is not None and phrase.determiner in ("mon", "ma", "mes"):
            return Name(titled(phrase), phrase.plural)
    return name_at(words, at, longest=longest)
