"""Piper: voices of many languages as files that the user has fetched (the extra `piper`).

https://github.com/OHF-Voice/piper1-gpl (piper-tts on PyPI, GPL-3.0-or-later); the voices are at
https://huggingface.co/rhasspy/piper-voices, each under its own licence.
"""

from __future__ import annotations

import importlib.metadata
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import InstallPart
from ...story.sentences import sentences
from ...work import Cancel
from ..signal import Samples
from ..speech import Speech, SpeechOptions
from ..text import foreign_script
from .fetched import PiperFile, piper_files
from .networks import Network, has_module
from .phonemic import Reader, speak_phonemes

__all__ = ["Piper"]

_DURATIONS = "/Ceil_output_0"
"""The tensor inside Piper's models that holds each phoneme's length: what the package's own
`patch_voice_with_alignment.py` makes an output."""

_GIVES = 0.68
"""How much of a wished change of length comes: every phoneme is rounded up to whole frames.
Measured from 0.2 to 2 times the usual length with en_US-joe-medium."""


class Piper:
    """The engine. The voices are those in `folder`; one model in memory at a time."""

    name = "piper"
    title = "Piper"
    lacking = (
        "run `pip install piper-tts`, and fetch one of its voices by `python -m onereel setup`"
    )
    local = True
    styled = False

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def installed(self) -> bool:
        """Whether the extra, its onnxruntime and a voice are there."""
        there = has_module("onnxruntime") and has_module("piper")
        return there and bool(piper_files(self._folder))

    @property
    def version(self) -> str:
        """The installed version of piper-tts."""
        return importlib.metadata.version("piper-tts")

    def languages(self) -> tuple[str, ...]:
        """Those of the voices that are there."""
        tags = [voice.language for voice in piper_files(self._folder)]
        return tuple(dict.fromkeys([*(tag.partition("-")[0] for tag in tags), *tags]))

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices that are there, those of the very region first."""
        return tuple(voice.name for voice in self._files(language))

    def find_voice(self, language: str, voice: str) -> str:
        """Accept a name in any case, whole or its middle ("joe"), and one of its speakers after a
        plus sign."""
        wanted, _, speaker = voice.lower().partition("+")
        for file in self._files(language):
            if wanted not in (file.name.lower(), file.short.lower()):
                continue
            if not speaker:
                return file.name
            for each in file.speakers:
                if each.lower() == speaker:
                    return f"{file.name}+{each}"
        return ""

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """The other models, then the other speakers of all."""
        files = self._files(language)
        names = [file.name for file in files if file.name != voice.partition("+")[0]]
        more = [f"{file.name}+{each}" for file in files for each in file.speakers[1:]]
        return tuple(other for other in (*names, *more) if other != voice)

    def note(self, text: str, language: str) -> str:
        """It reads its own language's letters only."""
        script = foreign_script(text, language)
        if not script:
            return ""
        return f"Piper cannot read {script.capitalize()} letters and leaves some of them out."

    def release(self) -> None:
        """A model is in memory while it speaks only."""

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Speak sentence by sentence; the same every time for the same seed on one machine.

        Raises:
            InstallPart: the voice's files are gone or damaged.
            Cancelled: `cancel` was requested; noticed between sentences.
        """
        from piper import SynthesisConfig

        name, _, speaker = options.voice.partition("+")
        file = next((each for each in self._files(options.language) if each.name == name), None)
        if file is None:
            raise InstallPart(
                f"The Piper voice {name} is gone: fetch it again, as `python -m onereel setup`"
                " says, or choose another voice."
            )
        # One model in memory at a time, and no other's random numbers between its own.
        with self._lock:
            model, told = _model(file, options.seed)
            config = SynthesisConfig(
                speaker_id=model.config.speaker_id_map.get(speaker),
                length_scale=model.config.length_scale * (1 + (1 / options.speed - 1) / _GIVES),
            )
            reader = Reader(
                rate=model.config.sample_rate,
                split=lambda whole: sentences(whole) or [whole],
                read=lambda sentence: _read(model, sentence),
                say=lambda chunk: _say(model, chunk, config, told=told),
            )
            return speak_phonemes(text, reader, cancel)

    def _files(self, language: str) -> list[PiperFile]:
        base = language.partition("-")[0]
        base = {"cmn": "zh", "english": "en"}.get(base, base)
        found = [each for each in piper_files(self._folder) if _base(each) == base]
        return sorted(found, key=lambda each: each.language != language)


def _model(file: PiperFile, seed: int) -> tuple[Any, bool]:
    """The model, and whether it tells its phonemes' lengths."""
    from piper import PiperVoice
    from piper.config import PiperConfig

    network = Network.load(file.path, _DURATIONS, seed=seed)
    description = file.path.with_name(f"{file.path.name}.json")
    try:
        config = PiperConfig.from_dict(json.loads(description.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InstallPart(
            f"The voice file {description.name} cannot be read: delete it and fetch it again, as"
            " `python -m onereel setup` says."
        ) from None
    return PiperVoice(session=network.session, config=config), network.told


def _base(file: PiperFile) -> str:
    return file.language.partition("-")[0]


def _read(model: Any, sentence: str) -> list[list[str]]:
    """The phonemes of a sentence that the model knows."""
    known = model.config.phoneme_id_map
    read = ([each for each in part if each in known] for part in model.phonemize(sentence))
    return [part for part in read if part]


def _say(
    model: Any, phonemes: Sequence[str], config: Any, *, told: bool
) -> tuple[Samples, list[float]]:
    """Samples of phonemes, and where each (and what follows) begins.

    The ids are a beginning, a pad, each phoneme with a pad after it, and an end
    (`piper.phoneme_ids`).
    """
    ids = model.phonemes_to_ids(list(phonemes))
    if not told:
        return np.asarray(model.phoneme_ids_to_audio(ids, config), np.float32).ravel(), []
    audio, lengths = model.phoneme_ids_to_audio(ids, config, include_alignments=True)
    seconds = np.concatenate([[0], np.cumsum(lengths)]) / model.config.sample_rate
    known = model.config.phoneme_id_map
    pad = len(known["_"])
    at = len(known["^"]) + pad
    begins = [float(seconds[at])]
    for phoneme in phonemes:
        at += len(known[phoneme]) + pad
        begins.append(float(seconds[min(at, len(seconds) - 1)]))
    return np.asarray(audio, np.float32).ravel(), begins
