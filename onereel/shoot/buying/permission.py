"""Whether shots may be bought now, and if not, what their owner has to do."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ...errors import AddKey, ApproveShots, MoneyError
from ...money import dollars
from ...settings import Settings
from ..ledger.budget import Totals, check_caps
from ..models.registry import Registry
from ..prices.pricing import price
from ..shot import Shot
from .buy import check_switch
from .opening import caps_of

__all__ = ["refused"]


def refused(
    shots: Iterable[Shot],
    registry: Registry,
    totals: Totals,
    settings: Settings,
    *,
    at_most: Decimal | None = None,
) -> AddKey | MoneyError | None:
    """Why these shots may not be bought now, all of them together; None if they may.

    It is the error that buying them would end with: buying is off, no key reaches the model, nobody
    knows a price, or a cap would be passed. Nothing is sent, and nothing reserved.

    `at_most` are the dollars that the film maker agreed to; None where only the caps count.
    """
    # Scenes that ask for the very same shot share its take.
    different = {shot.key: shot for shot in shots}.values()
    if not different:
        return None
    models = {name: registry.model(name) for name in {shot.model for shot in different}}
    what = "This shot" if len(different) == 1 else f"These {len(different)} shots"
    try:
        check_switch(buying=settings.buying.on)
        for model in models.values():
            model.door(settings.google.reach())
        ceiling = sum((price(shot, models[shot.model]) for shot in different), Decimal(0))
        if at_most is not None and ceiling > at_most:
            raise ApproveShots(
                f"{what} can cost up to {dollars(ceiling)} now, more than the {dollars(at_most)}"
                " that was agreed to; look at the price again, and shoot again."
            )
        check_caps(caps_of(settings), totals, ceiling, what=what)
    except (AddKey, MoneyError) as error:
        return error
    return None
