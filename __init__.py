"""ComfyUI's way in. ComfyUI imports this file; nothing else is imported before it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comfy_api.latest import ComfyExtension

__all__ = ["WEB_DIRECTORY", "comfy_entrypoint"]

WEB_DIRECTORY = "./web"


async def comfy_entrypoint() -> ComfyExtension:
    """Give ComfyUI the nodes."""
    # Test runners import this file outside ComfyUI, where the nodes cannot be.
    from .nodes import OneReel

    return OneReel()
