"""Stream a clip from Google to disk, and on from where an earlier attempt broke off."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ServiceError, TryAgain
from ...google.told import one_line
from ...google.wire import Exchange, host_of, http_client, watching
from ...remote import Patience
from .failures import unanswered

if TYPE_CHECKING:
    import httpx2

__all__ = ["Downloads", "Original"]


@dataclass(frozen=True)
class Original:
    """What the server says of a file: its size in bytes, its MD5 in base64, which version it is.

    Zero or empty: it does not say.
    """

    size: int = 0
    md5: str = ""
    version: str = ""


class Downloads:
    """Downloads of one service; remembers which file a partial download belongs to."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._begun: dict[Path, tuple[str, Original]] = {}

    async def get(
        self,
        http: httpx2.AsyncClient,
        url: str,
        destination: Path,
        *,
        original: Original,
        headers: Mapping[str, str],
    ) -> None:
        """Stream `url` into `destination`, and compare it with `original`.

        A second call after a broken one goes on where that one stopped, if the file is still the
        same one.

        Raises:
            TryAgain: it broke off, or what came is not the original.
            Expired: the file is gone.
            ServiceError: the server refuses.
        """
        import httpx2

        exchange = Exchange(whole=False)
        begun = self._begun.pop(destination, None) == (url, original) and destination.exists()
        start = destination.stat().st_size if begun else 0
        plain = {"accept-encoding": "identity"} | ({"range": f"bytes={start}-"} if start else {})
        try:
            with watching(exchange):
                async with (
                    asyncio.timeout(self._patience.transfer),
                    _opened(http, url, {**headers, **plain}, plain, self._patience) as response,
                ):
                    if response.status_code not in (200, 206):
                        exchange.body = await response.aread()
                        raise _declined(exchange, url)
                    self._begun[destination] = (url, original)
                    await _write(
                        response, destination, start=start if response.status_code == 206 else 0
                    )
        except (httpx2.HTTPError, httpx2.StreamError, TimeoutError) as error:
            exchange.error = error
            raise _broken_off(exchange, url) from None
        del self._begun[destination]
        if not await asyncio.to_thread(_is_whole, destination, original):
            raise TryAgain(f"A clip from {host_of(url)} came damaged; run again to fetch it again.")


@asynccontextmanager
async def _opened(
    http: httpx2.AsyncClient,
    url: str,
    headers: Mapping[str, str],
    plain: Mapping[str, str],
    patience: Patience,
) -> AsyncIterator[httpx2.Response]:
    """Open a download; where the server sends it on, follow once, and with `plain` headers only."""
    async with http.stream("GET", url, headers=headers) as response:
        target = response.next_request
        if target is None:
            yield response
            return
    async with (
        await asyncio.to_thread(http_client, str(target.url), patience) as other,
        other.stream("GET", target.url, headers=plain) as response,
    ):
        yield response


async def _write(response: httpx2.Response, destination: Path, *, start: int) -> None:
    with destination.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.truncate()
        async for chunk in response.aiter_bytes():
            await asyncio.to_thread(file.write, chunk)


def _is_whole(path: Path, original: Original) -> bool:
    size = path.stat().st_size
    if not size or original.size not in (0, size):
        return False
    if not original.md5:
        return True
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).digest()
    return base64.b64encode(digest).decode() == original.md5


def _declined(exchange: Exchange, url: str) -> ServiceError:
    if exchange.status == 416:
        return TryAgain(f"{host_of(url)} could not go on with a download; run again.")
    return unanswered(exchange, host=host_of(url))


def _broken_off(exchange: Exchange, url: str) -> TryAgain:
    if not exchange.sent:
        why = one_line(str(exchange.error)) or type(exchange.error).__name__
        return TryAgain(f"{host_of(url)} cannot be reached ({why}): check the network.")
    return TryAgain(f"The download of a clip from {host_of(url)} broke off; run again.")
