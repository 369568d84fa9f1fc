"""Shoot Stills: pictures become clips that last as long as their scene's voice."""

from .shoot import FOCUSES, MOVEMENTS, STILLS_VERSION, Focus, Movement, Pixels, shoot_stills

__all__ = [
    "FOCUSES",
    "MOVEMENTS",
    "STILLS_VERSION",
    "Focus",
    "Movement",
    "Pixels",
    "shoot_stills",
]
