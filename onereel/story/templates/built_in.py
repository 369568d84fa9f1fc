"""The built-in templates, and the one that a brief asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...errors import ReviseBrief
from .template import BUILT_IN, Template

if TYPE_CHECKING:
    from ..brief import Brief

__all__ = ["family", "find", "own_call", "template_of", "templates"]


@cache
def templates() -> Mapping[str, Template]:
    """Read the built-in templates, by name, in the order in which a menu shows them."""
    folder = Path(__file__).parent
    files = {name: (folder / f"{name}.toml").read_text(encoding="utf-8") for name in BUILT_IN}
    return MappingProxyType(
        {name: Template(name=name, **tomllib.loads(text)) for name, text in files.items()}
    )


def template_of(brief: Brief) -> Template:
    """The template that a brief brings with it or names, by its name or label in any case.

    Raises:
        ReviseBrief: there is no such template; the sentence names all that there are.
    """
    if brief.film_template is not None:
        return brief.film_template
    return find(brief.template, templates().values())


def find(asked: str, among: Iterable[Template]) -> Template:
    """The template of a name or label, in any case; raises as `template_of` does."""
    among = tuple(among)
    wanted = asked.strip().casefold()
    for each in among:
        if wanted in (each.name, each.label.casefold()):
            return each
    *others, last = (each.name for each in among)
    raise ReviseBrief(
        f"There is no template {asked.strip()!r}: choose {', '.join(others)} or {last}."
    )


def family(template: Template) -> tuple[str, ...]:
    """The names in whose words the built-in writer tells it: its own, then those that it is like;
    the last is how it reads an idea."""
    names = [template.name]
    while template.like:
        template = templates()[template.like]
        names.append(template.name)
    return tuple(names)


def own_call(template: Template) -> str:
    """The last words that the film maker wished for; the built-in ones only say what they ask."""
    usual = {each.call_to_action for each in templates().values()}
    return "" if template.call_to_action in usual else template.call_to_action
