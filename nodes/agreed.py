"""Dollars that somebody agreed to, on the input `at_most` of nodes that buy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from ..onereel.errors import ApproveShots

__all__ = ["agreed", "at_most_of"]

_LEAST = Decimal("0.0001")
"""Dollars: the least that `at_most` can say, and less than anything costs."""


def agreed(at_most: Sequence[float]) -> Decimal | None:
    """The dollars of that input; None where only the caps count.

    Raises:
        ApproveShots: it is no sum, as a wire may bring.
    """
    given = at_most[0]
    if not math.isfinite(given):
        raise ApproveShots(
            f"at_most is {given}, which is no sum; say what you agree to in dollars."
        )
    if not given:
        return None
    # What is cheaper is rounding, and no other price.
    return Decimal(str(given)).quantize(_LEAST) if given > _LEAST else Decimal(0)


def at_most_of(agreed_to: Decimal) -> float:
    """Dollars as that input says them: there 0 would set no limit, so its least stands for none."""
    return float(max(agreed_to, _LEAST))
