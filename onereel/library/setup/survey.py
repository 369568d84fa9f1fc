"""What a film needs and lacks, before anything is fetched."""

from __future__ import annotations

import shutil
from pathlib import Path

from ...errors import ServiceError
from ...home import Home
from ...options import FilmOptions
from ...settings import Settings
from ...values import Value
from ...voice.engines import AUTO, normal_language
from ...voice.hibari import Hibari
from .fetch import begun
from .parts import Part, Voice, catalogue, full_name, part_id
from .pulling import pulled

__all__ = ["Survey", "survey", "voice_file"]


class Survey(Value):
    """What there is to set up."""

    parts: tuple[Part, ...]
    free: int
    """Bytes that are free on the disk of the home."""

    @property
    def lacking(self) -> tuple[Part, ...]:
        """What the film cannot be made without."""
        return tuple(part for part in self.parts if part.needed and part.state != "ready")


async def survey(
    options: FilmOptions, *, language: str = "en", home: Home, settings: Settings
) -> Survey:
    """List what the chosen writer and voice need, and what else can be fetched for the language.

    Nothing is fetched here, and no server but the user's own Ollama is asked.
    """
    parts = [
        *_voices(options, language, settings),
        *await _models(options, settings),
        *_gemini(options, settings),
    ]
    needed_first = sorted(parts, key=lambda part: not part.needed)
    return Survey(parts=tuple(needed_first), free=_free(home.private))


def _free(folder: Path) -> int:
    there = next(each for each in (folder, *folder.parents) if each.is_dir())
    return shutil.disk_usage(there).free


def voice_file(voice: Voice) -> Path:
    """Where the engine looks for a voice."""
    from hibari.voices import cache_dir

    return Path(cache_dir()) / voice.file


def _voices(options: FilmOptions, language: str, settings: Settings) -> list[Part]:
    installed = Hibari().installed()
    base = normal_language(language).partition("-")[0]
    wanted = options.voice.strip().lower()
    ours = [each for each in catalogue().voices.items() if each[1].language.startswith(base)]
    parts = [
        _voice(name, voice, needed=wanted == voice.voice, installed=installed)
        for name, voice in ours
    ]
    named = any(part.needed for part in parts)
    if not installed and (base in ("en", "english") or settings.voice.engine == "hibari"):
        parts.append(
            Part(
                id=part_id("package", "hibari-tts"),
                kind="package",
                label="The natural English voice",
                words="Install it with `pip install hibari-tts`, then start again; until then"
                " espeak-ng speaks.",
                state="missing",
                needed=named or settings.voice.engine == "hibari",
                size=16_000_000,
                licence="Apache-2.0",
            )
        )
    elif wanted in ("", AUTO) and parts:
        parts.append(
            Part(
                id=part_id("voice", "hibari-heart"),
                kind="voice",
                label="Heart",
                words="American English, female",
                state="ready",
                needed=True,
                licence="Apache-2.0",
            )
        )
    return parts


def _voice(name: str, voice: Voice, *, needed: bool, installed: bool) -> Part:
    file = voice_file(voice) if installed else None
    there = file is not None and file.is_file() and file.stat().st_size == voice.size
    done = begun(file) if file and not there else 0
    return Part(
        id=part_id("voice", name),
        kind="voice",
        label=voice.label,
        words=voice.words,
        state="ready" if there else "partial" if done else "missing",
        needed=needed,
        size=voice.size,
        licence=voice.licence,
        fetchable=installed,
        done=done,
    )


async def _models(options: FilmOptions, settings: Settings) -> list[Part]:
    wanted = full_name(options.model) if options.writer == "ollama" and options.model else ""
    try:
        there = await pulled(settings.ollama)
    except ServiceError as error:
        return [_no_service(error, needed=options.writer == "ollama")]
    known = catalogue().models
    names = dict.fromkeys([*([wanted] if wanted else []), *known, *there])
    return [
        Part(
            id=part_id("model", name),
            kind="model",
            label=known[name].label if name in known else name,
            words="Writes scripts in any language, on your own machine.",
            state="ready" if name in there else "missing",
            needed=name == wanted,
            size=there.get(name) or (known[name].size if name in known else None),
            licence=known[name].licence if name in known else "",
            fetchable=name not in there,
        )
        for name in names
    ]


def _gemini(options: FilmOptions, settings: Settings) -> list[Part]:
    """The key, where the film's writer cannot do without it."""
    if options.writer != "gemini":
        return []
    there = bool(settings.google.gemini_api_key.get_secret_value())
    words = (
        settings.buying.words_in_words()
        if there
        else "It needs an API key: run `python -m onereel settings set gemini-api-key`."
    )
    return [
        Part(
            id=part_id("service", "gemini"),
            kind="service",
            label="Gemini",
            words=words,
            state="ready" if there else "missing",
            needed=True,
        )
    ]


def _no_service(error: ServiceError, *, needed: bool) -> Part:
    return Part(
        id=part_id("service", "ollama"),
        kind="service",
        label="Ollama",
        words=error.user_message,
        state="missing",
        needed=needed,
    )
