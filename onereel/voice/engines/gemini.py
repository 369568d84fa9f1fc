"""Gemini speaks: thirty voices that follow a style in words, for money.

https://ai.google.dev/gemini-api/docs/speech-generation.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ...errors import SwitchOnBuying
from ...google.client import Client, gemini_access
from ...remote import REMOTE, Remote, to_the_end
from ...settings import GoogleSettings
from ...till import Bought, LastWord, NotHad
from ...work import Cancel
from ..purse import Purse, Sale, Turn
from ..speech import Speech, SpeechOptions, others_after
from .gemini_answers import SPEAKING, cost_of, nothing_heard, sound_of
from .gemini_request import parts_of, speech_config

if TYPE_CHECKING:
    from google.genai import types
    from google.genai.client import AsyncClient

__all__ = ["USUAL", "Gemini", "most_tokens"]

USUAL = "gemini-3.8-flash-tts"
"""The model where none is named."""
# Women's and men's by turns, as Google describes them; the names of Gemini 2.5.
_VOICES = (
    *("Kore", "Puck", "Zephyr", "Charon", "Leda", "Fenrir", "Aoede", "Orus", "Callirrhoe"),
    *("Enceladus", "Autonoe", "Iapetus", "Despina", "Umbriel", "Erinome", "Algieba"),
    *("Laomedeia", "Algenib", "Achernar", "Rasalgethi", "Gacrux", "Alnilam", "Pulcherrima"),
    *("Schedar", "Vindemiatrix", "Achird", "Sulafat", "Zubenelgenubi", "Sadachbia", "Sadaltager"),
)
_LANGUAGES = (
    *("en", "de", "es", "fr", "ar", "bn", "hi", "id", "it", "ja", "ko", "mr", "nl", "pl", "pt"),
    *("ro", "ru", "ta", "te", "th", "tr", "uk", "vi", "zh"),
)
_TOKENS_A_SECOND = 32
"""Of speech, at most; 25 are what is reported."""
_SLOWEST_LETTER = 0.3
"""Seconds that a letter takes at most."""
_SPARE = 10
"""Seconds beyond that which its pauses may take."""
_ASKING = 100
"""Bytes of a request beside its words."""
_NOBODY_PAYS = "Gemini's voices cost money, and nobody pays here: choose another voice."


def most_tokens(text: str, style: str) -> tuple[int, int]:
    """How many tokens a text takes at most: asked, and answered."""
    # A token is never less than a byte; what it is asked in is as long as the style, at most twice.
    asked = len(text.encode()) + len(style.encode()) + _ASKING
    return asked, round((len(text) * _SLOWEST_LETTER + _SPARE) * _TOKENS_A_SECOND)


@dataclass(frozen=True)
class Gemini:
    """The engine. Without a purse it says nothing."""

    settings: GoogleSettings
    model: str = USUAL
    purse: Purse | None = None
    remote: Remote = REMOTE

    name = "gemini"
    title = "Gemini"
    lacking = "run `python -m onereel settings set gemini-api-key`"
    local = False
    styled = True

    def installed(self) -> bool:
        """Whether there is a key."""
        return bool(self.settings.gemini_api_key.get_secret_value())

    @property
    def version(self) -> str:
        """The model."""
        return self.model

    def languages(self) -> tuple[str, ...]:
        """Those that Google lists."""
        return _LANGUAGES

    def voices(self, language: str) -> tuple[str, ...]:
        """All of them: each speaks every language."""
        return _VOICES if language.partition("-")[0] in (*_LANGUAGES, "cmn") else ()

    def find_voice(self, language: str, voice: str) -> str:
        """Accept a name in any case."""
        return next((each for each in self.voices(language) if each.lower() == voice.lower()), "")

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """The others, from the next one on."""
        return others_after(voice, self.voices(language))

    def note(self, text: str, language: str) -> str:
        """It reads every script."""
        return ""

    def release(self) -> None:
        """Nothing of it is in this memory."""

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Ask for the sound of `text` with a key that pays nothing; `speed` and `seed` are not
        asked for.

        Raises:
            SwitchOnBuying: it would cost money.
            AddKey, WaitForQuota, ChooseAnotherModel, TryAgain: see `google.told.said`.
            RevisePrompt: a safety filter refused.
            Cancelled: the user stopped before anything was sent.
        """
        if self.sale(text, options.style) is not None:
            raise SwitchOnBuying(_NOBODY_PAYS)
        asked = self.ask(text, options, cancel=cancel, last_word=None)
        told = to_the_end(asked)
        if isinstance(told, NotHad):
            raise told.error
        return told.value

    def sale(self, text: str, style: str) -> Sale | None:
        """See `Sells`."""
        if self.purse is None:
            raise SwitchOnBuying(_NOBODY_PAYS)
        if self.purse.free_key:
            return None
        asked, answered = most_tokens(text, style)
        return Sale(self.purse.till, self.model, lambda: self._price(asked, answered))

    def _price(self, asked: int, answered: int) -> Decimal:
        if self.purse is None or self.purse.free_key:
            return Decimal(0)
        today = datetime.now(UTC).date()
        return self.purse.gemini.price(prompt=asked, answer=answered, today=today)

    async def ask(
        self, text: str, options: SpeechOptions, *, cancel: Cancel, last_word: LastWord | None
    ) -> Bought[Speech] | NotHad:
        """See `Sells`."""
        turn = Turn(options.voice, text)
        return await self._asked((turn,), style=options.style, cancel=cancel, last_word=last_word)

    async def converse(
        self, turns: Sequence[Turn], *, style: str, cancel: Cancel, last_word: LastWord | None
    ) -> Bought[Speech] | NotHad:
        """See `Converses`."""
        return await self._asked(turns, style=style, cancel=cancel, last_word=last_word)

    async def _asked(
        self, turns: Sequence[Turn], *, style: str, cancel: Cancel, last_word: LastWord | None
    ) -> Bought[Speech] | NotHad:
        _, most = most_tokens(" ".join(turn.text for turn in turns), style)
        async with Client(gemini_access(self.settings), self.remote.patience) as client:
            exchange = await self.remote.ask(
                lambda: client.ask(
                    lambda sdk: self._ask(sdk, turns, style, most), before_sending=last_word
                ),
                what="speak",
                host=client.host,
                model=self.model,
                turned_away=lambda exchange: SPEAKING.turned_away(
                    exchange, client.host, self.model
                ),
                failed=lambda exchange: SPEAKING.failure(exchange, client.host, self.model),
                cancel=cancel,
                interruptible=False,
            )
            sound = sound_of(exchange)
            charged = cost_of(exchange, self._price)
            if error := SPEAKING.failure(exchange, client.host, self.model):
                return NotHad(error, charged)
            if sound is None:
                return NotHad(nothing_heard(exchange, client.host, self.model), charged)
            return Bought(Speech(*sound, {}), charged)

    def _ask(
        self, sdk: AsyncClient, turns: Sequence[Turn], style: str, most: int
    ) -> Awaitable[types.GenerateContentResponse]:
        from google.genai import types

        return sdk.models.generate_content(
            model=self.model,
            contents=[types.Content(role="user", parts=parts_of(turns, style, self.model))],
            config=types.GenerateContentConfig(
                response_modalities=["AUDIO"],
                speech_config=speech_config(turns),
                max_output_tokens=most,
            ),
        )
