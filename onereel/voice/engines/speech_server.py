"""A speech server that speaks OpenAI's API, at an address of the owner's.

https://platform.openai.com/docs/api-reference/audio/createSpeech. `GET /audio/voices` is no part of
that API; Kokoro-FastAPI and its kin have it.
"""

from __future__ import annotations

import asyncio
import copy
import threading
import time
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from ...errors import (
    Cancelled,
    ChooseVoice,
    OneReelError,
    ReviseSetting,
    ServiceError,
    SwitchOnBuying,
    TryAgain,
    WaitForQuota,
)
from ...remote import Patience, Remote, to_the_end
from ...settings import SpeechSettings
from ...till import Bought, LastWord, NotHad
from ...web import http_client
from ...work import Cancel
from ..purse import Purse, Sale
from ..speech import Speech, SpeechOptions
from .speech_answers import decoded, judge, named, one_line
from .speech_price import price_of, rate_of

if TYPE_CHECKING:
    import httpx

__all__ = ["SpeechServer"]

_FRESH = 60.0
"""Seconds for which a list of voices counts."""
_LISTING = Patience(connect=3, silence=5, call=8, attempts=1)
_REFUSED = range(400, 500)
"""The answers of a server that took nothing."""
_NOBODY_PAYS = "This speech server costs money, and nobody pays here: choose another voice."


