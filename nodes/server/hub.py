"""The hub: tells the world what happens, as plain JSON and never more.

Three ways: `onereel.*` events on ComfyUI's WebSocket, to everybody; `GET /onereel/v1/events` for
programs without a socket; and Python hooks, for other packs, on ComfyUI's server object:

    from server import PromptServer
    PromptServer.instance.onereel_hooks.append(lambda kind, data: ...)

A hook is called in a thread of its own, one event after the other; what it raises is logged and
stops nothing. `kind` is the event's name without "onereel.".
"""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from server import PromptServer

from ...onereel.secrets import mask
from .. import bridge
from .problems import without_folders

if TYPE_CHECKING:
    from ...onereel.library.films import Films

__all__ = ["HUB", "Hub", "tell_film"]

Hook = Callable[[str, dict[str, Any]], None]

_MOST_KEPT = 1000
_LOG = logging.getLogger("onereel")


class Hub:
    """Publishes events. Safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._kept: deque[tuple[int, str, str, dict[str, Any]]] = deque(maxlen=_MOST_KEPT)
        self._told: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
        self._listener: threading.Thread | None = None

    def open(self) -> None:
        """Let other packs hook in."""
        if not hasattr(PromptServer.instance, "onereel_hooks"):
            PromptServer.instance.onereel_hooks = []

    def publish(self, kind: str, data: dict[str, Any]) -> None:
        """Tell everybody. `data` is turned into plain JSON first: anything else on ComfyUI's
        WebSocket would end its loop, and with it every other message."""
        told = without_folders(mask(json.dumps(data, default=str)), bridge.home())
        plain: dict[str, Any] = json.loads(told)
        with self._lock:
            self._number += 1
            at = datetime.now(UTC).isoformat()
            # What changes ten times a second is no news for somebody who asks once.
            if kind != "progress":
                self._kept.append((self._number, at, kind, plain))
        PromptServer.instance.send_sync(f"onereel.{kind}", plain)
        if getattr(PromptServer.instance, "onereel_hooks", None):
            self._tell_hooks(kind, plain)

    def since(self, number: int) -> tuple[int, tuple[tuple[int, str, str, dict[str, Any]], ...]]:
        """The number of the latest event, and the kept events after `number`."""
        with self._lock:
            return self._number, tuple(each for each in self._kept if each[0] > number)

    def _tell_hooks(self, kind: str, data: dict[str, Any]) -> None:
        self._told.put((kind, data))
        with self._lock:
            if self._listener is None:
                self._listener = threading.Thread(
                    target=self._call_hooks, name="onereel-hooks", daemon=True
                )
                self._listener.start()

    def _call_hooks(self) -> None:
        while True:
            kind, data = self._told.get()
            for hook in tuple(PromptServer.instance.onereel_hooks):
                try:
                    hook(kind, json.loads(json.dumps(data)))
                except Exception:  # noqa: BLE001 (it is somebody else's code)
                    _LOG.exception("A hook of another pack failed at %s.", kind)


HUB = Hub()
"""One for the whole process."""


def tell_film(films: Films, film_id: str) -> None:
    """Say that a film was changed."""
    film = films.get(film_id)
    HUB.publish("film", {"film": film_id, "revision": film.revision.number, "state": film.state})
