"""The Spanish lexicon and the third persons of Spanish verbs."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..wording import classes

__all__ = ["Form", "Lexicon", "accented", "infinitive", "lexicon", "plain", "present", "word_set"]

_REGULAR = {"ar": ("a", "an"), "er": ("e", "en"), "ir": ("e", "en")}
_FUTURES = {
    "poder": "podr", "tener": "tendr", "hacer": "har", "querer": "querr", "saber": "sabr",
    "venir": "vendr", "poner": "pondr", "salir": "saldr", "decir": "dir", "haber": "habr",
    "mantener": "mantendr", "obtener": "obtendr", "contener": "contendr",
}  # fmt: skip
_NEVER_VERBS = ("fuera", "para", "sobre", "entre", "cada", "como", "este", "cerca")
_NEVER_PAST = ("hacia", "media", "medias", "sabia", "sabias", "previa", "previas")
_SHORTEST_MARKED = 4
_STRESS = str.maketrans("iu", "\u00ed\u00fa")


@dataclass(frozen=True)
class Form:
    """What a finite form is: its infinitive as it is written, its number, whether it is past."""

    verb: str
    plural: bool
    past: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Words by what they are; keys are written without accents."""

    sets: Mapping[str, frozenset[str]]
    changes: Mapping[str, str]
    irregular: Mapping[str, tuple[str, str]]
    written: Mapping[str, str]
    """Infinitives as they are written, by how they are looked up."""
    spelling: Mapping[str, str]
    tails: tuple[tuple[str, str], ...]
    tail_except: frozenset[str]
    forms: Mapping[str, Form]
    """Finite forms as they are written, in lower case."""


def word_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


