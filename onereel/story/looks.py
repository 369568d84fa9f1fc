"""The looks that a film can be given: by name, read from `looks.toml`, or in the user's words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .brief import Brief
from .screenplay import Scene, Screenplay, StyleBible

__all__ = ["Look", "in_its_look", "look_of", "looks"]


@dataclass(frozen=True)
class Look:
    """How a whole film looks. `avoid` is what its pictures must not turn into, in a prompt's words.

    A look in the user's own words has them as its name and its label.
    """

    name: str
    label: str
    style: StyleBible
    avoid: str


@cache
def looks() -> Mapping[str, Look]:
    """Read the looks, by name, in the order in which a menu shows them."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: Look(name, data.pop("label"), avoid=data.pop("avoid"), style=StyleBible(**data))
            for name, data in tomllib.loads(text).items()
        }
    )


def look_of(brief: Brief) -> Look | None:
    """The look that a brief, or the one template that is its own, asks for: by its name or label in
    any case, or in words; None where it leaves the look to the writer."""
    own = brief.film_template
    words = brief.look or (own.look[0] if own and len(own.look) == 1 else "")
    asked = words.casefold()
    if not asked:
        return None
    named = (each for each in looks().values() if asked in (each.name, each.label.casefold()))
    return next(named, None) or Look(words, words, StyleBible(look=words), "")


def in_its_look(screenplay: Screenplay) -> Screenplay:
    """Give a screenplay without a style the look that its brief asks for, in every scene."""
    look = look_of(screenplay.brief)
    if look is None:
        return screenplay
    scenes = tuple(_in_look(scene, look) for scene in screenplay.scenes)
    return screenplay.replace(style=look.style, scenes=scenes)


def _in_look(scene: Scene, look: Look) -> Scene:
    shown = scene.prompt or scene.description or scene.narration
    return scene.replace(
        prompt=look.style.added_to(shown), negative_prompt=scene.negative_prompt or look.avoid
    )
