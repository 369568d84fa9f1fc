"""Posting: what an event does to the tables. Writing, catching up and rebuilding all come here.

A rebuilt ledger posts every line there ever was, so rows are looked up once per transaction, and
nothing here flushes.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...library.tables import AskRow, AttemptRow, FileRow, SpendingRow, TakeRow, TransitionRow
from ..states import NEXT, OPEN, reachable, telling
from .budget import add_up, weight
from .caching import cache, look_up
from .entries import as_state
from .events import Event, Kept, Moved, Planned, PutAway, Request, Reserved, Revised, Spent

__all__ = ["Misfit", "post", "posted"]

_NOTHING = Decimal(0)
_Numbered = TypeVar("_Numbered", TakeRow, AttemptRow, TransitionRow)


class Misfit(ValueError):
    """An event that the tables' state does not allow; the text says why."""


def post(session: Session, event: Event, *, replay: bool = False) -> None:
    """Do to the tables what the event says, and add it to the audit trail.

    To `replay` what was written once, lines before it may be missing: it has to be possible, and
    need not be the very next step.

    Raises:
        Misfit: it does not follow from what was posted before.
    """
    match event:
        case Planned():
            take = _planned(session, event)
            _record(session, event, take, None, "planned")
        case Reserved():
            take = _planned(session, event) if replay else _take(session, event.key)
            _check_new(session, event.attempt, take, replay=replay)
            attempt = _reserved(session, event.attempt, take)
            _record(session, event, take, attempt, "reserved")
        case Moved():
            attempt = _attempt(session, event.attempt, event.key, replay=replay)
            _moved(session, event, attempt, replay=replay)
            _record(session, event, attempt.take, attempt, event.state, event.reason)
        case Kept():
            attempt = _attempt(session, event.attempt, event.key, replay=replay)
            _kept(session, event, attempt)
            _record(session, event, attempt.take, attempt, "kept")
        case Revised():
            take = _take(session, event.key)
            take.revised_to, take.diff = event.to, event.diff
            _record(session, event, take, None, "revised", event.diff)
        case PutAway():
            take = _take(session, event.key)
            take.put_away = True
            _record(session, event, take, None, "put away", event.reason)
        case Spent():
            _spent(session, event)
            state = event.state or ("reserved" if event.charged is None else "settled")
            _record(session, event, None, None, state, event.reason)


def posted(session: Session, among: Collection[str] | None = None) -> set[str]:
    """The ids of all events that were posted, or of those `among` some."""
    ids = select(TransitionRow.event_id)
    if among is not None:
        ids = ids.where(TransitionRow.event_id.in_(among))
    return set(session.scalars(ids))


def _planned(session: Session, event: Planned | Reserved) -> TakeRow:
    plan = event.plan
    take = _find_take(session, event.key)
    if take is None:
        take = TakeRow(
            id=_next(session, TakeRow),
            key=event.key,
            shot=plan.shot.model_dump_json(),
            model=plan.shot.model,
            film_id=plan.film_id,
            scene_id=plan.scene_id,
            picture_id=plan.picture_id,
            asked=plan.asked,
            state="planned",
            revised_to="",
            put_away=False,
            planned=event.at,
        )
        session.add(take)
        cache(session, TakeRow)[event.key] = take
    which = (plan.asked, take.id)
    if look_up(session, AskRow, which, lambda: session.get(AskRow, which)) is None:
        cache(session, AskRow)[which] = ask = AskRow(asked=plan.asked, take=take)
        session.add(ask)
    return take


def _check_new(session: Session, request: Request, take: TakeRow, *, replay: bool) -> None:
    if _find_attempt(session, request.correlation):
        raise Misfit(f"the attempt {request.correlation} is there already")
    for attempt in take.attempts:
        if not replay and (attempt.state in OPEN or attempt.state == "settled"):
            raise Misfit(f"attempt {attempt.number} of its take is {attempt.state}")


def _reserved(session: Session, request: Request, take: TakeRow) -> AttemptRow:
    attempt = AttemptRow(
        id=_next(session, AttemptRow),
        take=take,
        model=take.model,
        correlation=request.correlation,
        number=len(take.attempts) + 1,
        state="reserved",
        ceiling=request.ceiling,
        folder=request.folder,
        film_id=request.film_id,
        day=request.day,
        started=request.started,
        operation="",
        reason="",
    )
    session.add(attempt)
    cache(session, AttemptRow)[request.correlation] = attempt
    take.put_away = False
    _tell(take)
    add_up(session, attempt, *weight(attempt))
    return attempt


