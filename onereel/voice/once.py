"""What a server spoke is kept at once, by its content: it is asked once, and paid once.

Sentence by sentence: a line that is cut at a sentence, or changed in one, asks for nothing that was
said before, and it is known when each sentence begins.
"""

from __future__ import annotations

import numpy as np

from ..home import Home
from ..story.sentences import sentences
from ..values import digest
from ..work import Cancel
from .casting import Part
from .signal import Samples, resampled, trim_bounds
from .sound_files import read_sound, write_sound
from .speech import Speech
from .stretch import stretched
from .text import speakable, spoken, words

__all__ = ["spoken_once"]

_FOLDER = "lines/spoken"
_BETWEEN = 0.35
"""Seconds between two sentences, as hibari has them."""


def spoken_once(part: Part, home: Home, cancel: Cancel) -> Speech:
    """Speak a part by an engine that is no part of this machine, at its own pace, or find what it
    said before; then bring it to the pace that is wanted, here.

    Raises:
        ServiceError, MoneyError, ChooseVoice: as the engine.
        StorageError: it could not be kept.
    """
    pieces: list[Samples] = []
    starts: dict[int, float] = {}
    rate = word = at = 0
    for sentence in _sentences(part.said.text):
        samples, own = _sentence(sentence, part, home, cancel)
        begin, end = trim_bounds(samples, own)
        rate = rate or own
        heard = resampled(samples[begin:end], own, rate)
        if pieces and len(heard):
            silence = np.zeros(round(_BETWEEN * rate), np.float32)
            pieces.append(silence)
            at += len(silence)
        starts[word] = at / rate * (1 / part.speed)
        word += len(words(sentence))
        pieces.append(heard)
        at += len(heard)
    return Speech(stretched(np.concatenate(pieces), rate, 1 / part.speed), rate, starts)


def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, if their words are its words."""
    found = tuple(sentence for sentence in sentences(text) if speakable(sentence))
    whole = sum(len(words(sentence)) for sentence in found) == len(words(text))
    return found if found and whole else (text,)


def _sentence(text: str, part: Part, home: Home, cancel: Cancel) -> tuple[Samples, int]:
    engine, voice = part.speaker.engine, part.speaker.voice
    style = part.style if engine.styled else ""
    key = digest(engine.name, engine.version, voice, text, part.language, style)
    path = home.path(f"{_FOLDER}/{key}.flac")
    if kept := read_sound(path):
        return kept
    speech = engine.speak(
        spoken(text),
        language=part.language,
        voice=voice,
        speed=1.0,
        seed=part.seed,
        style=style,
        cancel=cancel,
    )
    write_sound(path, speech.samples, speech.rate)
    return speech.samples, speech.rate
