"""The Ledger: the durable record of takes and money. Each method is one short transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from ...errors import ChooseTake, ResolveTakes
from ...home import Home
from ...library.database import PATIENCE, Database
from ..shot import Shot
from ..states import CLIPLESS, OPEN, AttemptState
from ..take import Take
from .ballast import Ballast
from .books import Books
from .budget import Caps, check_caps, day_of, read_totals
from .events import File, Kept, Plan, Planned, PutAway, Request, Reserved, Revised
from .journal import Journal
from .leases import Lease, awake, take_lease
from .masking import masked
from .records import Attempt, Entry, KeptFile
from .spender import Spender
from .steps import (
    attempt_on,
    entry_on,
    free_what_was_left,
    hold,
    move,
    plan_of,
    put_in_order,
    request_of,
)

__all__ = ["DATABASE", "JOURNAL", "Ledger"]

DATABASE = "ledger.sqlite"
JOURNAL = "ledger.jsonl"
BALLAST = "ledger.ballast"
"""Names in the private folder."""

_LATE_NEWS = frozenset[AttemptState]({"submitted", "refused", "failed"})
_WAITING = frozenset[AttemptState]({"submitting", "unknown", "written off", "abandoned"})


class Ledger(Spender):
    """The ledger of one home. Safe to use from many threads and many processes."""

    @classmethod
    def open(cls, home: Home, *, url: str = "", patience: float = PATIENCE) -> Self:
        """Open the ledger in `home.private`, or in the database at `url`.

        Methods that write wait up to `patience` seconds while other processes write.

        A new database is made, an older one is migrated, and one that was lost is filled from the
        journal.

        Raises:
            UpdateOneReel: a newer OneReel wrote it.
            RepairLedger: it is damaged or does not answer.
            StorageError: the disk refused.
        """
        database = Database.open(home.private / DATABASE, url=url, patience=patience)
        books = Books(database, Journal(home.private / JOURNAL))
        try:
            books.catch_up()
        except BaseException:
            database.close()
            raise
        return cls(books, Ballast(home.private / BALLAST))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def plan(
        self, shot: Shot, *, film_id: str, scene_id: str, picture_id: str, asked: str
    ) -> Entry:
        """Enter a take; if its key is there already, remember that these words lead to it too."""
        known = self.entry(shot.key)
        if known and (known.asked == asked or self.leads(asked, known)):
            return known
        with self._books.writing() as page:
            plan = Plan(
                shot=shot, film_id=film_id, scene_id=scene_id, picture_id=picture_id, asked=asked
            )
            page.post(Planned(at=page.at, key=shot.key, plan=plan))
            return entry_on(page, shot.key)

    def lease(self, key: str, *, seconds: float = 60) -> Lease | None:
        """Take the lease of a planned take; None while somebody else holds it.

        What the last owner left behind is put in order: an attempt that was only reserved is
        failed and free, one that may have been sent is unknown.
        """
        since = awake()
        with self._books.writing() as page:
            token = take_lease(page, key, seconds)
            if token is None:
                return None
            put_in_order(page, key)
        return Lease(self._books, key, token, seconds, since)

    def reserve(self, lease: Lease, *, ceiling: Decimal, caps: Caps, film_id: str) -> Attempt:
        """Begin an attempt: set `ceiling` dollars aside for it, within the caps.

        Raises:
            RaiseCap: a cap would be passed.
            ResolveTakes: an earlier attempt is paid, or may yet be.
            WaitForOther: the lease is lost.
            FreeDisk: there is no room to write down how it ends.
        """
        self._ballast.load()
        with self._books.writing() as page:
            hold(page, lease)
            entry = entry_on(page, lease.key)
            for attempt in entry.attempts:
                if attempt.state == "reserved":
                    move(page, attempt, "failed", reason="given up before it was sent")
                elif attempt.state in OPEN or attempt.state == "settled":
                    raise ResolveTakes(
                        f"The take {lease.key[:8]} already has a request that is {attempt.state};"
                        " nothing is bought twice: see python -m onereel ledger show"
                        f" {lease.key[:8]}"
                    )
            day = day_of(page.at, caps.zone)
            free_what_was_left(page)
            check_caps(caps, read_totals(page.session, film_id=film_id, day=day), ceiling)
            correlation = uuid.uuid4().hex[:16]
            request = Request(
                correlation=correlation,
                ceiling=ceiling,
                film_id=film_id,
                day=day,
                folder=f"{lease.key}/{correlation}",
                started=page.at,
            )
            page.post(Reserved(at=page.at, key=lease.key, plan=plan_of(entry), attempt=request))
            return entry_on(page, lease.key).attempts[-1]

    def move(
        self,
        lease: Lease,
        attempt_id: int,
        to: AttemptState,
        *,
        reason: str = "",
        operation: str = "",
        charged: Decimal | None = None,
        answer: str = "",
    ) -> Attempt:
        """Take an attempt to its next state.

        Where it is there already, only what is new is written down. `refused` and `failed` are
        free unless `charged` says otherwise. An owner that lost its lease may still say how its own
        request ended.

        Raises:
            WaitForOther: the lease is lost.
            ValueError: no such step exists.
        """
        return self.insist(
            lambda: self._move(lease, attempt_id, to, reason, operation, charged, answer)
        )

    def _move(
        self,
        lease: Lease,
        attempt_id: int,
        to: AttemptState,
        reason: str,
        operation: str,
        charged: Decimal | None,
        answer: str,
    ) -> Attempt:
        with self._books.writing() as page:
            attempt = attempt_on(page, attempt_id)
            late = to in _LATE_NEWS and attempt.state in _WAITING and attempt.key == lease.key
            if not late:
                hold(page, lease, attempt)
            if to == "settled" and charged is None:
                raise ValueError("to settle an attempt is to say what it cost")
            return move(
                page,
                attempt,
                to,
                reason=reason,
                operation=operation,
                charged=charged,
                answer=answer,
            )

    def keep(
        self, lease: Lease, attempt_id: int, files: Iterable[KeptFile], take: Take | None = None
    ) -> Entry:
        """Record files that are on disk; the attempt is downloaded by that.

        Of an attempt that is settled, files that were fetched again are recorded.

        Raises:
            WaitForOther: the lease is lost.
        """
        with self._books.writing() as page:
            attempt = attempt_on(page, attempt_id)
            hold(page, lease, attempt)
            page.post(
                Kept(
                    at=page.at,
                    key=attempt.key,
                    attempt=request_of(attempt),
                    files=tuple(
                        File(
                            name=file.name,
                            sha256=file.sha256,
                            size=file.size,
                            source=masked(file.source),
                        )
                        for file in files
                    ),
                    take=take,
                )
            )
            if attempt.state in ("submitted", "unknown", "written off"):
                move(page, attempt, "downloaded")
            return entry_on(page, attempt.key)

    def settle(self, lease: Lease, attempt_id: int, *, charged: Decimal, take: Take) -> Entry:
        """Close a downloaded attempt: what it cost, and the take it became.

        Raises:
            WaitForOther: the lease is lost.
        """
        with self._books.writing() as page:
            attempt = attempt_on(page, attempt_id)
            hold(page, lease, attempt)
            move(page, attempt, "settled", charged=charged, take=take)
            return entry_on(page, attempt.key)

    def revise(self, key: str, to_key: str, diff: str) -> None:
        """Point a refused take to the take that a revision of its prompt asks for."""
        with self._books.writing() as page:
            page.post(Revised(at=page.at, key=key, to=to_key, diff=diff))

    def write_off(self, attempt_id: int, reason: str) -> Attempt:
        """Give up an attempt of unknown outcome: it leaves the caps and stays in the ledger.

        Raises:
            ChooseTake: there is no such attempt, or its outcome is known.
        """
        with self._books.writing() as page:
            attempt = attempt_on(page, attempt_id)
            if attempt.state not in ("unknown", "written off"):
                raise ChooseTake(
                    f"Attempt {attempt_id} is {attempt.state}; only one of unknown outcome can be"
                    " written off."
                )
            return move(page, attempt, "written off", reason=reason)

    def put_away(self, key: str, reason: str) -> None:
        """Leave a take out of lists from now on. What it cost stays in the books, and so does its
        trail; another request for it brings it back.

        Raises:
            ChooseTake: there is no such take, it is not over, or its clip was paid for.
        """
        with self._books.writing() as page:
            entry = entry_on(page, key)
            if entry.state not in CLIPLESS:
                raise ChooseTake(
                    f"The take {key[:8]} is {entry.state}; only one that is over and brought no"
                    " clip can be taken off the list."
                )
            page.post(PutAway(at=page.at, key=key, reason=reason))

    def try_again(self, attempt_id: int, reason: str) -> Attempt:
        """Give up an attempt of unknown outcome, or one that was charged and brought no clip, and
        let its take be bought anew. What was charged stays in the books.

        Raises:
            ChooseTake: there is no such attempt, or nothing of the kind happened to it.
        """
        with self._books.writing() as page:
            attempt = attempt_on(page, attempt_id)
            undelivered = attempt.state in ("failed", "refused") and attempt.charged
            if attempt.state not in ("unknown", "written off", "abandoned") and not undelivered:
                raise ChooseTake(
                    f"Attempt {attempt_id} is {attempt.state}; only one of unknown outcome, or one"
                    " that was charged and not delivered, can be given up for another."
                )
            return move(page, attempt, "abandoned", reason=reason, charged=attempt.charged)
