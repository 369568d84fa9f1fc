"""French ideas as people type them become clean sentences."""

from __future__ import annotations

import re

from ..cleaning import finished, sentences, straightened
from .lexicon import lexicon, singular_of
from .typography import polish

__all__ = ["clean", "parts", "sentence"]

_KINDS = (
    r"(?:court[- ]m\u00e9trages?|films?|vid\u00e9os?|clips?|reels?|courts?|documentaires?"
    r"|reportages?|histoires?|contes?|r\u00e9cits?|bandes?-annonces?|publicit\u00e9s?|pubs?"
    r"|po\u00e8mes?|listes?|sc\u00e9narios?)"
)
_ORDER = (
    r"(?i)^(?:s'il (?:te|vous) pla\u00eet,?\s+)?"
    r"(?:(?:je (?:veux|voudrais|souhaite)|j'aimerais|fais(?:-moi)?|faites(?:-moi)?|cr\u00e9ez"
    r"|cr\u00e9e(?:-moi)?|raconte(?:z|-moi)?|\u00e9cri(?:s|vez)(?:-moi)?|montre(?:z|-moi)?)"
    r"\s+(?:voir\s+|faire\s+)?)?"
    rf"(?:(?:une?|le|la|ton|mon)\s+|l')(?:[\w-]+\s+){{0,2}}?{_KINDS}(?:\s+[\w-]+){{0,2}}?\s+"
    r"(?P<joint>sur|\u00e0 propos de|\u00e0 propos d'|de|d'|du|des|o\u00f9|qui raconte"
    r"|qui montre|qui explique)\s?"
)
_EXPLAIN = (
    r"(?i)^(?:(?:explique|raconte|d\u00e9cris|pr\u00e9sente|montre|dis)"
    r"(?:(?:-moi|-nous|z-moi|z-nous)\s|z?\s(?=(?:l[ea]s?|l'\w+|une?|des|du|ce|cette|ces|qui|que|mon"
    r"|ma|mes|notre|nos|comment|pourquoi|quand|o\u00f9)\s))"
    r"|(?:parle|parlez)(?:-moi|-nous)?\s+(?P<joint>de la|de l'|de|d'|du|des))\s*(?=\w)"
)
"""What only asks the film maker to explain; the idea is what stands behind it."""
_TITLE = r"(?i)^(?:le |la |l').*\s(?:de|d'|du|des)\s?$"
"""No order, but what a story is called: "l'histoire secr\u00e8te du chewing-gum"."""
_META = (
    r"(?i)^(?:(?:le|la|les|l')\s?(?:film|vid\u00e9o|ton|style|ambiance|musique|voix|images?|clip)\b"
    r".*\b(?:doit|doivent|est|sont|sera)\b"
    r"|(?:ton|style|dur\u00e9e|format|musique|ambiance)\s*:|ajoute|utilise|fais|faites|je veux"
    r"|je voudrais|j'aimerais|pas de (?:texte|musique|voix|dialogue)|il faut que (?:le|la)"
    r"|\u00e7a doit|merci)"
)
_LONGEST_NAME = 5
_ABBREVIATION = r"(?i)\b(?:m|mm|mme|mlle|dr|st|ste|etc|av)\.$"

_SIGNED = (
    r"^\s*[\"\u00ab\u201c]\s*(.+?)[\s.]*[\"\u00bb\u201d]\s*(?:-+|\u2013|\u2014|,|\()\s*"
    r"([A-Z\u00c0-\u00dd][\w.'\u2019 -]+?)\)?\s*$"
)
"""Somebody's words, and their name behind them."""


def clean(idea: str) -> str:
    """Straighten quotes and shouting, and give hasty spelling its accents back."""
    idea = re.sub(_SIGNED, r"\2 : \1", idea)
    text = straightened(idea, drop="~")
    text = re.sub(r" (?=[,.;:!?])", "", text)
    words = [_ligature(word) for word in text.split()]
    if text.isascii():
        words = _restored(words)
    words = _without_has(words)
    words = [_capital(word) for word in words]
    if words and words[0] == "A" and len(words) > 1:
        words[0] = "\u00c0"
    return " ".join(words)


def _ligature(word: str) -> str:
    prefix, core, tail = _cut(word)
    fixed = lexicon().spelling.get(core.lower(), "")
    return f"{prefix}{_like(core, fixed)}{tail}" if "\u0153" in fixed else word


