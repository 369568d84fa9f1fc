"""Menus of models: those of the user's Ollama server, of a Gemini key, and the paid ones.

A menu must neither wait for a server nor forget the models of one that is down. ComfyUI asks for
the menus often and on its event loop, so a look happens in a thread, and its answer is kept.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

from ..onereel.errors import OneReelError
from ..onereel.files import writing
from ..onereel.home import Home
from ..onereel.settings import Settings
from ..onereel.shoot.models.registry import Registry
from ..onereel.shoot.shot import PaidRenderer
from ..onereel.story.writers.gemini import list_gemini_models
from ..onereel.story.writers.ollama import list_models
from . import bridge

__all__ = ["DRAWING", "GEMINI", "OLLAMA", "OMNI", "VEO", "Menu", "name_in"]

_REST = 20.0
"""Seconds between two looks, so that a press of R finds a model that was just pulled."""
_LONG_REST = 600.0
"""The same, once a service beyond this computer has answered."""


class Menu:
    """The models that the last look found; `usual` before there was one."""

    def __init__(
        self, look: Callable[[Home], Sequence[str]], *, usual: str, rest: float = _REST
    ) -> None:
        self._look = look
        self._rest = rest
        self._names: tuple[str, ...] = (usual,)
        self._next = float("-inf")
        self._lock = threading.Lock()

    def known(self) -> tuple[str, ...]:
        """The models, at least one; at most starts a look, never waits for it."""
        self.refresh()
        return self._names

    def refresh(self) -> None:
        """Look again soon, if the last look is a while ago."""
        with self._lock:
            if time.monotonic() < self._next:
                return
            self._next = time.monotonic() + _REST
        threading.Thread(target=self._renew, name="onereel-models", daemon=True).start()

    def _renew(self) -> None:
        try:
            found = tuple(self._look(bridge.home()))
        except OneReelError:
            # No server, no change: the node itself says what to do when it is run.
            return
        if found:
            self._names = found
            self._next = max(self._next, time.monotonic() + self._rest)


def name_in(entry: str) -> str:
    """The model's name in an entry of a menu, which may say more behind it."""
    return entry.split(" ", 1)[0]


def _ollama(home: Home) -> Sequence[str]:
    return _remembered(home, "ollama-models.json", list_models(Settings.load(home).ollama))


def _gemini(home: Home) -> Sequence[str]:
    """Look up the models of the key, the usual one first."""
    usual = Registry.load(home).text("").name
    asked = list_gemini_models(Settings.load(home).google)
    names = _remembered(home, "gemini-models.json", asked)
    return sorted(names, key=lambda name: name != usual)


def _remembered(
    home: Home, name: str, look: Coroutine[Any, Any, tuple[str, ...]]
) -> tuple[str, ...]:
    """What a look finds; where nobody answers, what the last one found."""
    file = home.private / name
    try:
        names = asyncio.run(look)
    except OneReelError:
        return tuple(json.loads(file.read_text("utf-8"))) if file.is_file() else ()
    if names:
        with writing(file) as temporary:
            temporary.write_text(json.dumps(names), "utf-8")
    return names


def _paid(renderer: PaidRenderer) -> Callable[[Home], Sequence[str]]:
    """Look up the models of a renderer, marked with what is missing to reach them."""

    def look(home: Home) -> Sequence[str]:
        reach = Settings.load(home).google.reach()
        registry, entries = Registry.load(home), []
        today = datetime.now(UTC).date()
        usable = registry.usable(today, renderer=renderer)
        for model in sorted(usable, key=lambda model: model.name != registry.usual(renderer)):
            marks = [] if model.reached(reach) else ["not reached yet: add a key or a project"]
            if lapse := registry.lapse(model.name, today):
                marks.append(f"retires on {lapse.date}, then {lapse.successor or 'nothing'}")
            entries.append(f"{model.name} ({'; '.join(marks)})" if marks else model.name)
        return entries

    return look


def _drawing(home: Home) -> Sequence[str]:
    """Look up the models that draw, the usual one first, marked where nobody knows a price."""
    images = sorted(Registry.load(home).images.values(), key=lambda image: not image.usual)
    return [image.name if image.prices else f"{image.name} (price not known)" for image in images]


DRAWING = Menu(_drawing, usual="gemini-nano-banana-2.1")
GEMINI = Menu(_gemini, usual="gemini-3.8-flash", rest=_LONG_REST)
OLLAMA = Menu(_ollama, usual="llama3.2:latest")
VEO = Menu(_paid("veo"), usual="veo-3.1-fast-generate-001")
OMNI = Menu(_paid("omni"), usual="gemini-omni-1.2-flash")
