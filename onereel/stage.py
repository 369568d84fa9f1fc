"""A stage of a film, and what every stage works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .home import Home
from .settings import Settings
from .work import Cancel, Progress

__all__ = ["Made", "Stage", "Work"]


@dataclass(frozen=True)
class Work:
    """What every stage works with: folders, settings, and a way to report and to be stopped."""

    home: Home
    settings: Settings = field(default_factory=Settings)
    progress: Progress = field(default_factory=Progress)
    cancel: Cancel = field(default_factory=Cancel)


Made = Mapping[str, Any]


@dataclass(frozen=True)
class Stage:
    """One stage: a node on the graph, a call into the library without one.

    `wires` maps the node's inputs to values that earlier stages made, `choices` maps them to fields
    of `FilmOptions`; `run` takes the same inputs by the same names. `makes` names the results in
    the order of the node's outputs.
    """

    name: str
    node: str
    run: Callable[..., Awaitable[Made]]
    makes: tuple[str, ...]
    wires: Mapping[str, str]
    choices: Mapping[str, str] = field(default_factory=dict)
    share: float = 1.0
    """Of the whole film's time, roughly."""
