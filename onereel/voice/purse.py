"""Who pays for what is spoken, and how a sentence is sold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, runtime_checkable

from ..story.writers.text_model import TextModel
from ..till import Bought, LastWord, NotHad, Till
from ..work import Cancel
from .engines.voice_model import VoiceModel
from .speech import Speech, SpeechOptions

__all__ = ["Converses", "Purse", "Sale", "Sells", "Turn"]


@dataclass(frozen=True)
class Purse:
    """Who pays for a film's voices."""

    till: Till
    gemini: TextModel
    """The model of Gemini that speaks."""
    free_key: bool
    """Whether the Gemini key pays nothing."""
    elevenlabs: VoiceModel
    """The model of ElevenLabs that speaks."""


@dataclass(frozen=True)
class Sale:
    """What a sentence costs, and who pays."""

    till: Till
    model: str
    price: Callable[[], Decimal]
    """Dollars at most; raises EnterPrice where nobody knows."""


@runtime_checkable
class Sells(Protocol):
    """A speech engine that costs money, perhaps."""

    def sale(self, text: str, style: str) -> Sale | None:
        """How a sentence is sold; None where it costs nothing.

        Raises:
            SwitchOnBuying: nobody pays here.
        """

    async def ask(
        self, text: str, options: SpeechOptions, *, cancel: Cancel, last_word: LastWord | None
    ) -> Bought[Speech] | NotHad:
        """Ask once for a sentence.

        Raises:
            OneReelError: before anything was sent.
        """


@dataclass(frozen=True)
class Turn:
    """What one of two voices says until the other does."""

    voice: str
    text: str


@runtime_checkable
class Converses(Sells, Protocol):
    """A speech engine whose voices answer each other, two at a time."""

    name: str

    @property
    def version(self) -> str:
        """See `SpeechEngine`."""

    async def converse(
        self, turns: Sequence[Turn], *, style: str, cancel: Cancel, last_word: LastWord | None
    ) -> Bought[Speech] | NotHad:
        """Ask once for an exchange of two voices, as one sound.

        Raises:
            OneReelError: before anything was sent.
        """
