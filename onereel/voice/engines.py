"""The speech engines there are, and which of them speaks a language.

A further engine is one file with a class that keeps `speech.SpeechEngine`, and one line here.
"""

from __future__ import annotations

import functools

from ..errors import ChooseLanguage, ChooseVoice, InstallPart
from .espeak import Espeak
from .hibari import Hibari
from .speech import SpeechEngine

__all__ = [
    "AUTO",
    "choose",
    "engine_names",
    "installed",
    "language_names",
    "normal_language",
    "release",
    "spoken_languages",
    "voice_names",
]

AUTO = "auto"


@functools.cache
def _engines() -> dict[str, SpeechEngine]:
    engines: list[SpeechEngine] = [Hibari(), Espeak()]
    return {engine.name: engine for engine in engines}


def engine_names() -> tuple[str, ...]:
    """The engines there are, the most natural first; "auto" takes the first that can."""
    return tuple(_engines())


def installed() -> tuple[SpeechEngine, ...]:
    """The engines that can be used here, the most natural first."""
    return tuple(engine for engine in _engines().values() if engine.installed())


def spoken_languages() -> tuple[str, ...]:
    """The languages that are spoken here, as tags."""
    return tuple(dict.fromkeys(tag for engine in installed() for tag in engine.languages()))


def language_names() -> dict[str, str]:
    """English names of languages, by tag, as far as an engine knows them."""
    espeak = Espeak()
    return dict(espeak.language_names()) if espeak.installed() else {}


def voice_names(language: str) -> tuple[str, ...]:
    """The voices that speak `language` here, over all engines."""
    language = normal_language(language)
    return tuple(voice for engine in installed() for voice in engine.voices(language))


def release() -> None:
    """Give back the memory of every engine."""
    for engine in _engines().values():
        engine.release()


def normal_language(language: str) -> str:
    """Write a language tag as the engines do: "pt_BR" is "pt-br"."""
    return language.strip().replace("_", "-").lower()


def choose(engine: str, language: str, voice: str) -> tuple[SpeechEngine, str]:
    """Choose the engine and the voice that speak `language`.

    Args:
        engine: a name of `engine_names`, or "auto" for the most natural that can.
        language: a language tag ("de", "pt-BR") or an English name ("German").
        voice: a voice's name, or "auto" for the engine's best for the language.

    Raises:
        InstallPart: the engine named is not installed.
        ChooseLanguage: no engine, or not this one, speaks the language.
        ChooseVoice: there is no such engine or voice, or it does not speak the language.
    """
    candidates = _candidates(engine)
    tag, voice = normal_language(language), voice.strip()
    names: list[str] = []
    # One by one: an engine that comes later is not even loaded when an earlier one will do.
    for candidate in candidates:
        known = candidate.voices(tag)
        names += known
        if known and voice.lower() in ("", AUTO):
            return candidate, known[0]
        if known and (found := candidate.find_voice(tag, voice)):
            return candidate, found
    if names:
        raise ChooseVoice(_no_voice(language, voice, names))
    raise ChooseLanguage(_cannot_speak(language, engine, candidates))


def _candidates(engine: str) -> list[SpeechEngine]:
    engines = _engines()
    if engine in ("", AUTO):
        candidates = list(installed())
        if candidates:
            return candidates
        last = list(engines.values())[-1]
        raise InstallPart(f"No voice is installed: run `pip install {last.package}`.")
    if engine not in engines:
        raise ChooseVoice(
            f"There is no speech engine called {engine!r}; choose auto or {' or '.join(engines)}."
        )
    chosen = engines[engine]
    if not chosen.installed():
        raise InstallPart(
            f"{chosen.title} is not installed: run `pip install {chosen.package}`,"
            " or choose the engine auto."
        )
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
