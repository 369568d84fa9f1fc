"""Google's doors: who asks where, with which key, through the SDK with its own retries off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..errors import AddKey
from ..remote import Patience
from ..secrets import hide
from .wire import Exchange, certificates, host_of, http_client, watching

if TYPE_CHECKING:
    import httpx2
    from google.auth.credentials import Credentials
    from google.auth.exceptions import GoogleAuthError
    from google.genai import Client as Sdk
    from google.genai.client import AsyncClient

    from ..settings import Door, GoogleSettings

__all__ = [
    "Access",
    "Client",
    "express_access",
    "gemini_access",
    "no_key",
    "no_token",
    "vertex_access",
]

T = TypeVar("T")

_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_GEMINI = "https://generativelanguage.googleapis.com"


@dataclass(frozen=True)
class Access:
    """One way to Google: an address and what opens it.

    vertex: Vertex AI by project and location, with application-default credentials.
    express: Vertex AI with an API key.
    gemini: the Gemini API with an API key.
    """

    kind: Door
    address: str
    project: str = ""
    location: str = ""
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The host, with its port where the address names one."""
        return host_of(self.address)


def vertex_access(settings: GoogleSettings, location: str = "") -> Access:
    """Vertex AI at `location`, by default at the settings'."""
    place = location or settings.location
    address = settings.vertex_address or _vertex_address(place)
    return Access("vertex", address, project=settings.project, location=place)


def express_access(settings: GoogleSettings) -> Access:
    """Vertex AI with an API key."""
    address = settings.vertex_address or _vertex_address("global")
    return Access("express", address, key=settings.vertex_api_key.get_secret_value())


def gemini_access(settings: GoogleSettings) -> Access:
    """The Gemini API."""
    address = settings.gemini_address or _GEMINI
    return Access("gemini", address, key=settings.gemini_api_key.get_secret_value())


class Client:
    """The SDK at one door, for as long as one event loop runs.

    `async with` opens it (in a thread: the SDK takes seconds to load) and closes it.
    `interactions` tells whether they will be used.
    """

    def __init__(self, access: Access, patience: Patience, *, interactions: bool = False) -> None:
        self.access = access
        self.host = access.host
        self.credentials: Credentials | None = None
        self._patience = patience
        self._interactions = interactions
        self._http: httpx2.AsyncClient | None = None
        self._sdk: Sdk | None = None

    async def __aenter__(self) -> Self:
        """Load the SDK and find the credentials.

        Raises:
            AddKey: there are none.
            ReviseSetting: the address is no address.
        """
        await asyncio.to_thread(self._open)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._sdk is not None:
            self._sdk.close()
        if self._http is not None:
            await self._http.aclose()

    @property
    def _signing_in(self) -> bool:
        return self.credentials is not None and not self.credentials.valid

    @property
    def http(self) -> httpx2.AsyncClient:
        """The client below the SDK, for what the SDK cannot do: it only talks to `host`."""
        assert self._http is not None, "used outside its block"
        return self._http

    async def ask(
        self,
        call: Callable[[AsyncClient], Awaitable[object]],
        *,
        before_sending: Callable[[], Awaitable[None]] | None = None,
        seconds: float | None = None,
    ) -> Exchange:
        """Make one call and tell how it went; a failure is told too, not raised.

        `seconds` is how long it may take from beginning to end, by default `Patience.call`.

        `before_sending` is awaited when the connection stands and before the first byte leaves;
        what it raises is raised here, and nothing is sent. Once such a request has left, being
        cancelled does not end it: it may go on for `Patience.grace`, and how it went is told.
        """
        exchange = Exchange(before_sending)
        work = self._watched(call, exchange, seconds or self._patience.call)
        return await self._told(work, exchange, grace=self._patience.grace)

    async def stream(
        self,
        call: Callable[[AsyncClient], Awaitable[AsyncIterator[T]]],
        hear: Callable[[T], bool],
        *,
        before_sending: Callable[[], Awaitable[None]] | None = None,
        seconds: float | None = None,
    ) -> Exchange:
        """Make one call that answers in pieces, and tell how it went, as `ask` does.

        `hear` hears each piece as it comes; False: enough, hang up. `before_sending` is as in
        `ask`, but being cancelled hangs up at once.
        """
        exchange = Exchange(before_sending, whole=False)

        async def listen(sdk: AsyncClient) -> None:
            async for piece in await call(sdk):
                if not hear(piece):
                    return

        work = self._watched(listen, exchange, seconds or self._patience.call)
        return await self._told(work, exchange, grace=0)

    async def _watched(
        self, call: Callable[[AsyncClient], Awaitable[object]], exchange: Exchange, seconds: float
    ) -> None:
        assert self._sdk is not None, "used outside its block"
        try:
            with watching(exchange):
                async with asyncio.timeout(seconds):
                    await call(self._sdk.aio)
        except _failures() as error:
            exchange.error = error
        except (AttributeError, LookupError, TypeError) as error:
            # So the SDK chokes on an answer that is JSON of another shape, and google-auth on a
            # token that is none.
            if exchange.status is None and not self._signing_in:
                raise
            exchange.error = error if exchange.sent else no_token(error)

    async def _told(
        self, work: Coroutine[Any, Any, None], exchange: Exchange, *, grace: float
    ) -> Exchange:
        if exchange.before_sending is None:
            await work
        else:
            await self._paid(asyncio.ensure_future(work), exchange, grace)
        if exchange.refusal is not None:
            raise exchange.refusal
        return exchange

    async def _paid(self, task: asyncio.Task[None], exchange: Exchange, grace: float) -> None:
        """Wait for a paid request; who cancels us after it left hears how it went all the same."""
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            exchange.stopped = True
            if exchange.sent:
                await asyncio.wait({task}, timeout=grace)
            if not exchange.deciding:
                task.cancel()
            await asyncio.wait({task})
            if not exchange.sent:
                raise
            if task.cancelled():
                exchange.error = TimeoutError()

    def _open(self) -> None:
        from google import genai
        from google.genai import types

        access = self.access
        if access.kind != "vertex" and not access.key:
            # The SDK would take whatever key lies in the environment.
            raise no_key(access.kind)
        hide(access.key)
        if access.kind == "vertex":
            self.credentials = _credentials()
        self._http = http_client(access.address, self._patience)
        options = types.HttpOptions(
            base_url=access.address,
            api_version="v1" if access.kind == "gemini" else "v1beta1",
            httpx_async_client=self._http,
            client_args={"verify": certificates()},
            async_client_args={"ssl": certificates()},
            # By default the SDK repeats paid requests on its own.
            retry_options=types.HttpRetryOptions(attempts=1),
        )
        if access.kind == "vertex":
            # With a base_url, the SDK keeps project and location only if both are given here.
            self._sdk = genai.Client(
                vertexai=True,
                credentials=self.credentials,
                project=access.project,
                location=access.location,
                http_options=options,
            )
        else:
            self._sdk = genai.Client(
                vertexai=access.kind == "express", api_key=access.key, http_options=options
            )
        if self._interactions:
            # The first use of them loads for some ten seconds.
            _ = self._sdk.aio.interactions