def plain(word: str) -> str:
    """The word in lower case without accents, as the lexicon lists it."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def lexicon() -> Lexicon:
    """Read `words.toml` and the lists of the other files, and conjugate their verbs."""
    data = tomllib.loads(_text("words.toml"))
    more = classes(_text("ancora.txt"))
    things = classes(_text("everyday.txt"))
    verbs = data["verbs"]
    changes = {
        verb: change
        for change in ("ie", "ue", "i", "stressed", "y")
        for verb in verbs[change].split()
    }
    irregular = {verb: _pair(forms) for verb, forms in verbs["present"].items()}
    names = {*changes, *irregular, *verbs["regular"].split(), *more["verbs"]}
    written = {name: data["accents"].get(name, name) for name in names}
    forms: dict[str, Form] = {}
    for name in sorted(names):
        _add_forms(forms, name, written[name], changes.get(name, ""), irregular.get(name))
    for form, name in verbs["past"].items():
        plural = form.endswith("n")
        forms[form] = Form(written.get(name, name), plural, past=True)
    for form in [form for form in forms if form.endswith("ron")]:
        # "Si mi perro pudiera hablar"
        supposed = form.removesuffix("ron")
        forms.setdefault(f"{supposed}ra", Form(forms[form].verb, False, past=True))
        forms.setdefault(f"{supposed}ran", Form(forms[form].verb, True, past=True))
    for word in _NEVER_VERBS:
        forms.pop(word, None)
    sets = {name: word_set(words) for name, words in data["sets"].items()}
    sets["common"] |= {plain(word) for word in more["nouns"]}
    sets["adjectives"] = frozenset(plain(word) for word in more["adjectives"])
    everyday = (*things["nouns m"], *things["nouns f"])
    sets["masculine"] |= {plain(word) for word in things["nouns m"]}
    sets["feminine"] |= {plain(word) for word in things["nouns f"]}
    sets["singular"] |= {plain(word) for word in everyday if word.endswith("s")}
    listed = (*more["nouns"], *more["adjectives"], *everyday)
    bare = frozenset((*listed, *forms))
    # "Una" is no nail, and "publico" may have published.
    marked = [word for word in listed if len(word) > _SHORTEST_MARKED and plain(word) not in bare]
    marked = [word for word in marked if not word.isascii()]
    return Lexicon(
        sets=sets,
        changes=changes,
        irregular=irregular,
        written=written,
        spelling={plain(word): word for word in (*marked, *data["spelling"]["words"].split())},
        tails=tuple(data["tail"].items()),
        tail_except=word_set(data["tail_except"]["words"]),
        forms=forms,
    )


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _pair(forms: str) -> tuple[str, str]:
    single, plural = forms.split()
    return single, plural


def _changed(stem: str, change: str) -> str:
    """The stressed stem: the last vowel of the kind that changes."""
    if change == "y":
        return f"{stem}y"
    if change == "stressed":
        return f"{stem[:-1]}{stem[-1].translate(_STRESS)}"
    old = {"ie": "e", "ue": "o", "i": "e"}.get(change)
    if old is None:
        return stem
    at = stem.rfind(old)
    new = f"h{change}" if change == "ue" and at == 0 else change
    new = "ye" if change == "ie" and at == 0 else new
    return f"{stem[:at]}{new}{stem[at + 1 :]}"


def _regular(name: str, written: str, change: str) -> tuple[str, str]:
    single, plural = _REGULAR[name[-2:]]
    stem = _changed(written[:-2], change)
    if change == "ue":
        stem = re.sub(r"gue$", "g\u00fce", stem) if name == "avergonzar" else stem
        stem = stem.replace("verguenz", "verg\u00fcenz")
    return stem + single, stem + plural


def _add_forms(
    forms: dict[str, Form],
    name: str,
    written: str,
    change: str,
    irregular: tuple[str, str] | None,
) -> None:
    single, plural = irregular or _regular(name, written, change)
    forms[single] = Form(written, False)
    forms[plural] = Form(written, True)
    stem, kind = written[:-2], plain(written)[-2:]
    if kind == "ar":
        past = ((f"{stem}\u00f3", f"{stem}aron"), (f"{stem}aba", f"{stem}aban"))
    else:
        past = (_preterite(stem, kind, change), (f"{stem}\u00eda", f"{stem}\u00edan"))
    for one, many in past:
        forms.setdefault(one, Form(written, False, past=True))
        forms.setdefault(many, Form(written, True, past=True))
    future = _FUTURES.get(name, plain(written) if "\u00f1" not in written else written)
    for ending in ("\u00e1", "\u00eda"):
        forms.setdefault(f"{future}{ending}", Form(written, False))
        forms.setdefault(f"{future}{ending}n", Form(written, True))


def _preterite(stem: str, kind: str, change: str) -> tuple[str, str]:
    if change == "y" or stem[-1:] in "aeo":
        return f"{stem}y\u00f3", f"{stem}yeron"
    if kind == "ir" and change in ("ie", "i"):
        at = stem.rfind("e")
        stem = f"{stem[:at]}i{stem[at + 1 :]}"
    if kind == "ir" and change == "ue":
        at = stem.rfind("o")
        stem = f"{stem[:at]}u{stem[at + 1 :]}"
    return f"{stem}i\u00f3", f"{stem}ieron"


def present(verb: str, *, plural: bool) -> str:
    """The third person of the present tense; a verb that the lexicon lacks is regular."""
    words = lexicon()
    name = verb if verb in words.changes else plain(verb)
    forms = words.irregular.get(name) or _regular(
        name, words.written.get(name, verb), words.changes.get(name, "")
    )
    return forms[plural]


def infinitive(form: str) -> str | None:
    """The infinitive of a finite form that the lexicon knows, or None."""
    found = lexicon().forms.get(form.lower())
    return found.verb if found else None


def is_past(word: str) -> bool:
    """Whether a word without its accent may be a past: "volvias"."""
    past = re.fullmatch("(.{2,})i(?:as?|an|amos)", word)
    known = lexicon().written
    verbal = past is not None and {f"{past[1]}er", f"{past[1]}ir"} & set(known)
    return bool(verbal) and word not in _NEVER_PAST


def accented(word: str) -> str:
    """Put back accents that a lower-case word plainly misses."""
    words = lexicon()
    if word in words.spelling:
        return words.spelling[word]
    shape = re.fullmatch("(.{3,})(a|os|as)", word)  # "quimicos"
    if shape and f"{shape[1]}o" in words.spelling and word not in words.forms:
        return words.spelling[f"{shape[1]}o"][:-1] + shape[2]
    if is_past(word):
        return re.sub("i(as?|an|amos)$", "\u00ed\\1", word)
    for tail, right in words.tails:
        if word.endswith(tail) and len(word) > len(tail) + 1 and word not in words.tail_except:
            return word.removesuffix(tail) + right
    return word
