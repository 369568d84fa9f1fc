"""A director's pass over a film of the library, as a proposal: nothing is changed by it."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import RephraseWish
from ...story.directing.rules import FIELDS
from ...story.screenplay import Screenplay
from ..edits.changes import Change, SetScene, SetTitle
from ..edits.editing import apply
from ..edits.revision import Version
from .differences import differences
from .propose import Proposal

__all__ = ["as_proposal"]


def as_proposal(version: Version, directed: Screenplay, notes: Sequence[str]) -> Proposal:
    """The changes that make a film what its director made of it.

    Args:
        version: the film before.
        directed: the same scenes, gone over.
        notes: who directed, and who could not; the first sentence of each.

    Raises:
        RephraseWish: he changed nothing.
    """
    film = version.screenplay
    assert film, "a film without scenes is directed by nobody"
    changes: list[Change] = []
    if directed.title != film.title:
        changes.append(SetTitle(title=directed.title))
    for old, new in zip(film.scenes, directed.scenes, strict=True):
        before, after = (scene.model_dump(mode="json", include=set(FIELDS)) for scene in (old, new))
        if fields := {name: after[name] for name in FIELDS if after[name] != before[name]}:
            changes.append(SetScene(scene=old.id, fields=fields))
    said = [note for note in notes if " direct" in note]
    if not changes:
        raise RephraseWish(" ".join(said) or "The director found nothing to change.")
    edited = apply(changes, version)
    return Proposal(
        words=" ".join(said),
        label=edited.label,
        changes=tuple(changes),
        diff=differences(changes, version, edited.version),
        by=directed.directed,
    )
