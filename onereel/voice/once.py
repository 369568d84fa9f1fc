"""What a server spoke is kept at once, by its content: it is asked once, and paid once.

Sentence by sentence: a line that is cut at a sentence, or changed in one, asks for nothing that was
said before, and it is known when each sentence begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from ..home import Home
from ..remote import to_the_end
from ..story.sentences import sentences
from ..till import Purchase
from ..values import digest
from ..work import Cancel
from .casting import Part
from .purse import Sale, Sells, Sound
from .signal import Samples, resampled, trim_bounds
from .sound_files import read_sound, write_sound
from .speech import Speech
from .stretch import stretched
from .text import speakable, spoken, words

__all__ = ["spoken_once", "unpaid"]

_FOLDER = "lines/spoken"
_BETWEEN = 0.35
"""Seconds between two sentences, as hibari has them."""
_SHOWN = 40
"""Letters of a sentence that name it."""


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


def unpaid(part: Part, home: Home) -> Iterator[Sale]:
    """How the sentences of a part are sold that nobody spoke yet; none where it costs nothing."""
    engine = part.speaker.engine
    if not isinstance(engine, Sells) or not part.said.owners:
        return
    for sentence in _sentences(part.said.text):
        _, path, style = _place(sentence, part, home)
        sale = None if path.is_file() else engine.sale(spoken(sentence), style)
        if sale:
            yield sale


def _place(text: str, part: Part, home: Home) -> tuple[str, Path, str]:
    """The key of a sentence, its file, and the style that it is asked for in."""
    engine, voice = part.speaker.engine, part.speaker.voice
    style = part.style if engine.styled else ""
    key = digest(engine.name, engine.version, voice, text, part.language, style)
    return key, home.path(f"{_FOLDER}/{key}.flac"), style


def _sentence(text: str, part: Part, home: Home, cancel: Cancel) -> Sound:
    engine, voice = part.speaker.engine, part.speaker.voice
    key, path, style = _place(text, part, home)
    if kept := read_sound(path):
        return kept
    words = spoken(text)
    if isinstance(engine, Sells) and (sale := engine.sale(words, style)):
        return _bought(words, part, engine, sale, key, path, style, cancel)
    speech = engine.speak(
        words,
        language=part.language,
        voice=voice,
        speed=1.0,
        seed=part.seed,
        style=style,
        cancel=cancel,
    )
    return _keep(path, (speech.samples, speech.rate))


def _bought(
    text: str,
    part: Part,
    engine: Sells,
    sale: Sale,
    key: str,
    path: Path,
    style: str,
    cancel: Cancel,
) -> Sound:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} ..."
    ask = partial(engine.ask, text, voice=part.speaker.voice, style=style, cancel=cancel)
    return to_the_end(
        sale.till.buy(
            Purchase(key=key, model=sale.model, price=sale.price, name=f'the sentence "{shown}"'),
            kept=partial(read_sound, path),
            ask=lambda last_word: ask(last_word=last_word),
            keep=partial(_keep, path),
            cancel=cancel,
        )
    )


def _keep(path: Path, sound: Sound) -> Sound:
    write_sound(path, *sound)
    return sound
