"""Buying one take: the ledger first, then the wire, then the disk.

Whatever moment a run dies at, the ledger knows what was asked for, and the next run goes on there:
what was never sent is sent, what runs is waited for, what lies at the service is fetched, and what
nobody knows is never sent again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn, TypeVar

from ..errors import Cancelled, OneReelError, ResolveTakes, ServiceError, SwitchOnBuying
from ..home import Home
from ..remote import Remote, obeying
from ..work import Cancel
from .deliver import Delivery, deliver, kept, take_of
from .ledger import Attempt, AttemptState, Caps, Entry, Lease, Ledger
from .models import Model
from .order import Order
from .pricing import price
from .service import Broken, Delivered, NotSubmitted, Pending, Refused, Submitted, VideoService
from .take import Take

__all__ = ["Desk", "obtain", "resume"]

_ASKED_ANEW = ("planned", "failed", "refused", "abandoned")
"""States of an earlier entry that do not keep a scene from being ordered in other words."""
_TAKEN_BACK = ("not sent", "not admitted")
"""Outcomes of a submit after which the same request may be sent again."""
_HEARTBEAT = 15.0
_LEASE = 60
"""Seconds. A process that was silent for a whole lease has crashed, or is asleep."""

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What buying works with, for one run on one service."""

    home: Home
    ledger: Ledger
    service: VideoService
    remote: Remote
    caps: Caps
    model: Callable[[str], Model]
    cancel: Cancel
    buying: bool = False
    """Whether the owner switched buying on. What was bought before is fetched all the same."""
    look_every: float = 5.0
    """Seconds between two looks at an operation."""

    async def ask(self, what: str, call: Callable[[], Awaitable[T]], attempt: Attempt) -> T:
        """Ask the service something that costs nothing, with patience."""
        return await self.remote.ask(
            call,
            what=what,
            host=self.service.host,
            correlation=attempt.correlation,
            cancel=self.cancel,
        )

    async def pause(self, seconds: float) -> None:
        """Wait, unless the user stops it."""
        await obeying(self.cancel, asyncio.sleep(seconds))


async def obtain(order: Order, desk: Desk) -> Take:
    """Return the take of an order: the one on disk, the one that is under way, or a new one.

    Raises:
        MoneyError: nothing was sent; the sentence says what the owner would have to do.
        RevisePrompt: a safety filter refused it.
        ResolveTakes: an earlier request may have been charged, and nobody knows how it ended.
        ServiceError: the service failed; what it charged is in the ledger.
        StorageError: the disk or the ledger refused.
        Cancelled: the user stopped. What is under way is found again by the next run.
    """
    entry = await asyncio.to_thread(_entry, order, desk.ledger)
    if take := await asyncio.to_thread(kept, entry, order, desk.home):
        return take
    async with _leased(entry.key, desk) as lease:
        # Whoever held the lease may have bought it meanwhile.
        entry = await asyncio.to_thread(_known, entry.key, desk.ledger)
        if take := await asyncio.to_thread(kept, entry, order, desk.home):
            return take
        return await _bring(order, entry, lease, desk)


async def resume(entry: Entry, order: Order, desk: Desk) -> Take:
    """Go on with an entry of the ledger without ever sending a new request; raises as `obtain`."""
    async with _leased(entry.key, desk) as lease:
        return await _bring(order, await asyncio.to_thread(_known, entry.key, desk.ledger), lease, desk)


def _entry(order: Order, ledger: Ledger) -> Entry:
    """The entry that was made for these wishes, even if today's pack would word them otherwise."""
    earlier = ledger.by_asked(order.asked)
    if earlier and earlier.state not in _ASKED_ANEW:
        return earlier
    return ledger.plan(
        order.shot,
        film_id=order.film_id,
        scene_id=order.scene.id,
        picture_id=order.scene.picture_id,
        asked=order.asked,
    )


