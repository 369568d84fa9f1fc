"""How long work tells where it is, and how it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .errors import Cancelled

if TYPE_CHECKING:
    from PIL.Image import Image

    from .values import Value

__all__ = ["Cancel", "Courtesy", "Progress", "Report"]


@dataclass(frozen=True)
class Report:
    """One step of a long call.

    `fraction` runs from 0 to 1 over the whole call; `preview` is an RGB picture of the work; `made`
    is what was finished with this step: a Screenplay, a Line or a Take.
    """

    fraction: float
    note: str = ""
    preview: Image | None = None
    made: Value | None = None


def _nobody(report: Report) -> None:
    """Listen to nothing."""


@dataclass(frozen=True)
class Progress:
    """Where a long call reports to: a listener, and the slice of its bar that is ours.

    Safe to call from worker threads if the listener is.
    """

    listener: Callable[[Report], None] = _nobody
    start: float = 0.0
    end: float = 1.0

    def __call__(
        self,
        fraction: float,
        note: str = "",
        *,
        preview: Image | None = None,
        made: Value | None = None,
    ) -> None:
        """Report that `fraction` (0 to 1) of this slice is done, and what came out of it."""
        inside = min(max(fraction, 0.0), 1.0)
        whole = self.start + (self.end - self.start) * inside
        self.listener(Report(whole, note, preview, made))

    def part(self, start: float, end: float) -> Progress:
        """Give a callee the slice from `start` to `end` (0 to 1) of this slice."""
        span = self.end - self.start
        return replace(self, start=self.start + span * start, end=self.start + span * end)


class Courtesy:
    """Lets short answers come before long work that shares their process: Python does one thing at
    a time in it, and whoever waits for an answer waits for each frame that is drawn meanwhile."""

    def __init__(self, *, longest: float = 0.02) -> None:
        """`longest`: seconds that work waits at most each time; it has to come to its end, too."""
        self._longest = longest
        self._lock = threading.Lock()
        self._waiting = 0
        self._nobody = threading.Event()
        self._nobody.set()

    @contextmanager
    def first(self) -> Iterator[None]:
        """While the block runs, somebody waits for its answer."""
        with self._lock:
            self._waiting += 1
            self._nobody.clear()
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1
                if not self._waiting:
                    self._nobody.set()

    def give_way(self) -> None:
        """Wait until nobody waits, but not for long."""
        self._nobody.wait(self._longest)


class Cancel:
    """A stop switch shared by the threads and tasks of one call, which also gives way."""

    def __init__(self, courtesy: Courtesy | None = None) -> None:
        self._event = threading.Event()
        self._courtesy = courtesy

    def request(self) -> None:
        """Ask the work to stop; safe from any thread, any number of times."""
        self._event.set()

    @property
    def requested(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked; long loops call this every few milliseconds."""
        if self._courtesy:
            self._courtesy.give_way()
        if self._event.is_set():
            raise Cancelled
