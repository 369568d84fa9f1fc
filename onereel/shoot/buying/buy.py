"""Buying one take: the ledger first, then the wire, then the disk.

Whatever moment a run dies at, the ledger knows what was asked for, and the next run goes on there:
what was never sent is sent, what runs is waited for, what lies at the service is fetched, and what
nobody knows is never sent again.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AbstractAsyncContextManager, suppress
from decimal import Decimal
from functools import partial

from ...errors import (
    ApproveShots,
    Cancelled,
    MatchLists,
    ResolveTakes,
    ServiceError,
    ShootMissing,
    StorageError,
    SwitchOnBuying,
    WaitForOther,
    WaitForQuota,
)
from ...home import Home
from ...money import BUYING_OFF, dollars
from ..ledger import Attempt, Caps, Entry, Lease, Ledger
from ..ledger.receipts import complete_receipts
from ..models.registry import Registry
from ..order import Order
from ..prices.pricing import price
from ..shot import Shot
from ..states import OVER
from ..take import Take
from .bring import bring, record_end
from .deliver import for_scene, kept, make_room
from .desk import Desk
from .holding import holding
from .opening import caps_of
from .service import (
    NotSubmitted,
    RemoteFile,
    Submitted,
    failure_of,
    may_be_sent_again,
)

__all__ = ["check_switch", "obtain", "owned", "planned", "resume"]

_LOG = logging.getLogger("onereel")
_PAUSES = (1.0, 5.0, 10.0, None)
"""Seconds between tries to write down what a service took."""


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
    try:
        return await _obtain(order, desk)
    except WaitForOther:
        # This process was held up, and another one took over: what that one gets is wanted here.
        return await _obtain(order, desk)


async def _obtain(order: Order, desk: Desk) -> Take:
    entry = await asyncio.to_thread(planned, order, desk.ledger)
    take = await asyncio.to_thread(kept, entry, desk.home)
    if take and not entry.under_way:
        return for_scene(take, order)
    async with _leased(entry.key, desk) as lease:
        # Whoever held the lease may have bought it meanwhile.
        entry = await asyncio.to_thread(_known, entry.key, desk.ledger)
        if entry.state in OVER:
            _may_buy(order, entry)
            await _submit(order, entry, lease, desk)
        return for_scene(await _brought(entry, lease, desk), order)


async def resume(key: str, desk: Desk) -> Take:
    """Go on with a take of the ledger without ever sending a request for it; raises as `obtain`."""
    async with _leased(key, desk) as lease:
        entry = await asyncio.to_thread(_known, key, desk.ledger)
        return await _brought(entry, lease, desk)


async def _brought(entry: Entry, lease: Lease, desk: Desk) -> Take:
    """The take of an entry, with all that is under way for it."""
    take = await asyncio.to_thread(kept, entry, desk.home)
    if take is None:
        return await bring(entry.key, lease, desk)
    await asyncio.to_thread(complete_receipts, entry, desk.ledger, home=desk.home)
    if entry.under_way:
        # Paid too, and no reason to fail: what is wanted is here.
        with suppress(ResolveTakes, ServiceError):
            await bring(entry.key, lease, desk)
    return take


def _leased(key: str, desk: Desk) -> AbstractAsyncContextManager[Lease]:
    take = partial(desk.ledger.lease, key, seconds=desk.lease)
    return holding(take, seconds=desk.lease, cancel=desk.cancel)


def planned(order: Order, ledger: Ledger) -> Entry:
    """The entry that was made for these wishes, even if today's pack would word them otherwise."""
    earlier = ledger.by_asked(order.asked)
    if earlier and earlier.state not in OVER:
        return earlier
    return ledger.plan(
        order.shot,
        film_id=order.film_id,
        scene_id=order.scene.id,
        picture_id=order.scene.picture_id,
        asked=order.asked,
    )


def owned(order: Order, ledger: Ledger, home: Home) -> Take | None:
    """The take of an order, if it is on disk, without entering anything into the ledger."""
    entries = (ledger.by_asked(order.asked), ledger.entry(order.shot.key))
    found = (entry and kept(entry, home) for entry in entries)
    return next((for_scene(take, order) for take in found if take), None)


def _known(key: str, ledger: Ledger) -> Entry:
    entry = ledger.entry(key)
    assert entry, "entries are never deleted"
    return entry


def _may_buy(order: Order, entry: Entry) -> None:
    last = entry.told_by
    if last and last.state in ("failed", "refused") and last.charged:
        raise ResolveTakes(
            f"Scene {order.scene.id} was charged {dollars(last.charged)} and not delivered"
            f" ({last.reason.rstrip('.')}): `python -m onereel ledger dispute {entry.key[:8]}`"
            f" collects the proof, `ledger try-again {entry.key[:8]}` has it bought again."
        )


async def _allowed(desk: Desk) -> Caps:
    """The caps as they are now: since the run began the owner may have thought better of it.

    Raises:
        SwitchOnBuying: buying is off, by now.
    """
    settings = await asyncio.to_thread(desk.settings.as_of_now)
    check_switch(buying=settings.buying.on)
    return caps_of(settings)


