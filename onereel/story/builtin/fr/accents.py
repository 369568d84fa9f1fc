"""Accents that a French idea lost on the keyboard."""

from __future__ import annotations

import re

from .lexicon import fold, lexicon, singular_of

__all__ = ["accented", "capital", "cut", "ligature", "restored", "without_has"]

_SERIES = 3
_SUBJECTS = ("qui", "il", "elle", "on", "que", "personne", "tout", ",")
_PARTICIPLE = r"(?:\u00e9|(?<![aeo])u|^eu|(?<!bo)is)$"
"""How what somebody "a" done ends; "a bois", "a feu" and "a eau" lost an accent."""
_HAVING = ("ai", "j'ai", "as", "a", "avons", "avez", "ont")
_BETWEEN = ("encore", "deja", "d\u00e9j\u00e0", "toujours", "enfin")
"""What stands between "has" and what was done, and not behind "\u00e0": "a encore vol\u00e9"."""


def ligature(word: str) -> str:
    """ "C\u0153ur" for "coeur", whatever else is accented."""
    prefix, core, tail = cut(word)
    fixed = lexicon().spelling.get(core.lower(), "")
    return f"{prefix}{_like(core, fixed)}{tail}" if "\u0153" in fixed else word


def cut(word: str) -> tuple[str, str, str]:
    """A word between what is elided or stands in front of it and the points behind it."""
    match = re.match(r"^(\W*(?:\w{1,2}'|qu'|jusqu'|lorsqu')?)(.*?)(\W*)$", word, re.IGNORECASE)
    return (match[1], match[2], match[3]) if match else ("", word, "")


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def capital(word: str) -> str:
    """An accent that a capital lost: "Ecole" is "\u00c9cole"."""
    prefix, core, tail = cut(word)
    if not core.isascii() or not core[:1].isupper() or core.isupper():
        return word
    spelled = lexicon().accented.get(core.lower(), "")
    return (
        f"{prefix}{_like(core, spelled)}{tail}"
        if spelled and spelled[0] != core[0].lower()
        else word
    )


def restored(words: list[str]) -> list[str]:
    """Give an idea that was typed without any accent its accents back, where only one word fits."""
    typed, words = words, [accented(word) for word in words]
    words = _participles_listed(_participle_led(words))
    for index, word in enumerate(words):
        noun = index > 0 and singular_of(words[index - 1].lower()) in lexicon().gender
        both = {singular_of(word), singular_of(typed[index])} & set(lexicon().gender)
        sure = noun if not both else singular_of(typed[index]) not in both
        if word.endswith("\u00e9s") and not sure:
            words[index] = typed[index]  # "marches" are steps, "critiques" no participle
    verb_seen = False
    for index, word in enumerate(words):
        after = words[index + 1].lower().strip(",.;:!?") if index + 1 < len(words) else ""
        has = index > 0 and words[index - 1].lower() in ("qui", "il", "elle", "on", "y", "n'y")
        if word == "a" and (verb_seen or not _follows_has(after)) and index and not has:
            words[index] = "\u00e0"
        before = next((each for each in words[:index][::-1] if each not in _BETWEEN), "")
        if word in lexicon().singular and before.lower() in _HAVING and word not in _BETWEEN:
            infinitive = lexicon().singular[word]
            words[index] = f"{infinitive[:-2]}\u00e9" if infinitive.endswith("er") else word
        if verb_seen and _describes(words, index):
            words[index] = f"{lexicon().singular[word][:-2]}\u00e9"
        if word == "mais" and index and words[index - 1].lower() in ("de", "du", "le"):
            words[index] = "ma\u00efs"
        if word.lower() in ("d'ou", "jusqu'ou"):
            words[index] = f"{word[:-1]}\u00f9"  # nothing elides before "or"
        if word == "ou" and index and _clause_follows(words, index + 1):
            words[index] = "o\u00f9"
        if (
            word == "ou"
            and index
            and after in ("il", "elle", "on", "ils", "elles", "personne", "tout")
        ):
            words[index] = "o\u00f9"
        owned = index > 0 and words[index - 1].lower() in lexicon().sets["determiners"]
        verb_seen = verb_seen or (
            word in lexicon().singular and index > 0 and word != "a" and not owned
        )
    return words


