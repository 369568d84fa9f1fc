"""Noun phrases of an idea that are certain, and how a film names them again.

Where a word is not certainly what it seems, there is no name: the film then speaks of the idea as
it was typed, and of its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .lexicon import elides, gender_by_end, lexicon, singular_of
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

__all__ = [
    "COMPARING",
    "KEPT",
    "NEW",
    "TWO_GENDERS",
    "Phrase",
    "bare_phrase",
    "phrase_at",
    "pointed",
    "titled",
]

_ONE = {"un": "m", "une": "f", "le": "m", "la": "f", "du": "m", "mon": "", "ma": "f", "ton": ""}
_ONE |= {"ta": "f", "notre": "", "votre": "", "ce": "m", "cet": "m", "cette": "f", "l'": ""}
_MANY = ("les", "des", "mes", "tes", "nos", "vos", "ces", "plusieurs", "quelques")
KEPT = ("mon", "ma", "mes", "ton", "ta", "tes", "notre", "nos", "votre", "vos", "cet", "cette")
_BARE = ("midi", "minuit")
"""They never take an article."""
NEW = ("un", "une", "des", "plusieurs", "quelques")
TWO_GENDERS = (
    *("mode", "tour", "poste", "manche", "livre", "vase", "voile", "critique", "m\u00e9moire"),
    *("page", "pendule", "somme", "moule", "merci", "vapeur", "garde", "solde", "physique"),
)  # fmt: skip
"""Nouns of two genders, which only an article tells apart."""
COMPARING = (
    *("plus", "moins", "meilleur", "meilleure", "meilleurs", "meilleures", "pire", "pires"),
    *("m\u00eame", "m\u00eames", "autre", "autres", "seul", "seule", "seuls", "seules"),
)  # fmt: skip
"""What compares: named again, a thing does without it."""
_OBJECTS = ("un", "une", "le", "la", "les", "son", "sa", "ses", "leur", "leurs", "ce", "cette")
_PEOPLE = ("vieux", "vieille", "vieilles", "jeune", "jeunes", "petit", "petite", "pauvre")
"""Adjectives that are somebody by themselves."""
_HOW = (
    "domicile",
    "distance",
    "pied",
    "v\u00e9lo",
    "cheval",
    "table",
    "temps",
    "terme",
    "part",
    "jeun",
)
_ORDERS = (
    *("interdit", "interdiction", "d\u00e9fense", "pri\u00e8re", "besoin", "envie", "h\u00e2te"),
    *("peur", "fini", "ordre", "permis", "obligation"),
)
"""In front of "de" and what there is to do, they name nothing: "interdit de rire"."""
_EMPTY = (
    *("peu", "sorte", "esp\u00e8ce", "type", "genre", "tas", "millier", "centaine", "dizaine"),
    *("million", "milliard", "moiti\u00e9", "plupart", "partie", "chose", "fa\u00e7on", "fois"),
    *("mani\u00e8re", "cas", "c\u00f4t\u00e9", "bout", "suite", "reste", "part", "point"),
    *("an", "ans", "heure", "minute", "seconde"),
)  # fmt: skip
"""Nouns that name nothing by themselves."""


@dataclass(frozen=True)
class Phrase:
    """A noun with what stands in front of it and a bare complement: "un vieux gardien de phare"."""

    determiner: str
    before: tuple[str, ...]
    """Adjectives in front of the noun."""
    noun: tuple[str, ...]
    """The noun and its bare complement."""
    end: int
    """Where the words behind it begin."""
    gender: str
    """"m", "f", or "" where nothing gives it away."""
    plural: bool

    @property
    def head(self) -> str:
        """The noun alone, in lower case and in the singular."""
        return singular_of(self.noun[0].lower())

    @property
    def text(self) -> str:
        """The phrase without its determiner."""
        return join([*self.before, *self.noun])


def phrase_at(words: Sequence[str], at: int = 0) -> Phrase | None:
    """The noun phrase with a determiner that begins at `at`, where no verb can."""
    if at >= len(words):
        return None
    first = words[at].lower()
    rest = at + 1
    if first[:2] == "l'" and len(first) > 2:
        determiner, words, rest = "l'", [*words[:at], "l'", words[at][2:], *words[at + 1 :]], at + 1
    elif first == "de" and words[at + 1 : at + 2] == ["la"]:
        determiner, rest = "la", at + 2
    else:
        determiner = first
    shift = 1 if determiner == "l'" else 0
    if not (determiner in _ONE or determiner in _MANY or is_number(determiner)):
        return None
    end = rest
    while end < len(words) and (word_in(words[end], "prenominal") or is_number(words[end])):
        end += 1
    noun_follows = end < len(words) and (is_known(words[end]) or is_name(words[end]))
    # "Une petite vieille (garde un dragon)": what has an object behind it acts.
    behind = [*words, "", ""][end + 1].lower()
    acts = end < len(words) and is_verb(words[end]) and behind in _OBJECTS
    noun_follows = noun_follows and not (acts and words[end - 1].lower() in _PEOPLE)
    alone = end > rest and not is_number(words[end - 1]) and not noun_follows
    if alone and ends_surely(words, end):
        # "Les vieux parlent": an adjective that is a noun.
        end -= 1
    elif end >= len(words) or not _may_be_noun(words, end):
        return None
    noun_end = _with_complement(words, end)
    known = lexicon().gender.get(singular_of(words[end].lower()), "")
    if is_number(determiner) and word_in(words[end], "months"):
        return None
    plural = determiner in _MANY or (is_number(determiner) and determiner != "1")
    return Phrase(
        determiner,
        tuple(words[rest:end]),
        tuple(words[end:noun_end]),
        noun_end - shift,
        _ONE.get(determiner, "") or known,
        plural,
    )


def bare_phrase(words: Sequence[str]) -> Phrase | None:
    """A noun without a determiner that begins an idea: "huile d'olive", "abeilles"."""
    low = words[0].lower()
    base = singular_of(low)
    gender = lexicon().gender.get(base) or gender_by_end(base)
    told = words[1:2] == ["de"] and words[2:] and words[2].lower() in lexicon().infinitives
    odd = (
        (told and base in _ORDERS)
        or base in (*TWO_GENDERS, *_BARE)
        or low[1:2] in ("'", "\u2019")
        or word_in(low, "determiners")
        or is_infinitive(low)
    )
    if odd or (is_verb(low) and (not is_known(low) or _acts(words))):
        return None
    plural = base != low
    if low.endswith(("s", "x")) and not plural:
        # "Cours (particuliers)": what follows tells one from several.
        after = words[1].lower() if len(words) > 1 else ""
        plural = after.endswith("s") and word_in(after, "adjectives")
    end = _with_complement(words, 0)
    if is_known(low) and not (gender or plural):
        # "Po\u00eale (\u00e0 granul\u00e9s)": of several nobody must know the gender.
        sure = end == len(words) or ends_surely(words, end)
        many = low if low.endswith(("s", "x", "z")) else f"{low}s"
        return Phrase("", (), (many, *words[1:end]), end, "", plural=True) if sure else None
    if not (gender or (plural and is_known(low))):
        return None
    return Phrase("", (), (low, *words[1:end]), end, gender, plural)


def _is_people(words: Sequence[str], at: int) -> bool:
    """Whether those of a town or country stand at `at`: "ces Fran\u00e7ais"."""
    many = at > 0 and words[at - 1].lower() in ("les", "des", "ces", "nos")
    low = words[at].lower()
    ends = re.search(r"(?:ais|ois|iens?|iennes|ains|aines|ols|ands|ins|aises|oises)$", low)
    place = word_in(low, "lands", "towns", "article_towns")
    return many and is_name(words[at]) and ends is not None and not place


def _acts(words: Sequence[str]) -> bool:
    """Whether what follows belongs to a verb alone: "roule jusqu'\u00e0 la mer"."""
    behind = words[1].lower() if len(words) > 1 else ""
    return behind[:5] == "jusqu" or behind in ("vers", "comme") or word_in(behind, "adverbs")


def _may_be_noun(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if _is_people(words, at):
        return True
    if is_known(word):
        return not is_name(word)
    small = word_in(word, "function", "prepositions", "determiners", "relatives", "pronouns")
    odd = small or word_in(word, "clitics", "adverbs", "conjunctions") or is_number(word)
    letters = re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", word) is not None
    return letters and not odd and not is_name(word) and not is_verb(word) and len(word) > 2


def _with_complement(words: Sequence[str], at: int) -> int:
    """Behind the noun at `at` and "de phare", "d'orgues", "\u00e0 dos" where one follows."""
    end = at + 1
    while end < len(words):
        low = words[end].lower()
        if low[:2] == "d'" and is_known(low[2:]) and not word_in(low[2:], "determiners"):
            end += 1
        elif low in ("de", "\u00e0", "sans") and end + 1 < len(words) and is_known(words[end + 1]):
            after = words[end + 1].lower()
            if is_name(words[end + 1]) or after in ("monsieur", "madame"):
                break
            if low == "\u00e0" and after in _HOW:
                break  # "(vos chats) \u00e0 domicile": that is how or where it is done
            to_do = low == "\u00e0" and after in lexicon().infinitives
            if to_do and not _is_tool(words, end - 1):
                break
            if is_infinitive(after) or word_in(after, "prenominal", "numbers", "determiners"):
                break
            if low == "de" and word_in(after, "relational"):
                break  # "les hirondelles, de retour"
            if low == "sans" and is_participle([*words, "", ""][end + 2]):
                break  # without added sugar is not without sugar
            end += 2
        elif low == "aux" and _is_kind(words, end):
            end += 2  # "vente aux ench\u00e8res"
        elif low == "\u00e0" and _is_tool(words, end - 1):
            end += 2
        else:
            break
    return end


def _is_kind(words: Sequence[str], at: int) -> bool:
    """Whether "aux" at `at` and its noun say what kind of thing stands in front: "march\u00e9 aux
    puces"."""
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    somebody = singular_of(after) in lexicon().persons | lexicon().beings
    return is_known(after) and not (is_name(words[at + 1]) or somebody)


