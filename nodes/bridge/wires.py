"""The types on the wires, and inputs that many nodes have."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from comfy_api.latest import io

from ...onereel.story.platforms import RESOLUTIONS

__all__ = [
    "BRIEF",
    "CHARACTER",
    "CUT",
    "LINE",
    "SCENE",
    "SCREENPLAY",
    "TAKE",
    "TEMPLATE",
    "backup_voices_input",
    "narrated_input",
    "resolution_input",
    "seed_input",
    "usual",
]

BRIEF = io.Custom("ONEREEL_BRIEF")
SCREENPLAY = io.Custom("ONEREEL_SCREENPLAY")
SCENE = io.Custom("ONEREEL_SCENE")
CHARACTER = io.Custom("ONEREEL_CHARACTER")
LINE = io.Custom("ONEREEL_LINE")
TAKE = io.Custom("ONEREEL_TAKE")
CUT = io.Custom("ONEREEL_CUT")
TEMPLATE = io.Custom("ONEREEL_TEMPLATE")


@cache
def usual(call: Callable[..., Any], option: str) -> Any:
    """What a library function does unless told otherwise: the default of the node's widget."""
    value = inspect.signature(call).parameters[option].default
    return float(value) if isinstance(value, Fraction) else value


def narrated_input() -> io.Input:
    """The film, with scenes that are timed already."""
    return SCREENPLAY.Input(
        "screenplay", tooltip="Narrate's, so that scenes last as long as their voice."
    )


def resolution_input(default: str) -> io.Combo.Input:
    """How large the picture is."""
    return io.Combo.Input(
        "resolution",
        options=list(RESOLUTIONS),
        default=default,
        tooltip="Shorter side of the picture; the brief gives its shape.",
    )


def backup_voices_input() -> io.String.Input:
    """Who speaks where the first voice fails."""
    return io.String.Input(
        "backup_voices",
        optional=True,
        default="",
        tooltip="Voices that step in where the voice fails, in order, with semicolons between.",
    )


def seed_input(tooltip: str, *, optional: bool = False) -> io.Int.Input:
    """A seed that never changes by itself, so that an unchanged graph runs nothing."""
    return io.Int.Input(
        "seed",
        optional=optional,
        default=0,
        min=0,
        max=0xFFFFFFFF,
        control_after_generate=False,
        tooltip=tooltip,
    )
