"""The takes that the film maker chose: they play, whatever the run would shoot otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..home import Home
from ..story.screenplay import Scene, Screenplay
from ..values import digest
from .buying.deliver import kept
from .ledger import Entry, Ledger
from .order import Order
from .take import Take
from .takes import Takes

__all__ = ["Pinned", "pinned_takes"]

_KEY = 32
"""Letters of a key; the id of a further sample goes on behind it."""


@dataclass(frozen=True)
class Pinned:
    """The pinned scenes of a film that no new take is shot of."""

    takes: tuple[Take, ...]
    """Those that are there."""
    lost: tuple[Order, ...]
    """Those that were bought, and whose clip is gone or damaged: the service may still have it."""

    @property
    def scenes(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset(take.scene_id for take in self.takes) | {
            order.scene.id for order in self.lost
        }


def pinned_takes(screenplay: Screenplay, ledger: Ledger, home: Home) -> Pinned:
    """Find the takes that are pinned for the scenes of a film as they are now; no drafts.

    Raises:
        ReplaceMedia: a pin's file, or a take's JSON file, is damaged.
    """
    takes: list[Take] = []
    lost: list[Order] = []
    film_id = screenplay.brief.film_id
    for scene in screenplay.scenes:
        pinned = Takes(home).pinned(film_id, scene)
        entry = ledger.entry(pinned[:_KEY]) if pinned else None
        chosen = Takes(home).chosen(film_id, scene) or (entry and entry.take)
        if entry and entry.state == "settled" and not kept(entry, home):
            lost.append(_again(film_id, scene, entry))
        elif chosen and chosen.state == "ready":
            takes.append(
                chosen.replace(film_id=film_id, scene_id=scene.id, picture_id=scene.picture_id)
            )
    return Pinned(tuple(takes), tuple(lost))


def _again(film_id: str, scene: Scene, entry: Entry) -> Order:
    return Order(
        film_id=film_id,
        scene=scene,
        shot=entry.shot,
        # No words of a film maker: they may lead to another take by now.
        asked=digest("pinned", entry.key),
        needed=scene.duration,
        ceiling=Decimal(0),
    )
