"""A file fetched: on from where an earlier attempt stopped, compared with its hash, then named."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ...errors import FreeDisk, ServiceError, TryAgain, WaitForQuota
from ...files import storage_error, sync_folder
from ...remote import Patience, Remote
from ...web import http_client
from ...work import Cancel, Progress

if TYPE_CHECKING:
    import httpx

__all__ = ["Source", "begun", "fetch"]

_REMOTE = Remote(Patience(attempts=5, base=1.0, most=30.0, silence=60.0, transfer=6 * 3600.0))
_REDIRECTS = 5
_CHUNK = 1 << 16
"""Bytes: what a broken connection loses of what has come at most."""
_SPARE = 200_000_000
"""Bytes that stay free beside the file."""


@dataclass(frozen=True)
class Source:
    """A file somewhere. `hosts` are those that its address may be redirected to."""

    url: str
    size: int
    sha256: str
    hosts: Collection[str] = ()


def begun(destination: Path) -> int:
    """Bytes that are there of a file that is not finished."""
    try:
        return _partial(destination).stat().st_size
    except OSError:
        return 0


def _partial(destination: Path) -> Path:
    return destination.with_name(f"{destination.name}.part")


async def fetch(
    source: Source,
    destination: Path,
    *,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
    remote: Remote = _REMOTE,
) -> None:
    """Fetch a file; safe to repeat. What an earlier call brought is not fetched again.

    Raises:
        FreeDisk: there is no room for it.
        TryAgain, ServiceError: the server failed, sent something else, or points elsewhere.
        Cancelled: the user stopped; what is there stays for the next time.
        StorageError: the disk refused.
    """
    if destination.is_file() and await asyncio.to_thread(_is_whole, destination, source):
        return
    partial = _partial(destination)
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        _check_room(source, destination, begun(destination))
        await remote.ask(
            lambda: _download(source, partial, progress, remote.patience),
            what="download",
            host=urlsplit(source.url).netloc,
            cancel=cancel,
        )
        await asyncio.to_thread(_name, partial, destination)
    except OSError as error:
        raise storage_error(error, destination) from error
    progress(1.0)


def _is_whole(path: Path, source: Source) -> bool:
    if path.stat().st_size != source.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == source.sha256


def _check_room(source: Source, destination: Path, there: int) -> None:
    free = shutil.disk_usage(destination.parent).free
    wanted = source.size - there + _SPARE
    if free < wanted:
        raise FreeDisk(
            f"{destination.name} needs {_megabytes(wanted)} of free disk, and {_megabytes(free)}"
            " are there: free some space, then fetch it again."
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def _name(partial: Path, destination: Path) -> None:
    partial.replace(destination)
    sync_folder(destination.parent)


async def _download(source: Source, partial: Path, progress: Progress, patience: Patience) -> None:
    import httpx

    there = partial.stat().st_size if partial.is_file() else 0
    if there > source.size:
        partial.unlink()
        there = 0
    host = urlsplit(source.url).hostname or ""
    limits = httpx.Timeout(patience.silence, connect=patience.connect)
    if there < source.size:
        try:
            async with (
                asyncio.timeout(patience.transfer),
                http_client(source.url, timeout=limits) as client,
            ):
                await _stream(client, source, partial, there, progress)
        except (httpx.HTTPError, TimeoutError) as error:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            raise TryAgain(
                f"The download of {partial.stem} broke off ({reason}); fetch it again, and it goes"
                " on from there."
            ) from None
    if not await asyncio.to_thread(_is_whole, partial, source):
        partial.unlink(missing_ok=True)
        # Not asked for again by itself: it would be the same once more, and it is large.
        raise ServiceError(
            f"What came from {host} is not {partial.stem} as OneReel knows it, so it was thrown"
            " away; fetch it again, or update OneReel."
        )


async def _stream(
    client: httpx.AsyncClient, source: Source, partial: Path, there: int, progress: Progress
) -> None:
    url = source.url
    for _ in range(_REDIRECTS):
        # A compressed body would have other ranges.
        headers = {"accept-encoding": "identity"} | ({"range": f"bytes={there}-"} if there else {})
        async with client.stream("GET", url, headers=headers) as answer:
            if answer.is_redirect:
                url = _redirected(url, answer.headers.get("location", ""), source)
                continue
            _judge(answer, partial.stem)
            goes_on = answer.headers.get("content-range", "").startswith(f"bytes {there}-")
            there = there if answer.status_code == 206 and goes_on else 0
            await _write(answer, source, partial, there, progress)
            return
    raise ServiceError(f"{urlsplit(source.url).netloc} sends the download in circles; try later.")


def _redirected(url: str, location: str, source: Source) -> str:
    target = urljoin(url, location)
    parts, before = urlsplit(target), urlsplit(url)
    same = (parts.scheme, parts.netloc) == (before.scheme, before.netloc)
    known = any(fnmatch(parts.hostname or "", each) for each in source.hosts)
    if same or (known and parts.scheme == "https"):
        return target
    raise ServiceError(
        f"{before.netloc} points to {parts.netloc or 'nowhere'}, where OneReel fetches nothing"
        " from; update OneReel, or name a mirror under [setup] in the settings file."
    )


def _judge(answer: httpx.Response, name: str) -> None:
    status, host = answer.status_code, answer.url.host
    if status in (200, 206):
        return
    said = answer.headers.get("retry-after", "")
    wait = float(said) if said.isdecimal() else None
    if status == 416:
        raise TryAgain(f"{host} has no more of {name}; fetch it again.")
    if status == 429:
        raise WaitForQuota(f"{host} takes no more downloads for now.", retry_after=wait)
    if status >= 500 or status == 408:
        raise TryAgain(f"{host} failed ({status}); fetch it again.", retry_after=wait)
    raise ServiceError(
        f"{host} does not have {name} any more ({status}); update OneReel, or name a mirror under"
        " [setup] in the settings file."
    )


async def _write(
    answer: httpx.Response, source: Source, partial: Path, there: int, progress: Progress
) -> None:
    mode = "r+b" if there else "wb"
    with partial.open(mode) as file:
        file.seek(there)
        async for chunk in answer.aiter_raw(_CHUNK):
            there += len(chunk)
            if there > source.size:
                break
            await asyncio.to_thread(file.write, chunk)
            progress(there / source.size, f"{_megabytes(there)} of {_megabytes(source.size)}")
        file.flush()
        await asyncio.to_thread(os.fsync, file.fileno())
    if there > source.size:
        partial.unlink()
    if there != source.size:
        much = "more" if there > source.size else "less"
        raise TryAgain(f"{answer.url.host} sent {much} than {partial.stem} has; fetch it again.")
