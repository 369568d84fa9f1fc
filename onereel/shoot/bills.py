"""What a thing cost that has just come, noted before it is kept and gone once the ledger knows.

A process that dies in between leaves the note, and whoever opens the ledger next settles it: what
is on disk then counts as what it was, and no more.
"""

from __future__ import annotations

import logging
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from ..files import writing
from ..home import Home
from ..values import Value
from .ledger import Ledger, Spending

__all__ = ["has_bills", "note_bill", "settle_bills", "tear_up"]

_LOG = logging.getLogger("onereel")
_FOLDER = "bills"


class _Bill(Value):
    spending: str
    """The key of its request."""
    charged: Decimal


def note_bill(spending: Spending, charged: Decimal, home: Home) -> None:
    """Note what a request cost, durably.

    Raises:
        FreeDisk, MakeWritable, StorageError: the disk refused.
    """
    bill = _Bill(spending=spending.key, charged=charged)
    with writing(_path(spending.key, home), private=True) as temporary:
        temporary.write_text(bill.model_dump_json(), "utf-8")


def has_bills(home: Home) -> bool:
    """Whether somebody noted what the ledger may not know."""
    return any((home.private / _FOLDER).glob("*.json"))


def tear_up(spending: Spending, home: Home) -> None:
    """Forget a bill that the ledger knows of."""
    _path(spending.key, home).unlink(missing_ok=True)


def settle_bills(ledger: Ledger, home: Home) -> None:
    """Settle what processes that are gone had noted.

    Raises:
        StorageError: the ledger cannot be written.
    """
    for path in (home.private / _FOLDER).glob("*.json"):
        try:
            bill = _Bill.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            continue
        except (OSError, ValidationError) as error:
            _LOG.warning("the bill %s cannot be read: %s", path.name, error)
            continue
        if spending := ledger.spending(bill.spending):
            ledger.settle_spending(spending, charged=bill.charged, reason="it had come")
        path.unlink(missing_ok=True)


def _path(key: str, home: Home) -> Path:
    return home.private / _FOLDER / f"{key}.json"
