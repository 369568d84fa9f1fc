"""The models of the user's Ollama server, as the last look found them.

A menu must neither wait for a server nor forget the models of one that is down. ComfyUI asks for
the menu often and on its event loop, so a look happens in a thread, and its answer is kept.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time

from ..onereel.errors import OneReelError
from ..onereel.files import writing
from ..onereel.settings import Settings
from ..onereel.story.ollama import list_models
from . import bridge

__all__ = ["known", "refresh"]

_USUAL = ("llama3.2:latest",)
"""What the menu offers before a server was ever found; running it says what to start or pull."""
_REST = 20.0
"""Seconds between two looks, so that a press of R finds a model that was just pulled."""

_lock = threading.Lock()
_names: tuple[str, ...] = ()
_looked = float("-inf")


def known() -> tuple[str, ...]:
    """The models, at least one entry; at most starts a look, never waits for it."""
    refresh()
    return _names or _USUAL


def refresh() -> None:
    """Look again soon, if the last look is a while ago."""
    global _looked
    with _lock:
        if time.monotonic() - _looked < _REST:
            return
        _looked = time.monotonic()
    threading.Thread(target=_look, name="onereel-models", daemon=True).start()


def _look() -> None:
    global _names
    found = bridge.home()
    file = found.private / "ollama-models.json"
    if not _names and file.is_file():
        _names = tuple(json.loads(file.read_text("utf-8")))
    try:
        names = asyncio.run(list_models(Settings.load(found).ollama))
        if names and names != _names:
            _names = names
            with writing(file) as temporary:
                temporary.write_text(json.dumps(names), "utf-8")
    except OneReelError:
        # No server, no change: the node itself says what to do when it is run.
        return