def _is_tool(words: Sequence[str], at: int) -> bool:
    """Whether an infinitive behind "\u00e0" says what the thing at `at` is for: "machine \u00e0
    coudre"."""
    told = at + 2 < len(words) and words[at + 2].lower() in lexicon().infinitives
    return told and word_in(singular_of(words[at].lower()), "tools")


def pointed(phrase: Phrase, more: Sequence[str] = (), *, short: bool = False) -> str:
    """Name it again: "un vieux gardien de phare" is "ce vieux gardien de phare"; "" if unsure.

    `more` stands behind it; a `short` name does without what stands in front of the noun.
    """
    if more[:1] == ["num\u00e9ro"] and titled(phrase):
        return join([titled(phrase), *more])  # "quai num\u00e9ro neuf": there is no other
    best = bool(set(phrase.before) & set(COMPARING))
    before = [word for word in phrase.before if not (best or is_number(word))]
    text = join([*([] if short else before), *phrase.noun, *more])
    passing = word_in(phrase.head, "times") and len(phrase.noun) == 1 and not phrase.plural
    passing = passing or phrase.head in ("si\u00e8cle", "ann\u00e9e", "jour", "mois", "semaine")
    if phrase.head in _EMPTY or (passing and phrase.determiner not in KEPT):
        # "Cette ann\u00e9e" would be the one that runs.
        return ""
    if phrase.determiner in KEPT:
        return f"{phrase.determiner} {text}"
    if phrase.plural:
        return f"ces {text}"
    if phrase.gender == "f":
        return f"cette {text}"
    if phrase.gender == "m":
        return f"cet {text}" if elides(text) else f"ce {text}"
    return ""


def titled(phrase: Phrase) -> str:
    """Name it with the definite article: "le vieux gardien de phare"; "" if unsure."""
    if phrase.determiner in KEPT or phrase.determiner in ("ce", "ces"):
        return f"{phrase.determiner} {phrase.text}"
    if phrase.plural:
        counted = f"{phrase.determiner} " if is_number(phrase.determiner) else ""
        return f"les {counted}{phrase.text}"
    if phrase.determiner == "l'" or (phrase.gender and elides(phrase.text)):
        return f"l'{phrase.text}"
    article = {"m": "le ", "f": "la "}.get(phrase.gender, "")
    return article + phrase.text if article else ""
