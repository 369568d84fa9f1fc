"""Story: from an idea to scenes."""

from __future__ import annotations

from comfy_api.latest import io

from .loading import OneReelLoadScreenplay
from .scenes import OneReelEditScenes, OneReelNextScene, OneReelSplitScenes
from .writing import OneReelBrief, OneReelWriteScriptBuiltIn, OneReelWriteScriptOllama

__all__ = ["NODES"]

NODES: list[type[io.ComfyNode]] = [
    OneReelBrief,
    OneReelWriteScriptBuiltIn,
    OneReelWriteScriptOllama,
    OneReelLoadScreenplay,
    OneReelEditScenes,
    OneReelSplitScenes,
    OneReelNextScene,
]
