"""Shoot a screenplay with a paid model: what is there is taken, what is missing is bought."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

from ..home import Home
from ..remote import Patience, Remote
from ..settings import Settings
from ..story.platforms import RESOLUTIONS, Resolution
from ..story.screenplay import Screenplay
from ..work import Cancel, Progress
from .buy import OVER, check_switch, owned, planned
from .deliver import kept
from .desk import Desk
from .draft import shoot_draft
from .ledger import Caps, Ledger
from .ledger.budget import check_caps
from .models import Registry
from .order import Order, PaidOptions, Pictures, orders
from .paid import shoot_orders, without_missing
from .price_card import PriceCard, price_card
from .pricing import PlannedShot, price, room
from .rehearsal import check_approved
from .service import VideoService
from .take import OnMissing, Take

__all__ = ["caps_of", "estimate", "open_ledger", "open_service", "order_film", "shoot_paid"]

_AT_ONCE = 4
"""Requests under way where nobody knows how many a model takes."""

_REMOTE = Remote()
"""One for the whole process: its circuit breakers outlive a run."""


async def shoot_paid(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
    pictures: Mapping[str, Pictures] | None = None,
    only_approved: bool = False,
    on_missing: OnMissing = "stop",
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> tuple[Take, ...]:
    """Obtain a take of every scene, in the screenplay's order.

    Args:
        options: How the scenes are to be shot.
        pictures: Input pictures by scene id.
        only_approved: Buy the scenes that are approved, and rehearse the others as drafts. A run
            without any approved scene is a free rehearsal.
        on_missing: What becomes of scenes that could not be had. "stop" raises one error that names
            them all; "draft" shoots drafts, which say in the picture that they are; "leave out"
            returns their takes with the reason, for Assemble Cut to leave out.

    Raises:
        ChooseRenderer, EnterPrice, ReviseScreenplay: before anything is sent.
        ApproveShots: an approved scene differs from its rehearsal.
        SwitchOnBuying, RaiseCap, AddKey: nothing was sent.
        ShootMissing: scenes could not be had; the others are kept.
        Cancelled: the user stopped; what is under way is found again by the next run.
    """
    cancel = cancel or Cancel()
    ordered = order_film(
        screenplay,
        options,
        home=home,
        settings=settings,
        pictures=pictures,
        only=_approved(screenplay, home) if only_approved else None,
    )
    with closing(await asyncio.to_thread(open_ledger, home, settings)) as ledger:
        takes = await _obtain(ordered, ledger, home, settings, progress, cancel)
    if on_missing == "stop":
        takes = without_missing(takes)
    wanted = {take.scene_id for take in takes if take.usable or on_missing == "leave out"}
    rest = {scene.id for scene in screenplay.scenes} - wanted
    if rest:
        takes += await asyncio.to_thread(
            shoot_draft,
            screenplay,
            home=home,
            resolution=_draft_resolution(options),
            only=rest,
            fonts=settings.cut.fonts,
            cancel=cancel,
        )
    by_scene = {take.scene_id: take for take in takes}
    return tuple(by_scene[scene.id] for scene in screenplay.scenes)


def estimate(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
    pictures: Mapping[str, Pictures] | None = None,
) -> PriceCard:
    """Price a film before anything is sent: what is on disk already costs nothing.

    Raises:
        ChooseRenderer, ReviseScreenplay: it cannot be shot so.
    """
    ordered = order_film(screenplay, options, home=home, settings=settings, pictures=pictures)
    caps = caps_of(settings)
    with closing(open_ledger(home, settings)) as ledger:
        planned_shots = [
            PlannedShot(
                scene_id=order.scene.id,
                title=order.scene.title,
                shot=order.shot,
                needed=order.needed,
                owned=owned(order, ledger, home),
            )
            for order in ordered
        ]
        totals = ledger.totals(film_id=screenplay.brief.film_id, zone=caps.zone)
    return price_card(
        planned_shots,
        Registry.load(home),
        title=screenplay.title,
        aspect=screenplay.brief.aspect,
        today=datetime.now(UTC).date(),
        reach=settings.google.reach(),
        rooms=room(caps, totals),
    )


def order_film(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
    pictures: Mapping[str, Pictures] | None = None,
    only: Collection[str] | None = None,
) -> tuple[Order, ...]:
    """Call `orders` with the registry and the settings of this home."""
    return orders(
        screenplay,
        options,
        registry=Registry.load(home),
        pictures=pictures,
        only=only,
        has_bucket=bool(settings.google.bucket),
        today=datetime.now(UTC).date(),
        replace_lapsed=settings.buying.lapsed_model == "replace",
    )


def open_ledger(home: Home, settings: Settings) -> Ledger:
    """Open the ledger that the settings name; raises as `Ledger.open`."""
    return Ledger.open(home, url=settings.ledger.url.get_secret_value())


def open_service(order: Order, home: Home, settings: Settings) -> VideoService:
    """The service that shoots an order; entered as a context it is open.

    Raises:
        AddKey: the configured credentials do not reach the model.
    """
    from .google.omni import Omni
    from .google.veo import Veo

    Registry.load(home).model(order.shot.model).door(settings.google.reach())
    made = Veo if order.shot.renderer == "veo" else Omni
    return made(settings.google, home, patience=Patience())


def caps_of(settings: Settings) -> Caps:
    """The owner's caps."""
    buying = settings.buying
    return Caps(film=buying.film, day=buying.day, month=buying.month, zone=buying.zone)


