"""What a home and its settings name: the orders, the ledger, the desk on a service."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from ...home import Home
from ...remote import REMOTE, Remote
from ...settings import Settings
from ...story.screenplay import Screenplay
from ...work import Cancel
from ..ledger import Caps, Ledger
from ..models.registry import Registry
from ..order import FirstFrame, Order, PaidOptions, Pictures, orders
from ..prices.quota import Forecast, forecast
from ..shot import Shot
from .bills import settle_bills
from .desk import Desk

__all__ = [
    "caps_of",
    "foresee",
    "open_desk",
    "open_ledger",
    "order_film",
]


def order_film(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
    pictures: Mapping[str, Pictures] | None = None,
    frames: Mapping[str, FirstFrame] | None = None,
    only: Collection[str] | None = None,
) -> tuple[Order, ...]:
    """Call `orders` with the registry and the settings of this home."""
    return orders(
        screenplay,
        options,
        registry=Registry.load(home),
        pictures=pictures,
        frames=frames,
        only=only,
        has_bucket=bool(settings.google.bucket),
        today=datetime.now(UTC).date(),
        replace_lapsed=settings.buying.lapsed_model == "replace",
    )


def foresee(shots: Sequence[Shot], ledger: Ledger, *, home: Home, settings: Settings) -> Forecast:
    """Predict when these shots, all of one model, would be done, and whether today's quota holds
    them."""
    model = Registry.load(home).model(shots[0].model)
    sent = ledger.sent_today(settings.buying.zone).get(model.name, 0) if model.per_day else 0
    return forecast(len(shots), model, sent_today=sent)


def open_ledger(home: Home, settings: Settings) -> Ledger:
    """Open the ledger that the settings name, and settle what a crash left; raises as
    `Ledger.open`."""
    ledger = Ledger.open(home, url=settings.ledger.url.get_secret_value())
    try:
        settle_bills(ledger, home)
    except BaseException:
        ledger.close()
        raise
    return ledger


def caps_of(settings: Settings) -> Caps:
    """The owner's caps."""
    buying = settings.buying
    return Caps(film=buying.film, day=buying.day, month=buying.month, zone=buying.zone)


@asynccontextmanager
async def open_desk(
    shot: Shot,
    ledger: Ledger,
    home: Home,
    settings: Settings,
    cancel: Cancel,
    remote: Remote = REMOTE,
) -> AsyncIterator[Desk]:
    """A desk for one run, as the settings say, on the service that shoots a shot.

    Raises:
        AddKey: the configured credentials do not reach the model.
    """
    from ..google.omni import Omni
    from ..google.veo import Veo

    registry = Registry.load(home)
    registry.model(shot.model).door(settings.google.reach())
    made = Veo if shot.renderer == "veo" else Omni
    async with made(settings.google, home, patience=remote.patience) as service:
        yield Desk(
            home=home,
            ledger=ledger,
            service=service,
            remote=remote,
            settings=settings,
            registry=registry,
            cancel=cancel,
            may_revise=settings.buying.medic == "allow",
            replace_lapsed=settings.buying.lapsed_model == "replace",
            lease=settings.ledger.lease,
            look_every=remote.patience.look,
        )
