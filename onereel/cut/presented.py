"""Which scenes a presenter is in, as a text names them: "all", or numbers such as "1, 3-5".

Scenes are counted as they are in the finished film. What no film has is refused at once, what this
film cannot have before it is made, and what it has not once its lines are spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..errors import RevisePresenter
from ..story.brief import MOST_SCENES

__all__ = ["EVERY_SCENE", "NUMBERED_SCENES", "check_scenes", "chosen_scenes"]

EVERY_SCENE = "all"
"""Selects all scenes of a film."""
NUMBERED_SCENES = r"^\s*([Aa][Ll][Ll]|\d+(\s*-\s*\d+)?([\s,;]+\d+(\s*-\s*\d+)?)*)\s*$"
"""What selects scenes of a film that is not written yet: all, or numbers such as 1, 3-5."""


def check_scenes(scenes: str, count: int = MOST_SCENES, *, most: int | None = None) -> None:
    """Make sure that a film can have the scenes that a text numbers; ids are let pass.

    Args:
        scenes: the text.
        count: how many scenes the film has, as far as anybody knows.
        most: how many it may have once its lines are spoken; as many as `count`, if left out.

    Raises:
        RevisePresenter: it names another.
    """
    for part in () if _means_all(scenes) else _parts(scenes):
        found = _numbers(part)
        if found and not 1 <= found[0] <= found[1] <= max(count, most or 0):
            raise RevisePresenter(_not_there(part, count))


def chosen_scenes(scenes: str, known: Sequence[str]) -> list[str]:
    """The ids of the scenes that a text selects by number or id, in the film's order.

    Raises:
        RevisePresenter: it selects none, or one that is not `known`.
    """
    if _means_all(scenes):
        return list(known)
    chosen: set[str] = set()
    for part in _parts(scenes):
        if part in known:
            chosen.add(part)
            continue
        found = _numbers(part)
        if not found or not 1 <= found[0] <= found[1] <= len(known):
            raise RevisePresenter(_not_there(part, len(known)))
        chosen.update(known[found[0] - 1 : found[1]])
    if not chosen:
        raise RevisePresenter(
            'Name the scenes that the presenter is in: "all", or numbers such as "1, 3-5".'
        )
    return [scene for scene in known if scene in chosen]


def _means_all(scenes: str) -> bool:
    return scenes.strip().lower() == EVERY_SCENE


def _parts(scenes: str) -> Iterator[str]:
    return filter(None, re.split(r"[\s,;]+", re.sub(r"\s*-\s*", "-", scenes)))


def _numbers(part: str) -> tuple[int, int] | None:
    """The first and the last number of a range; None of what is none."""
    found = re.fullmatch(r"([0-9]+)(?:-([0-9]+))?", part)
    return (_counted(found[1]), _counted(found[2] or found[1])) if found else None


def _counted(digits: str) -> int:
    # Python reads no number of thousands of digits; nine are beyond any film.
    return int(digits.lstrip("0")[:9] or 0)


def _not_there(part: str, count: int) -> str:
    others = f" or numbers from 1 to {count}" if count > 1 else " for it has one scene"
    return f'The film has no scene {part[:40]} for a presenter to be in; write "all",{others}.'
