"""OneReel over HTTP: everything below /onereel/v1, on ComfyUI's own server."""

from __future__ import annotations

from .opening import open_server

__all__ = ["open_server"]
