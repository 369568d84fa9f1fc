"""The Take: one rendered clip of one scene."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal, get_args

from ..values import Document, Seconds

__all__ = ["ON_MISSING", "OnMissing", "Take", "TakeState"]

OnMissing = Literal["stop", "draft", "leave out"]
"""What becomes of scenes that could not be shot: one error that names them all, labelled drafts, or
a film without them."""
ON_MISSING: tuple[OnMissing, ...] = get_args(OnMissing)

TakeState = Literal["draft", "ready", "refused", "failed", "unknown"]


class Take(Document):
    """One rendered clip of one scene, on disk.

    `id` is the hash of everything that determines the clip (for a collected clip, of its bytes).
    """

    NAME: ClassVar[str] = "take"

    id: str
    film_id: str
    scene_id: str
    picture_id: str
    """The `Scene.picture_id` it was shot for."""
    number: int = 1
    """Which take of the scene it is, from 1: a higher number asks for a new one."""
    renderer: str
    model: str = ""
    seed: int = 0
    state: TakeState = "ready"
    clip: str = ""
    """The media name of the clip (`Home.path`); empty where there is none."""
    duration: Seconds
    lead: Seconds = Fraction(0)
    """Seconds at its head that belong to the take it goes on from."""
    width: int
    height: int
    fps: Seconds
    sound: bool = False
    cost: Decimal = Decimal(0)
    note: str = ""
    """Why it is not ready, or not quite what was asked for, in words for the user."""

    @property
    def usable(self) -> bool:
        """Whether a Cut can play it."""
        return self.state in ("draft", "ready") and bool(self.clip)
