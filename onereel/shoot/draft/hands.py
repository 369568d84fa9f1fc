"""Processes that draw drafts for this one, which has somebody waiting for its answers.

Drawing is Python's work for the most part, and Python does one thing at a time in a process: with
a film being drawn in it, each answer of ComfyUI's server takes several times as long.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from PIL import Image

from .hand import Errand
from .order import Order, Watch, draw_here

__all__ = ["Hands"]

_LOG = logging.getLogger("onereel")
_ROOT = Path(__file__).resolve().parents[3]
# By hand: an embedded Python looks neither into PYTHONPATH nor into the current folder
# (https://docs.python.org/3/using/windows.html#the-embeddable-package).
_START = (
    "import sys; sys.path.insert(0, sys.argv[1])\nfrom onereel.shoot.draft.hand import main; main()"
)
_IDLE = 60.0
"""Seconds without an order after which a process is ended: one takes half a second to start."""
_LOOK = 0.2
"""Seconds between two looks whether the work is to stop."""
_BEHIND, _NICEST = 5, 19
"""How much nicer than this process another is that draws for it, and the nicest that there is."""


class Hands:
    """As many processes as draw at the same time; each is kept for a while. Safe to use from many
    threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Hand] = []
        self._tidying: threading.Timer | None = None

    def draw(self, order: Order, path: Path, watch: Watch) -> Image.Image:
        """Draw a clip in another process, or, where none can do it, in this one, which says what is
        wrong with it; as `draw_here` does."""
        with self._lent() as hand:
            drawn = hand.draw(order, path, watch) if hand else None
        if drawn is None:
            _LOG.warning("no process to draw scene %s; it is drawn in this one", order.scene.id)
            drawn = draw_here(order, path, watch)
        return drawn

    def close(self) -> None:
        """End the processes that nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for hand in idle:
            hand.end()

    @contextmanager
    def _lent(self) -> Iterator[_Hand | None]:
        with self._lock:
            hand = next((each for each in self._idle if each.runs), None)
            if hand:
                self._idle.remove(hand)
        hand = hand or _start()
        try:
            yield hand
        except BaseException:
            if hand:
                # It is in the middle of something.
                hand.end()
            raise
        if hand:
            self._keep(hand)

    def _keep(self, hand: _Hand) -> None:
        if not hand.runs:
            hand.end()
            return
        hand.since = time.monotonic()
        with self._lock:
            self._idle.append(hand)
            if self._tidying is None:
                self._tidy_later()

    def _tidy_later(self) -> None:
        self._tidying = threading.Timer(_IDLE, self._tidy)
        self._tidying.daemon = True
        self._tidying.start()

    def _tidy(self) -> None:
        due = time.monotonic() - _IDLE
        with self._lock:
            over = [hand for hand in self._idle if hand.since <= due]
            self._idle = [hand for hand in self._idle if hand.since > due]
            self._tidying = None
            if self._idle:
                self._tidy_later()
        for hand in over:
            hand.end()


def _start() -> _Hand | None:
    """A new process; None where none can be started."""
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", _START, str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            # Ctrl+C is for whoever ordered.
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None
    _step_back(process.pid)
    return _Hand(process)


def _step_back(pid: int) -> None:
    """Let whoever waits for an answer have the processor first."""
    with suppress(psutil.Error, OSError):
        process = psutil.Process(pid)
        if os.name == "nt":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            process.nice(min(_NICEST, process.nice() + _BEHIND))


class _Hand:
    """One process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin and process.stdout
        self.since = 0.0
        """When it was last needed."""
        self._process, self._orders, self._tells = process, process.stdin, process.stdout
        self._told: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="onereel-hand", daemon=True).start()

    def draw(self, order: Order, path: Path, watch: Watch) -> Image.Image | None:
        """Draw a clip; None where it ends before that, whatever the reason is.

        Raises:
            Cancelled: from `watch`.
        """
        try:
            self._orders.write(Errand(order=order, path=path).model_dump_json() + "\n")
            self._orders.flush()
        except OSError:
            return None
        while message := self._next(watch):
            for _ in range(message.get("frames", 0)):
                watch.frame()
            if poster := message.get("poster"):
                return Image.open(io.BytesIO(base64.b64decode(poster))).convert("RGB")
        return None

    def end(self) -> None:
        """End it, whatever it does, and wait for that: its file is to be deleted."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._orders, self._tells):
            with suppress(OSError):
                pipe.close()

    @property
    def runs(self) -> bool:
        """Whether it can draw another."""
        return self._process.poll() is None

    def _next(self, watch: Watch) -> dict[str, Any]:
        """What it says next; nothing when it has ended."""
        while True:
            watch.check()
            with suppress(queue.Empty):
                line = self._told.get(timeout=_LOOK)
                break
        found: dict[str, Any] = json.loads(line) if line else {}
        return found

    def _listen(self) -> None:
        """Pass on what it says, and at last that it says nothing any more."""
        with suppress(OSError, ValueError):
            for line in self._tells:
                self._told.put(line)
        self._told.put("")
