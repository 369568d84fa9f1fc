"""The voices that there are to choose, for menus and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..settings import Settings
from .engines.known import installed, normal_language
from .purse import Purse
from .speech import SpeechEngine

__all__ = ["Choosable", "choosable"]


@dataclass(frozen=True)
class Choosable:
    """A voice by the name that chooses it, and its label."""

    name: str
    label: str
    engine: SpeechEngine


def choosable(
    language: str, settings: Settings | None = None, purse: Purse | None = None
) -> Iterator[Choosable]:
    """Every voice that speaks `language` here, its variants too, the best first.

    Servers are asked for their lists: it may take a while.
    """
    tag = normal_language(language)
    for engine in installed(settings, purse):
        for voice in _with_variants(engine, tag):
            # Two engines may have voices of one name; without its own, the local one speaks.
            name = voice if engine.local else f"{engine.name}:{voice}"
            yield Choosable(name, f"{voice} ({engine.title})", engine)


def _with_variants(engine: SpeechEngine, tag: str) -> tuple[str, ...]:
    voices = engine.voices(tag)
    return tuple(dict.fromkeys((*voices, *engine.apart(tag, voices[0])))) if voices else ()
