"""The nodes: each a schema and one call into the library."""

from __future__ import annotations

from comfy_api.latest import ComfyExtension, io

from . import bridge, cast, cut, film, revoicing, shoot, story, voice
from .server import open_server

__all__ = ["OneReel"]


class OneReel(ComfyExtension):
    """All nodes of the pack, in the order of a film's making."""

    def __init__(self) -> None:
        """ComfyUI asks once, when it starts: it never calls `on_load`."""
        bridge.tidy_up()
        open_server()

    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        """List the nodes."""
        return [
            *story.NODES,
            *cast.NODES,
            *voice.NODES,
            *shoot.NODES,
            *cut.NODES,
            *film.NODES,
            *revoicing.NODES,
        ]
