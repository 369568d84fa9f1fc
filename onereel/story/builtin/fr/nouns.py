"""French noun phrases: gender, number, and how a film names them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .lexicon import elides, gender_of, lexicon, singular_of

__all__ = ["Noun", "articled", "definite", "is_name", "is_number", "lowered", "noun", "word_in"]

_ONE = frozenset(("un", "le", "ce", "cet", "du", "mon", "ton", "son", "aucun"))
_ONE_FEMININE = frozenset(("une", "la", "cette", "ma", "ta", "sa", "aucune"))
_MANY = frozenset(
    ("les", "des", "ces", "mes", "tes", "ses", "nos", "vos", "leurs", "plusieurs", "quelques")
)
_LONGEST_AGAIN = 5
_PERSON_END = r"(?:iste|graphe|logue|naute|eur|euse|trice|[iy]er|i\u00e8re|ien|ienne|crate)$"

_MALE_WITH_DE = ("mode", "tour", "poste", "manche")
"""Nouns that a complement makes masculine: "mode d'emploi", "tour de magie"."""
_QUANTITIES = ("milliers", "centaines", "dizaines", "millions", "milliards")
_FEMININE_ADJECTIVE = r"(?:ante|ente|euse|ive|elle|\u00e9e|ale|aine|ienne|ouse|i\u00e8re)s?$"
_MASCULINE_ADJECTIVE = r"(?:ant|ent|eux|if|el|\u00e9|al|ain|ien)s?$"


@dataclass(frozen=True)
class Noun:
    """A noun phrase. `first` names it for the first time, `again` from then on.

    `gender` is "m", "f", or "" where nothing gives it away.
    """

    first: str
    again: str
    head: str
    gender: str
    plural: bool
    person: bool
    animate: bool
    named: bool = False
    brief: str = ""
    """`again` without adjectives: "le gardien"."""

    @property
    def pronoun(self) -> str:
        """The subject pronoun, or "" when the gender is unknown."""
        if not self.gender:
            return ""
        return (
            ("ils" if self.gender == "m" else "elles")
            if self.plural
            else ("il" if self.gender == "m" else "elle")
        )


def word_in(word: str, *names: str) -> bool:
    """Whether `word` is in one of the lexicon's sets of these names."""
    return any(word.lower() in lexicon().sets[name] for name in names)


def is_number(word: str) -> bool:
    """Whether `word` counts something."""
    return word_in(word, "numbers") or word.isdigit()


def is_name(words: Sequence[str]) -> bool:
    """Whether `words` are a proper name: capitals, no article, no common noun."""
    if not words or word_in(words[0], "determiners", "prepositions") or is_number(words[0]):
        return False
    low = words[0].lower()
    if len(words) == 1 and (singular_of(low) in lexicon().gender or low[:2] in ("l'", "d'")):
        return False
    return all(word[:1].isupper() or word in ("de", "du", "la", "le", "des") for word in words)


def lowered(words: Sequence[str]) -> list[str]:
    """Lower the capital that only starts the idea; names keep theirs."""
    first = words[0]
    low = first.lower()
    if first[:1].isupper() and word_in(low, "towns"):
        return list(words)
    if word_in(low, "months"):
        return [low, *words[1:]]
    if len(words) > 1 and low in lexicon().persons and words[1][:1].isupper():
        return list(words)
    common = (
        word_in(low, "determiners", "prepositions", "prenominal", "numbers", "pronouns", "asking")
        or word_in(low, "clitics", "openers")
        or re.match(r"(?:[ldjcsntm]|qu)'", low) is not None
        or singular_of(low) in lexicon().gender
        or low in lexicon().infinitives
        or (low.endswith(("s", "tion", "isme", "age", "ment")) and len(words) == 1)
    )
    return [
        first[:1].lower() + first[1:]
        if common and (len(first) == 1 or not first.isupper())
        else first,
        *words[1:],
    ]


def _split(words: Sequence[str]) -> tuple[str, list[str]]:
    """The determiner ("l'" and "de la" too) and the rest."""
    first = words[0].lower()
    if first.startswith("l'") and len(first) > 2:
        return "l'", [words[0][2:], *words[1:]]
    if first == "de" and len(words) > 1 and words[1].lower() == "la":
        return "de la", list(words[2:])
    if word_in(first, "determiners") or is_number(first):
        return first, list(words[1:])
    return "", list(words)


def _head(rest: Sequence[str]) -> int:
    """The place of the first word that is no adjective in front."""
    return next(
        (
            i
            for i, word in enumerate(rest)
            if not word_in(word, "prenominal") and not is_number(word)
        ),
        len(rest) - 1,
    )


def noun(words: Sequence[str], context: Sequence[str] = (), *, named: bool = False) -> Noun:
    """Describe the noun phrase `words`: determiner, head, complements, in this order."""
    if named:
        return _name(words, context)
    determiner, rest = _split(words)
    if not rest:
        return Noun(join(list(words)), join(list(words)), "", "", False, False, False)
    at = _head(rest)
    head = rest[at].lower()
    plural = _plural(determiner, head)
    base = singular_of(head)
    words_known = lexicon()
    person = base in words_known.persons or (
        base not in words_known.gender and re.search(_PERSON_END, base) is not None
    )
    return Noun(
        first=join(list(words)),
        again=definite(words),
        head=head,
        gender=_gender(determiner, rest, at, context),
        plural=plural,
        person=person,
        animate=person or base in words_known.beings,
        brief="" if _of_its_own(base, rest[at + 1 :]) else _brief(words, rest[at], determiner),
    )


def _of_its_own(base: str, behind: Sequence[str]) -> bool:
    """Whether an animal is none without its complement: "un loup de mer"."""
    return base in lexicon().beings and bool(behind) and behind[0] in ("de", "\u00e0")


