"""espeak-ng: a small synthetic voice for more than a hundred languages, with exact word times.

Spoken to by ctypes, after espeak-ng's public header
https://github.com/espeak-ng/espeak-ng/blob/1.52.0/src/include/espeak-ng/speak_lib.h
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import ChooseVoice, InstallPart
from ...work import Cancel
from ..signal import Samples
from ..speech import Speech, SpeechOptions
from ..text import foreign_script, words

__all__ = ["Espeak"]

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_UTF8 = 1
_RATE = 1
_WORD, _LAST = 1, 0
_WORDS_PER_MINUTE = 175
"""espeak-ng's own default, for which story.pace is fitted."""
_SLOWEST, _FASTEST = 80, 450
_LONGEST_PATH = 150
"""espeak-ng keeps the path of its data in 160 bytes (N_PATH_HOME in src/libespeak-ng/speech.h)."""

# Where a tag has no voice of its own, or espeak-ng's first voice is not the expected one.
_ALIASES = {
    "en": "en-us",
    "fr": "fr-fr",
    "iw": "he",
    "jp": "ja",
    "nn": "nb",
    "no": "nb",
    "zh": "cmn",
    "zh-hk": "yue",
}
_VARIANTS = ("f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8")
_APART = ("f5", "m8", "f1", "m7", "f3", "m2", "f2", "m4", "f4", "m1")
"""Each as far from the plain voice and those before as can be, by pitch and spectrum."""


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


class _VoiceRecord(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True)
class _Voice:
    name: str
    language: str
    identifier: str


class _Library:
    """The loaded library. It keeps global state: every call is made under `lock`."""

    def __init__(self) -> None:
        import espeakng_loader

        self.lock = threading.Lock()
        data = os.fsencode(espeakng_loader.get_data_path())
        if len(data) > _LONGEST_PATH:
            raise InstallPart(
                "espeak-ng cannot read its data below a path this long: move ComfyUI or its"
                f" Python to a shorter one than {Path(os.fsdecode(data)).parent}."
            )
        try:
            self.call = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise InstallPart(f"espeak-ng does not run on this machine ({error}).") from None
        self.call.espeak_Info.restype = ctypes.c_char_p
        self.call.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceRecord))
        self.call.espeak_Synth.argtypes = (
            *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint),
            *(ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
        )
        self.rate = int(self.call.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT))
        if self.rate <= 0:
            raise InstallPart(
                "espeak-ng's data cannot be read:"
                " run `pip install --force-reinstall espeakng-loader`."
            )
        self.version = bytes(self.call.espeak_Info(None)).decode()
        self.voices = tuple(self._voices())

    def _voices(self) -> Iterator[_Voice]:
        records = self.call.espeak_ListVoices(None)
        for i in range(10_000):
            if not records[i]:
                return
            record = records[i].contents
            # `languages` is a list of (one byte of priority, a tag ended by a zero byte).
            tag = ctypes.string_at(record.languages + 1).decode("utf-8", "replace").lower()
            identifier = record.identifier.decode("utf-8", "replace")
            # MBROLA voices need files that the wheel does not have.
            if not identifier.startswith("mb/"):
                yield _Voice(record.name.decode("utf-8", "replace").strip(), tag, identifier)


@functools.cache
def _library() -> _Library:
    return _Library()


_loading = threading.Lock()


def _loaded() -> _Library:
    # functools.cache alone would let two threads initialise the one global library.
    with _loading:
        return _library()


