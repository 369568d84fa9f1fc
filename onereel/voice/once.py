"""What a server spoke is kept at once, by its content: it is asked once, and paid once.

Sentence by sentence: a line that is cut at a sentence, or changed in one, asks for nothing that was
said before, and it is known when each sentence begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
from .purse import Sale, Sells
from .signal import Samples, resampled, trim_bounds
from .sound_files import kept_speech, read_speech, write_speech
from .speech import Speech, SpeechOptions
from .stretch import stretched
from .text import speakable, spoken, words

__all__ = ["SPOKEN", "sentences_of", "spoken_once", "spoken_path", "unpaid"]

SPOKEN = "lines/spoken"
"""The folder of media in which it lies."""
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
    for sentence in sentences_of(part.said.text):
        said = _sentence(sentence, part, home, cancel)
        begin, end = trim_bounds(said.samples, said.rate)
        rate = rate or said.rate
        heard = resampled(said.samples[begin:end], said.rate, rate)
        if pieces and len(heard):
            silence = np.zeros(round(_BETWEEN * rate), np.float32)
            pieces.append(silence)
            at += len(silence)
        known = {i: max(start - begin / said.rate, 0.0) for i, start in said.starts.items()}
        for i, start in ({**known, 0: 0.0}).items():
            starts[word + i] = (at / rate + start) / part.speed
        word += len(words(sentence))
        pieces.append(heard)
        at += len(heard)
    return Speech(stretched(np.concatenate(pieces), rate, 1 / part.speed), rate, starts)


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, if their words are its words."""
    found = tuple(sentence for sentence in sentences(text) if speakable(sentence))
    whole = sum(len(words(sentence)) for sentence in found) == len(words(text))
    return found if found and whole else (text,)


def spoken_path(text: str, part: Part, home: Home) -> Path:
    """Where a sentence of a part is kept once it was said."""
    engine, options = part.speaker.engine, part.options
    said = (options.voice, text, options.language, options.style)
    key = digest(engine.name, engine.version, *said)
    return home.path(f"{SPOKEN}/{key}.flac")


def unpaid(part: Part, home: Home) -> Iterator[Sale]:
    """How the sentences of a part are sold that nobody spoke yet; none where it costs nothing."""
    engine = part.speaker.engine
    if not isinstance(engine, Sells) or not part.said.owners:
        return
    for sentence in sentences_of(part.said.text):
        kept = spoken_path(sentence, part, home).is_file()
        if not kept and (sale := engine.sale(spoken(sentence), part.options.style)):
            yield sale


def _sentence(text: str, part: Part, home: Home, cancel: Cancel) -> Speech:
    engine, options = part.speaker.engine, replace(part.options, speed=1.0)
    path = spoken_path(text, part, home)
    if kept := read_speech(path):
        return kept
    words = spoken(text)
    if isinstance(engine, Sells) and (sale := engine.sale(words, options.style)):
        return _bought(words, options, engine, sale, path, cancel)
    speech = engine.speak(words, options, cancel=cancel)
    write_speech(path, speech)
    return speech


def _bought(
    text: str, options: SpeechOptions, engine: Sells, sale: Sale, path: Path, cancel: Cancel
) -> Speech:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} ..."
    ask = partial(engine.ask, text, options, cancel=cancel)
    return to_the_end(
        sale.till.buy(
            Purchase(
                key=path.stem, model=sale.model, price=sale.price, name=f'the sentence "{shown}"'
            ),
            kept_speech(path),
            ask=lambda last_word: ask(last_word=last_word),
            cancel=cancel,
        )
    )
