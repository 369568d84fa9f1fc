"""What each scene of a film would ask of the chosen paid model, and what the ledger knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from ..errors import OneReelError
from ..home import Home
from ..options import BOUGHT
from ..settings import Settings
from ..shoot.buying.buy import check_switch
from ..shoot.buying.opening import caps_of, order_film
from ..shoot.chain import Chain, continuing, unled
from ..shoot.drawing import Still, check_stills, stills_of
from ..shoot.ledger import Entry
from ..shoot.ledger.budget import check_caps, day_of, read_totals
from ..shoot.ledger.reading import find_asked, find_begun, find_entries, find_wanted
from ..shoot.models.registry import Registry
from ..shoot.order import Order, PaidOptions
from ..shoot.prices.pricing import price
from ..shoot.rehearsal import check_approved
from ..shoot.states import OVER
from ..shoot.take import Take
from ..shoot.takes import Takes
from ..story.screenplay import Scene, Screenplay
from .database import now
from .edits.revision import Version
from .prices.card import drawing_options, paid_options
from .said import said_of
from .views.plain import ShootView

__all__ = ["SceneShot", "chain_of", "scene_shots", "shoot_view"]

_MOST_ENTRIES = 2000
"""Of a film: 120 scenes, many times over."""
_UNCHOSEN = "Choose Veo, Omni or drawn stills as the film's renderer to shoot it for real."


@dataclass(frozen=True)
class SceneShot:
    """A scene's shot by the paid model that the film maker chose."""

    order: Order | None
    """None where no paid model is chosen, or it cannot shoot the scene."""
    entry: Entry | None
    """What the ledger has of it, or of the scene as it is now."""
    entries: tuple[Entry, ...]
    """All that was ever bought or tried for this scene in this film."""
    problem: OneReelError | None
    """Why it cannot be shot so."""
    owned: bool
    """Whether its clips are there, as large as they came; or its still, where stills are drawn."""
    still: Still | None = None
    """Where stills are drawn."""

    @property
    def price(self) -> Decimal | None:
        """Dollars that shooting it costs at most; None where nobody knows, or it is free."""
        if self.still:
            return self.still.another
        return self.order.ceiling if self.order else None


def scene_shots(
    session: Session, version: Version, *, home: Home, settings: Settings
) -> Mapping[str, SceneShot]:
    """The shots of all scenes, by scene id. Nothing is opened, hashed, or sent."""
    screenplay = version.screenplay
    if screenplay is None:
        return {}
    film_id = screenplay.brief.film_id
    by_scene: dict[str, list[Entry]] = {}
    entries = find_entries(
        session,
        film_id=film_id,
        scene_id="",
        states=(),
        after=0,
        limit=_MOST_ENTRIES,
        newest=True,
    )
    for entry in reversed(entries):
        by_scene.setdefault(entry.scene_id, []).append(entry)
    stills, unfit = _stills(screenplay, version, home, settings)
    options = paid_options(version.options)
    if options and any(scene.continues for scene in screenplay.scenes):
        chained = chain_of(session, screenplay, options, home=home, settings=settings)
        ordered, problems = _in_turn(chained)
    else:
        ordered, problems = _ordered(screenplay, options, home, settings)
    wanted = find_wanted(
        session,
        [order.shot.key for order in ordered.values()],
        [order.asked for order in ordered.values()],
    )
    shots = {}
    for scene in screenplay.scenes:
        order = ordered.get(scene.id)
        known = tuple(by_scene.get(scene.id, ()))
        still = stills.get(scene.id)
        now_known = _wanted(session, order, *wanted) if order else _latest(scene, known)
        shots[scene.id] = SceneShot(
            order=order,
            entry=now_known,
            entries=known,
            problem=unfit or problems.get(scene.id),
            owned=bool(still.name) if still else _there(now_known, home),
            still=still,
        )
    return shots


def chain_of(
    session: Session,
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
) -> Chain:
    """The chain of a film whose scenes begin where others end, as its views and offers see it."""
    film_id, takes = screenplay.brief.film_id, Takes(home)

    def owned(order: Order) -> Take | None:
        found = find_wanted(session, [order.shot.key], [order.asked])
        entry = _wanted(session, order, *found)
        return entry.take if entry and _there(entry, home) else None

    def leads(asked: str, entry: Entry) -> bool:
        found = find_asked(session, asked, follow=False)
        return found is not None and found.key == entry.key

    chosen = (takes.chosen(film_id, scene) for scene in screenplay.scenes)
    return Chain(
        screenplay,
        options,
        home,
        settings,
        chosen={take.scene_id: take for take in chosen if take and take.state == "ready"},
        begun=find_begun(session, film_id, *continuing(screenplay)),
        owned=owned,
        leads=leads,
    )


def _in_turn(chained: Chain) -> tuple[dict[str, Order], dict[str, OneReelError]]:
    """The orders of scenes that may begin where others end, and why others cannot be ordered."""
    ordered: dict[str, Order] = {}
    problems: dict[str, OneReelError] = {}
    for scene in chained.screenplay.scenes:
        try:
            ordered[scene.id] = chained.order(scene)
        except OneReelError as error:
            problems[scene.id] = error
    return ordered, problems


