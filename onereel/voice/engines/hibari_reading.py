"""The phonemes that hibari reads a text as."""

from __future__ import annotations

import unicodedata
from typing import Any

__all__ = ["phonemes_of"]


def phonemes_of(model: Any, text: str) -> list[str]:
    """The phonemes of a text in pieces; what hibari's reader fails on is read more simply.

    hibari 0.2.1 raises IndexError or ValueError for numbers of very many digits, for superscripts
    and for words of letters that it has never seen.
    """
    for reading in (str.strip, _plain):
        try:
            return list(model.phonemize(reading(text)))
        except (IndexError, ValueError, KeyError):
            continue
    tokens = text.split()
    if len(tokens) == 1:
        digits = " ".join(character for character in _plain(text) if character.isdigit())
        return list(model.phonemize(digits)) if digits else []
    return [piece for token in tokens for piece in phonemes_of(model, token)]


def _plain(text: str) -> str:
    """The ASCII of a text: letters without their accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
