"""Posting: what an event does to the tables. Writing, catching up and rebuilding all come here."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...library.tables import AskRow, AttemptRow, FileRow, TakeRow, TransitionRow
from .budget import add_up, weight
from .events import Event, Kept, Moved, Planned, Reserved, Revised
from .records import NEXT, OPEN

__all__ = ["Misfit", "post"]

_Row = TypeVar("_Row", TakeRow, AttemptRow, TransitionRow)


class Misfit(ValueError):
    """An event that the tables' state does not allow; the text says why."""


def post(session: Session, event: Event) -> None:
    """Do to the tables what the event says, and add it to the audit trail.

    Raises:
        Misfit: it does not follow from what was posted before.
    """
    match event:
        case Planned():
            take = _planned(session, event)
            _record(session, event, take, None, "planned")
        case Reserved():
            take = _take(session, event.key)
            attempt = _reserved(session, event, take)
            _record(session, event, take, attempt, "reserved")
        case Moved():
            attempt = _attempt(session, event.attempt, event.key)
            _moved(session, event, attempt)
            _record(session, event, attempt.take, attempt, event.state, event.reason)
        case Kept():
            attempt = _attempt(session, event.attempt, event.key)
            _kept(session, event, attempt)
            _record(session, event, attempt.take, attempt, "kept")
        case Revised():
            take = _take(session, event.key)
            take.revised_to, take.diff = event.to, event.diff
            _record(session, event, take, None, "revised", event.diff)
    session.flush()


def _planned(session: Session, event: Planned) -> TakeRow:
    take = session.scalar(select(TakeRow).where(TakeRow.key == event.key))
    if take is None:
        take = TakeRow(
            id=_next(session, TakeRow),
            key=event.key,
            shot=event.shot.model_dump_json(),
            film_id=event.film_id,
            scene_id=event.scene_id,
            picture_id=event.picture_id,
            asked=event.asked,
            state="planned",
            revised_to="",
            planned=event.at,
        )
        session.add(take)
        session.flush()
    session.merge(AskRow(asked=event.asked, take_id=take.id))
    return take


def _reserved(session: Session, event: Reserved, take: TakeRow) -> AttemptRow:
    if live := [attempt for attempt in take.attempts if attempt.state in {*OPEN, "settled"}]:
        raise Misfit(f"attempt {live[0].number} of its take is {live[0].state}")
    attempt = AttemptRow(
        id=_next(session, AttemptRow),
        take=take,
        correlation=event.attempt,
        number=len(take.attempts) + 1,
        state="reserved",
        ceiling=event.ceiling,
        folder=event.folder,
        film_id=event.film_id,
        day=event.day,
        started=event.at,
        operation="",
        reason="",
    )
    session.add(attempt)
    session.flush()
    take.state = "reserved"
    add_up(session, attempt, *weight(attempt))
    return attempt


def _moved(session: Session, event: Moved, attempt: AttemptRow) -> None:
    if attempt.state != event.was:
        raise Misfit(f"its attempt is {attempt.state}, not {event.was}")
    if event.state != event.was and event.state not in NEXT[event.was]:
        raise Misfit(f"an attempt that is {event.was} cannot become {event.state}")
    held, charged = weight(attempt)
    attempt.state = event.state
    attempt.reason = event.reason
    attempt.operation = event.operation or attempt.operation
    attempt.charged = event.charged
    if event.take:
        attempt.take.take = event.take.to_json()
    if attempt is attempt.take.attempts[-1]:
        attempt.take.state = event.state
    now_held, now_charged = weight(attempt)
    add_up(session, attempt, now_held - held, now_charged - charged)


def _kept(session: Session, event: Kept, attempt: AttemptRow) -> None:
    for file in event.files:
        session.merge(
            FileRow(
                attempt_id=attempt.id,
                name=file.name,
                sha256=file.sha256,
                size=file.size,
                source=file.source,
            )
        )
    if event.take:
        attempt.take.take = event.take.to_json()


def _record(
    session: Session,
    event: Event,
    take: TakeRow,
    attempt: AttemptRow | None,
    state: str,
    reason: str = "",
) -> None:
    session.add(
        TransitionRow(
            id=_next(session, TransitionRow),
            event_id=event.id,
            take_id=take.id,
            attempt_id=attempt and attempt.id,
            at=event.at,
            state=state,
            reason=reason,
            correlation=attempt.correlation if attempt else "",
            event=event.model_dump_json(),
        )
    )


def _take(session: Session, key: str) -> TakeRow:
    take = session.scalar(select(TakeRow).where(TakeRow.key == key))
    if take is None:
        raise Misfit("its take was never planned")
    return take


def _attempt(session: Session, correlation: str, key: str) -> AttemptRow:
    attempt = session.scalar(select(AttemptRow).where(AttemptRow.correlation == correlation))
    if attempt is None or attempt.take.key != key:
        raise Misfit("its attempt was never reserved")
    return attempt


def _next(session: Session, row: type[_Row]) -> int:
    # A sequence would leave gaps where a transaction is undone, and a rebuilt ledger would number
    # its attempts otherwise than the lost one. Writers go one at a time, so this is no race.
    return (session.scalar(select(func.max(row.id))) or 0) + 1
