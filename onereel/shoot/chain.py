"""Scenes that begin where the one before them ends: in which order they are shot, from what.

A scene that continues is sent the last frame of the take before it as its first. Once it was shot
so, that frame is pinned: another take before it changes nothing, until the film maker lets go of it
(`Scene.frame`). The ledger knows which frame that is, so no crash can lose it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, pairwise

from ..errors import ApproveShots, ReplaceMedia
from ..home import Home
from ..settings import Settings
from ..story.screenplay import Scene, Screenplay
from .buying.buy import owned
from .buying.opening import order_film
from .last_frame import last_frame
from .ledger import Entry, Ledger
from .order import FirstFrame, Order, PaidOptions, Pictures
from .take import Take
from .takes import Takes

__all__ = ["Chain", "chain_in", "continuing", "unled"]


def continuing(screenplay: Screenplay) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the scenes that begin where another ends, and of their pictures
    (`Scene.picture_id`)."""
    scenes = [scene for scene in screenplay.scenes if scene.continues]
    return tuple(scene.id for scene in scenes), tuple(scene.picture_id for scene in scenes)


@dataclass(frozen=True)
class Chain:
    """A film whose scenes may begin where others end."""

    screenplay: Screenplay
    options: PaidOptions
    home: Home
    settings: Settings
    chosen: Mapping[str, Take]
    """By scene id, the takes that were chosen: no other is shot of these scenes."""
    begun: Sequence[Entry]
    """Entries of the scenes that continue, as `find_begun` finds them."""
    owned: Callable[[Order], Take | None]
    """The take of an order, where it is on disk."""
    leads: Callable[[str, Entry], bool]
    """Whether an entry was asked for by wishes of this digest (`Order.asked`)."""
    pictures: Mapping[str, Pictures] = field(default_factory=dict)
    _orders: dict[str, Order] = field(default_factory=dict)
    _takes: dict[str, Take | None] = field(default_factory=dict)
    _pinned: dict[str, FirstFrame | None] = field(default_factory=dict)

    def orders(self, only: Collection[str] | None = None) -> tuple[Order, ...]:
        """The orders of the scenes, or of those with an id in `only`; raises as `order_film`."""
        if not any(scene.continues for scene in self.screenplay.scenes):
            return self._ordered(only, {})
        return tuple(
            self.order(scene)
            for scene in self.screenplay.scenes
            if only is None or scene.id in only
        )

    def order(self, scene: Scene) -> Order:
        """The order of one scene, with its first frame where that is there; raises as
        `order_film`."""
        if scene.id not in self._orders:
            frame = self.first_frame(scene)
            (self._orders[scene.id],) = self._ordered(
                [scene.id], {scene.id: frame} if frame else {}
            )
        return self._orders[scene.id]

    def follow(self, scene: Scene, take: Take) -> Order:
        """The order of a scene that goes on from a take which is there now."""
        frame = FirstFrame(last_frame(take, self.home), take.id)
        (order,) = self._ordered([scene.id], {scene.id: frame})
        return order

    def first_frame(self, scene: Scene) -> FirstFrame | None:
        """What a scene begins with; None where it begins by itself, or that is to come."""
        if not scene.continues:
            return None
        if frame := self.pinned(scene):
            self._bring_back(frame)
            return frame
        before = self.before(scene)
        take = self.take(before) if before else None
        return FirstFrame(last_frame(take, self.home), take.id) if take else None

    def pinned(self, scene: Scene) -> FirstFrame | None:
        """The frame that a scene was shot from, and begins with until it lets go of it."""
        if not scene.continues:
            return None
        if scene.id not in self._pinned:
            self._pinned[scene.id] = self._shot_from(scene)
        return self._pinned[scene.id]

    def _shot_from(self, scene: Scene) -> FirstFrame | None:
        film_id = self.screenplay.brief.film_id
        known: list[tuple[Entry, FirstFrame]] = []
        for entry in self.begun:
            mine = entry.film_id == film_id or entry.picture_id == scene.picture_id
            shot = entry.shot
            if entry.scene_id != scene.id or not mine or not (shot.first and shot.begins):
                continue
            frame = FirstFrame(shot.first, shot.begins.take)
            if shot.begins.frame == scene.frame:
                return frame
            known.append((entry, frame))
        # Who accepted a frame that an earlier take began with has that take again.
        for entry, frame in known:
            (order,) = self._ordered([scene.id], {scene.id: frame})
            if self.leads(order.asked, entry):
                return frame
        return None

    def _bring_back(self, frame: FirstFrame) -> None:
        """Have the picture of a pinned frame on disk, as far as its take still is."""
        if self.home.path(frame.picture.name).is_file():
            return
        kept = Takes(self.home).of_film(self.screenplay.brief.film_id)
        for take in chain.from_iterable(kept.values()):
            if take.id == frame.take:
                # What was shot from it plays without it; who has to send it says that it is gone.
                with suppress(ReplaceMedia):
                    last_frame(take, self.home)

    def before(self, scene: Scene) -> Scene | None:
        """The scene before a scene."""
        pairs = pairwise(self.screenplay.scenes)
        return next((before for before, each in pairs if each.id == scene.id), None)

    def take(self, scene: Scene) -> Take | None:
        """The take that a scene plays, if it was shot already: the chosen, else the bought."""
        if scene.id in self.chosen:
            return self.chosen[scene.id]
        if scene.id not in self._takes:
            order = self.order(scene)
            self._takes[scene.id] = None if order.after else self.owned(order)
        return self._takes[scene.id]

    def _ordered(
        self, only: Collection[str] | None, frames: Mapping[str, FirstFrame]
    ) -> tuple[Order, ...]:
        return order_film(
            self.screenplay,
            self.options,
            home=self.home,
            settings=self.settings,
            pictures=self.pictures,
            frames=frames,
            only=only,
        )


def chain_in(
    ledger: Ledger,
    screenplay: Screenplay,
    options: PaidOptions,
    *,
    home: Home,
    settings: Settings,
    chosen: Sequence[Take],
    pictures: Mapping[str, Pictures] | None = None,
) -> Chain:
    """The chain of a film as a ledger has it; `chosen` are the takes that were chosen."""
    waiting = continuing(screenplay)
    found = ledger.begun(screenplay.brief.film_id, *waiting) if waiting[0] else ()
    return Chain(
        screenplay,
        options,
        home,
        settings,
        chosen={take.scene_id: take for take in chosen},
        begun=found,
        owned=lambda order: owned(order, ledger, home),
        leads=ledger.leads,
        pictures=pictures or {},
    )


def unled(ordered: Sequence[Order]) -> ApproveShots | None:
    """Why orders cannot be shot that wait for scenes which are not shot with them; None if none
    does."""
    shot = {order.scene.id for order in ordered}
    left = [order for order in ordered if order.after and order.after not in shot]
    if not left:
        return None
    told = "; ".join(f"{order.scene.id} begins where {order.after} ends" for order in left)
    before = ", ".join(dict.fromkeys(order.after for order in left))
    return ApproveShots(
        f"Nothing was bought: {told}, and {before} is not shot. Approve {before} too, or let what"
        " follows begin by itself."
    )
