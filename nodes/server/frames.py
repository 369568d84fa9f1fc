"""First frames: which scenes begin where an earlier take ended, and what another frame costs."""

from __future__ import annotations

from decimal import Decimal

from ...onereel.library.media import media_url
from ...onereel.money import decimal_string
from .routes import Answer, Call, Route
from .shelf import shelf

__all__ = ["ROUTES"]


class FrameScene(Answer):
    """A scene that would be shot again; null where nobody knows its price."""

    scene: str
    title: str
    at_most: str | None


class FrameOffer(Answer):
    """A scene that keeps the frame which an earlier take of the scene before it ended with.

    To begin where that one ends now, send the change {"op": "accept frames", "scenes": [...]} with
    all of `scenes` to `edits`: from then on they are in the film's price. Nothing is bought by it.
    """

    scene: str
    before: str
    """The id of the scene before it."""
    pinned: str
    """The picture that it begins with."""
    now: str
    """What the scene before it ends with now."""
    scenes: list[FrameScene]
    """All that would be shot again: the scene, and those behind it that go on from each other."""
    at_most: str | None
    """Dollars for all of them; null where nobody knows."""
    words: str


class FrameOffers(Answer):
    """All of them in a film; empty while no paid model is chosen."""

    offers: list[FrameOffer]


def _offers(call: Call) -> FrameOffers:
    # Only now: the ledger's database would slow down every start of ComfyUI.
    from ...onereel.library.prices.frames import offered_frames

    films = shelf(call.home, call.settings).films
    found = offered_frames(call.at["film"], films, home=call.home, settings=call.settings)
    return FrameOffers(
        offers=[
            FrameOffer(
                scene=offer.scene,
                before=offer.before,
                pinned=media_url(offer.pinned.name),
                now=media_url(offer.now.name),
                scenes=[
                    FrameScene(scene=each.id, title=each.title, at_most=_sum(each.ceiling))
                    for each in offer.scenes
                ],
                at_most=_sum(offer.at_most),
                words=offer.words,
            )
            for offer in found
        ]
    )


def _sum(amount: Decimal | None) -> str | None:
    return None if amount is None else decimal_string(amount)


ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        "/films/{film}/frames",
        _offers,
        "Scenes that begin where an earlier take ended, and what another first frame would buy",
        FrameOffers,
    ),
)
