"""Cut: from takes and lines to the film."""

from __future__ import annotations

from comfy_api.latest import io

from .cards import OneReelAddCards
from .clips import OneReelJoinClips, OneReelMuxAudio
from .film import (
    OneReelAddCaptions,
    OneReelAddSoundtrack,
    OneReelAssembleCut,
    OneReelRenderCut,
)
from .presenter import OneReelAddPresenter

__all__ = ["NODES"]

NODES: list[type[io.ComfyNode]] = [
    OneReelAssembleCut,
    OneReelAddSoundtrack,
    OneReelAddCaptions,
    OneReelAddCards,
    OneReelAddPresenter,
    OneReelRenderCut,
    OneReelJoinClips,
    OneReelMuxAudio,
]
