"""An exchange of two voices in one request: they answer each other, as people do.

What comes is kept as a whole, then cut at its sentences, and each is kept as if it had been asked
for alone: a line that is cut, changed or paced later asks for nothing again, and neither does one
whose cutting broke off. The cuts are found as words are, and moved into a quiet moment near by: the
nearer it is, the less quiet it has to be. Where a voice leaves a tenth of a second between two
sentences, that is where it is. Of 156 cuts between two voices of espeak-ng and of hibari whose
pauses were known, so many were wrong by more than 60 ms: with pauses of 0.1 to 0.5 s none, of 0.02
to 0.1 s 12, with no pause at all 51 (79 if each goes to the quietest moment, however far). How the
two voices sound and how fast each speaks found no more of them (2026-11-30).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..home import Home
from ..remote import to_the_end
from ..till import Bought, NotHad, Purchase
from ..values import digest
from ..work import Cancel
from .align import timed_words
from .casting import Part
from .lengths import word_lengths
from .once import SPOKEN, sentences_of, spoken_path
from .purse import Converses, Turn
from .signal import FRAME, Samples, envelope, trim_bounds
from .sound_files import kept_speech, read_speech, write_speech
from .speech import Speech
from .text import spoken, words

__all__ = ["converse", "cuts"]

_QUIET = 0.03
"""Seconds that a cut wants quiet."""
_REACH = 0.35
"""Seconds that a cut may be moved."""
_SPREAD, _LOUD_COST, _RANGE = 0.1, 6.0, 40.0
"""Seconds that a cut is off by its words, as a rule; what a loud moment costs beside that, found by
measuring; and the decibels between the loud passages and a pause. A pause may be 0.35 s away; where
there is none, no quiet sound inside a word draws the cut as far."""


@dataclass(frozen=True)
class _Sentence:
    """A sentence of a turn, and where it is kept."""

    voice: str
    text: str
    path: Path


def converse(parts: Sequence[Part], home: Home, cancel: Cancel) -> None:
    """Ask for what two voices of one engine say to each other, where nothing of it was said before;
    of all else, each part is asked for alone.

    Raises:
        ServiceError, MoneyError, ChooseVoice: as the engine.
        StorageError: it could not be kept.
    """
    for run in _runs(parts):
        said = [sentence for part in run for sentence in _sentences(part, home)]
        there = [read_speech(each.path) is not None for each in said]
        if len(said) < 2 or all(there):
            continue
        exchange = _Exchange.of(run[0], said, home)
        if whole := exchange.kept() if any(there) else exchange.had(cancel):
            _cut(whole, said, run[0].language)


def _runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The longest runs of parts by two voices of an engine that lets them talk."""
    run: list[Part] = []
    for part in parts:
        heard = [*run, part] if part.said.owners else run
        voices = {each.speaker.voice for each in heard}
        engines = {each.speaker.engine.name for each in heard}
        if len(voices) > 2 or len(engines) > 1:
            yield from _whole(run)
            heard = [part] if part.said.owners else []
        run = heard
    yield from _whole(run)


def _whole(run: list[Part]) -> Iterator[list[Part]]:
    voices = {part.speaker.voice for part in run}
    if len(voices) == 2 and isinstance(run[0].speaker.engine, Converses):
        yield run


def _sentences(part: Part, home: Home) -> list[_Sentence]:
    return [
        _Sentence(part.speaker.voice, spoken(text), spoken_path(text, part, home))
        for text in sentences_of(part.said.text)
    ]


@dataclass(frozen=True)
class _Exchange:
    """What two voices say, in one request."""

    engine: Converses
    turns: tuple[Turn, ...]
    style: str
    path: Path
    """Where it is kept as a whole."""

    @classmethod
    def of(cls, part: Part, said: Sequence[_Sentence], home: Home) -> _Exchange:
        engine, turns = part.speaker.engine, tuple(_turns(said))
        assert isinstance(engine, Converses)
        key = digest("exchange", engine.name, engine.version, part.style, *map(str, turns))
        return cls(engine, turns, part.style, home.path(f"{SPOKEN}/{key}.flac"))

    def kept(self) -> Speech | None:
        """The whole of it, if it was had before."""
        return read_speech(self.path)

    def had(self, cancel: Cancel) -> Speech:
        """Have it, once."""
        sale = self.engine.sale(" ".join(turn.text for turn in self.turns), self.style)
        ask = partial(self.engine.converse, self.turns, style=self.style, cancel=cancel)
        if sale is None:
            return self.kept() or self._given(to_the_end(ask(last_word=None)))
        key, name = self.path.stem, "the exchange of a scene"
        return to_the_end(
            sale.till.buy(
                Purchase(key=key, model=sale.model, price=sale.price, name=name),
                kept_speech(self.path),
                ask=lambda last_word: ask(last_word=last_word),
                cancel=cancel,
            )
        )

    def _given(self, told: Bought[Speech] | NotHad) -> Speech:
        if isinstance(told, NotHad):
            raise told.error
        write_speech(self.path, told.value)
        return told.value


def _turns(said: Sequence[_Sentence]) -> Iterator[Turn]:
    """What each says until the other speaks."""
    voice, texts = said[0].voice, [said[0].text]
    for sentence in said[1:]:
        if sentence.voice != voice:
            yield Turn(voice, " ".join(texts))
            voice, texts = sentence.voice, []
        texts.append(sentence.text)
    yield Turn(voice, " ".join(texts))


def _cut(speech: Speech, said: Sequence[_Sentence], language: str) -> None:
    """Keep each sentence of an exchange, where it is not kept already."""
    begin, end = trim_bounds(speech.samples, speech.rate)
    heard = speech.samples[begin:end]
    at = [0, *cuts(heard, speech.rate, [each.text for each in said], language), len(heard)]
    for i, sentence in enumerate(said):
        if read_speech(sentence.path) is None:
            write_speech(sentence.path, Speech(heard[at[i] : at[i + 1]], speech.rate, {}))


def cuts(samples: Samples, rate: int, texts: Sequence[str], language: str) -> list[int]:
    """Where, in samples [T], each text but the first begins; `samples` is all of them in a row."""
    whole = " ".join(texts)
    weights = word_lengths(whole, language)
    found = timed_words(whole, samples, rate, weights=weights)
    quiet = round(_QUIET / FRAME)
    loudness = _loudness(envelope(samples, rate), quiet)
    placed: list[int] = []
    word = least = 0
    for text in texts[:-1]:
        word += len(words(text))
        guess = float(found[min(word, len(found) - 1)].start)
        low = max(round((guess - _REACH) / FRAME), least)
        high = min(round((guess + _REACH) / FRAME), len(loudness))
        frame = low
        if high > low:
            away = (np.arange(low, high) + quiet // 2) * FRAME - guess
            cost = (away / _SPREAD) ** 2 / 2 + _LOUD_COST * loudness[low:high]
            frame += int(np.argmin(cost)) + quiet // 2
        least = frame + 1
        placed.append(min(round(frame * FRAME * rate), len(samples)))
    return placed


def _loudness(shape: npt.NDArray[np.float64], width: int) -> npt.NDArray[np.float64]:
    """How loud it is for `width` frames of an envelope from each one on: 0 for a pause, 1 for the
    loud passages."""
    means = np.convolve(shape, np.ones(width) / width, "valid")
    decibels = 20 * np.log10(np.maximum(means, 1e-6) / max(float(np.percentile(shape, 95)), 1e-6))
    loud: npt.NDArray[np.float64] = np.clip((decibels + _RANGE) / _RANGE, 0, 1)
    return loud
