"""Shoot: from scenes to takes."""

from __future__ import annotations

from comfy_api.latest import io

from .free import OneReelCollectTake, OneReelShootDraft
from .paid import OneReelShootWithOmni, OneReelShootWithVeo
from .price import OneReelPriceCard

__all__ = ["NODES"]

NODES: list[type[io.ComfyNode]] = [
    OneReelShootDraft,
    OneReelPriceCard,
    OneReelShootWithVeo,
    OneReelShootWithOmni,
    OneReelCollectTake,
]
