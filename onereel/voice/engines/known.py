"""The speech engines there are, and which of them speaks a language.

A further engine is one file with a class that keeps `speech.SpeechEngine`, and one line here.
"""

from __future__ import annotations

import functools
from pathlib import Path

from ...errors import ChooseLanguage, ChooseVoice, InstallPart
from ...settings import ElevenLabsSettings, Settings, SpeechSettings
from ..purse import Purse
from ..speech import SpeechEngine
from .elevenlabs import ElevenLabs
from .elevenlabs_library import Library
from .espeak import Espeak
from .gemini import USUAL, Gemini
from .hibari import Hibari
from .kokoro import Kokoro
from .piper import Piper
from .speech_server import SpeechServer

__all__ = [
    "AUTO",
    "choose",
    "engine_names",
    "installed",
    "language_names",
    "local_names",
    "normal_language",
    "release",
    "spoken_languages",
    "voice_names",
]

AUTO = "auto"


_local: dict[Path | None, tuple[SpeechEngine, ...]] = {}
"""The engines of this machine, by the folder of the voices that were fetched."""


def _engines_here(settings: Settings | None) -> tuple[SpeechEngine, ...]:
    folder = settings.voice.folder if settings else None
    # One for each folder, so that a loaded model lasts.
    here = (Hibari(), Kokoro(folder), Piper(folder), Espeak())
    return _local.setdefault(folder, here)


@functools.lru_cache(maxsize=8)
def _server(settings: SpeechSettings) -> SpeechServer:
    # One for each address, so that its circuit breaker and its list of voices last.
    return SpeechServer(settings)


@functools.lru_cache(maxsize=8)
def _library(settings: ElevenLabsSettings) -> Library:
    # One for each key, for the same reason.
    return Library(settings)


def _engines(settings: Settings | None, purse: Purse | None = None) -> dict[str, SpeechEngine]:
    engines: list[SpeechEngine] = list(_engines_here(settings))
    if settings:
        model = settings.voice.gemini_model or USUAL
        engines += [
            _server(settings.speech).paid_by(purse),
            Gemini(settings.google, model, purse),
            ElevenLabs(_library(settings.elevenlabs), purse),
        ]
    return {engine.name: engine for engine in engines}


def engine_names(settings: Settings | None = None) -> tuple[str, ...]:
    """The engines there are, the most natural first."""
    return tuple(_engines(settings))


def local_names() -> tuple[str, ...]:
    """Those of this machine."""
    return tuple(engine.name for engine in _engines_here(None))


def installed(
    settings: Settings | None = None, purse: Purse | None = None
) -> tuple[SpeechEngine, ...]:
    """The engines that can be used here: those of this machine, the most natural first, then those
    that the settings open."""
    return tuple(engine for engine in _engines(settings, purse).values() if engine.installed())


def spoken_languages() -> tuple[str, ...]:
    """The languages that are spoken on this machine whatever was fetched, as tags."""
    here = [engine for engine in _engines_here(None) if engine.installed()]
    return tuple(dict.fromkeys(tag for engine in here for tag in engine.languages()))


def language_names() -> dict[str, str]:
    """English names of languages, by tag, as far as an engine knows them."""
    espeak = Espeak()
    return dict(espeak.language_names()) if espeak.installed() else {}


def voice_names(language: str, settings: Settings | None = None) -> tuple[str, ...]:
    """The voices that speak `language` here, over all engines."""
    language = normal_language(language)
    return tuple(voice for engine in installed(settings) for voice in engine.voices(language))


def release() -> None:
    """Give back the memory of every engine."""
    for engines in list(_local.values()):
        for engine in engines:
            engine.release()


def normal_language(language: str) -> str:
    """Write a language tag as the engines do: "pt_BR" is "pt-br"."""
    return language.strip().replace("_", "-").lower()


def choose(
    language: str, voice: str, settings: Settings | None = None, purse: Purse | None = None
) -> tuple[SpeechEngine, str]:
    """Choose the engine and the voice that speak `language`.

    Args:
        language: a language tag ("de", "pt-BR") or an English name ("German").
        voice: a voice's name; "auto" for the best for the language on this machine, or of the
            engine that the settings name; an engine ("espeak") for its best; or both
            ("espeak:de+f2").
        settings: what opens the engines that are no part of this machine.
        purse: who pays those that cost money; without it they say nothing.

    Raises:
        InstallPart: the engine named is not installed.
        ChooseLanguage: no engine, or not this one, speaks the language.
        ChooseVoice: there is no such engine or voice, or it does not speak the language.
    """
    engines = _engines(settings, purse)
    engine, voice = _divided(voice.strip(), engines)
    engine = engine or (settings.voice.engine if settings else AUTO)
    wanted = voice.lower() not in ("", AUTO)
    candidates = _candidates(engine, engines, wanted=wanted)
    tag = normal_language(language)
    names: list[str] = []
    # One by one: an engine that comes later is not even loaded when an earlier one will do.
    for candidate in candidates:
        known = candidate.voices(tag)
        names += known
        if known and not wanted:
            return candidate, known[0]
        if known and (found := candidate.find_voice(tag, voice)):
            return candidate, found
    if names:
        raise ChooseVoice(_no_voice(language, voice, names))
    raise ChooseLanguage(_cannot_speak(language, engine, candidates))


def _divided(voice: str, engines: dict[str, SpeechEngine]) -> tuple[str, str]:
    """The engine and the voice that a name names."""
    engine, _, name = voice.partition(":")
    if engine.strip().lower() in engines:
        return engine.strip().lower(), name.strip() or AUTO
    return "", voice


def _candidates(
    engine: str, engines: dict[str, SpeechEngine], *, wanted: bool
) -> list[SpeechEngine]:
    if engine in ("", AUTO):
        ready = [each for each in engines.values() if each.installed()]
        # Only who names a voice of theirs may be sent to a server, or to a bill.
        candidates = [each for each in ready if each.local or wanted]
        if candidates:
            return candidates
        raise InstallPart(f"No voice is installed: {Espeak.lacking}.")
    chosen = engines[engine]
    if not chosen.installed():
        title = chosen.title[:1].upper() + chosen.title[1:]
        raise InstallPart(f"{title} cannot be used yet: {chosen.lacking}, or choose another voice.")
    return [chosen]


def _cannot_speak(language: str, engine: str, candidates: list[SpeechEngine]) -> str:
    known = sorted({tag for candidate in candidates for tag in candidate.languages()})
    common = ("en", "de", "es", "fr", "it", "pt-br", "ar", "hi", "ja", "cmn")
    some = [tag for tag in common if any(candidate.voices(tag) for candidate in candidates)]
    who = "No voice here" if engine in ("", AUTO) else candidates[0].title
    return (
        f"{who} speaks {language!r}; choose a language such as {', '.join(some)}"
        f" ({len(known)} in all), or bring the voice with Collect Lines."
    )


def _no_voice(language: str, voice: str, names: list[str]) -> str:
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    return f"There is no voice {voice!r} for {language!r}; choose auto or one of {shown}."
