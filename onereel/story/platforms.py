"""Where a film will be shown: what a platform takes, covers and plays. How large pictures are."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from ..errors import ReviseBrief, ReviseSetting
from ..home import Home
from ..owners import owners_tables, owners_text
from ..values import Seconds, Value, in_words
from .brief import Aspect, Brief

__all__ = [
    "ANYWHERE",
    "OWN_PLATFORMS",
    "RESOLUTIONS",
    "Platform",
    "Resolution",
    "SafeArea",
    "every_platform",
    "for_platform",
    "named_platform",
    "picture_size",
    "platform_of",
    "platforms",
    "remarks",
]

Resolution = Literal["480p", "720p", "1080p"]
"""The shorter side of the picture. 480p is for local models."""
RESOLUTIONS: tuple[Resolution, ...] = ("480p", "720p", "1080p")

ANYWHERE = "any"
"""The platform of films that are for none."""
OWN_PLATFORMS = "platforms.toml"
"""The owner's file in the settings folder; the bundled one has the same name."""

_LOG = logging.getLogger(__name__)
_NAME = r"^[a-z0-9][a-z0-9_-]{0,39}$"


class SafeArea(Value):
    """How much of a picture's edges a platform's own interface covers; what lies between is safe.

    `top` and `bottom` are fractions of the picture's height, `left` and `right` of its width.
    """

    top: float = Field(default=0, ge=0, le=0.4)
    right: float = Field(default=0, ge=0, le=0.4)
    bottom: float = Field(default=0, ge=0, le=0.4)
    left: float = Field(default=0, ge=0, le=0.4)


class Platform(Value):
    """A place to show films. What is None, nobody knows; the film is made as for anywhere."""

    name: str = Field(pattern=_NAME)
    label: str = Field(min_length=1, max_length=60)
    aspect: Aspect | None = None
    """The shape of its pictures; None leaves it to the film maker."""
    resolution: Resolution | None = None
    """What it shows best."""
    largest_resolution: Resolution | None = None
    shortest: Seconds | None = Field(default=None, ge=0)
    longest: Seconds | None = Field(default=None, gt=0)
    """Of the films that it takes."""
    usual_length: tuple[Seconds, Seconds] | None = None
    """From, to: what is recommended."""
    safe: SafeArea | None = None
    """In a picture of its shape."""
    loudness: float | None = Field(default=None, ge=-40, le=-5)
    """LUFS (EBU R 128)."""
    peak: float | None = Field(default=None, ge=-20, le=0)
    """dBTP."""
    checked: date | None = None
    """When its figures were compared with their sources; None: its owner wrote it."""
    sources: Mapping[str, str] = Field(default_factory=dict)
    """Where each figure comes from."""

    @model_validator(mode="after")
    def _lengths_are_in_order(self) -> Self:
        if (self.shortest or 0) > (self.longest or self.shortest or 0):
            raise ValueError("shortest must not be more than longest")
        return self

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """Those that it shows."""
        if self.largest_resolution is None:
            return RESOLUTIONS
        return RESOLUTIONS[: RESOLUTIONS.index(self.largest_resolution) + 1]

    def safe_in(self, aspect: Aspect) -> SafeArea | None:
        """What it covers of pictures of that shape; None where that is not known.

        A picture of another shape than the platform's stands between bars, away from buttons.
        """
        return self.safe if self.aspect in (None, aspect) else None

    def refuses(self, seconds: Fraction) -> str:
        """Why it does not take a film of that length, and what to do; "" where it does."""
        low, high = self.shortest or Fraction(0), self.longest
        if low <= seconds and (high is None or seconds <= high):
            return ""
        change = "longer" if seconds < low else "shorter"
        # Rounded away from the limit, so that the sentence never says that they are the same.
        tenths = 10 * seconds // 1 if seconds < low else -(-10 * seconds // 1)
        return (
            f"{self.label} takes films of {self._taken}, not of {float(tenths / 10):g} s: make it"
            f" {change}, or choose another platform."
        )

    @property
    def _taken(self) -> str:
        if not self.shortest:
            return f"at most {float(self.longest or 0):g} s"
        if self.longest is None:
            return f"at least {float(self.shortest):g} s"
        return f"{float(self.shortest):g} to {float(self.longest):g} s"


