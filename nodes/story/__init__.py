"""Story: from an idea to scenes."""

from __future__ import annotations

from comfy_api.latest import io

from .directing import OneReelDirectScript
from .loading import OneReelLoadScreenplay
from .scenes import OneReelEditScenes, OneReelNextScene, OneReelSplitScenes
from .template import OneReelFilmTemplate
from .writers import (
    OneReelWriteScriptBestAvailable,
    OneReelWriteScriptBuiltIn,
    OneReelWriteScriptGemini,
    OneReelWriteScriptOllama,
)
from .writing import OneReelBrief

__all__ = ["NODES"]

NODES: list[type[io.ComfyNode]] = [
    OneReelBrief,
    OneReelWriteScriptBuiltIn,
    OneReelWriteScriptOllama,
    OneReelWriteScriptGemini,
    OneReelWriteScriptBestAvailable,
    OneReelDirectScript,
    OneReelLoadScreenplay,
    OneReelEditScenes,
    OneReelSplitScenes,
    OneReelNextScene,
    OneReelFilmTemplate,
]
