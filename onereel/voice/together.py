"""An exchange of two voices in one request: they answer each other, as people do.

What comes is kept as a whole, then cut at its sentences, and each is kept as if it had been asked
for alone: a line that is cut, changed or paced later asks for nothing again, and neither does one
whose cutting broke off. Where each begins is found by laying the sound over what espeak-ng makes of
the same words (`matching`): in the quietest moment that this leaves open. A quiet moment near by is
not enough, as the stop before a final t is one: of cuts without a pause, between lines that nothing
was fitted to, 17 of 48 were wrong by more than 60 ms for that, and none is now (2026-12-01). How
the two voices sound tells less than what they say: in so short turns, one voice's sounds differ
more than two voices'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
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
from .matching import HOP, doubts
from .once import SPOKEN, sentences_of, spoken_path
from .purse import Converses, Turn
from .signal import FRAME, Samples, envelope, trim_bounds
from .sound_files import kept_speech, read_speech, write_speech
from .speech import Speech
from .text import spoken, words

__all__ = ["converse", "cuts"]

_Curve = npt.NDArray[np.float64]

_DOUBT_COST, _NEVER = 0.4, 1e3
"""What it costs that a text does not fit where it begins, beside `_LOUD_COST`, and at most."""
_REACH = 0.35
"""Seconds that a cut may be moved from where the letters have it."""
_MOMENT, _NEAR, _LOUD_COST = 0.03, 0.042, 6.0
_PAUSE, _FAR, _LOUD_PAUSE_COST = 0.08, 0.1, 10.0
"""It goes to a quiet moment near by, or to a real pause that is farther: seconds of quiet, seconds
that it is then off as a rule, and what a loud moment costs beside that. Found by measuring."""
_RANGE = 40.0
"""Decibels between the loud passages and a pause."""


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
    shape = envelope(samples, rate)
    doubted = doubts(samples, rate, texts, language)
    costs = (
        [_sure(each, shape) for each in doubted]
        if doubted
        else [_near(guess, shape) for guess in _by_words(samples, rate, texts)]
    )
    placed: list[int] = []
    least = 0
    for cost in costs:
        frame = least + int(np.argmin(cost[least:])) if least < len(cost) else least
        least = frame + 1
        placed.append(min(round(frame * FRAME * rate), len(samples)))
    return placed


def _sure(doubt: _Curve, shape: _Curve) -> _Curve:
    """What a cut costs at each frame of an envelope: a quiet moment, as far as what is said leaves
    it open where it is."""
    at = np.arange(len(shape)) * (FRAME / HOP)
    doubted = np.interp(at, np.arange(len(doubt)), np.minimum(doubt, _NEVER))
    cost: _Curve = _DOUBT_COST * doubted + _LOUD_COST * _loudness(shape, round(_MOMENT / FRAME))
    return cost


def _near(guess: float, shape: _Curve) -> _Curve:
    """The same where only about where it is is known: a quiet moment near by, or a real pause that
    is farther."""
    away = np.arange(len(shape)) * FRAME - guess
    moment, pause = (_loudness(shape, round(each / FRAME)) for each in (_MOMENT, _PAUSE))
    near = (away / _NEAR) ** 2 / 2 + _LOUD_COST * moment
    far = (away / _FAR) ** 2 / 2 + _LOUD_PAUSE_COST * pause
    cost: _Curve = np.where(np.abs(away) <= _REACH, np.minimum(near, far), np.inf)
    return cost


def _by_words(samples: Samples, rate: int, texts: Sequence[str]) -> list[float]:
    """The beginnings where espeak-ng does not speak the language: by the count of letters."""
    found = timed_words(" ".join(texts), samples, rate)
    first = accumulate(len(words(text)) for text in texts[:-1])
    return [float(found[min(word, len(found) - 1)].start) for word in first]


def _loudness(shape: npt.NDArray[np.float64], width: int) -> npt.NDArray[np.float64]:
    """How loud it is for `width` frames of an envelope around each one: 0 for a pause, 1 for the
    loud passages."""
    means = np.convolve(shape, np.ones(width) / width, "same")
    decibels = 20 * np.log10(np.maximum(means, 1e-6) / max(float(np.percentile(shape, 95)), 1e-6))
    loud: npt.NDArray[np.float64] = np.clip((decibels + _RANGE) / _RANGE, 0, 1)
    return loud
