"""ElevenLabs speaks: the voices of a key, for credits, telling when each character is heard.

https://elevenlabs.io/docs/api-reference/text-to-speech/convert-with-timestamps
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ...errors import (
    Cancelled,
    ChooseVoice,
    OneReelError,
    RevisePrompt,
    ReviseSetting,
    ServiceError,
    SwitchOnBuying,
    TryAgain,
    WaitForQuota,
)
from ...till import Bought, LastWord, NotHad
from ...work import Cancel
from ..purse import Purse, Sale
from ..speech import Speech, SpeechOptions, others_after
from .elevenlabs_answers import credits_of, refusal, sound_of
from .elevenlabs_library import Library

if TYPE_CHECKING:
    import httpx

__all__ = ["USUAL", "ElevenLabs"]

USUAL = "eleven_multilingual_v2"
"""The model where none is named."""
_NOBODY_PAYS = "ElevenLabs' voices cost money, and nobody pays here: choose another voice."
_REFUSED = (400, 401, 402, 403, 404, 405, 422, 429)
"""The answers of a service that took nothing; 408 and 409 do not tell."""


@dataclass(frozen=True)
class ElevenLabs:
    """The engine. Without a purse it says nothing."""

    library: Library
    purse: Purse | None = None

    name = "elevenlabs"
    title = "ElevenLabs"
    lacking = "run `python -m onereel settings set elevenlabs-api-key`"
    local = False
    styled = False

    def installed(self) -> bool:
        """Whether there is a key."""
        return bool(self.library.settings.api_key.get_secret_value())

    @property
    def _model(self) -> str:
        return self.library.settings.model or USUAL

    @property
    def version(self) -> str:
        """The model, and the format of its sound."""
        return f"{self._model} {self.library.settings.format}"

    def languages(self) -> tuple[str, ...]:
        """Those of the model, as far as somebody knows them."""
        return self.purse.elevenlabs.languages if self.purse else ()

    def voices(self, language: str) -> tuple[str, ...]:
        """Those of the key: each speaks every language of the model. ("default",) where the list
        cannot be had."""
        known = self.languages()
        base = language.partition("-")[0]
        if known and {"cmn": "zh", "nb": "no"}.get(base, base) not in known:
            return ()
        return tuple(self.library.voices()) or ("default",)

    def find_voice(self, language: str, voice: str) -> str:
        """Accept a name in any case, whole or up to its dash ("george"), or an id; anything where
        the list cannot be had."""
        if not self.voices(language):
            return ""
        known = self.library.voices()
        wanted = voice.strip().lower()
        for name, listed in known.items():
            if wanted in (name.lower(), name.lower().partition(" - ")[0]) or listed.id == voice:
                return name
        return "" if known else voice.strip()

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """The others, from the next one on."""
        return others_after(voice, self.voices(language))

    def note(self, text: str, language: str) -> str:
        """It reads every script."""
        return ""

    def release(self) -> None:
        """Nothing of it is in this memory."""

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Refuse: its sentences are bought (`once.spoken_once`).

        Raises:
            SwitchOnBuying: always.
        """
        raise SwitchOnBuying(_NOBODY_PAYS)

    def sale(self, text: str, style: str) -> Sale:
        """See `Sells`."""
        if self.purse is None:
            raise SwitchOnBuying(_NOBODY_PAYS)
        model = self.purse.elevenlabs
        return Sale(self.purse.till, model.name, partial(model.cost, text))

    async def ask(
        self, text: str, options: SpeechOptions, *, cancel: Cancel, last_word: LastWord | None
    ) -> Bought[Speech] | NotHad:
        """See `Sells`. What may have been taken is not asked again."""
        if self.purse is None:
            raise SwitchOnBuying(_NOBODY_PAYS)
        model = self.purse.elevenlabs
        if model.longest is not None and len(text) > model.longest:
            too_long = RevisePrompt(
                f"{model.label} speaks at most {model.longest} characters at once, and a sentence"
                f" has {len(text)}: shorten it, or choose another voice."
            )
            return NotHad(too_long, Decimal(0))
        try:
            id = await asyncio.to_thread(self._id, options.voice)
        except (ServiceError, ChooseVoice, ReviseSetting) as unknown:
            return NotHad(unknown, Decimal(0))
        path = f"/v1/text-to-speech/{quote(id, safe='')}/with-timestamps"
        form = self.library.settings.format

        async def once() -> httpx.Response | NotHad:
            if last_word is not None:
                await last_word()
            return await self._told(path, form, {"text": text, "model_id": model.name})

        told = await self.library.remote.ask(
            once,
            what="speak",
            host=self.library.host,
            model=model.name,
            turned_away=_again,
            failed=_failed,
            cancel=cancel,
            interruptible=False,
        )
        if isinstance(told, NotHad):
            return told
        speech = sound_of(told, text, form, self.library.host)
        credits = credits_of(told)
        charged = None if credits is None else model.worth(credits)
        if isinstance(speech, OneReelError):
            return NotHad(speech, charged)
        return Bought(speech, model.cost(text) if charged is None else charged)

    def _id(self, voice: str) -> str:
        """The id of a voice.

        Raises:
            ServiceError, ReviseSetting: the voices cannot be listed.
            ChooseVoice: the key has it no more.
        """
        found = self.library.voices().get(voice)
        if found is None:
            # Says why there is no list, where there is none.
            listed = self.library.listed()
            found = next((each for each in listed if voice in (each.name, each.id)), None)
            found = found or (listed[0] if listed and voice == "default" else None)
        if found is None:
            raise ChooseVoice(
                f"Your key of ElevenLabs has no voice {voice!r} any more: choose another."
            )
        return found.id

    async def _told(self, path: str, form: str, body: Any) -> httpx.Response | NotHad:
        """One call, and what became of its money."""
        import httpx

        unsent = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)
        patience = self.library.remote.patience
        try:
            answer = await self.library.call(
                patience, "POST", path, query={"output_format": form}, body=body
            )
        except asyncio.CancelledError:
            # The user stopped; it has left all the same.
            return NotHad(Cancelled(), None)
        except (TryAgain, ReviseSetting) as error:
            free = isinstance(error.__cause__, (*unsent, httpx.InvalidURL))
            return NotHad(error, Decimal(0) if free else None)
        if refused := refusal(answer, self.library.host):
            return NotHad(refused, Decimal(0) if answer.status_code in _REFUSED else None)
        return answer


def _again(told: httpx.Response | NotHad) -> ServiceError | None:
    """The error of a request that was not taken, if it may be sent again."""
    if isinstance(told, NotHad) and told.charged is not None:
        error = told.error
        return error if isinstance(error, TryAgain | WaitForQuota) else None
    return None


def _failed(told: httpx.Response | NotHad) -> ServiceError | None:
    error = told.error if isinstance(told, NotHad) else None
    return error if isinstance(error, ServiceError) else None
