"""Voices: who speaks a language, and how they sound."""

from __future__ import annotations

import functools
import io

from pydantic import Field

from ...onereel.voice import engines
from ...onereel.voice.speech import SpeechEngine
from ...onereel.voice.text import spoken
from ...onereel.work import Cancel
from .choosing import Named
from .routes import Answer, Call, Query, Route

__all__ = ["ROUTES"]


class VoiceQuery(Query):
    """Whose voices."""

    language: str = Field(default="en", min_length=1, max_length=40)


class SampleQuery(VoiceQuery):
    """Which voice."""

    voice: str = Field(default="auto", min_length=1, max_length=100)


class VoiceChoice(Named):
    """A voice."""

    engine: str
    language: str
    installed: bool


class Voices(Answer):
    """The voices that speak a language, the best first."""

    voices: list[VoiceChoice]


def _voices(call: Call) -> Voices:
    tag = engines.normal_language(call.query.language)
    return Voices(
        voices=[
            VoiceChoice(
                # Two engines may have voices of one name; without its own, the local one speaks.
                name=voice if engine.local else f"{engine.name}:{voice}",
                label=f"{voice} ({engine.title})",
                engine=engine.name,
                language=tag,
                installed=True,
            )
            for engine in engines.installed(call.settings)
            for voice in _with_variants(engine, tag)
        ]
    )


def _with_variants(engine: SpeechEngine, tag: str) -> tuple[str, ...]:
    voices = engine.voices(tag)
    return tuple(dict.fromkeys((*voices, *engine.apart(tag, voices[0])))) if voices else ()


_SENTENCES = {
    "en": "Every night for forty years, the light came on.",
    "de": "Jede Nacht, vierzig Jahre lang, ging das Licht an.",
    "es": "Cada noche, durante cuarenta a\u00f1os, se encendi\u00f3 la luz.",
    "fr": "Chaque nuit, pendant quarante ans, la lumi\u00e8re s'allumait.",
}
_ANYWHERE = "1, 2, 3, 4, 5."
"""Every voice reads numbers in its own language."""


def _sample(call: Call) -> bytes:
    speaker, voice = engines.choose(call.query.language, call.query.voice, call.settings)
    return _spoken(speaker, engines.normal_language(call.query.language), voice)


@functools.lru_cache(maxsize=32)
def _spoken(speaker: SpeechEngine, tag: str, voice: str) -> bytes:
    import soundfile

    text = spoken(_SENTENCES.get(tag.partition("-")[0], _ANYWHERE))
    speech = speaker.speak(text, language=tag, voice=voice, speed=1.0, seed=0, cancel=Cancel())
    file = io.BytesIO()
    soundfile.write(file, speech.samples, speech.rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/voices", _voices, "The voices of a language", Voices, query=VoiceQuery, slow=True
    ),
    Route(
        "GET",
        "/voices/sample",
        _sample,
        "Hear a voice",
        "audio/wav",
        query=SampleQuery,
        fails=(409,),
        slow=True,
    ),
)
