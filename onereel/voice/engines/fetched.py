"""Voices as files in the folder that OneReel fetches them into, or that the owner names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

__all__ = ["KOKORO", "KOKORO_VOICES", "PiperFile", "kokoro_files", "piper_files"]

KOKORO = ("kokoro-v1.0.onnx", "kokoro-v1.0.int8.onnx")
"""Kokoro's models, the quicker first."""
KOKORO_VOICES = "voices-v1.0.bin"
_READINGS = ("espeak", "text")
_MOST = 1_000_000
"""Bytes of a description."""


@dataclass(frozen=True)
class PiperFile:
    """A voice of Piper: `NAME.onnx`, and `NAME.onnx.json` beside it."""

    path: Path
    language: str
    """Such as "en-us"."""
    speakers: tuple[str, ...] = ()
    """More people by the same model, the first of whom speaks where none is named."""

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name.removesuffix(".onnx")

    @property
    def short(self) -> str:
        """What people call it: the middle of "en_US-joe-medium"."""
        parts = self.name.split("-")
        return parts[1] if len(parts) > 2 else self.name


def piper_files(folder: Path | None) -> tuple[PiperFile, ...]:
    """The whole voices of Piper in a folder, by name; what is none is left out."""
    found = (
        _piper(model, (description := model.with_name(f"{model.name}.json")), _changed(description))
        for model in _listed(folder, ".onnx")
    )
    return tuple(voice for voice in found if voice)


def _listed(folder: Path | None, ending: str) -> list[Path]:
    try:
        inside = list(folder.iterdir()) if folder else []
    except OSError:
        return []
    return sorted(path for path in inside if path.name.endswith(ending))


def _changed(path: Path) -> tuple[int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return (seen.st_mtime_ns, seen.st_size) if seen.st_size <= _MOST else None


@lru_cache(maxsize=256)
def _piper(model: Path, description: Path, changed: tuple[int, int] | None) -> PiperFile | None:
    if changed is None:
        return None
    try:
        told = json.loads(description.read_text("utf-8"))
        code = str(told.get("language", {}).get("code") or told["espeak"]["voice"])
        speakers: Mapping[str, int] = told.get("speaker_id_map") or {}
        # What Piper cannot speak without; for other readings of a text it fetches more by itself.
        speaks = int(told["audio"]["sample_rate"]) and told["phoneme_id_map"]
        if not speaks or told.get("phoneme_type", "espeak") not in _READINGS:
            return None
        named = tuple(sorted(speakers, key=lambda name: int(speakers[name])))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return PiperFile(model, code.replace("_", "-").lower(), named if len(named) > 1 else ())


def kokoro_files(folder: Path | None) -> tuple[Path, tuple[str, ...]] | None:
    """Kokoro's model in a folder, and the names of its voices; None where one of the two is not
    there."""
    if folder is None:
        return None
    model = next((path for name in KOKORO if (path := folder / name).is_file()), None)
    voices = folder / KOKORO_VOICES
    try:
        seen = voices.stat()
    except OSError:
        return None
    names = _kokoro_voices(voices, seen.st_mtime_ns, seen.st_size)
    return (model, names) if model and names else None


@lru_cache(maxsize=8)
def _kokoro_voices(path: Path, *changed: int) -> tuple[str, ...]:
    try:
        with np.load(path, allow_pickle=False) as pack:
            return tuple(sorted(pack.files))
    except (OSError, ValueError, AttributeError, EOFError, BadZipFile):
        return ()
