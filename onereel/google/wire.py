"""What happens on the wire during one call: whether a byte left, and what came back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import ReviseSetting
from ..remote import Patience
from ..web import is_loopback

if TYPE_CHECKING:
    import ssl

    import httpx2

__all__ = ["Exchange", "certificates", "host_of", "http_client", "watching"]

_SENDING = ("http11.send_request_headers.started", "http2.send_request_headers.started")
"""httpcore's events before the first byte of a request, after DNS, TCP and TLS
(https://www.encode.io/httpcore/extensions/#trace)."""
_UNSENDABLE = ("http11.send_request_headers.failed", "http2.send_request_headers.failed")


@dataclass
class Exchange:
    """One request and its answer, as far as they got."""

    before_sending: Callable[[], Awaitable[None]] | None = None
    whole: bool = True
    """Whether the answer is read at once into `body`, or streamed by whoever asks."""
    sent: bool = False
    """Whether the first byte may have left."""
    deciding: bool = False
    """Whether `before_sending` is at work."""
    stopped: bool = False
    """Whether nothing shall leave any more."""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    error: BaseException | None = None
    """What the SDK raised, if it did."""
    refusal: BaseException | None = None
    """What `before_sending` raised, if it did."""

    def json(self) -> Any:
        """The answer parsed; None where it is no JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Hear from httpcore how far the request got."""
        if event in _UNSENDABLE:
            # The headers were no HTTP: refused before they were bytes.
            self.sent = self.sent and not _is_local_error(info["exception"])
        # A proxy's CONNECT goes ahead of the request that costs money.
        elif event in _SENDING and not self.sent and info["request"].method != b"CONNECT":
            await self._decide()
            self.sent = True

    async def _decide(self) -> None:
        if self.before_sending is not None and not self.stopped:
            self.deciding = True
            try:
                await self.before_sending()
            except Exception as error:
                self.refusal = error
                raise
            finally:
                self.deciding = False
        if self.stopped:
            raise asyncio.CancelledError


_exchange: ContextVar[Exchange | None] = ContextVar("onereel_exchange", default=None)


@contextmanager
def watching(exchange: Exchange) -> Iterator[None]:
    """Note the request that is made inside the block in `exchange`."""
    token = _exchange.set(exchange)
    try:
        yield
    finally:
        _exchange.reset(token)


@cache
def certificates() -> ssl.SSLContext:
    """The authorities that vouch for Google, as the SDK's own client finds them; read once, as the
    SDK would three times for every client, at 50 ms of processor each."""
    import httpx2

    return httpx2.create_ssl_context()


def http_client(address: str, patience: Patience) -> httpx2.AsyncClient:
    """Make a client that talks to `address` and to nobody else, so that no key goes astray.

    Each request has a connection of its own: on one kept alive, a server that hangs up just then
    would leave a paid request's outcome unknown. Redirects are not followed.

    Raises:
        ReviseSetting: the address is no HTTPS address (HTTP will do on this machine).
    """
    import httpx2

    waits = httpx2.Timeout(patience.silence, connect=patience.connect)
    try:
        own = httpx2.URL(address)
    except httpx2.InvalidURL as error:
        raise _bad_address(address, str(error)) from None
    if own.scheme != "https" and not (own.scheme == "http" and is_loopback(own.host)):
        raise _bad_address(address, "it must begin with https://")

    async def leaving(request: httpx2.Request) -> None:
        if (request.url.scheme, request.url.host, request.url.port) != (
            own.scheme,
            own.host,
            own.port,
        ):
            raise httpx2.UnsupportedProtocol(
                f"a request to {request.url.host} instead of {own.host} was stopped"
            )
        # The SDK's time-out is one number for everything, and none at all by default.
        request.extensions["timeout"] = waits.as_dict()
        if exchange := _exchange.get():
            request.extensions["trace"] = exchange.trace

    async def arriving(response: httpx2.Response) -> None:
        if exchange := _exchange.get():
            exchange.status = response.status_code
            exchange.headers = response.headers
            # The SDK itself reads what an answer that it streams says went wrong.
            if exchange.whole or response.is_error:
                exchange.body = await response.aread()

    return httpx2.AsyncClient(
        verify=certificates(),
        event_hooks={"request": [leaving], "response": [arriving]},
        follow_redirects=False,
        limits=httpx2.Limits(max_keepalive_connections=0),
        timeout=waits,
        # HTTPS_PROXY is meant for the world outside.
        trust_env=not is_loopback(own.host),
    )


def _is_local_error(error: BaseException) -> bool:
    import httpcore2

    return isinstance(error, httpcore2.LocalProtocolError)


def host_of(address: str) -> str:
    """The host of an address, with its port where it names one."""
    return urlsplit(address).netloc.rpartition("@")[2]


def _bad_address(address: str, why: str) -> ReviseSetting:
    return ReviseSetting(
        f"{address!r} is no address of a Google service ({why}); correct it under [google] in the"
        " settings file."
    )
