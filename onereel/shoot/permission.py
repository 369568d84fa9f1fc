"""Whether shots may be bought now, and if not, what their owner has to do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..errors import AddKey, MoneyError
from ..settings import Settings
from .buy import check_switch
from .ledger.budget import Totals, check_caps
from .opening import caps_of
from .pricing import PlannedShot, price
from .registry import Registry

__all__ = ["refusal"]


def refusal(
    planned: Sequence[PlannedShot], registry: Registry, totals: Totals, settings: Settings
) -> str:
    """Say why these shots may not be bought now; "" where they may, or where nothing is to buy.

    The sentence is the one that buying them would end with: buying is off, no key reaches the
    model, nobody knows a price, or a cap would be passed. Nothing is sent, and nothing reserved.
    """
    shots = [each.shot for each in planned if not each.owned]
    if not shots:
        return ""
    models = {name: registry.model(name) for name in {shot.model for shot in shots}}
    what = "This shot" if len(shots) == 1 else f"These {len(shots)} shots"
    try:
        check_switch(buying=settings.buying.on)
        for model in models.values():
            model.door(settings.google.reach())
        ceiling = sum((price(shot, models[shot.model]) for shot in shots), Decimal(0))
        check_caps(caps_of(settings), totals, ceiling, what=what)
    except (AddKey, MoneyError) as error:
        return error.user_message
    return ""
