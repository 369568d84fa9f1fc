"""The ledger: every take that was asked of a paid service, and every dollar."""

from .budget import Caps, Totals
from .leases import Lease
from .ledger import Ledger
from .records import Attempt, Entry, KeptFile, Spending, Transition

__all__ = [
    "Attempt",
    "Caps",
    "Entry",
    "KeptFile",
    "Lease",
    "Ledger",
    "Spending",
    "Totals",
    "Transition",
]
