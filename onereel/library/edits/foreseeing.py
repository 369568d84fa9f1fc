"""What an edit would mean for money and pictures, before it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ...cut.framing import framing
from ...home import Home
from ...settings import Settings
from ...shoot.take import Take
from ...shoot.takes import Takes
from ...story.platforms import picture_size
from ...values import Value
from ..films import Films
from ..placing import placed
from ..shots import SceneShot, scene_shots
from ..views.plain import Dollars
from .changes import Change
from .editing import apply
from .revision import Version

__all__ = ["Foreseen", "Kept", "foresee"]

_ALIKE = 0.05
"""How far two shapes may be apart and still be one: sides are whole pixels."""
_NOTICED = 1.05
"""From here on it is seen that a picture was enlarged."""


class Kept(Value):
    """A take that would not be seen as it was shot, where it is kept."""

    scene: str
    way: Literal["whole", "cropped", "framed"]
    """Framed: it stands between black bars."""
    share: float
    """Of its picture that is seen; where it is framed, of the screen that it fills."""
    enlarged: float
    """How many times wider and higher than it was shot; at least 1."""


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
    kept: tuple[Kept, ...]
    """What keeping takes of the same scenes, and clips that were brought, would do to them."""


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
    stays = after.chosen
    if _shape(after) != _shape(before):
        # A take that was chosen would stay, but not as it was shot.
        after = after.replace(chosen={})
    with films.database.reading() as session:
        had = scene_shots(session, before, home=home, settings=settings)
        has = scene_shots(session, after, home=home, settings=settings)
    if before.screenplay is None or after.screenplay is None:
        return Foreseen(changed=(), again=(), at_most=Decimal(0), kept=())
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
        kept=()
        if told_anew or _size(after) == _size(before)
        else tuple(
            kept
            for each in ids
            if (each in again or each in stays)
            and (take := _ready(each, before, had, takes))
            and (kept := _kept(each, take, *_size(after)))
        ),
    )


def _shape(version: Version) -> str:
    return version.screenplay.brief.aspect if version.screenplay else ""


def _size(version: Version) -> tuple[int, int]:
    assert version.screenplay
    return picture_size(version.screenplay.brief.aspect, version.options.resolution)


def _ready(
    scene: str, version: Version, shots: Mapping[str, SceneShot], takes: Takes
) -> Take | None:
    """The take that a scene plays, where it is no draft."""
    assert version.screenplay
    chosen, entry = version.chosen.get(scene), shots[scene].entry if scene in shots else None
    if not chosen and entry and entry.take and not shots[scene].still:
        return entry.take
    wanted = version.screenplay.scene(scene)
    found = takes.find(version.screenplay.brief.film_id, scene)
    fitting = (
        take
        for take in reversed(found)
        if take.state == "ready"
        and (take.id == chosen if chosen else wanted and take.picture_id == wanted.picture_id)
    )
    return next(fitting, None)


def _kept(scene: str, take: Take, width: int, height: int) -> Kept | None:
    """How it would be seen in a picture of that size; None as it was shot."""
    fills, share = framing(Fraction(take.width, take.height), Fraction(width, height))
    sides = width / take.width, height / take.height
    enlarged = max(*sides, 1.0) if fills else max(min(sides), 1.0)
    way: Literal["whole", "cropped", "framed"] = "cropped" if fills else "framed"
    if share > 1 - _ALIKE:
        way = "whole"
    if way == "whole" and enlarged < _NOTICED:
        return None
    return Kept(scene=scene, way=way, share=round(float(share), 3), enlarged=round(enlarged, 2))


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
