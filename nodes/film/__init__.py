"""Film: everything in one node, and the finished file."""

from __future__ import annotations

from comfy_api.latest import io

from .making import OneReelMakeFilm
from .saving import OneReelSaveFilm

__all__ = ["NODES"]

NODES: list[type[io.ComfyNode]] = [OneReelMakeFilm, OneReelSaveFilm]
