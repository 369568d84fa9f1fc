"""What a proposal changes, scene by scene and field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from ...story.screenplay import Scene, Screenplay
from ...values import Value
from ..edits.changes import Change, MoveScene
from ..edits.revision import Version
from ..edits.rewriting import FIELDS

__all__ = ["Difference", "differences"]


class Difference(Value):
    """One field before and after.

    `scene` is empty for what belongs to the whole film. The field "number" is the scene's place
    from 1: None before it is added, and after it is removed.
    """

    scene: str = ""
    field: str
    before: JsonValue = None
    after: JsonValue = None


def differences(
    changes: Sequence[Change], before: Version, after: Version
) -> tuple[Difference, ...]:
    """Compare a version with what the changes made of it."""
    found: list[Difference] = []
    if before.screenplay and after.screenplay:
        found += _of_film(before.screenplay, after.screenplay)
        moved = {change.scene for change in changes if isinstance(change, MoveScene)}
        found += _of_scenes(before.screenplay, after.screenplay, moved)
    old, new = (each.options.model_dump(mode="json") for each in (before, after))
    found += [
        Difference(field=name, before=old[name], after=new[name])
        for name in new
        if old[name] != new[name]
    ]
    return tuple(found)


def _of_film(before: Screenplay, after: Screenplay) -> Iterable[Difference]:
    if before.title != after.title:
        yield Difference(field="title", before=before.title, after=after.title)


def _of_scenes(before: Screenplay, after: Screenplay, moved: set[str]) -> Iterable[Difference]:
    olds = {scene.id: (number, scene) for number, scene in enumerate(before.scenes, 1)}
    news = {scene.id: (number, scene) for number, scene in enumerate(after.scenes, 1)}
    for name, (number, _) in olds.items():
        if name not in news:
            yield Difference(scene=name, field="number", before=number)
    for name, (number, scene) in news.items():
        if name not in olds:
            yield Difference(scene=name, field="number", after=number)
            yield from _of_fields(Scene(id=name), scene)
            continue
        old_number, old = olds[name]
        if name in moved and number != old_number:
            yield Difference(scene=name, field="number", before=old_number, after=number)
        yield from _of_fields(old, scene)


def _of_fields(old: Scene, new: Scene) -> Iterable[Difference]:
    before, after = (each.model_dump(mode="json", include=set(FIELDS)) for each in (old, new))
    for name in FIELDS:
        # What a scene does not have is not in it.
        if before.get(name) != after.get(name):
            shown = {"before": before.get(name), "after": after.get(name)}
            yield Difference(scene=new.id, field=name, **shown)
