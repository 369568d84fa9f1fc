"""Bringing home what was bought: looking, fetching, and writing down how it ended."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from ...errors import Expired, ResolveTakes, ServiceError, ShootMissing, TryAgain
from ..ledger import Attempt, Entry, KeptFile, Lease, Ledger
from ..ledger.receipts import write_receipts
from ..states import AttemptState
from ..take import Take
from .deliver import Delivery, deliver, kept
from .desk import Desk
from .service import Broken, Delivered, Pending, Refused, RemoteFile

__all__ = ["bring", "record_end", "within"]

_LONGEST = 600
"""Seconds from submit to clip, where the registry does not know."""
_OVERDUE = 3
"""Times the longest that a model is known to take, after which a run waits no more."""
_FORGOTTEN = 2 * 24 * 3600
"""Seconds after which no service still works on a clip, whatever it answers."""


async def bring(key: str, lease: Lease, desk: Desk) -> Take:
    """Bring what was asked for before, from wherever it is."""
    entry = await asyncio.to_thread(desk.ledger.entry, key)
    attempt = (entry.under_way or entry.told_by) if entry else None
    if entry is None or attempt is None:
        raise ResolveTakes(f"Nothing was ever sent for the take {key[:8]}; shoot its scene.")
    if attempt.state == "settled":
        return await _fetch_again(entry, lease, desk)
    if attempt.state == "unknown":
        return await _search(entry, attempt, lease, desk)
    if attempt.state in ("submitted", "downloaded"):
        return await _follow(entry, attempt, lease, desk)
    name = key[:8]
    what = "shoot the scene to ask again"
    if attempt.state == "written off":
        what = f"`python -m onereel ledger try-again {name}` allows another, or leave the scene out"
    raise ResolveTakes(
        f"The request for scene {entry.scene_id} ({name}) is {attempt.state}, and nothing is under"
        f" way: {what}."
    )


async def _fetch_again(entry: Entry, lease: Lease, desk: Desk) -> Take:
    """Fetch a paid clip whose file is gone or damaged, while the service still has it."""
    files = entry.clips
    attempt = next(each for each in entry.attempts if each.id == files[0].attempt)
    sources = tuple(RemoteFile(uri=file.source) for file in files if file.source)
    try:
        if len(sources) == len(files):
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
            f" ({desk.home.path(files[0].name)}), and the service did not give it again"
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
    longest = desk.model(entry.shot.model).longest_latency or _LONGEST
    until = time.monotonic() + longest - await _gone(entry, attempt, desk)
    before: tuple[RemoteFile, ...] = ()
    while True:
        found = await desk.ask("search", lambda: desk.service.find(attempt.folder), attempt)
        # Samples turn up one by one, and a filter may have held some back.
        whole = found and (len(found) >= entry.shot.samples or found == before)
        # Without a bucket there is nothing to wait for, nor after the operation has ended.
        if whole or found is None or attempt.operation or time.monotonic() >= until:
            break
        before = found
        await desk.pause(desk.look_every)
    if found:
        answer = Delivered(found, answer='{"found": "in the bucket"}')
        return await _delivered(entry, attempt, answer, lease, desk)
    raise _unresolved(entry, attempt)


def _unresolved(entry: Entry, attempt: Attempt) -> ResolveTakes:
    why = attempt.reason.rstrip(".") or "the run ended while it was being sent"
    name = entry.key[:8]
    what = f"Nobody knows whether the request for scene {entry.scene_id} was taken ({why}): look"
    if attempt.operation:
        what = (
            f"The request for scene {entry.scene_id} brought no clip ({why}), and nobody knows"
            " whether it was charged: if the key or project that asked for it was changed since,"
            " run again with that one, else look"
        )
    return ResolveTakes(
        f"{what} at the service's own list, then `python -m onereel ledger try-again {name}`"
        f" to buy it anew (it may then be paid twice), or `ledger write-off {name}` to leave it."
    )


async def _follow(entry: Entry, attempt: Attempt, lease: Lease, desk: Desk) -> Take:
    """Look until the operation has ended, then bring what it made."""
    found = await _outcome(entry, attempt, lease, desk)
    if not isinstance(found, Delivered):
        await _ended(attempt, found, lease, desk)
        if isinstance(found.error, Expired) and attempt.state != "settled":
            # The first run says what to do about it, as every later one does.
            raise _unresolved(entry, replace(attempt, reason=found.error.user_message))
        raise found.error
    return await _delivered(entry, attempt, found, lease, desk)


async def _outcome(
    entry: Entry, attempt: Attempt, lease: Lease, desk: Desk
) -> Delivered | Refused | Broken:
    """Look until the operation has ended.

    Raises:
        TryAgain: it has been at work for longer than any clip takes.
    """
    service, model = desk.service, desk.model(entry.shot.model)
    gone = await _gone(entry, attempt, desk)
    sent = time.monotonic() - gone
    longest = _OVERDUE * (model.longest_latency or _LONGEST)
    while True:
        found = await desk.ask("look", lambda: service.look(attempt.operation, entry.shot), attempt)
        if not isinstance(found, Pending):
            return found
        gone = time.monotonic() - sent
        if gone >= longest:
            return await _overdue(entry, attempt, desk)
        await desk.pause(_pause(gone, model.usual_latency, most=desk.look_every))
        lease.check()


def within(*kept_hours: int | None) -> str:
    """How soon clips have to be fetched, as the end of a sentence; empty where no one hurries."""
    known = [hours for hours in kept_hours if hours]
    return f", within {min(known)} hours: the service keeps no clip for longer" if known else ""


def _pause(gone: float, usual: int | None, *, most: float) -> float:
    """Seconds until the next look at a clip that has been at work for `gone` seconds.

    Short enough to be late by a small share of what the clip takes, and not shorter: looks count
    against the service's rate limits.
    """
    early = (usual or 0) / 3 - gone
    if early > 0:
        # No clip is ready by now; one that is would be a gift.
        return min(most, max(early, most / 5))
    return min(most, max(gone / 40, most / 5))


async def _overdue(entry: Entry, attempt: Attempt, desk: Desk) -> Broken:
    """Give up an operation that nobody will end any more; the run gives up the others."""
    late = TryAgain(
        f"{entry.shot.model} has worked on scene {entry.scene_id} for longer than it ever takes; it"
        " stays in the ledger as running: run again later to look"
        f"{within(desk.model(entry.shot.model).kept_hours)}."
    )
    if await _gone(entry, attempt, desk) < _FORGOTTEN:
        raise late
    return Broken(TryAgain(f"{entry.shot.model} never ended its work on this clip."), answer="")


async def _gone(entry: Entry, attempt: Attempt, desk: Desk) -> float:
    """Seconds since a request left; never less than none, whatever happened to the clock."""
    trail = await asyncio.to_thread(desk.ledger.trail, entry.key)
    # It may have waited for its turn, or have been turned away, before it left.
    mine = [step for step in trail if step.correlation == attempt.correlation]
    sent = max((step.at for step in mine if step.state == "submitting"), default=attempt.started)
    return max((datetime.now(UTC) - sent).total_seconds(), 0.0)


async def _delivered(
    entry: Entry, attempt: Attempt, answer: Delivered, lease: Lease, desk: Desk
) -> Take:
    # What was agreed when it was asked for, whatever the price list says by now.
    asked = entry.shot.samples
    charged = attempt.ceiling * min(max(len(answer.files), 1), asked) / asked
    delivery = Delivery(entry, attempt, answer, charged=charged)
    first = await asyncio.to_thread(kept, entry, desk.home)
    came, files = await deliver(delivery, desk)
    # What comes beside a take that is here is another clip of its scene, and not the one it plays.
    take = first or came
    await asyncio.to_thread(_recorded, delivery, take, files, lease, desk.ledger)
    await asyncio.to_thread(write_receipts, desk.ledger, entry.key, home=desk.home)
    return take


def _recorded(
    delivery: Delivery, take: Take, files: tuple[KeptFile, ...], lease: Lease, ledger: Ledger
) -> None:
    attempt = delivery.attempt
    # The clip may have taken the last room there was.
    ledger.insist(partial(ledger.keep, lease, attempt.id, files, take))
    if attempt.state != "settled":
        settle = partial(ledger.settle, lease, attempt.id, charged=delivery.charged, take=take)
        ledger.insist(settle)


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
