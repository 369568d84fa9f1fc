"""Which Python package speaks a voice that is a file, and where it looks for that file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import InstallPart, ReviseSetting
from ...settings import Settings
from ...voice.engines.networks import has_module
from .parts import Voice, VoiceFile, VoiceMaker

__all__ = ["PACKAGES", "Package", "check_installed", "is_installed", "voice_path"]


@dataclass(frozen=True)
class Package:
    """A Python package; `size` in bytes, without onnxruntime, which all of them need."""

    name: str
    module: str
    label: str
    licence: str
    size: int


PACKAGES: Mapping[VoiceMaker, Package] = {
    "hibari": Package(
        "hibari-tts", "hibari", "The natural English voice", "Apache-2.0", 16_000_000
    ),
    "kokoro": Package(
        "kokoro-onnx", "kokoro_onnx", "What speaks Kokoro's voices", "MIT, GPL-3.0", 25_000_000
    ),
    "piper": Package("piper-tts", "piper", "What speaks Piper's voices", "GPL-3.0", 34_000_000),
}


def is_installed(maker: VoiceMaker) -> bool:
    """Whether its package and onnxruntime are there."""
    return has_module(PACKAGES[maker].module) and has_module("onnxruntime")


def check_installed(voice: Voice) -> None:
    """Refuse a voice that nothing here could speak.

    Raises:
        InstallPart: its package is not installed.
    """
    package = PACKAGES[voice.engine]
    if not is_installed(voice.engine):
        raise InstallPart(
            f"This voice needs {package.name}, which is not installed: run `pip install"
            f" {package.name}` first."
        )


def voice_path(voice: Voice, file: VoiceFile, settings: Settings) -> Path:
    """Where the engine looks for a file of a voice.

    Raises:
        ReviseSetting: nobody said; settings that were loaded always say.
    """
    if voice.engine == "hibari":
        from hibari.voices import cache_dir

        return Path(cache_dir()) / file.name
    if settings.voice.folder is None:
        raise ReviseSetting("Nobody said where voices are: set folder under [voice].")
    return settings.voice.folder / file.name
