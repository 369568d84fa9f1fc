"""Shoot with a paid model: every scene of a film, many at once, nothing lost and nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...errors import (
    ApproveShots,
    Cancelled,
    ChooseAnotherModel,
    EnterPrice,
    OneReelError,
    RaiseCap,
    ResolveTakes,
    RevisePrompt,
    ShootMissing,
    StorageError,
    SwitchOnBuying,
)
from ...money import dollars
from ...story.screenplay import Scene
from ...values import FPS
from ...work import Progress
from ..models.retarget import adapted
from ..order import Order
from ..prices.pricing import price
from ..take import Take, TakeState
from .bring import within
from .deliver import poster
from .desk import Desk
from .medic import nurse

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Follow", "shoot_orders", "summary", "without_missing"]

Follow = Callable[[Scene, Take], Order]
"""The order of a scene that begins where a take ends which is there now."""

_ALWAYS_STOP = (ApproveShots, EnterPrice, RaiseCap, SwitchOnBuying)
"""No film is made around these: the owner decides first."""


async def shoot_orders(
    orders: Sequence[Order],
    desk: Desk,
    *,
    at_once: int,
    progress: Progress,
    note: str = "",
    there: Mapping[str, Take] = MappingProxyType({}),
    follow: Follow | None = None,
) -> tuple[Take, ...]:
    """Obtain the take of every order, in their order, `at_once` at a time.

    Takes that could not be had come back too, with their state and the reason as their note. An
    order that waits for another scene's take begins once that is there; where it could not be had,
    neither is this one.

    Args:
        note: what is said until the first of them is there.
        there: takes of scenes that are not ordered here, by scene id.
        follow: completes an order that waited.

    Raises:
        MoneyError: the budget or a switch stopped it; what was obtained before is kept.
        StorageError: the disk or the ledger refused.
        Cancelled: the user stopped it; the sentence names what still runs.
    """
    turn = asyncio.Semaphore(at_once)
    ceiling = sum((each.ceiling or Decimal(0) for each in orders), Decimal(0))
    meter = _Meter(len(orders), progress, ceiling, note)
    meter.tell()
    desk = replace(desk, ordered=meter.tell)

    async def one(order: Order) -> Take | OneReelError:
        try:
            if order.after and follow:
                order = await asyncio.to_thread(follow, order.scene, await before(order))
            async with turn:
                take = await _obtain(order, desk)
        except OneReelError as error:
            meter.missed(order, error)
            return error
        meter.ready(order, take, await asyncio.to_thread(poster, take, desk.home))
        return take

    async def before(order: Order) -> Take:
        task = tasks.get(order.after)
        if task:
            await asyncio.wait([task])
        found = task.result() if task else there.get(order.after)
        if isinstance(found, Take):
            return found
        raise ShootMissing(
            f"Scene {order.scene.id} begins where {order.after} ends, and {order.after} was not"
            " shot: run again once it is."
        )

    running = [asyncio.create_task(one(order)) for order in orders]
    tasks = {order.scene.id: task for order, task in zip(orders, running, strict=True)}
    # A fault of our own in one scene must not cut off what the others have sent.
    results = await asyncio.gather(*running, return_exceptions=True)
    errors = [result for result in results if isinstance(result, OneReelError)]
    _stop_for(errors, desk, orders[0].film_id if orders else "")
    return tuple(
        _missing(order, result) if isinstance(result, OneReelError) else result
        for order, result in zip(orders, _whole(results), strict=True)
    )


def _whole(results: Sequence[Take | BaseException]) -> Iterator[Take | OneReelError]:
    for result in results:
        if isinstance(result, Take | OneReelError):
            yield result
        else:
            raise result


async def _obtain(order: Order, desk: Desk) -> Take:
    """Obtain a take; where its model turns out to be gone, by the successor, if that may be."""
    try:
        return await nurse(order, desk)
    except ChooseAnotherModel as error:
        gone = error
        successor = desk.registry.successor(order.shot.model, datetime.now(UTC).date())
        if not desk.replace_lapsed or successor is None:
            raise
        if successor.renderer != order.shot.renderer:
            # Another service, which this desk does not reach.
            raise
    shot = adapted(order.shot, successor, needed=order.needed)
    if (cost := price(shot, successor)) > (order.ceiling or Decimal(0)):
        raise ChooseAnotherModel(
            f"{gone.user_message.rstrip('.')}; its successor {successor.name} would cost"
            f" {dollars(cost)}, more than this shot was priced at: choose it yourself."
        )
    take = await nurse(replace(order, shot=shot), desk)
    told = f"{order.shot.model} is gone, so {successor.name} shot it."
    return take.replace(note=f"{take.note} {told}".strip())


def _missing(order: Order, error: OneReelError) -> Take:
    """The take that could not be had, as it stands in the ledger."""
    state: TakeState = "failed"
    if isinstance(error, RevisePrompt):
        state = "refused"
    elif isinstance(error, ResolveTakes):
        state = "unknown"
    shot = order.shot
    return Take(
        id=shot.key,
        film_id=order.film_id,
        scene_id=order.scene.id,
        picture_id=order.scene.picture_id,
        number=shot.number,
        renderer=shot.renderer,
        model=shot.model,
        seed=shot.seed or 0,
        state=state,
        duration=Fraction(shot.duration),
        width=0,
        height=0,
        fps=FPS,
        note=error.user_message,
    )


def _stop_for(errors: Collection[OneReelError], desk: Desk, film_id: str) -> None:
    """Raise the error that concerns the whole film, if there is one."""
    stopped = [error for error in errors if isinstance(error, Cancelled)]
    if stopped:
        raise Cancelled(_still_running(desk, film_id))
    for error in errors:
        if isinstance(error, (*_ALWAYS_STOP, StorageError)):
            raise error


def _still_running(desk: Desk, film_id: str) -> str:
    sent = desk.ledger.entries(film_id=film_id, states=["submitted"], limit=1000)
    running = [(entry.shot.model, entry.under_way.operation) for entry in sent if entry.under_way]
    if not running:
        return "Stopped. Nothing is running at the service."
    # A model that nobody knows any more must not keep the user from hearing what runs.
    models = [desk.registry.models.get(name) for name, _ in running]
    kept = [model.kept_hours for model in models if model]
    return (
        "Stopped. Still running at the service and charged when done:"
        f" {', '.join(operation for _, operation in running)};"
        f" the next run picks them up{within(*kept)}."
    )


def without_missing(takes: tuple[Take, ...]) -> tuple[Take, ...]:
    """Return the takes if all are usable.

    Raises:
        ShootMissing: one sentence that names every scene without a usable take, and why.
    """
    missing = [take for take in takes if not take.usable]
    if missing:
        # What strikes all scenes alike is said once.
        alike: dict[str, list[str]] = {}
        for take in missing:
            alike.setdefault(take.note.rstrip("."), []).append(take.scene_id)
        each = "; ".join(f"{', '.join(scenes)}: {why}" for why, scenes in alike.items())
        scenes = "scene was" if len(missing) == 1 else "scenes were"
        raise ShootMissing(f"{len(missing)} {scenes} not shot. {each}.")
    return takes


def summary(takes: Sequence[Take]) -> tuple[str, ...]:
    """What the takes of a film cost, and which of its scenes were not shot, in sentences."""
    ready = [take for take in takes if take.state == "ready"]
    drafts = [take for take in takes if take.state == "draft"]
    missing = [take for take in takes if not take.usable]
    told = []
    if ready:
        shots = "1 shot" if len(ready) == 1 else f"{len(ready)} shots"
        cost = sum((take.cost for take in ready), Decimal(0))
        told.append(f"{shots} of this film cost {dollars(cost)}.")
    told += [f"{take.scene_id}: {take.note}" for take in ready if take.note]
    for words, those in (("Drafts", drafts), ("Left out", missing)):
        if those:
            told.append(f"{words}: {'; '.join(map(_why, those))}.")
    return tuple(told)


def _why(take: Take) -> str:
    return f"{take.scene_id} ({take.note.rstrip('.')})" if take.note else take.scene_id


class _Meter:
    """Reports each take as it is ordered and as it arrives, with what the film has cost so far."""

    def __init__(self, total: int, progress: Progress, ceiling: Decimal, note: str) -> None:
        self._total, self._progress, self._ceiling = max(total, 1), progress, ceiling
        self._done, self._spent, self._note = 0, Decimal(0), note

    def tell(self) -> None:
        """Say how things stand: another take is being shot by now."""
        self._progress(self._done / self._total, self._note)

    def ready(self, order: Order, take: Take, preview: Image | None) -> None:
        self._done += 1
        self._spent += take.cost
        title = order.scene.title or order.scene.id
        self._note = f"{title} is ready: {dollars(self._spent)} of at most {dollars(self._ceiling)}"
        self._progress(self._done / self._total, self._note, preview=preview, made=take)

    def missed(self, order: Order, error: OneReelError) -> None:
        self._done += 1
        self._note = f"{order.scene.title or order.scene.id}: {error.user_message}"
        self._progress(self._done / self._total, self._note, made=_missing(order, error))
