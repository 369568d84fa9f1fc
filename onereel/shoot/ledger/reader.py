"""What can be asked of the ledger; each method is one short look."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from ...errors import ChooseTake
from ...library.database import Database, now
from ..states import EntryState, SpendingState
from .budget import Totals, day_of, read_pictures, read_totals
from .reading import (
    count_by_state,
    count_sent,
    count_unknown,
    find_asked,
    find_audit,
    find_begun,
    find_diff,
    find_entries,
    find_entry,
    find_file_names,
    find_keys,
    find_trail,
)
from .records import Entry, Spending, Transition
from .spent import count_unknown_spendings, find_spending, find_spendings, find_steps

__all__ = ["Reader"]

_KEY_BEGINS = "[0-9a-f]{1,32}"
"""No other letters are in keys, and some could not be written into a query."""


class Reader:
    """The ledger as it is read. Safe to use from many threads and many processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """Where it is, with the library's films beside it."""
        return self._database

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def entry(self, key: str) -> Entry | None:
        """The entry of a shot's key."""
        with self._database.reading() as session:
            return find_entry(session, key)

    def by_asked(self, asked: str) -> Entry | None:
        """The newest entry that was asked for in these words; if it was revised, the revision."""
        with self._database.reading() as session:
            return find_asked(session, asked)

    def revision(self, key: str) -> str:
        """What a safety revision changed in a prompt to come to this take; empty without one."""
        with self._database.reading() as session:
            return find_diff(session, key)

    def find(self, beginning: str) -> Entry:
        """The one entry whose key begins so.

        Raises:
            ChooseTake: there is none, or more than one.
        """
        beginning = beginning if re.fullmatch(_KEY_BEGINS, beginning) else "?"
        with self._database.reading() as session:
            keys = find_keys(session, beginning)
            entry = find_entry(session, keys[0]) if len(keys) == 1 else None
        if entry is None:
            raise ChooseTake(
                f"{'More than one take begins' if keys else 'No take begins'} with that key;"
                " python -m onereel ledger list shows them."
            )
        return entry

    def entries(
        self,
        *,
        film_id: str = "",
        scene_id: str = "",
        states: Collection[EntryState] = (),
        after: int = 0,
        before: int = 0,
        limit: int = 100,
        newest: bool = False,
        put_away: bool = True,
        unfinished: bool = False,
    ) -> tuple[Entry, ...]:
        """A page of entries behind the id `after` and before the id `before`, in the order they
        were planned; if `newest`, the last page, backwards. Those that were put away are among them
        if `put_away`; if `unfinished`, only those with a request that may still bring something, or
        that was charged and brought nothing."""
        with self._database.reading() as session:
            return find_entries(
                session,
                film_id=film_id,
                scene_id=scene_id,
                states=states,
                after=after,
                before=before,
                limit=limit,
                newest=newest,
                put_away=put_away,
                unfinished=unfinished,
            )

    def begun(
        self, film_id: str, scenes: Collection[str], pictures: Collection[str]
    ) -> tuple[Entry, ...]:
        """Entries that are bought, or may be, as `find_begun` finds them."""
        with self._database.reading() as session:
            return find_begun(session, film_id, scenes, pictures)

    def trail(self, key: str) -> tuple[Transition, ...]:
        """Everything that happened to a take, in order."""
        with self._database.reading() as session:
            return find_trail(session, key)

    def audit(
        self, *, before: int = 0, limit: int = 100
    ) -> tuple[tuple[int, str, Transition], ...]:
        """A page of everything that happened, before the id `before`, the newest first."""
        with self._database.reading() as session:
            return find_audit(session, before=before, limit=limit)

    def spendings(
        self,
        *,
        film_id: str = "",
        states: Collection[SpendingState] = (),
        limit: int = 100,
        after: str = "",
    ) -> tuple[Spending, ...]:
        """What was spent on what is no take, of one film or of all, the newest first; `after` is
        the key of the last of those before."""
        with self._database.reading() as session:
            return find_spendings(session, film_id=film_id, states=states, limit=limit, after=after)

    def spending(self, beginning: str) -> Spending | None:
        """What was spent under a key, or under the only one that begins so."""
        if not re.fullmatch(_KEY_BEGINS, beginning):
            return None
        with self._database.reading() as session:
            return find_spending(session, beginning)

    def steps(self, key: str) -> tuple[Transition, ...]:
        """Everything that happened to a spending, in order."""
        with self._database.reading() as session:
            return find_steps(session, key)

    def count_by_state(self) -> dict[str, int]:
        """How many takes are in each state."""
        with self._database.reading() as session:
            return count_by_state(session)

    def unknown(self) -> int:
        """How many takes and spendings wait for the owner's answer."""
        with self._database.reading() as session:
            return count_unknown(session) + count_unknown_spendings(session)

    def file_names(self) -> frozenset[str]:
        """The media names of all files that were paid for."""
        with self._database.reading() as session:
            return find_file_names(session)

    def totals(self, *, film_id: str = "", zone: str = "") -> Totals:
        """What is set aside and spent, for a film and in the day and month of a time zone."""
        with self._database.reading() as session:
            return read_totals(session, film_id=film_id, day=day_of(now(session), zone))

    def spent_on_pictures(self, film_id: str) -> Decimal:
        """Dollars that a film's shots and stills were charged so far."""
        with self._database.reading() as session:
            return read_pictures(session, film_id)

    def sent_today(self, zone: str = "") -> Mapping[str, int]:
        """Count the requests of the owner's day, by model."""
        with self._database.reading() as session:
            return count_sent(session, day_of(now(session), zone))

    def leads(self, asked: str, entry: Entry) -> bool:
        """Whether these words lead to an entry."""
        with self._database.reading() as session:
            found = find_asked(session, asked, follow=False)
        return found is not None and found.key == entry.key
