"""Shoot a screenplay with a paid model: what is there is taken, what is missing is bought."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from ...errors import MoneyError, OneReelError
from ...home import Home
from ...library.approvals import check_approvals
from ...remote import REMOTE, Remote
from ...settings import Settings
from ...story.platforms import RESOLUTIONS, Resolution
from ...story.screenplay import Screenplay
from ...work import Cancel, Progress
from ..chain import Chain, chain_in, unled
from ..draft import shoot_draft
from ..ledger import Entry, Ledger
from ..ledger.receipts import complete_receipts
from ..models.registry import Registry
from ..order import Order, PaidOptions, Pictures
from ..pinned import Pinned, pinned_takes
from ..prices.quota import AT_ONCE
from ..rehearsal import check_approved
from ..states import OVER
from ..take import OnMissing, Take
from .buy import planned, resume
from .deliver import for_scene, kept
from .opening import (
    caps_of,
    foresee,
    open_desk,
    open_ledger,
)
from .paid import shoot_orders, summary, without_missing
from .permission import refused

__all__ = ["notes_on", "resume_takes", "shoot_paid"]


async def shoot_paid(
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
    pictures: Mapping[str, Pictures] | None = None,
    only_approved: bool = False,
    on_missing: OnMissing = "stop",
    at_most: Decimal | None = None,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
    remote: Remote = REMOTE,
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
        at_most: Dollars that the film maker agreed to, for all shots that are bought now; None
            where only the caps count.
        remote: How services are asked, and how patiently.

    Raises:
        ChooseRenderer, EnterPrice, ReviseScreenplay: before anything is sent.
        ApproveShots: an approved scene differs from its rehearsal, or the shots cost more than
            was agreed to.
        SwitchOnBuying, RaiseCap, AddKey: nothing was sent.
        ShootMissing: scenes could not be had; the others are kept.
        Cancelled: the user stopped; what is under way is found again by the next run.
    """
    cancel = cancel or Cancel()
    with closing(await asyncio.to_thread(open_ledger, home, settings)) as ledger:
        pinned = await asyncio.to_thread(pinned_takes, screenplay, ledger, home)
        chain = chain_in(
            ledger,
            screenplay,
            options,
            home=home,
            settings=settings,
            chosen=pinned.takes,
            pictures=pictures,
        )
        wanted = _to_shoot(screenplay, pinned, only_approved=only_approved)
        ordered = await asyncio.to_thread(chain.orders, wanted)
        ordered += pinned.lost
        share = len(ordered) / len(screenplay.scenes)
        buying = progress.part(0, share)
        agreed = _Agreed(screenplay, only_approved, at_most)
        takes = await _obtain(ordered, chain, ledger, agreed, buying, cancel, remote)
    takes += pinned.takes
    if on_missing == "stop":
        takes = without_missing(takes)
    shot = {take.scene_id for take in takes if take.usable or on_missing == "leave out"}
    rest = {scene.id for scene in screenplay.scenes} - shot
    if rest:
        takes += await asyncio.to_thread(
            shoot_draft,
            screenplay,
            home=home,
            resolution=_draft_resolution(options),
            only=rest,
            fonts=settings.cut.fonts,
            progress=progress.part(share, 1),
            cancel=cancel,
        )
    by_scene: dict[str, Take] = {}
    for take in takes:
        # A draft says why it stands in for a shot.
        missing = by_scene.get(take.scene_id)
        by_scene[take.scene_id] = take.replace(note=missing.note) if missing else take
    return tuple(by_scene[scene.id] for scene in screenplay.scenes)


def notes_on(
    takes: Sequence[Take], options: PaidOptions, *, home: Home, settings: Settings
) -> tuple[str, ...]:
    """What to tell the film maker of takes that were shot so.

    What they cost, which scenes are drafts or missing and why, and that the model is gone or soon
    will be.

    Raises:
        ChooseRenderer: nobody knows the model.
    """
    model = options.model or Registry.load(home).usual(options.renderer)
    return (*summary(takes), *_lapse(model, home, settings))


def _lapse(model: str, home: Home, settings: Settings) -> tuple[str, ...]:
    found = Registry.load(home).lapse(model, datetime.now(UTC).date())
    if found is None:
        return ()
    replaced = settings.buying.lapsed_model == "replace" and found.successor
    if found.state == "retired" and replaced:
        return (f"{found.user_message} Your settings had {found.successor} shoot.",)
    return (found.user_message,)


async def resume_takes(
    keys: Sequence[str],
    *,
    home: Home,
    settings: Settings,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
    remote: Remote = REMOTE,
) -> dict[str, Take | OneReelError]:
    """Bring home what is under way, without sending any new request.

    Args:
        keys: Of the takes; empty for every take that is under way or of unknown outcome.

    Returns:
        By key, the take, or why it could not be had.

    Raises:
        ChooseTake: there is no take with one of the keys.
        StorageError: the ledger cannot be opened.
    """
    cancel = cancel or Cancel()
    results: dict[str, Take | OneReelError] = {}
    with closing(await asyncio.to_thread(open_ledger, home, settings)) as ledger:
        found = await asyncio.to_thread(_under_way, keys, ledger)
        for number, entry in enumerate(found):
            progress(number / len(found), f"Looking at {entry.key[:8]}")
            try:
                async with open_desk(entry.shot, ledger, home, settings, cancel, remote) as desk:
                    results[entry.key] = await resume(entry.key, desk)
            except OneReelError as error:
                results[entry.key] = error
    return results


