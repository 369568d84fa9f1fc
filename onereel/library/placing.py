"""Another platform for a film: called by its name, with the shape and resolution that it shows."""

from __future__ import annotations

from collections.abc import Sequence

from ..home import Home
from ..story.platforms import named_platform
from .edits.changes import Change, SetPlatform

__all__ = ["placed"]


def placed(changes: Sequence[Change], home: Home) -> tuple[Change, ...]:
    """The changes, with each platform by its name and with its shape and what it
    shows best, where it has one.

    Raises:
        ReviseBrief: there is no such platform; the sentence names all that there are.
        ReviseSetting: the owner's file of platforms is wrong.
    """
    return tuple(_placed(each, home) if isinstance(each, SetPlatform) else each for each in changes)


def _placed(change: SetPlatform, home: Home) -> SetPlatform:
    platform = named_platform(change.platform, home)
    return SetPlatform(
        platform=platform.name,
        aspect=change.aspect or platform.aspect,
        resolution=change.resolution or platform.resolution,
    )
