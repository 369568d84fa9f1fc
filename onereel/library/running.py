"""What a run of a film is to do, and what it may cost: decided before anything is queued."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .. import errors
from ..errors import (
    ApproveShots,
    BadInput,
    ChooseRenderer,
    EnterPrice,
    OneReelError,
    ReviseScreenplay,
)
from ..home import Home
from ..options import BOUGHT, FilmOptions
from ..settings import Settings
from ..shoot.prices.price_card import PriceCard
from ..shoot.rehearsal import check_approved, remember_rehearsal
from ..story.brief import Brief
from ..story.screenplay import Scene, Screenplay
from .edits.revision import Version
from .jobs import Action
from .prices.card import film_card
from .prices.ceiling import check_ceiling
from .prices.quick import quick_estimate

__all__ = ["RunPlan", "Scenes", "plan_run"]

Scenes = Literal["approved", "every"] | Sequence[str]
"""Which scenes are to be bought: those that are approved, all, or those with these ids."""


@dataclass(frozen=True)
class RunPlan:
    """What is queued for a run."""

    source: Brief | Screenplay
    """Where its workflow begins; the scenes that it may buy are approved in it."""
    options: FilmOptions
    at_most: Decimal
    """Dollars that it may cost; 0 where it is to buy nothing."""
    length: float
    """Seconds of film."""


def plan_run(
    brief: Brief,
    version: Version,
    action: Action,
    *,
    scenes: Scenes = "approved",
    ceiling: Decimal | None = None,
    home: Home,
    settings: Settings,
) -> RunPlan:
    """Decide what a run does.

    Rehearsing and cutting buy nothing: what is bought already plays, all else is a draft.

    Args:
        scenes: which a shoot buys. Whoever names scenes has seen them: they need no rehearsal, and
            are to be approved in `version` by then.
        ceiling: dollars that the film maker saw and agreed to; a shoot needs it.

    Raises:
        ApproveShots: the price is higher by now, or nobody agreed to one; or nothing is approved.
        SwitchOnBuying, RaiseCap, AddKey, EnterPrice: it may not be bought now.
        ChooseRenderer, ReviseScreenplay: it cannot be shot so.
        StorageError: the books cannot be read.
    """
    screenplay, options = version.screenplay, version.options
    source = screenplay or brief
    length = float(screenplay.duration if screenplay else brief.duration)
    if action in ("write", "rehearse", "cut"):
        return RunPlan(*_free(source, options, home, settings), Decimal(0), length)
    if options.renderer not in BOUGHT:
        raise ChooseRenderer(
            "Choose Veo, Omni or drawn stills as the film's renderer to shoot it for real; a"
            " rehearsal is free."
        )
    if screenplay is None and scenes not in ("approved", "every"):
        raise ReviseScreenplay("This film has no scenes yet; have it written first.")
    to_buy: list[Scene] = []
    if screenplay is None or scenes == "every":
        wished = options.replace(scenes="every scene")
    else:
        wished = options.replace(scenes="approved scenes")
        wanted = _wanted(screenplay, scenes)
        owned = _owned(screenplay, options, home, settings)
        to_buy = [scene for scene in wanted if scene.id not in owned]
        if scenes == "approved":
            check_approved(screenplay, to_buy, home=home)
        source = _with_approval(screenplay, owned | {scene.id for scene in wanted})
    _check(_card(source, wished, home, settings), ceiling)
    if screenplay and to_buy:
        # Approved ones are as they were rehearsed; who names others has seen them as they are.
        remember_rehearsal(screenplay, to_buy, home=home)
    return RunPlan(source, wished, ceiling or Decimal(0), length)


def _free(
    source: Brief | Screenplay, options: FilmOptions, home: Home, settings: Settings
) -> tuple[Brief | Screenplay, FilmOptions]:
    """A run that buys nothing, and in which what is bought plays."""
    if isinstance(source, Brief) or options.renderer not in BOUGHT:
        return source, options.replace(renderer="draft")
    try:
        owned = _owned(source, options, home, settings)
    except BadInput:
        # What cannot be shot was not bought either, and its renderer's node would refuse it.
        return source, options.replace(renderer="draft")
    # Without any approved scene a paid renderer rehearses.
    return _with_approval(source, owned), options.replace(scenes="approved scenes")


def _wanted(screenplay: Screenplay, scenes: Scenes) -> list[Scene]:
    """The scenes that are to play a shot.

    Raises:
        ApproveShots: nothing is approved.
        ReviseScreenplay: there is no such scene.
    """
    if scenes == "approved":
        approved = [scene for scene in screenplay.scenes if scene.approved]
        if not approved:
            raise ApproveShots("Approve the scenes that you like first, then shoot them.")
        return approved
    named = set(scenes)
    wanted = [scene for scene in screenplay.scenes if scene.id in named]
    if strangers := named - {scene.id for scene in wanted}:
        raise ReviseScreenplay(
            f"This film has no scene {min(strangers)[:64]!r} any more; load it again."
        )
    return wanted


def _with_approval(screenplay: Screenplay, approved: Collection[str]) -> Screenplay:
    scenes = (scene.replace(approved=scene.id in approved) for scene in screenplay.scenes)
    return screenplay.replace(scenes=tuple(scenes))


def _owned(
    screenplay: Screenplay, options: FilmOptions, home: Home, settings: Settings
) -> frozenset[str]:
    """The scenes whose shot, as these options ask for it, is on disk.

    Raises:
        BadInput: it cannot be shot so.
    """
    card = film_card(screenplay, options, home=home, settings=settings)
    return frozenset(line.scene_id for line in card.scenes if line.owned)


def _card(
    source: Brief | Screenplay, options: FilmOptions, home: Home, settings: Settings
) -> PriceCard:
    return quick_estimate(source, options, home=home, settings=settings).card


def _check(card: PriceCard, ceiling: Decimal | None) -> None:
    if card.refusal:
        refused: type[OneReelError] = getattr(errors, card.refused_as)
        raise refused(card.refusal)
    total = card.total
    if total is None:
        raise EnterPrice(" ".join(card.notes) or "Nobody knows what this film costs.")
    if total:
        check_ceiling(total, ceiling, work="Shooting", again="shoot")