def _under_way(keys: Sequence[str], ledger: Ledger) -> tuple[Entry, ...]:
    if keys:
        return tuple(ledger.find(key) for key in keys)
    return ledger.entries(states=["submitted", "downloaded", "unknown"], limit=1000)


async def _obtain(
    ordered: Sequence[Order],
    chain: Chain,
    ledger: Ledger,
    agreed: _Agreed,
    progress: Progress,
    cancel: Cancel,
    remote: Remote,
) -> tuple[Take, ...]:
    if not ordered:
        return ()
    home, settings = chain.home, chain.settings
    caps = caps_of(settings)
    # Before its takes: what another process sets aside meanwhile must not count twice.
    totals = await asyncio.to_thread(ledger.totals, film_id=ordered[0].film_id, zone=caps.zone)
    ready, to_buy = await asyncio.to_thread(_ready, ordered, ledger, home)
    registry = Registry.load(home)
    shots = [order.shot for order in to_buy]
    refusal = (
        agreed.refusal(to_buy, ledger, home)
        or unled(ordered)
        or refused(shots, registry, totals, settings, at_most=agreed.at_most)
    )
    # What was bought before is brought home, whether or not the others may be bought.
    left = {order.scene.id for order in to_buy} if refusal else set()
    missing = [order for order in ordered if order.scene.id not in ready.keys() | left]
    waiting = {order.shot.model for order in missing if order.after}
    models = dict.fromkeys(order.shot.model for order in missing)
    # What a scene goes on from may be a pinned take of another model, which is fetched first.
    for model in sorted(models, key=lambda each: each in waiting):
        # All are of one model, but for pinned takes that are fetched again.
        these = [order for order in missing if order.shot.model == model]
        shots = [order.shot for order in these]
        ahead = await asyncio.to_thread(foresee, shots, ledger, home=home, settings=settings)
        note = " ".join((f"{ahead.words}.", *_lapse(model, home, settings)))
        at_once = registry.model(model).concurrent or AT_ONCE
        async with open_desk(shots[0], ledger, home, settings, cancel, remote) as desk:
            for take in await shoot_orders(
                these,
                desk,
                at_once=at_once,
                progress=progress,
                note=note,
                there=ready,
                follow=chain.follow,
            ):
                ready[take.scene_id] = take
    if refusal:
        raise refusal
    return tuple(ready[order.scene.id] for order in ordered)


def _ready(
    ordered: Sequence[Order], ledger: Ledger, home: Home
) -> tuple[dict[str, Take], list[Order]]:
    """The takes that are on disk, and the orders of which nothing is there or under way."""
    ready: dict[str, Take] = {}
    to_buy: list[Order] = []
    for order in ordered:
        if order.after:
            # What it begins with is to come, and so is what the ledger knows it by.
            to_buy.append(order)
            continue
        entry = planned(order, ledger)
        if take := kept(entry, home):
            complete_receipts(entry, ledger, home=home)
            ready[order.scene.id] = for_scene(take, order)
        elif not entry.attempts or entry.state in OVER:
            to_buy.append(order)
    return ready, to_buy


@dataclass(frozen=True)
class _Agreed:
    """What the film maker agreed to buy."""

    screenplay: Screenplay
    only_approved: bool
    at_most: Decimal | None

    def refusal(self, to_buy: Sequence[Order], ledger: Ledger, home: Home) -> MoneyError | None:
        """Why these were not agreed to; None if they were. What is bought needs no word more.

        Each was approved in the library that has this film, and is as it was rehearsed.
        """
        if not self.only_approved:
            return None
        scenes = [order.scene for order in to_buy]
        try:
            check_approvals(self.screenplay, scenes, ledger.database)
            check_approved(self.screenplay, scenes, home=home)
        except MoneyError as error:
            return error
        return None


def _to_shoot(screenplay: Screenplay, pinned: Pinned, *, only_approved: bool) -> frozenset[str]:
    """The ids of the scenes that a model is to shoot, but for those whose take was chosen.

    Of the approved scenes, if `only_approved`; while there are none, a run is a rehearsal.
    """
    return frozenset(
        scene.id
        for scene in screenplay.scenes
        if scene.id not in pinned.scenes and (scene.approved or not only_approved)
    )


def _draft_resolution(options: PaidOptions) -> Resolution:
    """The draft's size nearest to what was asked: drafts begin at 480p and end at 1080p."""
    smallest, largest = RESOLUTIONS[0], RESOLUTIONS[-1]
    nearest = {"360p": smallest, "4k": largest}.get(options.resolution, options.resolution)
    return next((each for each in RESOLUTIONS if each == nearest), largest)
