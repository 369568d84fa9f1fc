"""Quotas: requests are spaced as a model allows, and a batch knows beforehand when it ends."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..remote import obeying
from ..work import Cancel
from .models import Model

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

__all__ = ["AT_ONCE", "Forecast", "Pace", "forecast"]

AT_ONCE = 4
"""Requests under way where nobody knows how many a model takes."""
_LATENCY = 90
"""Seconds from submit to clip where nobody knows."""
_MINUTE = 60


class Pace:
    """Spaces the requests of one run, for one model; lives in one event loop.

    Keeps to the model's requests a minute, and after the service turned one away, holds all of them
    back for as long as it named.
    """

    def __init__(self, model: Model) -> None:
        self._per_minute = model.per_minute
        self._limiter: AsyncLimiter | None = None
        self._not_before = 0.0

    async def turn(self, cancel: Cancel) -> None:
        """Wait until the next request may leave.

        Raises:
            Cancelled: the user stopped.
        """
        from aiolimiter import AsyncLimiter

        if self._per_minute and self._limiter is None:
            self._limiter = AsyncLimiter(self._per_minute, _MINUTE)
        while (wait := self._not_before - time.monotonic()) > 0:
            await obeying(cancel, asyncio.sleep(wait))
        if self._limiter:
            await obeying(cancel, self._limiter.acquire())

    def turned_away(self, seconds: float) -> None:
        """Hold the next requests back: the service takes none for so long."""
        self._not_before = max(self._not_before, time.monotonic() + seconds)


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
    """Predict how long `count` requests take, and whether today's quota holds them."""
    rounds = math.ceil(count / (model.concurrent or AT_ONCE))
    shooting = rounds * (model.usual_latency or _LATENCY)
    spacing = (count - 1) * _MINUTE / model.per_minute if model.per_minute else 0
    left = None if model.per_day is None else max(0, model.per_day - sent_today)
    return Forecast(count, math.ceil(max(shooting, spacing)), left)
