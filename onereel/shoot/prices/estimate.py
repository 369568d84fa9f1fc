"""What a film would cost with a paid model, from this home's registry, ledger and settings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime

from ...home import Home
from ...settings import Settings
from ...story.platforms import remarks
from ...story.screenplay import Screenplay
from ..buying.buy import owned
from ..buying.opening import caps_of, foresee, open_ledger
from ..buying.permission import refused
from ..chain import chain_in, unled
from ..models.registry import Registry
from ..order import PaidOptions, Pictures
from ..pinned import pinned_takes
from .price_card import PriceCard, price_card
from .pricing import PlannedShot, room
from .rebuy import rebuys

__all__ = ["estimate"]


def estimate(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
    pictures: Mapping[str, Pictures] | None = None,
    only_approved: bool = False,
) -> PriceCard:
    """Price a film before anything is sent: what is on disk already, or was chosen, costs
    nothing.

    `only_approved` leaves out the scenes that would stay drafts.

    Raises:
        ChooseRenderer, ReviseScreenplay: it cannot be shot so.
        ReviseSetting: the owner's file of platforms is wrong.
    """
    caps = caps_of(settings)
    wanted = [scene for scene in screenplay.scenes if scene.approved or not only_approved]
    with closing(open_ledger(home, settings)) as ledger:
        pinned = pinned_takes(screenplay, ledger, home)
        chosen = pinned.scenes
        chain = chain_in(
            ledger,
            screenplay,
            options,
            home=home,
            settings=settings,
            chosen=pinned.takes,
            pictures=pictures,
        )
        ordered = chain.orders([scene.id for scene in wanted if scene.id not in chosen])
        planned_shots = [
            PlannedShot(
                scene_id=order.scene.id,
                title=order.scene.title,
                shot=order.shot,
                needed=order.needed,
                owned=not order.after and owned(order, ledger, home) is not None,
            )
            for order in ordered
        ]
        offers = rebuys(chain)
        totals = ledger.totals(film_id=screenplay.brief.film_id, zone=caps.zone)
        registry = Registry.load(home)
        missing = [each.shot for each in planned_shots if not each.owned]
        told = [foresee(missing, ledger, home=home, settings=settings).words] if missing else []
    return price_card(
        planned_shots,
        registry,
        notes=[
            *remarks(screenplay.brief, screenplay.duration, home),
            *(f"{words}." for words in told),
            *(offer.words for offer in offers),
        ],
        title=screenplay.title,
        aspect=screenplay.brief.aspect,
        chosen=[scene.id for scene in wanted if scene.id in chosen],
        today=datetime.now(UTC).date(),
        reach=settings.google.reach(),
        rooms=room(caps, totals),
        refusal=unled((*ordered, *pinned.lost)) or refused(missing, registry, totals, settings),
    )
