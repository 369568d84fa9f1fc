"""The price card of a written film, whoever is to shoot it."""

from __future__ import annotations

from ...home import Home
from ...options import FilmOptions
from ...settings import Settings
from ...shoot.drawing import DrawingOptions, drawn_card
from ...shoot.order import PaidOptions
from ...shoot.prices.estimate import estimate
from ...shoot.prices.price_card import PriceCard
from ...shoot.shot import PAID
from ...story.screenplay import Screenplay

__all__ = ["drawing_options", "film_card", "paid_options"]


def film_card(
    screenplay: Screenplay,
    options: FilmOptions,
    *,
    home: Home,
    settings: Settings,
    only_approved: bool = False,
) -> PriceCard:
    """Price a film as its options have it shot for money; nothing is sent.

    Raises:
        ChooseRenderer, ReviseScreenplay: it cannot be shot so.
        StorageError: the books cannot be read.
    """
    if drawn := drawing_options(options):
        return drawn_card(
            screenplay, drawn, home=home, settings=settings, only_approved=only_approved
        )
    asked = paid_options(options)
    assert asked
    return estimate(screenplay, asked, home=home, settings=settings, only_approved=only_approved)


def paid_options(options: FilmOptions) -> PaidOptions | None:
    """What a film's options say to a model that shoots clips; None where none is chosen."""
    if options.renderer not in PAID:
        return None
    return PaidOptions(
        renderer=options.renderer,
        model=options.renderer_model,
        resolution=options.resolution,
        seed=options.seed,
    )


def drawing_options(options: FilmOptions) -> DrawingOptions | None:
    """What they say to a model that draws; None where none is chosen."""
    if options.renderer != "stills":
        return None
    return DrawingOptions(model=options.renderer_model, seed=options.seed)
