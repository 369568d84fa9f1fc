"""The sum that a film maker saw and agreed to, before anything is bought."""

from __future__ import annotations

from decimal import Decimal

from ...errors import ApproveShots
from ...money import dollars

__all__ = ["check_ceiling"]


def check_ceiling(at_most: Decimal, ceiling: Decimal | None, *, work: str, again: str) -> None:
    """Make sure that what something costs at most was agreed to.

    Args:
        at_most: dollars, by the price of now.
        ceiling: dollars that were agreed to; None: nobody did.
        work: what costs it, such as "Shooting".
        again: what to do once the price was looked at, such as "shoot".

    Raises:
        ApproveShots: nobody agreed to it, or to less.
    """
    if ceiling is None:
        raise ApproveShots(
            f"{work} this costs at most {dollars(at_most)}; say that you agree to that sum, as"
            " `ceiling`."
        )
    if at_most > ceiling:
        raise ApproveShots(
            f"{work} this costs at most {dollars(at_most)} now, more than the {dollars(ceiling)}"
            f" that you agreed to; look at the price again, and {again} again."
        )
