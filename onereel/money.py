"""Sums of money in words, and what is said while none may be spent."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["BUYING_OFF", "decimal_string", "dollars"]

BUYING_OFF = (
    "Buying is off, so nothing was sent: `python -m onereel settings buying on` switches it on,"
    " with a cap of 5 dollars a day."
)

_CENT = Decimal("0.01")


def dollars(amount: Decimal) -> str:
    """Write US dollars: with cents, or with as many digits as a fraction of a cent needs."""
    cents = amount.quantize(_CENT)
    return f"${cents}" if cents == amount else f"${amount.normalize():f}"


def decimal_string(amount: Decimal) -> str:
    """Write an amount for programs: as `dollars` does, without the sign."""
    return dollars(amount).removeprefix("$")