def _brief(words: Sequence[str], head: str, determiner: str) -> str:
    """The noun alone; "la petite Manon" is no "la Manon"."""
    plain = determiner and determiner != "l'" and not head[:1].isupper()
    return definite([words[0], head]) if plain else ""


def _name(words: Sequence[str], context: Sequence[str]) -> Noun:
    text = join(list(words))
    titles = {"madame": "f", "mademoiselle": "f", "monsieur": "m", "papi": "m", "oncle": "m"}
    low = words[0].lower()
    gender = titles.get(low) or lexicon().names.get(low, "")
    # "Docteur" may be a woman; "mamie" is one.
    gender = gender or ("f" if lexicon().gender.get(low) == "f" else "")
    many = "et" in words
    return Noun(text, text, text, gender or _told(context), many, True, True, named=True)


def _told(context: Sequence[str]) -> str:
    """The gender that pronouns of the idea give away."""
    low = {word.lower() for word in context}
    if low & {"elle", "elles"} and not low & {"il", "ils"}:
        return "f"
    return "m" if low & {"il", "ils"} and not low & {"elle", "elles"} else ""


def _plural(determiner: str, head: str) -> bool:
    if determiner in _MANY:
        return True
    if is_number(determiner):
        return determiner != "1"
    if determiner:
        return False
    return head.endswith(("s", "x")) and head not in lexicon().gender


def _gender(determiner: str, rest: Sequence[str], at: int, context: Sequence[str]) -> str:
    if determiner in ("un", "le", "ce", "cet", "du"):
        return "m"
    after = rest[at + 1].lower() if at + 1 < len(rest) else ""
    if rest[at].lower() in _MALE_WITH_DE and not determiner and re.match(r"d(?:e$|u$|')", after):
        return "m"
    if determiner in ("une", "la", "cette", "ma", "ta", "sa", "de la"):
        return "f"
    known = gender_of(rest[at])
    if known:
        return known
    near = [word.lower() for word in (*rest[:at], *rest[at + 1 : at + 2])]
    if any(word_in(word, "feminine") for word in near):
        return "f"
    if any(word_in(word, "masculine") for word in near):
        return "m"
    described = rest[at + 1].lower() if at + 1 < len(rest) else ""
    if re.search(_FEMININE_ADJECTIVE, described):
        return "f"
    return "m" if re.search(_MASCULINE_ADJECTIVE, described) else _told(context)


def articled(words: Sequence[str], described: Noun) -> str:
    """A bare noun phrase with the article that its number or gender asks for."""
    if described.plural:
        return f"les {join(list(words))}"
    return _with_article(words, described.gender)


def definite(words: Sequence[str]) -> str:
    """Name it again: "une fille de neuf ans" is "la fille", "deux amis" are "les deux amis"."""
    determiner, rest = _split(words)
    if not rest:
        return join(list(words))
    if determiner in ("des", "les", "") and rest[0].lower() in _QUANTITIES and len(rest) > 2:
        # "des milliers de personnes" are "ces personnes".
        return f"ces {join(_core(rest[2:]))}"
    rest = _core(rest)
    text = join(rest)
    if determiner in ("les", "des", "quelques") or (is_number(determiner) and determiner != "1"):
        counted = f"{determiner} " if is_number(determiner) else ""
        return f"les {counted}{text}"
    if determiner in ("", "plusieurs"):
        many = _plural(determiner, rest[_head(rest)].lower())
        return f"les {text}" if many else _with_article(rest, gender_of(rest[_head(rest)]))
    if determiner in ("un", "une", "du", "de la", "1", "le", "la", "l'"):
        gender = "f" if determiner in ("une", "de la", "la") else "m"
        return _with_article(rest, gender)
    return f"{determiner} {text}"


def _with_article(rest: Sequence[str], gender: str) -> str:
    text = join(list(rest))
    if elides(rest[0]) and gender:
        return f"l'{text}"
    return f"{'le' if gender == 'm' else 'la'} {text}" if gender else text


def _counts(word: str) -> bool:
    """Whether a participle's complement begins here: "coinc\u00e9 trois jours"."""
    return bool(word) and (is_number(word) or word_in(word, "determiners"))


def _core(rest: Sequence[str]) -> list[str]:
    """The head with its adjective and bare complement: "gardien de phare"."""
    at = _head(rest)
    end = at + 1
    while end < len(rest) and end < _LONGEST_AGAIN:
        word = rest[end].lower()
        following = rest[end + 1].lower() if end + 1 < len(rest) else ""
        bare = bool(following) and not word_in(
            following, "determiners", "prepositions", "prenominal"
        )
        bare = bare and not is_number(following) and following[:2] not in ("l'", "d'")
        if word in ("de", "\u00e0", "en") and bare and following not in ("retraite",):
            end += 2
            while end < len(rest) and rest[end][:1].isupper():
                end += 1
        elif word.startswith("d'") and word not in ("d'un", "d'une") and len(word) > 3:
            end += 1
        elif word_in(word, "prepositions", "relatives", "conjunctions") or word == ",":
            break
        elif (
            end == at + 1
            and not word.startswith(("d'", "l'", "qu'"))
            and not (word_in(following, "prepositions") if following else False)
            and not (re.search(r"\u00e9e?s?$", word) and _counts(following))
            and not (bare and re.search(r"(?:\u00e9|u)e?s?$", word))
        ):
            end += 1
        else:
            break
    last = rest[end].lower() if end == len(rest) - 1 and end > at + 1 else ""
    if last and not word_in(last, "prepositions", "relatives", "conjunctions") and last != ",":
        end += 1
    return list(rest[:end])
