"""Shoot: from scenes to takes."""

from __future__ import annotations

from comfy_api.latest import io

from .board import OneReelStoryboard
from .drawing import OneReelDrawScenesGemini
from .drawn import OneReelShootDrawnStills
from .free import OneReelCollectTake, OneReelShootDraft
from .paid import OneReelShootWithOmni, OneReelShootWithVeo
from .price import OneReelPriceCard
from .prompts import OneReelOptimisePrompts
from .stills import OneReelShootStills

__all__ = ["NODES"]

NODES: list[type[io.ComfyNode]] = [
    OneReelShootDraft,
    OneReelShootStills,
    OneReelStoryboard,
    OneReelDrawScenesGemini,
    OneReelShootDrawnStills,
    OneReelOptimisePrompts,
    OneReelPriceCard,
    OneReelShootWithVeo,
    OneReelShootWithOmni,
    OneReelCollectTake,
]
