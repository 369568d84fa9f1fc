"""Stream a clip from Google to disk, and on from where an earlier attempt broke off."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import TryAgain
from ...remote import Patience
from .failures import unanswered
from .wire import Exchange, host_of, watching

if TYPE_CHECKING:
    import httpx2

__all__ = ["Downloads"]

_CHUNK = 1 << 20


class Downloads:
    """Downloads of one service; remembers which file a partial download belongs to."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._versions: dict[tuple[str, Path], str] = {}

    async def get(
        self,
        http: httpx2.AsyncClient,
        url: str,
        destination: Path,
        *,
        headers: Mapping[str, str],
    ) -> None:
        """Stream `url` into `destination`, and check length and MD5 where the server names them.

        A second call after a broken one goes on where that one stopped, if the file is still the
        same one by its ETag.

        Raises:
            TryAgain: it broke off, or what came is not what was announced.
            Expired: the file is gone.
            ServiceError: the server refuses.
        """
        import httpx2

        exchange = Exchange(whole=False)
        there = destination.stat().st_size if destination.exists() else 0
        version = self._versions.get((url, destination))
        asked = {**headers, "accept-encoding": "identity"}
        if there and version:
            asked |= {"range": f"bytes={there}-", "if-range": version}
        try:
            with watching(exchange):
                async with (
                    asyncio.timeout(self._patience.transfer),
                    http.stream("GET", url, headers=asked) as response,
                ):
                    if response.status_code not in (200, 206):
                        exchange.body = await response.aread()
                        raise unanswered(exchange, host=host_of(url))
                    self._versions[url, destination] = response.headers.get("etag", "")
                    start = there if response.status_code == 206 else 0
                    await _write(response, destination, start=start)
        except (httpx2.HTTPError, httpx2.StreamError, TimeoutError) as error:
            exchange.error = error
            raise _broken_off(exchange, url) from None
        await _check(destination, exchange, host=host_of(url), start=start)


async def _write(response: httpx2.Response, destination: Path, *, start: int) -> None:
    with destination.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.truncate()
        async for chunk in response.aiter_bytes(_CHUNK):
            await asyncio.to_thread(file.write, chunk)


async def _check(destination: Path, exchange: Exchange, *, host: str, start: int) -> None:
    size = destination.stat().st_size
    announced = exchange.headers.get("content-length", "")
    whole = not announced.isdecimal() or size == start + int(announced)
    if not size or not whole or not await asyncio.to_thread(_is_intact, destination, exchange):
        # Nothing to go on from.
        destination.write_bytes(b"")
        raise TryAgain(f"A clip from {host} came damaged; run again to download it again.")


def _is_intact(destination: Path, exchange: Exchange) -> bool:
    """Compare with Cloud Storage's `x-goog-hash: crc32c=..,md5=..`, where there is one."""
    hashes = dict(
        part.strip().split("=", 1)
        for part in exchange.headers.get("x-goog-hash", "").split(",")
        if "=" in part
    )
    if "md5" not in hashes:
        return True
    with destination.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).digest()
    return base64.b64encode(digest).decode() == hashes["md5"]


def _broken_off(exchange: Exchange, url: str) -> TryAgain:
    if not exchange.sent:
        return TryAgain(f"{host_of(url)} cannot be reached ({exchange.error}); run again.")
    return TryAgain(f"The download of a clip from {host_of(url)} broke off; run again.")
