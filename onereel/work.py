"""How long work tells where it is, and how it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .errors import Cancelled

if TYPE_CHECKING:
    from PIL.Image import Image

    from .values import Value

__all__ = ["Cancel", "Progress", "Report"]


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


class Cancel:
    """A stop switch shared by the threads and tasks of one call."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def request(self) -> None:
        """Ask the work to stop; safe from any thread, any number of times."""
        self._event.set()

    @property
    def requested(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked; long loops call this every few milliseconds."""
        if self._event.is_set():
            raise Cancelled
