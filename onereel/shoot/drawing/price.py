"""What the stills of a film cost, before any is asked for, and whether they may be bought."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...cast.picture import Picture
from ...errors import ApproveShots, EnterPrice, SwitchOnBuying
from ...home import Home
from ...money import BUYING_OFF, dollars
from ...settings import Settings
from ...story.screenplay import Screenplay
from ...values import Value
from ..buying.opening import caps_of
from ..ledger.budget import Totals, check_caps
from ..models.image_model import ImageModel
from ..models.registry import Registry
from . import shelf
from .drawing import DrawingOptions, Wanted, drawings

__all__ = ["DrawingPrice", "check_purchase", "price_film", "price_of"]


class DrawingPrice(Value):
    """Dollars for the pictures of a film."""

    model: str
    count: int
    """Pictures that are not on disk."""
    kept: int
    """Pictures that are."""
    each: Decimal | None
    """None where nobody knows."""
    at_most: Decimal | None
    words: str


def price_film(
    screenplay: Screenplay,
    options: DrawingOptions,
    *,
    home: Home,
    settings: Settings,
    references: Sequence[Picture] = (),
) -> DrawingPrice:
    """Price the stills of a film that are not on disk; nothing is sent.

    Raises:
        ChooseRenderer, ReviseScreenplay: see `drawings`.
    """
    model = Registry.load(home).image(options.model)
    wanted = drawings(screenplay, options, model, references=references)
    missing = [each for each in wanted if shelf.find(each.drawing.key, home) is None]
    kept = len(wanted) - len(missing)
    return price_of(missing, kept=kept, model=model, settings=settings)


def price_of(
    missing: Sequence[Wanted], *, kept: int, model: ImageModel, settings: Settings
) -> DrawingPrice:
    """Price pictures, of which so many others are kept."""
    # Scenes that ask for the very same picture share it.
    different = {each.drawing.key: each.drawing for each in missing}
    count = len(different)
    there = f" {_pictures(kept)} {'is' if kept == 1 else 'are'} there already." if kept else ""
    told = {"model": model.name, "count": count, "kept": kept}
    if not different:
        return DrawingPrice(**told, each=Decimal(0), at_most=Decimal(0), words=there.strip())
    size = missing[0].drawing.size
    who = f"{_pictures(count)} by {model.label} ({size})"
    if settings.buying.free_key:
        words = f"{who}, which cost nothing, by what the owner says of the key.{there}"
        return DrawingPrice(**told, each=Decimal(0), at_most=Decimal(0), words=words)
    try:
        each = model.price(size)
    except EnterPrice as error:
        words = f"{error.user_message}{there}"
        return DrawingPrice(**told, each=None, at_most=None, words=words)
    total = each * count
    cost = "costs" if count == 1 else "cost"
    of = "" if count == 1 else f", {dollars(each)} each"
    checked = f", as of {model.checked}" if model.checked else ""
    words = f"{who} {cost} at most {dollars(total)}{of} ({model.source}{checked}).{there}"
    return DrawingPrice(**told, each=each, at_most=total, words=words)


def check_purchase(
    price: DrawingPrice, settings: Settings, totals: Totals, *, at_most: Decimal | None = None
) -> None:
    """Refuse to have pictures drawn that may not all be bought now.

    Raises:
        SwitchOnBuying: buying is off.
        EnterPrice: nobody knows what they cost.
        ApproveShots: they cost more than `at_most`.
        RaiseCap: a cap would be passed.
    """
    if not settings.buying.on:
        raise SwitchOnBuying(f"{price.words} {BUYING_OFF}")
    if price.at_most is None:
        raise EnterPrice(price.words)
    if at_most is not None and price.at_most > at_most:
        raise ApproveShots(
            f"{price.words} That is more than the {dollars(at_most)} that was agreed to, so nothing"
            " was sent."
        )
    what = f"These {_pictures(price.count)}" if price.count > 1 else "This picture"
    check_caps(caps_of(settings), totals, price.at_most, what=what)


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"
