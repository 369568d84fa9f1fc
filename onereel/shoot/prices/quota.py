"""Quotas: requests are spaced as a model allows, and a batch knows beforehand when it ends."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import WaitForQuota
from ...remote import obeying
from ...work import Cancel
from ..models.model import Model

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

__all__ = ["AT_ONCE", "Forecast", "Pace", "forecast"]

AT_ONCE = 4
"""Requests under way where nobody knows how many a model takes."""
_LATENCY = 90
"""Seconds from submit to clip where nobody knows."""
_MINUTE = 60
_MEMORY = 3600
"""Seconds for which what was learned of a quota is believed."""


class _Learned:
    """What this process saw a model's service take and turn away."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: deque[float] = deque()
        self._turned_away: deque[float] = deque()
        self._per_minute: int | None = None
        self.not_before = 0.0
        """When it takes requests again, by the monotonic clock."""

    def sent(self) -> None:
        with self._lock:
            self._sent.append(now := time.monotonic())
            self._recent(self._sent, now)

    def turned_away(self, seconds: float) -> None:
        now = time.monotonic()
        with self._lock:
            self.not_before = max(self.not_before, now + seconds)
            self._turned_away.append(now)
            # Of none that was taken nothing can be learned: others use the same quota.
            taken = self._recent(self._sent, now) - self._recent(self._turned_away, now)
            self._per_minute = taken if taken > 0 else self._per_minute

    def per_minute(self) -> int | None:
        """Requests that it took in the minute in which it turned one away, not long ago."""
        with self._lock:
            last = self._turned_away[-1] if self._turned_away else None
            fresh = last is not None and time.monotonic() - last < _MEMORY
            return self._per_minute if fresh else None

    def _recent(self, times: deque[float], now: float) -> int:
        while times and now - times[0] > _MINUTE:
            times.popleft()
        return len(times)


_LEARNED: defaultdict[str, _Learned] = defaultdict(_Learned)
"""By model, for as long as the process runs: the next batch is foretold by it."""


class Pace:
    """Spaces the requests of one run, for one model; lives in one event loop.

    Keeps to the model's requests a minute, and after the service turned one away, holds all of them
    back for as long as it named.
    """

    def __init__(self, model: Model) -> None:
        self._name = model.name
        self._per_minute = model.per_minute
        self._learned = _LEARNED[model.name]
        self._limiter: AsyncLimiter | None = None
        self._not_before = 0.0

    async def turn(self, cancel: Cancel, *, longest: float) -> None:
        """Wait until the next request may leave.

        Raises:
            WaitForQuota: that would take more than `longest` seconds.
            Cancelled: the user stopped.
        """
        from aiolimiter import AsyncLimiter

        if self._per_minute and self._limiter is None:
            self._limiter = AsyncLimiter(self._per_minute, _MINUTE)
        while (wait := self._not_before - time.monotonic()) > 0:
            if wait > longest:
                raise WaitForQuota(
                    f"{self._name} takes no more requests for now: run again in {wait:.0f} s, or"
                    " ask Google for more quota.",
                    retry_after=wait,
                )
            await obeying(cancel, asyncio.sleep(wait))
        if self._limiter:
            await obeying(cancel, self._limiter.acquire())
        self._learned.sent()

    def turned_away(self, seconds: float, *, quota: bool = False) -> None:
        """Hold the next requests back: the service takes none for so long, perhaps for a quota."""
        self._not_before = max(self._not_before, time.monotonic() + seconds)
        if quota:
            self._learned.turned_away(seconds)


@dataclass(frozen=True)
class Forecast:
    """When a batch will be done."""

    count: int
    seconds: int
    left_today: int | None
    """Requests that the model still takes today; None where no limit is known."""

    @property
    def words(self) -> str:
        """For the user, before the batch."""
        minutes = max(1, round(self.seconds / _MINUTE))
        shots = "1 shot" if self.count == 1 else f"{self.count} shots"
        told = f"{shots}: about {minutes} min"
        if self.left_today is not None and self.left_today < self.count:
            return f"{told}, but the service takes only {self.left_today} more today"
        return told


def forecast(count: int, model: Model, *, sent_today: int = 0) -> Forecast:
    """Predict how long `count` requests take, and whether today's quota holds them.

    What the service turned away in this process counts as much as what its documentation says.
    """
    learned = _LEARNED[model.name]
    rounds = math.ceil(count / (model.concurrent or AT_ONCE))
    latency = model.usual_latency or _LATENCY
    rates = [rate for rate in (model.per_minute, learned.per_minute()) if rate]
    # So many leave at once, and the others as the minutes pass.
    spacing = max(0, count - min(rates)) * _MINUTE / min(rates) if rates else 0
    held_back = max(0.0, learned.not_before - time.monotonic())
    left = None if model.per_day is None else max(0, model.per_day - sent_today)
    seconds = held_back + max(rounds * latency, spacing + latency)
    return Forecast(count, math.ceil(seconds), left)
