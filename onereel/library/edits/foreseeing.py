"""What an edit would mean for the money, before it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ...home import Home
from ...settings import Settings
from ...shoot.takes import Takes
from ...values import Value
from ..films import Films
from ..placing import placed
from ..shots import SceneShot, scene_shots
from ..views.plain import Dollars
from .changes import Change
from .editing import apply
from .revision import Version

__all__ = ["Foreseen", "foresee"]


class Foreseen(Value):
    """What an edit would do to pictures and money. Nothing is changed."""

    changed: tuple[str, ...]
    """The ids of the scenes that would show something else."""
    again: tuple[str, ...]
    """Those of the scenes whose bought shot would not play any more, or would be cropped to another
    shape; of another script, those that it leaves out."""
    at_most: Dollars | None
    """Dollars for shooting the latter again, or all of another script; None where a price is not
    known."""


def foresee(
    film_id: str, changes: Sequence[Change], films: Films, *, home: Home, settings: Settings
) -> Foreseen:
    """Look at what the changes would do to the current version of a film.

    Raises:
        ChooseFilm: there is no such film.
        ReviseScreenplay: one of the changes cannot be made.
        ReviseBrief: there is no such platform.
    """
    film = films.get(film_id)
    before = film.revision
    after = apply(placed(changes, home), before).version
    if _shape(after) != _shape(before):
        # A take that was chosen would stay, but not as it was shot.
        after = after.replace(chosen={})
    with films.database.reading() as session:
        had = scene_shots(session, before, home=home, settings=settings)
        has = scene_shots(session, after, home=home, settings=settings)
    if before.screenplay is None or after.screenplay is None:
        return Foreseen(changed=(), again=(), at_most=Decimal(0))
    words = {scene.id: scene.words_id for scene in before.screenplay.scenes}
    ids = [scene.id for scene in after.screenplay.scenes]
    takes = Takes(home)
    played = [each for each in had if _plays(each, before, had, takes)]
    told_anew = not any(each in had for each in ids)
    if told_anew:
        again, to_shoot = played, ids if played else []
    else:
        again = [each for each in ids if each in played and not _plays(each, after, has, takes)]
        to_shoot = again
    prices = [has[each].price for each in to_shoot]
    known = [price for price in prices if price is not None]
    return Foreseen(
        changed=tuple(
            scene.id
            for scene in after.screenplay.scenes
            if words.get(scene.id, scene.words_id) != scene.words_id
        ),
        again=tuple(again),
        at_most=sum(known, Decimal(0)) if len(known) == len(prices) else None,
    )


def _shape(version: Version) -> str:
    return version.screenplay.brief.aspect if version.screenplay else ""


def _plays(scene: str, version: Version, shots: Mapping[str, SceneShot], takes: Takes) -> bool:
    """Whether a scene plays what was bought for it."""
    chosen = version.chosen.get(scene)
    if not chosen:
        return shots[scene].owned
    if any(entry.key == chosen and entry.state == "settled" for entry in shots[scene].entries):
        return True
    # The ledger knows a drawing by its picture, which many takes may show.
    assert version.screenplay
    found = takes.find(version.screenplay.brief.film_id, scene)
    return any(take.id == chosen and take.renderer == "stills" for take in found)