def _participle_led(words: list[str]) -> list[str]:
    """ "Braquage rate" is no sentence: a bare noun in front has a participle behind it."""
    if len(words) < 2:
        return words
    noun, verb = singular_of(words[0].lower()), lexicon().singular.get(words[1], "")
    gender = lexicon().gender.get(noun, "")
    after = words[2].lower() if len(words) > 2 else ","
    object_follows = after in lexicon().sets["determiners"]
    if not gender or object_follows or not verb.endswith("er") or words[1] in lexicon().gender:
        return words
    ending = {"m": "\u00e9", "f": "\u00e9e"}[gender] + ("s" if noun != words[0].lower() else "")
    return [words[0], verb[:-2] + ending, *words[2:]]


def _participles_listed(words: list[str]) -> list[str]:
    """ "Un tableau vole, un faussaire, une nuit" lines things up: no verb stands in it."""
    pieces = " ".join(words).split(", ")
    first = [piece.split() for piece in pieces]
    determiners = lexicon().sets["determiners"] | lexicon().sets["numbers"]
    if len(pieces) < _SERIES or any(piece[0].lower() not in determiners for piece in first):
        return words
    for piece in first:
        base = lexicon().singular.get(piece[-1], "")
        gender = lexicon().gender.get(piece[-2].lower(), "") if len(piece) > 2 else ""
        if base.endswith("er") and gender and piece[-1] not in lexicon().gender:
            piece[-1] = base[:-2] + ("\u00e9" if gender == "m" else "\u00e9e")
    return ", ".join(" ".join(piece) for piece in first).split()


def without_has(words: list[str]) -> list[str]:
    """What there is to do has nothing: "tomber amoureux a 80 ans" lost an accent."""
    first = 1 if words[:1] and words[0].lower() == "comment" else 0
    deed = len(words) > first and words[first].lower() in lexicon().infinitives
    if not deed or words[first].lower() in lexicon().gender:
        return words
    end = next((at for at, word in enumerate(words) if word in _SUBJECTS), len(words))
    return ["\u00e0" if word == "a" and at < end else word for at, word in enumerate(words)]


def _describes(words: list[str], index: int) -> bool:
    """Whether a verb behind a noun is a participle: "un phare abandonne"."""
    word = words[index]
    if not lexicon().singular.get(word, "").endswith("er") or word in lexicon().nouny:
        return False
    return lexicon().gender.get(words[index - 1]) == "m" and words[index - 2] in ("un", "le", "du")


def _clause_follows(words: list[str], start: int) -> bool:
    """Whether an article and, soon, a verb follow: "ou le temps s'arrete"."""
    if start >= len(words) or words[start] not in ("le", "la", "les", "un", "une", "tout"):
        return False
    verbs = (*lexicon().singular, *lexicon().plural)
    return any(re.sub(r"^[sn]'", "", word) in verbs for word in words[start + 2 : start + 5])


def _follows_has(word: str) -> bool:
    """Whether "a" in front of `word` means "has"."""
    return (
        word.isdigit()
        or word
        in (
            "un",
            "une",
            "des",
            "peur",
            "faim",
            "soif",
            "besoin",
            "envie",
            "mal",
            "perdu",
            "deux",
            "lieu",
            *_BETWEEN,
        )
        or (
            re.search(_PARTICIPLE, word) is not None
            or (lexicon().singular.get(word, "").endswith("er") and word not in lexicon().nouny)
        )
    )


def accented(word: str) -> str:
    """The one spelling that a word without accents can have; itself, where there is none."""
    if re.search(r"-(?:t-)?(?:ils?|elles?|on|ce|je|tu|nous|vous)\W*$", word):
        return word  # "sommes-nous" is no participle
    if "-" in word:
        return "-".join(accented(part) for part in word.split("-"))
    prefix, core, tail = cut(word)
    low = core.lower() if core.lower() in lexicon().known else fold(core)  # "ag\u00e9es"
    spelled = lexicon().spelling.get(low) or lexicon().accented.get(low)
    if spelled is None and low.endswith("s"):
        single = lexicon().accented.get(low[:-1])
        spelled = f"{single}s" if single else None
    if spelled is None and low.endswith("aux"):
        single = lexicon().accented.get(f"{low[:-3]}al")  # "decimaux"
        spelled = f"{single[:-1]}ux" if single else None
    kept = spelled is not None and all(
        one == other for one, other in zip(core.lower(), spelled, strict=False) if not one.isascii()
    )
    return f"{prefix}{_like(core, spelled)}{tail}" if spelled and kept else word
