"""How the people of a scene are told to one model: by pictures where it takes them, or in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from ..cast.character import Character
from ..cast.picture import Picture
from ..story.brief import Aspect
from ..story.screenplay import Scene, Screenplay
from .models.model import Model

__all__ = ["Casting", "casting", "share_out"]

_AS_MANY = 3
"""References for a model of which nobody knows how many it takes: what the strictest one does."""


@dataclass(frozen=True)
class Casting:
    """The people of one scene, for one model."""

    references: tuple[Picture, ...] = ()
    """In the order they are sent: everybody's best first, who matters most before the others."""
    words: str = ""
    """What joins the prompt."""
    reasons: tuple[str, ...] = ()
    """Who is shown by what, and why, in words for people."""


def casting(
    screenplay: Screenplay,
    scene: Scene,
    model: Model,
    *,
    resolution: str,
    duration: int,
    needed: Fraction,
    given: Sequence[Picture] = (),
    frames: bool = False,
) -> Casting:
    """Tell a model of the people of a scene.

    Args:
        resolution: of the clip.
        duration: seconds that were asked for; 0 where it is the shortest that covers the scene.
        needed: seconds that it has to cover.
        given: reference pictures that the film maker connected: they come first.
        frames: whether the clip begins from a picture or a take, which models take alone.
    """
    people = screenplay.seen_in(scene)
    if not people:
        return Casting(references=tuple(given))
    if frames:
        why = "this shot begins from a picture"
    else:
        why = _no_pictures(model, screenplay.brief.aspect, resolution, duration, needed)
    return share_out(people, room=_room(model), label=model.label, given=given, why=why)


def share_out(
    people: Sequence[Character],
    *,
    room: int,
    label: str,
    given: Sequence[Picture] = (),
    why: str = "",
) -> Casting:
    """Tell a model of people by as many pictures as it has room for, and in words.

    Args:
        label: the model's name for people.
        given: reference pictures that come first, and take up room.
        why: it can be shown nobody here; empty where it can.
    """
    chosen = _share(people, 0 if why else room - len(given))
    told = [_told(each, chosen, len(given)) for each in people]
    why = why or f"{label} takes {room} reference pictures at most"
    return Casting(
        references=(*given, *(picture for _, picture in chosen)),
        words=" ".join(words for words, _ in told if words),
        reasons=tuple(
            _reason(each, shown, label, why) for each, (_, shown) in zip(people, told, strict=True)
        ),
    )


def _no_pictures(
    model: Model, aspect: Aspect, resolution: str, duration: int, needed: Fraction
) -> str:
    """Why a model cannot be shown anybody here; empty where it can."""
    if "references" not in model.tasks or model.most_references == 0:
        return f"{model.label} takes no reference pictures"
    if resolution not in model.legal_resolutions("references"):
        return f"{model.label} takes none at {resolution}"
    legal = model.legal_aspects("references", resolution)
    if aspect not in legal and aspect != "1:1":
        return f"{model.label} takes none in {aspect}"
    lengths = model.legal_durations("references", resolution)
    if duration and duration not in lengths:
        return f"{model.label} takes none for {duration} s"
    if not any(each >= needed for each in lengths):
        return f"{model.label} takes none for a shot that long"
    return ""


def _room(model: Model) -> int:
    return _AS_MANY if model.most_references is None else model.most_references


def _share(people: Sequence[Character], room: int) -> list[tuple[Character, Picture]]:
    """Everybody's first picture, then everybody's second, as long as there is room."""
    rounds = zip_longest(*([(each, picture) for picture in each.pictures] for each in people))
    every = [pair for turn in rounds for pair in turn if pair]
    return every[: max(room, 0)]


def _told(
    person: Character, chosen: Sequence[tuple[Character, Picture]], before: int
) -> tuple[str, tuple[int, ...]]:
    """What the prompt says of somebody, and which of the reference pictures show them."""
    shown = tuple(
        number for number, (each, _) in enumerate(chosen, before + 1) if each.id == person.id
    )
    described = person.description.strip().rstrip(".")
    pictured = f"as in reference {_listed(shown)}" if shown else ""
    told = ", ".join(part for part in (described, pictured) if part)
    return (f"{person.name}: {told}." if told else ""), shown


def _reason(person: Character, shown: tuple[int, ...], label: str, why: str) -> str:
    left = len(person.pictures) - len(shown)
    if shown:
        rest = f"; {label} has no room for {left} more" if left else ""
        return f"{person.name} ({person.role}): reference {_listed(shown)}{rest}"
    if not person.pictures:
        return f"{person.name} ({person.role}): in words, there is no picture"
    return f"{person.name} ({person.role}): in words, {why}"


def _listed(numbers: Sequence[int]) -> str:
    *most, last = map(str, numbers)
    return f"pictures {', '.join(most)} and {last}" if most else f"picture {last}"
