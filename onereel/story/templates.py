"""The eight film templates: arc, tone, pace, look and music of each, read from `templates.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..errors import ReviseBrief

__all__ = ["MOODS", "Beat", "Template", "template_named", "templates"]

MOODS = (
    "calm",
    "cold",
    "dark",
    "energetic",
    "hopeful",
    "joyful",
    "mysterious",
    "sad",
    "tense",
    "warm",
    "wonder",
)
"""Every mood that the built-in writer gives a scene."""


@dataclass(frozen=True)
class Beat:
    """One step of an arc. `priority` runs from 1 (goes first when scenes are few) to 10."""

    name: str
    priority: int
    mood: str


@dataclass(frozen=True)
class Template:
    """A kind of film. `arcs` holds one list of beats for "hero" ideas and one for "topic" ideas."""

    name: str
    label: str
    about: str
    tone: str
    seconds_per_scene: Fraction
    looks: tuple[str, ...]
    lens: str
    music: str
    stretch: frozenset[str]
    arcs: Mapping[str, tuple[Beat, ...]]


def _template(name: str, data: dict[str, Any]) -> Template:
    arcs = {kind: tuple(Beat(*beat) for beat in data[kind]) for kind in ("hero", "topic")}
    return Template(
        name=name,
        label=data["label"],
        about=data["about"],
        tone=data["tone"],
        seconds_per_scene=Fraction(str(data["seconds_per_scene"])),
        looks=tuple(data["looks"]),
        lens=data["lens"],
        music=data["music"],
        stretch=frozenset(data["stretch"]),
        arcs=MappingProxyType(arcs),
    )


@cache
def templates() -> Mapping[str, Template]:
    """Read the templates, by name, in the order in which a menu shows them."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {name: _template(name, data) for name, data in tomllib.loads(text).items()}
    )


def template_named(name: str) -> Template:
    """Find a template by its name, in any case.

    Raises:
        ReviseBrief: there is no such template; the sentence names all that there are.
    """
    template = templates().get(name.strip().lower())
    if template is None:
        *others, last = templates()
        raise ReviseBrief(
            f"There is no template {name.strip()!r}: choose {', '.join(others)} or {last}."
        )
    return template