def _known(key: str, ledger: Ledger) -> Entry:
    entry = ledger.entry(key)
    assert entry, "entries are never deleted"
    return entry


async def _bring(order: Order, entry: Entry, lease: Lease, desk: Desk) -> Take:
    """Go on from wherever the entry stands."""
    attempt = entry.attempts[-1] if entry.attempts else None
    if attempt is None or attempt.state in ("failed", "refused", "abandoned"):
        _may_buy_again(order, attempt, desk)
        attempt = await _submit(order, entry, lease, desk)
    if attempt.state == "unknown":
        return await _search(order, entry, attempt, lease, desk)
    if attempt.state == "written off":
        raise ResolveTakes(
            f"The take of scene {order.scene.id} was written off; ask for take"
            f" {entry.shot.number + 1} to buy another, or leave the scene out."
        )
    return await _follow(order, entry, attempt, lease, desk)


def _may_buy_again(order: Order, attempt: Attempt | None, desk: Desk) -> None:
    if attempt and attempt.state == "failed" and attempt.charged:
        raise ResolveTakes(
            f"Scene {order.scene.id} was charged ${attempt.charged} and not delivered"
            f" ({attempt.reason.rstrip('.')}): `python -m onereel ledger dispute {attempt.key}`"
            " collects the proof; ask for another take number to buy it again."
        )
    if not desk.buying:
        raise SwitchOnBuying(
            "Buying is off, so nothing was sent: `python -m onereel settings buying on` switches it"
            " on, with a cap of 5 dollars a day."
        )


async def _submit(order: Order, entry: Entry, lease: Lease, desk: Desk) -> Attempt:
    """Reserve the money and send the request, again and again while nothing was taken."""
    ledger, shot = desk.ledger, entry.shot
    desk.cancel.check()
    attempt = await asyncio.to_thread(
        ledger.reserve, lease, ceiling=order.ceiling, caps=desk.caps, film_id=order.film_id
    )

    async def last_word() -> None:
        # A process that was asleep may find that another one has taken over meanwhile.
        lease.check()
        await asyncio.to_thread(ledger.move, lease, attempt.id, "submitting")

    async def send() -> Submitted | NotSubmitted:
        result = await desk.service.submit(
            shot, folder=attempt.folder, before_sending=last_word
        )
        if isinstance(result, NotSubmitted) and result.outcome in _TAKEN_BACK:
            why = result.error.user_message
            await asyncio.to_thread(ledger.move, lease, attempt.id, "reserved", reason=why)
        return result

    try:
        result = await desk.remote.ask(
            send,
            what="submit",
            host=desk.service.host,
            model=shot.model,
            correlation=attempt.correlation,
            turned_away=_turned_away,
            cancel=desk.cancel,
            # What the service takes after we stopped listening is paid and lost.
            interruptible=False,
        )
    except (Cancelled, ServiceError) as error:
        # Raised between two tries, so nothing is under way.
        await _free(desk, lease, attempt, "failed", error.user_message)
        raise
    if isinstance(result, NotSubmitted):
        return await _not_submitted(attempt, result, lease, desk)
    return await asyncio.to_thread(
        ledger.move, lease, attempt.id, "submitted", operation=result.operation
    )


def _turned_away(result: Submitted | NotSubmitted) -> ServiceError | None:
    if isinstance(result, NotSubmitted) and result.outcome in _TAKEN_BACK:
        return result.error
    return None


async def _not_submitted(
    attempt: Attempt, result: NotSubmitted, lease: Lease, desk: Desk
) -> Attempt:
    reason = "; ".join((result.error.user_message, *result.reasons))
    if result.outcome == "unknown":
        return await asyncio.to_thread(
            desk.ledger.move, lease, attempt.id, "unknown", reason=reason
        )
    await _free(desk, lease, attempt, "refused" if result.outcome == "refused" else "failed", reason)
    raise result.error


