"""How a model that speaks phonemes reads a text: by sentence, with every word found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ...work import Cancel
from ..signal import Samples, trim_bounds
from ..speech import Speech
from ..text import words

__all__ = ["Reader", "bounded", "speak_phonemes"]

_BETWEEN_SENTENCES = 0.35
"""Seconds; the models' own pause is up to twice that, which a scene of 8 s has no time for."""
_MOST_PHONEMES = 400
"""What a model sees at once: longer input takes memory without bound."""


@dataclass(frozen=True)
class Reader:
    """What a model does for `speak_phonemes`.

    `split` cuts a text into sentences; `read` gives the phonemes of one in pieces, words parted by
    spaces; `say` gives the samples of a piece, and in seconds where each of its phonemes begins and
    where the last one ends, or nothing where the model does not tell.
    """

    rate: int
    split: Callable[[str], Sequence[str]]
    read: Callable[[str], Sequence[Sequence[str]]]
    say: Callable[[Sequence[str]], tuple[Samples, Sequence[float]]]
    early: int = 0
    """How many phonemes before its own first one a word is heard to begin."""


def speak_phonemes(text: str, reader: Reader, cancel: Cancel) -> Speech:
    """Speak `text` (cleaned by `text.spoken`).

    Raises:
        Cancelled: `cancel` was requested; noticed between sentences.
    """
    spans = words(text)
    parts: list[Samples] = []
    starts: dict[int, float] = {}
    weights = [1.0] * len(spans)
    at = 0
    for first, last, sentence in _sentences(text, reader.split(text), spans):
        tokens = [text[a:b] for a, b in spans[first:last]]
        samples, offsets, lengths = _sentence(sentence, tokens, reader, cancel)
        if parts and len(samples):
            pause = np.zeros(round(_BETWEEN_SENTENCES * reader.rate), np.float32)
            parts.append(pause)
            at += len(pause)
        if len(samples):
            starts.update({first + i: at / reader.rate + o for i, o in enumerate(offsets)})
            starts.setdefault(first, at / reader.rate)
        weights[first:last] = lengths
        parts.append(samples)
        at += len(samples)
    whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return Speech(whole, reader.rate, starts, tuple(weights))


def _sentences(
    text: str, sentences: Sequence[str], spans: tuple[tuple[int, int], ...]
) -> list[tuple[int, int, str]]:
    """The reader's own sentences, each with the words (first, last + 1) that begin in it."""
    found: list[tuple[int, int, str]] = []
    at = first = 0
    for i, sentence in enumerate(sentences):
        at = text.find(sentence, at) + len(sentence)
        last = first
        while last < len(spans) and (spans[last][0] < at or i == len(sentences) - 1):
            last += 1
        found.append((first, last, sentence))
        first = last
    return found


def _sentence(
    sentence: str, tokens: list[str], reader: Reader, cancel: Cancel
) -> tuple[Samples, list[float], list[float]]:
    """One sentence: trimmed samples, exact starts of its words (or none), phonemes per word."""
    chunks = [piece for chunk in reader.read(sentence) for piece in bounded(chunk)]
    sounds: list[Samples] = []
    times: list[float] = []
    at = 0.0
    for chunk in chunks:
        cancel.check()
        samples, begins = reader.say(chunk)
        times += [at + begin for begin in begins]
        sounds.append(samples)
        at += len(samples) / reader.rate
    if not sounds:
        return np.zeros(0, np.float32), [], [1.0] * len(tokens)
    whole = np.concatenate(sounds)
    begin, end = trim_bounds(whole, reader.rate)
    phonemes = _joined(chunks)
    shares = _begins(tokens, phonemes, reader)
    lengths = [float(b - a) for a, b in pairwise([*shares, len(phonemes)])]
    if not times or not tokens:
        return whole[begin:end], [], lengths
    # `times` has one entry per phoneme of `phonemes`; chunks are joined by one space.
    offset = begin / reader.rate
    heard = [times[min(max(share - reader.early, 0), len(times) - 1)] for share in shares]
    return whole[begin:end], [0.0, *(max(each - offset, 0.0) for each in heard[1:])], lengths


def bounded(phonemes: Sequence[str]) -> list[Sequence[str]]:
    """Cut what is longer than a model's window at a space, or anywhere."""
    pieces: list[Sequence[str]] = []
    while len(phonemes) > _MOST_PHONEMES:
        spaces = (at for at in range(_MOST_PHONEMES - 1, 0, -1) if phonemes[at] == " ")
        cut = next(spaces, _MOST_PHONEMES)
        pieces.append(phonemes[:cut])
        while cut < len(phonemes) and phonemes[cut] == " ":
            cut += 1
        phonemes = phonemes[cut:]
    return [*pieces, phonemes] if phonemes else pieces


def _joined(chunks: Sequence[Sequence[str]]) -> list[str]:
    """All of them in a row, parted by spaces."""
    return [phoneme for chunk in chunks for phoneme in (*chunk, " ")][:-1]


def _begins(tokens: list[str], phonemes: list[str], reader: Reader) -> list[int]:
    """Where each word begins in the sentence's phonemes.

    A number becomes several phoneme words, so each word is read alone and its phoneme words are
    counted; where the sum is not what the sentence has (a date read as a whole), by length.
    """
    begins = [0, *(i + 1 for i, phoneme in enumerate(phonemes) if phoneme == " ")]
    if len(begins) == len(tokens):
        return begins
    alone = [_joined(reader.read(token)) for token in tokens]
    counts = [len("".join(reading).split()) for reading in alone]
    if sum(counts) == len(begins) and all(counts):
        firsts = np.cumsum([0, *counts[:-1]])
        return [begins[int(i)] for i in firsts]
    lengths = np.array([len(reading) + 1 for reading in alone], float)
    ideal = (np.cumsum(lengths) - lengths) / lengths.sum() * len(phonemes)
    nearest = [min(begins, key=lambda begin: abs(begin - wanted)) for wanted in ideal]
    return [int(begin) for begin in np.maximum.accumulate(nearest)]
