"""Which beats each scene tells: an arc folded into few scenes or spun out over many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..templates.template import PICTURE, Beat, Template

__all__ = ["DETAIL", "MANY", "Step", "hushed", "steps"]

DETAIL = "detail"
"""The beat that fits anywhere."""
MANY = 40
"""Scenes from which on a film is long."""
_MOST_PICTURES = 2
"""How many scenes without words follow each other."""
_SILENT = 0.38

_MOST_ITEMS = 10
"""A list counts no further; in longer films each item gets several scenes."""


@dataclass(frozen=True)
class Step:
    """What one scene is for. `beats` in the order of the arc; `again` counts repeats of a beat."""

    beats: tuple[Beat, ...]
    again: int = 0
    item: int = 0
    """The number of a list item, from 1; 0 outside lists."""
    given: tuple[str, ...] = ()
    """The user's own sentences that this scene tells instead."""

    @property
    def lead(self) -> Beat:
        """The beat that goes first when there is little room."""
        return max(self.beats, key=lambda beat: beat.priority)


def steps(
    template: Template,
    kind: str,
    count: int,
    *,
    given: Sequence[str] = (),
    going_on: int = 0,
    items: int = 0,
) -> list[Step]:
    """Lay the arc of `template` out over `count` scenes, one step per scene.

    `items` is how many the idea announces; 0 lets the list count to ten at most. `given` sentences
    go to scenes between the first and the last, in order, where there are any; the first ones, as
    many as go on from the first scene, to those right behind it.
    """
    arc = template.arcs[kind]
    if count <= len(arc) and "item" not in template.stretch:
        plan = _fold(arc, count)
    else:
        plan = _voiced(_spin(arc, count, template.stretch))
    plan = _numbered(plan, items or _MOST_ITEMS)
    going_on = min(going_on, max(len(plan) - 2, 0))
    behind = [replace(plan[1 + at], given=(given[at],)) for at in range(going_on)]
    rest = _with_given([plan[0], *plan[1 + going_on :]], given[going_on:])
    return [rest[0], *behind, *rest[1:]]


def _fold(arc: Sequence[Beat], count: int) -> list[Step]:
    """Share the beats out over fewer scenes, neighbours together, so that each has a strong one."""
    strongest = sorted(range(len(arc)), key=lambda index: -arc[index].priority)[:count]
    leads = sorted(strongest)
    groups: list[list[Beat]] = [[] for _ in leads]
    for index, beat in enumerate(arc):
        nearest = min(range(len(leads)), key=lambda group: (abs(leads[group] - index), group))
        groups[nearest].append(beat)
    return [Step(tuple(group)) for group in groups]


def _spin(arc: Sequence[Beat], count: int, stretch: Collection[str]) -> list[Step]:
    """Tell the stretchable beats as often as scenes are left."""
    if count == 1:
        return [Step(tuple(arc))]
    if count < len(arc):
        return _fold(arc, count)
    long = [beat.name for beat in arc if beat.name in stretch] or [arc[len(arc) // 2].name]
    extra = count - len(arc)
    share = {
        name: extra // len(long) + (index < extra % len(long)) for index, name in enumerate(long)
    }
    plan: list[Step] = []
    for beat in arc:
        plan += [Step((beat,), again) for again in range(1 + share.get(beat.name, 0))]
    return plan


def _voiced(plan: list[Step]) -> list[Step]:
    """Let a long film of pictures speak: after two of them, and in three of five scenes."""
    if len(plan) < MANY:
        return plan
    voiced: list[Step] = []
    silent = run = 0
    for at, step in enumerate(plan):
        picture = step.lead.name == PICTURE
        full = silent >= _SILENT * at
        if picture and (run == _MOST_PICTURES or full):
            step = Step((Beat(DETAIL, 4, step.lead.mood),))
            picture = False
        run = run + 1 if picture else 0
        silent += picture
        voiced.append(step)
    return voiced


def hushed(plan: Sequence[Step], share: Fraction) -> list[Step]:
    """Make pictures of scenes all over the plan, so that `share` of its scenes speak.

    The first and the last scene, numbered ones and those of the user's own words go on speaking.
    """
    hushed: list[Step] = []
    owed = Fraction(0)
    for at, step in enumerate(plan):
        owed += 1 - share
        free = 0 < at < len(plan) - 1 and not step.given and not (step.item and not step.again)
        if owed >= 1 and free and step.lead.name != PICTURE:
            owed -= 1
            step = Step((Beat(PICTURE, 1, step.lead.mood),))
        elif step.lead.name == PICTURE:
            owed -= 1
        hushed.append(step)
    return hushed


def _numbered(plan: list[Step], most: int) -> list[Step]:
    """Number the items of a list; beyond the tenth they share numbers evenly."""
    items = [index for index, step in enumerate(plan) if step.lead.name == "item"]
    if not items:
        return plan
    most = min(len(items), most)
    numbered = list(plan)
    last = 0
    for position, index in enumerate(items):
        number = position * most // len(items) + 1
        again = 0 if number > last else numbered[items[position - 1]].again + 1
        numbered[index] = replace(plan[index], item=number, again=again)
        last = number
    return numbered


def _with_given(plan: list[Step], given: Sequence[str]) -> list[Step]:
    if not given:
        return plan
    inner = range(1, len(plan) - 1) if len(plan) > 2 else range(len(plan) - 1, len(plan))
    if len(given) <= len(inner):
        chosen = [inner[(2 * k + 1) * len(inner) // (2 * len(given))] for k in range(len(given))]
        told: dict[int, tuple[str, ...]] = {
            index: (sentence,) for index, sentence in zip(chosen, given, strict=True)
        }
    else:
        bounds = [k * len(given) // len(inner) for k in range(len(inner) + 1)]
        told = {index: tuple(given[bounds[k] : bounds[k + 1]]) for k, index in enumerate(inner)}
    return [replace(step, given=told.get(index, ())) for index, step in enumerate(plan)]
