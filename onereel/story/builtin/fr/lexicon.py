"""The French lexicon: forms of verbs, genders of nouns, and words without their accents."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from ..wording import classes

__all__ = ["Lexicon", "elides", "fold", "gender_by_end", "lexicon", "singular_of"]

_PAST_STEMS = {
    "vouloir": "voul", "pouvoir": "pouv", "devoir": "dev", "venir": "ven", "tenir": "ten",
    "prendre": "pren", "boire": "buv", "revoir": "revoy", "voir": "voy", "croire": "croy",
    "cevoir": "cev", "avoir": "av", "\u00eatre": "\u00e9t", "faire": "fais", "aller": "all",
    "savoir": "sav", "mourir": "mour", "qu\u00e9rir": "qu\u00e9r", "mouvoir": "mouv",
    "fuir": "fuy",
}  # fmt: skip
"""Stems of imperfects that the third person plural does not show, by the end of the verb."""

_FUTURE_STEMS = {
    "vouloir": "voudr", "pouvoir": "pourr", "devoir": "devr", "venir": "viendr",
    "tenir": "tiendr", "cevoir": "cevr", "savoir": "saur", "avoir": "aur", "\u00eatre": "ser",
    "faire": "fer", "aller": "ir", "mouvoir": "mouvr", "voir": "verr", "mourir": "mourr",
    "courir": "courr", "qu\u00e9rir": "querr", "falloir": "faudr", "valoir": "vaudr",
    "envoyer": "enverr", "pleuvoir": "pleuvr", "cueillir": "cueiller",
}  # fmt: skip
"""Stems of futures that the infinitive does not show, by the end of the verb."""


@dataclass(frozen=True)
class Lexicon:
    """Words by what they are; verb forms name their infinitive."""

    singular: Mapping[str, str]
    plural: Mapping[str, str]
    infinitives: frozenset[str]
    nouny: frozenset[str]
    gender: Mapping[str, str]
    """"m", "f", or "" for nouns of either gender."""
    persons: frozenset[str]
    beings: frozenset[str]
    names: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    spelling: Mapping[str, str]
    known: frozenset[str]
    """What an idea may begin with that is no name: no sentence begins with a finite verb."""
    accented: Mapping[str, str]
    """Words by their spelling without accents, where only one word is spelled so."""


_PLAIN = str.maketrans(
    "\u00e0\u00e2\u00e4\u00e1\u00e3\u00e5\u00e7\u00e9\u00e8\u00ea\u00eb\u00ee\u00ef\u00ed\u00f1"
    "\u00f4\u00f6\u00f3\u00f5\u00f9\u00fb\u00fc\u00fa\u00ff",
    "aaaaaaceeeeiiinoooouuuuy",
    "",
) | {0x153: "oe", 0xE6: "ae"}


def fold(text: str) -> str:
    """Lower-case `text` and take its accents and ligatures away."""
    return text if text.isascii() and text.islower() else text.lower().translate(_PLAIN)


@cache
def lexicon() -> Lexicon:
    """Read `words.toml` and the long lists of `lexique.txt`."""
    data = tomllib.loads(_text("words.toml"))
    more = classes(_text("lexique.txt"))
    singular, plural = _verbs(data, more)
    gender = _genders(data, more)
    # "Op\u00e9ra" is no past form of "op\u00e9rer".
    singular = {
        form: verb for form, verb in singular.items() if form[-1] != "a" or form not in gender
    }
    infinitives = frozenset((*singular.values(), *plural.values()))
    names = {name: sex for sex in "fm" for name in data["names"][sex].split()}
    sets = {name: frozenset(words.split()) for name, words in data["sets"].items()}
    described = more["adjectives"]
    sets["adjectives"] |= {*described, *(f"{word}s" for word in described)}
    plain = frozenset(word for words in sets.values() for word in words)
    common = frozenset({*plain, *infinitives, *gender, *(f"{noun}s" for noun in gender)})
    participles = {part for verb in infinitives for part in _participles(verb)}
    likely = {fold(word): word for word in more["likely"]}
    return Lexicon(
        singular=singular,
        plural=plural,
        infinitives=infinitives,
        nouny=frozenset(data["nouny"].split()),
        gender=gender,
        persons=_group(data["persons"]) | {*more["persons m"], *more["persons f"]},
        beings=_group(data["beings"]),
        names=names,
        sets=sets,
        spelling={**likely, **data["spelling"]},
        known=common,
        accented=_without_accents(common | {*singular, *plural} | participles | set(names)),
    )


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _group(table: Mapping[str, str]) -> frozenset[str]:
    return frozenset(word for words in table.values() for word in words.split())


def _genders(data: Mapping[str, Any], more: Mapping[str, list[str]]) -> dict[str, str]:
    """The gender of every noun; our own lists come last and overrule."""
    gender = dict.fromkeys(more["nouns either"], "")
    for kind in ("nouns", "persons"):
        gender |= {word: sex for sex in "mf" for word in more[f"{kind} {sex}"]}
    tables = [data["nouns"], data["persons"], data["beings"]]
    gender |= {word: sex for table in tables for sex in "mf" for word in table[sex].split()}
    return {**gender, **dict.fromkeys(data["persons"]["either"].split(), "")}


def _verbs(
    data: Mapping[str, Any], more: Mapping[str, list[str]]
) -> tuple[dict[str, str], dict[str, str]]:
    singular: dict[str, str] = {}
    plural: dict[str, str] = {}
    doubling = frozenset(more["verbs doubling"])
    for infinitive in (*data["er"].split(), *more["verbs in er"]):
        one, many = _er_forms(infinitive, doubling)
        singular[one], plural[many] = infinitive, infinitive
        past = _er_past(infinitive)
        for form in past[:2]:
            singular.setdefault(form, infinitive)
        for form in past[2:]:
            plural.setdefault(form, infinitive)
        singular.setdefault(f"{one}ra", infinitive)
        plural.setdefault(f"{one}ront", infinitive)
    forms = [*more["verbs irregular"], *data["irregular"].replace("|", " ").split()]
    for one, many, infinitive in zip(forms[::3], forms[1::3], forms[2::3], strict=True):
        singular[one], plural[many] = infinitive, infinitive
        stem, later = _past_stem(infinitive, many), _future_stem(infinitive)
        singular[f"{stem}ait"], plural[f"{stem}aient"] = infinitive, infinitive
        singular.setdefault(f"{later}a", infinitive)
        plural.setdefault(f"{later}ont", infinitive)
    for form in more["verbs rare"]:
        singular.pop(form, "")
        plural.pop(form, "")
    return singular, plural


def _er_forms(infinitive: str, doubling: frozenset[str]) -> tuple[str, str]:
    """The third persons of the present of a verb in -er."""
    stem = infinitive[:-2]
    if stem in doubling:
        stem += stem[-1]
    elif re.search(r"[ou]y$", stem):
        stem = f"{stem[:-1]}i"
    else:
        consonants = r"([bcdfghjklmnpqrstvwxz]|ch|gn|br|vr|tr|gl|g|qu)"
        stem = re.sub(rf"[e\u00e9]{consonants}$", "\u00e8\\1", stem)
    return f"{stem}e", f"{stem}ent"


def _er_past(infinitive: str) -> tuple[str, str, str, str]:
    """Imperfect and simple past of a verb in -er: two singulars, two plurals."""
    stem = infinitive[:-2]
    soft = {"g": f"{stem}e", "c": f"{stem[:-1]}\u00e7"}.get(stem[-1], stem)
    return f"{soft}ait", f"{soft}a", f"{soft}aient", f"{stem}\u00e8rent"


def _past_stem(infinitive: str, many: str) -> str:
    """The stem of the imperfect: that of "nous", mostly the one of "ils"."""
    for end, stem in _PAST_STEMS.items():
        if infinitive.endswith(end):
            return infinitive.removesuffix(end) + stem
    return re.sub(r"(?:ent|nt)$", "", many)


def _future_stem(infinitive: str) -> str:
    """The stem of the future of a verb that is not regular in -er: the infinitive, mostly."""
    for end, stem in _FUTURE_STEMS.items():
        if infinitive.endswith(end):
            return infinitive.removesuffix(end) + stem
    return infinitive.removesuffix("e")


def _participles(infinitive: str) -> Iterable[str]:
    if infinitive.endswith("er"):
        for end in ("\u00e9e", "\u00e9s", "\u00e9es"):
            yield infinitive[:-2] + end


def _without_accents(words: Collection[str]) -> dict[str, str]:
    """The words with accents by their spelling without, where no two share it."""
    marked = [word for word in words if not word.isascii()]
    found: dict[str, str] = {}
    # All at once: folding each by itself takes longer than reading them.
    for bare, word in zip(fold("\n".join(marked)).split("\n"), marked, strict=True):
        found[bare] = "" if bare in found else word
    return {bare: word for bare, word in found.items() if word and bare not in words}


def singular_of(word: str) -> str:
    """The singular of a noun, as far as its ending tells."""
    if word in lexicon().gender:
        return word
    if "-" in word:
        # "Chauves-souris": one of its words is plural, or all are.
        halves = [(part, singular_of(part)) for part in word.split("-")]
        whole = ("-".join(each) for each in product(*halves))
        return next((base for base in whole if base in lexicon().gender), word.removesuffix("s"))
    if word.endswith("aux") and len(word) > 4:
        bases = (word[:-1], f"{word[:-3]}al", f"{word[:-3]}ail")
        return next((base for base in bases if base in lexicon().gender), word[:-1])
    return word[:-1] if word.endswith(("s", "x")) and len(word) > 3 else word


def gender_by_end(noun: str) -> str:
    """The gender of a noun that the lexicon does not have, where its end surely tells it."""
    if re.search(r"\w{3}(?:[tsx]ion|ette|it\u00e9|ance|ence|ure|erie)$", noun):
        return "f"
    return "m" if re.search(r"\w{3}(?:age|ment|isme|oir|eau)$", noun) else ""


def elides(word: str) -> bool:
    """Whether "le" or "de" loses its vowel before `word`."""
    low = fold(word).strip("\u00ab \u00a0")
    if not low or low[0] not in "aeiouhy":
        return False
    if low[0] == "y":
        return re.match(r"(?:yeux|yves|yvonne|y\b)", low) is not None
    aspirated = _aspirated()
    if word[:1] == "H" and word.split()[0].lower() not in {*lexicon().names, *lexicon().gender}:
        return False  # nobody knows how a name is said
    first = re.split(r"[\s,.;:'\u2019]", low)[0]
    return first not in aspirated and first.rstrip("sx") not in aspirated


@cache
def _aspirated() -> frozenset[str]:
    """Words before which nothing elides, without accents."""
    return frozenset(fold(word) for word in lexicon().sets["h_aspire"])
