"""Leases: one owner at a time works on a take, over all processes that share the ledger.

A lease is a row with a time of expiry on the database's clock and a token that grows with every
owner. Each write by its owner names the token, so an owner that slept past its lease writes
nothing any more (fencing: Kleppmann, "How to do distributed locking", 2016).
"""

from __future__ import annotations

import os
import platform
import time
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from ...errors import StorageError, WaitForOther
from ...library.tables import LeaseRow
from .books import Books, Page

__all__ = ["Lease", "awake", "holds", "lost", "revoke", "take_lease"]


class Lease:
    """The right to work on one take, until it expires. `with` gives it back at the end."""

    def __init__(self, books: Books, key: str, token: int, seconds: float, since: float) -> None:
        self.key = key
        self.token = token
        self._books = books
        self._seconds = seconds
        self._until = since + seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What went wrong first is what the user has to hear of.
        with suppress(*([StorageError] if error else [])):
            self.release()

    @property
    def held(self) -> bool:
        """Whether it cannot have expired yet, by this machine's clock, which counts sleep."""
        return awake() < self._until

    def check(self) -> None:
        """Make sure that it is held.

        Raises:
            WaitForOther: it may have expired.
        """
        if not self.held:
            raise lost(self.key)

    def renew(self) -> None:
        """Hold it for its full time from now; also after it expired, if nobody else took it.

        Raises:
            WaitForOther: somebody else took it.
            StorageError: the database cannot be written; it is held as long as before.
        """
        since = awake()
        with self._books.writing() as page:
            row = holds(page.session, self)
            if row is None:
                self._until = since
                raise lost(self.key)
            row.expires = page.at + timedelta(seconds=self._seconds)
        self._until = since + self._seconds

    def release(self) -> None:
        """Give it back; more than once does nothing.

        Raises:
            StorageError: the database cannot be written; it expires by itself.
        """
        if self._until == 0:
            return
        with self._books.writing() as page:
            if row := holds(page.session, self):
                row.expires = page.at
        self._until = 0


def take_lease(page: Page, key: str, seconds: float) -> int | None:
    """Write a new owner into the row of a take; return its token, None while another owns it."""
    whole = timedelta(seconds=seconds)
    row = page.session.get(LeaseRow, key)
    if row is None:
        row = LeaseRow(key=key, token=0, expires=page.at, owner="")
        page.session.add(row)
    # No owner renews for longer than this: the clock was set back since. Whoever is alive renews
    # by the new clock soon.
    row.expires = min(row.expires, page.at + whole)
    if row.expires > page.at:
        return None
    row.token += 1
    row.expires = page.at + whole
    row.owner = f"{platform.node()}:{os.getpid()}"
    return row.token


def revoke(page: Page, key: str) -> None:
    """End the lease of an owner that let it expire: it may write nothing from now on."""
    row = page.session.get(LeaseRow, key)
    if row:
        row.token += 1
        row.expires = page.at


def holds(session: Session, lease: Lease) -> LeaseRow | None:
    """The row of a lease that nobody took since; None if somebody did."""
    row = session.get(LeaseRow, lease.key)
    return row if row and row.token == lease.token else None


def awake() -> float:
    """Seconds on a clock that neither stops while the machine sleeps nor is ever set."""
    # Linux's monotonic clock stops in sleep; those of macOS and Windows do not.
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def lost(key: str) -> WaitForOther:
    """The error for a lease that somebody else may hold by now."""
    return WaitForOther(
        f"Another process may have taken over {key[:8]} while this one was held up; let it finish,"
        " then run again."
    )
