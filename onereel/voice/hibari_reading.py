"""What hibari is given to read: sentences, their phonemes, and which word has which of them."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np

__all__ = ["bounded", "phonemes_of", "phonemes_per_word", "sentences"]

_MOST_PHONEMES = 400
"""What the model sees at once: longer input takes memory without bound."""


def sentences(
    model: Any, text: str, spans: tuple[tuple[int, int], ...]
) -> list[tuple[int, int, str]]:
    """The engine's own sentences, each with the words (first, last + 1) that begin in it."""
    found: list[tuple[int, int, str]] = []
    at = first = 0
    sentences = model.split_sentences(text)
    for i, sentence in enumerate(sentences):
        at = text.find(sentence, at) + len(sentence)
        last = first
        while last < len(spans) and (spans[last][0] < at or i == len(sentences) - 1):
            last += 1
        found.append((first, last, sentence))
        first = last
    return found


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


def bounded(phonemes: str) -> list[str]:
    """Cut a string that is longer than the model's window at a space, or anywhere."""
    pieces = []
    while len(phonemes) > _MOST_PHONEMES:
        cut = phonemes.rfind(" ", 1, _MOST_PHONEMES)
        cut = cut if cut > 0 else _MOST_PHONEMES
        pieces.append(phonemes[:cut])
        phonemes = phonemes[cut:].lstrip(" ")
    return [*pieces, phonemes] if phonemes else pieces


def phonemes_per_word(model: Any, tokens: list[str], phonemes: str) -> list[int]:
    """Where each word begins in the sentence's phonemes.

    A number becomes several phoneme words, so each word is read alone and its phoneme words are
    counted; where the sum is not what the sentence has (a date read as a whole), by length.
    """
    begins = [0, *(i + 1 for i, character in enumerate(phonemes) if character == " ")]
    if len(begins) == len(tokens):
        return begins
    alone = [" ".join(phonemes_of(model, token)) for token in tokens]
    counts = [len(reading.split()) for reading in alone]
    if sum(counts) == len(begins) and all(counts):
        firsts = np.cumsum([0, *counts[:-1]])
        return [begins[int(i)] for i in firsts]
    lengths = np.array([len(reading) + 1 for reading in alone], float)
    ideal = (np.cumsum(lengths) - lengths) / lengths.sum() * len(phonemes)
    nearest = [min(begins, key=lambda begin: abs(begin - wanted)) for wanted in ideal]
    return [int(begin) for begin in np.maximum.accumulate(nearest)]