def _moved(session: Session, event: Moved, attempt: AttemptRow, *, replay: bool) -> None:
    state = as_state(attempt.state)
    if replay:
        possible = event.state == state or event.state in reachable(state)
    else:
        possible = event.was == state and event.state in {state, *NEXT[state]}
    if not possible:
        raise Misfit(f"an attempt that is {state} cannot become {event.state}")
    held, charged = weight(attempt)
    attempt.state = event.state
    attempt.reason = event.reason
    attempt.operation = event.operation or attempt.operation
    attempt.charged = event.charged
    if event.take:
        attempt.take.take = event.take.to_json()
    _tell(attempt.take)
    now_held, now_charged = weight(attempt)
    add_up(session, attempt, now_held - held, now_charged - charged)


def _tell(take: TakeRow) -> None:
    states = [as_state(attempt.state) for attempt in take.attempts]
    number = telling(states)
    take.state = "planned" if number is None else states[number]


def _kept(session: Session, event: Kept, attempt: AttemptRow) -> None:
    there = {row.name: row for row in attempt.files}
    for file in event.files:
        row = there.get(file.name)
        if row is None:
            row = FileRow(name=file.name)
            attempt.files.append(row)
        row.sha256, row.size, row.source = file.sha256, file.size, file.source
    if event.take:
        attempt.take.take = event.take.to_json()


def _spent(session: Session, event: Spent) -> None:
    row = look_up(session, SpendingRow, event.key, lambda: session.get(SpendingRow, event.key))
    if row is None:
        row = SpendingRow(
            key=event.key,
            what=event.what,
            model=event.model,
            film_id=event.film_id,
            day=event.day,
            ceiling=event.ceiling,
            charged=None,
            reason="",
            item=event.item,
            state=event.became,
            at=event.at,
        )
        session.add(row)
        cache(session, SpendingRow)[event.key] = row
        add_up(session, row, row.ceiling, _NOTHING)
    known = row.charged
    if known is not None and (event.charged is None or event.charged < known):
        # Of several lines the one that says the most it cost holds, in whatever order they come:
        # what the owner gave up may yet turn out to be charged.
        return
    if event.charged is not None:
        freed = row.ceiling if known is None else _NOTHING
        add_up(session, row, -freed, event.charged - (known or _NOTHING))
    row.charged, row.reason, row.state = event.charged, event.reason, event.became


def _record(
    session: Session,
    event: Event,
    take: TakeRow | None,
    attempt: AttemptRow | None,
    state: str,
    reason: str = "",
) -> None:
    session.add(
        TransitionRow(
            id=_next(session, TransitionRow),
            event_id=event.id,
            take=take,
            attempt=attempt,
            at=event.at,
            state=state,
            reason=reason,
            correlation=attempt.correlation if attempt else "" if take else event.key,
            event=event.model_dump_json(),
        )
    )


def _take(session: Session, key: str) -> TakeRow:
    take = _find_take(session, key)
    if take is None:
        raise Misfit(f"the take {key[:8]} was never planned")
    return take


def _attempt(session: Session, request: Request, key: str, *, replay: bool) -> AttemptRow:
    attempt = _find_attempt(session, request.correlation)
    if attempt is None and replay:
        return _reserved(session, request, _take(session, key))
    if attempt is None or attempt.take.key != key:
        raise Misfit(f"the attempt {request.correlation} of the take {key[:8]} was never reserved")
    return attempt


def _find_take(session: Session, key: str) -> TakeRow | None:
    which = select(TakeRow).where(TakeRow.key == key)
    return look_up(session, TakeRow, key, lambda: session.scalar(which))


def _find_attempt(session: Session, correlation: str) -> AttemptRow | None:
    which = select(AttemptRow).where(AttemptRow.correlation == correlation)
    return look_up(session, AttemptRow, correlation, lambda: session.scalar(which))


def _next(session: Session, row: type[_Numbered]) -> int:
    # A sequence would leave gaps where a transaction is undone, and a rebuilt ledger would number
    # its attempts otherwise than the lost one. Writers go one at a time, so this is no race.
    last: dict[type, int] = session.info.setdefault("last", {})
    if row not in last:
        last[row] = session.scalar(select(func.max(row.id))) or 0
    last[row] += 1
    return last[row]
