"""Bringing home what was bought: looking, fetching, and writing down how it ended."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from ..errors import Expired, ResolveTakes, ServiceError, ShootMissing
from .deliver import Delivery, deliver
from .desk import Desk
from .ledger import Attempt, AttemptState, Entry, Lease
from .ledger.receipts import write_receipt
from .pricing import price
from .service import Broken, Delivered, Pending, Refused, RemoteFile
from .take import Take

__all__ = ["bring", "record_end"]

_LONGEST = 600
"""Seconds from submit to clip, where the registry does not know."""


async def bring(key: str, lease: Lease, desk: Desk) -> Take:
    """Bring what was asked for before, from wherever it is."""
    entry = await asyncio.to_thread(desk.ledger.entry, key)
    if entry is None or not entry.attempts:
        raise ResolveTakes(f"Nothing was ever sent for the take {key[:8]}; shoot its scene.")
    attempt = entry.attempts[-1]
    if attempt.state == "settled":
        return await _fetch_again(entry, attempt, lease, desk)
    if attempt.state == "unknown":
        return await _search(entry, attempt, lease, desk)
    if attempt.state in ("submitted", "downloaded"):
        return await _follow(entry, attempt, lease, desk)
    raise ResolveTakes(
        f"The request for scene {entry.scene_id} is {attempt.state}; ask for take"
        f" {entry.shot.number + 1} to buy another, or leave the scene out."
    )


async def _fetch_again(entry: Entry, attempt: Attempt, lease: Lease, desk: Desk) -> Take:
    """Fetch a paid clip whose file is gone or damaged, while the service still has it."""
    sources = tuple(RemoteFile(uri=file.source) for file in entry.files if file.source)
    try:
        if len(sources) == len(entry.files):
            found = Delivered(sources, answer="")
            return await _delivered(entry, attempt, found, lease, desk)
    except Expired:
        if not attempt.operation:
            raise
    try:
        return await _follow(entry, attempt, lease, desk)
    except (Expired, ServiceError) as error:
        raise ShootMissing(
            f"The paid clip of scene {entry.scene_id} is gone from the disk"
            f" ({desk.home.path(entry.files[0].name)}), and the service did not give it again"
            f" ({error.user_message.rstrip('.')}): put the file back, or ask for another take"
            " number to buy a new one."
        ) from None


async def _search(entry: Entry, attempt: Attempt, lease: Lease, desk: Desk) -> Take:
    """Look for the clip of a request that may have been taken, in its own folder of the bucket."""
    longest = desk.model(entry.shot.model).longest_latency or _LONGEST
    until = attempt.started + timedelta(seconds=longest)
    while True:
        found = await desk.ask("search", lambda: desk.service.find(attempt.folder), attempt)
        # Without a bucket there is nothing to wait for.
        if found or found is None or datetime.now(UTC) > until:
            break
        await desk.pause(desk.look_every)
    if found:
        answer = Delivered(found, answer='{"found": "in the bucket"}')
        return await _delivered(entry, attempt, answer, lease, desk)
    why = attempt.reason.rstrip(".") or "the run ended while it was being sent"
    name = entry.key[:8]
    raise ResolveTakes(
        f"Nobody knows whether the request for scene {entry.scene_id} was taken ({why}): look at"
        f" the service's own list, then `python -m onereel ledger try-again {name}` to buy it anew"
        f" (it may then be paid twice), or `ledger write-off {name}` to leave it."
    )


async def _follow(entry: Entry, attempt: Attempt, lease: Lease, desk: Desk) -> Take:
    """Look until the operation has ended, then bring what it made."""
    service, shot = desk.service, entry.shot
    while True:
        found = await desk.ask("look", lambda: service.look(attempt.operation, shot), attempt)
        if not isinstance(found, Pending):
            break
        await desk.pause(desk.look_every)
        lease.check()
    if not isinstance(found, Delivered):
        await _ended(attempt, found, lease, desk)
        raise found.error
    return await _delivered(entry, attempt, found, lease, desk)


async def _delivered(
    entry: Entry, attempt: Attempt, answer: Delivered, lease: Lease, desk: Desk
) -> Take:
    bought = entry.shot.replace(samples=max(len(answer.files), 1))
    charged = price(bought, desk.model(entry.shot.model))
    delivery = Delivery(entry, attempt, answer, charged=min(charged, attempt.ceiling))
    take, files = await deliver(delivery, desk)
    await asyncio.to_thread(desk.ledger.keep, lease, attempt.id, files, take)
    if attempt.state != "settled":
        await asyncio.to_thread(
            desk.ledger.settle, lease, attempt.id, charged=delivery.charged, take=take
        )
    await asyncio.to_thread(write_receipt, desk.ledger, entry.key, home=desk.home)
    return take


async def _ended(attempt: Attempt, found: Refused | Broken, lease: Lease, desk: Desk) -> None:
    """Write down an operation that ended without a clip."""
    if attempt.state == "settled":
        return
    state: AttemptState = "refused" if isinstance(found, Refused) else "failed"
    await record_end(
        attempt,
        "unknown" if found.charged is None else state,
        found.error.user_message,
        lease,
        desk,
        charged=attempt.ceiling if found.charged else None,
        answer=found.answer,
    )


async def record_end(
    attempt: Attempt,
    state: AttemptState,
    reason: str,
    lease: Lease,
    desk: Desk,
    *,
    charged: Decimal | None = None,
    answer: str = "",
) -> None:
    """Write down that an attempt has ended, or that nobody knows."""
    await asyncio.to_thread(
        desk.ledger.move,
        lease,
        attempt.id,
        state,
        reason=reason,
        charged=charged,
        answer=answer,
    )
