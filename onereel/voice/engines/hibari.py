"""hibari: a natural English voice, Kokoro distilled (the extra `voice`).

https://github.com/maureesewilliams/hibari (hibari-tts on PyPI).
"""

from __future__ import annotations

import importlib.metadata
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import InstallPart
from ...work import Cancel
from ..signal import Samples
from ..speech import Speech, SpeechOptions
from ..text import foreign_script
from .hibari_reading import phonemes_of
from .networks import disable_telemetry, has_module, with_output
from .phonemic import Reader, speak_phonemes

__all__ = ["Hibari"]

_DURATIONS = "/Clip_output_0"
"""The tensor inside hibari 0.2's models that holds each phoneme's length."""
_PACE = (
    *((0.5, 0.5), (0.7, 0.7), (0.81, 0.8), (0.91, 0.85), (0.95, 0.87), (1.0, 1.0), (1.03, 1.1)),
    *((1.05, 1.15), (1.09, 1.2), (1.13, 1.25), (1.15, 1.3), (1.53, 1.35), (1.65, 1.6), (1.71, 1.8)),
    *((1.81, 2.0), (1.91, 2.2)),
)
"""Speed wanted, speed to ask for. The model rounds each phoneme to whole 25 ms, so that the length
answers unevenly; measured over 12 texts with hibari-tts 0.2.1."""
_VARIANTS = {"low": 0.86, "lower": 0.78, "high": 1.12}
"""Other people by the same model: its sound played slower or faster, as a larger or a smaller
person's, and its pace corrected for that."""
_BRITISH = ("en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in")


class Hibari:
    """The engine. Speaks English only; one model in memory at a time, loaded on first use."""

    name = "hibari"
    title = "hibari"
    lacking = "run `pip install hibari-tts`"
    local = True
    styled = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None
        self._exact = False

    def installed(self) -> bool:
        """Whether the extra and its onnxruntime are there."""
        return has_module("onnxruntime") and has_module("hibari")

    @property
    def version(self) -> str:
        """The installed version of hibari-tts."""
        return importlib.metadata.version("hibari-tts")

    def languages(self) -> tuple[str, ...]:
        """English."""
        return ("en", "en-us", "en-gb")

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices whose models are on this machine: nothing is downloaded here."""
        if language.partition("-")[0] not in ("en", "english"):
            return ()
        from hibari.voices import DEFAULT, VOICES, voice_path

        def here(name: str) -> bool:
            try:
                return Path(voice_path(name, download_missing=False)).is_file()
            except FileNotFoundError:
                return False

        found = [name for name in VOICES if here(name)]
        british = language in _BRITISH
        return tuple(
            sorted(found, key=lambda name: (VOICES[name]["british"] != british, name != DEFAULT))
        )

    def find_voice(self, language: str, voice: str) -> str:
        """Accept a name in any case, with a variant after a plus sign: "heart+low"."""
        name, _, variant = voice.lower().partition("+")
        if name not in self.voices(language) or (variant and variant not in _VARIANTS):
            return ""
        return voice.lower()

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """The other models that are here, then variants of all."""
        names = [name for name in self.voices(language) if name != voice.partition("+")[0]]
        models = [voice.partition("+")[0], *names]
        varied = [f"{name}+{variant}" for variant in _VARIANTS for name in models]
        return tuple(other for other in (*names, *varied) if other != voice)

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Speak sentence by sentence; the same every time for the same seed on one machine.

        Raises:
            Cancelled: `cancel` was requested; noticed between sentences.
        """
        name, _, variant = options.voice.partition("+")
        size = _VARIANTS.get(variant, 1.0)
        wanted, asked = zip(*_PACE, strict=True)
        speed = float(np.interp(options.speed / size, wanted, asked))
        with self._lock:
            model = self._loaded(name)
            random = np.random.default_rng(options.seed % 2**64)
            reader = Reader(
                rate=model.sample_rate,
                split=model.split_sentences,
                read=lambda sentence: phonemes_of(model, sentence),
                say=lambda chunk: self._synthesize(model, "".join(chunk), speed, random),
                # Kokoro's models let a word begin in the space before it.
                early=1,
            )
            speech = speak_phonemes(text, reader, cancel)
        late = {word: start / size for word, start in speech.starts.items()}
        return replace(speech, rate=round(model.sample_rate * size), starts=late)

    def _synthesize(
        self, model: Any, chunk: str, speed: float, random: np.random.Generator
    ) -> tuple[Samples, list[float]]:
        """Samples of a phoneme string, and where each character (and a space after) begins."""
        ids = model.ids(chunk)
        if len(ids) < 3:
            return np.zeros(0, np.float32), [0.0] * (len(chunk) + 1) if self._exact else []
        if not self._exact:
            return model.from_ids(ids, speed, random), []
        from hibari import dsp

        # What `Hibari.from_ids` does, with one more output.
        feed = {
            "ids": np.asarray([ids], np.int64),
            "speed": np.asarray([speed], np.float32),
        }
        *outputs, durations = model.sess.run(None, feed)
        lengths = np.asarray(durations, float).ravel()
        if not lengths.sum():
            return np.zeros(0, np.float32), [0.0] * (len(chunk) + 1)
        samples: Samples = dsp.synth(*(output[0] for output in outputs), random)
        seconds = np.cumsum(lengths) / lengths.sum() * len(samples) / model.sample_rate
        begins, known = [], 0
        for character in chunk:
            begins.append(float(seconds[known]))
            known += character in model.vocab
        return samples, [*begins, float(seconds[known])]

    def _loaded(self, voice: str) -> Any:
        if self._model is None or self._model.voice != voice:
            import hibari

            disable_telemetry()
            try:
                model = hibari.Hibari(voice=voice)
            except ImportError as error:
                raise InstallPart(
                    f"hibari's onnxruntime cannot be loaded ({error}): install it again, or set"
                    ' engine = "espeak" in the settings.'
                ) from None
            network = Path(model.model_path).read_bytes()
            self._exact = _DURATIONS.encode() in network
            if self._exact:
                model = hibari.Hibari(voice=voice, model=with_output(network, _DURATIONS))
            self._model = model
        return self._model

    def note(self, text: str, language: str) -> str:
        """It reads Latin letters only."""
        script = foreign_script(text, "en")
        if not script:
            return ""
        return f"hibari cannot read {script.capitalize()} letters and leaves some of them out."

    def release(self) -> None:
        """Forget the model (some 200 MB)."""
        with self._lock:
            self._model = None