def check_switch(*, buying: bool) -> None:
    """Refuse to buy unless the owner switched it on.

    Raises:
        SwitchOnBuying: nobody did.
    """
    if not buying:
        raise SwitchOnBuying(BUYING_OFF)


async def _submit(order: Order, entry: Entry, lease: Lease, desk: Desk) -> None:
    """Reserve the money and send the request, again and again while nothing was taken.

    Raises:
        ServiceError: the request was rejected or refused, free of charge.
    """
    ledger, shot = desk.ledger, entry.shot
    desk.cancel.check()
    caps = await _allowed(desk)
    extended = await asyncio.to_thread(_extended, shot, desk)
    await asyncio.to_thread(make_room, entry, desk.home)
    ceiling = await asyncio.to_thread(_agreed, order, shot, desk)
    attempt = await asyncio.to_thread(
        ledger.reserve, lease, ceiling=ceiling, caps=caps, film_id=order.film_id
    )

    async def last_word() -> None:
        # A process that was asleep may find that another one has taken over meanwhile.
        lease.check()
        await asyncio.to_thread(ledger.move, lease, attempt.id, "submitting")
        lease.check()

    pace = desk.pace(shot.model)

    async def send() -> Submitted | NotSubmitted:
        await pace.turn(desk.cancel, longest=desk.remote.patience.most)
        result = await desk.service.submit(
            shot, folder=attempt.folder, before_sending=last_word, extends=extended
        )
        if error := may_be_sent_again(result):
            quota = isinstance(error, WaitForQuota)
            usual = desk.remote.patience.quota if quota else 0
            pace.turned_away(error.retry_after or usual, quota=quota)
            await asyncio.to_thread(
                ledger.move, lease, attempt.id, "reserved", reason=error.user_message
            )
        return result

    try:
        result = await desk.remote.ask(
            send,
            what="submit",
            host=desk.service.host,
            model=shot.model,
            correlation=attempt.correlation,
            turned_away=may_be_sent_again,
            failed=failure_of,
            cancel=desk.cancel,
            # What the service takes after we stopped listening is paid and lost.
            interruptible=False,
        )
    except (Cancelled, ServiceError, WaitForOther) as error:
        # Raised between two tries or before the first byte, so nothing is under way.
        await record_end(attempt, "failed", error.user_message, lease, desk)
        raise
    if isinstance(result, Submitted):
        await _write_down(attempt, result.operation, lease, desk)
        desk.ordered()
    else:
        await _not_submitted(attempt, result, lease, desk)


async def _write_down(attempt: Attempt, operation: str, lease: Lease, desk: Desk) -> None:
    """Write down what the service took, which is paid for from now on."""
    for pause in _PAUSES:
        try:
            await asyncio.to_thread(
                desk.ledger.move, lease, attempt.id, "submitted", operation=operation
            )
        except StorageError as error:
            _LOG.error(
                "the service runs %s, and the ledger cannot be written: %s",
                *(operation, error),
                extra={"correlation": attempt.correlation},
            )
            if pause is None:
                raise type(error)(
                    f"{error.user_message.rstrip('.')}. Meanwhile the service runs {operation},"
                    " which the ledger does not know of."
                ) from error
            await asyncio.sleep(pause)
        else:
            return


async def _not_submitted(attempt: Attempt, result: NotSubmitted, lease: Lease, desk: Desk) -> None:
    reason = "; ".join((result.error.user_message, *result.reasons))
    if result.outcome == "unknown":
        await record_end(attempt, "unknown", reason, lease, desk)
        return
    await record_end(
        attempt, "refused" if result.outcome == "refused" else "failed", reason, lease, desk
    )
    raise result.error


def _agreed(order: Order, shot: Shot, desk: Desk) -> Decimal:
    """What a shot costs at most by the price list of now.

    Raises:
        ApproveShots: more than when the run began.
        EnterPrice: nobody knows any more.
    """
    ceiling = price(shot, Registry.load(desk.home).model(shot.model))
    if order.ceiling is not None and ceiling > order.ceiling:
        raise ApproveShots(
            f"The shot of scene {order.scene.id} costs at most {dollars(ceiling)} now, more than"
            f" the {dollars(order.ceiling)} of when this run began; look at the price again, and"
            " shoot again."
        )
    return ceiling


def _extended(shot: Shot, desk: Desk) -> RemoteFile | None:
    """The clip that a shot goes on from: where the service has it, else from the disk."""
    if not shot.extends:
        return None
    entry = desk.ledger.entry(shot.extends)
    if entry is None or not entry.files:
        raise MatchLists("The clip to go on from was not bought here; connect a paid take.")
    file = entry.files[0]
    made = next((each for each in entry.attempts if each.id == file.attempt), None)
    operation = made.operation if made and entry.shot.renderer == shot.renderer else ""
    if file.source.startswith("gs://"):
        return RemoteFile(uri=file.source, operation=operation)
    path = desk.home.path(file.name)
    if not path.is_file():
        raise ShootMissing(f"The clip to go on from is gone ({path}): bring it back first.")
    return RemoteFile(data=path.read_bytes(), operation=operation)
