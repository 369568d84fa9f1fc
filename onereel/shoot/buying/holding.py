"""Holding a lease for as long as work on it lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from ...errors import OneReelError, StorageError
from ...remote import obeying
from ...work import Cancel
from ..ledger import Lease

__all__ = ["holding"]


@asynccontextmanager
async def holding(
    take: Callable[[], Lease | None], *, seconds: float, cancel: Cancel
) -> AsyncIterator[Lease]:
    """Hold the lease that `take` takes, waiting for another process that holds it, and keep it
    alive.

    Args:
        take: blocking; None while somebody else holds it.
        seconds: what it lasts without a sign of life.

    Raises:
        Cancelled: the user stopped while it was waited for.
    """
    while not (lease := await asyncio.to_thread(take)):
        await obeying(cancel, asyncio.sleep(min(1.0, seconds / 4)))
    beat = asyncio.create_task(_keep_alive(lease, seconds / 4))
    try:
        yield lease
    finally:
        beat.cancel()
        with suppress(asyncio.CancelledError):
            await beat
        # Otherwise it expires by itself, which is no reason to call what was done undone.
        with suppress(StorageError):
            await asyncio.to_thread(lease.release)


async def _keep_alive(lease: Lease, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        # One that was lost is noticed by whoever works with it.
        with suppress(OneReelError):
            await asyncio.to_thread(lease.renew)
