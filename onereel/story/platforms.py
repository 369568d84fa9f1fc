"""Where a film will be shown, and how large its picture is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .brief import Aspect

__all__ = ["PLATFORMS", "RESOLUTIONS", "Platform", "Resolution", "picture_size"]

Resolution = Literal["480p", "720p", "1080p"]
"""The shorter side of the picture. 480p is for local models."""
RESOLUTIONS: tuple[Resolution, ...] = ("480p", "720p", "1080p")


@dataclass(frozen=True)
class Platform:
    """A place to show films. `aspect` None leaves the shape to the user."""

    name: str
    label: str
    aspect: Aspect | None


PLATFORMS: dict[str, Platform] = {
    platform.name: platform
    for platform in (
        Platform("any", "Anywhere", None),
        Platform("youtube", "YouTube", "16:9"),
        Platform("shorts", "YouTube Shorts", "9:16"),
        Platform("tiktok", "TikTok", "9:16"),
        Platform("reels", "Instagram Reels", "9:16"),
        Platform("square", "Square feed", "1:1"),
    )
}

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
