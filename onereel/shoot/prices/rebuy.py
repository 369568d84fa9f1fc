"""What would be shot again if scenes began where the one before them ends by now, and its price."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...cast.picture import Picture
from ...money import dollars
from ...story.screenplay import Scene
from ...values import Value
from ..chain import Chain
from ..last_frame import last_frame
from ..shot import PAID

__all__ = ["Rebuy", "RebuyScene", "rebuys"]


class RebuyScene(Value):
    """A scene that would be shot again. `ceiling` None: nobody knows what that costs."""

    id: str
    title: str
    ceiling: Decimal | None


class Rebuy(Value):
    """A scene that begins where an earlier take ended, and what letting go of that frame buys."""

    scene: str
    """The id of the scene."""
    before: str
    """The id of the scene before it."""
    pinned: Picture
    """What it begins with."""
    now: Picture
    """What the scene before it ends with now."""
    scenes: tuple[RebuyScene, ...]
    """All that would be shot again: the scene, and those behind it that go on from each other."""

    @property
    def at_most(self) -> Decimal | None:
        """Dollars for all of them; None where nobody knows."""
        known = [each.ceiling for each in self.scenes if each.ceiling is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.scenes) else None

    @property
    def words(self) -> str:
        """The offer, in two sentences."""
        names = ", ".join(each.id for each in self.scenes)
        cost = "an unknown sum" if self.at_most is None else f"at most {dollars(self.at_most)}"
        return (
            f"{self.scene} begins where an earlier take of {self.before} ended, and keeps that"
            f" frame. To begin where it ends now, {names} would be shot again for {cost}: accept it"
            " in the panel, or give each a higher frame in Edit Scenes."
        )


def rebuys(chain: Chain) -> tuple[Rebuy, ...]:
    """The offers of a film, in its order; a scene is in one of them at most.

    Raises:
        ChooseRenderer, ReviseScreenplay: it cannot be shot so.
        ReplaceMedia: a clip cannot be read.
    """
    offered: set[str] = set()
    found: list[Rebuy] = []
    for scene in chain.screenplay.scenes:
        if scene.id in offered or not _follows(scene, chain):
            continue
        offer = _offer(scene, chain)
        if offer:
            offered |= {each.id for each in offer.scenes}
            found.append(offer)
    return tuple(found)


def _follows(scene: Scene, chain: Chain) -> bool:
    """Whether it plays, or is to play, a shot from a frame that is pinned."""
    chosen = chain.chosen.get(scene.id)
    made_here = chosen is None or chosen.renderer in PAID
    return made_here and chain.pinned(scene) is not None


def _offer(scene: Scene, chain: Chain) -> Rebuy | None:
    before = chain.before(scene)
    take = chain.take(before) if before else None
    pinned = chain.pinned(scene)
    if before is None or take is None or pinned is None or take.id == pinned.take:
        return None
    now = last_frame(take, chain.home)
    if now.pixels == pinned.picture.pixels:
        return None
    return Rebuy(
        scene=scene.id,
        before=before.id,
        pinned=pinned.picture,
        now=now,
        scenes=tuple(
            RebuyScene(id=each.id, title=each.title, ceiling=chain.order(each).ceiling)
            for each in _down(scene, chain)
        ),
    )


def _down(scene: Scene, chain: Chain) -> Iterator[Scene]:
    """The scene, and those behind it that were shot one from the other."""
    scenes = chain.screenplay.scenes
    yield scene
    for each in scenes[scenes.index(scene) + 1 :]:
        if not each.continues:
            return
        if chain.pinned(each):
            if not _follows(each, chain):
                return
            yield each
