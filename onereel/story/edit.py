"""Edit Scenes: reorder, drop and rewrite the scenes of a screenplay."""

from __future__ import annotations

import re
from typing import ClassVar

from pydantic import Field, JsonValue, ValidationError

from ..cast.finding import recast
from ..errors import ReviseScreenplay
from ..values import Document, in_words
from .bible import Constant
from .screenplay import Scene, Screenplay

__all__ = ["Edits", "edit_scenes", "read_edits"]

_OURS = frozenset({"id", "version", "cast", "constant", "recording", "timed_to"})
"""What is not for people to write."""
_FIELDS = tuple(name for name in Scene.model_fields if name not in _OURS)

_ORDER_OR_DROP = r"(?i)(order|drop)\b[\s:]*(.*)"
_CONSTANT = r"(?i)(place|wardrobe|prop|light)\s+([^:=\uff1a]+?)\s*[:=\uff1a]\s*(.*)"
_WEARER = r"(.*?)\s*\(([^()]*)\)"
_REWRITE = r"(?i)(?:scene\s+)?(\S+)\s+(\w+)\s*[:=\uff1a]\s*(.*)"


class Edits(Document):
    """What to change in a screenplay, scene by scene, by scene id.

    `rewrite` maps an id to new values of its fields. `drop` removes scenes. `order` puts the scenes
    it names into its order, on the places that they hold together: scenes it does not name stay
    where they are, so `["s03", "s01"]` swaps two scenes.
    """

    NAME: ClassVar[str] = "list of edits"

    order: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    rewrite: dict[str, dict[str, JsonValue]] = Field(default_factory=dict)
    bible: tuple[Constant, ...] = ()
    """Entries of the continuity bible, each in place of its namesake; without a description it goes
    out of the bible."""


def read_edits(text: str, screenplay: Screenplay) -> Edits:
    """Read edits as a film maker types them, or as `Edits.to_json` wrote them.

    One edit a line; scenes are named by id or by their number in `screenplay`. An indented line
    goes on with the text above it, and `#` starts a comment::

        2 narration: The water rises.
          Nobody looks up.
        s05 transition: dissolve
        drop 4
        order 1 3 2
        place the kitchen: blue tiles, one window to the north
        wardrobe the yellow coat (Mia): an oilskin, down to her knees

    Raises:
        ReviseScreenplay: a line is none of these, or the JSON is wrong.
        UpdateOneReel: the JSON was written by a newer OneReel.
    """
    if text.lstrip().startswith("{"):
        return Edits.from_json(text)
    order: list[str] = []
    drop: list[str] = []
    rewrite: dict[str, dict[str, JsonValue]] = {}
    bible: list[Constant] = []
    for number, line in _logical_lines(text):
        if found := re.fullmatch(_CONSTANT, line):
            bible.append(_constant(found, number))
        elif found := re.fullmatch(_ORDER_OR_DROP, line):
            names = re.split(r"[\s,;]+", found[2].strip())
            scenes = [_scene_id(name, screenplay) for name in names if name]
            (order if found[1].lower() == "order" else drop).extend(scenes)
        elif (found := re.fullmatch(_REWRITE, line)) and found[2].lower() in _FIELDS:
            rewrite.setdefault(_scene_id(found[1], screenplay), {})[found[2].lower()] = found[3]
        else:
            raise ReviseScreenplay(
                f"Line {number} of the edits ({line[:40]!r}) is not understood; write for example"
                ' "2 narration: New words", "drop 4" or "order 1 3 2". The fields are'
                f" {', '.join(_FIELDS)}."
            )
    return Edits(order=tuple(order), drop=tuple(drop), rewrite=rewrite, bible=tuple(bible))


def edit_scenes(screenplay: Screenplay, edits: Edits) -> tuple[Screenplay, tuple[str, ...]]:
    """Apply edits to a screenplay.

    Returns:
        The edited screenplay, and one sentence for each scene that is named and is not there.

    Raises:
        ReviseScreenplay: a new value is not legal, or no scene is left.
    """
    notes = tuple(
        f"Scene {name} is not in this screenplay any more; its edit was left out."
        for name in dict.fromkeys((*edits.rewrite, *edits.drop, *edits.order))
        if screenplay.scene(name) is None
    )
    scenes = [
        _rewritten(scene, edits.rewrite[scene.id]) if scene.id in edits.rewrite else scene
        for scene in screenplay.scenes
        if scene.id not in edits.drop
    ]
    if not scenes:
        raise ReviseScreenplay("These edits drop every scene; keep at least one.")
    bible = _with_entries(screenplay.bible, edits.bible)
    try:
        edited = screenplay.replace(scenes=_reordered(scenes, edits.order), bible=bible)
    except ValidationError as error:
        raise ReviseScreenplay(f"These edits cannot be made: {in_words(error)}.") from None
    return recast(edited), notes


def _constant(found: re.Match[str], number: int) -> Constant:
    kind, name, description = found[1].lower(), found[2], found[3]
    wearer = ""
    if kind == "wardrobe" and (worn := re.fullmatch(_WEARER, name)):
        name, wearer = worn[1], worn[2]
    fields = {"kind": kind, "name": name, "wearer": wearer, "description": description}
    try:
        return Constant.model_validate(fields)
    except ValidationError as error:
        raise ReviseScreenplay(
            f"Line {number} of the edits cannot be used: {in_words(error)}."
        ) from None


def _with_entries(
    bible: tuple[Constant, ...], entries: tuple[Constant, ...]
) -> tuple[Constant, ...]:
    known = {each.name.casefold(): each for each in (*bible, *entries)}
    new = {each.name.casefold() for each in entries}
    kept = (each for name, each in known.items() if name not in new or each.description)
    return tuple(kept)


def _logical_lines(text: str) -> list[tuple[int, str]]:
    """The lines with their numbers, continuation lines joined to the line they continue."""
    lines: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if raw[0].isspace() and lines:
            first, start = lines[-1]
            lines[-1] = (first, f"{start} {line}")
        else:
            lines.append((number, line))
    return lines


def _scene_id(name: str, screenplay: Screenplay) -> str:
    """Resolve an id or a number from 1; an id wins, and an unknown name stays as it is."""
    if screenplay.scene(name) is None and name.isdecimal():
        at = int(name) - 1
        if 0 <= at < len(screenplay.scenes):
            return screenplay.scenes[at].id
    return name


def _rewritten(scene: Scene, changes: dict[str, JsonValue]) -> Scene:
    for name in changes:
        if name not in _FIELDS:
            raise ReviseScreenplay(
                f"The edit of scene {scene.id} names {name!r}, which cannot be rewritten; the"
                f" fields are {', '.join(_FIELDS)}."
            )
    try:
        return scene.replace(**changes)
    except ValidationError as error:
        raise ReviseScreenplay(
            f"The edit of scene {scene.id} cannot be used: {in_words(error)}."
        ) from None


def _reordered(scenes: list[Scene], order: tuple[str, ...]) -> tuple[Scene, ...]:
    by_id = {scene.id: scene for scene in scenes}
    named = [by_id[name] for name in dict.fromkeys(order) if name in by_id]
    ids = {scene.id for scene in named}
    moved = iter(named)
    return tuple(next(moved) if scene.id in ids else scene for scene in scenes)
