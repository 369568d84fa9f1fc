"""A film of drawn stills: a picture of every scene, and the camera over it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ...cast.picture import read_still
from ...errors import ShootMissing
from ...home import Home
from ...library.approvals import check_approvals
from ...remote import Remote
from ...settings import Settings
from ...story.platforms import Resolution
from ...story.screenplay import Scene, Screenplay
from ...values import FPS, digest
from ...voice.line import Line
from ...work import Cancel, Progress
from ..buying.opening import open_ledger
from ..crew import pinned_takes
from ..draft import shoot_draft
from ..models.registry import Registry
from ..rehearsal import check_approved
from ..stills import shoot_stills
from ..take import OnMissing, Take
from ..takes import Takes
from . import shelf
from .draw import DRAWING, draw_scenes
from .drawing import DrawingOptions, drawings

__all__ = ["DrawnFilm", "played", "shoot_drawn"]

_AT_ONCE = 8
"""Scenes whose pictures are in memory together: some 15 MB each."""
_DRAWN = 0.7
"""Of the time, for drawing."""


@dataclass(frozen=True)
class DrawnFilm:
    """The takes of a film, in its order."""

    takes: tuple[Take, ...]
    notes: tuple[str, ...]
    """What the pictures cost and which scenes have none, in sentences."""


async def shoot_drawn(
    screenplay: Screenplay,
    options: DrawingOptions,
    *,
    home: Home,
    settings: Settings,
    lines: Sequence[Line] = (),
    resolution: Resolution = "720p",
    only_approved: bool = False,
    on_missing: OnMissing = "stop",
    at_most: Decimal | None = None,
    remote: Remote = DRAWING,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> DrawnFilm:
    """Have the scenes drawn, and move the camera over the pictures.

    A take that was chosen for its scene plays as it is.

    Args:
        screenplay: the film.
        options: who draws, how large.
        home: where pictures and takes are kept.
        settings: key, switch and caps.
        lines: of the narration, in any order.
        resolution: of the clips.
        only_approved: draw the scenes that are approved, and rehearse the others as drafts; a film
            without any approved scene is a free rehearsal.
        on_missing: what becomes of scenes that could not be drawn, as in `shoot_paid`.
        at_most: dollars that the film maker agreed to; None: only the caps count.
        remote: asks again where nothing was taken.
        progress: hears of each picture and each clip.
        cancel: obeyed at once, but for what is under way, which is waited for.

    Raises:
        ApproveShots: an approved scene differs from its rehearsal, or the pictures cost more than
            was agreed to.
        ShootMissing: scenes were not drawn; the others are kept.
        OneReelError: as `draw_scenes` and `shoot_stills`.
    """
    cancel = cancel or Cancel()
    chosen = await asyncio.to_thread(played, screenplay, screenplay.scenes, home)
    wanted = [
        scene
        for scene in screenplay.scenes
        if scene.id not in chosen and (scene.approved or not only_approved)
    ]
    pictures: Mapping[str, Path] = {}
    missing: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    if wanted:
        if only_approved:
            await asyncio.to_thread(_check_agreed, screenplay, wanted, options, home, settings)
        drawn = await draw_scenes(
            screenplay,
            options,
            home=home,
            settings=settings,
            only=[scene.id for scene in wanted],
            at_most=at_most,
            remote=remote,
            progress=progress.part(0, _DRAWN),
            cancel=cancel,
        )
        pictures, missing = drawn.pictures, drawn.missing
        notes = tuple(filter(None, (drawn.words, drawn.missing_in_words)))
        if missing and on_missing == "stop":
            raise ShootMissing(drawn.missing_in_words)
    left_out = missing if on_missing == "leave out" else {}
    rest = (
        {scene.id for scene in screenplay.scenes}
        - chosen.keys()
        - pictures.keys()
        - left_out.keys()
    )

    def shoot() -> dict[str, Take]:
        found = dict(chosen)
        shown = [scene.id for scene in wanted if scene.id in pictures]
        part = progress.part(_DRAWN, 0.9)
        for at in range(0, len(shown), _AT_ONCE):
            group = shown[at : at + _AT_ONCE]
            takes = shoot_stills(
                screenplay,
                {name: [read_still(pictures[name])] for name in group},
                lines=lines,
                home=home,
                resolution=resolution,
                progress=part.part(at / len(shown), (at + len(group)) / len(shown)),
                cancel=cancel,
            )
            found |= {take.scene_id: take for take in takes}
        if rest:
            drafts = shoot_draft(
                screenplay,
                home=home,
                resolution=resolution,
                only=rest,
                seed=options.seed,
                fonts=settings.cut.fonts,
                progress=progress.part(0.9, 1),
                cancel=cancel,
            )
            # A draft says why it stands in for a picture.
            noted = {take.scene_id: missing.get(take.scene_id, "") for take in drafts}
            found |= {take.scene_id: take.replace(note=noted[take.scene_id]) for take in drafts}
        for name, why in left_out.items():
            found[name] = _undrawn(screenplay, name, options, why)
        return found

    takes = await asyncio.to_thread(shoot)
    return DrawnFilm(tuple(takes[scene.id] for scene in screenplay.scenes), notes)


def played(screenplay: Screenplay, scenes: Iterable[Scene], home: Home) -> dict[str, Take]:
    """The takes that were chosen for scenes, by scene id, but for drafts: nothing to draw.

    Raises:
        ReplaceMedia: a pin's or a take's file is damaged.
    """
    found = pinned_takes(screenplay.brief.film_id, list(scenes), Takes(home))
    return {name: take for name, take in found.items() if take.state != "draft"}


def _check_agreed(
    screenplay: Screenplay,
    wanted: Sequence[Scene],
    options: DrawingOptions,
    home: Home,
    settings: Settings,
) -> None:
    """Make sure that the scenes to be drawn for money were approved as they are.

    Raises:
        ApproveShots: one was not.
    """
    model = Registry.load(home).image(options.model)
    asked = drawings(screenplay, options, model, only=[scene.id for scene in wanted])
    to_buy = [each.scene for each in asked if shelf.find(each.drawing.key, home) is None]
    if not to_buy:
        return
    with closing(open_ledger(home, settings)) as ledger:
        check_approvals(screenplay, to_buy, ledger.database)
    check_approved(screenplay, to_buy, home=home)


def _undrawn(film: Screenplay, scene_id: str, options: DrawingOptions, why: str) -> Take:
    scene = film.scene(scene_id)
    assert scene
    return Take(
        id=digest("undrawn", film.brief.film_id, scene.id, scene.picture_id, scene.take),
        film_id=film.brief.film_id,
        scene_id=scene.id,
        picture_id=scene.picture_id,
        number=scene.take,
        renderer="stills",
        model=options.model,
        seed=options.seed,
        state="failed",
        duration=scene.duration,
        width=0,
        height=0,
        fps=FPS,
        note=why,
    )
