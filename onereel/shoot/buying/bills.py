"""What has just come and what it cost, noted before it is kept and settled.

A process that dies in between leaves the note. Whoever opens the ledger next settles it, and
whoever wants the thing next keeps it from there: what came is neither lost nor paid twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from ...files import writing
from ...home import Home
from ...values import Value
from ..ledger import Ledger, Spending

__all__ = ["has_bills", "note_bill", "settle_bills", "tear_up", "what_came"]

_LOG = logging.getLogger("onereel")
_FOLDER = "bills"
_LONGEST = 1 << 20
"""Bytes of a first line: far more than any has."""


class _Bill(Value):
    """The first line of a note; what came follows it, as it is."""

    spending: str
    """The key of its request."""
    charged: Decimal | None
    """None where the service did not say: then it counts as the most it can cost."""
    places: tuple[str, ...] = ()
    """The file that it is kept in is one of these."""


def note_bill(
    spending: Spending, charged: Decimal | None, came: bytes, places: Iterable[Path], home: Home
) -> None:
    """Note what a request brought and cost, durably.

    Raises:
        FreeDisk, MakeWritable, StorageError: the disk refused.
    """
    bill = _Bill(spending=spending.key, charged=charged, places=tuple(map(str, places)))
    with writing(_path(spending.key, home), private=True) as temporary:
        temporary.write_bytes(bill.model_dump_json().encode() + b"\n" + came)


def has_bills(home: Home) -> bool:
    """Whether somebody noted what the ledger may not know, or what is not kept yet."""
    return any((home.private / _FOLDER).glob("[!.]*.json"))


def tear_up(request: str, home: Home) -> None:
    """Forget the bill of a request that the ledger knows of, and whose thing is kept, or wanted by
    nobody any more."""
    _path(request, home).unlink(missing_ok=True)


def what_came(request: str, ledger: Ledger, home: Home) -> bytes | None:
    """What a request brought that was not kept, if it was noted; it is settled with that.

    Raises:
        StorageError: the note cannot be read, or the ledger cannot be written.
    """
    path = _path(request, home)
    if (bill := _read(path)) is None:
        return None
    _settle(bill, ledger)
    return path.read_bytes().partition(b"\n")[2]


def settle_bills(ledger: Ledger, home: Home) -> None:
    """Settle what processes that are gone had noted; what they could not keep stays noted.

    Raises:
        StorageError: the ledger cannot be written.
    """
    for path in (home.private / _FOLDER).glob("[!.]*.json"):
        if bill := _read(path):
            _settle(bill, ledger)
            if not bill.places or any(Path(place).is_file() for place in bill.places):
                path.unlink(missing_ok=True)


def _settle(bill: _Bill, ledger: Ledger) -> None:
    spending = ledger.spending(bill.spending)
    if spending is None:
        return
    known = spending.charged
    if bill.charged is not None and (known is None or bill.charged > known):
        ledger.settle_spending(spending, charged=bill.charged, reason="it had come")
    elif bill.charged is None and spending.state == "submitting":
        ledger.lose_spending(spending, reason="it had come, and nobody knows what it cost")


def _read(path: Path) -> _Bill | None:
    try:
        with path.open("rb") as file:
            return _Bill.model_validate_json(file.readline(_LONGEST))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        _LOG.warning("the bill %s cannot be read: %s", path.name, error)
        return None


def _path(key: str, home: Home) -> Path:
    return home.private / _FOLDER / f"{key}.json"
