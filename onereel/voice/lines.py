"""Lines on disk: spoken once, found again by content, across restarts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import numpy as np
import soundfile
from pydantic import Field

from ..errors import BadInput
from ..files import system_name, writing
from ..home import Home
from ..story.screenplay import Screenplay
from ..values import Document, digest
from ..work import Cancel
from .casting import Part
from .engines.known import normal_language
from .line import Line, Word
from .markup import shown
from .signal import Samples
from .sound_files import write_sound
from .speaking import part_key, speak_parts
from .text import speakable

__all__ = [
    "RECORDED",
    "keep_line",
    "kept_line",
    "line_name",
    "line_seconds",
    "recorded_lines",
    "speak_line",
]

RECORDED = "recorded"
"""The engine of a line that the film maker spoke."""

_FOLDER = "lines"
_CANONICAL = 1
"""Raised when the finishing of a sound (trim, level, words) changes, so that old files are left."""


class _Sidecar(Document):
    """What is known of a sound beside it: its length, and its words."""

    NAME: ClassVar[str] = "sidecar"

    rate: int = Field(gt=0)
    samples: int = Field(gt=0)
    words: tuple[Word, ...] = ()


def speak_line(
    scene_id: str, narration: str, parts: Sequence[Part], *, home: Home, cancel: Cancel
) -> Line | None:
    """Speak `parts` as the line of a scene, or find it on disk; None if nothing was heard.

    The same engines and versions, voices, texts, language, speed and seed give the same file.

    Args:
        narration: of the scene, as it is written.
        parts: what is said of it, by whom (`Casting.parts`).

    Raises:
        Cancelled: `cancel` was requested.
        ServiceError, MoneyError: an engine that is no part of this machine failed.
        FreeDisk, MakeWritable, StorageError: the line could not be kept.
    """
    key = _key(parts)
    sidecar = _found(home, key)
    if sidecar is None:
        sound = speak_parts(parts, home, cancel)
        if sound is None:
            return None
        # Whoever spoke it meanwhile was first.
        sidecar = _found(home, key) or _keep(home, key, sound.samples, sound.rate, sound.words)
    return _spoken(scene_id, narration, parts, key, sidecar)


def kept_line(scene_id: str, narration: str, parts: Sequence[Part], home: Home) -> Line | None:
    """The line that `speak_line` made of these, if it is on disk."""
    key = _key(parts)
    sidecar = _found(home, key)
    return _spoken(scene_id, narration, parts, key, sidecar) if sidecar else None


def _spoken(
    scene_id: str, narration: str, parts: Sequence[Part], key: str, sidecar: _Sidecar
) -> Line:
    text = " ".join(part.passage.text for part in parts).strip()
    narration = narration.strip().encode("utf-8", "replace").decode()
    voices = ", ".join(dict.fromkeys(part.speaker.voice for part in parts))
    first = parts[0]
    return _line(
        *(scene_id, narration, text, first.language, first.speaker.engine.name, voices),
        *(key, sidecar),
    )


def line_name(parts: Sequence[Part]) -> str:
    """The media name of the line that `speak_line` makes, or made, of these."""
    return f"{_FOLDER}/{_key(parts)}.flac"


def _key(parts: Sequence[Part]) -> str:
    if len(parts) == 1 and not parts[0].passage.pause:
        return digest(_CANONICAL, *part_key(parts[0]))
    return digest(_CANONICAL, *((str(part.passage.pause), *part_key(part)) for part in parts))


def line_seconds(audio: str, home: Home) -> Fraction | None:
    """How long a kept line lasts, by its media name; None where it is not there."""
    try:
        sidecar = _Sidecar.from_json(home.path(audio).with_suffix(".json").read_bytes())
    except (OSError, BadInput):
        return None
    return Fraction(sidecar.samples, sidecar.rate)


def keep_line(
    scene_id: str,
    narration: str,
    text: str,
    samples: Samples,
    rate: int,
    words: Sequence[Word],
    *,
    language: str,
    engine: str,
    home: Home,
) -> Line:
    """Keep finished samples [T], spoken elsewhere, as the line of a scene; `text` is what of its
    narration is read on the screen."""
    sound = hashlib.sha256(np.ascontiguousarray(samples, "<f4").tobytes()).hexdigest()
    key = digest(_CANONICAL, engine, sound, rate, text, language)
    sidecar = _found(home, key) or _keep(home, key, samples, rate, tuple(words))
    return _line(scene_id, narration, text, language, engine, "", key, sidecar)


def recorded_lines(screenplay: Screenplay, home: Home) -> dict[str, Line]:
    """The lines, by scene id, that the film maker recorded for the words that are there now.

    One whose file is gone is left out.
    """
    found: dict[str, Line] = {}
    language = normal_language(screenplay.brief.language)
    for scene in screenplay.scenes:
        text = scene.narration.strip()
        if scene.recording is None or scene.recording.text != text or not speakable(text):
            continue
        key = Path(scene.recording.audio).stem
        if sidecar := _found(home, key):
            read = shown(text, screenplay.speakers)
            found[scene.id] = _line(scene.id, text, read, language, RECORDED, "", key, sidecar)
    return found


def _line(
    scene_id: str,
    narration: str,
    text: str,
    language: str,
    engine: str,
    voice: str,
    key: str,
    sidecar: _Sidecar,
) -> Line:
    return Line(
        scene_id=scene_id,
        text=text,
        script=narration if narration != text else "",
        language=language,
        engine=engine,
        voice=voice,
        audio=f"{_FOLDER}/{key}.flac",
        rate=sidecar.rate,
        samples=sidecar.samples,
        words=sidecar.words,
    )


def _paths(home: Home, key: str) -> tuple[Path, Path]:
    return home.path(f"{_FOLDER}/{key}.flac"), home.path(f"{_FOLDER}/{key}.json")


def _found(home: Home, key: str) -> _Sidecar | None:
    """The line of that key, if its sound can be decoded to its last sample."""
    sound, beside = _paths(home, key)
    try:
        sidecar = _Sidecar.from_json(beside.read_bytes())
        samples, rate = soundfile.read(system_name(sound), dtype="int16", always_2d=True)
    except (OSError, BadInput, soundfile.SoundFileError, json.JSONDecodeError):
        return None
    whole = samples.shape == (sidecar.samples, 1) and rate == sidecar.rate
    return sidecar if whole else None


def _keep(home: Home, key: str, samples: Samples, rate: int, words: tuple[Word, ...]) -> _Sidecar:
    sound, beside = _paths(home, key)
    sidecar = _Sidecar(rate=rate, samples=len(samples), words=words)
    write_sound(sound, samples, rate)
    with writing(beside) as temporary:
        temporary.write_text(sidecar.to_json(), "utf-8")
    return sidecar
