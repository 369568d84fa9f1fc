"""What a speech engine is, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..work import Cancel
from .signal import Samples

__all__ = ["Speech", "SpeechEngine", "SpeechOptions", "others_after"]


@dataclass(frozen=True)
class Speech:
    """What an engine said: samples [T], float32 in -1 to 1, mono, at `rate` per second.

    `starts` are the exact starts in seconds of those words of `text.words(text)` that the engine
    knows, by index; `weights` is the expected length of every word, in any unit. Where both are
    empty, words are shared out by characters.
    """

    samples: Samples
    rate: int
    starts: dict[int, float]
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SpeechOptions:
    """How a text is spoken."""

    language: str
    """A lower-case BCP 47 tag."""
    voice: str
    """A name that the engine's `find_voice` returned."""
    speed: float = 1.0
    """Times as fast as usual."""
    seed: int = 0
    style: str = ""
    """How, in words, for the engines that understand them."""


class SpeechEngine(Protocol):
    """What reads a text aloud. Safe to call from any thread."""

    name: str
    title: str
    """Its name for people."""
    lacking: str
    """What to do where it cannot be used: "run `pip install ...`"."""
    local: bool
    """Whether it speaks on this machine: "auto" takes no other."""
    styled: bool
    """Whether `style` changes its sound."""

    def installed(self) -> bool:
        """Whether it can be used here; cheap."""

    @property
    def version(self) -> str:
        """What its sound depends on besides the text; part of the cache key."""

    def languages(self) -> tuple[str, ...]:
        """The languages it speaks, as lower-case BCP 47 tags such as "de" and "pt-br"."""

    def voices(self, language: str) -> tuple[str, ...]:
        """The names of the voices that speak `language`, the best first; none if it does not."""

    def find_voice(self, language: str, voice: str) -> str:
        """The canonical name of `voice` if it exists here and speaks `language`, else ""."""

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """Other voices for the people beside `voice`, those that differ most first."""

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Speak `text` (cleaned by `text.spoken`).

        Raises:
            Cancelled: `cancel` was requested; noticed within a fraction of a second.
            ServiceError, MoneyError: of those that are no part of this machine.
        """

    def note(self, text: str, language: str) -> str:
        """A sentence for the user if it reads `text` badly, else ""."""

    def release(self) -> None:
        """Give back the memory of models; the next call loads them again."""


def others_after(voice: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The voices beside `voice`, from the next one on: for engines that tell no two apart."""
    at = known.index(voice) + 1 if voice in known else 0
    return tuple(each for each in (*known[at:], *known[:at]) if each != voice)