def platforms(home: Home) -> Mapping[str, Platform]:
    """Every platform by name: the built-in ones, corrected and added to by the owner's.

    Raises:
        ReviseSetting: a line of the owner's `platforms.toml` is wrong.
    """
    file = home.private / OWN_PLATFORMS
    tables = owners_tables(owners_text(file), file=file, thing="platform", example="[vimeo]")
    return {**_built_in(), **{name: _own(name, tables[name], file) for name in tables}}


def every_platform(home: Home) -> tuple[Platform, ...]:
    """Every platform in the order in which a menu shows them; only the built-in ones, with a word
    in the log, where the owner's file is wrong."""
    try:
        return tuple(platforms(home).values())
    except ReviseSetting as error:
        _LOG.warning("%s", error.user_message)
        return tuple(_built_in().values())


@cache
def _built_in() -> Mapping[str, Platform]:
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    return MappingProxyType(
        {name: Platform(name=name, **table) for name, table in tomllib.loads(text).items()}
    )


def _own(name: str, table: Mapping[str, Any], file: Path) -> Platform:
    if name == ANYWHERE:
        raise ReviseSetting(f"{file}: [{ANYWHERE}] is no platform; give yours another name.")
    known = _built_in().get(name)
    # What the owner changed no longer stands on the source that we checked.
    usual = {**dict(known), "checked": None} if known else {"label": name.capitalize()}
    try:
        return Platform.model_validate({**usual, **table, "name": name})
    except ValidationError as error:
        raise ReviseSetting(f"{file}: [{name}] {in_words(error)}; correct that line.") from None


def platform_of(brief: Brief, home: Home) -> Platform:
    """The platform that a film is for; "any" where nobody here knows it.

    Raises:
        ReviseSetting: as `platforms`.
    """
    anywhere = _built_in()[ANYWHERE]
    # A film that is for none is not stopped by a file about others.
    return anywhere if brief.platform == ANYWHERE else platforms(home).get(brief.platform, anywhere)


def named_platform(asked: str, home: Home) -> Platform:
    """The platform of a name or label, in any case.

    Raises:
        ReviseBrief: there is none; the sentence names all that there are.
        ReviseSetting: as `platforms`.
    """
    known, wanted = platforms(home), asked.strip().casefold()
    for each in known.values():
        if wanted in (each.name, each.label.casefold()):
            return each
    *others, last = known
    raise ReviseBrief(
        f"There is no platform {asked.strip()!r}: choose {', '.join(others)} or {last}."
    )


def for_platform(brief: Brief, home: Home) -> Brief:
    """A brief whose platform is called by its name, and whose shape is the platform's unless it has
    one of its own; raises as `named_platform`."""
    if brief.platform == ANYWHERE:
        return brief
    platform = named_platform(brief.platform, home)
    has_shape = "aspect" in brief.model_fields_set or platform.aspect is None
    aspect = brief.aspect if has_shape else platform.aspect
    if (platform.name, aspect) == (brief.platform, brief.aspect):
        return brief
    return brief.replace(platform=platform.name, aspect=aspect)


def remarks(brief: Brief, seconds: Fraction, home: Home) -> tuple[str, ...]:
    """What the film maker should know of a film of that length on its platform, in sentences.

    Raises:
        ReviseSetting: as `platforms`.
    """
    platform = platform_of(brief, home)
    if brief.platform != platform.name:
        return (
            f"Nobody here knows the platform {brief.platform!r}, so the film is made as for"
            f" anywhere; describe it in {OWN_PLATFORMS} beside the settings.",
        )
    refusal = platform.refuses(seconds)
    return (refusal,) if refusal else ()


_LONG_SIDE: dict[Resolution, int] = {
    # 16/9 of 480 is 853.3, and video models want sides that are multiples of 16.
    "480p": 848,
    "720p": 1280,
    "1080p": 1920,
}


def picture_size(aspect: Aspect, resolution: Resolution) -> tuple[int, int]:
    """The width and height in pixels of a picture of that shape; the resolution is its short side.

    All sides are even, and at 480p and 720p multiples of 16.
    """
    short, long = int(resolution.removesuffix("p")), _LONG_SIDE[resolution]
    return {"16:9": (long, short), "9:16": (short, long), "1:1": (short, short)}[aspect]
