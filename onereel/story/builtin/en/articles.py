"""The English indefinite article before the sound that follows it."""

from __future__ import annotations

import re

__all__ = ["with_articles"]

_ARTICLE = r"\b([Aa])n? (?=([^\W_][\w'-]*))"
_VOWEL_SOUND = (
    r"(?i)^(?:[aeio]|u(?!n[ia](?!n)|s[aeiu]|ti|k|rin|b[ie])|hour|honest|heir|8|11\b|18\b)"
)
_CONSONANT_SOUND = r"(?i)^(?:one\b|once|one-|eu|ewe)"
_SPELLED = r"^[A-Z]{2,4}$"
_SPOKEN = ("NASA", "NATO", "LED", "UFO", "USA", "UK", "UN", "US")


def with_articles(text: str) -> str:
    """Write "a" or "an" as the next word sounds: "an hour", "a university", "an AI"."""

    def article(match: re.Match[str]) -> str:
        inside = match[1] == "A" and text[: match.start()][-2:-1].isalpha()
        if inside:
            return match[0]  # the name of a place: "Hoi An can be reached by train"
        return f"{match[1]}{'n' if _vowel(match[2]) else ''} "

    return re.sub(_ARTICLE, article, text)


def _vowel(word: str) -> bool:
    if re.match(_SPELLED, word) and word not in _SPOKEN:
        return word[0] in "AEFHILMNORSX"
    if word in _SPOKEN:
        return word == "LED"
    return re.match(_VOWEL_SOUND, word) is not None and re.match(_CONSONANT_SOUND, word) is None
