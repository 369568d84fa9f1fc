"""What is looked for in the ledger's tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ...library.tables import AskRow, AttemptRow, FileRow, LeaseRow, TakeRow, TransitionRow
from ..states import OPEN, OVER, UNRESOLVED, EntryState
from .entries import read_entries, takes
from .records import Entry, Transition

__all__ = [
    "count_by_state",
    "count_sent",
    "find_asked",
    "find_audit",
    "find_begun",
    "find_diff",
    "find_entries",
    "find_entry",
    "find_file_names",
    "find_keys",
    "find_left",
    "find_trail",
    "find_wanted",
]


def find_entry(session: Session, key: str) -> Entry | None:
    """The entry of a key."""
    return _only(read_entries(session, takes().where(TakeRow.key == key)))


def find_asked(session: Session, asked: str, *, follow: bool = True) -> Entry | None:
    """The newest entry that was asked for in these words, or, to `follow`, what it was revised
    to."""
    words = select(AskRow.take_id).where(AskRow.asked == asked)
    newest = takes().where(TakeRow.id.in_(words)).order_by(TakeRow.id.desc()).limit(1)
    entry = _only(read_entries(session, newest))
    seen: set[str] = set()
    while follow and entry and entry.revised_to and entry.key not in seen:
        seen.add(entry.key)
        entry = find_entry(session, entry.revised_to) or entry
    return entry


def find_wanted(
    session: Session, keys: Collection[str], asked: Collection[str]
) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """The entries of keys, and the newest that were asked for in words, by both: of a whole film
    at once. Revisions are not followed."""
    if not keys and not asked:
        return {}, {}
    by_key = {
        each.key: each for each in read_entries(session, takes().where(TakeRow.key.in_(keys)))
    }
    asks = select(AskRow.asked, func.max(AskRow.take_id)).where(AskRow.asked.in_(asked))
    newest: dict[str, int] = {}
    for words, take_id in session.execute(asks.group_by(AskRow.asked)):
        newest[words] = take_id
    found = read_entries(session, takes().where(TakeRow.id.in_(set(newest.values()))))
    by_id = {each.id: each for each in found}
    return by_key, {words: by_id[take] for words, take in newest.items()}


def find_diff(session: Session, key: str) -> str:
    """What a revision changed to come to this take; empty where none did."""
    revised = select(TakeRow.diff).where(TakeRow.revised_to == key).order_by(TakeRow.id.desc())
    return session.scalars(revised.limit(1)).first() or ""


def find_keys(session: Session, beginning: str) -> tuple[str, ...]:
    """Up to two keys with this beginning, which is of hexadecimal digits."""
    # A range, and no LIKE: that one would look through all keys.
    within = TakeRow.key.between(beginning, f"{beginning}g")
    return tuple(session.scalars(select(TakeRow.key).where(within).limit(2)))


def find_file_names(session: Session) -> frozenset[str]:
    """The media names of all files."""
    return frozenset(session.scalars(select(FileRow.name)))


def find_left(session: Session, at: datetime) -> tuple[str, ...]:
    """The keys of takes that are reserved by somebody whose lease is over."""
    leased = select(LeaseRow.key).where(LeaseRow.key == TakeRow.key, LeaseRow.expires > at)
    left = select(TakeRow.key).where(TakeRow.state == "reserved", ~leased.exists())
    return tuple(session.scalars(left))


def count_by_state(session: Session) -> dict[str, int]:
    """Count the takes in each state."""
    counted = session.execute(select(TakeRow.state, func.count()).group_by(TakeRow.state))
    return dict(counted.tuples().all())


def count_sent(session: Session, day: str) -> Mapping[str, int]:
    """Count the attempts of a day, by the model of their shots."""
    sent = select(AttemptRow.model, func.count()).where(AttemptRow.day == day)
    return {row[0]: row[1] for row in session.execute(sent.group_by(AttemptRow.model))}


def count_unknown(session: Session) -> int:
    """Count the takes with a request of unknown outcome."""
    states: tuple[EntryState, ...] = ("unknown",)
    return session.scalar(select(func.count(TakeRow.id)).where(_in_states(states))) or 0


def find_entries(
    session: Session,
    *,
    film_id: str,
    scene_id: str,
    states: Collection[EntryState],
    after: int,
    before: int = 0,
    limit: int,
    newest: bool,
    put_away: bool = True,
    unfinished: bool = False,
) -> tuple[Entry, ...]:
    """A page of entries, in the order they were planned, or backwards."""
    order = TakeRow.id.desc() if newest else TakeRow.id
    query = takes().where(TakeRow.id > after).order_by(order).limit(limit)
    if before:
        query = query.where(TakeRow.id < before)
    if film_id:
        query = query.where(TakeRow.film_id == film_id)
    if scene_id:
        query = query.where(TakeRow.scene_id == scene_id)
    if states:
        query = query.where(_in_states(states))
    if not put_away:
        query = query.where(~TakeRow.put_away)
    if unfinished:
        paid_for_nothing = AttemptRow.state.in_(("failed", "refused")) & (AttemptRow.charged > 0)
        of = select(AttemptRow.take_id).where(AttemptRow.state.in_(OPEN) | paid_for_nothing)
        query = query.where(TakeRow.id.in_(of))
    return read_entries(session, query)


def _in_states(states: Collection[EntryState]) -> ColumnElement[bool]:
    wanted: ColumnElement[bool] = TakeRow.state.in_(states)
    # One that is settled may have another request, which was given up and is paid too.
    if beside := UNRESOLVED & {*states}:
        others = select(AttemptRow.take_id).where(AttemptRow.state.in_(beside))
        wanted |= TakeRow.id.in_(others)
    return wanted


def find_begun(
    session: Session, film_id: str, scenes: Collection[str], pictures: Collection[str]
) -> tuple[Entry, ...]:
    """Entries that are bought, or may be, the newest first: those of a film's scenes, by their ids,
    and behind them those that another film has of the same pictures, by `Scene.picture_id`."""
    alive = takes().where(TakeRow.state.not_in(OVER)).order_by(TakeRow.id.desc())
    own = alive.where(TakeRow.film_id == film_id, TakeRow.scene_id.in_(scenes))
    others = alive.where(TakeRow.film_id != film_id, TakeRow.picture_id.in_(pictures))
    return read_entries(session, own) + read_entries(session, others)


def find_trail(session: Session, key: str) -> tuple[Transition, ...]:
    """All that happened to a take, in order."""
    rows = session.scalars(
        select(TransitionRow)
        .join(TakeRow, TakeRow.id == TransitionRow.take_id)
        .where(TakeRow.key == key)
        .order_by(TransitionRow.id)
    )
    return tuple(
        Transition(row.at, row.state, row.reason, row.correlation, row.event) for row in rows
    )


def find_audit(
    session: Session, *, before: int, limit: int
) -> tuple[tuple[int, str, Transition], ...]:
    """A page of the whole audit trail, the newest first: ids, keys of takes and spendings, and what
    happened."""
    query = (
        select(TransitionRow, func.coalesce(TakeRow.key, TransitionRow.correlation))
        .join(TakeRow, TakeRow.id == TransitionRow.take_id, isouter=True)
        .order_by(TransitionRow.id.desc())
        .limit(limit)
    )
    if before:
        query = query.where(TransitionRow.id < before)
    return tuple(
        (row.id, key, Transition(row.at, row.state, row.reason, row.correlation, row.event))
        for row, key in session.execute(query)
    )


def _only(entries: tuple[Entry, ...]) -> Entry | None:
    return entries[0] if entries else None