def _cut(word: str) -> tuple[str, str, str]:
    match = re.match(r"^(\W*(?:\w{1,2}'|qu'|jusqu'|lorsqu')?)(.*?)(\W*)$", word, re.IGNORECASE)
    return (match[1], match[2], match[3]) if match else ("", word, "")


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _capital(word: str) -> str:
    """An accent that a capital lost: "Ecole" is "\u00c9cole"."""
    prefix, core, tail = _cut(word)
    if not core.isascii() or not core[:1].isupper() or core.isupper():
        return word
    spelled = lexicon().accented.get(core.lower(), "")
    return (
        f"{prefix}{_like(core, spelled)}{tail}"
        if spelled and spelled[0] != core[0].lower()
        else word
    )


def _restored(words: list[str]) -> list[str]:
    """Give an idea that was typed without any accent its accents back, where only one word fits."""
    typed, words = words, [_accented(word) for word in words]
    for index, word in enumerate(words):
        noun = index > 0 and singular_of(words[index - 1].lower()) in lexicon().gender
        both = {singular_of(word), singular_of(typed[index])} & set(lexicon().gender)
        sure = noun if not both else singular_of(typed[index]) not in both
        if word.endswith("\u00e9s") and not sure:
            words[index] = typed[index]  # "marches" are steps, "critiques" no participle
    verb_seen = False
    for index, word in enumerate(words):
        after = words[index + 1].lower() if index + 1 < len(words) else ""
        has = index > 0 and words[index - 1].lower() in ("qui", "il", "elle", "on", "y", "n'y")
        if word == "a" and (verb_seen or not _follows_has(after)) and index and not has:
            words[index] = "\u00e0"
        if word in lexicon().singular and index and words[index - 1].lower() in _HAVING:
            infinitive = lexicon().singular[word]
            words[index] = f"{infinitive[:-2]}\u00e9" if infinitive.endswith("er") else word
        if verb_seen and _describes(words, index):
            words[index] = f"{lexicon().singular[word][:-2]}\u00e9"
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


def _without_has(words: list[str]) -> list[str]:
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


_SUBJECTS = ("qui", "il", "elle", "on", "que", "personne", "tout", ",")
_HAVING = ("ai", "j'ai", "as", "a", "avons", "avez", "ont")


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
        )
        or (
            word.endswith(("\u00e9", "u", "is"))
            or (lexicon().singular.get(word, "").endswith("er") and word not in lexicon().nouny)
        )
    )


def _accented(word: str) -> str:
    if re.search(r"-(?:t-)?(?:ils?|elles?|on|ce|je|tu|nous|vous)\W*$", word):
        return word  # "sommes-nous" is no participle
    if "-" in word:
        return "-".join(_accented(part) for part in word.split("-"))
    prefix, core, tail = _cut(word)
    low = core.lower()
    spelled = lexicon().spelling.get(low) or lexicon().accented.get(low)
    if spelled is None and low.endswith("s"):
        single = lexicon().accented.get(low[:-1])
        spelled = f"{single}s" if single else None
    return f"{prefix}{_like(core, spelled)}{tail}" if spelled else word


def parts(text: str) -> tuple[str, list[str]]:
    """Split an idea into its premise and the user's further sentences, without their orders."""
    raw = sentences(text, _ABBREVIATION)
    told = [piece for piece in raw if not re.match(_META, piece) or re.match(_ORDER, piece)] or raw
    if len(told) > 1 and re.fullmatch(r"\d{4}\.?", told[0]):
        # "1944. Une institutrice cache des enfants." says when, not what.
        told = [f"En {told[0].rstrip('.')}, {told[1][:1].lower()}{told[1][1:]}", *told[2:]]
    further = [
        sentence(piece) for piece in told[1:] if len(piece.split()) > 1 and not _signs(piece)
    ]
    return _without_order(told[0]), further


def _signs(piece: str) -> bool:
    """Whether a sentence is only the name of who said the one in front of it."""
    words = piece.strip(".!? ").split()
    small = ("de", "du", "des", "la", "le", "d'")
    return len(words) <= _LONGEST_NAME and all(w[:1].isupper() or w in small for w in words)


_ONCE = r"(?i)^il (?:\u00e9tait|y avait) une fois,?\s+(?=une?\s|des\s|deux\s)"


def _without_order(premise: str) -> str:
    premise = re.sub(_ONCE, "", premise)
    match = re.match(_ORDER, premise)
    if match and re.match(_TITLE, match[0]):
        match = None
    match = match or re.match(_EXPLAIN, premise)
    if match is None or len(premise) - match.end() < 3:
        return premise
    if not match["joint"]:
        return premise[match.end() :]
    article = {"du": "le ", "des": "les ", "de la": "la ", "de l'": "l'"}.get(
        match["joint"].lower(), ""
    )
    return article + premise[match.end() :]


def sentence(text: str) -> str:
    """A sentence with its capital and its point."""
    return polish(finished(text))
