"""A line spoken: by one voice or several, with the pauses between them and the words in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..home import Home
from ..work import Cancel
from .align import timed_words
from .casting import Part
from .lengths import word_lengths
from .line import Word
from .once import spoken_once
from .signal import Samples, level, resampled, trim_bounds
from .speech import Speech
from .stretch import stressed
from .text import spoken, words
from .together import converse

__all__ = ["Sound", "part_key", "speak_parts", "spoken_here"]


@dataclass(frozen=True)
class Sound:
    """Finished samples [T], their rate, and the words in them."""

    samples: Samples
    rate: int
    words: tuple[Word, ...]


def part_key(part: Part) -> tuple[object, ...]:
    """Everything that the sound of a part depends on."""
    engine, passage = part.speaker.engine, part.passage
    key: tuple[object, ...] = (
        *(engine.name, engine.version, part.speaker.voice, passage.text.strip(), part.language),
        *(f"{part.speed:.3f}", part.seed),
    )
    # What most lines do not have is not in the names of their files.
    if part.said.text != passage.text:
        key += ("said", part.said.text)
    if part.style and engine.styled:
        key += ("style", part.style)
    if passage.stressed:
        key += ("stressed", *sorted(passage.stressed))
    return key


def speak_parts(parts: Sequence[Part], home: Home, cancel: Cancel) -> Sound | None:
    """Speak what each voice has to say, one after another; None if nothing is heard.

    Raises:
        Cancelled: `cancel` was requested.
        ServiceError, MoneyError, ChooseVoice: as the engines.
    """
    converse(parts, home, cancel)
    sounds: list[tuple[Fraction, Sound]] = []
    pause = Fraction(0)
    for part in parts:
        pause += part.passage.pause
        if sound := _speak(part, home, cancel) if part.said.owners else None:
            sounds.append((pause, sound))
            pause = Fraction(0)
    if not sounds:
        return None
    if len(sounds) == 1 and not sounds[0][0] and not pause:
        return sounds[0][1]
    return _joined(sounds, pause)


def _speak(part: Part, home: Home, cancel: Cancel) -> Sound | None:
    passage = part.passage
    text = passage.text.strip()
    local = part.speaker.engine.local
    speech = spoken_here(part, cancel) if local else spoken_once(part, home, cancel)
    begin, end = trim_bounds(speech.samples, speech.rate)
    if end <= begin:
        return None
    shift = begin / speech.rate
    known = {word: max(start - shift, 0.0) for word, start in speech.starts.items()}
    told = len(speech.starts) == len(part.said.owners)
    weights = speech.weights or (
        (1.0,) * len(part.said.owners) if told else word_lengths(part.said.text, part.language)
    )
    samples = level(speech.samples[begin:end], speech.rate)
    found = timed_words(
        text,
        samples,
        speech.rate,
        known=part.said.starts(known),
        weights=part.said.weights(weights, len(words(text))),
    )
    if passage.stressed:
        samples, found = stressed(samples, speech.rate, found, passage.stressed)
    return Sound(samples, speech.rate, found)


def spoken_here(part: Part, cancel: Cancel) -> Speech:
    """Speak a part by an engine of this machine, at the pace that is wanted."""
    return part.speaker.engine.speak(spoken(part.said.text), part.options, cancel=cancel)


def _joined(sounds: Sequence[tuple[Fraction, Sound]], end: Fraction) -> Sound:
    """Several sounds in a row, each after its pause, and a pause at the end."""
    rate = max(sound.rate for _, sound in sounds)
    pieces: list[Samples] = []
    found: list[Word] = []
    at = 0
    for pause, sound in sounds:
        silence = round(pause * rate)
        samples = resampled(sound.samples, sound.rate, rate)
        start = Fraction(at + silence, rate)
        found += [
            Word(text=word.text, start=_exact(start + word.start), end=_exact(start + word.end))
            for word in sound.words
        ]
        pieces += [np.zeros(silence, np.float32), samples]
        at += silence + len(samples)
    pieces.append(np.zeros(round(end * rate), np.float32))
    return Sound(np.concatenate(pieces), rate, tuple(found))


def _exact(seconds: Fraction) -> Fraction:
    return Fraction(int(seconds * 1000), 1000)