class Espeak:
    """The engine: any of its languages, voices by name ("German", "de") and variant ("de+f2")."""

    name = "espeak"
    title = "espeak-ng"
    lacking = "run `pip install espeakng-loader`"
    local = True
    styled = False

    def installed(self) -> bool:
        """Whether the wheel that carries the library is there."""
        return importlib.util.find_spec("espeakng_loader") is not None

    @property
    def version(self) -> str:
        """The library's own version."""
        return _loaded().version

    def languages(self) -> tuple[str, ...]:
        """The first language of each voice, as the library lists them."""
        return tuple(dict.fromkeys(voice.language for voice in _loaded().voices))

    def language_names(self) -> dict[str, str]:
        """The library's English names of its languages, by tag."""
        names = {voice.language: voice.name for voice in reversed(_loaded().voices)}
        return {**names, "en": "English", "fr": "French", "es": "Spanish"}

    def voices(self, language: str) -> tuple[str, ...]:
        """The library's own names of the voices of `language`, the closest first."""
        return tuple(voice.name for voice in self._speaking(language))

    def find_voice(self, language: str, voice: str) -> str:
        """Accept a name, a tag or an identifier, with a variant after a plus sign."""
        wanted, _, variant = voice.partition("+")
        wanted = _ALIASES.get(wanted.strip().lower(), wanted)
        if variant and variant not in _VARIANTS:
            return ""
        for known in self._speaking(language):
            names = (known.name, known.language, known.identifier)
            if wanted.strip().lower() in (name.lower() for name in names):
                return f"{known.name}+{variant}" if variant else known.name
        return ""

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """Variants of the same voice: others of the language may be dialects."""
        name, _, own = voice.partition("+")
        return tuple(f"{name}+{variant}" for variant in _APART if variant != own)

    def _speaking(self, language: str) -> list[_Voice]:
        voices = _loaded().voices
        tag = _ALIASES.get(language, language)
        base = tag.partition("-")[0]
        base = _ALIASES.get(base, base)
        exact = [voice for voice in voices if voice.language == tag]
        named = [voice for voice in voices if voice.name.lower() == language]
        kin = [
            voice
            for voice in voices
            if voice.language == base or voice.language.startswith(base.partition("-")[0] + "-")
        ]
        kin.sort(key=lambda voice: voice.language != base)
        return list(dict.fromkeys([*exact, *named, *kin]))

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Speak; `seed` and `style` change nothing.

        The library carries state from call to call: the same text may differ by a few samples.

        Raises:
            Cancelled: `cancel` was requested.
            ChooseVoice: the library would not take the voice.
        """
        library = _loaded()
        name, _, variant = options.voice.partition("+")
        identifier = next((v.identifier for v in library.voices if v.name == name), name)
        chosen = f"{identifier}+{variant}" if variant else identifier
        pace = min(max(round(_WORDS_PER_MINUTE * options.speed), _SLOWEST), _FASTEST)
        with library.lock:
            if library.call.espeak_SetVoiceByName(chosen.encode()) != 0:
                raise ChooseVoice(
                    f"espeak-ng would not take the voice {options.voice!r}; choose auto."
                )
            library.call.espeak_SetParameter(_RATE, pace, 0)
            samples, events = _synthesize(library, text, cancel)
        return Speech(samples, library.rate, _starts(text, events))

    def note(self, text: str, language: str) -> str:
        """espeak-ng names the letters of a script that it cannot read, one by one."""
        script = foreign_script(text, self._tag(language))
        if not script:
            return ""
        letters = "kanji" if script == "CJK" else f"{script.capitalize()} letters"
        advice = "write it in kana, or " if self._tag(language) == "ja" else ""
        return (
            f"espeak-ng spells out {letters} in {language} instead of reading them: {advice}bring"
            " another voice with Collect Lines."
        )

    def _tag(self, language: str) -> str:
        speaking = self._speaking(language)
        return speaking[0].language if speaking else language

    def release(self) -> None:
        """Keep the library: it holds a few megabytes, and cannot be unloaded safely."""


def _synthesize(
    library: _Library, text: str, cancel: Cancel
) -> tuple[Samples, list[tuple[int, float]]]:
    """Speak with the voice that is set; returns samples and (text position, seconds) of words."""
    chunks: list[bytes] = []
    events: list[tuple[int, float]] = []

    def receive(wave: Any, count: int, event: Any) -> int:
        if wave and count > 0:
            chunks.append(ctypes.string_at(wave, count * 2))
        i = 0
        while event[i].type != _LAST:
            if event[i].type == _WORD:
                events.append((event[i].text_position - 1, event[i].audio_position / 1000))
            i += 1
        return 1 if cancel.requested else 0

    callback = _CALLBACK(receive)
    library.call.espeak_SetSynthCallback(callback)
    data = text.encode("utf-8", "replace")
    library.call.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
    cancel.check()
    pcm = np.frombuffer(b"".join(chunks), np.int16)
    return pcm.astype(np.float32) / np.float32(32768), events


def _starts(text: str, events: list[tuple[int, float]]) -> dict[int, float]:
    """The start of each word that an event names; a number has several, of which the first."""
    spans = words(text)
    starts: dict[int, float] = {}
    word, latest = 0, 0.0
    for position, seconds in events:
        while word < len(spans) and spans[word][1] <= position:
            word += 1
        if word == len(spans):
            break
        # A position in the space before a word means the word.
        if seconds >= latest:
            starts.setdefault(word, seconds)
            latest = seconds
    return starts