def no_token(error: Exception) -> GoogleAuthError:
    """The error of a sign-in that answered with something that is no token."""
    from google.auth.exceptions import GoogleAuthError, TransportError

    if isinstance(error, GoogleAuthError):
        return error
    return TransportError("it answered with something that is no token")  # type: ignore[no-untyped-call]


def no_key(kind: Door) -> AddKey:
    """The error of a door that nothing opens."""
    if kind == "gemini":
        return AddKey(
            "Gemini needs an API key: run `python -m onereel settings set gemini-api-key`."
        )
    return AddKey(
        "Veo needs a Google Cloud project (set project under [google] in the settings file and run"
        " `gcloud auth application-default login`), or an express key (`python -m onereel settings"
        " set vertex-api-key`)."
    )


def _credentials() -> Credentials:
    import google.auth
    from google.auth.exceptions import GoogleAuthError

    try:
        credentials, _ = google.auth.default(scopes=[_SCOPE])
    except GoogleAuthError:
        raise AddKey(
            "Google does not know who asks: run `gcloud auth application-default login`, or name a"
            " service account's file in GOOGLE_APPLICATION_CREDENTIALS."
        ) from None
    found: Credentials = credentials
    return found


def _failures() -> tuple[type[Exception], ...]:
    import httpx2
    from google.auth.exceptions import GoogleAuthError
    from google.genai import errors
    from google.genai._interactions import APIError

    return (
        errors.APIError,
        APIError,
        httpx2.HTTPError,
        httpx2.StreamError,
        GoogleAuthError,
        OSError,
        TimeoutError,
        # JSON that is none, and answers that do not validate.
        ValueError,
    )


def _vertex_address(location: str) -> str:
    """Where the SDK itself would look (google/genai/_api_client.py, BaseApiClient.__init__)."""
    if location == "global":
        return "https://aiplatform.googleapis.com"
    if location in ("us", "eu"):
        return f"https://aiplatform.{location}.rep.googleapis.com"
    return f"https://{location}-aiplatform.googleapis.com"
