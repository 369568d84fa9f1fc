"""The looks that a film can be given: by name, read from `looks.toml`, or in the user's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .brief import Brief
from .screenplay import Scene, Screenplay, StyleBible

__all__ = ["Look", "in_its_look", "look_named", "look_of", "looks", "restyled"]


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
    return look_named(brief.look or (own.look[0] if own and len(own.look) == 1 else ""))


def look_named(words: str) -> Look | None:
    """The look of that name or label in any case, or in these words; None for none."""
    words = re.sub(r"\s+", " ", words).strip()
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


def restyled(screenplay: Screenplay, look: Look) -> Screenplay:
    """Give a finished screenplay another look: where its prompts say the one that it has, they say
    the other. What a scene says of its own light and mood stays."""
    before = screenplay.style
    style = look.style.replace(sound=look.style.sound or before.sound)
    known = (each.avoid for each in looks().values() if each.style.in_words() == before.in_words())
    avoided = next(known, "")
    scenes = tuple(
        scene.replace(
            prompt=_said_anew(scene, before, style),
            negative_prompt=_avoiding(scene.negative_prompt, avoided, look.avoid),
        )
        for scene in screenplay.scenes
    )
    return screenplay.replace(style=style, scenes=scenes)


def _said_anew(scene: Scene, before: StyleBible, style: StyleBible) -> str:
    words = scene.prompt or scene.description or scene.narration
    replaced = _replaced(words, before.in_words(), style.in_words())
    if replaced is not None:
        return replaced
    # An optimised prompt says each part of a style in a place of its own.
    for name in ("look", "light", "lens"):
        words = _replaced(words, getattr(before, name), getattr(style, name)) or words
    palettes = (", ".join(each.palette) for each in (before, style))
    words = _replaced(words, *palettes) or words
    parts = (style.look, style.light, style.lens, ", ".join(style.palette))
    unsaid = [part for part in parts if part and part.casefold() not in words.casefold()]
    return StyleBible(look=", ".join(unsaid)).added_to(words) if unsaid else words


def _replaced(words: str, old: str, new: str) -> str | None:
    """The words with `new` for `old`, in whatever case that is; None where it is not there."""
    at = words.casefold().find(old.casefold()) if old and new else -1
    if at < 0 or len(words.casefold()) != len(words):
        return None
    new = new[0].upper() + new[1:] if words[at].isupper() else new
    return words[:at] + new + words[at + len(old) :]


def _avoiding(words: str, old: str, new: str) -> str:
    kept = [each.strip() for each in words.split(",") if each.strip()]
    gone = {each.strip() for each in old.split(",")}
    wanted = [each.strip() for each in new.split(",") if each.strip()]
    return ", ".join(dict.fromkeys([each for each in kept if each not in gone] + wanted))