def shoot_view(
    session: Session,
    version: Version,
    shots: Mapping[str, SceneShot],
    pinned: Iterable[str],
    *,
    home: Home,
    settings: Settings,
) -> ShootView:
    """What buying the approved scenes would mean. `pinned`: scenes that play a chosen take."""
    screenplay = version.screenplay
    bought = version.options.renderer in BOUGHT
    played = set(pinned)
    approved = [
        scene
        for scene in (screenplay.scenes if screenplay else ())
        if scene.approved and scene.id not in played
    ]
    wanted = [scene for scene in approved if not shots[scene.id].owned]
    ceilings = [shots[scene.id].price for scene in wanted]
    known = [ceiling for ceiling in ceilings if ceiling is not None]
    total = sum(known, Decimal(0)) if bought and len(known) == len(wanted) else None
    why, kind = "", ""
    try:
        if screenplay is None or not bought:
            why = _UNCHOSEN
        elif not approved:
            why = "Approve the scenes that you like first."
        elif wanted:
            _check(session, version, wanted, shots, total, home=home, settings=settings)
    except OneReelError as error:
        why, kind = error.user_message, type(error).__name__
    return ShootView(
        scenes=len(wanted),
        at_most=total,
        allowed=not why,
        why=why,
        why_said=said_of(why, kind),
    )


def _check(
    session: Session,
    version: Version,
    wanted: Sequence[Scene],
    shots: Mapping[str, SceneShot],
    total: Decimal | None,
    *,
    home: Home,
    settings: Settings,
) -> None:
    """Raise what a run would raise before anything is sent."""
    for scene in wanted:
        if problem := shots[scene.id].problem:
            raise problem
    screenplay = version.screenplay
    assert screenplay
    caps = caps_of(settings)
    film_id = screenplay.brief.film_id
    totals = read_totals(session, film_id=film_id, day=day_of(now(session), caps.zone))
    if drawn := drawing_options(version.options):
        model = Registry.load(home).image(drawn.model)
        check_stills(len(wanted), total, drawn, model, totals, settings)
        check_approved(screenplay, wanted, home=home)
        return
    check_switch(buying=settings.buying.on)
    registry = Registry.load(home)
    orders = [order for scene in wanted if (order := shots[scene.id].order)]
    if alone := unled(orders):
        raise alone
    shooter = registry.model(orders[0].shot.model)
    shooter.door(settings.google.reach())
    for order in orders:
        price(order.shot, shooter)
    check_approved(screenplay, wanted, home=home)
    shown = "1 shot" if len(wanted) == 1 else f"{len(wanted)} shots"
    check_caps(caps, totals, total or Decimal(0), what=shown)


def _stills(
    screenplay: Screenplay, version: Version, home: Home, settings: Settings
) -> tuple[Mapping[str, Still], OneReelError | None]:
    """The stills of the scenes, and why they cannot be drawn."""
    drawn = drawing_options(version.options)
    if drawn is None:
        return {}, None
    try:
        return stills_of(screenplay, drawn, home=home, settings=settings), None
    except OneReelError as error:
        return {}, error


def _ordered(
    screenplay: Screenplay, options: PaidOptions | None, home: Home, settings: Settings
) -> tuple[dict[str, Order], dict[str, OneReelError]]:
    """The orders of the scenes, and why others cannot be ordered."""
    if options is None:
        return {}, {}
    with suppress(OneReelError):
        found = order_film(screenplay, options, home=home, settings=settings)
        return {order.scene.id: order for order in found}, {}
    ordered: dict[str, Order] = {}
    problems: dict[str, OneReelError] = {}
    for scene in screenplay.scenes:
        try:
            (order,) = order_film(
                screenplay, options, home=home, settings=settings, only=[scene.id]
            )
            ordered[scene.id] = order
        except OneReelError as error:
            problems[scene.id] = error
    return ordered, problems


def _latest(scene: Scene, known: Sequence[Entry]) -> Entry | None:
    """The newest entry of a scene as it is now."""
    fitting = (
        entry
        for entry in reversed(known)
        if entry.picture_id == scene.picture_id and entry.shot.number >= scene.take
    )
    return next(fitting, None)


def _wanted(
    session: Session, order: Order, by_key: Mapping[str, Entry], by_asked: Mapping[str, Entry]
) -> Entry | None:
    """What a run would find in the ledger for an order, as `buy.planned` looks for it."""
    asked = by_asked.get(order.asked)
    if asked and asked.revised_to:
        asked = find_asked(session, order.asked)
    if asked and asked.state not in OVER:
        return asked
    return by_key.get(order.shot.key) or asked


def _there(entry: Entry | None, home: Home) -> bool:
    if entry is None or entry.state != "settled" or not entry.files:
        return False
    try:
        return all(home.path(file.name).stat().st_size == file.size for file in entry.clips)
    except (OSError, OneReelError):
        return False
