"""The price card of a film that is shot as drawn stills."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal

from ...errors import AddKey, ChooseRenderer, EnterPrice, MoneyError, ReviseScreenplay
from ...google.client import no_key
from ...home import Home
from ...settings import Settings
from ...story.screenplay import Scene, Screenplay
from ..buying.buy import check_switch
from ..buying.opening import caps_of, open_ledger
from ..ledger.budget import Totals, check_caps
from ..models.image_model import ImageModel
from ..models.registry import Registry
from ..prices.price_card import PriceCard, ScenePrice
from ..prices.pricing import room
from . import shelf
from .drawing import DrawingOptions, drawings
from .film import played

__all__ = ["Still", "check_stills", "drawn_card", "stills_of", "stills_on_disk"]


@dataclass(frozen=True)
class Still:
    """The picture of one scene."""

    name: str
    """Its media name; empty where it is not there yet."""
    at_most: Decimal | None
    """Dollars that it still costs; None where nobody knows."""
    another: Decimal | None
    """Dollars for another one in its place."""


def stills_of(
    screenplay: Screenplay, options: DrawingOptions, *, home: Home, settings: Settings
) -> Mapping[str, Still]:
    """Look which scenes have their picture, by scene id, and what the others cost.

    Raises:
        ChooseRenderer, ReviseScreenplay: see `drawings`.
    """
    model = Registry.load(home).image(options.model)
    each = _price(model, options, settings)
    found: dict[str, Still] = {}
    asked: set[str] = set()
    for wanted in drawings(screenplay, options, model):
        key = wanted.drawing.key
        name = shelf.find_name(key, home)
        # Scenes that ask for the very same picture share it.
        found[wanted.scene.id] = Still(name, Decimal(0) if name or key in asked else each, each)
        asked.add(key)
    return found


def stills_on_disk(
    screenplay: Screenplay, options: DrawingOptions, *, home: Home
) -> Mapping[str, str]:
    """The media names of the pictures that are there already, by scene id."""
    try:
        wanted = drawings(screenplay, options, Registry.load(home).image(options.model))
    except (ChooseRenderer, ReviseScreenplay):
        # What cannot be drawn so was not.
        return {}
    found = {each.scene.id: shelf.find_name(each.drawing.key, home) for each in wanted}
    return {scene: name for scene, name in found.items() if name}


def drawn_card(
    screenplay: Screenplay,
    options: DrawingOptions,
    *,
    home: Home,
    settings: Settings,
    only_approved: bool = False,
    ceiling: bool = False,
) -> PriceCard:
    """Price a film of drawn stills; nothing is sent.

    Args:
        screenplay: the film.
        options: who draws, how large.
        home: where pictures are kept.
        settings: key, switch and caps.
        only_approved: leave out the scenes that would stay drafts.
        ceiling: its scenes are not final yet: each of them is to be drawn, at most.

    Raises:
        ChooseRenderer, ReviseScreenplay: it cannot be drawn so.
        StorageError: the books cannot be read.
    """
    model = Registry.load(home).image(options.model)
    model.check(screenplay.brief.aspect, options.size)
    wanted = [scene for scene in screenplay.scenes if scene.approved or not only_approved]
    chosen: frozenset[str] = frozenset()
    each = _price(model, options, settings)
    anew = Still("", each, each)
    stills: Mapping[str, Still] = {scene.id: anew for scene in wanted}
    if not ceiling:
        chosen = frozenset(played(screenplay, wanted, home))
        stills = stills_of(screenplay, options, home=home, settings=settings)
    lines = tuple(
        _line(scene, screenplay, model, options, stills[scene.id])
        for scene in wanted
        if scene.id not in chosen
    )
    known = [line.ceiling for line in lines if line.ceiling is not None]
    total = sum(known, Decimal(0)) if len(known) == len(lines) else None
    with closing(open_ledger(home, settings)) as ledger:
        zone = settings.buying.zone
        totals = ledger.totals(film_id=screenplay.brief.film_id, zone=zone)
    refusal = None
    if missing := sum(not line.owned for line in lines):
        try:
            check_stills(missing, total, options, model, totals, settings)
        except (AddKey, MoneyError) as error:
            refusal = error
    return PriceCard(
        title=screenplay.title,
        scenes=lines,
        chosen=tuple(scene.id for scene in wanted if scene.id in chosen),
        total=total,
        rooms=room(caps_of(settings), totals),
        refusal=refusal.user_message if refusal else "",
        refused_as=type(refusal).__name__ if refusal else "",
    )


def check_stills(
    count: int,
    total: Decimal | None,
    options: DrawingOptions,
    model: ImageModel,
    totals: Totals,
    settings: Settings,
) -> None:
    """Raise what having so many stills drawn, for `total` dollars, would raise before it is sent.

    Raises:
        AddKey: there is no key.
        SwitchOnBuying, EnterPrice, RaiseCap: they may not be bought now.
    """
    if "gemini" not in settings.google.reach():
        raise no_key("gemini")
    if settings.buying.free_key:
        return
    check_switch(buying=settings.buying.on)
    model.price(options.size)
    what = "This picture" if count == 1 else f"These {count} pictures"
    check_caps(caps_of(settings), totals, total or Decimal(0), what=what)


def _price(model: ImageModel, options: DrawingOptions, settings: Settings) -> Decimal | None:
    if settings.buying.free_key:
        return Decimal(0)
    try:
        return model.price(options.size)
    except EnterPrice:
        return None


def _line(
    scene: Scene, film: Screenplay, model: ImageModel, options: DrawingOptions, still: Still
) -> ScenePrice:
    return ScenePrice(
        scene_id=scene.id,
        title=scene.title,
        model=model.label,
        needed=scene.duration,
        duration=0,
        resolution=options.size,
        aspect=film.brief.aspect,
        crop="",
        sound=False,
        samples=1,
        ceiling=still.at_most,
        owned=bool(still.name),
    )
