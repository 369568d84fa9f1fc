"""Bringing home what was bought: looking, fetching, and writing down how it ended."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from ..errors import Expired, ResolveTakes, ServiceError, ShootMissing, TryAgain
from .deliver import Delivery, deliver
from .desk import Desk
from .ledger import Attempt, AttemptState, Entry, Lease
from .ledger.receipts import write_receipt
from .pricing import price
from .service import Broken, Delivered, Pending, Refused, RemoteFile
from .take import Take

__all__ = ["bring", "record_end", "under_way"]

_LONGEST = 600
"""Seconds from submit to clip, where the registry does not know."""
_OVERDUE = 3
"""Times the longest that a model is known to take, after which a run waits no more."""
_FORGOTTEN = timedelta(days=2)
"""After which no service still works on a clip, whatever it answers."""


async def bring(key: str, lease: Lease, desk: Desk) -> Take:
    """Bring what was asked for before, from wherever it is."""
    entry = await asyncio.to_thread(desk.ledger.entry, key)
    if entry is None or not entry.attempts:
        raise ResolveTakes(f"Nothing was ever sent for the take {key[:8]}; shoot its scene.")
    attempt = under_way(entry) or entry.attempts[-1]
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


def under_way(entry: Entry) -> Attempt | None:
    """The attempt whose clip is on its way.

    It need not be the last: a process that was held up may bring the operation of a request that
    its owner had given up.
    """
    if entry.state == "settled":
        return None
    running = (each for each in entry.attempts if each.state in ("submitted", "downloaded"))
    return next(running, None)


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
    if attempt.operation:
        # It may have been asked for at another place, or with another key.
        ended = await _outcome(entry, attempt, lease, desk)
        if isinstance(ended, Delivered):
            return await _delivered(entry, attempt, ended, lease, desk)
        if ended.charged is not None:
            await _ended(attempt, ended, lease, desk)
            raise ended.error
    until = time.monotonic() + await _left(entry, attempt, desk, times=1)
    while True:
        found = await desk.ask("search", lambda: desk.service.find(attempt.folder), attempt)
        # Without a bucket there is nothing to wait for, nor after the operation has ended.
        if found or found is None or attempt.operation or time.monotonic() >= until:
            break
        await desk.pause(desk.look_every)
    if found:
        answer = Delivered(found, answer='{"found": "in the bucket"}')
        return await _delivered(entry, attempt, answer, lease, desk)
    raise _unresolved(entry, attempt)


def _unresolved(entry: Entry, attempt: Attempt) -> ResolveTakes:
    why = attempt.reason.rstrip(".") or "the run ended while it was being sent"
    name = entry.key[:8]
    what = f"Nobody knows whether the request for scene {entry.scene_id} was taken ({why})"
    if attempt.operation:
        what = (
            f"The request for scene {entry.scene_id} brought no clip ({why}), and nobody knows"
            " whether it was charged"
        )
    return ResolveTakes(
        f"{what}: look at the service's own list, then `python -m onereel ledger try-again {name}`"
        f" to buy it anew (it may then be paid twice), or `ledger write-off {name}` to leave it."
    )


async def _follow(entry: Entry, attempt: Attempt, lease: Lease, desk: Desk) -> Take:
    """Look until the operation has ended, then bring what it made."""
    found = await _outcome(entry, attempt, lease, desk)
    if not isinstance(found, Delivered):
        await _ended(attempt, found, lease, desk)
        raise found.error
    return await _delivered(entry, attempt, found, lease, desk)


async def _outcome(
    entry: Entry, attempt: Attempt, lease: Lease, desk: Desk
) -> Delivered | Refused | Broken:
    """Look until the operation has ended.

    Raises:
        TryAgain: it has been at work for longer than any clip takes.
    """
    service, shot = desk.service, entry.shot
    until = time.monotonic() + await _left(entry, attempt, desk, times=_OVERDUE)
    while True:
        found = await desk.ask("look", lambda: service.look(attempt.operation, shot), attempt)
        if not isinstance(found, Pending):
            return found
        if time.monotonic() >= until:
            return await _overdue(entry, attempt, desk)
        await desk.pause(desk.look_every)
        lease.check()


async def _overdue(entry: Entry, attempt: Attempt, desk: Desk) -> Broken:
    """Give up an operation that nobody will end any more; the run gives up the others."""
    late = TryAgain(
        f"{entry.shot.model} has worked on scene {entry.scene_id} for longer than it ever takes; it"
        " stays in the ledger as running: run again later to look."
    )
    if datetime.now(UTC) - await _sent(entry, attempt, desk) < _FORGOTTEN:
        raise late
    return Broken(TryAgain(f"{entry.shot.model} never ended its work on this clip."), answer="")


async def _left(entry: Entry, attempt: Attempt, desk: Desk, *, times: int) -> float:
    """Seconds for which waiting makes sense, whatever happened to the clock meanwhile."""
    longest = times * (desk.model(entry.shot.model).longest_latency or _LONGEST)
    gone = datetime.now(UTC) - await _sent(entry, attempt, desk)
    return min(max(longest - gone.total_seconds(), 0.0), longest)


async def _sent(entry: Entry, attempt: Attempt, desk: Desk) -> datetime:
    """When a request left: it may have waited for its turn before."""
    trail = await asyncio.to_thread(desk.ledger.trail, entry.key)
    mine = [step for step in trail if step.correlation == attempt.correlation]
    return max((step.at for step in mine if step.state == "submitting"), default=attempt.started)


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