async def _free(
    desk: Desk, lease: Lease, attempt: Attempt, state: AttemptState, reason: str
) -> None:
    """Write down an attempt that ended without cost."""
    await asyncio.to_thread(
        desk.ledger.move, lease, attempt.id, state, reason=reason, charged=Decimal(0)
    )


async def _search(
    order: Order, entry: Entry, attempt: Attempt, lease: Lease, desk: Desk
) -> Take:
    """Look for the clip of a request that may have been taken, in its own folder of the bucket."""
    found = None
    if attempt.folder:
        found = await desk.ask("search", lambda: desk.service.find(attempt.folder), attempt)
    if found:
        answer = Delivered(found, answer='{"found": "in the bucket"}')
        return await _delivered(order, entry, attempt, answer, lease, desk)
    raise ResolveTakes(
        f"Nobody knows whether the request for scene {order.scene.id} was taken"
        f" ({attempt.reason.rstrip('.') or 'the run ended while it was being sent'}): look at the"
        f" service's own list, then `python -m onereel ledger try-again {entry.key[:8]}` to buy it"
        f" anew (it may then be paid twice), or `ledger write-off {entry.key[:8]}` to leave it."
    )


async def _follow(
    order: Order, entry: Entry, attempt: Attempt, lease: Lease, desk: Desk
) -> Take:
    """Look until the operation has ended, then bring what it made."""
    service, shot = desk.service, entry.shot
    while True:
        found = await desk.ask("look", lambda: service.look(attempt.operation, shot), attempt)
        if not isinstance(found, Pending):
            break
        await desk.pause(desk.look_every)
        lease.check()
    if isinstance(found, Delivered):
        return await _delivered(order, entry, attempt, found, lease, desk)
    await _ended(attempt, found, order, lease, desk)


async def _delivered(
    order: Order, entry: Entry, attempt: Attempt, answer: Delivered, lease: Lease, desk: Desk
) -> Take:
    shot = entry.shot
    bought = shot.replace(samples=max(len(answer.files), 1))
    delivery = Delivery(entry, attempt, answer, charged=price(bought, desk.model(shot.model)))
    files = await deliver(delivery, desk.service, desk.remote, home=desk.home, cancel=desk.cancel)
    take = take_of(delivery, files)
    await asyncio.to_thread(desk.ledger.keep, lease, attempt.id, files, take)
    await asyncio.to_thread(
        desk.ledger.settle, lease, attempt.id, charged=delivery.charged, take=take
    )
    return take.replace(
        film_id=order.film_id, scene_id=order.scene.id, picture_id=order.scene.picture_id
    )


async def _ended(
    attempt: Attempt, found: Refused | Broken, order: Order, lease: Lease, desk: Desk
) -> NoReturn:
    """Write down an operation that ended without a clip, and say so."""
    charged = {False: Decimal(0), True: attempt.ceiling, None: None}[found.charged]
    if charged is None:
        state = "unknown"
    else:
        state = "refused" if isinstance(found, Refused) else "failed"
    await asyncio.to_thread(
        desk.ledger.move,
        lease,
        attempt.id,
        state,
        reason=found.error.user_message,
        charged=charged,
        answer=found.answer,
    )
    raise found.error


@asynccontextmanager
async def _leased(key: str, desk: Desk) -> AsyncIterator[Lease]:
    """Hold the lease of a key, waiting for another process that holds it, and keep it alive."""
    while not (lease := await asyncio.to_thread(desk.ledger.lease, key, seconds=_LEASE)):
        await desk.pause(1.0)
    beat = asyncio.create_task(_keep_alive(lease))
    try:
        yield lease
    finally:
        beat.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beat
        await asyncio.to_thread(lease.release)


async def _keep_alive(lease: Lease) -> None:
    while lease.held:
        await asyncio.sleep(_HEARTBEAT)
        with contextlib.suppress(OneReelError):
            await asyncio.to_thread(lease.renew)
