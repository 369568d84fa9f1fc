"""What a key of ElevenLabs reaches: its voices, and one call.

https://elevenlabs.io/docs/api-reference/voices/search
"""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ...errors import ChooseVoice, ReviseSetting, ServiceError, TryAgain
from ...remote import Patience, Remote, to_the_end
from ...settings import ElevenLabsSettings
from ...web import http_client
from ...work import Cancel
from .elevenlabs_answers import Listed, refusal, voices_of

if TYPE_CHECKING:
    import httpx

__all__ = ["ADDRESS", "Library"]

ADDRESS = "https://api.elevenlabs.io"
_FRESH = 60.0
"""Seconds for which a list of voices counts."""
_LISTING = Patience(connect=3, silence=5, call=8, attempts=1)
_PAGES = 10
_PAGE = 100
"""Voices on a page, at most."""


class Library:
    """What is reached by one key: its voices, and the circuit breaker around it."""

    def __init__(self, settings: ElevenLabsSettings, remote: Remote | None = None) -> None:
        self.settings = settings
        self.remote = remote or Remote(Patience(silence=settings.timeout, attempts=3))
        self._listing = Remote(_LISTING)
        self._lock = threading.Lock()
        self._known: tuple[Listed, ...] = ()
        self._since = -_FRESH

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self._base).netloc

    @property
    def _base(self) -> str:
        return self.settings.address or ADDRESS

    def voices(self) -> dict[str, Listed]:
        """The voices that it listed last, by a name that each has alone; none where it cannot be
        asked."""
        with self._lock:
            if time.monotonic() - self._since >= _FRESH:
                try:
                    self._known = self.listed()
                except (ServiceError, ReviseSetting, ChooseVoice):
                    self._known = ()
                self._since = time.monotonic()
            names = [voice.name for voice in self._known]
            return {
                voice.name if names.count(voice.name) == 1 else f"{voice.name} {voice.id}": voice
                for voice in self._known
            }

    def listed(self) -> tuple[Listed, ...]:
        """The voices that it lists now.

        Raises:
            ServiceError, ReviseSetting: it cannot be reached, or refuses.
        """
        return to_the_end(
            self._listing.ask(self._pages, what="list", host=self.host, cancel=Cancel())
        )

    async def _pages(self) -> tuple[Listed, ...]:
        found: list[Listed] = []
        token = ""
        for _ in range(_PAGES):
            # A voice with a rate of its own may cost more than what is set aside.
            query = {"page_size": str(_PAGE), "include_custom_rates": "false"}
            query |= {"next_page_token": token} if token else {}
            answer = await self.call(_LISTING, "GET", "/v2/voices", query=query)
            if error := refusal(answer, self.host):
                raise error
            page = voices_of(answer)
            if page is None:
                raise ReviseSetting(
                    f"Something answers at {self.host}, but not as ElevenLabs does; correct"
                    " address under [elevenlabs] in the settings file."
                )
            found += page[0]
            token = page[1]
            if not token:
                break
        return tuple(found)

    async def call(
        self, patience: Patience, method: str, path: str, *, query: Any, body: Any = None
    ) -> httpx.Response:
        """One call.

        Raises:
            TryAgain: nothing answers, or it broke off or was silent; `__cause__` says which.
            ReviseSetting: the address is none.
        """
        import httpx

        timeout = httpx.Timeout(patience.silence, connect=patience.connect)
        try:
            async with (
                asyncio.timeout(patience.call),
                http_client(self._base, timeout=timeout) as client,
            ):
                return await client.request(
                    method,
                    f"{self._base}{path}",
                    params=query,
                    json=body,
                    headers={"xi-api-key": self.settings.api_key.get_secret_value()},
                )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise TryAgain(f"Nothing answers at {self.host}; run again later.") from error
        except (httpx.TimeoutException, TimeoutError) as error:
            raise TryAgain(
                f"ElevenLabs sent nothing for {patience.silence:g} s: run again, or raise timeout"
                " under [elevenlabs] in the settings file."
            ) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise ReviseSetting(
                f"{self.host!r} is no address of a server; correct address under [elevenlabs] in"
                " the settings file."
            ) from error
        except httpx.HTTPError as error:
            words = " ".join(str(error).split())[:120] or type(error).__name__
            raise TryAgain(f"ElevenLabs broke off ({words}); run again.") from error
