"""What a server spoke is kept at once, by its content: it is asked once, and paid once."""

from __future__ import annotations

from ..home import Home
from ..values import digest
from ..work import Cancel
from .casting import Part
from .sound_files import read_sound, write_sound
from .speech import Speech
from .stretch import stretched
from .text import spoken

__all__ = ["spoken_once"]

_FOLDER = "lines/spoken"


def spoken_once(part: Part, home: Home, cancel: Cancel) -> Speech:
    """Speak a part by an engine that is no part of this machine, at its own pace, or find what it
    said before; then bring it to the pace that is wanted, here.

    Raises:
        ServiceError, MoneyError, ChooseVoice: as the engine.
        StorageError: it could not be kept.
    """
    engine, voice = part.speaker.engine, part.speaker.voice
    style = part.style if engine.styled else ""
    key = digest(engine.name, engine.version, voice, part.said.text, part.language, style)
    path = home.path(f"{_FOLDER}/{key}.flac")
    kept = read_sound(path)
    if kept is None:
        speech = engine.speak(
            spoken(part.said.text),
            language=part.language,
            voice=voice,
            speed=1.0,
            seed=part.seed,
            style=style,
            cancel=cancel,
        )
        write_sound(path, speech.samples, speech.rate)
        kept = speech.samples, speech.rate
    samples, rate = kept
    return Speech(stretched(samples, rate, 1 / part.speed), rate, {})
