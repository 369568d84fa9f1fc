"""The event log: what happened to which request, in order, and a way to stop at an event."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Event", "EventLog", "Kind"]

Kind = Literal["received", "polled", "charged", "replied", "first byte", "last byte", "faulted"]
"""Arrival (`polled` for a look at an operation), money, and what left.

`replied` and `last byte` are recorded after the last byte was handed to the kernel, `first byte`
after the first piece of a clip or of what drips; `faulted` when a fault struck instead of, or upon,
an answer.
"""


@dataclass(frozen=True)
class Event:
    """One event. `exchange` numbers the request it belongs to, `detail` says more in words."""

    number: int
    kind: Kind
    where: str
    exchange: int
    operation: str = ""
    prompt: str = ""
    credential: str = ""
    detail: str = ""
    at: float = 0.0

    @property
    def json(self) -> dict[str, Any]:
        return asdict(self)


class EventLog:
    """Events with consecutive numbers from 1.

    A hold stops the whole stand-in at one event: the event is in the log, and until `go` neither
    the thread that recorded it nor any other thread gets past its next event. So whoever waits for
    the event knows where its victim is.
    """

    def __init__(self, *, keep: Callable[[Event], None] = lambda event: None) -> None:
        self._events: list[Event] = []
        self._keep = keep
        self._changed = threading.Condition()
        self._hold_at: int | None = None
        self._held = False
        self._open = True

    def record(
        self, kind: Kind, where: str, exchange: int, *, hold: bool = False, **more: str
    ) -> None:
        """Append an event; blocks while the stand-in is held, and `hold` holds it here."""
        with self._changed:
            self._changed.wait_for(lambda: not self._held)
            number = len(self._events) + 1
            event = Event(number, kind, where, exchange, **more, at=time.time())
            self._events.append(event)
            self._keep(event)
            self._held = self._open and (hold or number == self._hold_at)
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._held)

    def after(self, number: int = 0) -> tuple[Event, ...]:
        with self._changed:
            return tuple(self._events[number:])

    def wait(self, after: int, timeout: float) -> tuple[Event, ...]:
        """Return the events after `after`, as soon as there is one."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._events) > after, timeout)
            return tuple(self._events[after:])

    def hold_at(self, number: int | None) -> None:
        """Hold at the event of this number, when it comes."""
        with self._changed:
            self._hold_at = number

    def go(self) -> bool:
        """End a hold; whether there was one."""
        with self._changed:
            held, self._held = self._held, False
            self._changed.notify_all()
            return held

    @property
    def held(self) -> bool:
        with self._changed:
            return self._held

    def restore(self, events: list[Event]) -> None:
        with self._changed:
            self._events = events

    def close(self) -> None:
        """Hold nothing any more."""
        with self._changed:
            self._open = self._held = False
            self._changed.notify_all()
