"""hibari: a natural English voice, Kokoro distilled (the extra `voice`).

https://github.com/maureesewilliams/hibari (hibari-tts on PyPI).
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import InstallPart
from ..work import Cancel
from .hibari_reading import bounded, phonemes_of, phonemes_per_word, sentences
from .signal import Samples, trim_bounds
from .speech import Speech
from .text import foreign_script, words

__all__ = ["Hibari"]

_BETWEEN_SENTENCES = 0.35
"""Seconds; the model's own pause is twice that, which a scene of 8 s has no time for."""
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
        return all(importlib.util.find_spec(part) for part in ("hibari", "onnxruntime"))

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

    def speak(
        self,
        text: str,
        *,
        language: str,
        voice: str,
        speed: float,
        seed: int,
        cancel: Cancel,
        style: str = "",
    ) -> Speech:
        """Speak sentence by sentence; the same every time for the same seed on one machine.

        Raises:
            Cancelled: `cancel` was requested; noticed between sentences.
        """
        name, _, variant = voice.partition("+")
        size = _VARIANTS.get(variant, 1.0)
        wanted, asked = zip(*_PACE, strict=True)
        speed = float(np.interp(speed / size, wanted, asked))
        with self._lock:
            model = self._loaded(name)
            random = np.random.default_rng(seed % 2**64)
            spans = words(text)
            parts: list[Samples] = []
            starts: dict[int, float] = {}
            weights = [1.0] * len(spans)
            at = 0
            for first, last, sentence in sentences(model, text, spans):
                cancel.check()
                samples, offsets, lengths = self._sentence(
                    model,
                    sentence,
                    [text[a:b] for a, b in spans[first:last]],
                    speed,
                    random,
                    cancel,
                )
                if parts and len(samples):
                    pause = np.zeros(round(_BETWEEN_SENTENCES * model.sample_rate), np.float32)
                    parts.append(pause)
                    at += len(pause)
                if len(samples):
                    known = {i: at / model.sample_rate + o for i, o in enumerate(offsets)}
                    starts.update({first + i: second for i, second in known.items()})
                    starts.setdefault(first, at / model.sample_rate)
                weights[first:last] = lengths
                parts.append(samples)
                at += len(samples)
            samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
            late = {word: start / size for word, start in starts.items()}
            return Speech(samples, round(model.sample_rate * size), late, tuple(weights))

    def _sentence(
        self,
        model: Any,
        sentence: str,
        tokens: list[str],
        speed: float,
        random: np.random.Generator,
        cancel: Cancel,
    ) -> tuple[Samples, list[float], list[float]]:
        """One sentence: trimmed samples, exact starts of its words (or none), phonemes per word."""
        chunks = [piece for chunk in phonemes_of(model, sentence) for piece in bounded(chunk)]
        sounds: list[Samples] = []
        times: list[float] = []
        at = 0.0
        for chunk in chunks:
            cancel.check()
            samples, ends = self._synthesize(model, chunk, speed, random)
            times += [at + end for end in ends]
            sounds.append(samples)
            at += len(samples) / model.sample_rate
        if not sounds:
            return np.zeros(0, np.float32), [], [1.0] * len(tokens)
        whole = np.concatenate(sounds)
        begin, end = trim_bounds(whole, model.sample_rate)
        phonemes = " ".join(chunks)
        shares = phonemes_per_word(model, tokens, phonemes)
        lengths = [float(b - a) for a, b in pairwise([*shares, len(phonemes)])]
        if not times or not tokens:
            return whole[begin:end], [], lengths
        # `times` has one entry per character of `phonemes`; chunks are joined by one space.
        offset = begin / model.sample_rate
        # Kokoro's models let a word begin in the space before it.
        begins = [times[min(max(share - 1, 0), len(times) - 1)] for share in shares]
        starts = [max(begin - offset, 0.0) for begin in begins]
        return whole[begin:end], [0.0, *starts[1:]], lengths

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

            # onnxruntime 1.32 tells Microsoft that it runs, on whose machine and how, unless this
            # is set before it is imported (its Privacy.md).
            os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
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
                model = hibari.Hibari(voice=voice, model=_with_output(network, _DURATIONS))
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


def _with_output(model: bytes, tensor: str) -> bytes:
    """Add an inner tensor to the outputs of an ONNX model.

    Protocol buffers merge a field that occurs twice, so another `ModelProto.graph` (7) that holds
    one `GraphProto.output` (12) with a `ValueInfoProto.name` (1) is appended.
    https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
    """

    def field(number: int, content: bytes) -> bytes:
        return bytes([number << 3 | 2, len(content)]) + content

    return model + field(7, field(12, field(1, tensor.encode())))