async def _obtain(
    ordered: Sequence[Order],
    ledger: Ledger,
    home: Home,
    settings: Settings,
    progress: Progress,
    cancel: Cancel,
) -> tuple[Take, ...]:
    ready = await asyncio.to_thread(_ready, ordered, ledger, home, settings)
    missing = [order for order in ordered if order.scene.id not in ready]
    if missing:
        model = Registry.load(home).model
        async with open_service(missing[0], home, settings) as service:
            desk = Desk(
                home=home,
                ledger=ledger,
                service=service,
                remote=_REMOTE,
                caps=caps_of(settings),
                model=model,
                cancel=cancel,
                buying=settings.buying.on,
                lease=settings.ledger.lease,
                may_revise=settings.buying.medic == "allow",
            )
            at_once = model(missing[0].shot.model).concurrent or _AT_ONCE
            for take in await shoot_orders(missing, desk, at_once=at_once, progress=progress):
                ready[take.scene_id] = take
    return tuple(ready[order.scene.id] for order in ordered)


def _ready(
    ordered: Sequence[Order], ledger: Ledger, home: Home, settings: Settings
) -> dict[str, Take]:
    """The takes that are on disk.

    Raises:
        SwitchOnBuying, RaiseCap, EnterPrice: all others would have to be bought, and may not be.
    """
    ready: dict[str, Take] = {}
    to_buy: list[Order] = []
    for order in ordered:
        entry = planned(order, ledger)
        if take := kept(entry, order, home):
            ready[order.scene.id] = take
        elif not entry.attempts or entry.state in OVER:
            to_buy.append(order)
    if to_buy and len(ready) + len(to_buy) == len(ordered):
        check_switch(buying=settings.buying.on)
        model, caps = Registry.load(home).model, caps_of(settings)
        ceiling = sum((price(order.shot, model(order.shot.model)) for order in to_buy), Decimal(0))
        totals = ledger.totals(film_id=to_buy[0].film_id, zone=caps.zone)
        check_caps(caps, totals, ceiling, what=f"{len(to_buy)} shots")
    return ready


def _approved(screenplay: Screenplay, home: Home) -> frozenset[str]:
    """The ids of the approved scenes; while there are none, a run is a rehearsal.

    Raises:
        ApproveShots: one differs from its rehearsal.
    """
    scenes = [scene for scene in screenplay.scenes if scene.approved]
    check_approved(screenplay, scenes, home=home)
    return frozenset(scene.id for scene in scenes)


def _draft_resolution(options: PaidOptions) -> Resolution:
    return next((each for each in RESOLUTIONS if each == options.resolution), "1080p")
