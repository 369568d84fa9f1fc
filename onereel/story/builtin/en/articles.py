"""The English indefinite article before the sound that follows it."""

from __future__ import annotations

import re

__all__ = ["with_articles"]

_ARTICLE = re.compile(r"\b([Aa])n? (?=([^\W_][\w'-]*))")
_VOWEL_SOUND = re.compile(
    r"^(?:[aeio]|u(?!n[ia](?!n)|s[aeiu]|ti|k|rin|b[ie])|hour|honest|heir|8|11\b|18\b)",
    re.IGNORECASE,
)
_CONSONANT_SOUND = re.compile(r"^(?:one\b|once|one-|eu|ewe)", re.IGNORECASE)
_SPELLED = re.compile(r"^[A-Z]{2,4}$")
_SPOKEN = ("NASA", "NATO", "LED", "UFO", "USA", "UK", "UN", "US")


def with_articles(text: str) -> str:
    """Write "a" or "an" as the next word sounds: "an hour", "a university", "an AI"."""

    def article(match: re.Match[str]) -> str:
        inside = match[1] == "A" and text[: match.start()][-2:-1].isalpha()
        if inside:
            return match[0]  # the name of a place: "Hoi An can be reached by train"
        return f"{match[1]}{'n' if _vowel(match[2]) else ''} "

    return _ARTICLE.sub(article, text)


def _vowel(word: str) -> bool:
    if _SPELLED.match(word) and word not in _SPOKEN:
        return word[0] in "AEFHILMNORSX"
    if word in _SPOKEN:
        return word == "LED"
    return _VOWEL_SOUND.match(word) is not None and _CONSONANT_SOUND.match(word) is None
