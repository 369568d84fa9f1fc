"""Kokoro: natural voices of six languages by one model that the user has fetched (the extra
`kokoro`).

https://github.com/thewh1teagle/kokoro-onnx (kokoro-onnx on PyPI, MIT; its phonemizer is
GPL-3.0-or-later); the model https://huggingface.co/hexgrad/Kokoro-82M is Apache-2.0.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from ...errors import InstallPart
from ...story.sentences import sentences
from ...work import Cancel
from ..signal import Samples
from ..speech import Speech, SpeechOptions
from ..text import foreign_script
from .fetched import KOKORO_VOICES, kokoro_files
from .networks import Network, has_module
from .phonemic import Reader, speak_phonemes

__all__ = ["Kokoro"]

_DURATIONS = "/encoder/Clip_output_0"
"""The tensor inside Kokoro 1.0's models that holds each phoneme's length, in frames of 25 ms."""
_RATE = 24_000
_LANGUAGES = {
    "a": ("en-us", "en-us"),
    "b": ("en-gb", "en-gb"),
    "e": ("es", "es"),
    "f": ("fr", "fr-fr"),
    "h": ("hi", "hi"),
    "i": ("it", "it"),
    "p": ("pt-br", "pt-br"),
}
"""By the first letter of a voice's name: its language, and as espeak-ng calls it. Japanese and
Chinese (j, z) want other phonemes than espeak-ng's, and are left out."""
_BEST = ("af_heart", "bf_emma", "ef_dora", "ff_siwis", "hf_alpha", "if_sara", "pf_dora")
"""What its model card grades highest in each."""
_BRITISH = ("en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in")


class Kokoro:
    """The engine. The model and its voices are those in `folder`; loaded on first use."""

    name = "kokoro"
    title = "Kokoro"
    lacking = "run `pip install kokoro-onnx`, and fetch its voices by `python -m onereel setup`"
    local = True
    styled = False

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[Path, Network, Any] | None = None

    def installed(self) -> bool:
        """Whether the extra, its onnxruntime and its files are there."""
        there = has_module("onnxruntime") and has_module("kokoro_onnx")
        return there and kokoro_files(self._folder) is not None

    @property
    def version(self) -> str:
        """The model that is there: another size of it sounds a little different."""
        found = kokoro_files(self._folder)
        return found[0].name if found else ""

    def languages(self) -> tuple[str, ...]:
        """Those of the voices that are there."""
        tags = [_LANGUAGES[name[0]][0] for name in self._names()]
        return tuple(dict.fromkeys([*(tag.partition("-")[0] for tag in tags), *tags]))

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices that are there, the best and those of the very region first."""
        base = language.partition("-")[0].replace("english", "en")
        found = [each for each in self._names() if _LANGUAGES[each[0]][0].partition("-")[0] == base]
        british = language in _BRITISH
        return tuple(
            sorted(found, key=lambda name: ((name[0] == "b") != british, name not in _BEST, name))
        )

    def find_voice(self, language: str, voice: str) -> str:
        """Accept a name in any case."""
        return next((each for each in self.voices(language) if each == voice.lower()), "")

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """The others, women's and men's by turns."""
        others = [each for each in self.voices(language) if each != voice]
        own = voice[1:2]
        nth: dict[str, int] = {}
        order = []
        for each in others:
            nth[each[1]] = nth.get(each[1], 0) + 1
            order.append((nth[each[1]], each[1] == own, each))
        return tuple(each for _, _, each in sorted(order, key=lambda place: place[:2]))

    def note(self, text: str, language: str) -> str:
        """It reads its own language's letters only."""
        script = foreign_script(text, language)
        if not script:
            return ""
        return f"Kokoro cannot read {script.capitalize()} letters and leaves some of them out."

    def release(self) -> None:
        """Forget the model (some 450 MB)."""
        with self._lock:
            self._loaded = None

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Speak sentence by sentence, always alike.

        Raises:
            InstallPart: the files are gone or damaged, or espeak-ng does not run.
            Cancelled: `cancel` was requested; noticed between sentences.
        """
        with self._lock:
            network, tokenizer = self._model()
            styles = self._styles(options.voice)
            reading = _LANGUAGES[options.voice[0]][1]
            reader = Reader(
                rate=_RATE,
                split=lambda whole: sentences(whole) or [whole],
                read=lambda sentence: [tokenizer.phonemize(sentence, reading)],
                say=lambda chunk: _say(network, tokenizer, styles, chunk, options.speed),
                # It lets a word begin in the space before it.
                early=1,
            )
            return speak_phonemes(text, reader, cancel)

    def _names(self) -> tuple[str, ...]:
        found = kokoro_files(self._folder)
        names = found[1] if found else ()
        return tuple(each for each in names if each[:1] in _LANGUAGES and each[2:3] == "_")

    def _model(self) -> tuple[Network, Any]:
        found = kokoro_files(self._folder)
        if found is None:
            raise InstallPart(
                "Kokoro's files are gone: fetch them again, as `python -m onereel setup` says, or"
                " choose another voice."
            )
        if self._loaded is None or self._loaded[0] != found[0]:
            from kokoro_onnx.tokenizer import Tokenizer

            try:
                tokenizer = Tokenizer()
            except (RuntimeError, OSError) as error:
                raise InstallPart(
                    f"Kokoro's espeak-ng does not run on this machine ({error})."
                ) from None
            self._loaded = (found[0], Network.load(found[0], _DURATIONS), tokenizer)
        return self._loaded[1:]

    def _styles(self, voice: str) -> Samples:
        """The voice [phonemes - 1, 1, 256]."""
        assert self._folder is not None
        try:
            with np.load(self._folder / KOKORO_VOICES, allow_pickle=False) as pack:
                return np.asarray(pack[voice], np.float32)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            raise InstallPart(
                f"The voice file {KOKORO_VOICES} cannot be read: delete it and fetch it again, as"
                " `python -m onereel setup` says."
            ) from None


def _say(
    network: Network, tokenizer: Any, styles: Samples, phonemes: Sequence[str], speed: float
) -> tuple[Samples, list[float]]:
    """Samples of phonemes, and where each (and what follows) begins; as `Kokoro._infer` of
    kokoro-onnx does, with one more output."""
    chunk = "".join(phonemes)
    tokens = tokenizer.tokenize(chunk)
    if not tokens:
        return np.zeros(0, np.float32), [0.0] * (len(chunk) + 1) if network.told else []
    feed = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": styles[min(len(tokens), len(styles)) - 1].reshape(1, -1),
        "speed": np.array([speed], np.float32),
    }
    outputs = network.session.run(None, feed)
    samples = np.asarray(outputs[0], np.float32).ravel()
    if not network.told:
        return samples, []
    lengths = np.asarray(outputs[-1], float).ravel()
    seconds = np.cumsum(lengths) / lengths.sum() * len(samples) / _RATE
    begins, known = [], 0
    for phoneme in chunk:
        begins.append(float(seconds[known]))
        known += phoneme in tokenizer.vocab
    return samples, [*begins, float(seconds[known])]
