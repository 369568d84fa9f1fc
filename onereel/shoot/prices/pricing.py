"""What a shot costs at most, and what the caps leave."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...errors import EnterPrice
from ...values import Seconds, Value
from ..models.model import Model
from ..shot import Shot

if TYPE_CHECKING:
    from ..ledger import Caps, Totals

__all__ = ["PlannedShot", "Room", "price", "room"]


def price(shot: Shot, model: Model) -> Decimal:
    """Dollars that a shot costs at most, all its samples together.

    Raises:
        EnterPrice: nobody knows; the sentence names the file to enter it in.
    """
    per_second = model.price_per_second(shot.resolution, sound=shot.sound)
    if per_second is None:
        raise EnterPrice(
            f"Nobody knows what a second of {model.label} at {shot.resolution} costs: enter it in"
            f' {model.corrections} under ["{model.name}"], as prices = {{ {shot.resolution} ='
            " 0.00 } with the dollars of Google's price list."
        )
    return per_second * shot.duration * shot.samples


class PlannedShot(Value):
    """A scene and the shot that would be bought for it."""

    scene_id: str
    title: str = ""
    shot: Shot
    needed: Seconds
    """Seconds of picture that the scene needs (`lengths.needed_lengths`)."""
    owned: bool = False
    """Whether its take is there already, and nothing will be sent."""


class Room(Value):
    """A cap and what counts against it. `cap` None: no cap."""

    name: str
    cap: Decimal | None
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        """Dollars that may still be reserved; never below 0."""
        return None if self.cap is None else max(self.cap - self.used, Decimal(0))


def room(caps: Caps, totals: Totals) -> tuple[Room, ...]:
    """Set the caps against what is held and charged already."""
    return (
        Room(name="film", cap=caps.film, used=totals.film_held + totals.film_charged),
        Room(name="day", cap=caps.day, used=totals.day_held + totals.day_charged),
        Room(name="month", cap=caps.month, used=totals.month_held + totals.month_charged),
    )
