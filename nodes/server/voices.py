"""Voices: who speaks a language, and how they sound."""

from __future__ import annotations

import functools
import io

from pydantic import Field

from ...onereel.reaching import speech_purse
from ...onereel.voice.casting import Casting, Part, Speaker
from ...onereel.voice.engines import known as engines
from ...onereel.voice.listing import choosable
from ...onereel.voice.once import spoken_once
from ...onereel.voice.speaking import spoken_here
from ...onereel.voice.speech import Speech
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
    purse = speech_purse(_SAMPLES, home=call.home, settings=call.settings)
    return Voices(
        voices=[
            VoiceChoice(
                name=voice.name,
                label=voice.label,
                engine=voice.engine.name,
                language=tag,
                installed=True,
            )
            for voice in choosable(tag, call.settings, purse)
        ]
    )


_SENTENCES = {
    "en": "Every night for forty years, the light came on.",
    "de": "Jede Nacht, vierzig Jahre lang, ging das Licht an.",
    "es": "Cada noche, durante cuarenta a\u00f1os, se encendi\u00f3 la luz.",
    "fr": "Chaque nuit, pendant quarante ans, la lumi\u00e8re s'allumait.",
}
_SAMPLES = "samples"
"""What pays for samples, in place of a film."""
_ANYWHERE = "1, 2, 3, 4, 5."
"""Every voice reads numbers in its own language."""


def _sample(call: Call) -> bytes:
    purse = speech_purse(_SAMPLES, home=call.home, settings=call.settings)
    engine, voice = engines.choose(call.query.language, call.query.voice, call.settings, purse)
    tag = engines.normal_language(call.query.language)
    text = _SENTENCES.get(tag.partition("-")[0], _ANYWHERE)
    narrator = Speaker(engine, voice)
    (part,) = Casting(narrator=narrator, people={}, language=tag).parts(text)
    # What a server says is kept: nobody pays twice to hear a voice.
    return _heard(part) if engine.local else _wave(spoken_once(part, call.home, Cancel()))


@functools.lru_cache(maxsize=32)
def _heard(part: Part) -> bytes:
    return _wave(spoken_here(part, Cancel()))


def _wave(speech: Speech) -> bytes:
    import soundfile

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