class SpeechServer:
    """The engine; one for each address."""

    name = "server"
    title = "the speech server"
    lacking = "set address under [speech] in the settings file"
    local = False
    styled = False

    def __init__(self, settings: SpeechSettings, remote: Remote | None = None) -> None:
        self._settings = settings
        self._remote = remote or Remote(Patience(silence=settings.timeout, attempts=3))
        self._listing = Remote(_LISTING)
        self._lock = threading.Lock()
        self._purse: Purse | None = None
        self._listed: tuple[str, ...] | None = None
        self._since = 0.0

    def paid_by(self, purse: Purse | None) -> Self:
        """The same server, for a film whose voices somebody pays."""
        paid = copy.copy(self)
        paid._purse = purse
        return paid

    def installed(self) -> bool:
        """Whether the owner named one."""
        return bool(self._settings.address)

    @property
    def version(self) -> str:
        """The server and its model."""
        return f"{self._settings.address} {self._settings.model}"

    def languages(self) -> tuple[str, ...]:
        """What the settings say; it does not tell."""
        return tuple(tag.lower() for tag in self._settings.languages)

    def voices(self, language: str) -> tuple[str, ...]:
        """What it lists, or the settings; ("default",) where neither does."""
        base = language.partition("-")[0]
        known = {tag.partition("-")[0] for tag in self.languages()}
        if known and base not in known:
            return ()
        return self._settings.voices or self._list() or ("default",)

    def find_voice(self, language: str, voice: str) -> str:
        """One that it lists, however it is written; any where it lists none."""
        known = self.voices(language)
        listed = bool(known) and known != ("default",)
        same = (each for each in known if each.lower() == voice.lower())
        return next(same, "" if listed or not known else voice)

    def apart(self, language: str, voice: str) -> tuple[str, ...]:
        """All the others."""
        return tuple(each for each in self.voices(language) if each != voice)

    def note(self, text: str, language: str) -> str:
        """What it reads badly is its own affair."""
        return ""

    def release(self) -> None:
        """Nothing of it is in this memory."""

    def speak(self, text: str, options: SpeechOptions, *, cancel: Cancel) -> Speech:
        """Ask for the sound of `text` where it costs nothing; `speed`, `seed` and `style` are not
        asked for.

        Raises:
            SwitchOnBuying, EnterPrice: it would cost money.
            TryAgain: nothing answers, or it broke off, was silent, failed, or sent no sound.
            AddKey, WaitForQuota, ChooseVoice: it said so.
            ReviseSetting: the address is none, or something else answers there.
            Cancelled: the user stopped.
        """
        if self.sale(text, options.style) is not None:
            raise SwitchOnBuying(_NOBODY_PAYS)
        body = self._body(text, options.voice)
        answer = self._ask(
            self._remote, "POST", "/audio/speech", body=body, what="speak", cancel=cancel
        )
        samples, rate = decoded(answer, self._host)
        return Speech(samples, rate, {})

    def _body(self, text: str, voice: str) -> dict[str, str]:
        return {
            "model": self._settings.model,
            "input": text,
            "voice": voice,
            "response_format": "wav",
        }

    def sale(self, text: str, style: str) -> Sale | None:
        """See `Sells`."""
        if rate_of(self._settings) == 0:
            return None
        if self._purse is None:
            raise SwitchOnBuying(_NOBODY_PAYS)
        price = partial(price_of, text, self._settings)
        return Sale(self._purse.till, f"{self._settings.model} at {self._host}", price)

    async def ask(
        self, text: str, options: SpeechOptions, *, cancel: Cancel, last_word: LastWord | None
    ) -> Bought[Speech] | NotHad:
        """See `Sells`. What may have been taken is not asked again."""

        async def once() -> httpx.Response | NotHad:
            if last_word is not None:
                await last_word()
            return await self._told("POST", "/audio/speech", self._body(text, options.voice))

        told = await self._remote.ask(
            once,
            what="speak",
            host=self._host,
            turned_away=_again,
            failed=_failed,
            cancel=cancel,
            interruptible=False,
        )
        if isinstance(told, NotHad):
            return told
        try:
            sound = decoded(told, self._host)
        except (ServiceError, ReviseSetting) as error:
            return NotHad(error, None)
        return Bought(Speech(*sound, {}), price_of(text, self._settings))

    async def _told(self, method: str, path: str, body: Any) -> httpx.Response | NotHad:
        """One call, and what became of its money."""
        import httpx

        unsent = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)
        try:
            answer = await self._request(self._remote.patience, method, path, body)
        except asyncio.CancelledError:
            # The user stopped; it has left all the same.
            return NotHad(Cancelled(), None)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            free = isinstance(error, (*unsent, httpx.InvalidURL))
            why = self._why(error, self._remote.patience)
            return NotHad(why, Decimal(0) if free else None)
        try:
            judge(answer, self._host)
        except OneReelError as error:
            return NotHad(error, Decimal(0) if answer.status_code in _REFUSED else None)
        return answer

    def listed(self) -> tuple[str, ...]:
        """The voices that the server lists now.

        Raises:
            ServiceError, ReviseSetting: it cannot be reached, or refuses.
            ChooseVoice: it answers, and lists none.
        """
        answer = self._ask(
            self._listing, "GET", "/audio/voices", body=None, what="list", cancel=Cancel()
        )
        return named(answer, self._host)

    @property
    def _host(self) -> str:
        return urlsplit(self._settings.address).netloc

    def _list(self) -> tuple[str, ...]:
        with self._lock:
            if self._listed is not None and time.monotonic() - self._since < _FRESH:
                return self._listed
            try:
                self._listed = self.listed()
            except (ServiceError, ReviseSetting, ChooseVoice):
                self._listed = ()
            self._since = time.monotonic()
            return self._listed

    def _ask(
        self, remote: Remote, method: str, path: str, *, body: Any, what: str, cancel: Cancel
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            return await remote.ask(
                lambda: self._call(remote.patience, method, path, body),
                what=what,
                host=self._host,
                cancel=cancel,
            )

        return to_the_end(ask())

    async def _call(self, patience: Patience, method: str, path: str, body: Any) -> httpx.Response:
        import httpx

        try:
            answer = await self._request(patience, method, path, body)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise self._why(error, patience) from None
        judge(answer, self._host)
        return answer

    async def _request(
        self, patience: Patience, method: str, path: str, body: Any
    ) -> httpx.Response:
        import httpx

        key = self._settings.api_key.get_secret_value()
        address = self._settings.address
        # As people write it down: with the version or without.
        base = address if urlsplit(address).path.strip("/") else f"{address}/v1"
        timeout = httpx.Timeout(patience.silence, connect=patience.connect)
        async with (
            asyncio.timeout(patience.call),
            http_client(base, timeout=timeout) as client,
        ):
            return await client.request(
                method,
                f"{base}{path}",
                json=body,
                headers={"authorization": f"Bearer {key}"} if key else None,
            )

    def _why(self, error: Exception, patience: Patience) -> TryAgain | ReviseSetting:
        """What a call that brought no answer means."""
        import httpx

        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return TryAgain(
                f"Nothing answers at {self._host}: start your speech server, or correct address"
                " under [speech] in the settings file."
            )
        if isinstance(error, httpx.TimeoutException | TimeoutError):
            return TryAgain(
                f"The speech server at {self._host} sent nothing for {patience.silence:g} s: run"
                " again, or raise timeout under [speech] in the settings file."
            )
        if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
            return ReviseSetting(
                f"{self._host!r} is no address of a server; correct address under [speech] in the"
                " settings file."
            )
        return TryAgain(
            f"The speech server at {self._host} broke off ({one_line(str(error))}); run again."
        )


def _again(told: httpx.Response | NotHad) -> ServiceError | None:
    """The error of a request that was not taken, if it may be sent again."""
    if isinstance(told, NotHad) and told.charged is not None:
        error = told.error
        return error if isinstance(error, TryAgain | WaitForQuota) else None
    return None


def _failed(told: httpx.Response | NotHad) -> ServiceError | None:
    error = told.error if isinstance(told, NotHad) else None
    return error if isinstance(error, ServiceError) else None
