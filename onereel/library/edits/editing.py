"""Edits: pure functions from one version of a film to the next, with a sentence for what cannot be.

Scene ids stay with their scenes. A scene that shows or says something else is no longer approved.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

from ...story.brief import SHORTEST_SCENE
from .changes import Change
from .film_edits import FILM_EDITS
from .labels import label_of
from .revision import Version
from .scene_edits import SCENE_EDITS
from .versions import scene_ids

__all__ = ["Edited", "apply"]


@dataclass(frozen=True)
class Edited:
    """A version, what was done to come to it, and the ids of the scenes that it made."""

    version: Version
    label: str
    made: tuple[str, ...] = ()


def apply(changes: Sequence[Change], version: Version, *, taken: Collection[str] = ()) -> Edited:
    """Make all of the changes, one after the other, or none of them.

    Args:
        taken: ids that scenes of this film had in other versions; no new scene gets one of them.

    Raises:
        ReviseScreenplay: one of them cannot be made; the sentence says why and what to do.
    """
    edited, label = version, label_of(changes, version)
    used = {*taken, *scene_ids(version)}
    made: list[str] = []
    for change in changes:
        edited = _apply(change, edited, used)
        new = [each for each in scene_ids(edited) if each not in used]
        used.update(new)
        made += new
    return Edited(_with_length(edited, version), label, tuple(made))


@singledispatch
def _apply(change: Change, version: Version, taken: Collection[str]) -> Version:
    raise NotImplementedError(change)


for _edit in (*SCENE_EDITS, *FILM_EDITS):
    _apply.register(_edit)


def _with_length(edited: Version, before: Version) -> Version:
    """Remember that the film is to be longer or shorter now, so that no other scene makes up for
    it."""
    old, new = before.screenplay, edited.screenplay
    if old is None or new is None or old.duration == new.duration:
        return edited
    if not {scene.id for scene in old.scenes} & {scene.id for scene in new.scenes}:
        # Another script is as long as it was asked to be.
        return edited
    # What the film was off its target before is no wish of the film maker's.
    length = max(old.target + new.duration - old.duration, Fraction(SHORTEST_SCENE))
    usual = None if length == new.brief.duration else length
    return edited.replace(screenplay=new.replace(length=usual))
