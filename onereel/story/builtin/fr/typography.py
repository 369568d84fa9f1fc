"""French on the page: elisions and contractions, apostrophes, spaces before high points."""

from __future__ import annotations

import re

from .lexicon import elides

__all__ = ["joined", "polish", "title"]

NO_BREAK = "\u00a0"
_JOINT = r"(?i)\b(de|d|\u00e0|que)~(\S+)( ?)(\S*)"
_PAIR = r"(?i)\b(de|\u00e0)~([^.,;:!?~]+ )et~"
_CONTRACTED = {
    ("de", "le"): "du ",
    ("de", "les"): "des ",
    ("\u00e0", "le"): "au ",
    ("\u00e0", "les"): "aux ",
}
_HIGH_POINT = r"[ \u00a0\u202f]*([;!?]+)|(?<=[\w\u00bb%)+])[ \u00a0\u202f]*(:)(?=\s|$)"

_STRESSED = (
    r"(?i)\b(d'|de |\u00e0 |(?:pour|avec|sans|sur|entre|vers|chez|contre|apr\u00e8s) )il(s?)\b"
)
"""A pronoun behind a preposition: "d'il" is "de lui"."""
_QUOTED_START = r"(^\u00ab\u00a0|[.!?\u2026]\s+\u00ab\u00a0)(\w)"


def joined(text: str) -> str:
    """Resolve the marks of patterns: `de~X`, `\u00e0~X`, `que~X` contract or elide, `d~X` elides.

    The mark keeps the user's own "de le retrouver" apart from an article that must contract. `et~`
    joins two nouns that share a preposition: "de l'eau et de la guerre".
    """
    text = re.sub(_PAIR, r"\1~\2et \1~", text).replace("et~", "et ")
    return re.sub(_JOINT, _resolved, text)


def _resolved(match: re.Match[str]) -> str:
    word, first, space, second = match[1].lower(), match[2], match[3], match[4]
    rest = f"{first}{space}{second}"
    contracted = _CONTRACTED.get((word, first))
    if contracted and space:
        return contracted + second
    if word == "de" and first in ("des", "du") and space:
        return _elided("de", second)
    if word == "de" and first == "de" and second in ("la", "l'"):
        return rest
    return _elided({"d": "de"}.get(word, word), rest)


def _elided(word: str, rest: str) -> str:
    if word in ("de", "que") and elides(rest):
        return f"{word[:-1]}'{rest}"
    return f"{word} {rest}"


def _stressed(match: re.Match[str]) -> str:
    lead = re.sub("(?i)(d)'", r"\1e ", match[1])
    if match[2]:
        return re.sub("(?i)(d)e $", r"\1'", lead) + "eux"
    return f"{lead}lui"


def polish(text: str) -> str:
    """Repair what meets where slots were filled."""
    text = joined(text)
    text = re.sub(r"[ \u00a0\u202f]+([,.;:!?])", r"\1", text)
    text = re.sub(r",(?=[,.;:!?])", "", text)
    text = re.sub(r"([?!])\s*(?=[.?!])[.]", r"\1", text)
    text = re.sub(r"\bsi (ils?)\b", r"s'\1", text)
    text = re.sub(_STRESSED, _stressed, text)
    text = re.sub(_HIGH_POINT, lambda match: f"{NO_BREAK}{match[1] or match[2]}", text)
    text = re.sub(r"\u00ab\s*", f"\u00ab{NO_BREAK}", text)
    text = re.sub(r"\s*\u00bb", f"{NO_BREAK}\u00bb", text)
    text = re.sub(_QUOTED_START, lambda match: match[1] + match[2].upper(), text)
    return text.replace("'", "\u2019")


def title(text: str) -> str:
    """Write a phrase as a title: one capital, no full stop."""
    text = polish(text.strip(" ,.;"))
    return text[:1].upper() + text[1:]
